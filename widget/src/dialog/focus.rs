//! Where the keyboard goes when a screen changes.

use egui::{Id, Ui};

/// Where the keyboard should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Focus {
    /// Where it is.
    #[default]
    Stay,
    Message,
    /// The button that takes out what is attached in this place, counted from 0.
    Chip(usize),
    /// The button that the screen thinks is next.
    Button,
    /// The harmless answer to a question.
    Question,
}

impl Focus {
    /// Moves the keyboard to the widget `id`, if it is the one that should have it.
    pub(super) fn give_to(&mut self, ui: &Ui, place: Self, id: Id) {
        if *self == place {
            // A widget of a first, invisible pass loses it again: ask until it has stayed.
            if ui.memory(|memory| memory.has_focus(id)) && !ui.is_sizing_pass() {
                *self = Self::Stay;
            }
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }
}
