//! A file that is not to be sent, found again when the evidence is collected anew. Pure.

use super::file::ReportFile;
use super::origin;

/// A file of a report that is not to be sent: `(&file).into()`. It is found again whatever is in it by now, and whatever it
/// is called in the report. Of a log all that is rotated away from it later is meant too, since what stood in it stands there
/// then; and of what was rotated away already, all of its family that was.
///
/// One that has no [`origin`](Self::origin) means the file that has its path, and each that has this in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileLeftOut {
    /// Its path in the report, such as `logs/app.log`. Empty: only what is in it counts.
    pub path: String,
    /// The SHA-256 of what was in it, lower-case hex. Empty: only its path counts.
    pub sha256: String,
    /// What tells it from other files of this machine, for as long as its app and its file have the places that they have.
    /// Opaque; it tells no name. Empty: not known, as in a draft that an earlier version of the app has kept.
    pub origin: String,
}

impl From<&ReportFile> for FileLeftOut {
    fn from(file: &ReportFile) -> Self {
        Self {
            path: file.path().to_owned(),
            sha256: file.sha256().to_owned(),
            origin: file.origin.as_str().to_owned(),
        }
    }
}

impl FileLeftOut {
    /// Whether a file of evidence that was collected anew is not to be sent either.
    pub fn covers(&self, file: &Self) -> bool {
        if self.origin.is_empty() || file.origin.is_empty() {
            let is = |known: &str, new: &str| !known.is_empty() && known == new;
            return is(&self.path, &file.path) || is(&self.sha256, &file.sha256);
        }
        origin::passes_on(&self.origin, &file.origin)
    }
}
