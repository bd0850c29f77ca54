//! What a person drops on the dialog, or pastes into it.

use std::path::PathBuf;

use egui::{Event, Ui};

use super::FeedbackDialog;
use super::named_files::NamedFiles;
use super::notice::Notice;
use crate::phase::{Happened, Phase};

impl FeedbackDialog {
    /// Takes what comes in this frame, on whatever screen.
    pub(super) fn take_input(&mut self, ui: &Ui) {
        let mut named = None;
        let dropped: Vec<PathBuf> = ui.input(|input| {
            for event in &input.events {
                if let Event::Paste(text) | Event::MiddleClickPaste { text, .. } = event {
                    named = Some(NamedFiles::in_text(&self.client, text));
                }
            }
            let dropped = input.raw.dropped_files.iter();
            dropped.map(|file| file.path().to_owned()).collect()
        });
        if let Some(named) = named.filter(|_| self.is_form_shown()) {
            self.form.named = named;
        }
        let has_picture = self.pasted.take(ui.ctx());
        if dropped.is_empty() && !has_picture {
            return;
        }
        for path in dropped {
            self.attach(path);
        }
        self.was_added();
    }

    /// Something has come into the form, on whatever screen: the person is to see it, or to be told.
    pub(super) fn was_added(&mut self) {
        self.hold_back();
        match &self.phase {
            Phase::Form { .. } if self.is_form_shown() => {}
            Phase::Form { .. } if self.picture_editor.is_some() => self.form.notice = Some(Notice::Added),
            Phase::Form { .. } => {
                self.contents.leave_file();
                self.turn_list(false);
            }
            // The person is not done.
            Phase::Collecting => self.happened(Happened::MustLook),
            Phase::Away(_) => self.form.notice = Some(Notice::ForNext),
        }
    }

    fn is_form_shown(&self) -> bool {
        matches!(self.phase, Phase::Form { .. })
            && !self.list.is_open
            && !self.contents.is_read()
            && self.picture_editor.is_none()
    }
}
