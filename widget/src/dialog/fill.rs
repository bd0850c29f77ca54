//! What the app puts into the form, and reads out of it.

use std::path::PathBuf;

use feedback_sdk::{Crash, Picture, ReportDraft};

use super::FeedbackDialog;
use super::attachments::Attachment;
use super::sight::Sight;

impl FeedbackDialog {
    /// Adds a file to the report being written, or to the next one where it is on its way already.
    /// The person sees it and can take it out. Beyond 100 files it is not taken, and they are told to make a zip.
    ///
    /// One that is a PNG, or with the feature `jpeg` a photo (JPEG), is shown as a picture and can be edited: then the edited
    /// picture is sent in its place. Not edited, a PNG, a JPEG or a WebP goes without what nobody sees of it (place, time,
    /// device, texts), and any other picture as it is.
    pub fn attach(&mut self, path: impl Into<PathBuf>) {
        let path = feedback_sdk::Attachment::from(path.into()).path().to_owned();
        self.follow_what_is_gone();
        if !self.form.said.has_file(&path) {
            self.hold_back();
            self.form.attach(&self.client, path);
        }
    }

    /// Adds a picture to the report being written, or to the next one where it is on its way already.
    /// The person sees it and can take it out.
    pub fn add_picture(&mut self, picture: Picture) {
        self.hold_back();
        self.form.add_picture(Sight::unseen(picture));
    }

    /// Sends along how the last run of the app ended, with the report being written.
    /// The person sees it and can take it out. See [`feedback_sdk::RunGuard::crashed_last_run`].
    pub fn attach_crash(&mut self, crash: Crash) {
        self.hold_back();
        self.form.set_crash(Some(crash));
    }

    /// Opens the dialog about how the last run of the app ended. It says so calmly, and the record goes along with
    /// what the person sends, unless they take it out; they need not write anything.
    ///
    /// For a crash that [`has a panic`](Crash::panic): a run that was merely killed, perhaps by a system that shut
    /// down, is no reason to trouble anyone.
    pub fn open_after_crash(&mut self, crash: Crash) {
        self.attach_crash(crash);
        self.open();
    }

    /// Fills in what the app knows to say: words where nothing is written yet, files, pictures, facts and what is left out
    /// beside those that are there, an address in place of the one before. The person sees it and can change it.
    ///
    /// With [`draft`](Self::draft), an app keeps what was written over its own end.
    pub fn prefill(&mut self, draft: ReportDraft) {
        self.follow_what_is_gone();
        if !draft.message.is_empty() && self.form.said.words_len() == 0 {
            self.hold_back();
            self.form.prefill(draft.message);
        }
        for attachment in draft.attachments {
            self.attach(attachment.path());
            if !attachment.masked {
                self.hold_back();
                self.form.set_as_it_is(attachment.path(), true);
            }
        }
        for picture in draft.pictures {
            self.add_picture(picture);
        }
        for (key, value) in draft.context {
            self.set_context(key, value);
        }
        if let Some(crash) = draft.crash {
            self.attach_crash(crash);
        }
        if let Some(address) = draft.reply_to {
            self.set_reply_to(address);
        }
        if !draft.left_out.is_empty() {
            self.hold_back();
            self.form.leave_out(draft.left_out);
        }
    }

    /// What stands in the form. Empty where nothing does, and while a report is on its way, but for the address and the
    /// facts of the app.
    ///
    /// An app that keeps the draft at its end calls [`give_up_sending`](Self::give_up_sending) first: what is still being
    /// collected stands in the draft, and may be sent after all; what is just on its way to the disk stands nowhere else,
    /// and may not be taken there.
    ///
    /// An attached file that was edited stands there as the picture that it has become. A picture that is being edited
    /// stands there as it was before, with all that is to be hidden: an app that keeps the draft asks
    /// [`has_unfinished_picture`](Self::has_unfinished_picture) first.
    pub fn draft(&self) -> ReportDraft {
        let rest = ReportDraft {
            reply_to: self.form.reply_to(),
            context: self.form.context.clone(),
            ..ReportDraft::default()
        };
        let said = &self.form.said;
        if self.has_gone() {
            return rest;
        }
        ReportDraft {
            message: said.words(),
            pictures: said.pictures.iter().map(Sight::to_draft).collect(),
            attachments: said.attachments.iter().map(Attachment::to_draft).collect(),
            crash: said.crash.clone(),
            left_out: said.left_out.to_draft(),
            ..rest
        }
    }

    /// Sets a fact of this moment, such as the kind of the open document. Values are masked.
    ///
    /// It goes into every report that is collected from now on; one of the same name is replaced.
    pub fn set_context(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.form.set_context(key.into(), value.into());
    }

    /// Takes a fact back that was [set](Self::set_context).
    pub fn remove_context(&mut self, key: &str) {
        self.form.remove_context(key);
    }

    /// Puts an address for the answer into the form, such as that of the person's account. They see it and can
    /// change it.
    ///
    /// One that was [remembered](Self::remember_address) does not take its place, also not that of an empty one, and it is
    /// not remembered itself: where nobody is logged in, hand in an empty one.
    pub fn set_reply_to(&mut self, address: impl Into<String>) {
        let address = address.into();
        self.handed_in = Some(address.clone());
        self.form.reply_to = address;
        self.contents.readdress(&self.form);
    }

    /// The address for the answer as it stands in the form. `None`: there is none.
    pub fn reply_to(&self) -> Option<String> {
        self.form.reply_to()
    }
}
