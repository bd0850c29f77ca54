//! Choosing a path: with the system's own picker, or typed where there is none.

mod field;
mod system;

use std::path::PathBuf;
use std::sync::mpsc::TryRecvError;

use egui::{Context, Event, Ui};
use feedback_sdk::ReportId;

use self::field::Field;
use crate::dialog::ids::Ids;
use crate::handover::Receiver;
use crate::words::Words;

/// What a report is called as a file, unless the person calls it otherwise.
const SAVE_NAME: &str = "report.zip";

/// What a path is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Files to attach.
    Attach,
    /// A place to save this report, or what stands in the form.
    Save(Option<ReportId>),
}

/// What the person has chosen.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Picked {
    pub(crate) wish: Wish,
    /// None, where they have changed their mind.
    pub(crate) paths: Vec<PathBuf>,
    /// Whether the screen has gone on which they were asked.
    pub(crate) is_late: bool,
}

impl Picked {
    fn new(wish: Wish, paths: Vec<PathBuf>) -> Self {
        Self {
            wish,
            paths,
            is_late: false,
        }
    }

    /// They have changed their mind.
    pub(crate) fn nothing(wish: Wish) -> Self {
        Self::new(wish, Vec::new())
    }
}

/// What the system's picker answers. `None`: it was cancelled, or has never appeared. Where this desktop surely has no
/// picker, there is no answer.
type Answer = Option<Vec<PathBuf>>;

/// Opens the system's picker, where there is one.
type Start = fn(&Context, Wish, &Words) -> Option<Receiver<Answer>>;

/// Asks for one path at a time.
pub(crate) struct Picker {
    ids: Ids,
    start: Start,
    /// The system's picker is open.
    running: Option<Running>,
    /// It was open when its screen went, and may still be. What is chosen there counts.
    left_behind: Vec<Running>,
    /// A path is being typed.
    field: Option<Field>,
}

struct Running {
    wish: Wish,
    answers: Receiver<Answer>,
    /// Something else had the keyboard meanwhile.
    was_away: bool,
}

impl Default for Picker {
    fn default() -> Self {
        Self::with(system::start)
    }
}

