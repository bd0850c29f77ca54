//! From Send to the disk without a frame in between: what is still being collected when Send is pressed goes on by
//! itself, also where the dialog is not drawn any more, such as in a window that is minimised or covered.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use egui::Context;
use feedback_sdk::{Pending, Report, ReportId, Submission};

use super::FeedbackDialog;
use super::attachments::Attachment;
use super::contents::left_out::LeftOut;
use super::form::Form;
use super::response::FeedbackResponse;
use super::sdk::Storing;
use super::sight::Sight;
use crate::phase::{Cause, Happened, Trouble};
use crate::pick::Wish;

/// A report that is being collected and goes on by itself.
pub(crate) struct HandingOver {
    /// That of the form.
    version: u64,
    way: Arc<Way>,
    answer: Pending<Submission>,
}

/// Who was first: the SDK's thread, which has the report go, or the dialog, which keeps it.
#[derive(Default)]
struct Way(Mutex<Stand>);

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Stand {
    #[default]
    Open,
    Closed,
    Gone(ReportId),
}

impl Way {
    /// Has a report go. Whether it may.
    fn go(&self, id: ReportId) -> bool {
        let mut stand = self.lock();
        let is_open = *stand == Stand::Open;
        if is_open {
            *stand = Stand::Gone(id);
        }
        is_open
    }

    /// Lets no report go from now on.
    fn close(&self) {
        let mut stand = self.lock();
        if *stand == Stand::Open {
            *stand = Stand::Closed;
        }
    }

    /// The report that has gone.
    fn gone(&self) -> Option<ReportId> {
        match *self.lock() {
            Stand::Gone(id) => Some(id),
            Stand::Open | Stand::Closed => None,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Stand> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the person has said, and what they know of it: nothing else goes unseen. Pure.
struct Seen {
    words: String,
    reply_to: Option<String>,
    left_out: LeftOut,
    /// Against which nothing was told.
    files: Vec<PathBuf>,
    pictures: Vec<u64>,
}

impl Seen {
    fn of(form: &Form) -> Self {
        let files = form.said.attachments.iter().filter(|file| file.is_good());
        let pictures = form.said.pictures.iter().filter(|sight| sight.is_good());
        Self {
            words: form.said.words(),
            reply_to: form.reply_to(),
            left_out: form.said.left_out.clone(),
            files: files.map(|file: &Attachment| file.path.clone()).collect(),
            pictures: pictures.map(|sight: &Sight| sight.number).collect(),
        }
    }

    /// Puts the words into a report, and whether it may go: there is something to send, and no more missing than they know.
    fn last_look(self, report: &mut Report) -> bool {
        self.left_out.apply(report);
        report.set_message(self.words);
        report.set_reply_to(self.reply_to);
        let mut problems = report.attachment_problems().iter();
        let mut lost = report.lost_pictures().iter();
        let has_news = problems.any(|(path, _)| self.files.contains(path))
            || lost.any(|(number, _)| self.pictures.contains(number));
        !has_news && !report.is_empty()
    }
}

impl FeedbackDialog {
    /// Has what the form holds go on by itself as soon as it is collected.
    pub(super) fn let_go(&mut self, ctx: &Context) {
        let collected = self
            .contents
            .collecting(&self.client, &self.form, &self.words, ctx);
        let (seen, way) = (Seen::of(&self.form), Arc::<Way>::default());
        let gate = Arc::clone(&way);
        let answer = self.client.submit_prepared(collected, move |report| {
            seen.last_look(report) && gate.go(report.id())
        });
        self.sdk.handing_over = Some(HandingOver {
            version: self.form.version(),
            way,
            answer,
        });
    }

    /// Whether what stands in the form has gone by itself, and no frame has come since.
    pub(super) fn has_gone(&self) -> bool {
        let way = self
            .sdk
            .handing_over
            .as_ref()
            .map(|handing_over| &handing_over.way);
        way.is_some_and(|way| way.gone().is_some())
    }

    /// Keeps what goes on by itself from going, since there is more to say, or nothing any more. What has gone already is
    /// on its way.
    pub(super) fn hold_back(&mut self) {
        if let Some(handing_over) = &self.sdk.handing_over {
            handing_over.way.close();
        }
        self.follow_what_is_gone();
        self.sdk.handing_over = None;
    }

    /// Where the SDK's thread has the report, that is on its way from now on. Before anything else is made of what the
    /// SDK tells: it may be about this one.
    pub(super) fn follow_what_is_gone(&mut self) {
        let is_gone = |handing_over: &mut HandingOver| handing_over.way.gone().is_some();
        if let Some(HandingOver { way, answer, .. }) = self.sdk.handing_over.take_if(is_gone)
            && let Some(id) = way.gone()
        {
            self.handed_over(id);
            self.sdk.storing = Some(Storing::Prepared(answer));
        }
    }

    /// Takes what has become of the report that goes on by itself.
    pub(super) fn take_handed_over(&mut self, response: &mut FeedbackResponse) {
        self.follow_what_is_gone();
        let Some(HandingOver { version, answer, .. }) = &mut self.sdk.handing_over else {
            return;
        };
        let (version, Some(answer)) = (*version, answer.poll()) else {
            return;
        };
        self.sdk.handing_over = None;
        match answer {
            Err(error) => {
                self.contents.put_away();
                self.not_stored(Trouble::Collecting(Cause::from(&error)), response);
            }
            Ok(Submission {
                report,
                stored: Some(stored),
                ..
            }) => {
                self.handed_over(report.id());
                self.stored(stored, Some(report), response);
            }
            Ok(Submission { report, .. }) => {
                self.contents.take(version, report, &mut self.form);
                self.note_problems();
                self.back_to_form_if_sending();
            }
        }
    }

    /// What was said is on its way in this report.
    pub(super) fn handed_over(&mut self, id: ReportId) {
        let is_seen = self.is_seen();
        self.away = self.form.take();
        self.contents.forget();
        self.picker.rename(Wish::Save(None), Wish::Save(Some(id)));
        self.sdk.saving.iter_mut().for_each(|saving| saving.follow(id));
        self.happened(Happened::HandedOver(id));
        if is_seen {
            self.note_seen(); // it has only changed its place
        }
        self.sdk.handed_over = Some(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phase::tests::report;

    #[test]
    fn who_comes_first_decides() {
        let way = Way::default();
        assert!(way.go(report('1')));
        way.close();
        assert_eq!(way.gone(), Some(report('1')), "too late");

        let way = Way::default();
        way.close();
        assert!(!way.go(report('1')));
        assert_eq!(way.gone(), None);
    }
}
