//! The question before a window goes with something in its dialog that is nowhere else.

use egui::{Key, Modifiers, Ui};

use super::parts::Heading;
use super::row::{self, Row};
use super::{Action, FeedbackDialog, parts};

/// What the person says to [`FeedbackDialog::ask_to_leave`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// The dialog is to come back as it was: [`open`](FeedbackDialog::open) it.
    Stay,
    /// The window may go, with all that is in the dialog.
    Anyway,
}

impl FeedbackDialog {
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
            Some(Action::LeaveAnyway) => Some(Leave::Anyway),
            Some(_) => Some(Leave::Stay),
            None => escaped.then_some(Leave::Stay),
        }
    }
}
