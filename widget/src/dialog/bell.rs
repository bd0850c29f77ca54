//! How the SDK's thread calls the dialog: it leaves word, and wakes the app where that is worth it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use egui::{Context, ViewportId};

/// How often a closed dialog wakes its app at most while a report is on its way.
const SELDOM: Duration = Duration::from_secs(1);

/// Shared with the SDK's thread.
#[derive(Default)]
pub(crate) struct Bell {
    /// There is something to do for [`show`](super::FeedbackDialog::show).
    rung: AtomicBool,
    /// The person waits for what comes.
    is_watched: AtomicBool,
    /// A report is on its way.
    is_expected: AtomicBool,
    /// The window that shows the dialog. Locked for as long as copying takes.
    viewport: Mutex<ViewportId>,
}

impl Bell {
    /// Whether there is something to do.
    #[inline]
    pub(crate) fn is_rung(&self) -> bool {
        self.rung.load(Ordering::Relaxed)
    }

    /// There is something to do in the next frame, whoever asks for it.
    pub(crate) fn set(&self) {
        self.rung.store(true, Ordering::Release);
    }

    /// Everything that was to be done will be done now.
    pub(crate) fn answer(&self) {
        self.rung.swap(false, Ordering::AcqRel);
    }

    /// Something has come.
    pub(crate) fn ring(&self, ctx: &Context) {
        self.set();
        if self.is_watched.load(Ordering::Relaxed) {
            ctx.request_repaint_of(self.viewport());
        } else if self.is_expected.load(Ordering::Relaxed) {
            ctx.request_repaint_after_for(SELDOM, self.viewport());
        }
    }

    /// How much what comes is worth.
    pub(crate) fn expect(&self, is_watched: bool, is_expected: bool) {
        self.is_watched.store(is_watched, Ordering::Relaxed);
        self.is_expected.store(is_expected, Ordering::Relaxed);
    }

    /// It is this window that shows the dialog now.
    pub(crate) fn hang_in(&self, viewport: ViewportId) {
        *self.viewport.lock().unwrap_or_else(PoisonError::into_inner) = viewport;
    }

    fn viewport(&self) -> ViewportId {
        *self.viewport.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use egui::Id;

    use super::*;

    #[test]
    fn it_wakes_the_window_that_shows_the_dialog_now() {
        let ctx = Context::default();
        let [old, new] = ["old", "new"].map(|name| ViewportId(Id::unique(name)));
        let bell = Bell::default();
        bell.expect(true, false);
        bell.hang_in(old);
        bell.hang_in(new);
        bell.ring(&ctx);
        assert!(bell.is_rung());
        assert!(ctx.has_requested_repaint_for(&new));
        assert!(!ctx.has_requested_repaint_for(&old));
    }

    #[test]
    fn where_nobody_waits_it_leaves_word_and_wakes_nobody() {
        let ctx = Context::default();
        let window = ViewportId(Id::unique("window"));
        let bell = Bell::default();
        bell.hang_in(window);
        bell.ring(&ctx);
        assert!(bell.is_rung());
        assert!(!ctx.has_requested_repaint_for(&window));
        bell.answer();
        assert!(!bell.is_rung());
    }
}
