//! The form: where the person says it. What stands in it; `fields` draws it.

mod address_field;
pub(crate) mod fields;
mod message;

use std::path::{Path, PathBuf};

use egui::{Context, Id};
use feedback_sdk::{Crash, FeedbackClient, FileLeftOut, Monitor, ReportDraft};

use address_field::Advised;
use message::MessageField;

use super::attachments::Attachment;
use super::ids::Ids;
use super::named_files::NamedFiles;
use super::notice::Notice;
use super::said::Said;
use super::sight::{Name, Sight, Source};

/// The most files: each has a row in the form and one in what will be sent, which are laid out in every frame.
const MOST_FILES: usize = 100;

/// What stands in the form, and what goes along with it.
#[derive(Default)]
pub(crate) struct Form {
    ids: Ids,
    message: MessageField,
    pub(crate) said: Said,
    pub(crate) reply_to: String,
    pub(crate) context: Vec<(String, String)>,
    /// Files whose names were pasted.
    pub(crate) named: Option<NamedFiles>,
    /// Something that went wrong or well.
    pub(crate) notice: Option<Notice>,
    /// What is said of the address.
    advised: Option<Advised>,
    /// A file found no room beside the others.
    is_full: bool,
    /// Counts the changes of what is attached; words are not counted.
    version: u64,
}

impl Form {
    /// What the SDK is to make a report from. The words follow at Send.
    pub(crate) fn draft(&self, display_scale: f32, monitor: Option<Monitor>) -> ReportDraft {
        let mut draft = self.said.draft();
        draft.reply_to = self.reply_to();
        draft.context.clone_from(&self.context);
        draft.display_scale = Some(display_scale);
        draft.monitors.extend(monitor);
        draft
    }

    pub(crate) fn reply_to(&self) -> Option<String> {
        Some(self.reply_to.clone()).filter(|address| !address.trim().is_empty())
    }

    /// Changes whenever files or pictures do.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// Puts words where nothing is written yet.
    pub(crate) fn prefill(&mut self, words: String) {
        if words.is_empty() || !self.said.words().is_empty() {
            return;
        }
        let Said { message, texts, .. } = Said::of(words);
        (self.said.message, self.said.texts) = (message, texts);
    }

    /// Has nothing in an attached file hidden, or what the rules find.
    pub(crate) fn set_as_it_is(&mut self, path: &Path, as_it_is: bool) {
        if let Some(file) = self.said.attachments.iter_mut().find(|file| file.path == path) {
            file.as_it_is = as_it_is;
            self.version += 1;
        }
    }

    /// Attaches a file that is not attached yet.
    pub(crate) fn attach(&mut self, client: &FeedbackClient, path: PathBuf) {
        self.is_full = self.said.attachments.len() >= MOST_FILES;
        if !self.is_full {
            self.forget_removed();
            self.version += 1;
            let check = client.check_attachment(path.clone());
            let name = self.said.name_for(&path);
            let file = Attachment::new(path, name, self.version, check);
            self.said.attachments.push(file);
        }
    }

    /// Takes the answers about files and pictures that have come. Whether a picture is told to be lost from now on: what
    /// was collected with it is out of date.
    pub(crate) fn poll(&mut self, client: &FeedbackClient, ctx: &Context) -> bool {
        self.named.take_if(|named| !named.poll(client));
        let good = |said: &Said| said.pictures.iter().filter(|sight| sight.is_good()).count();
        let before = good(&self.said);
        self.said.poll(ctx);
        let is_lost = good(&self.said) < before;
        self.version += u64::from(is_lost);
        is_lost
    }

    /// Takes a text that was pasted out of the message, or out of what stands beside it, if it stands there once.
    pub(crate) fn take_out(&mut self, text: &str) {
        let Said { message, texts, .. } = &mut self.said;
        let in_message: Vec<usize> = message.match_indices(text).map(|(at, _)| at).collect();
        let is_it = |beside: &&String| *beside == text;
        match (in_message.as_slice(), texts.iter().filter(is_it).count()) {
            ([at], 0) => message.replace_range(*at..at + text.len(), ""),
            ([], 1) => texts.retain(|beside| beside != text),
            _ => {}
        }
    }

    pub(crate) fn add_picture(&mut self, mut sight: Sight) {
        self.forget_removed();
        self.version += 1;
        sight.key = self.version;
        self.said.add_picture(sight);
    }

    /// What comes now may have the name of what was taken out.
    fn forget_removed(&mut self) {
        self.notice.take_if(|notice| matches!(notice, Notice::Removed(_)));
    }

