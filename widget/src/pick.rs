//! Choosing a path: with the system's own picker, or typed where there is none.

use std::path::PathBuf;
use std::sync::mpsc::TryRecvError;

use egui::{Context, Event, Ui};
use feedback_sdk::ReportId;

use crate::dialog::ids::Ids;
use crate::dialog::parts;
use crate::handover::Receiver;
use crate::words::Words;

/// What a report is called as a file, unless the person calls it otherwise.
const SAVE_NAME: &str = "report.zip";

/// The longest path there can be (`PATH_MAX` of Linux); the field lays all of it out.
const LONGEST_PATH: usize = 4096;

/// What a path is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Files to attach.
    Attach,
    /// A place to save this stored report, or what stands in the form.
    Save(Option<ReportId>),
}

/// What the system's picker answers. `None`: this desktop has no picker, or "Save" was cancelled.
type Answer = Option<Vec<PathBuf>>;

/// Opens the system's picker, where there is one.
type Start = fn(&Context, Wish, &Words) -> Option<Receiver<Answer>>;

/// Asks for one path at a time.
pub(crate) struct Picker {
    ids: Ids,
    start: Start,
    /// The system's picker is open.
    running: Option<Running>,
    /// A path is being typed.
    typing: Option<Wish>,
    typed: String,
    /// The field has just appeared and should have the keyboard.
    wants_focus: bool,
}

struct Running {
    wish: Wish,
    answers: Receiver<Answer>,
    /// Something else had the keyboard meanwhile.
    was_away: bool,
}

impl Default for Picker {
    fn default() -> Self {
        Self::with(start)
    }
}

impl Picker {
    fn with(start: Start) -> Self {
        Self {
            ids: Ids::default(),
            start,
            running: None,
            typing: None,
            typed: String::new(),
            wants_focus: false,
        }
    }

    /// One that always lets a path be typed.
    pub(crate) fn typed() -> Self {
        Self::with(|_, _, _| None)
    }

    /// Opens the system's picker, or the field to type in.
    pub(crate) fn ask(&mut self, ctx: &Context, wish: Wish, words: &Words) {
        if self.running.is_none() {
            self.put_away();
            self.running = (self.start)(ctx, wish, words).map(|answers| Running {
                wish,
                answers,
                was_away: false,
            });
            if self.running.is_none() {
                self.type_path(wish);
            }
        }
    }

    /// Whether the system's picker is open.
    pub(crate) fn is_open(&self) -> bool {
        self.running.is_some()
    }

    /// What a path is being typed for.
    pub(crate) fn typing(&self) -> Option<Wish> {
        self.typing
    }

    /// Asks no more. An answer that still comes is not for anyone.
    pub(crate) fn put_away(&mut self) {
        self.running = None;
        self.typing = None;
        self.typed.clear();
    }

    /// What was chosen in the system's picker since the last call. Nothing, where it was cancelled.
    pub(crate) fn poll(&mut self, ctx: &Context) -> Option<(Wish, Vec<PathBuf>)> {
        let running = self.running.as_mut()?;
        running.was_away |=
            ctx.input(|input| !input.raw.focused || input.events.contains(&Event::WindowFocused(false)));
        let answer = match running.answers.try_recv() {
            Err(TryRecvError::Empty) => return None,
            answer => answer,
        };
        let Running { wish, was_away, .. } = self.running.take()?;
        match (answer, wish) {
            (Ok(Some(paths)), _) => return Some((wish, paths)),
            // rfd does not tell a "Save" that was cancelled from one that never appeared. Nobody cancels what did not
            // have the keyboard.
            (Ok(None), Wish::Save(_)) if was_away => return Some((wish, Vec::new())),
            _ => self.type_path(wish),
        }
        None
    }

    fn type_path(&mut self, wish: Wish) {
        self.typing = Some(wish);
        self.wants_focus = true;
        self.typed = match wish {
            Wish::Attach => String::new(),
            Wish::Save(_) => {
                let home = std::env::home_dir().unwrap_or_default();
                home.join(SAVE_NAME).to_string_lossy().into_owned()
            }
        };
    }

