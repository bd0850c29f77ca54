//! The command line, as the contract has it.

use std::ffi::OsString;
use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand};
#[cfg(feature = "window")]
use eframe::egui::Color32;
use feedback_sdk::{FeedbackConfig, Picture, ReportDraft, ReportId};

use crate::folders;
use crate::output::{self, Exit, Failure};

/// Sends feedback reports, and keeps them until they arrive.
///
/// Exit status: 0 sent or saved, 75 queued (will be retried), 65 refused by the server (kept),
/// 64 wrong usage, 74 could not be stored: nothing was promised.
#[derive(Debug, Parser)]
#[command(name = "feedback", version)]
pub(crate) struct Args {
    /// Say on stderr what is tried and why it fails
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Send a report, or keep it for later when that is not possible now
    Send(Box<Send>),
    /// Open a small window in which a person writes and sends a report
    ///
    /// What is given is filled in, and the person can change it. The command ends when they have closed the
    /// window; an upload that is under way then gets as long as --wait. Exit status as for `send`, and 1 if they
    /// closed it without sending; with --json that is {"state":"cancelled"}. Without a display it is 74.
    ///
    /// The window tells people that what could not be sent goes with the next start of the app: so run `feedback
    /// flush` with the same --endpoint and --key in the background whenever the app starts, and after 75.
    ///
    /// Without --reply-to the form has the address of the last report. It is forgotten when the person empties the field.
    #[cfg(feature = "window")]
    Window(Box<Window>),
    /// Deliver what waits
    ///
    /// It ends when nothing waits any more, at the latest after --wait. An app that starts `feedback window` runs it in
    /// the background at each start.
    Flush(Flush),
    /// Show what waits, and why
    List(List),
    /// Write a report that waits, or was refused, to a zip file; it goes on waiting
    Save(Save),
}

/// Where reports go and where they wait.
#[derive(Debug, ClapArgs)]
pub(crate) struct Destination {
    /// Full address of the intake, such as `https://feedback.example.com/api/v1/reports`
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// The project's public key
    #[arg(long)]
    key: Option<String>,
    /// Folder in which reports wait [default: one for this endpoint and key in the user's state folder]
    ///
    /// Give one of the app's own, so that what waits goes on when a new version has another endpoint or key.
    #[arg(long, value_name = "DIR")]
    pub(crate) spool: Option<PathBuf>,
    /// Allow an http:// endpoint on another machine
    #[arg(long)]
    pub(crate) allow_plain_http: bool,
    /// How long to try before the rest is left to the next run; 0 sends nothing
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub(crate) wait: u64,
    /// One JSON object per report on stdout
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Send {
    #[command(flatten)]
    pub(crate) to: Destination,
    #[command(flatten)]
    pub(crate) given: Given,
}

#[cfg(feature = "window")]
#[derive(Debug, ClapArgs)]
pub(crate) struct Window {
    #[command(flatten)]
    pub(crate) to: Destination,
    #[command(flatten)]
    pub(crate) given: Given,
    /// The language of the window, such as `de` or `zh-TW`; English where it does not speak it [default: the system's]
    #[arg(long, value_name = "TAG", value_parser = words("--language"))]
    pub(crate) language: Option<String>,
    /// Dark or light
    #[arg(long, value_enum, default_value_t = Theme::System)]
    pub(crate) theme: Theme,
    /// The colour of the button that sends, such as '#3584e4' [default: the theme's]
    #[arg(long, value_name = "#RRGGBB", value_parser = colour)]
    pub(crate) accent: Option<Color32>,
    /// Words of the app's own for the window: a file in Fluent syntax, with ids of `widget/languages/en.ftl`
    #[arg(long, value_name = "FILE.ftl")]
    pub(crate) words: Option<PathBuf>,
}

#[cfg(feature = "window")]
fn colour(text: &str) -> Result<Color32, &'static str> {
    Color32::from_hex(text).map_err(|_| "write it as '#RRGGBB'")
}

