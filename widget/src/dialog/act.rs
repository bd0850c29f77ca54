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
use crate::pick::{Picked, Wish};

impl FeedbackDialog {
    pub(super) fn act(&mut self, ctx: &Context, action: Action, response: &mut FeedbackResponse) {
        match action {
            // They see first that no answer may reach them. The next press sends.
            Action::Send if self.form.has_unseen_advice(ctx) => {
                self.focus = Focus::Message;
                ctx.request_repaint();
            }
            Action::Send => {
                self.turn_the_page();
                self.ask_after_refused();
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
            Action::Picked(picked) => self.picked(picked),
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
            Action::TakeUp(id) => self.take_up(id),
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

    /// What was told and asked on a screen ends with it, but for what is chosen in the system's picker.
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
        self.hold_back();
        self.take_back(Happened::CancelPressed);
    }

    fn take_back(&mut self, wish: Happened) {
        self.happened(wish);
        match &self.phase {
            Phase::Away(journey) if matches!(journey.stage, Stage::TakingBack(_)) => {
                self.sdk.deleting = Some(self.client.delete(journey.id));
            }
            // What was being collected is out of date by the time it is wanted again.
            Phase::Form { .. } => self.contents.forget(),
            _ => {}
        }
    }

    /// Takes back what was sent and is not stored: what is still being collected, and what no disk would take. It is in the
    /// form again, and in the [`draft`](Self::draft). What is stored goes on, and is in no draft.
    ///
    /// For the app's end: waits for a report that is just on its way to the disk or into its file, for as long as that takes.
    /// One that goes from memory and has no receipt yet is taken back too, though the server may have it: better twice than
    /// never.
    pub fn give_up_sending(&mut self) {
        self.give_up_collecting();
        let mut untold = std::mem::take(&mut self.untold);
        self.settle(&mut untold);
        if let Some(journey) = self.phase.journey().filter(|journey| journey.unkept.is_some()) {
            if journey.is_moving() {
                self.take_back(Happened::GivenUp);
                self.settle(&mut untold);
            } else {
                self.go_back();
            }
        }
        self.untold = untold;
        self.sdk.bell.set(); // there may be something to tell
    }

    /// Keeps what is still being collected from going.
    pub(super) fn give_up_collecting(&mut self) {
        self.hold_back();
        if self.phase == Phase::Collecting {
            self.cancel();
        }
    }

    /// Waits until a report is stored, or deleted, or is known not to be. Nothing goes on from memory alone.
    fn settle(&mut self, untold: &mut FeedbackResponse) {
        if self.sdk.storing.is_some() || self.sdk.deleting.is_some() || self.sdk.filing.is_some() {
            let _ = self.client.waiting().wait(); // the SDK answers in the order in which it was asked
        }
        if let Some((stored, report)) = self.poll_stored() {
            let report = report.filter(|_| stored.is_ok());
            self.stored(stored, report, untold);
        }
        self.take_filed(untold);
        self.take_deleted(untold);
        self.take_events(untold);
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
            ..List::default()
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
        self.away.refused.extend(self.give_up(journey));
        self.happened(Happened::BackPressed);
    }

    /// The person has chosen files, or a place, or has changed their mind.
    pub(super) fn picked(&mut self, picked: Picked) {
        let Picked { wish, paths, is_late } = picked;
        if !is_late {
            self.turn_the_page();
            self.focus = self.focus_of_screen();
        }
        for path in paths {
            match wish {
                Wish::Attach => self.attach(path),
                Wish::Save(report) => self.save_as(report, path),
            }
        }
        if is_late && wish == Wish::Attach {
            self.was_added();
        }
    }

    /// Saves a report that was handed over, or what stands in the form.
    fn save_as(&mut self, report: Option<ReportId>, path: PathBuf) {
        let saving = match report {
            None => Saving::Wanted(path),
            Some(id) => Saving::Waits(id, path),
        };
        self.sdk.saving.push(saving);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::{Duration, Instant};

    use feedback_sdk::testing::{Receiver, Reply};
    use feedback_sdk::{FeedbackClient, FeedbackConfig};

    use super::*;
    use crate::phase::Journey;
    use crate::phase::tests::report;
    use crate::pick::tests::{choose, controlled};

    /// A dialog in which "Attach" was pressed, a file to choose, and what they are in.
    fn attaching() -> (FeedbackDialog, PathBuf, Context, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let config = FeedbackConfig::new("https://feedback.invalid/x", "pk_test", "Notes", "1")
            .spool_dir(folder.path().join("spool"))
            .deliver(false);
        let mut dialog = FeedbackDialog::new(FeedbackClient::new(config).unwrap());
        dialog.picker = controlled();
        dialog.open();
        let (ctx, file) = (Context::default(), folder.path().join("a.txt"));
        std::fs::write(&file, "hello").unwrap();
        act(&mut dialog, &ctx, Action::Pick(Wish::Attach));
        (dialog, file, ctx, folder)
    }

    fn act(dialog: &mut FeedbackDialog, ctx: &Context, action: Action) {
        dialog.act(ctx, action, &mut FeedbackResponse::default());
    }

    /// Takes what comes from the SDK until this holds.
    #[track_caller]
    fn until(dialog: &mut FeedbackDialog, ctx: &Context, holds: impl Fn(&FeedbackDialog) -> bool) {
        let (wake, woken) = channel();
        dialog.subscribe(ctx);
        let _events = dialog.client.subscribe(move || {
            let _ = wake.send(());
        });
        let deadline = Instant::now() + Duration::from_mins(3);
        loop {
            dialog.take_answers(ctx, &mut FeedbackResponse::default());
            if holds(dialog) {
                return;
            }
            assert!(Instant::now() < deadline, "it never came: {:?}", dialog.phase);
            let _ = woken.recv_timeout(deadline - Instant::now());
        }
    }

    fn is_at_rest(dialog: &FeedbackDialog) -> bool {
        !dialog.phase.journey().is_none_or(Journey::is_moving)
    }

    fn attached(dialog: &FeedbackDialog) -> Vec<PathBuf> {
        let files = dialog.draft().attachments.into_iter();
        files.map(|file| file.path().to_owned()).collect()
    }

    #[test]
    fn a_relative_path_means_what_it_meant_when_it_was_handed_in() {
        let (mut dialog, ..) = attaching();
        dialog.attach("a.txt");
        let dialog = dialog.save_to("a.zip");
        let here = std::env::current_dir().unwrap();
        assert_eq!(dialog.form.said.attachments[0].path, here.join("a.txt"));
        assert_eq!(dialog.saves_to, Some(here.join("a.zip")));
    }

    #[test]
    fn a_file_that_is_chosen_while_a_report_is_made_goes_with_it() {
        let (mut dialog, file, ctx, _folder) = attaching();
        dialog.form.said.message = "see the file".to_owned();
        act(&mut dialog, &ctx, Action::Send);
        choose(Some(vec![file.clone()]));
        dialog.take_answers(&ctx, &mut FeedbackResponse::default());
        assert_eq!(attached(&dialog), [file]);
        assert_eq!(dialog.phase, Phase::FORM, "the person sees it first");
    }

    #[test]
    fn a_file_that_is_chosen_after_its_report_is_kept_for_the_next() {
        let (mut dialog, file, ctx, _folder) = attaching();
        dialog.form.said.message = "first".to_owned();
        act(&mut dialog, &ctx, Action::Send);
        until(&mut dialog, &ctx, |dialog| dialog.phase.journey().is_some());
        choose(Some(vec![file.clone()]));
        dialog.take_answers(&ctx, &mut FeedbackResponse::default());
        assert_eq!(attached(&dialog), [file]);
        assert_eq!(dialog.form.notice, Some(Notice::ForNext));
    }

    #[test]
    fn a_file_that_is_chosen_while_the_dialog_is_closed_holds_nothing_up_and_is_there_when_it_opens() {
        let (mut dialog, file, ctx, _folder) = attaching();
        dialog.form.said.message = "first".to_owned();
        act(&mut dialog, &ctx, Action::Send);
        act(&mut dialog, &ctx, Action::Close);
        choose(Some(vec![file.clone()]));
        until(&mut dialog, &ctx, |dialog| dialog.phase.journey().is_some());
        dialog.open();
        dialog.take_answers(&ctx, &mut FeedbackResponse::default());
        assert_eq!(attached(&dialog), [file]);
    }

    /// Sent, while a place for a copy of it is still being chosen.
    fn going_with_a_copy() -> (FeedbackDialog, PathBuf, Context, tempfile::TempDir) {
        let (mut dialog, file, ctx, folder) = attaching();
        choose(Some(Vec::new()));
        dialog.take_answers(&ctx, &mut FeedbackResponse::default());
        dialog.form.said.message = "first".to_owned();
        act(&mut dialog, &ctx, Action::Pick(Wish::Save(None)));
        act(&mut dialog, &ctx, Action::Send);
        (dialog, file, ctx, folder)
    }

    #[test]
    fn a_place_that_is_chosen_late_is_for_the_report_that_it_was_asked_for() {
        let (mut dialog, _file, ctx, folder) = going_with_a_copy();
        until(&mut dialog, &ctx, is_at_rest);
        act(&mut dialog, &ctx, Action::Close);
        dialog.open();
        assert!(dialog.phase == Phase::FORM && dialog.form.said.is_blank());
        let place = folder.path().join("mine.zip");
        choose(Some(vec![place.clone()]));
        dialog.take_answers(&ctx, &mut FeedbackResponse::default());
        wait_for_copies(&mut dialog, &ctx);
        assert_eq!(dialog.form.notice, Some(Notice::Saved(place.clone())));
        assert!(place.is_file());
    }

    /// Chooses a place for a copy of what stands in the form.
    fn save_to(dialog: &mut FeedbackDialog, path: PathBuf) {
        dialog.picked(Picked {
            wish: Wish::Save(None),
            paths: vec![path],
            is_late: false,
        });
    }

    fn wait_for_copies(dialog: &mut FeedbackDialog, ctx: &Context) {
        until(dialog, ctx, |dialog| dialog.sdk.saving.is_empty());
    }

    #[test]
    fn a_copy_that_is_wanted_while_another_is_saved_takes_nothing_from_it() {
        let (mut dialog, _file, ctx, folder) = attaching();
        dialog.form.said.message = "first".to_owned();
        let places = ["a.zip", "b.zip"].map(|name| folder.path().join(name));
        for place in &places {
            save_to(&mut dialog, place.clone());
        }
        wait_for_copies(&mut dialog, &ctx);
        assert!(places.iter().all(|place| place.is_file()));
        let [_, last] = places;
        assert_eq!(dialog.form.notice, Some(Notice::Saved(last)));
    }

    #[test]
    fn a_copy_of_a_form_that_is_emptied_meanwhile_is_told_not_to_be_saved() {
        let (mut dialog, _file, ctx, folder) = attaching();
        dialog.form.said.message = "first".to_owned();
        let place = folder.path().join("a.zip");
        save_to(&mut dialog, place.clone());
        dialog.form.said.message.clear();
        wait_for_copies(&mut dialog, &ctx);
        assert_eq!(dialog.form.notice, Some(Notice::NothingToSave));
        assert!(!place.exists());
    }

    /// Its place is chosen now.
    #[track_caller]
    fn a_copy_is_saved(dialog: &mut FeedbackDialog, ctx: &Context, folder: &std::path::Path) {
        let place = folder.join("a.zip");
        choose(Some(vec![place.clone()]));
        dialog.take_answers(ctx, &mut FeedbackResponse::default());
        wait_for_copies(dialog, ctx);
        assert!(place.is_file(), "{:?}", dialog.form.notice);
        assert_eq!(dialog.form.notice, Some(Notice::Saved(place)));
    }

    #[test]
    fn a_copy_that_is_wanted_of_what_is_just_going_is_saved() {
        let (mut dialog, _file, ctx, folder) = going_with_a_copy();
        a_copy_is_saved(&mut dialog, &ctx, folder.path());
    }

    /// It goes nowhere else, so no spool has it.
    #[test]
    fn a_copy_that_is_wanted_of_what_is_just_filed_is_saved() {
        let (mut dialog, _file, ctx, folder) = attaching();
        choose(Some(Vec::new()));
        dialog.take_answers(&ctx, &mut FeedbackResponse::default());
        dialog.saves_to = Some(folder.path().join("report.zip"));
        dialog.form.said.message = "first".to_owned();
        act(&mut dialog, &ctx, Action::Pick(Wish::Save(None)));
        act(&mut dialog, &ctx, Action::Send);
        until(&mut dialog, &ctx, is_at_rest);
        a_copy_is_saved(&mut dialog, &ctx, folder.path());
    }

    /// Its evidence is gone with its receipt.
    #[test]
    fn a_copy_that_is_wanted_when_the_receipt_comes_says_that_it_has_arrived() {
        let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
        let (mut dialog, _file, ctx, folder) = attaching();
        let config = FeedbackConfig::new(receiver.url(), "pk_test", "Notes", "1")
            .spool_dir(folder.path().join("other"));
        dialog.client = FeedbackClient::new(config).unwrap();
        dialog.subscribe(&ctx);
        dialog.form.said.message = "first".to_owned();
        act(&mut dialog, &ctx, Action::Send);
        until(&mut dialog, &ctx, is_at_rest);
        let id = dialog.phase.journey().unwrap().id;
        dialog.save_as(Some(id), folder.path().join("a.zip"));
        wait_for_copies(&mut dialog, &ctx);
        assert_eq!(dialog.form.notice, Some(Notice::SentInstead));
    }

    /// It can be had of what is in memory alone, too.
    #[test]
    fn a_copy_that_is_wanted_of_what_the_disk_refuses_is_saved() {
        let (mut dialog, _file, ctx, folder) = attaching();
        std::fs::write(folder.path().join("spool"), "in the way").unwrap();
        dialog.form.said.message = "first".to_owned();
        act(&mut dialog, &ctx, Action::Send);
        let place = folder.path().join("a.zip");
        save_to(&mut dialog, place.clone());
        wait_for_copies(&mut dialog, &ctx);
        assert!(place.is_file(), "{:?}", dialog.form.notice);
        assert!(dialog.phase.journey().unwrap().unkept.is_some());
    }

    #[test]
    fn a_place_that_is_chosen_after_the_report_came_back_is_for_the_form() {
        let (mut dialog, _file, ctx, folder) = attaching();
        choose(Some(Vec::new()));
        dialog.take_answers(&ctx, &mut FeedbackResponse::default());
        dialog.form.said.message = "first".to_owned();
        act(&mut dialog, &ctx, Action::Pick(Wish::Save(None)));
        dialog.happened(Happened::SendPressed);
        dialog.handed_over(report('1'));
        dialog.happened(Happened::CancelPressed);
        dialog.happened(Happened::TakenBack);
        assert_eq!(dialog.form.said.message, "first");
        let place = folder.path().join("a.zip");
        choose(Some(vec![place.clone()]));
        dialog.take_answers(&ctx, &mut FeedbackResponse::default());
        wait_for_copies(&mut dialog, &ctx);
        assert!(place.is_file(), "{:?}", dialog.form.notice);
    }

    #[test]
    fn a_file_that_is_chosen_behind_the_list_brings_the_form() {
        let (mut dialog, file, ctx, _folder) = attaching();
        act(&mut dialog, &ctx, Action::OpenList);
        choose(Some(vec![file.clone()]));
        dialog.take_answers(&ctx, &mut FeedbackResponse::default());
        assert_eq!(attached(&dialog), [file]);
        assert!(!dialog.list.is_open);
    }
}
