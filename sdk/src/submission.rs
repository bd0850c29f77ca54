//! A report that goes on from "prepared" to "stored" by itself, where a last look at it lets it.

use std::fmt;
use std::panic::{self, AssertUnwindSafe};

use crate::error::FeedbackError;
use crate::id::ReportId;
use crate::report::Report;

/// What has become of a report that was [submitted while it was prepared](crate::FeedbackClient::submit_prepared).
#[derive(Debug)]
#[non_exhaustive]
pub struct Submission {
    /// The report, as the last look at it has left it.
    pub report: Report,
    /// Whether it was stored, as [`submit`](crate::FeedbackClient::submit) answers. `None`: it was not to go.
    pub stored: Option<Result<ReportId, FeedbackError>>,
}

/// The last look at a report before it goes.
pub(crate) struct LastLook(Box<dyn FnOnce(&mut Report) -> bool + Send>);

impl LastLook {
    pub(crate) fn new(look: impl FnOnce(&mut Report) -> bool + Send + 'static) -> Self {
        Self(Box::new(look))
    }

    /// Whether the report may go. Not where the look panics: it is the app's, and the thread is that of all reports.
    pub(crate) fn at(self, report: &mut Report) -> bool {
        panic::catch_unwind(AssertUnwindSafe(|| (self.0)(report))).unwrap_or_default()
    }
}

impl fmt::Debug for LastLook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LastLook").finish_non_exhaustive()
    }
}
