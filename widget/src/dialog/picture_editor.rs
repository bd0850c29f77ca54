//! The editor of a picture, on a screen of its own.
//!
//! What the person has done is a list over the picture as it came; it can be undone for as long as the editor is open.
//! "Done" turns the list into pixels, on a thread of its own, and the picture as it came is forgotten: what was blacked
//! out is then nowhere any more, neither in the report nor for the next time that the editor is opened.

mod canvas;
mod desk;
mod icons;
mod tool;
mod toolbar;
mod zoom;

use std::sync::mpsc::TryRecvError;

use egui::{ColorImage, Context, Id, Key, Modifiers, TextureOptions, Ui};
use feedback_sdk::Picture;

use self::desk::{Desk, Typing};
use super::capture::{Shot, THREAD, shot_of};
use super::notice::{self, Notice};
use super::parts::Heading;
use super::row::{self, Row};
use super::sight::{Name, Sight, Source};
use super::{Action, FeedbackDialog, Focus, background::in_background, parts};
use crate::handover::Receiver;
use crate::picture::Pixels;
use crate::words::Words;

/// The longest side of what is shown while it is edited, in pixels: what every graphics card takes.
const LONGEST_SIDE: usize = 2048;

/// The picture that is edited.
pub(crate) struct PictureEditor {
    /// Which picture of the form it is.
    key: u64,
    /// What the person knows it by.
    name: Name,
    /// What had the keyboard, and gets it back.
    opener: Id,
    /// Whether what was done could not be brought into the pixels.
    has_failed: bool,
    state: State,
}

enum State {
    Opening(Receiver<Opened>),
    Open(Box<Desk>),
    /// Its pixels are being changed.
    Finishing(Box<Desk>, Receiver<Shot>),
    /// It cannot be read, or not be changed.
    Failed,
}

/// A picture, and what is shown of it.
struct Opened {
    picture: Picture,
    /// In pixels.
    size: [usize; 2],
    shown: ColorImage,
}

impl PictureEditor {
    fn new(ctx: &Context, key: u64, (source, name): (Source, Name), opener: Id) -> Self {
        let opening = in_background(ctx, THREAD, move || {
            let picture = source.picture().ok()?;
            let pixels = Pixels::of(&picture).ok()?;
            let (size, shown) = (pixels.size(), pixels.shrunk(LONGEST_SIDE));
            Some(Opened { picture, size, shown })
        });
        Self {
            key,
            name,
            opener,
            has_failed: false,
            state: State::Opening(opening),
        }
    }

