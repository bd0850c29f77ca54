//! How the last run of the app ended, where it did not end as it should.
//!
//! ```text
//! <spool>/runs/<id>.run    one small file per running process, locked while it lives
//! ```
//!
//! A clean end removes it. So a file that nobody holds is of a run that was killed, or lost its power; and
//! one with a panic in it, of a run that crashed.

mod hook;
mod record;
mod run;

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{Gathering, attachments};
use crate::wire::rfc3339;

pub use hook::{RunGuard, install_panic_hook};

/// A run of the app that did not end as it should, from [`RunGuard::crashed_last_run`].
///
/// Put it into [`ReportDraft::crash`](crate::ReportDraft::crash) to send it along. It stands in the report's
/// manifest, and what is long of it in `logs/crash.txt`. All of it is masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Crash {
    /// The version of the app that ran.
    pub app_version: String,
    /// When it started.
    #[serde(with = "rfc3339")]
    pub started_at: SystemTime,
    /// The last panic of that run; of several within two seconds the first, since the others follow from it.
    /// `None`: the run ended without a panic and without a clean exit. It was killed, the power was cut, or
    /// it crashed outside Rust; a system that shuts down may end it like that too, so this alone is no
    /// reason to trouble anyone.
    pub panic: Option<Panic>,
    /// How many other panics it had, seven at most. They are in `logs/crash.txt` too.
    pub other_panics: usize,
    /// Whether the app lived on after the panic and ended as it should.
    pub went_on: bool,
    /// The text of `logs/crash.txt`; empty where there was no panic.
    #[serde(skip)]
    text: String,
    /// Where it is remembered until it is [forgotten](Self::forget).
    #[serde(skip)]
    file: Option<PathBuf>,
    #[serde(skip)]
    dump: Option<PathBuf>,
}

/// One panic, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Panic {
    /// When it happened.
    #[serde(with = "rfc3339")]
    pub at: SystemTime,
    /// How long the app had been running, in seconds.
    pub uptime: u64,
    /// What the panic said, masked.
    pub message: String,
    /// File, line and column, masked.
    pub location: Option<String>,
    /// The name of its thread, masked.
    pub thread: Option<String>,
}

impl Crash {
    /// Sends a file along that another crash handler has left, such as a minidump. It is attached as any file is:
    /// byte for byte, or masked where it is a text. The person sees it.
    #[must_use]
    pub fn with_dump(mut self, path: impl Into<PathBuf>) -> Self {
        self.dump = Some(path.into());
        self
    }

    /// Removes what is remembered of it on disk. The same happens when a report that has it is stored, and
    /// when the run that has asked for it ends as it should.
    pub fn forget(&self) {
        if let Some(file) = &self.file {
            // Where that fails it is asked about once more; nothing is lost.
            let _ = fs::remove_file(file);
        }
    }
}

/// Takes a crash in: what is long of it as a file, the rest for the manifest.
pub(crate) fn gather(crash: Crash, budget: u64, gathering: &mut Gathering) -> Crash {
    let before = gathering.files.len();
    // It was masked when it was written, by the rules of that version.
    gathering.add_text("crash.txt", &crash.text, 0, u64::MAX);
    // A dump that cannot be taken is a gap; the person has not chosen it and is not asked about it.
    let dump = crash.dump.as_deref().map(Into::into);
    let _ = attachments::gather(dump.as_slice(), budget, gathering);
    for file in &mut gathering.files[before..] {
        file.is_of_crash = true;
    }
    let panic = crash.panic.map(|panic| Panic {
        message: gathering.mask(&panic.message),
        location: panic.location.map(|location| gathering.mask(&location)),
        thread: panic.thread.map(|thread| gathering.mask(&thread)),
        ..panic
    });
    Crash { panic, ..crash }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ReportFile;
    use crate::{FeedbackConfig, ReportDraft, Verdict};

    #[test]
    fn an_app_that_takes_the_crash_out_takes_all_of_it_out_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (log, dump) = (folder.path().join("crash.txt"), folder.path().join("core.dmp"));
        fs::write(&log, "a log of the app\n").unwrap();
        fs::write(&dump, "memory").unwrap();
        let mut crash = record::read(b"", SystemTime::UNIX_EPOCH).with_dump(&dump);
        crash.text = "the way to the panic".to_owned();
        let mut draft = ReportDraft::new("x");
        draft.crash = Some(crash);

        let paths = |review: fn(&mut crate::Review)| {
            let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1")
                .log(log.to_string_lossy())
                .before_send(move |report| {
                    review(report);
                    Verdict::Send
                });
            let report = super::super::gather(&config, draft.clone(), SystemTime::UNIX_EPOCH);
            let paths = report.evidence().iter().map(ReportFile::path);
            paths.map(str::to_owned).collect::<Vec<_>>()
        };
        let (log, text, dump) = ("logs/crash-2.txt", "logs/crash.txt", "attachments/core.dmp");
        assert_eq!(paths(|_| ()), [log, text, dump]);
        assert_eq!(paths(crate::Review::remove_crash), [log]);
        let without_dump = |report: &mut crate::Review| {
            assert!(report.remove_file("attachments/core.dmp", "it is memory"));
        };
        assert_eq!(paths(without_dump), [log, text]);
    }
}