    /// Where the picture with this key is to be had, or the file that is one. And its name.
    pub(crate) fn picture(&self, key: u64) -> Option<(Source, Name)> {
        let Said {
            pictures,
            attachments,
            ..
        } = &self.said;
        let sight = pictures.iter().find(|sight| sight.key == key);
        let file = attachments.iter().find(|file| file.key == key);
        let file = file.map(|file| (file.source(), Name::File(file.name.clone())));
        sight.map(|sight| (sight.source(), sight.name())).or(file)
    }

    /// Puts a picture in the place of the one, or of the file, with this key; beside the others where that has gone.
    pub(crate) fn replace_picture(&mut self, key: u64, mut sight: Sight) {
        self.version += 1;
        sight.key = key;
        let Said {
            pictures,
            attachments,
            ..
        } = &mut self.said;
        if let Some(known) = pictures.iter_mut().find(|known| known.key == key) {
            (sight.number, sight.file) = (known.number, known.file.take());
            *known = sight;
            return;
        }
        let file = attachments.extract_if(.., |file| file.key == key).next();
        sight.file = file.map(|file| (file.path, file.name));
        self.forget_removed();
        self.said.add_picture(sight);
    }

    /// Sets a fact of this moment; one of the same name is replaced. No new version: a host may do
    /// this every frame.
    pub(crate) fn set_context(&mut self, key: String, value: String) {
        match self.context.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = value,
            None => self.context.push((key, value)),
        }
    }

    pub(crate) fn remove_context(&mut self, key: &str) {
        self.context.retain(|(known, _)| known != key);
    }

    /// Has these files not go along.
    pub(crate) fn leave_out(&mut self, files: Vec<FileLeftOut>) {
        self.said.left_out.add(files);
        self.version += 1;
    }

    pub(crate) fn set_crash(&mut self, crash: Option<Crash>) {
        self.said.crash = crash;
        self.version += 1;
    }

    /// Takes what was said out of the form, since it is on its way. Facts of the app and the address
    /// for the answer stay for the next report.
    pub(crate) fn take(&mut self) -> Said {
        self.version += 1;
        self.message.renew();
        self.notice = None;
        self.named = None;
        std::mem::take(&mut self.said)
    }

    /// Puts it back. What the app has added meanwhile stays.
    pub(crate) fn put_back(&mut self, said: Said) {
        self.version += 1;
        self.message.renew();
        self.said.put_back(said);
    }

    pub(crate) fn message_id(&self) -> Id {
        self.message.id()
    }

    /// Keeps texts beside the message that are too long for a field.
    pub(crate) fn put_aside(&mut self, texts: Vec<String>) {
        if !texts.is_empty() {
            self.said.texts.extend(texts);
            self.notice = Some(Notice::IsLong);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_of_the_same_name_is_replaced_and_can_be_taken_back() {
        let mut form = Form::default();
        form.set_context("plan".to_owned(), "free".to_owned());
        form.set_context("plan".to_owned(), "family".to_owned());
        assert_eq!(
            form.draft(1.0, None).context,
            [("plan".to_owned(), "family".to_owned())]
        );
        form.remove_context("plan");
        assert_eq!(form.draft(1.0, None).context, []);
    }

    #[test]
    fn what_was_said_is_taken_out_and_the_address_is_not() {
        let mut form = Form {
            reply_to: "anna@example.org".to_owned(),
            ..Form::default()
        };
        form.said.message = "x".to_owned();
        let undo = form.message_id();
        let said = form.take();
        assert!(form.said.is_empty());
        assert_ne!(form.message_id(), undo);
        assert_eq!(form.reply_to().as_deref(), Some("anna@example.org"));
        form.put_back(said);
        assert_eq!(form.said.message, "x");
    }

    #[test]
    fn what_was_pasted_is_taken_out_and_nothing_that_was_typed() {
        let mut form = Form::default();
        form.said.message = "see /a b\nhere".to_owned();
        form.take_out("/a b\n");
        assert_eq!(form.said.message, "see here");
        form.said.message = "/a and /a".to_owned();
        form.take_out("/a");
        form.take_out("/c");
        assert_eq!(form.said.message, "/a and /a", "which one was pasted?");
        form.said.texts = ["/c", "/a", "/d", "/d"].map(str::to_owned).to_vec();
        form.take_out("/a");
        form.take_out("/c");
        form.take_out("/d");
        assert_eq!(form.said.message, "/a and /a");
        assert_eq!(form.said.texts, ["/a", "/d", "/d"]);
    }
}
