//! Reports on their way into a file: a copy that the person wants, or instead of being sent.

use std::path::PathBuf;

use feedback_sdk::{FeedbackError, Pending};

use super::notice::Notice;
use super::{FeedbackDialog, FeedbackResponse};
use crate::phase::{Cause, Happened, Trouble};

/// A report on its way into a file of the person's choice.
pub(crate) enum Saving {
    /// It must be collected first.
    Wanted(PathBuf),
    Report(PathBuf, Pending<u64>),
    Stored(PathBuf, Pending<()>),
}

impl FeedbackDialog {
    /// The report is in its file, or back in the form.
    pub(super) fn take_filed(&mut self, response: &mut FeedbackResponse) {
        let Some((path, answer)) = &mut self.sdk.filing else {
            return;
        };
        let Some(answer) = answer.poll() else { return };
        let path = std::mem::take(path);
        self.sdk.filing = None;
        match answer {
            Ok(_) => {
                self.happened(Happened::Saved(path));
                self.note_address();
                // Unless the person has changed their mind.
                let sent = self.phase.journey().filter(|journey| journey.is_sent());
                response.saved = sent.map(|journey| journey.id);
            }
            Err(error) => self.not_stored(Trouble::Saving(Cause::from(&error)), response),
        }
    }

    pub(super) fn take_saved(&mut self) {
        let (path, answer) = match &mut self.sdk.saving {
            Some(Saving::Report(path, answer)) => (path, answer.poll().map(|saved| saved.map(drop))),
            Some(Saving::Stored(path, answer)) => (path, answer.poll()),
            Some(Saving::Wanted(_)) | None => return,
        };
        let Some(answer) = answer else { return };
        self.form.notice = match answer {
            Ok(()) => Some(Notice::Saved(path.clone())),
            Err(error @ FeedbackError::Stopped) if self.phase.journey().is_none() => {
                let trouble = Trouble::Saving(Cause::from(&error));
                self.happened(Happened::NotStored(trouble));
                None
            }
            Err(error) => Some(Notice::NotSaved(Cause::from(&error))),
        };
        self.sdk.saving = None;
    }
}