    /// The field for a path, while one is asked for. The path, once it is typed; none, where that was
    /// cancelled.
    pub(crate) fn show(&mut self, ui: &mut Ui, words: &Words) -> Option<(Wish, Vec<PathBuf>)> {
        let wish = self.typing?;
        let label = ui.label(&*words.path);
        let field = egui::TextEdit::singleline(&mut self.typed)
            .id(self.ids.of("path"))
            .char_limit(LONGEST_PATH)
            .desired_width(f32::INFINITY);
        let field = parts::field(ui, field).labelled_by(label.id);
        if std::mem::take(&mut self.wants_focus) {
            field.request_focus();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let verb = match wish {
            Wish::Attach => &words.path_add,
            Wish::Save(_) => &words.path_save,
        };
        let (done, cancelled) = ui
            .horizontal_wrapped(|ui| {
                let done = parts::reachable(ui.add(parts::button(&**verb))).clicked();
                let cancel = parts::reachable(ui.add(parts::button(&*words.path_cancel)));
                (done || entered, cancel.clicked())
            })
            .inner;
        let typed = self.typed.trim().trim_matches('"');
        let paths = match (cancelled, done) {
            (true, _) => Vec::new(),
            (_, true) if !typed.is_empty() => vec![PathBuf::from(typed)],
            _ => return None,
        };
        Some((wish, paths))
    }
}

#[cfg(not(feature = "file-dialog"))]
fn start(_: &Context, _: Wish, _: &Words) -> Option<Receiver<Answer>> {
    None
}

/// Opens the system's picker. It is made here, as macOS wants, on the thread that draws, and
/// waited for on a thread of its own.
#[cfg(feature = "file-dialog")]
fn start(ctx: &Context, wish: Wish, words: &Words) -> Option<Receiver<Answer>> {
    use std::future::Future;
    use std::pin::Pin;

    type Dialog = Pin<Box<dyn Future<Output = Option<Vec<PathBuf>>> + Send>>;

    /// Every desktop but those of Linux and the like has a picker.
    const IS_SURE: bool = cfg!(not(all(unix, not(target_os = "macos"))));

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
                .set_file_name(SAVE_NAME)
                .save_file();
            Box::pin(async move { file.await.map(|file| vec![file.path().into()]) })
        }
    };
    let (sender, answers) = crate::handover::channel();
    let ctx = ctx.clone();
    let viewport = ctx.viewport_id();
    std::thread::Builder::new()
        .name("feedback-file-picker".to_owned())
        .spawn(move || {
            let answer = wait_for(dialog).or(IS_SURE.then(Vec::new));
            // The dialog may be gone by now.
            sender.send(answer);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handover::channel;

    #[test]
    fn a_picker_that_never_answers_holds_nothing_up() {
        let ctx = Context::default();
        let mut picker = Picker::with(|_, _, _| {
            let (sender, answers) = channel();
            std::mem::forget(sender);
            Some(answers)
        });
        picker.ask(&ctx, Wish::Attach, &Words::default());
        assert!(picker.is_open() && picker.poll(&ctx).is_none());
        picker.put_away();
        assert!(!picker.is_open());
        picker.ask(&ctx, Wish::Save(None), &Words::default());
        assert!(picker.is_open(), "the next wish is a new one");
    }

    #[test]
    fn where_there_is_none_a_path_is_typed_and_each_wish_starts_anew() {
        let ctx = Context::default();
        let mut picker = Picker::with(|_, _, _| {
            let (sender, answers) = channel();
            sender.send(None);
            Some(answers)
        });
        picker.ask(&ctx, Wish::Save(None), &Words::default());
        assert!(picker.poll(&ctx).is_none());
        assert_eq!(picker.typing, Some(Wish::Save(None)));
        assert!(picker.typed.ends_with(SAVE_NAME));
        picker.put_away();
        picker.ask(&ctx, Wish::Attach, &Words::default());
        assert!(picker.poll(&ctx).is_none());
        assert_eq!(picker.typed, "");
    }

    #[test]
    fn changing_ones_mind_is_an_answer() {
        let ctx = Context::default();
        let mut picker = Picker::with(|_, _, _| {
            let (sender, answers) = channel();
            sender.send(Some(Vec::new()));
            Some(answers)
        });
        picker.ask(&ctx, Wish::Attach, &Words::default());
        assert_eq!(picker.poll(&ctx), Some((Wish::Attach, Vec::new())));
        assert!(!picker.is_open());
    }

    /// However long the desktop has taken to say that there is no picker.
    #[test]
    fn a_save_was_cancelled_where_something_else_had_the_keyboard() {
        let asked = |wish, lost: Event| {
            let ctx = Context::default();
            let mut picker = Picker::with(|_, _, _| {
                let (sender, answers) = channel();
                sender.send(None);
                Some(answers)
            });
            picker.ask(&ctx, wish, &Words::default());
            let mut answer = None;
            let input = egui::RawInput {
                events: vec![lost],
                ..egui::RawInput::default()
            };
            let mut output = ctx.run_ui(input, |ui| answer = picker.poll(ui.ctx()).or(answer.take()));
            output.textures_delta.clear();
            (answer, picker.typing)
        };
        let (save, away, here) = (Wish::Save(None), Event::WindowFocused(false), Event::PointerGone);
        assert_eq!(asked(save, away.clone()), (Some((save, Vec::new())), None));
        assert_eq!(asked(save, here), (None, Some(save)));
        assert_eq!(asked(Wish::Attach, away), (None, Some(Wish::Attach)));
    }
}
