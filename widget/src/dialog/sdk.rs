//! What has been asked of the SDK, and a frame has not taken the answer of.

use std::path::PathBuf;
use std::sync::Arc;

use feedback_sdk::{Events, FeedbackError, Pending, Report, ReportId, Submission, WaitingReport};

use super::bell::Bell;
use super::handing_over::HandingOver;
use super::remembered::Remembered;
use super::saving::Saving;

/// What has been asked of the SDK and is not answered yet.
#[derive(Default)]
pub(crate) struct Sdk {
    pub(super) events: Option<Events>,
    pub(crate) bell: Arc<Bell>,
    /// What goes on by itself from being collected to being stored.
    pub(crate) handing_over: Option<HandingOver>,
    /// The report that was handed over, until the app is told.
    pub(crate) handed_over: Option<ReportId>,
    pub(crate) storing: Option<Storing>,
    pub(crate) deleting: Option<Pending<()>>,
    pub(crate) retrying: Vec<(ReportId, Pending<()>)>,
    /// Earlier reports that the person wants deleted.
    pub(crate) dropping: Vec<Pending<()>>,
    /// Whether refused reports are still there whose words are said again.
    pub(crate) asking_after: Vec<Pending<String>>,
    pub(super) listing: Option<Pending<Vec<WaitingReport>>>,
    pub(super) limiting: Option<Pending<Option<u64>>>,
    /// The address that is remembered for the next run.
    pub(super) remembered: Remembered,
    /// The most bytes of a report that the server takes, where that is known.
    pub(crate) limit: Option<u64>,
    /// What is listed is still true.
    pub(super) is_list_new: bool,
    /// Each to its own place; those that were chosen first come first.
    pub(crate) saving: Vec<Saving>,
    /// A report on its way into the file that it goes to instead of being sent.
    pub(crate) filing: Option<(PathBuf, Pending<u64>)>,
    /// That report while it has the screen: further copies can be had of nothing else.
    pub(crate) filed: Option<Report>,
}

/// A report on its way into the spool.
pub(crate) enum Storing {
    /// The report is sent from memory, if it cannot be stored.
    Submitted(Pending<ReportId>, Option<Box<Report>>),
    /// The same; the SDK has gone on with it by itself.
    Prepared(Pending<Submission>),
    /// It could not be stored, and is sent from memory.
    Unstored(Pending<ReportId>),
}

impl Storing {
    /// The answer, and the report that may still be sent from memory.
    pub(super) fn poll(&mut self) -> Option<(Result<ReportId, FeedbackError>, Option<Report>)> {
        Some(match self {
            Self::Submitted(answer, report) => (answer.poll()?, report.take().map(|report| *report)),
            Self::Prepared(answer) => match answer.poll()? {
                Ok(Submission {
                    report,
                    stored: Some(stored),
                    ..
                }) => (stored, Some(report)),
                Ok(_) => return None, // it has gone, so there is an answer
                Err(error) => (Err(error), None),
            },
            Self::Unstored(answer) => (answer.poll()?, None),
        })
    }
}

impl Sdk {
    /// Whether something was begun that must be seen through, also by a closed dialog.
    pub(crate) fn is_busy(&self) -> bool {
        self.storing.is_some() || !self.saving.is_empty() || self.filing.is_some()
    }

    /// What waits in the spool may have changed.
    pub(crate) fn spool_changed(&mut self) {
        self.is_list_new = false;
    }

    /// Whether what waits in the spool is being looked at.
    pub(crate) fn is_looking(&self) -> bool {
        self.listing.is_some()
    }
}
