//! The question before a window goes with something in its dialog that is nowhere else.

use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use egui::{Context, Key, Modifiers, Ui, ViewportCommand};

use super::notice::Notice;
use super::parts::Heading;
use super::picture_editor::PictureEditor;
use super::row::{self, Row};
use super::{Action, FeedbackDialog, parts};
use crate::phase::Phase;

/// What the person says to [`FeedbackDialog::ask_to_leave`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// The dialog is to come back as it was: [`open`](FeedbackDialog::open) it.
    Stay,
    /// The window may go, with all that is in the dialog: what was still being collected is not sent.
    Anyway,
}

/// Keeps the window of this frame, which is to be closed, and has the person see it, also where it is minimised or
/// covered: for an app with a question of its own, which asks [`FeedbackDialog::has_draft`] after
/// [`FeedbackDialog::logic`]. [`FeedbackDialog::guard_closing`] does so by itself.
pub fn keep_window(ctx: &Context) {
    for command in [
        ViewportCommand::CancelClose,
        ViewportCommand::Minimized(false),
        ViewportCommand::Focus,
    ] {
        ctx.send_viewport_cmd(command);
    }
}

/// The frame in which a dialog of this window was shown for what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shown(u64);

/// How long after the dialog was closed the person knows what stands in it, in seconds: enough to choose "Quit" below it.
const REMEMBERED: f64 = 60.0;

/// What the app's window was kept from being closed over.
#[derive(Debug, Default)]
pub(super) struct Guard {
    /// The person has seen it: it does not keep the window once more.
    seen: Option<u64>,
    /// When the dialog was open last, in seconds since the app's start.
    shown_at: f64,
    /// It lets the window go with this frame, unless something comes in the rest of it.
    lets_go: bool,
}

impl FeedbackDialog {
    /// Keeps the app's window from being closed over what was written and not sent: shows it, with the dialog open. Call it
    /// in `App::logic`, which eframe runs also for a window that is minimised or covered; `App::ui` it does not run then.
    ///
    /// The next try closes the window, unless what would be lost has changed since it was shown, or the dialog was closed
    /// more than a minute ago. Whether the window was kept.
    ///
    /// What is typed in the same frame as the wish to close keeps the window as well, by the [`show`](Self::show) after it.
    ///
    /// A window that holds nothing but the dialog [asks](Self::ask_to_leave) instead.
    pub fn guard_closing(&mut self, ctx: &Context) -> bool {
        self.logic(ctx);
        let closes = ctx.input(|input| input.viewport().close_requested());
        let now = ctx.input(|input| input.time);
        let is_forgotten = !self.is_open && now - self.guard.shown_at > REMEMBERED;
        let keeps = closes && self.has_draft() && (is_forgotten || !self.is_seen());
        self.guard.lets_go = closes && !keeps;
        if keeps {
            keep_window(ctx);
            // One at a time: what another dialog covers, nobody sees. The next try is for this one.
            let (window, shown) = (ctx.viewport_id().0, Some(Shown(ctx.cumulative_frame_nr())));
            let last = ctx.data_mut(|data| {
                let last = data.get_temp_mut_or_default(window);
                std::mem::replace(last, shown)
            });
            if last != shown {
                self.open();
                self.form.notice = Some(Notice::WouldBeLost);
                self.note_seen();
            }
        }
        keeps
    }

    /// Looks again at the end of a frame: `App::logic` comes before what is typed in it.
    pub(super) fn guard_what_came(&mut self, ctx: &Context) {
        if self.is_open {
            self.guard.shown_at = ctx.input(|input| input.time);
        }
        if self.guard.seen.is_some() && !self.has_draft() {
            self.forget_seen();
        }
        if self.form.notice == Some(Notice::WouldBeLost) && !self.is_seen() {
            self.form.notice = None; // it keeps the window again
        }
        if self.guard.lets_go {
            self.guard_closing(ctx);
            self.guard.lets_go = false;
        }
    }

    /// Whether the person has seen what would be lost.
    pub(super) fn is_seen(&self) -> bool {
        self.guard.seen == Some(self.fingerprint())
    }

    /// They have seen it as it is now.
    pub(super) fn note_seen(&mut self) {
        self.guard.seen = Some(self.fingerprint());
    }

    /// Something of it was given up: what is done from now on is new, also if it looks the same.
    pub(super) fn forget_seen(&mut self) {
        self.guard.seen = None;
    }

    /// Another one for each change of what would be lost: of what stands in the form and in the editor of a picture, of what
    /// is pasted, and where the report may go.
    pub(super) fn fingerprint(&self) -> u64 {
        let said = &self.form.said;
        let is_unkept = self.phase.journey().map(|journey| journey.unkept.is_some());
        let goes = (self.phase == Phase::Collecting, is_unkept);
        let edited = self.picture_editor.as_ref().map(PictureEditor::fingerprint);
        // What is pasted makes one version more when it is ready, and no news.
        let version = self.form.version() + self.pasted.len() as u64;
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        hasher.hash_one((version, &said.message, &said.texts, edited, goes))
    }

    /// Draws the question whether to leave with what was written and not sent, into all the room of `ui`, in place of
    /// [`show_inside`](Self::show_inside): for a window that holds nothing else, and that is to be closed. Call it each
    /// frame after [`close`](Self::close) until there is an answer. Escape stays.
    ///
    /// Whether there is something to lose is told by [`has_draft`](Self::has_draft) and
    /// [`has_unfinished_picture`](Self::has_unfinished_picture).
    pub fn ask_to_leave(&mut self, ui: &mut Ui) -> Option<Leave> {
        self.dress(ui);
        self.press_once(ui);
        ui.set_min_size(ui.available_size());
        let words = &self.words;
        let heading = Heading {
            words: &words.leave_question,
            is_news: true,
        };
        let row = Row::default()
            .button(&words.leave_anyway, Action::LeaveAnyway)
            .primary(&words.back, Action::Stay)
            .focused();
        let answer = row::screen(ui, heading, row, &mut self.focus, |ui, _| {
            parts::say(ui, &words.leave_loss);
            None
        });
        let escaped = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        match answer {
            Some(Action::LeaveAnyway) => {
                self.give_up_collecting();
                Some(Leave::Anyway)
            }
            Some(_) => Some(Leave::Stay),
            None => escaped.then_some(Leave::Stay),
        }
    }
}

#[cfg(test)]
mod tests {
    use feedback_sdk::{FeedbackClient, FeedbackConfig};

    use super::*;
    use crate::phase::tests::report;
    use crate::phase::{Cause, Happened};

    #[test]
    fn what_was_seen_is_no_news_on_its_way_to_the_disk_but_in_memory_alone_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let config =
            FeedbackConfig::new("https://example.org", "pk_test", "Notes", "1").spool_dir(folder.path());
        let mut dialog = FeedbackDialog::new(FeedbackClient::new(config).unwrap());
        dialog.form.said.message = "precious".to_owned();
        dialog.note_seen();
        assert!(dialog.is_seen());
        dialog.happened(Happened::SendPressed);
        assert!(!dialog.is_seen(), "they may think that it goes");

        dialog.note_seen();
        dialog.handed_over(report('1'));
        assert!(dialog.is_seen());
        dialog.form.said.message = "the next".to_owned();
        assert!(!dialog.is_seen());
        dialog.note_seen();
        dialog.happened(Happened::Unkept(Cause::NoFolder));
        assert!(!dialog.is_seen());
    }
}
