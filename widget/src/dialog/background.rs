//! Work of more than a millisecond that needs no SDK: on a thread of its own.

use std::io;
use std::thread;

use egui::{Context, ViewportId};
use feedback_sdk::Picture;

use crate::handover::{Receiver, Sender, channel};

/// Makes something on another thread, and wakes the window when it is there. Where nothing came of it, or no thread
/// could be started, the sender is gone, which tells.
pub(crate) fn in_background<T: Send + 'static>(
    ctx: &Context,
    name: &str,
    make: impl FnOnce() -> Option<T> + Send + 'static,
) -> Receiver<T> {
    let (sender, receiver) = channel();
    in_background_to(sender, (ctx.clone(), ctx.viewport_id()), name, make);
    receiver
}

/// The same, for who has the channel and the window already.
pub(crate) fn in_background_to<T: Send + 'static>(
    sender: Sender<T>,
    (waker, viewport): (Context, ViewportId),
    name: &str,
    make: impl FnOnce() -> Option<T> + Send + 'static,
) {
    let wake = Wake(waker, viewport);
    let started = start(name, move || {
        let _wake = wake; // dropped last
        let sender = sender;
        if let Some(thing) = make() {
            sender.send(thing);
        }
    });
    drop(started);
}

/// Starts `work` on a thread that nobody joins. It is boxed: std's own way of starting would be in every app once for each
/// work.
pub(crate) fn start(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let work: Box<dyn FnOnce() + Send> = Box::new(work);
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}

/// Wakes the window when it is dropped: also where making has panicked.
struct Wake(Context, ViewportId);

impl Drop for Wake {
    fn drop(&mut self) {
        self.0.request_repaint_of(self.1);
    }
}

/// Gives something large back on another thread as well: it takes the system 5 ms for 64 MB.
pub(crate) fn let_go(thing: impl Send + 'static) {
    // Where no thread can be started, it is dropped with this closure.
    let started = start("feedback-rest", move || drop(thing));
    drop(started);
}

/// The same for a picture, which is nothing then.
pub(crate) fn let_go_of(picture: &mut Picture) {
    let_go(std::mem::replace(picture, Picture::from_file("")));
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{TryRecvError, channel};
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_window_is_woken_also_where_the_work_has_panicked() {
        let ctx = Context::default();
        let (wake, woken) = channel();
        ctx.set_request_repaint_callback(move |_| {
            let _ = wake.send(());
        });
        let made = in_background(&ctx, "test", || -> Option<u8> { panic!("on purpose") });
        woken.recv_timeout(Duration::from_mins(3)).unwrap();
        assert_eq!(made.try_recv(), Err(TryRecvError::Disconnected));
    }
}
