//! What is done so that every letter in the window can be read.

use std::sync::Arc;

use egui::{Context, FontProvider};

use super::FeedbackDialog;
use super::notice::Notice;

impl FeedbackDialog {
    /// Looks here for fonts with letters that the app's own fonts lack. Default: the system's fonts, where the
    /// feature `system-fonts` is on, and nowhere else.
    ///
    /// It is asked on a thread of its own, and only about letters that the dialog is to show and neither the app's
    /// fonts nor its own providers have. A font that it gives goes behind all others, in every family of the app's
    /// style.
    #[must_use]
    pub fn fallback_fonts(mut self, source: Arc<dyn FontProvider>) -> Self {
        self.fonts.set_source(source);
        self
    }

    /// Speaks the dialog's language if its letters can be drawn, and English until then.
    pub(crate) fn speak_what_can_be_drawn(&mut self, ctx: &Context) {
        if self.fonts.take_language_due() {
            let can_be_drawn = self.fonts.has(ctx, self.words.letters().chars());
            self.words.stand_in(!can_be_drawn);
            if self.fonts.is_wanting() {
                self.sdk.bell.set();
                ctx.request_repaint();
            }
        }
    }

    /// Has fonts looked for, and says once if there is none.
    pub(super) fn look_for_fonts(&mut self, ctx: &Context) {
        let (bell, window) = (Arc::clone(&self.sdk.bell), ctx.clone());
        let viewport = ctx.viewport_id();
        self.fonts.go_on(ctx, self.words.language(), move || {
            bell.set();
            window.request_repaint_of(viewport);
        });
        if self.form.notice.is_none() {
            self.form.notice = self.fonts.take_missing().map(Notice::NoFont);
        }
    }
}
