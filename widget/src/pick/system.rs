//! The system's own picker.

use egui::Context;

use super::{Answer, Wish};
use crate::handover::Receiver;
use crate::words::Words;

#[cfg(not(feature = "file-dialog"))]
pub(super) fn start(_: &Context, _: Wish, _: &Words) -> Option<Receiver<Answer>> {
    None
}

/// Opens the system's picker. It is made here, as macOS wants, on the thread that draws, and
/// waited for on a thread of its own.
#[cfg(feature = "file-dialog")]
pub(super) fn start(ctx: &Context, wish: Wish, words: &Words) -> Option<Receiver<Answer>> {
    use std::future::Future;
    use std::path::PathBuf;
    use std::pin::Pin;

    type Dialog = Pin<Box<dyn Future<Output = Option<Vec<PathBuf>>> + Send>>;

    let dialog = rfd::AsyncFileDialog::new();
    let dialog: Dialog = match wish {
        Wish::Attach => {
            let files = dialog.set_title(&*words.attach).pick_files();
            Box::pin(async move {
                let paths =
                    |files: Vec<rfd::FileHandle>| files.iter().map(|file| file.path().into()).collect();
                files.await.map(paths)
            })
        }
        Wish::Save(_) => {
            let file = dialog
                .set_title(&*words.save)
                .set_file_name(super::SAVE_NAME)
                .save_file();
            Box::pin(async move { file.await.map(|file| vec![file.path().into()]) })
        }
    };
    let (sender, answers) = crate::handover::channel();
    let ctx = ctx.clone();
    let viewport = ctx.viewport_id();
    let wait = move || {
        let chosen = wait_for(dialog);
        // The dialog may be gone by now.
        match answer(wish, chosen, IS_SURE) {
            Some(answer) => sender.send(answer),
            None => drop(sender),
        }
        ctx.request_repaint_of(viewport);
    };
    crate::dialog::background::start("feedback-file-picker", wait).ok()?;
    Some(answers)
}

/// Every desktop but those of Linux and the like has a picker, so that nothing chosen is always a "Cancel".
#[cfg(feature = "file-dialog")]
const IS_SURE: bool = cfg!(not(all(unix, not(target_os = "macos"))));

/// What rfd has said, as it is meant. `None`: this desktop has no picker.
///
/// Of files to attach it says `None` where there is neither a portal nor zenity; where these fail it says the same as
/// for "Cancel", and of a place to save it always does.
#[cfg(feature = "file-dialog")]
fn answer(wish: Wish, chosen: Answer, is_sure: bool) -> Option<Answer> {
    let has_any = chosen.as_ref().map(|paths| {
        let mut paths = paths.iter();
        paths.any(|path| !path.as_os_str().is_empty()) // zenity may end well with nothing
    });
    match has_any {
        Some(true) => Some(chosen),
        _ if is_sure => Some(Some(Vec::new())),
        None if wish == Wish::Attach => None,
        _ => Some(None),
    }
}

/// Drives a future to its end on this thread, which sleeps meanwhile.
#[cfg(feature = "file-dialog")]
fn wait_for<F: Future + Unpin>(mut future: F) -> F::Output {
    use std::pin::Pin;
    use std::sync::Arc;
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread::{self, Thread};

    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match Pin::new(&mut future).poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

#[cfg(all(test, feature = "file-dialog"))]
mod tests {
    use super::*;

    #[test]
    fn where_a_picker_may_have_failed_nothing_chosen_is_not_yet_a_cancel() {
        let file = || Some(vec!["a.txt".into()]);
        let (attach, save) = (Wish::Attach, Wish::Save(None));
        for wish in [attach, save] {
            assert_eq!(answer(wish, file(), false), Some(file()));
            assert_eq!(answer(wish, None, true), Some(Some(Vec::new())));
        }
        for nothing in [Vec::new(), vec!["".into()]] {
            assert_eq!(answer(attach, Some(nothing), false), Some(None));
        }
        assert_eq!(answer(attach, None, false), None, "there is none at all");
        assert_eq!(answer(save, None, false), Some(None));
    }
}