impl Picker {
    pub(crate) fn with(start: Start) -> Self {
        Self {
            ids: Ids::default(),
            start,
            running: None,
            left_behind: Vec::new(),
            field: None,
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
                self.field = Some(Field::new(ctx, wish));
            }
        }
    }

    /// Whether the system's picker is open.
    pub(crate) fn is_open(&self) -> bool {
        self.running.is_some()
    }

    /// What a path is being typed for.
    pub(crate) fn typing(&self) -> Option<Wish> {
        self.field.as_ref().map(|field| field.wish)
    }

    /// Asks no more. Nobody can close the system's picker from here: what is still chosen in it comes late.
    pub(crate) fn put_away(&mut self) {
        self.left_behind.extend(self.running.take());
        self.field = None;
    }

    /// What was wanted is now called so: where the picker is still open, its answer is for that.
    pub(crate) fn rename(&mut self, from: Wish, to: Wish) {
        let open = self.running.iter_mut().chain(&mut self.left_behind);
        for running in open.filter(|running| running.wish == from) {
            running.wish = to;
        }
    }

    /// What was chosen in the system's picker since the last call, if anything was.
    pub(crate) fn poll(&mut self, ctx: &Context) -> Option<Picked> {
        if let Some(late) = self.poll_late() {
            return Some(late);
        }
        let running = self.running.as_mut()?;
        running.was_away |=
            ctx.input(|input| !input.raw.focused || input.events.contains(&Event::WindowFocused(false)));
        let answer = match running.answers.try_recv() {
            Err(TryRecvError::Empty) => return None,
            answer => answer,
        };
        let Running { wish, was_away, .. } = self.running.take()?;
        match answer {
            Ok(Some(paths)) => return Some(Picked::new(wish, paths)),
            // Nobody cancels what did not have the keyboard.
            Ok(None) if was_away => return Some(Picked::nothing(wish)),
            _ => self.field = Some(Field::new(ctx, wish)),
        }
        None
    }

    fn poll_late(&mut self) -> Option<Picked> {
        let mut chosen = None;
        self.left_behind.retain(|running| {
            if chosen.is_some() {
                return true;
            }
            match running.answers.try_recv() {
                Err(TryRecvError::Empty) => true,
                answer => {
                    let paths = answer.ok().flatten().unwrap_or_default();
                    chosen = (!paths.is_empty()).then_some((running.wish, paths));
                    false
                }
            }
        });
        chosen.map(|(wish, paths)| Picked {
            is_late: true,
            ..Picked::new(wish, paths)
        })
    }

    /// The texts that were put into the field for a path and are too long for it.
    pub(crate) fn take_aside(&mut self) -> Vec<String> {
        let field = self.field.as_mut();
        field.map_or_else(Vec::new, |field| std::mem::take(&mut field.aside))
    }

    /// The field for a path, while one is asked for. The path, once it is typed; none, where that was
    /// cancelled.
    pub(crate) fn show(&mut self, ui: &mut Ui, words: &Words) -> Option<Picked> {
        let field = self.field.as_mut()?;
        let paths = field.show(ui, self.ids.of("path"), words)?;
        Some(Picked::new(field.wish, paths))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::handover::{Sender, channel};

    thread_local! {
        static OPEN: RefCell<Vec<Sender<Answer>>> = const { RefCell::new(Vec::new()) };
    }

    /// A picker in which this test chooses, by [`choose`].
    pub(crate) fn controlled() -> Picker {
        Picker::with(|_, _, _| {
            let (sender, answers) = channel();
            OPEN.with_borrow_mut(|open| open.push(sender));
            Some(answers)
        })
    }

    /// Answers in the picker that was opened last.
    pub(crate) fn choose(answer: Answer) {
        OPEN.with_borrow_mut(|open| open.pop().unwrap().send(answer));
    }

    /// A picker that goes without an answer.
    fn fail() {
        OPEN.with_borrow_mut(|open| drop(open.pop()));
    }

    #[test]
    fn a_picker_that_never_answers_holds_nothing_up() {
        let ctx = Context::default();
        let mut picker = controlled();
        picker.ask(&ctx, Wish::Attach, &Words::default());
        assert!(picker.is_open() && picker.poll(&ctx).is_none());
        picker.put_away();
        assert!(!picker.is_open());
        picker.ask(&ctx, Wish::Save(None), &Words::default());
        assert!(picker.is_open(), "the next wish is a new one");
    }

    #[test]
    fn what_is_chosen_after_the_screen_has_gone_counts_and_changing_ones_mind_does_not() {
        let ctx = Context::default();
        let mut picker = controlled();
        for _ in 0..3 {
            picker.ask(&ctx, Wish::Attach, &Words::default());
            picker.put_away();
        }
        choose(Some(Vec::new()));
        assert_eq!(picker.poll(&ctx), None);
        fail();
        assert_eq!(picker.poll(&ctx), None);
        assert_eq!(picker.typing(), None);
        choose(Some(vec!["a.txt".into()]));
        let late = picker.poll(&ctx).unwrap();
        assert!(late.is_late && late.paths == [PathBuf::from("a.txt")]);
        assert_eq!(picker.poll(&ctx), None);
        assert!(picker.left_behind.is_empty());
    }

    #[test]
    fn where_there_is_none_a_path_is_typed_and_each_wish_starts_anew() {
        let ctx = Context::default();
        let mut picker = controlled();
        for wish in [Wish::Save(None), Wish::Attach] {
            picker.ask(&ctx, wish, &Words::default());
            fail();
            assert!(picker.poll(&ctx).is_none());
            assert_eq!(picker.typing(), Some(wish));
            picker.put_away();
        }
    }

    #[test]
    fn changing_ones_mind_is_an_answer() {
        let ctx = Context::default();
        let mut picker = controlled();
        picker.ask(&ctx, Wish::Attach, &Words::default());
        choose(Some(Vec::new()));
        assert_eq!(picker.poll(&ctx), Some(Picked::nothing(Wish::Attach)));
        assert!(!picker.is_open());
    }

    /// However long the desktop has taken to say so.
    #[test]
    fn it_was_cancelled_where_something_else_had_the_keyboard_and_else_a_path_is_typed() {
        let asked = |wish, is_there, lost: Event| {
            let ctx = Context::default();
            let mut picker = controlled();
            picker.ask(&ctx, wish, &Words::default());
            if is_there {
                choose(None);
            } else {
                fail();
            }
            let mut answer = None;
            let input = egui::RawInput {
                events: vec![lost],
                ..egui::RawInput::default()
            };
            let mut output = ctx.run_ui(input, |ui| answer = picker.poll(ui.ctx()).or(answer.take()));
            output.textures_delta.clear();
            (answer, picker.typing())
        };
        let (away, here) = (Event::WindowFocused(false), Event::PointerGone);
        for wish in [Wish::Save(None), Wish::Attach] {
            let cancelled = (Some(Picked::nothing(wish)), None);
            assert_eq!(asked(wish, true, away.clone()), cancelled);
            assert_eq!(asked(wish, true, here.clone()), (None, Some(wish)));
            assert_eq!(asked(wish, false, away.clone()), (None, Some(wish)));
        }
    }
}
