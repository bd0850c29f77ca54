//! How the last run of the app ended, where it did not end as it should: what is told of it.

use std::path::PathBuf;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::numbers::Numbers;
use crate::absolute::absolute;
use crate::redact::{MaskCounts, add_counts};
use crate::wire::rfc3339;

/// A run of the app that did not end as it should, from [`RunGuard::crashed_last_run`](crate::RunGuard::crashed_last_run).
///
/// Put it into [`ReportDraft::crash`](crate::ReportDraft::crash) to send it along. It stands in the report's
/// manifest, and what is long of it in `logs/crash.txt`. All of it is masked.
///
/// It was masked when it was written, before it touched the disk, so nobody can tell which of its values a report has too:
/// its masks have numbers of their own, `[crash-email-1]`.
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
    /// How many other panics stand in `logs/crash.txt`: of that run seven at most, and those of seven other runs at most
    /// that no report has.
    pub other_panics: usize,
    /// Whether the app lived on after the panic and ended as it should.
    pub went_on: bool,
    /// The text of `logs/crash.txt`; empty where there is no panic in it.
    #[serde(skip)]
    pub(crate) text: String,
    /// What the masks hid when it was written.
    #[serde(skip)]
    pub(crate) masked: MaskCounts,
    /// Whether an earlier run has asked for it already.
    #[serde(skip)]
    pub(crate) is_told: bool,
    /// Where it is remembered until it is [forgotten](Self::forget).
    #[serde(skip)]
    pub(crate) files: Vec<PathBuf>,
    #[serde(skip)]
    pub(crate) dump: Option<PathBuf>,
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
    /// A run of which nothing is known but when it started.
    pub(crate) fn of_run(started_at: SystemTime) -> Self {
        Self {
            app_version: String::new(),
            started_at,
            panic: None,
            other_panics: 0,
            went_on: false,
            text: String::new(),
            masked: MaskCounts::new(),
            is_told: false,
            files: Vec::new(),
            dump: None,
        }
    }

    /// Adds what is known of other runs, the oldest first: before what is known of this one, since of a text that is too
    /// long the beginning is cut off. The masks of this one keep their numbers, which its panic has too.
    pub(crate) fn join(&mut self, others: impl Iterator<Item = Self>) {
        let mut numbers = Numbers::default();
        let of_this = numbers.renumbered(&self.text, &self.masked);
        let mut text = String::new();
        for other in others {
            self.other_panics += other.other_panics + usize::from(other.panic.is_some());
            text.push_str("Another run of the app:\n");
            text.push_str(&numbers.renumbered(&other.text, &other.masked));
            text.push_str("\n\n");
            add_counts(&mut self.masked, &other.masked);
        }
        if !text.is_empty() && !of_this.is_empty() {
            text.push_str("The run that the report tells of:\n");
        }
        self.text = text + &of_this;
    }

    /// Sends a file along that another crash handler has left, such as a minidump. It is attached as any file is:
    /// byte for byte, or masked where it is a text. The person sees it.
    #[must_use]
    pub fn with_dump(mut self, path: impl Into<PathBuf>) -> Self {
        self.dump = Some(absolute(path.into()));
        self
    }
}
