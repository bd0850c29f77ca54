//! What the person said: text, files, pictures, where to answer. Pure data.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::collect::crash::Crash;
use crate::collect::picture;
use crate::report::system_info::Monitor;

/// What a person wants to say, before anything is collected.
///
/// ```
/// let mut draft = feedback_sdk::ReportDraft::new("The export is empty");
/// draft.reply_to = Some("anna@example.org".into());
/// draft.attachments.push("export.csv".into());
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct ReportDraft {
    /// The person's own words. Sent exactly as typed: no masking, no trimming.
    pub message: String,
    /// An address for the answer, as typed. `None` or blank: no address is sent.
    pub reply_to: Option<String>,
    /// Files to attach, read when the report is prepared.
    pub attachments: Vec<Attachment>,
    /// Pictures to send as `screenshots/1.png`, `screenshots/2.png`, …
    pub pictures: Vec<Picture>,
    /// Facts of this moment, such as the open document's kind. They win over
    /// [`FeedbackConfig::context`](crate::FeedbackConfig::context) of the same name. Values are masked.
    pub context: Vec<(String, String)>,
    /// How the last run of the app ended, to be sent along: see
    /// [`RunGuard::crashed_last_run`](crate::RunGuard::crashed_last_run). Masked.
    pub crash: Option<Crash>,
    /// The monitors that the app knows, beside those that the system tells of.
    pub monitors: Vec<Monitor>,
    /// Pixels per point of the app's window, when the app knows it.
    pub display_scale: Option<f32>,
}

impl fmt::Debug for ReportDraft {
    /// Without what the person said, which a log must not hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportDraft")
            .field("attachments", &self.attachments.len())
            .field("pictures", &self.pictures.len())
            .finish_non_exhaustive()
    }
}

impl ReportDraft {
    /// A draft with these words and nothing else.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }

    /// Whether there is nothing to send: no words, no picture, no file, no crash.
    pub fn is_empty(&self) -> bool {
        self.message.trim().is_empty()
            && self.pictures.is_empty()
            && self.attachments.is_empty()
            && self.crash.is_none()
    }
}

/// A file to attach. Made from a path: `"export.csv".into()`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Where it is.
    pub path: PathBuf,
    /// Whether to mask it as logs are masked, if it is a text. Default: yes. All other bytes stay as they
    /// are, and a file that is no text is sent byte for byte.
    pub masked: bool,
}

impl Attachment {
    /// A file to send byte for byte, also if it is a text: for one whose person said so.
    pub fn as_it_is(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { path, masked: false }
    }
}

impl From<PathBuf> for Attachment {
    fn from(path: PathBuf) -> Self {
        Self { path, masked: true }
    }
}

impl From<&Path> for Attachment {
    fn from(path: &Path) -> Self {
        path.to_owned().into()
    }
}

impl From<&str> for Attachment {
    fn from(path: &str) -> Self {
        PathBuf::from(path).into()
    }
}

/// A picture to send along. Cheap to clone.
///
/// Raw pixels are turned into a PNG when the report is prepared, on the SDK's thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture(pub(crate) Pixels);

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Pixels {
    Rgba {
        width: u32,
        height: u32,
        bytes: Arc<Vec<u8>>,
    },
    Png(Arc<Vec<u8>>),
    File(PathBuf),
}

/// Bytes that are not the picture they were said to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The number of bytes is not `width` × `height` × 4, or a side is zero.
    #[error("{bytes} bytes are no {width} x {height} RGBA picture; hand in width * height * 4 bytes")]
    Size {
        /// Pixels per row.
        width: u32,
        /// Rows.
        height: u32,
        /// What was handed in.
        bytes: usize,
    },
    /// The bytes do not start as a PNG does.
    #[error("these bytes are no PNG; hand in a whole PNG file")]
    NotPng,
}

impl Picture {
    /// A picture from rows of straight (not premultiplied) RGBA, 8 bits each, top row first.
    pub fn from_rgba(width: u32, height: u32, bytes: Vec<u8>) -> Result<Self, PictureError> {
        let expected = u64::from(width) * u64::from(height) * 4;
        if expected == 0 || expected != bytes.len() as u64 {
            return Err(PictureError::Size {
                width,
                height,
                bytes: bytes.len(),
            });
        }
        Ok(Self(Pixels::Rgba {
            width,
            height,
            bytes: Arc::new(bytes),
        }))
    }

    /// Width, height and straight RGBA, of whatever it is made. `None` for what is no PNG or cannot be read, and for a
    /// picture larger than three 8K monitors.
    ///
    /// At once for one that is made [`from_rgba`](Self::from_rgba), as all pictures of the screen are. Else it reads
    /// the file where there is one, and takes some 40 ms for a 4K picture: not for a thread that draws.
    pub fn rgba(&self) -> Option<(u32, u32, Cow<'_, [u8]>)> {
        picture::pixels(self)
    }

    /// Whether all its pixels have one colour. `false` where nobody has looked yet.
    pub(crate) fn is_blank(&self) -> bool {
        let Pixels::Rgba { bytes, .. } = &self.0 else {
            return false;
        };
        let mut pixels = bytes.chunks_exact(4);
        let first = pixels.next();
        first.is_some() && pixels.all(|pixel| Some(pixel) == first)
    }

    /// A PNG file on disk, read when the report is prepared. One that cannot be read, or is no PNG,
    /// becomes a gap in the report.
    pub fn from_file(path: impl Into<PathBuf>) -> Self {
        Self(Pixels::File(path.into()))
    }

    /// A picture that is a PNG file already. Sent byte for byte.
    pub fn from_png(bytes: Vec<u8>) -> Result<Self, PictureError> {
        check_png(&bytes)?;
        Ok(Self(Pixels::Png(Arc::new(bytes))))
    }
}

/// The signature of PNG, section 5.2 of the W3C recommendation.
pub(crate) fn check_png(bytes: &[u8]) -> Result<(), PictureError> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Ok(())
    } else {
        Err(PictureError::NotPng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pixel_that_differs_makes_a_picture_of_it() {
        let of = |bytes: Vec<u8>| Picture::from_rgba(2, 2, bytes).unwrap();
        assert!(of([1, 2, 3, 255].repeat(4)).is_blank());
        let mut bytes = [1, 2, 3, 255].repeat(4);
        bytes[14] = 4;
        assert!(!of(bytes).is_blank());
        assert!(!Picture::from_file("1.png").is_blank(), "nobody has looked");
    }
}
