//! Reports on their way into files: copies that the person wants, or instead of being sent.

use std::path::PathBuf;

use feedback_sdk::{FeedbackClient, FeedbackError, Pending, Report, ReportId};

use super::notice::Notice;
use super::sdk::Storing;
use super::{FeedbackDialog, FeedbackResponse};
use crate::phase::{Cause, Happened, Trouble};

/// A report on its way into a file of the person's choice.
pub(crate) enum Saving {
    /// It must be collected first.
    Wanted(PathBuf),
    /// Where this report is being stored, that must be done first.
    Waits(ReportId, PathBuf),
    Report(PathBuf, Pending<u64>),
    Stored(PathBuf, Pending<()>),
}

impl Saving {
    /// Whether its report is not collected yet.
    pub(crate) fn is_wanted(&self) -> bool {
        matches!(self, Self::Wanted(_))
    }

    /// This is the report, if it was not there yet.
    pub(crate) fn begin(&mut self, client: &FeedbackClient, report: &Report) {
        if let Self::Wanted(path) = self {
            let path = std::mem::take(path);
            let answer = client.save(report.clone(), path.clone());
            *self = Self::Report(path, answer);
        }
    }

    /// What stood in the form is in this report now.
    pub(crate) fn follow(&mut self, id: ReportId) {
        if let Self::Wanted(path) = self {
            *self = Self::Waits(id, std::mem::take(path));
        }
    }

    /// What was in this report stands in the form again.
    pub(crate) fn come_back(&mut self, id: ReportId) {
        if let Self::Waits(report, path) = self
            && *report == id
        {
            *self = Self::Wanted(std::mem::take(path));
        }
    }

    /// What has come of it, once it is there.
    fn poll(&mut self) -> Option<Result<PathBuf, FeedbackError>> {
        let (path, answer) = match self {
            Self::Wanted(_) | Self::Waits(..) => return None,
            Self::Report(path, answer) => (path, answer.poll()?.map(drop)),
            Self::Stored(path, answer) => (path, answer.poll()?),
        };
        Some(answer.map(|()| std::mem::take(path)))
    }
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

    /// Asks for the copies of reports that the SDK has by now, on disk or in memory.
    pub(super) fn copy_reports(&mut self) {
        if matches!(&self.sdk.storing, None | Some(Storing::Unstored(_))) {
            for saving in &mut self.sdk.saving {
                if let Saving::Waits(id, path) = saving {
                    let path = std::mem::take(path);
                    *saving = match self.sdk.filed.as_ref().filter(|filed| filed.id() == *id) {
                        Some(filed) => Saving::Report(path.clone(), self.client.save(filed.clone(), path)),
                        None => Saving::Stored(path.clone(), self.client.save_waiting(*id, path)),
                    };
                }
            }
        }
    }

    /// The copies are in their files, or the person hears why not.
    pub(super) fn take_saved(&mut self, response: &mut FeedbackResponse) {
        let mut answers = Vec::new();
        self.sdk.saving.retain_mut(|saving| {
            let answer = saving.poll();
            let stays = answer.is_none();
            answers.extend(answer);
            stays
        });
        // Of several the failure is what must be read, so it comes last.
        let (saved, not_saved): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        for answer in saved.into_iter().chain(not_saved) {
            if let Err(FeedbackError::UnknownReport(_)) = answer {
                self.take_events(response); // its receipt may be here already
            }
            self.form.notice = match answer {
                Ok(path) => Some(Notice::Saved(path)),
                Err(FeedbackError::UnknownReport(id)) if self.has_arrived(id) => Some(Notice::SentInstead),
                Err(error @ FeedbackError::Stopped) if self.phase.journey().is_none() => {
                    let trouble = Trouble::Saving(Cause::from(&error));
                    self.happened(Happened::NotStored(trouble));
                    None
                }
                Err(error) => Some(Notice::NotSaved(Cause::from(&error))),
            };
        }
    }
}
