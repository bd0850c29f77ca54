//! What is missing from a report, and why: kinds that a window can say in any language, and English for all else.

use std::io;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::AttachmentProblem;
use crate::wire::rfc3339;

/// Something that should have been in the report and is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Gap {
    /// What is missing, such as `log app.log`. Masked like a log.
    pub what: String,
    /// Why, such as `not found`.
    pub why: GapReason,
}

impl Gap {
    /// That `what` is missing, such as `log app.log`, for this reason.
    #[must_use]
    pub fn new(what: impl Into<String>, why: GapReason) -> Self {
        let what = what.into();
        Self { what, why }
    }
}

/// Why something is missing. Its `Display` is English, and what the manifest and `message.txt` say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GapReason {
    /// There is no such file.
    #[error("not found")]
    NotFound,
    /// The system does not let the app read it.
    #[error("no permission to read it")]
    Forbidden,
    /// A folder or a device.
    #[error("is not a file")]
    NotAFile,
    /// Something that the system only shows as a file, such as what lies in `/proc`.
    #[error("is not a file on a disk")]
    NotOnDisk,
    /// A link that leads out of the folder it lies in.
    #[error("is a link out of its folder; name what it leads to")]
    LinkedElsewhere,
    /// A folder without files.
    #[error("there is no file in this folder")]
    EmptyFolder,
    /// A glob without matches.
    #[error("no file matches")]
    NoMatch,
    /// A folder beside the logs that a folder or a glob means.
    #[error("not looked into: name it too, or a glob with `**`")]
    Subfolder,
    /// A log whose name says that it is compressed with something else than gzip.
    #[error("compressed in a way that is not read; gzip is")]
    Compressed,
    /// A compressed log that could only be read so far.
    #[error("the file is cut off or damaged")]
    Damaged,
    /// A compressed log that is a bomb, or very long.
    #[error("the file has more than 1 GB when it is unpacked")]
    TooMuchPacked,
    /// A log in another encoding, such as a code page of Windows: it is in the report, and its letters beside ASCII are
    /// those of Latin-1.
    #[error("not all of it is UTF-8: other bytes are shown as letters of Latin-1")]
    NotUtf8,
    /// A log that did not come in the time that each has.
    #[error("could not be read within {seconds} seconds")]
    TooSlow {
        /// How long it was waited for.
        seconds: u64,
    },
    /// A search for log files that did not end in its time.
    #[error("the search for it did not end within {seconds} seconds")]
    SlowSearch {
        /// How long it was waited for.
        seconds: u64,
    },
    /// Left alone, since newer ones, of its folder or of all, were [too slow](Self::TooSlow).
    #[error("left out: newer logs could not be read in time")]
    SlowLogs,
    /// Others have taken all room, most of them newer: see
    /// [`FeedbackConfig::log_budget`](crate::FeedbackConfig::log_budget).
    #[error("left out: the logs' budget is used up")]
    NoRoom,
    /// No disk takes what is collected, and memory has no room for more.
    #[error("left out: the disk has no room, and memory holds no more")]
    NoDisk,
    /// More log files than a report takes.
    #[error("{} left out: a report takes the newest {newest}", counted(*older, "older file", "older files"))]
    TooManyFiles {
        /// How many are left out.
        older: usize,
        /// How many are taken.
        newest: usize,
    },
    /// A folder with more names than there was time to look at.
    #[error("only {} looked at in time; newer files may be missing", counted(*names, "name was", "names were"))]
    TooManyNames {
        /// How many were looked at.
        names: usize,
    },
    /// More log files of one pattern that could not be taken, beside those that are named with their reason.
    #[error("{more} more of its files could not be taken")]
    MoreUntaken {
        /// How many.
        more: usize,
    },
    /// More facts than a report takes: of one [`Collector`](crate::Collector), or of the draft, the client, the
    /// collectors and the config together.
    #[error("has more facts than the {most} that a report takes")]
    TooManyFacts {
        /// How many are taken.
        most: usize,
    },
    /// The app has named no log files.
    #[error("the app has named no log files")]
    NoLogs,
    /// The app has logged nothing since it was started.
    #[error("the app has logged nothing yet")]
    NothingLogged,
    /// A fact that the system did not tell in time.
    #[error("the system did not tell in time")]
    SlowSystem,
    /// A fact that the system was not asked for, for this reason.
    #[error("not looked for: {0}")]
    NotLookedFor(Box<Self>),
    /// A [`Collector`](crate::Collector) that was not done in time.
    #[error("was not done in time")]
    NotDone,
    /// What was asked for an earlier report has not come yet, since then.
    #[error("still busy since {}", rfc3339::shown_to_second(*.0))]
    Busy(SystemTime),
    /// The disk of a log has not given what an earlier report asked for, since then.
    #[error("its disk is still busy since {}", rfc3339::shown_to_second(*.0))]
    BusyDisk(SystemTime),
    /// A [`Collector`](crate::Collector) that has panicked.
    #[error("has panicked")]
    Panicked,
    /// The system gave no thread to collect it on.
    #[error("no thread could be started")]
    NoThread,
    /// A file or picture of the draft that could not be taken.
    #[error(transparent)]
    Attachment(AttachmentProblem),
    /// The person has switched it off.
    #[error("left out by the person")]
    LeftOut,
    /// The app has taken it out, for this reason in its words: see [`Review`](crate::Review).
    #[error("left out by the app: {0}")]
    LeftOutByApp(String),
    /// The report was too large for the server; this file is not in it any more.
    #[error("left out to fit what the server takes")]
    DoesNotFit,
    /// The report was too large for the server; the older lines of this log are not in it any more.
    #[error("its older lines were left out to fit what the server takes")]
    Shortened,
    /// The report was too large for the server; this picture has fewer pixels now.
    #[error("made smaller to fit what the server takes")]
    MadeSmaller,
    /// In the words of the system, of a [`Collector`](crate::Collector), or of a report that was read back.
    #[error("{0}")]
    Other(String),
}

