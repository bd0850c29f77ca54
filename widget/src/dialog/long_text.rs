//! A text that is too long for the field where it is put in: it is kept beside the message, whole. In the field the app
//! would freeze, or egui would cut it.

use std::any::TypeId;
use std::collections::VecDeque;
use std::ops::Range;

use egui::accesskit::{Action, ActionData, ActionRequest, TreeId};
use egui::text::{CCursor, CharIndex};
use egui::{Event, Id, ImeEvent, TextBuffer, TextEdit, Ui};

/// What stands in a field that takes so many characters and no more. Whatever way a text comes, by keyboard, clipboard, input
/// method or screen reader, it ends in here, once what it replaces is gone.
pub(crate) struct Field<'a> {
    id: Id,
    text: &'a mut String,
    most: usize,
    /// What input methods show in this frame, in order: no text yet.
    composed: VecDeque<String>,
    aside: Vec<String>,
}

impl<'a> Field<'a> {
    /// The field `id`, which takes so many characters.
    pub(crate) fn new(ui: &Ui, id: Id, text: &'a mut String, most: usize) -> Self {
        let mut field = Self {
            id,
            text,
            most,
            composed: VecDeque::new(),
            aside: Vec::new(),
        };
        if ui.memory(|memory| memory.has_focus(id)) {
            ui.input_mut(|input| {
                input.events.iter_mut().for_each(|event| field.prepare(event));
            });
        }
        field
    }

    /// Takes a text that fits in no case out of the event: egui would copy all of it more than once.
    fn prepare(&mut self, event: &mut Event) {
        match event {
            Event::Ime(ImeEvent::Preedit { text, .. }) if !text.is_empty() => {
                self.composed.push_back(text.clone());
            }
            Event::Paste(text) | Event::Text(text) if is_longer(text, self.most) => {
                self.aside.push(std::mem::take(text));
                *event = emptied(self.id);
            }
            _ => {}
        }
    }

    /// One line of it.
    pub(crate) fn line(&mut self) -> TextEdit<'_> {
        let (id, most) = (self.id, self.most);
        TextEdit::singleline(self).id(id).char_limit(most)
    }

    /// All of its lines.
    pub(crate) fn lines(&mut self) -> TextEdit<'_> {
        let (id, most) = (self.id, self.most);
        TextEdit::multiline(self).id(id).char_limit(most)
    }

    /// The texts that did not fit.
    pub(crate) fn aside(self, ui: &Ui) -> Vec<String> {
        let mut aside = self.aside;
        ui.input(|input| {
            for event in &input.events {
                if let Event::Paste(pasted) | Event::MiddleClickPaste { text: pasted, .. } = event {
                    // A field of one line was given it without its line ends.
                    let is_this = |text: &&mut String| **text == pasted.replace(['\r', '\n'], " ");
                    if let Some(text) = aside.iter_mut().find(is_this) {
                        text.clone_from(pasted);
                    }
                }
            }
        });
        aside
    }
}

/// What is selected in the field is replaced by nothing.
fn emptied(id: Id) -> Event {
    Event::AccessKitActionRequest(ActionRequest {
        action: Action::ReplaceSelectedText,
        target_tree: TreeId::ROOT,
        target_node: id.accesskit_id(),
        data: Some(ActionData::Value("".into())),
    })
}

impl TextBuffer for Field<'_> {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        self.text
    }

    fn insert_text(&mut self, text: &str, at: CharIndex) -> usize {
        self.text.insert_text(text, at)
    }

    fn delete_char_range(&mut self, range: Range<CharIndex>) {
        self.text.delete_char_range(range);
    }

    /// A single letter that does not fit is not taken: the field says that it is full.
    fn insert_text_at(&mut self, cursor: &mut CCursor, text: &str, most: usize) {
        let is_composed = self.composed.pop_front_if(|composed| composed == text).is_some();
        let free = most.saturating_sub(self.text.chars().count());
        if !is_composed && is_longer(text, free.max(1)) {
            self.aside.push(text.to_owned());
        } else {
            self.text.insert_text_at(cursor, text, most);
        }
    }

    fn type_id(&self) -> TypeId {
        TypeId::of::<Field<'static>>()
    }
}

/// Whether a text has more characters than this, without a look at the rest of them.
pub(crate) fn is_longer(text: &str, characters: usize) -> bool {
    text.len() > characters && text.chars().nth(characters).is_some()
}