/// What the window looks like.
#[cfg(feature = "window")]
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum Theme {
    /// As the desktop does
    System,
    Light,
    Dark,
}

/// What a report is made from.
#[derive(Debug, ClapArgs)]
pub(crate) struct Given {
    /// The app's name
    #[arg(long, value_name = "NAME", value_parser = words("--app"))]
    pub(crate) app: String,
    /// The app's version
    #[arg(long, value_name = "V", value_parser = words("--app-version"))]
    pub(crate) app_version: String,
    /// What the person wrote; `-` reads it from stdin
    #[arg(long, value_name = "TEXT|-", allow_hyphen_values = true, value_parser = words("--message"))]
    pub(crate) message: Option<String>,
    /// Address for the answer
    #[arg(long, value_name = "MAIL", value_parser = words("--reply-to"))]
    pub(crate) reply_to: Option<String>,
    /// A log file or a glob such as 'logs/*.log'; repeatable
    #[arg(long, value_name = "PATH_OR_GLOB")]
    pub(crate) log: Vec<PathBuf>,
    /// A file to attach; repeatable
    #[arg(long, value_name = "PATH")]
    pub(crate) attach: Vec<PathBuf>,
    /// A picture of the screen or the app; what is no PNG is attached as a file
    #[arg(long, value_name = "PNG")]
    pub(crate) screenshot: Option<PathBuf>,
    /// Write the report as a zip to this file, in place of one that is there, instead of sending it; needs neither --endpoint nor --key
    #[arg(long, value_name = "FILE.zip")]
    pub(crate) save: Option<PathBuf>,
    /// A fact about the app; repeatable
    #[arg(long, value_name = "K=V", value_parser = words("--context").try_map(|text| key_value(&text)))]
    pub(crate) context: Vec<(String, String)>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Flush {
    #[command(flatten)]
    pub(crate) to: Destination,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct List {
    /// Folder in which reports wait [default: all in the user's state folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) spool: Option<PathBuf>,
    /// One JSON object per report on stdout
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Save {
    /// Which report, by its id in `feedback list`
    pub(crate) id: ReportId,
    /// The file to write; one that is there is replaced
    #[arg(value_name = "FILE.zip")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) of: List,
}

impl List {
    /// `--spool`, or the spools of all endpoints.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        match &self.spool {
            Some(folder) => vec![folder.clone()],
            None => folders::all(),
        }
    }
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.to_owned())),
        _ => Err("write it as NAME=VALUE".to_owned()),
    }
}

impl Given {
    /// Where it goes and what to collect.
    pub(crate) fn config(&self, to: &Destination) -> Result<FeedbackConfig, Failure> {
        let config = match self.save {
            Some(_) => nowhere(to.key.as_deref(), &self.app, &self.app_version),
            None => to.config(&self.app, &self.app_version)?,
        };
        Ok(self.log.iter().fold(config, FeedbackConfig::log))
    }

    /// What the person is to say, or has said. Reads stdin where the message is there.
    pub(crate) fn draft(&self) -> Result<ReportDraft, Failure> {
        let message = match self.message.as_deref() {
            Some("-") => stdin()?,
            given => given.unwrap_or_default().to_owned(),
        };
        // Read at once: the app may remove its file when it ends, which may be before the person has written.
        let picture = self.screenshot.as_ref().and_then(|file| {
            let is_seen = Picture::from_file(file).rgba().is_ok();
            let bytes = is_seen.then(|| fs::read(file).ok())?;
            Picture::from_png(bytes?).ok()
        });
        let file = self.screenshot.as_ref().filter(|_| picture.is_none());
        if let Some(file) = file {
            let file = file.display();
            output::tell(format_args!(
                "--screenshot {file} is no PNG that can be read, so it is attached as a file"
            ));
        }
        let files = self.attach.iter().chain(file);
        Ok(ReportDraft {
            message,
            reply_to: self.reply_to.clone(),
            attachments: files.map(|path| path.as_path().into()).collect(),
            pictures: picture.into_iter().collect(),
            context: self.context.clone(),
            ..ReportDraft::default()
        })
    }
}

