//! What the person said: text, files, pictures, where to answer. Pure data.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::absolute::absolute;
use crate::picture::Picture;
use crate::report::crash::Crash;
use crate::report::left_out::FileLeftOut;
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
    /// The person's own words, of any length. Sent exactly as typed, in `message.txt`: no masking, no trimming.
    /// `report.json` has their first 512 KiB.
    pub message: String,
    /// An address for the answer, as typed. `None` or blank: no address is sent.
    pub reply_to: Option<String>,
    /// Files to attach, read when the report is prepared.
    pub attachments: Vec<Attachment>,
    /// Pictures to send as `screenshots/1.png`, `screenshots/2.png`, … unless they are [`numbered`](Picture::numbered).
    pub pictures: Vec<Picture>,
    /// Facts of this moment, such as the open document's kind. They win over
    /// [`FeedbackConfig::context`](crate::FeedbackConfig::context) of the same name. Values are masked.
    pub context: Vec<(String, String)>,
    /// How the last run of the app ended, to be sent along: see
    /// [`RunGuard::crashed_last_run`](crate::RunGuard::crashed_last_run). Masked.
    pub crash: Option<Crash>,
    /// Files of the report that are not to be sent, such as those that the person has switched off before: see
    /// [`Report::leave_out`](crate::Report::leave_out).
    pub left_out: Vec<FileLeftOut>,
    /// The monitors that the app knows, beside those that the system tells of.
    pub monitors: Vec<Monitor>,
    /// Pixels per point of the app's window, when the app knows it.
    pub display_scale: Option<f32>,
    /// The language in which the app asks the person, as a BCP 47 tag such as `pt-BR`: in which to answer. What is no such tag
    /// is not sent.
    pub language: Option<String>,
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
    path: PathBuf,
    /// Whether to mask it as logs are masked, if it is a text. Default: yes. A terminal's colours, which hide secrets
    /// from the masks, are taken out; all other bytes stay as they are. Of a photo or picture (JPEG, PNG, WebP) what is
    /// seen is sent, the right way up, and not where, when and by which device it was taken, nor texts in it. Any other
    /// file that is no text, told by its first 8 KiB, is sent byte for byte.
    pub masked: bool,
}

impl Attachment {
    /// A file to send byte for byte, also if it is a text or a photo: for one whose person said so.
    pub fn as_it_is(path: impl Into<PathBuf>) -> Self {
        let path = absolute(path.into());
        Self { path, masked: false }
    }

    /// Where it is, from the root: of a relative path, as it was meant when this was made.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl From<PathBuf> for Attachment {
    fn from(path: PathBuf) -> Self {
        let path = absolute(path);
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
