//! Choosing, reading and writing files on threads of their own, so that no frame waits for a disk
//! or for a person.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui::Context;

/// Asks a person for a file. Called on the thread that draws, as macOS wants; the answer is awaited
/// elsewhere.
pub type Picker = Box<dyn Fn(&Pick) -> Picked>;

/// The file that a person will have chosen; `None` when they change their mind.
pub type Picked = Pin<Box<dyn Future<Output = Option<PathBuf>> + Send>>;

/// What to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// A file to open.
    Open,
    /// Where to save.
    Save {
        /// A name to start with.
        suggested: String,
    },
}

/// The system's own file window.
pub fn system_picker(pick: &Pick) -> Picked {
    let window = rfd::AsyncFileDialog::new();
    let path = |file: rfd::FileHandle| file.path().to_owned();
    match pick {
        Pick::Open => {
            let file = window.pick_file();
            Box::pin(async move { file.await.map(path) })
        }
        Pick::Save { suggested } => {
            let file = window.set_file_name(suggested).save_file();
            Box::pin(async move { file.await.map(path) })
        }
    }
}

/// The largest file to open: a text field lays all of it out.
const MAX_BYTES: u64 = 8 << 20;

/// What has become of a request.
#[derive(Debug)]
pub(crate) enum Done {
    Opened {
        path: PathBuf,
        text: String,
    },
    Saved {
        path: PathBuf,
        bytes: usize,
        revision: u64,
    },
    Failed {
        path: PathBuf,
        what: Pick,
        why: String,
    },
    Cancelled,
}

/// Runs one request at a time and tells how it went.
pub(crate) struct Files {
    picker: Picker,
    sender: Sender<Done>,
    done: Receiver<Done>,
    busy: bool,
}

impl Files {
    pub(crate) fn new(picker: Picker) -> Self {
        let (sender, done) = channel();
        Self {
            picker,
            sender,
            done,
            busy: false,
        }
    }

    /// Whether a request is under way.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy
    }

    /// Reads a file; without a path, the person chooses it.
    pub(crate) fn open(&mut self, ctx: &Context, path: Option<PathBuf>) {
        self.run(ctx, path, Pick::Open, |path| {
            let text = read(path)?;
            tracing::info!(path = %path.display(), bytes = text.len(), "opened");
            let path = path.to_owned();
            Ok(Done::Opened { path, text })
        });
    }

    /// Writes a file; without a path, the person chooses it.
    pub(crate) fn save(
        &mut self,
        ctx: &Context,
        path: Option<PathBuf>,
        suggested: &str,
        text: String,
        revision: u64,
    ) {
        let suggested = suggested.to_owned();
        self.run(ctx, path, Pick::Save { suggested }, move |path| {
            write(path, &text).map_err(|error| error.to_string())?;
            tracing::info!(path = %path.display(), bytes = text.len(), "saved");
            Ok(Done::Saved {
                path: path.to_owned(),
                bytes: text.len(),
                revision,
            })
        });
    }

    /// What has been done since the last call.
    pub(crate) fn poll(&mut self) -> Option<Done> {
        let done = self.done.try_recv().ok()?;
        self.busy = false;
        Some(done)
    }

    fn run(
        &mut self,
        ctx: &Context,
        path: Option<PathBuf>,
        what: Pick,
        work: impl FnOnce(&Path) -> Result<Done, String> + Send + 'static,
    ) {
        if self.busy {
            return;
        }
        self.busy = true;
        let chosen = path.map_or_else(
            || (self.picker)(&what),
            |path| Box::pin(std::future::ready(Some(path))),
        );
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        let task = move || {
            let done = match pollster::block_on(chosen) {
                None => Done::Cancelled,
                Some(path) => work(&path).unwrap_or_else(|why| {
                    tracing::warn!(path = %path.display(), why, "a file could not be used");
                    Done::Failed { path, what, why }
                }),
            };
            let _ = sender.send(done); // the window may be gone
            ctx.request_repaint();
        };
        let thread = std::thread::Builder::new().name("files".to_owned());
        if let Err(error) = thread.spawn(task) {
            tracing::error!(%error, "no thread for files");
            self.busy = false;
        }
    }
}

/// Writes beside the file and then takes its place: a full disk or a power cut leaves the old one.
fn write(path: &Path, text: &str) -> io::Result<()> {
    // What a link points to is to change, not the link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".part");
    let part = folder.unwrap_or(Path::new(".")).join(name);
    let written = fs::File::create(&part).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        if let Ok(old) = fs::metadata(path) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()
    });
    let written = written.and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        let _ = fs::remove_file(&part); // it may not be there
    }
    written
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if bytes > MAX_BYTES {
        return Err(format!("it is larger than {} MB", MAX_BYTES >> 20));
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|_| "it is not a plain text file".to_owned())
}
