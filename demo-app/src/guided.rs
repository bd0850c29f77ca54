//! The guided run: a person writes to the makers of [`App`], without a screen.
//!
//! The app, the feedback window, the files on disk and the receiver are the real ones; only the
//! person and the screen are played by [`Stage`]. Anna cannot open a note that was written on
//! another computer, and says so.

mod machine;
mod story;

use std::io;
use std::path::{Path, PathBuf};

use eframe::egui::{ColorImage, Context, FontId, Theme};
use tempfile::TempDir;

use crate::app::App;
use crate::feedback::Settings;
use crate::logging;
use crate::receiver::{Arrived, ReadError, Receiver};
use crate::stage::{Album, Look, NotOnStage, Stage};

/// How to run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the pictures go. `None`: a fresh folder in the system's place for temporary files.
    pub pictures: Option<PathBuf>,
    /// Where the app logs to, if this process does not log yet.
    pub logs: PathBuf,
    /// How the window looks.
    pub look: Look,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// The report, as the receiver has it.
    pub arrived: Arrived,
    /// The pictures, in the order in which they were taken.
    pub album: Album,
}

/// Why the run did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum GuidedError {
    /// A file or folder could not be used.
    #[error("cannot use {}: {source}", path.display())]
    Disk {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The receiver did not start.
    #[error(transparent)]
    Receiver(#[from] server_stub::StartError),
    /// The feedback window is set up wrongly.
    #[error(transparent)]
    Config(#[from] feedback_sdk::ConfigError),
    /// The app did not show what it should.
    #[error(transparent)]
    Stage(#[from] NotOnStage),
    /// The receiver could not be asked what arrived.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The window did not say "Thank you".
    #[error("the report did not arrive; the window says: {}", .0.join(" | "))]
    NotSent(Vec<String>),
    /// The window said "Thank you", but the receiver does not have what was written.
    #[error("the window says that the report arrived, but the receiver does not have it")]
    NotArrived,
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> GuidedError {
    move |source| GuidedError::Disk {
        path: path.to_owned(),
        source,
    }
}

/// Runs the story and reads back what arrived.
pub fn run(options: &Options) -> Result<Outcome, GuidedError> {
    let temporary = std::env::temp_dir();
    let folder = TempDir::with_prefix("notes-").map_err(disk(&temporary))?;
    let album = match &options.pictures {
        Some(pictures) => pictures.clone(),
        None => TempDir::with_prefix("notes-pictures-")
            .map_err(disk(&temporary))?
            .keep(),
    };
    let album = Album::new(&album).map_err(disk(&album))?;
    let logs = logging::start(&options.logs).map_err(disk(&options.logs))?;
    let home = story::make_home(folder.path())?;
    let receiver = Receiver::start(&folder.path().join("receiver"))?;
    let settings = Settings {
        endpoint: receiver.endpoint(),
        key: receiver.key(),
        logs: logs.to_owned(),
        spool: Some(folder.path().join("spool")),
        language: Some("en"), // the same pictures on every machine
        machine: Some(machine::of_anna),
    };
    let app = App::new(&settings, story::picker(&home), None)?;
    let mut run = Run {
        stage: Stage::new(options.look, app, |ui, app: &mut App| {
            app.logic(ui.ctx());
            app.show(ui);
        }),
        look: options.look,
        album,
    };
    let message = story::play(&mut run, &home)?;
    let arrived = receiver
        .reports()?
        .into_iter()
        .find(|report| report.message == message)
        .ok_or(GuidedError::NotArrived)?;
    Ok(Outcome {
        arrived,
        album: run.album,
    })
}

/// A stage and the album for its pictures.
struct Run {
    stage: Stage<'static, App>,
    look: Look,
    album: Album,
}

impl Run {
    /// Takes a picture.
    fn picture(&mut self, name: &str) -> Result<(), GuidedError> {
        let image = self.stage.picture();
        self.add(name, &image)
    }

    /// Takes a picture in the look of this run, and one in the other theme.
    fn pictures(&mut self, name: &str) -> Result<(), GuidedError> {
        self.picture(name)?;
        let (other, suffix) = match self.look.theme {
            Theme::Light => (Theme::Dark, "dark"),
            Theme::Dark => (Theme::Light, "light"),
        };
        self.stage.ctx().set_theme(other);
        self.variant(suffix)?;
        self.stage.ctx().set_theme(self.look.theme);
        self.stage.settle();
        Ok(())
    }

    /// Takes a picture that belongs to the one before.
    fn variant(&mut self, suffix: &str) -> Result<(), GuidedError> {
        let image = self.stage.picture();
        let folder = self.album.folder().to_owned();
        self.album.add_variant(suffix, &image).map_err(disk(&folder))
    }

    /// Takes a picture of this very moment, with what the pointer is over.
    fn picture_as_is(&mut self, name: &str) -> Result<(), GuidedError> {
        let image = self.stage.picture_now();
        self.add(name, &image)
    }

    fn add(&mut self, name: &str, image: &ColorImage) -> Result<(), GuidedError> {
        let folder = self.album.folder().to_owned();
        self.album.add(name, image).map_err(disk(&folder))
    }
}

/// Whether this machine has fonts for a text.
fn can_draw(ctx: &Context, text: &str) -> bool {
    ctx.fonts_mut(|fonts| fonts.has_glyphs(&FontId::default(), text))
}