fn stdin() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure {
            exit: Exit::Usage,
            message: format!("cannot read the message from stdin: {error}"),
        })?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| {
        tell_unreadable("the message on stdin");
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    }))
}

/// Reads an option that holds words or names.
fn words(option: &'static str) -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(move |value: OsString| {
        value.into_string().unwrap_or_else(|value| {
            tell_unreadable(option);
            value.to_string_lossy().into_owned()
        })
    })
}

/// What cannot be read of a text is marked, and told: the rest, and the report, is not lost for it.
fn tell_unreadable(what: &str) {
    output::tell(format_args!(
        "{what} is not all UTF-8; each part that cannot be read stands as \u{fffd} in it \
         (`iconv` converts other encodings, and --attach sends a file as it is)"
    ));
}

impl Destination {
    /// The part of the config that all commands share.
    pub(crate) fn config(&self, app: &str, version: &str) -> Result<FeedbackConfig, Failure> {
        let (Some(endpoint), Some(key)) = (&self.endpoint, &self.key) else {
            return Err(Failure {
                exit: Exit::Usage,
                message: "give --endpoint and --key, to say where reports go".to_owned(),
            });
        };
        let config = FeedbackConfig::new(endpoint, key, app, version)
            .for_another_process()
            .allow_plain_http(self.allow_plain_http)
            .deliver(self.wait > 0);
        Ok(match self.folder() {
            Some(folder) => config.spool_dir(folder),
            None => config,
        })
    }

    /// `--spool`, or a folder of this endpoint's own, so that no report goes to another's address.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        let own = || {
            let folder = folders::name_of(self.endpoint.as_deref()?, self.key.as_deref()?);
            Some(folders::root()?.join(folder))
        };
        self.spool.clone().or_else(own)
    }

    /// The default folders of other endpoints and keys; none where the folder is a given one.
    pub(crate) fn other_folders(&self) -> Vec<PathBuf> {
        if self.spool.is_some() {
            return Vec::new();
        }
        let mut folders = folders::all();
        folders.retain(|folder| Some(folder) != self.folder().as_ref());
        folders
    }

    pub(crate) fn wait(&self) -> Duration {
        Duration::from_secs(self.wait)
    }
}

/// For a report that goes into a file: where to does not matter, and nothing is sent. A key is masked in it, as it would
/// be in a report that is sent.
pub(crate) fn nowhere(key: Option<&str>, app: &str, version: &str) -> FeedbackConfig {
    let key = key.unwrap_or("none");
    let config = FeedbackConfig::new("https://localhost/", key, app, version)
        .for_another_process()
        .deliver(false);
    match folders::root() {
        Some(root) => config.spool_dir(root.join("none")),
        None => config,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStringExt as _;

    use super::*;

    #[test]
    fn what_an_app_passes_on_in_another_encoding_costs_no_report() {
        let line = [
            &b"feedback"[..],
            b"send",
            b"--app",
            b"Caf\xe9",
            b"--app-version",
            b"1",
            b"--message",
            b"caf\xe9 broke",
            b"--context",
            b"file=/home/m\xfcller/x",
            b"--attach",
            b"/home/m\xfcller/x",
        ];
        let args = Args::try_parse_from(line.map(|word| OsString::from_vec(word.to_vec()))).unwrap();
        let Command::Send(send) = args.command else {
            panic!("{args:?}")
        };
        assert_eq!(send.given.app, "Caf\u{fffd}");
        assert_eq!(send.given.message.as_deref(), Some("caf\u{fffd} broke"));
        let fact = ("file".to_owned(), "/home/m\u{fffd}ller/x".to_owned());
        assert_eq!(send.given.context, [fact]);
        let path = OsString::from_vec(b"/home/m\xfcller/x".to_vec());
        assert_eq!(send.given.attach, [PathBuf::from(path)], "a path stays as it is");
    }
}