fn counted(count: usize, one: &str, several: &str) -> String {
    let what = if count == 1 { one } else { several };
    format!("{count} {what}")
}

impl GapReason {
    /// The same reason, with what is not our own words put through `mask`.
    pub(crate) fn masked(self, mask: impl FnOnce(&str) -> String) -> Self {
        match self {
            Self::Other(words) => Self::Other(mask(&words)),
            Self::LeftOutByApp(words) => Self::LeftOutByApp(mask(&words)),
            Self::Attachment(AttachmentProblem::Unreadable(words)) => {
                Self::Attachment(AttachmentProblem::Unreadable(mask(&words)))
            }
            ours => ours,
        }
    }
}

impl From<&io::Error> for GapReason {
    /// The reason that the error was made of, or one that holds on every system where there is one.
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            _ => {
                let ours = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
                ours.map_or_else(|| Self::Other(error.to_string()), Clone::clone)
            }
        }
    }
}

impl From<AttachmentProblem> for GapReason {
    fn from(problem: AttachmentProblem) -> Self {
        Self::Attachment(problem)
    }
}

impl Serialize for GapReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for GapReason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_that_is_read_back_says_what_it_said() {
        let gap = Gap {
            what: "log app.log".to_owned(),
            why: GapReason::NotFound,
        };
        let json = serde_json::to_string(&gap).unwrap();
        assert_eq!(json, r#"{"what":"log app.log","why":"not found"}"#);
        let back: Gap = serde_json::from_str(&json).unwrap();
        assert_eq!(back.why.to_string(), gap.why.to_string());
        assert_eq!(serde_json::to_string(&back).unwrap(), json);
    }

    #[test]
    fn one_is_told_as_one() {
        for (why, told) in [
            (
                GapReason::TooManyNames { names: 1 },
                "only 1 name was looked at in time; newer files may be missing",
            ),
            (
                GapReason::TooManyFiles {
                    older: 1,
                    newest: 200,
                },
                "1 older file left out: a report takes the newest 200",
            ),
        ] {
            assert_eq!(why.to_string(), told);
        }
    }

    #[test]
    fn words_that_are_not_ours_are_masked() {
        let hide = |words: &str| words.replace("anna", "[user]");
        for (why, told) in [
            (GapReason::Other("anna".to_owned()), "[user]"),
            (
                GapReason::LeftOutByApp("anna".to_owned()),
                "left out by the app: [user]",
            ),
            (
                AttachmentProblem::Unreadable("anna".to_owned()).into(),
                "This file cannot be read: [user].",
            ),
        ] {
            assert_eq!(why.masked(hide).to_string(), told);
        }
    }
}
