//! How the SDK's thread calls the dialog: it leaves word, and wakes the app where that is worth it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
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
    window: Mutex<Option<(Context, ViewportId)>>,
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
    pub(crate) fn ring(&self) {
        self.set();
        let Some((ctx, viewport)) = self.lock().clone() else {
            return;
        };
        if self.is_watched.load(Ordering::Relaxed) {
            ctx.request_repaint_of(viewport);
        } else if self.is_expected.load(Ordering::Relaxed) {
            ctx.request_repaint_after_for(SELDOM, viewport);
        }
    }

    /// How much what comes is worth.
    pub(crate) fn expect(&self, is_watched: bool, is_expected: bool) {
        self.is_watched.store(is_watched, Ordering::Relaxed);
        self.is_expected.store(is_expected, Ordering::Relaxed);
    }

    /// It is the window of this frame that shows the dialog now.
    pub(crate) fn hang_in(&self, ctx: &Context) {
        let window = Some((ctx.clone(), ctx.viewport_id()));
        let before = std::mem::replace(&mut *self.lock(), window);
        drop(before); // not under the lock: an app's last hold on it may be here
    }

    fn lock(&self) -> MutexGuard<'_, Option<(Context, ViewportId)>> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use egui::{Id, RawInput};

    use super::*;

    /// Hangs it in a window that wants no more frames by itself.
    fn hang(bell: &Bell, ctx: &Context, window: ViewportId) {
        for _ in 0..5 {
            let input = RawInput {
                viewport_id: window,
                viewports: [(window, egui::ViewportInfo::default())].into_iter().collect(),
                ..RawInput::default()
            };
            let mut output = ctx.run_ui(input, |ui| bell.hang_in(ui.ctx()));
            output.textures_delta.clear();
        }
    }

    /// How often the windows of a context were asked for a frame, each by its name.
    fn asked(ctx: &Context) -> Arc<Mutex<Vec<ViewportId>>> {
        let asked = Arc::<Mutex<Vec<ViewportId>>>::default();
        let of = Arc::clone(&asked);
        ctx.set_request_repaint_callback(move |request| of.lock().unwrap().push(request.viewport_id));
        asked
    }

    #[test]
    fn it_wakes_the_window_that_shows_the_dialog_now() {
        let [first, second] = [Context::default(), Context::default()];
        let [old, new] = ["old", "new"].map(|name| ViewportId(Id::unique(name)));
        let bell = Bell::default();
        bell.expect(true, false);
        for (ctx, window) in [(&first, old), (&first, new), (&second, old)] {
            hang(&bell, ctx, window);
            let (in_first, in_second) = (asked(&first), asked(&second));
            bell.ring();
            assert!(bell.is_rung());
            let woken = |asked: &Mutex<Vec<ViewportId>>| asked.lock().unwrap().contains(&window);
            let other = if window == old { new } else { old };
            let in_the_first = *ctx == first;
            assert_eq!(
                [woken(&in_first), woken(&in_second)],
                [in_the_first, !in_the_first]
            );
            assert!(!in_first.lock().unwrap().contains(&other));
        }
    }

    #[test]
    fn where_nobody_waits_it_leaves_word_and_wakes_nobody() {
        let ctx = Context::default();
        let bell = Bell::default();
        hang(&bell, &ctx, ViewportId::ROOT);
        let asked = asked(&ctx);
        bell.ring();
        assert!(bell.is_rung());
        assert!(asked.lock().unwrap().is_empty());
        bell.answer();
        assert!(!bell.is_rung());
    }
}
