//! The field for a path, where the system has no picker.

use std::path::PathBuf;

use egui::{Id, Ui};

use super::{SAVE_NAME, Wish};
use crate::dialog::parts;
use crate::words::Words;

/// The longest path there can be (`PATH_MAX` of Linux); the field lays all of it out.
const LONGEST_PATH: usize = 4096;

/// A path that is being typed.
pub(super) struct Field {
    pub(super) wish: Wish,
    typed: String,
    /// It has just appeared and should have the keyboard.
    wants_focus: bool,
}

impl Field {
    pub(super) fn new(wish: Wish) -> Self {
        let typed = match wish {
            Wish::Attach => String::new(),
            Wish::Save(_) => {
                let home = std::env::home_dir().unwrap_or_default();
                home.join(SAVE_NAME).to_string_lossy().into_owned()
            }
        };
        Self {
            wish,
            typed,
            wants_focus: true,
        }
    }

    /// Draws it. The path, once it is typed; none, where that was cancelled.
    pub(super) fn show(&mut self, ui: &mut Ui, id: Id, words: &Words) -> Option<Vec<PathBuf>> {
        let label = ui.label(&*words.path);
        let field = egui::TextEdit::singleline(&mut self.typed)
            .id(id)
            .char_limit(LONGEST_PATH)
            .desired_width(f32::INFINITY);
        let field = parts::field(ui, field).labelled_by(label.id);
        if std::mem::take(&mut self.wants_focus) {
            field.request_focus();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let verb = match self.wish {
            Wish::Attach => &words.path_add,
            Wish::Save(_) => &words.path_save,
        };
        let (done, cancelled) = ui
            .horizontal_wrapped(|ui| {
                let done = parts::reachable(ui.add(parts::button(&**verb))).clicked();
                let cancel = parts::reachable(ui.add(parts::button(&*words.path_cancel)));
                (done || entered, cancel.clicked())
            })
            .inner;
        let typed = self.typed.trim().trim_matches('"');
        match (cancelled, done) {
            (true, _) => Some(Vec::new()),
            (_, true) if !typed.is_empty() => Some(vec![PathBuf::from(typed)]),
            _ => None,
        }
    }
}
