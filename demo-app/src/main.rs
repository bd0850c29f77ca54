//! The note editor that embeds the feedback window.
//!
//! With a screen it opens its window; without one it plays the guided run and leaves its pictures.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use demo_app::guided::{self, GuidedError, Options, Outcome};
use tempfile::TempDir;

mod window;

use window::{Opening, Target};

/// A small note editor that shows how an app embeds the feedback window.
///
/// Without --endpoint, what you write in Help > "Write to us…" goes to a receiver inside this
/// process, and the window offers to open its inbox. Without a screen, the guided run is played.
#[derive(Debug, Parser)]
#[command(name = "demo-app")]
struct Args {
    /// A text file to open.
    file: Option<PathBuf>,

    /// Send to this intake instead, such as <http://127.0.0.1:8787/api/v1/reports>.
    #[arg(long, value_name = "URL", requires = "key", conflicts_with = "guided")]
    endpoint: Option<String>,

    /// The project key for --endpoint.
    #[arg(long, requires = "endpoint")]
    key: Option<String>,

    /// Play the guided run, also where there is a screen.
    #[arg(long)]
    guided: bool,

    /// Play the guided run and put its pictures here. Default: a fresh folder for temporary files.
    #[arg(long, value_name = "DIR", conflicts_with = "endpoint")]
    pictures: Option<PathBuf>,
}

impl Args {
    fn is_guided(&self) -> bool {
        self.guided || self.pictures.is_some()
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    if !args.is_guided() {
        let target = args.endpoint.zip(args.key);
        let target = target.map_or(Target::InProcess, |(endpoint, key)| Target::Receiver {
            endpoint,
            key,
        });
        match window::open(target, args.file) {
            Ok(Opening::Closed) => return ExitCode::SUCCESS,
            Ok(Opening::NoWindow(why)) => {
                say(&format!(
                    "No window can be opened here: {why}. This is the guided run instead."
                ));
            }
            Err(error) => return complain(&error.to_string()),
        }
    }
    match play(args.pictures) {
        Ok(outcome) => {
            say(&told(&outcome));
            ExitCode::SUCCESS
        }
        Err(error) => complain(&format!("the guided run has failed: {error}")),
    }
}

/// Says it to who started the program. They may have stopped to listen.
fn say(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}

fn complain(text: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "demo-app: {text}");
    ExitCode::FAILURE
}

fn play(pictures: Option<PathBuf>) -> Result<Outcome, GuidedError> {
    let temporary = std::env::temp_dir();
    let logs = TempDir::with_prefix("notes-logs-").map_err(|source| GuidedError::Disk {
        path: temporary,
        source,
    })?;
    guided::run(&Options {
        pictures,
        logs: logs.path().to_owned(),
        ..Options::default()
    })
}

/// What arrived, as the receiver told it.
fn told(outcome: &Outcome) -> String {
    let report = &outcome.arrived;
    let mut lines = vec![
        format!(
            "The report has arrived as {}, {} bytes.",
            report.number, report.bytes
        ),
        String::new(),
    ];
    lines.extend(report.message.lines().map(|line| format!("  > {line}")));
    if let Some(address) = &report.reply_to {
        lines.push(format!("  answer to {address}"));
    }
    lines.push(String::new());
    for file in &report.files {
        let masked: Vec<String> = file
            .masked
            .iter()
            .map(|(rule, count)| format!("({rule} masked {count} times)"))
            .collect();
        let line = format!("  {:>9} bytes  {}  {}", file.bytes, file.path, masked.join(" "));
        lines.push(line.trim_end().to_owned());
    }
    lines.push(String::new());
    lines.push(format!(
        "{} pictures are in {}",
        outcome.album.pictures().len(),
        outcome.album.folder().display()
    ));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_flags_fit_together() {
        Args::command().debug_assert();
        let parse = |line: &str| Args::try_parse_from(line.split(' '));
        assert!(parse("demo-app note.txt --endpoint http://127.0.0.1:1/x --key k").is_ok());
        assert!(parse("demo-app --endpoint http://127.0.0.1:1/x").is_err());
        assert!(parse("demo-app --guided --endpoint http://127.0.0.1:1/x --key k").is_err());
        assert!(parse("demo-app --pictures p --endpoint http://127.0.0.1:1/x --key k").is_err());
        assert!(parse("demo-app --pictures p").unwrap().is_guided());
        assert!(!parse("demo-app note.txt").unwrap().is_guided());
    }
}
