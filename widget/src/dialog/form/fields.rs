//! The fields of the form, without the title above and the buttons below.

use egui::{Modifiers, Ui};

use super::{Form, MOST_FILES};
use crate::dialog::chips::{Chip, Chips, Wanted};
use crate::dialog::contents::Contents;
use crate::dialog::notice::{self, Notice};
use crate::dialog::screens::Screens;
use crate::dialog::{Action, Focus, parts, said};
use crate::phase::{Remedy, Trouble};
use crate::pick::{Picker, Wish};
use crate::words::Words;

/// What the form needs beside what stands in it.
pub(crate) struct Surroundings<'a> {
    pub(crate) words: &'a Words,
    pub(crate) trouble: Option<&'a Trouble>,
    /// Whether there is more in the window than the dialog.
    pub(crate) can_capture: bool,
    pub(crate) contents: &'a mut Contents,
    pub(crate) picker: &'a mut Picker,
    pub(crate) screens: &'a Screens,
}

impl Form {
    /// The fields, without the title above and the buttons below.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        around: Surroundings<'_>,
        focus: &mut Focus,
    ) -> Option<Action> {
        let Surroundings {
            words,
            trouble,
            can_capture,
            contents,
            picker,
            screens,
        } = around;
        let can_save = !picker.is_open() && contents.can_send(self.version, &self.said);
        let mut action = trouble.and_then(|trouble| show_trouble(ui, words, trouble, can_save));
        if let Some(crash) = &self.said.crash {
            parts::say(ui, words.crashed(crash));
        }
        let aside = self.message.show(ui, words, &mut self.said.message, focus);
        self.put_aside(aside);
        ui.horizontal_wrapped(|ui| {
            let attach = ui.add_enabled(!picker.is_open(), parts::button(&*words.attach));
            if parts::reachable(attach).clicked() {
                action = Some(Action::Pick(Wish::Attach));
            }
            if can_capture && parts::reachable(ui.add(parts::button(&*words.capture))).clicked() {
                action = Some(Action::Capture);
            }
            if let Some(screen) = screens.offer(ui, words) {
                action = Some(Action::CaptureScreen(screen));
            }
        });
        if let Some(picked) = picker.show(ui, words) {
            action = Some(Action::Picked(picked));
        }
        action = self.show_chosen(ui, words, focus).or(action);
        match contents.exceeds(self.version, &self.said) {
            None => ui.skip_ahead_auto_ids(1), // as if it stood there
            Some(limit) => parts::lasting(ui, "over limit", |ui| {
                parts::complain(ui, &words.over_limit(&words.size(limit)));
            }),
        }
        if self.offer_named(ui, words) {
            action = Some(Action::AttachNamed);
        }
        notice::show(ui, words, self.notice.as_ref());
        ui.add_space(4.0);
        if self.address_field(ui, words) {
            contents.readdress(self);
        }
        ui.add_space(4.0);
        let wanted = contents.show(ui, words, self.version, &mut self.said, !picker.is_open());
        wanted.or(action)
    }

    /// Whether Ctrl+Enter (Cmd+Enter) was pressed; the text field is not to see it.
    pub(crate) fn send_pressed(ui: &Ui) -> bool {
        ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, egui::Key::Enter))
    }

    /// Offers the files whose names were pasted. Whether they are wanted.
    fn offer_named(&self, ui: &mut Ui, words: &Words) -> bool {
        let Some(named) = self.named.as_ref().filter(|named| named.are_found()) else {
            return false;
        };
        let label = match named.paths.as_slice() {
            [path] => words.attach_named(&said::name(path)),
            paths => words.attach_all_named(paths.len() as u64),
        };
        let offer = parts::reachable(ui.add(parts::button(label).wrap()));
        parts::announce(&offer);
        offer.clicked()
    }

    /// What is attached, each with a way to take it out again.
    fn show_chosen(&mut self, ui: &mut Ui, words: &Words, focus: &mut Focus) -> Option<Action> {
        let mut chips = Chips::new(words, focus);
        if self.said.crash.is_some() && chips.show(ui, "crash", &Chip::new(&words.crash, "")).is_some() {
            self.set_crash(None);
        }
        let mut number = 0;
        self.said.texts.retain(|long| {
            number += 1;
            let (name, size) = (words.long_text(number), words.size(long.len() as u64));
            let wanted = chips.show(ui, ("text", number), &Chip::new(&name, &size));
            wanted.is_none()
        });
        let mut action = None;
        let mut stays = |key: u64, wanted: Option<Wanted>| {
            if let Some(Wanted::Edit(opener)) = wanted {
                action = Some(Action::EditPicture(key, opener));
            }
            wanted != Some(Wanted::Remove)
        };
        let said::Said {
            attachments,
            pictures,
            ..
        } = &mut self.said;
        attachments.retain(|file| stays(file.key, file.show(ui, &mut chips)));
        if self.is_full && attachments.len() >= MOST_FILES {
            parts::lasting(ui, "files full", |ui| {
                parts::complain(ui, &words.files_full(&MOST_FILES.to_string()));
            });
        } else {
            ui.skip_ahead_auto_ids(1); // as if it stood there
        }
        pictures.retain(|sight| stays(sight.key, sight.show(ui, &mut chips)));
        if let Some(name) = chips.end() {
            self.version += 1;
            self.notice = Some(Notice::Removed(name));
        }
        action
    }
}

/// What went wrong with the last attempt, and how to keep the words nevertheless.
fn show_trouble(ui: &mut Ui, words: &Words, trouble: &Trouble, can_save: bool) -> Option<Action> {
    parts::complain(ui, &words.trouble(trouble));
    let (label, enabled, action) = match trouble.remedy() {
        Remedy::Save => (&words.save, can_save, Action::Pick(Wish::Save(None))),
        Remedy::Copy => (&words.copy_text, true, Action::CopyText),
    };
    let button = parts::reachable(ui.add_enabled(enabled, parts::button(&**label)));
    button.clicked().then_some(action)
}
