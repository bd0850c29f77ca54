//! What can go wrong, each with its cause and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::id::ReportId;

/// A [`FeedbackConfig`](crate::FeedbackConfig) that cannot work, found before anything starts.
///
/// Names the field and what to write instead. Values that may be secret are not repeated.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}` {problem}; {remedy}")]
#[non_exhaustive]
pub struct ConfigError {
    /// The argument or builder method that is wrong, such as `endpoint`.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: String,
    /// What to write instead.
    pub remedy: &'static str,
}

impl fmt::Debug for ConfigError {
    /// As `Display`: a `main` that returns it prints this, and it is the first thing a developer sees.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "feedback config: {self}")
    }
}

/// Why a call to a [`FeedbackClient`](crate::FeedbackClient) failed.
///
/// After any of these the report is where it was before: nothing was half stored, nothing promised.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FeedbackError {
    /// The report has neither words, nor picture, nor attachment, nor crash; what was collected alone is none.
    #[error("the report is empty; write a message, or add a picture or a file")]
    Empty,
    /// The spool folder could not be used: a full disk, a read-only home, a folder without rights, a disk that knows no
    /// locks.
    #[error("cannot {action} {}: {source}; {}, or save the report as a file", path.display(), remedy(source))]
    Spool {
        /// What was being done, such as `write`.
        action: &'static str,
        /// The file or folder it was done to.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
    /// The spool folder, or something in it, is not this user's own: a symbolic link, or a folder that another
    /// user owns or everyone may write. Nothing was written or read there.
    #[error("{} {problem}; {remedy}, or save the report as a file", path.display())]
    UnsafeSpool {
        /// The folder or file.
        path: PathBuf,
        /// What is wrong with it.
        problem: &'static str,
        /// What to do about it.
        remedy: &'static str,
    },
    /// As many reports wait as may; none of them is dropped for a new one.
    /// See [`FeedbackConfig::spool_limits`](crate::FeedbackConfig::spool_limits).
    #[error("{reports} reports with {:.1} MB wait to be sent already; go online so that they can leave, or delete some, or save this one as a file", *bytes as f64 / 1e6)]
    SpoolFull {
        /// How many reports wait.
        reports: usize,
        /// The size of their bundles together.
        bytes: u64,
    },
    /// What could not be stored waits in memory already, and there is no room for more beside it.
    #[error(
        "{reports} reports that cannot be stored wait in memory already; wait until they are sent, or save this one as a file"
    )]
    MemoryFull {
        /// How many reports wait in memory.
        reports: usize,
    },
    /// No folder to keep reports in could be found (no home folder).
    #[error("no folder to keep reports in: the system names no home folder; set `spool_dir`")]
    NoSpoolFolder,
    /// The bundle could not be written to the place that was asked for.
    #[error("cannot save the report as {}: {source}; choose another place", path.display())]
    Save {
        /// The file that was asked for.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
    /// The app itself does not let the report go: see
    /// [`FeedbackConfig::before_send`](crate::FeedbackConfig::before_send). Its reason, in its words.
    #[error("this app does not send the report: {0}; copy your text to keep it")]
    Withheld(String),
    /// The report cannot be made into a zip, such as for too many or too large files.
    #[error("cannot make a zip of the report: {0}; leave some of its files out")]
    Bundle(#[source] io::Error),
    /// No report with this id waits in the spool: it was sent, or deleted.
    #[error("no waiting report has the id {0}; it was sent or deleted")]
    UnknownReport(ReportId),
    /// The delivery thread has ended, because the process is shutting down or out of resources.
    #[error("the feedback thread has stopped; restart the app, waiting reports are kept on disk")]
    Stopped,
}

/// What helps a spool folder.
fn remedy(source: &io::Error) -> &'static str {
    #[cfg(unix)]
    let is_elsewhere_better = {
        use rustix::io::Errno;
        let number = source.raw_os_error();
        [Errno::NOLCK, Errno::NOTSUP, Errno::OPNOTSUPP]
            .iter()
            .any(|known| number == Some(known.raw_os_error()))
    };
    #[cfg(not(unix))]
    let is_elsewhere_better = false;
    match source.kind() {
        _ if is_full(source) => "free some space",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "check the folder's rights",
        // Of locks, and of what is to be on the disk: some network mounts know neither.
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput => ELSEWHERE,
        _ if is_elsewhere_better => ELSEWHERE,
        _ => "free some space or check the folder's rights",
    }
}

const ELSEWHERE: &str = "choose a folder on a disk of this machine, whose files can be locked and synced";

fn is_full(source: &io::Error) -> bool {
    matches!(
        source.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

impl FeedbackError {
    /// Whether more room on the disk would help.
    pub(crate) fn is_full_disk(&self) -> bool {
        matches!(self, Self::Spool { source, .. } | Self::Save { source, .. } if is_full(source))
    }

    pub(crate) fn spool(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Spool { action, path, source }
    }

    /// For the log: paths tell about the person.
    pub(crate) fn without_path(&self) -> String {
        match self {
            Self::Spool { action, source, .. } => format!("cannot {action} a file: {source}"),
            Self::UnsafeSpool { problem, remedy, .. } => format!("the spool {problem}; {remedy}"),
            Self::Save { source, .. } => source.to_string(),
            other => other.to_string(),
        }
    }
}

/// Why a chosen file cannot be attached. Its `Display` is a sentence for the person who chose it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AttachmentProblem {
    /// The file is not there (any more).
    #[error("There is no such file here (any more).")]
    Gone,
    /// A folder, a device or something else that is not a file.
    #[error("This is not a file. A folder can be attached as a zip.")]
    NotAFile,
    /// The file is larger than [`FeedbackConfig::max_attachment_bytes`](crate::FeedbackConfig::max_attachment_bytes).
    #[error("This file is too large: {} MB, the limit is {} MB.", bytes.div_ceil(1_000_000), limit / 1_000_000)]
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// No disk takes it, and with the other files of the report it is more than memory holds.
    #[error("There is no room for this file. Free some space on the disk, or attach less.")]
    NoRoom,
    /// The system does not let the app read it.
    #[error("This file cannot be read: {0}.")]
    Unreadable(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_used_has_a_remedy_that_helps() {
        let told = |source: io::Error| FeedbackError::spool("write", Path::new("/spool"))(source).to_string();
        assert!(
            told(io::ErrorKind::StorageFull.into())
                .ends_with("; free some space, or save the report as a file")
        );
        assert!(told(io::ErrorKind::PermissionDenied.into()).contains("; check the folder's rights, or"));
        #[cfg(unix)]
        for number in [
            rustix::io::Errno::NOLCK,
            rustix::io::Errno::INVAL,
            rustix::io::Errno::NOTSUP,
        ] {
            let told = told(io::Error::from_raw_os_error(number.raw_os_error()));
            assert!(
                told.contains("; choose a folder on a disk of this machine"),
                "{told}"
            );
        }
    }
}
