//! Pictures of what stands on the screen: a whole monitor, or one window, also of another app.
//!
//! Taken when a person asks for one and at no other time. An X server is asked itself; under Wayland the
//! desktop asks the person; Windows and macOS are the crate `xcap`'s.

#[cfg(all(feature = "screen", target_os = "linux"))]
mod linux;
#[cfg(all(feature = "screen", any(windows, target_os = "macos")))]
mod native;
#[cfg(not(all(feature = "screen", any(target_os = "linux", windows, target_os = "macos"))))]
mod nowhere;

#[cfg(all(feature = "screen", target_os = "linux"))]
use linux as platform;
#[cfg(all(feature = "screen", any(windows, target_os = "macos")))]
use native as platform;
#[cfg(not(all(feature = "screen", any(target_os = "linux", windows, target_os = "macos"))))]
use nowhere as platform;

use std::fmt;
#[cfg(feature = "screen")]
use std::sync::LazyLock;
#[cfg(feature = "screen")]
use std::time::Duration;

#[cfg(feature = "screen")]
use super::deadline::{Source, Unfinished};
use crate::pending::Answer;
use crate::picture::Picture;

/// Something that a picture can be taken of, as [`FeedbackClient::screens`](crate::FeedbackClient::screens)
/// lists it.
#[derive(Clone, PartialEq)]
pub struct Screen {
    kind: ScreenKind,
    /// What the system calls it by.
    id: u32,
    name: String,
    pixels: Option<[u32; 2]>,
    scale: Option<f32>,
}

/// What a [`Screen`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScreenKind {
    /// All that one monitor shows.
    Monitor,
    /// One window of another app. What covers it may be in the picture.
    Window,
    /// What the person chooses in a dialog of the desktop's own: under Wayland no app is told what there is.
    Chosen,
}

impl Screen {
    /// What it is.
    pub fn kind(&self) -> ScreenKind {
        self.kind
    }

    /// A monitor's name, such as `HDMI-1`, or a window's title. Empty for [`ScreenKind::Chosen`].
    ///
    /// A title may be private, such as the subject of a letter: for the eyes of the person, not for a log.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Width and height in pixels, as far as it is on the screen. `None` for [`ScreenKind::Chosen`].
    pub fn pixels(&self) -> Option<[u32; 2]> {
        self.pixels
    }

    /// Pixels per point, where the system tells it.
    pub fn scale(&self) -> Option<f32> {
        self.scale
    }
}

impl fmt::Debug for Screen {
    /// Without its name: a log must not hold the title of a window.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Screen")
            .field("kind", &self.kind)
            .field("pixels", &self.pixels)
            .field("scale", &self.scale)
            .finish_non_exhaustive()
    }
}

/// Why there is no picture of the screen. The remedy of each is another picture, or a picture file that the
/// person chooses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScreenError {
    /// The process runs outside of a desktop session, or its display does not answer.
    #[error(
        "there is no display to take a picture of: {0}; run inside a desktop session, or attach a picture file"
    )]
    NoDisplay(String),
    /// No way is known here: the feature `screen` is off, or the Wayland desktop has no portal for it.
    #[error("this system offers no way to take a picture of the screen; attach a picture file")]
    NotSupported,
    /// The person said no to the desktop's question, or the system's settings do.
    #[error(
        "the picture was cancelled or is not allowed; allow this app to record the screen, or attach a picture file"
    )]
    Refused,
    /// All pixels have one colour: a screen that is locked or off, or a system that shows nothing to this app.
    #[error("the picture shows nothing, only one colour; unlock the screen, or attach a picture file")]
    Blank,
    /// The monitor was switched off, or the window was closed or hidden, since it was listed.
    #[error("this monitor or window is not on the screen any more; choose another, or attach a picture file")]
    Gone,
    /// The display has not answered for ten seconds, or still not since an earlier question. A person who is asked has
    /// all the time there is.
    #[error("the display does not answer; try again, or attach a picture file")]
    TimedOut,
    /// Anything else, in the system's own words.
    #[error("the picture could not be taken: {0}; try again, or attach a picture file")]
    Failed(String),
}

/// The monitors and windows of a test, in place of the machine's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Staged(Vec<Screen>);

impl Staged {
    #[cfg(feature = "testing")]
    pub(crate) fn add(&mut self, kind: ScreenKind, name: &str, pixels: [u32; 2]) {
        self.0.push(Screen {
            kind,
            id: u32::try_from(self.0.len()).unwrap_or(u32::MAX),
            name: name.to_owned(),
            pixels: Some(pixels),
            scale: None,
        });
    }

    pub(crate) fn list(&self) -> Vec<Screen> {
        self.0.clone()
    }

    /// A picture of stripes.
    pub(crate) fn take(&self, wanted: &Screen) -> Result<Picture, ScreenError> {
        let is_there = self.0.contains(wanted);
        let [width, height] = wanted.pixels.filter(|_| is_there).ok_or(ScreenError::Gone)?;
        let pixels = (0..height).flat_map(|row| (0..width).map(move |_| u8::from(row % 2 == 0)));
        let rgba = pixels.flat_map(|light| [light * 255, light * 255, light * 255, 255]);
        Picture::from_rgba(width, height, rgba.collect()).map_err(|why| ScreenError::Failed(why.to_string()))
    }
}

/// Takes a picture, unless the one who asked has gone before it is here.
pub(crate) async fn take_for(screen: Screen, mut answer: Answer<Result<Picture, ScreenError>>) {
    let kind = screen.kind;
    let taken = tokio::select! {
        taken = platform::take(screen) => taken,
        () = answer.unwanted() => return,
    };
    let taken = taken.and_then(|picture| {
        if picture.is_blank() {
            Err(ScreenError::Blank)
        } else {
            Ok(picture)
        }
    });
    match &taken {
        Ok(_) => log::info!("took a picture of the screen ({kind:?})"),
        Err(error) => log::warn!("no picture of the screen ({kind:?}): {error}"),
    }
    answer.give(Ok(taken));
}

/// Lists what pictures can be taken of.
pub(crate) async fn list_for(answer: Answer<Result<Vec<Screen>, ScreenError>>) {
    answer.give(Ok(platform::list().await));
}

/// What draws the screen. One that another program has locked never answers.
#[cfg(feature = "screen")]
static DISPLAY: LazyLock<Source> = LazyLock::new(Source::default);

/// Longer than a display needs for its pixels.
#[cfg(feature = "screen")]
const PATIENCE: Duration = Duration::from_secs(10);

/// Does `work` that a display may never finish on a thread of its own.
#[cfg(feature = "screen")]
async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ScreenError> + Send + 'static,
) -> Result<T, ScreenError> {
    waited_for(|| DISPLAY.within(PATIENCE, work)?).await
}

/// Lets a thread wait, so that uploads go on meanwhile.
#[cfg(feature = "screen")]
async fn waited_for<T: Send + 'static>(
    wait: impl FnOnce() -> Result<T, ScreenError> + Send + 'static,
) -> Result<T, ScreenError> {
    let waited = tokio::task::spawn_blocking(wait).await;
    waited.unwrap_or_else(|panicked| Err(ScreenError::Failed(panicked.to_string())))
}

#[cfg(feature = "screen")]
impl From<Unfinished> for ScreenError {
    fn from(why: Unfinished) -> Self {
        match why {
            Unfinished::TooSlow | Unfinished::Busy(_) => Self::TimedOut,
            Unfinished::Panicked | Unfinished::NoThread => Self::Failed(why.to_string()),
        }
    }
}