    /// Draws it. What the person wants. While an input method composes, Escape and Enter are its own.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        words: &Words,
        notice: Option<&Notice>,
        is_composing: bool,
        focus: &mut Focus,
    ) -> Option<Action> {
        self.take_opened(ui.ctx(), focus);
        if let Some(typing) = self.desk().and_then(|desk| desk.typing.as_mut()) {
            typing.is_composing = is_composing;
        }
        let name = words.edit_picture(&self.name.say(words));
        let heading = Heading {
            words: &name,
            is_news: false,
        };
        let cancel = Row::default().button(&words.path_cancel, Action::LeavePicture);
        match &mut self.state {
            State::Opening(_) => row::page(ui, heading, cancel, focus, |ui, _, _| {
                parts::news(ui, &words.collecting);
                None
            }),
            State::Failed => {
                let back = Row::default().primary(&words.leave_list, Action::LeavePicture);
                row::page(ui, heading, back.focused(), focus, |ui, _, _| {
                    parts::complain(ui, &words.picture_unreadable);
                    None
                })
            }
            State::Finishing(desk, _) => {
                // What was hidden cannot be given up any more: it is as good as done.
                let row = Row::default()
                    .primary(&words.done, Action::FinishPicture)
                    .disabled(&words.collecting);
                row::page(ui, heading, row, focus, |ui, focus, height| {
                    desk.show(ui, words, height, focus);
                    None
                })
            }
            State::Open(desk) if desk.is_asking => {
                let row = Row::default()
                    .button(&words.discard, Action::DropPicture)
                    .primary(&words.keep_editing, Action::StayWithPicture)
                    .focused();
                row::page(ui, heading, row, focus, |ui, focus, height| {
                    desk.show(ui, words, height, focus);
                    None
                })
            }
            State::Open(desk) => {
                let is_finished =
                    !is_composing && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
                let row = cancel.primary(&words.done, Action::FinishPicture);
                row::page(ui, heading, row, focus, |ui, focus, height| {
                    let end = ui.cursor().top() + height;
                    if self.has_failed {
                        parts::complain(ui, &words.not_changed);
                    }
                    notice::show(ui, words, notice);
                    if desk.typing.as_ref().is_some_and(Typing::is_full) {
                        parts::complain(ui, &words.is_full);
                    }
                    desk.show(ui, words, end - ui.cursor().top(), focus);
                    is_finished.then_some(Action::FinishPicture)
                })
            }
        }
    }

    /// The texts that are too long for the picture.
    pub(crate) fn take_aside(&mut self) -> Vec<String> {
        let desk = self.desk();
        desk.map_or_else(Vec::new, |desk| std::mem::take(&mut desk.aside))
    }

    /// Whether there is something to lose.
    pub(crate) fn is_changed(&self) -> bool {
        match &self.state {
            State::Open(desk) => desk.is_changed(),
            State::Finishing(..) => true,
            State::Opening(_) | State::Failed => false,
        }
    }

    /// Another one for each change of what would be lost.
    pub(crate) fn fingerprint(&self) -> Option<(usize, usize, String)> {
        let (State::Open(desk) | State::Finishing(desk, _)) = &self.state else {
            return None;
        };
        let words = desk.typing.as_ref().map(|typing| typing.words.clone());
        Some((desk.history.changes(), desk.way.len(), words.unwrap_or_default()))
    }

    /// Whether what was done is on its way into the pixels.
    pub(crate) fn is_finishing(&self) -> bool {
        matches!(self.state, State::Finishing(..))
    }

    fn desk(&mut self) -> Option<&mut Desk> {
        match &mut self.state {
            State::Open(desk) => Some(desk),
            _ => None,
        }
    }

    fn take_opened(&mut self, ctx: &Context, focus: &mut Focus) {
        let State::Opening(opening) = &self.state else {
            return;
        };
        self.state = match opening.try_recv() {
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => State::Failed,
            Ok(Opened { picture, size, shown }) => {
                let texture = ctx.load_texture("feedback-picture", shown, TextureOptions::LINEAR);
                State::Open(Box::new(Desk::new(picture, size, texture)))
            }
        };
        *focus = Focus::Button;
    }

    /// Begins to change the pixels.
    fn finish(&mut self, ctx: &Context) {
        self.state = match std::mem::replace(&mut self.state, State::Failed) {
            State::Open(mut desk) => {
                let work = desk.work(ctx);
                desk.is_resting = true;
                self.has_failed = false;
                let finishing = in_background(ctx, THREAD, move || shot_of(work.done()?).ok());
                State::Finishing(desk, finishing)
            }
            other => other,
        };
    }

    /// The changed picture, once it is there. Where nothing came of it, all that was done can be tried again.
    fn finished(&mut self, focus: &mut Focus) -> Option<Shot> {
        let State::Finishing(_, finishing) = &self.state else {
            return None;
        };
        let answer = finishing.try_recv();
        if matches!(answer, Err(TryRecvError::Disconnected))
            && let State::Finishing(mut desk, _) = std::mem::replace(&mut self.state, State::Failed)
        {
            desk.is_resting = false;
            self.state = State::Open(desk);
            self.has_failed = true;
            *focus = Focus::Button;
        }
        answer.ok()
    }
}

impl FeedbackDialog {
    /// Opens the editor of a picture.
    pub(super) fn edit_picture(&mut self, ctx: &Context, key: u64, opener: Id) {
        self.turn_the_page();
        let picture = self.form.picture(key);
        self.picture_editor = picture.map(|picture| PictureEditor::new(ctx, key, picture, opener));
    }

