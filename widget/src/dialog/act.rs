//! What is done about what the person wants.

use std::path::PathBuf;

use egui::{Context, Id};
use feedback_sdk::ReportId;

use super::capture::Capture;
use super::list::List;
use super::notice::Notice;
use super::saving::Saving;
use super::{Action, FeedbackDialog, FeedbackResponse, Focus};
use crate::phase::{Happened, Phase, Stage};
use crate::pick::Wish;

impl FeedbackDialog {
    pub(super) fn act(&mut self, ctx: &Context, action: Action, response: &mut FeedbackResponse) {
        match action {
            Action::Send => {
                self.turn_the_page();
                self.happened(Happened::SendPressed);
                self.go_on_collecting(ctx, response);
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
            Action::CaptureScreen(screen) => {
                self.form.notice = None;
                self.screens.take(screen, ctx);
            }
            Action::CopyText => {
                let said = match self.phase {
                    Phase::Away(_) => &self.away,
                    _ => &self.form.said,
                };
                ctx.copy_text(said.words());
                self.form.notice = Some(Notice::Copied);
            }
            Action::CopyNumber(number) => {
                ctx.copy_text(number);
                self.form.notice = Some(Notice::CopiedThis);
            }
            Action::Link => response.thank_you_link_clicked = true,
            Action::AttachNamed => self.attach_named(),
            Action::AsItIs(path, as_it_is) => self.form.set_as_it_is(&path, as_it_is),
            Action::Pick(wish) => {
                self.picker.ask(ctx, wish, &self.words);
                ctx.request_repaint();
            }
            Action::Picked(wish, paths) => self.picked(wish, paths),
            Action::Read(path, opener) => self.read(ctx, path, opener),
            Action::LeaveFile => self.leave_file(ctx),
            Action::EditPicture(key, opener) => self.edit_picture(ctx, key, opener),
            Action::LeavePicture => self.leave_picture(ctx),
            Action::StayWithPicture => self.stay_with_picture(),
            Action::DropPicture => self.drop_picture(ctx),
            Action::FinishPicture => self.finish_picture(ctx),
            Action::Stay | Action::LeaveAnyway => {} // told to the window that asks
            Action::OpenList => self.turn_list(true),
            Action::LeaveList => self.turn_list(false),
            Action::SendNow(id) => self.send_now(id),
            Action::AskToDelete(asking) => {
                self.list.asking = asking;
                self.focus = asking.map_or(Focus::Button, |_| Focus::Question);
            }
            Action::Delete(id) => {
                self.list.asking = None;
                self.focus = Focus::Button;
                self.sdk.dropping.push(self.client.delete(id));
            }
        }
    }

    /// What was told and asked on a screen ends with it.
    pub(super) fn turn_the_page(&mut self) {
        self.picker.put_away();
        self.form.notice = None;
    }

    /// The files whose names were pasted take the place of these.
    fn attach_named(&mut self) {
        if let Some(named) = self.form.named.take() {
            self.form.notice = None;
            self.form.take_out(&named.text);
            for path in named.paths {
                self.attach(path);
            }
            self.focus = self.focus_of_screen();
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
        self.turn_the_page();
        if let Some(id) = self.phase.journey().map(|journey| journey.id) {
            self.sdk.retrying.push((id, self.client.retry(id)));
            self.happened(Happened::RetryPressed);
        }
    }

    /// Tries an earlier report again.
    fn send_now(&mut self, id: ReportId) {
        self.form.notice = None;
        self.focus = Focus::Button; // the one that was pressed goes
        self.sdk.retrying.push((id, self.client.retry(id)));
        for earlier in self.earlier.iter_mut().filter(|earlier| earlier.journey.id == id) {
            earlier.is_followed = true;
            earlier.happened(Happened::RetryPressed);
        }
    }

    /// Goes to the list of earlier reports, or back to the screen before.
    pub(super) fn turn_list(&mut self, is_open: bool) {
        self.turn_the_page();
        self.list = List {
            is_open,
            asking: None,
        };
        self.focus = self.focus_of_screen();
    }

    /// Opens a file of the report that is listed.
    fn read(&mut self, ctx: &Context, path: String, opener: Id) {
        self.turn_the_page();
        if self.contents.read(ctx, &self.form, path, opener) {
            self.focus = Focus::Button;
        }
    }

    /// Goes back to where the file was opened.
    fn leave_file(&mut self, ctx: &Context) {
        if let Some(opener) = self.contents.leave_file() {
            self.focus = Focus::Stay;
            ctx.memory_mut(|memory| memory.request_focus(opener));
        }
    }

    /// The report is given up for its words, which become another one.
    fn go_back(&mut self) {
        self.turn_the_page();
        let Some(journey) = self.phase.journey() else {
            return;
        };
        if journey.is_refused() && journey.unkept.is_none() {
            self.away.refused = Some(journey.id);
        } else {
            // From memory; what waits there would still be sent.
            drop(self.client.delete(journey.id));
        }
        self.happened(Happened::BackPressed);
    }

    /// The person has chosen files, or a place, or has changed their mind.
    pub(super) fn picked(&mut self, wish: Wish, paths: Vec<PathBuf>) {
        self.turn_the_page();
        self.focus = self.focus_of_screen();
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
