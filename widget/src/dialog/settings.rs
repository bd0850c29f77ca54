//! What an app decides about its dialog: a link, where reports go, how paths and pictures are asked for, language, colour.

use std::path::{self, PathBuf};

use egui::Color32;

use super::FeedbackDialog;
use super::screens::Screens;
use crate::pick::Picker;
use crate::words::WordsError;

impl FeedbackDialog {
    /// Adds a button to the "Thank you" screen, such as "Read our forum". Default: none.
    ///
    /// A click is told by [`FeedbackResponse::thank_you_link_clicked`](crate::FeedbackResponse::thank_you_link_clicked).
    #[must_use]
    pub fn thank_you_link(mut self, label: impl Into<String>) -> Self {
        self.link = Some(label.into());
        self
    }

    /// Saves the report as a zip in this file instead of sending it, and says so: the button reads "Save". A file
    /// that is there already is replaced. Default: it is sent.
    ///
    /// Success is told by [`FeedbackResponse::saved`](crate::FeedbackResponse::saved); a file that cannot be written by
    /// [`FeedbackResponse::not_stored`](crate::FeedbackResponse::not_stored).
    #[must_use]
    pub fn save_to(mut self, file: impl Into<PathBuf>) -> Self {
        let file = file.into();
        // As it is meant now: the app may change its folder, and so may the system's file picker.
        self.saves_to = Some(path::absolute(&file).unwrap_or(file));
        self
    }

    /// Whether the address for the answer is remembered for the app's next run. Default: yes.
    ///
    /// It lies beside the reports that wait, readable for this user alone, once one was sent with it, and goes when the
    /// person empties the field.
    #[must_use]
    pub fn remember_address(mut self, yes: bool) -> Self {
        self.remembers_address = yes;
        self
    }

    /// Lets people type paths instead of opening the system's file picker. Default: the picker,
    /// where the feature `file-dialog` is on and the desktop has one.
    #[must_use]
    pub fn typed_paths(mut self) -> Self {
        self.picker = Picker::typed();
        self
    }

    /// Offers no picture but of the app's own window. Default: also of the whole screen, where the feature `screen`
    /// is on and the system lets an app take one.
    #[must_use]
    pub fn own_window_only(mut self) -> Self {
        self.screens = Screens::none();
        self
    }

    /// Speaks the language that fits a BCP 47 tag best, from the next frame on: `de-AT` gives German, `zh-TW`
    /// Traditional Chinese, and what the window does not speak English. Default: the language of the system.
    ///
    /// Until there is a font with its letters, the window speaks English.
    pub fn set_language(&mut self, tag: &str) {
        let before = self.words.language();
        self.words.speak(tag);
        if self.words.language() != before {
            self.fonts.language_changed();
        }
    }

    /// The BCP 47 tag of the language that the window is to speak.
    pub fn language(&self) -> &'static str {
        self.words.language()
    }

    /// What the window is called, in the language that it speaks: for the title of a window that holds it.
    pub fn title(&self) -> &str {
        &self.words.title
    }

    /// What [`FeedbackButton`](crate::FeedbackButton) says, in the language that it speaks: for an entry in a menu.
    pub fn button_label(&self) -> &str {
        &self.words.button
    }

    /// Puts a colour of the app's own in the place where egui's style has that of a selection: the button that sends,
    /// the progress. Text on it stays readable, whichever colour it is. Default: `None`, the style's own.
    ///
    /// All else follows the style too, and so does motion: with its `animation_time` at 0 nothing moves.
    pub fn set_accent(&mut self, accent: Option<Color32>) {
        self.accent = accent;
    }

    /// Says something in other words wherever the window speaks the language of this BCP 47 tag.
    ///
    /// `ftl` has messages in the syntax of [Project Fluent](https://projectfluent.org/fluent/guide/), under the
    /// ids of `widget/languages/en.ftl`. What is not in it stays as it is. Nothing is taken over where one of
    /// them cannot be used; the error names its line and what is wrong.
    ///
    /// ```
    /// # fn speak(dialog: &mut feedback_widget::FeedbackDialog) -> Result<(), feedback_widget::WordsError> {
    /// dialog.replace_words("en", "button = Report a problem…\ntitle = Report a problem")
    /// # }
    /// ```
    pub fn replace_words(&mut self, tag: &str, ftl: &str) -> Result<(), WordsError> {
        self.words.replace(tag, ftl)
    }
}
