//! The question before a window goes with words in it that are nowhere else.

use std::time::Duration;

use eframe::egui::{Button, Key, Modifiers, Ui, vec2};

/// How long a report that is just being stored may take before the person is asked.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// Whether the window may go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Leaving {
    No,
    /// Something would be lost.
    Asking {
        /// In seconds of [`InputState::time`](eframe::egui::InputState::time).
        since: f64,
    },
    Free,
}

/// What the person says to it.
pub(super) enum Answer {
    Stay,
    Leave,
}

impl Leaving {
    /// The person wants to leave.
    pub(super) fn asked(is_safe: bool, now: f64) -> Self {
        if is_safe {
            Self::Free
        } else {
            Self::Asking { since: now }
        }
    }

    /// What would have been lost has arrived, or is stored.
    pub(super) fn is_safe_now(&mut self) {
        if let Self::Asking { .. } = self {
            *self = Self::Free;
        }
    }
}

/// Asks. A report that is on its way is first given time to be stored.
pub(super) fn ask(ui: &mut Ui, since: f64, is_sending: bool) -> Option<Answer> {
    let waits = ui.input(|input| input.time) - since;
    if is_sending && waits < PATIENCE.as_secs_f64() {
        return None;
    }
    ui.heading("Close without sending?");
    ui.label("What you wrote would be lost.");
    ui.add_space(8.0);
    let button = |words| Button::new(words).min_size(vec2(84.0, 30.0)); // as the dialog's own
    let (stay, leave) = ui
        .horizontal_wrapped(|ui| (ui.add(button("Go on writing")), ui.add(button("Close anyway"))))
        .inner;
    if !stay.has_focus() && !leave.has_focus() {
        stay.request_focus();
    }
    let escaped = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if leave.clicked() {
        return Some(Answer::Leave);
    }
    (stay.clicked() || escaped).then_some(Answer::Stay)
}