    /// Leaves the editor without a change, and asks first where something would be lost.
    pub(super) fn leave_picture(&mut self, ctx: &Context) {
        let Some(editor) = self.picture_editor.as_mut().filter(|editor| editor.is_changed()) else {
            return self.drop_picture(ctx);
        };
        if let Some(desk) = editor.desk() {
            desk.is_asking = !desk.is_asking;
            self.focus = Focus::Button;
        }
    }

    /// Goes on editing.
    pub(super) fn stay_with_picture(&mut self) {
        if let Some(desk) = self.picture_editor.as_mut().and_then(PictureEditor::desk) {
            desk.is_asking = false;
            self.focus = Focus::Button;
        }
    }

    /// Leaves the editor. The keyboard goes back to where it was opened.
    pub(super) fn drop_picture(&mut self, ctx: &Context) {
        if let Some(editor) = self.picture_editor.take() {
            if editor.is_changed() {
                self.forget_seen();
            }
            self.focus = Focus::Stay;
            ctx.memory_mut(|memory| memory.request_focus(editor.opener));
        }
    }

    /// Keeps what was done to the picture.
    pub(super) fn finish_picture(&mut self, ctx: &Context) {
        match &mut self.picture_editor {
            Some(editor) if editor.is_changed() => editor.finish(ctx),
            _ => self.drop_picture(ctx),
        }
    }

    /// Puts a changed picture in the place of the one before.
    pub(super) fn take_edited(&mut self, ctx: &Context) {
        let Some(editor) = &mut self.picture_editor else {
            return;
        };
        if let Some(shot) = editor.finished(&mut self.focus) {
            self.form.replace_picture(editor.key, Sight::new(ctx, shot));
            // The report that was collected before has the picture as it came.
            self.contents.forget();
            if self.is_open {
                self.drop_picture(ctx);
            } else {
                self.picture_editor = None; // the keyboard is the app's
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, Rect, pos2};
    use feedback_sdk::{FeedbackClient, FeedbackConfig};

    use super::*;
    use crate::handover::channel;
    use crate::picture::{Edit, pixels::tests::filled};

    /// Nothing is lost while the pixels are changed, nor where that fails: neither by Escape nor unasked.
    #[test]
    fn what_is_hidden_outlives_escape_and_a_failure_while_it_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let config =
            FeedbackConfig::new("https://example.org", "pk_test", "Notes", "1").spool_dir(folder.path());
        let mut dialog = FeedbackDialog::new(FeedbackClient::new(config).unwrap());
        let ctx = Context::default();
        let shown = ColorImage::filled([40, 30], Color32::RED);
        let texture = ctx.load_texture("picture", shown, TextureOptions::LINEAR);
        let picture = filled([40, 30], Color32::RED);
        let mut desk = Box::new(Desk::new(picture, [40, 30], texture));
        let hidden = Rect::from_min_max(pos2(5.0, 5.0), pos2(20.0, 20.0));
        desk.history.add(Edit::BlackOut(hidden));
        let (sender, finishing) = channel();
        dialog.picture_editor = Some(PictureEditor {
            key: 1,
            name: Name::Number(1),
            opener: Id::NULL,
            has_failed: false,
            state: State::Finishing(desk, finishing),
        });

        dialog.leave_picture(&ctx);
        dialog.finish_picture(&ctx);
        dialog.take_edited(&ctx);
        let editor = dialog.picture_editor.as_ref().unwrap();
        assert!(matches!(editor.state, State::Finishing(..)));

        drop(sender);
        dialog.take_edited(&ctx);
        let editor = dialog.picture_editor.as_mut().unwrap();
        assert!(editor.has_failed);
        let desk = editor.desk().unwrap();
        assert!(desk.is_enabled());
        assert_eq!(desk.history.edits(), [Edit::BlackOut(hidden)]);
    }
}
