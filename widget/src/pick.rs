//! Choosing a path: with the system's own picker, or typed where there is none.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError};

use egui::{Context, Id, Ui};

use crate::dialog::parts;
use crate::text;

/// What a path is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Files to attach.
    Attach,
    /// A place to save the report.
    Save,
}

/// What the system's picker answers. `None`: this desktop has no picker.
type Answer = Option<Vec<PathBuf>>;

/// Asks for one path at a time.
#[derive(Default)]
pub(crate) struct Picker {
    /// The system's picker is open.
    running: Option<(Wish, Receiver<Answer>)>,
    /// A path is being typed.
    typing: Option<Wish>,
    typed: String,
    /// The field has just appeared and should have the keyboard.
    wants_focus: bool,
}

impl Picker {
    /// Opens the system's picker, or the field to type in.
    pub(crate) fn ask(&mut self, ctx: &Context, wish: Wish) {
        if self.running.is_none() {
            self.running = start(ctx, wish).map(|answers| (wish, answers));
            if self.running.is_none() {
                self.type_path(wish);
            }
        }
    }

    /// Whether the system's picker is open.
    pub(crate) fn is_open(&self) -> bool {
        self.running.is_some()
    }

    /// Puts the field to type in away.
    pub(crate) fn put_away(&mut self) {
        self.typing = None;
        self.typed.clear();
    }

    /// What was chosen in the system's picker since the last call. Nothing, where it was cancelled.
    pub(crate) fn poll(&mut self) -> Option<(Wish, Vec<PathBuf>)> {
        let (wish, answers) = self.running.as_ref()?;
        let wish = *wish;
        let answer = match answers.try_recv() {
            Err(TryRecvError::Empty) => return None,
            answer => answer,
        };
        self.running = None;
        if let Ok(Some(paths)) = answer {
            return Some((wish, paths));
        }
        self.type_path(wish);
        None
    }

    fn type_path(&mut self, wish: Wish) {
        self.typing = Some(wish);
        self.wants_focus = true;
        if wish == Wish::Save && self.typed.is_empty() {
            let home = std::env::home_dir().unwrap_or_default();
            self.typed = home.join(text::SAVE_NAME).to_string_lossy().into_owned();
        }
    }

    /// The field for a path, while one is asked for. The path, once it is typed.
    pub(crate) fn show(&mut self, ui: &mut Ui) -> Option<(Wish, Vec<PathBuf>)> {
        let wish = self.typing?;
        let button = match wish {
            Wish::Attach => text::PATH_ADD,
            Wish::Save => text::PATH_SAVE,
        };
        let label = ui.label(text::PATH);
        let done = ui.horizontal(|ui| {
            let width = (ui.available_width() - 80.0).max(60.0);
            let field = egui::TextEdit::singleline(&mut self.typed)
                .id(Id::unique("feedback-path"))
                .desired_width(width);
            let field = parts::field(ui, field).labelled_by(label.id);
            if std::mem::take(&mut self.wants_focus) {
                field.request_focus();
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let pressed = ui.add(parts::button(button)).clicked();
            entered || pressed
        });
        let typed = self.typed.trim().trim_matches('"');
        if !done.inner || typed.is_empty() {
            return None;
        }
        let path = PathBuf::from(typed);
        self.put_away();
        Some((wish, vec![path]))
    }
}

#[cfg(not(feature = "file-dialog"))]
fn start(_: &Context, _: Wish) -> Option<Receiver<Answer>> {
    None
}

/// Opens the system's picker. It is made here, as macOS wants, on the thread that draws, and
/// waited for on a thread of its own.
#[cfg(feature = "file-dialog")]
fn start(ctx: &Context, wish: Wish) -> Option<Receiver<Answer>> {
    use std::future::Future;
    use std::pin::Pin;
    use std::time::{Duration, Instant};

    type Dialog = Pin<Box<dyn Future<Output = Option<Vec<PathBuf>>> + Send>>;

    /// No person cancels a dialog this soon; it never appeared.
    const TOO_SOON: Duration = Duration::from_millis(300);

    let opened = Instant::now();
    let dialog = rfd::AsyncFileDialog::new();
    let dialog: Dialog = match wish {
        Wish::Attach => {
            let files = dialog.set_title(text::ATTACH).pick_files();
            Box::pin(async move {
                let paths =
                    |files: Vec<rfd::FileHandle>| files.iter().map(|file| file.path().into()).collect();
                files.await.map(paths)
            })
        }
        Wish::Save => {
            let file = dialog
                .set_title(text::SAVE)
                .set_file_name(text::SAVE_NAME)
                .save_file();
            Box::pin(async move { file.await.map(|file| vec![file.path().into()]) })
        }
    };
    let (sender, answers) = std::sync::mpsc::channel();
    let ctx = ctx.clone();
    let viewport = ctx.viewport_id();
    std::thread::Builder::new()
        .name("feedback-file-picker".to_owned())
        .spawn(move || {
            let answer = match wait_for(dialog) {
                None if opened.elapsed() >= TOO_SOON => Some(Vec::new()),
                answer => answer,
            };
            // The dialog may be gone by now.
            let _ = sender.send(answer);
            ctx.request_repaint_of(viewport);
        })
        .ok()?;
    Some(answers)
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
