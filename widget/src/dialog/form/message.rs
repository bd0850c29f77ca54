//! The field where the message is written.

use egui::{Id, Rect, ScrollArea, Ui};

use crate::dialog::Focus;
use crate::dialog::ids::Ids;
use crate::dialog::long_text::Field;
use crate::dialog::parts;
use crate::dialog::said::LONGEST;
use crate::words::Words;

/// Where so many characters are left in the field, that is read out.
const STEPS: [usize; 6] = [0, 10, 20, 50, 100, 200];

/// What the field remembers; its text is elsewhere.
#[derive(Default)]
pub(super) struct MessageField {
    ids: Ids,
    /// The step that the room in it has come to, and the frame in which it did.
    room: (Option<usize>, u64),
    /// Where the caret stood in the text when it was last brought into sight.
    caret: Option<Rect>,
}

impl MessageField {
    pub(super) fn id(&self) -> Id {
        self.ids.of("message")
    }

    /// Makes it the field of another report, also of one that comes back: undo neither brings back the words of the one
    /// before nor takes away those that came back.
    pub(super) fn renew(&mut self) {
        self.ids = Ids::default();
    }

    /// The texts that are too long for it.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        words: &Words,
        text: &mut String,
        focus: &mut Focus,
    ) -> Vec<String> {
        let id = self.id();
        let mut message = Field::new(ui, id, text, LONGEST);
        // Grows with the text to a third of the window, then scrolls.
        let row = ui.text_style_height(&egui::TextStyle::Body);
        let least = 5.0 * row + 16.0; // with the field's own edge
        let most = (ui.ctx().content_rect().height() / 3.0).max(least);
        let field = ScrollArea::vertical()
            .id_salt("feedback-message")
            .max_height(most)
            .min_scrolled_height(most)
            .show(ui, |ui| {
                let field = message
                    .lines()
                    .hint_text(words.message_hint.clone())
                    .desired_rows(5)
                    .desired_width(f32::INFINITY);
                let (field, caret) = parts::field_and_caret(ui, field);
                let moved_to = self.follow(ui, caret);
                (field.accessible_name(&*words.message), moved_to)
            });
        let (message_field, moved_to) = field.inner;
        if field.content_size.y > field.inner_rect.height() {
            parts::edge(ui, field.inner_rect, message_field.has_focus());
        }
        let aside = message.aside(ui);
        if let Some(caret) = moved_to {
            // What scrolls around it does not hear of the keyboard in it.
            ui.scroll_to_rect(in_sight(field.inner_rect, caret, ui.clip_rect()), None);
        }
        focus.give_to(ui, Focus::Message, id);
        self.show_room(ui, words, free(text));
        aside
    }

    /// Has the caret come into sight wherever it has gone, and by whatever way. egui does so in the frame of the change
    /// alone, and where the field was empty, it does not know by then where the text will end. Where it has gone.
    fn follow(&mut self, ui: &Ui, caret: Option<[Rect; 2]>) -> Option<Rect> {
        let place = caret.map(|[in_text, _]| in_text);
        if std::mem::replace(&mut self.caret, place) == place {
            return None;
        }
        let [_, in_window] = caret?;
        ui.scroll_to_rect(in_window, None);
        Some(in_window)
    }

    /// How much the field still takes, once that is little. Read out at each step, not at each letter.
    fn show_room(&mut self, ui: &mut Ui, words: &Words, free: usize) {
        let step = STEPS.into_iter().find(|step| free <= *step);
        let frame = ui.ctx().cumulative_frame_nr();
        if self.room.0 != step {
            self.room = (step, frame);
        }
        match step {
            None => ui.skip_ahead_auto_ids(1), // as if it stood there
            Some(0) => parts::complain(ui, &words.is_full),
            Some(_) => {
                let told = parts::quiet(ui, &words.characters_left(free as u64));
                if self.room.1 == frame {
                    parts::announce(&told);
                }
            }
        }
    }
}

/// What is to be seen of a field, scrolled to its caret: the field, or where it is higher than the room for it, the caret.
fn in_sight(field: Rect, caret: Rect, room: Rect) -> Rect {
    if field.height() <= room.height() {
        return field;
    }
    let within = |y: f32| y.max(field.top()).min(field.bottom());
    Rect::from_x_y_ranges(field.x_range(), within(caret.top())..=within(caret.bottom()))
}

/// How many characters the field still takes.
fn free(text: &str) -> usize {
    LONGEST.saturating_sub(text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let mut text = "é".repeat(LONGEST - 1);
        assert_eq!(free(&text), 1);
        text.push_str("xy");
        assert_eq!(free(&text), 0);
    }

    #[test]
    fn of_a_field_without_room_the_caret_is_to_be_seen() {
        let rect = |top, bottom| Rect::from_x_y_ranges(0.0..=9.0, top..=bottom);
        assert_eq!(
            in_sight(rect(0.0, 50.0), rect(60.0, 70.0), rect(0.0, 50.0)),
            rect(0.0, 50.0)
        );
        assert_eq!(
            in_sight(rect(0.0, 50.0), rect(20.0, 30.0), rect(0.0, 40.0)),
            rect(20.0, 30.0)
        );
        assert_eq!(
            in_sight(rect(0.0, 50.0), rect(60.0, 70.0), rect(0.0, 40.0)),
            rect(50.0, 50.0)
        );
        let nothing = in_sight(rect(5.0, 0.0), rect(20.0, 30.0), Rect::NOTHING);
        assert!(nothing.height() <= 0.0, "and no panic");
    }

    #[test]
    fn the_field_of_another_report_has_another_name() {
        let mut field = MessageField::default();
        let undo = field.id();
        field.renew();
        assert_ne!(field.id(), undo);
    }
}
