//! What is done about what the person wants.

use std::path::PathBuf;

use egui::Context;

use super::answers::Saving;
use super::capture::Capture;
use super::form::Notice;
use super::{Action, FeedbackDialog, FeedbackResponse};
use crate::phase::{Happened, Phase, Stage};
use crate::pick::Wish;
use crate::text;

impl FeedbackDialog {
    pub(super) fn act(&mut self, ctx: &Context, action: Action, response: &mut FeedbackResponse) {
        match action {
            Action::Send => {
                self.form.notice = None;
                self.picker.put_away();
                self.happened(Happened::SendPressed);
                self.go_on_collecting(ctx);
            }
            Action::Cancel => self.cancel(),
            Action::Close => {
                self.close();
                response.closed = true;
            }
            Action::Retry => self.retry(),
            Action::Back => self.go_back(),
            Action::Show => self.bring_back(),
            Action::Capture => {
                self.form.notice = None;
                self.capture = Capture::Wanted;
                ctx.request_repaint();
            }
            Action::CopyText => {
                ctx.copy_text(self.form.said.words());
                self.form.notice = Some(Notice::Good(text::COPIED.to_owned()));
            }
            Action::Link => response.thank_you_link_clicked = true,
            Action::Pick(wish) => {
                self.picker.ask(ctx, wish);
                ctx.request_repaint();
            }
            Action::Picked(wish, paths) => self.picked(wish, paths),
        }
    }

    fn cancel(&mut self) {
        self.happened(Happened::CancelPressed);
        match &self.phase {
            Phase::Away(journey) if matches!(journey.stage, Stage::TakingBack(_)) => {
                self.sdk.deleting = Some(self.client.delete(journey.id));
            }
            // What was being collected is out of date by the time it is wanted again.
            Phase::Form { .. } => self.contents.forget(),
            _ => {}
        }
    }

    fn retry(&mut self) {
        self.picker.put_away();
        self.form.notice = None;
        if let Some(id) = self.phase.journey().map(|journey| journey.id) {
            self.sdk.retrying = Some((id, self.client.retry(id)));
            self.happened(Happened::RetryPressed);
        }
    }

    /// The refused report is given up for its words, which become another report.
    fn go_back(&mut self) {
        self.picker.put_away();
        self.form.notice = None;
        if let Some(id) = self.phase.journey().map(|journey| journey.id) {
            // If it cannot be deleted, it stays on disk, and nobody sends it.
            drop(self.client.delete(id));
            self.happened(Happened::BackPressed);
        }
    }

    /// The person has chosen files, or a place, or has changed their mind.
    pub(super) fn picked(&mut self, wish: Wish, paths: Vec<PathBuf>) {
        self.form.notice = None;
        self.focus = self.focus_of_phase();
        for path in paths {
            match wish {
                Wish::Attach => self.attach(path),
                Wish::Save(None) => self.sdk.saving = Some(Saving::Wanted(path)),
                Wish::Save(Some(id)) => {
                    let answer = self.client.save_waiting(id, path.clone());
                    self.sdk.saving = Some(Saving::Stored(path, answer));
                }
            }
        }
    }
}
