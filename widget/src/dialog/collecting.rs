//! From the form to a report, and where it goes then: it is collected to be shown, sent or saved, and handed over.

use egui::Context;
use feedback_sdk::Report;

use super::notice::Notice;
use super::saving::Saving;
use super::sdk::Storing;
use super::{FeedbackDialog, FeedbackResponse};
use crate::phase::{Cause, Happened, Phase, Trouble};

impl FeedbackDialog {
    /// Collects where it is wanted: to show, to send or to save. Hands over what is collected.
    pub(super) fn go_on_collecting(&mut self, ctx: &Context, response: &mut FeedbackResponse) {
        self.take_collected(response);
        self.take_handed_over(response);
        if self.sdk.handing_over.is_some() {
            return;
        }
        let is_new = self.is_said_for_the_first_time(response);
        // A picture that was pasted belongs to what is sent, and is not ready yet.
        let to_send = is_new && self.phase == Phase::Collecting && self.pasted.is_empty();
        let to_save = self.sdk.saving.iter().any(Saving::is_wanted);
        // What is too large is told before Send; how large it is compressed is known once it is collected.
        let to_tell = self
            .sdk
            .limit
            .is_some_and(|limit| self.form.said.may_exceed(limit));
        if !(to_send || to_save || to_tell || self.contents.is_open) {
            return;
        }
        if !self.contents.is_current(&self.form) {
            if to_send && !to_save && self.saves_to.is_none() {
                return self.let_go(ctx);
            }
            self.contents.collect(&self.client, &self.form, &self.words, ctx);
            return;
        }
        if self.contents.is_open {
            self.contents.follow(&self.client, &self.form);
        }
        if to_save && let Some(report) = self.contents.current(&self.form) {
            for saving in &mut self.sdk.saving {
                saving.begin(&self.client, &report);
            }
        }
        if to_send && let Some(report) = self.contents.current(&self.form) {
            if report.is_empty() {
                self.back_to_form_if_sending(); // all of it is switched off
            } else {
                self.hand_over(report);
            }
        }
    }

    fn take_collected(&mut self, response: &mut FeedbackResponse) {
        match self.contents.poll(&mut self.form) {
            Ok(false) => {}
            Ok(true) => {
                if self.contents.leave_file().is_some() {
                    self.focus = self.focus_of_screen(); // what was read is out of date
                }
                if self.note_problems() {
                    self.back_to_form_if_sending();
                }
            }
            Err(error) => {
                self.sdk.saving.retain(|saving| !saving.is_wanted()); // told below
                self.contents.put_away();
                self.not_stored(Trouble::Collecting(Cause::from(&error)), response);
            }
        }
        // What was to be saved may have been taken out meanwhile.
        if self.sdk.saving.iter().any(Saving::is_wanted)
            && !self.contents.can_send(self.form.version(), &self.form.said)
        {
            self.sdk.saving.retain(|saving| !saving.is_wanted());
            self.form.notice = Some(Notice::NothingToSave);
        }
    }

    /// Notes what is missing in what was collected. Whether the person did not know of it.
    pub(super) fn note_problems(&mut self) -> bool {
        let report = self.contents.report(self.form.version());
        report.is_some_and(|report| self.form.said.note_problems(report))
    }

    /// The report goes to the spool, or into the file that stands in its place.
    fn hand_over(&mut self, report: Report) {
        self.handed_over(report.id());
        if let Some(path) = self.saves_to.clone() {
            let answer = self.client.save(report.clone(), path.clone());
            self.sdk.filing = Some((path, answer));
            self.sdk.filed = Some(report);
        } else {
            let answer = self.client.submit(report.clone());
            self.sdk.storing = Some(Storing::Submitted(answer, Some(Box::new(report))));
        }
    }

    /// What the person has added is not in the report: they should know before anything is sent.
    pub(super) fn back_to_form_if_sending(&mut self) {
        self.hold_back();
        if self.phase == Phase::Collecting {
            self.back_to_form(Happened::MustLook);
        }
    }
}
