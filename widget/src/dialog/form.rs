//! What the person says, and the screen where they say it.

use std::path::{Path, PathBuf};

use egui::{Id, Modifiers, ScrollArea, TextEdit, Ui};
use feedback_sdk::{AttachmentProblem, FeedbackClient, ReportDraft};

use super::attachments::{Attachment, Sight};
use super::contents::{Contents, Problems};
use super::{Action, Focus, parts};
use crate::pick::{Picker, Wish};
use crate::text;

/// Everything typed and chosen. Lives until a report made from it is in safe hands.
#[derive(Default)]
pub(crate) struct Form {
    pub(crate) message: String,
    pub(crate) reply_to: String,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) pictures: Vec<Sight>,
    pub(crate) context: Vec<(String, String)>,
    /// Something that went wrong or well, in words.
    pub(crate) notice: Option<Notice>,
    /// Counts the changes of what is attached; text is not counted.
    version: u64,
}

/// A sentence between the buttons and the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    Good(String),
    Bad(String),
}

impl Form {
    /// What the SDK is to make a report from.
    pub(crate) fn draft(&self, display_scale: f32) -> ReportDraft {
        let mut draft = ReportDraft::new(self.message.clone());
        draft.reply_to = self.reply_to();
        draft.attachments = self.attachments.iter().map(|file| file.path.clone()).collect();
        draft.pictures = self.pictures.iter().map(|sight| sight.picture.clone()).collect();
        draft.context.clone_from(&self.context);
        draft.display_scale = Some(display_scale);
        draft
    }

    pub(crate) fn reply_to(&self) -> Option<String> {
        Some(self.reply_to.clone()).filter(|address| !address.trim().is_empty())
    }

    /// Whether there is anything to send: words, a picture, or a file that can be read.
    pub(crate) fn can_send(&self) -> bool {
        !self.message.trim().is_empty()
            || !self.pictures.is_empty()
            || self.attachments.iter().any(Attachment::is_good)
    }

    /// Changes whenever files or pictures do.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    pub(crate) fn attach(&mut self, client: &FeedbackClient, path: PathBuf) {
        if self.attachments.iter().all(|file| file.path != path) {
            let check = client.check_attachment(path.clone());
            self.attachments.push(Attachment::new(path, check));
            self.version += 1;
        }
    }

    pub(crate) fn add_picture(&mut self, sight: Sight) {
        self.pictures.push(sight);
        self.version += 1;
    }

    /// Sets a fact of this moment; one of the same name is replaced. No new version: a host may do
    /// this every frame.
    pub(crate) fn set_context(&mut self, key: String, value: String) {
        match self.context.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = value,
            None => self.context.push((key, value)),
        }
    }

    /// Takes the answers about chosen files that have come.
    pub(crate) fn poll(&mut self) {
        for file in &mut self.attachments {
            file.poll();
        }
    }

    /// Notes which files could not be taken. Whether the person did not know of one yet.
    pub(crate) fn note_problems(&mut self, problems: &Problems) -> bool {
        let mut news = false;
        for file in &mut self.attachments {
            let is_this = |(path, _): &&(PathBuf, AttachmentProblem)| Path::new(path) == file.path;
            if let Some((_, problem)) = problems.iter().find(is_this) {
                news |= file.is_good();
                file.set_problem(problem);
            }
        }
        news
    }

    /// Forgets what was said: it is in safe hands. Facts of the app and the address for the answer
    /// stay for the next report.
    pub(crate) fn clear(&mut self) {
        self.message.clear();
        self.attachments.clear();
        self.pictures.clear();
        self.notice = None;
        self.version += 1;
    }

    /// The fields, without the title above and the buttons below.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        contents: &mut Contents,
        picker: &mut Picker,
        focus: &mut Focus,
    ) -> Option<Action> {
        let mut action = None;
        self.message_field(ui, focus);
        ui.horizontal_wrapped(|ui| {
            let attach = ui.add_enabled(!picker.is_open(), parts::button(text::ATTACH));
            if attach.clicked() {
                action = Some(Action::Pick(Wish::Attach));
            }
            if ui.add(parts::button(text::CAPTURE)).clicked() {
                action = Some(Action::Capture);
            }
        });
        if let Some((wish, paths)) = picker.show(ui) {
            action = Some(Action::Picked(wish, paths));
        }
        self.show_chosen(ui);
        match &self.notice {
            Some(Notice::Good(sentence)) => parts::say(ui, sentence),
            Some(Notice::Bad(sentence)) => parts::complain(ui, sentence),
            None => {}
        }
        ui.add_space(4.0);
        let label = ui.label(text::REPLY_TO);
        let field = TextEdit::singleline(&mut self.reply_to)
            .id(Id::unique("feedback-reply-to"))
            .desired_width(f32::INFINITY);
        parts::field(ui, field).labelled_by(label.id);
        ui.add_space(4.0);
        contents.show(ui, self.version);
        action
    }

    /// Whether Ctrl+Enter (Cmd+Enter) was pressed; the text field is not to see it.
    pub(crate) fn send_pressed(ui: &Ui) -> bool {
        ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, egui::Key::Enter))
    }

    fn message_field(&mut self, ui: &mut Ui, focus: &mut Focus) {
        let id = Id::unique("feedback-message");
        // Grows with the text to a third of the window, then scrolls.
        let row = ui.text_style_height(&egui::TextStyle::Body);
        let most = (ui.ctx().content_rect().height() / 3.0).max(5.0 * row);
        ScrollArea::vertical()
            .id_salt("feedback-message")
            .max_height(most)
            .min_scrolled_height(most)
            .show(ui, |ui| {
                let field = TextEdit::multiline(&mut self.message)
                    .id(id)
                    .hint_text(text::MESSAGE_HINT)
                    .desired_rows(5)
                    .desired_width(f32::INFINITY);
                parts::field(ui, field).accessible_name(text::MESSAGE)
            });
        focus.give_to(ui, Focus::Message, id);
    }

    /// What is attached, each with a way to take it out again.
    fn show_chosen(&mut self, ui: &mut Ui) {
        let files = self.attachments.len();
        self.attachments.retain(|file| !file.show(ui));
        let mut number = 0;
        let pictures = self.pictures.len();
        self.pictures.retain_mut(|sight| {
            number += 1;
            !sight.show(ui, number)
        });
        if files != self.attachments.len() || pictures != self.pictures.len() {
            self.version += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_text_is_nothing_to_send() {
        let mut form = Form::default();
        assert!(!form.can_send());
        form.message = " \n\t".to_owned();
        assert!(!form.can_send());
        form.message = "x".to_owned();
        assert!(form.can_send());
    }

    #[test]
    fn a_fact_of_the_same_name_is_replaced() {
        let mut form = Form::default();
        form.set_context("plan".to_owned(), "free".to_owned());
        form.set_context("plan".to_owned(), "family".to_owned());
        assert_eq!(
            form.draft(1.0).context,
            [("plan".to_owned(), "family".to_owned())]
        );
    }

    #[test]
    fn what_was_said_is_forgotten_and_the_address_is_not() {
        let mut form = Form {
            message: "x".to_owned(),
            reply_to: "anna@example.org".to_owned(),
            ..Form::default()
        };
        form.clear();
        let draft = form.draft(1.0);
        assert!(draft.is_empty());
        assert_eq!(draft.reply_to.as_deref(), Some("anna@example.org"));
    }
}
