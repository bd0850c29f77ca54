//! What the SDK could not do, as far as a person can do something about it. Pure.

use std::path::PathBuf;

use feedback_sdk::FeedbackError;

/// Where there is a `why`, it is what the system says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The SDK does nothing any more.
    Stopped,
    /// As many reports wait as may.
    Full(u64),
    /// As many wait in memory alone as may.
    MemoryFull(u64),
    /// A file or folder of the spool could not be used.
    Disk { path: PathBuf, why: String },
    /// The folder is not the person's own.
    Unsafe(PathBuf),
    /// There is no folder to keep reports in.
    NoFolder,
    /// The place that was chosen could not be used.
    Save { path: PathBuf, why: String },
    /// The app itself keeps it back, in its own words.
    Withheld(String),
    /// What people seldom meet, in the SDK's own words.
    Other(String),
}

impl From<&FeedbackError> for Cause {
    fn from(error: &FeedbackError) -> Self {
        match error {
            FeedbackError::Stopped => Self::Stopped,
            FeedbackError::SpoolFull { reports, .. } => Self::Full(*reports as u64),
            FeedbackError::MemoryFull { reports } => Self::MemoryFull(*reports as u64),
            FeedbackError::Spool { path, source, .. } => Self::Disk {
                path: path.clone(),
                why: source.to_string(),
            },
            FeedbackError::UnsafeSpool { path, .. } => Self::Unsafe(path.clone()),
            FeedbackError::NoSpoolFolder => Self::NoFolder,
            FeedbackError::Save { path, source } => Self::Save {
                path: path.clone(),
                why: source.to_string(),
            },
            FeedbackError::Withheld(why) => Self::Withheld(why.clone()),
            other => Self::Other(other.to_string()),
        }
    }
}
