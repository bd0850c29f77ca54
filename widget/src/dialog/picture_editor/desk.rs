//! The picture with the tools at hand.

use egui::{Context, Id, Pos2, Rect, TextureHandle, Ui, Vec2};
use feedback_sdk::Picture;

use super::super::background::let_go_of;
use super::super::ids::Ids;
use super::super::{Focus, parts};
use super::tool::Tool;
use super::toolbar::{self, Command};
use super::zoom::Zoom;
use crate::picture::{Edit, History, Pixels, Work};
use crate::words::Words;

pub(super) struct Desk {
    pub(super) ids: Ids,
    /// As it came, with its pixels at hand. Shared with the form, where they are the same.
    picture: Picture,
    /// Of that, in pixels.
    pub(super) size: [usize; 2],
    /// The picture as it came, made smaller where it is large. Uploaded once.
    pub(super) texture: TextureHandle,
    pub(super) history: History,
    pub(super) tool: Tool,
    /// Where the tool in use went through, in pixels of the picture.
    pub(super) way: Vec<Pos2>,
    pub(super) typing: Option<Typing>,
    /// Texts that are too long to be written on it.
    pub(super) aside: Vec<String>,
    /// Where the keyboard is, in pixels of the picture.
    pub(super) cross: Pos2,
    /// Whether it was used last.
    pub(super) is_by_keys: bool,
    pub(super) zoom: Zoom,
    /// Whether the person is asked if they want to lose what they did.
    pub(super) is_asking: bool,
    /// Whether nothing can be done now.
    pub(super) is_resting: bool,
    /// In points. The question stands in its place.
    toolbar_height: f32,
}

/// The most characters that one mark has: each is laid out in letters as large as the picture needs them.
pub(super) const LONGEST_MARK: usize = 200;

/// Words that are being written on the picture.
#[derive(Default)]
pub(super) struct Typing {
    pub(super) at: Pos2,
    pub(super) words: String,
    /// Whether an input method is at work on them.
    pub(super) is_composing: bool,
}

impl Typing {
    /// Whether there can be no more characters.
    pub(super) fn is_full(&self) -> bool {
        self.words.chars().count() >= LONGEST_MARK
    }
}

impl Desk {
    pub(super) fn new(picture: Picture, size: [usize; 2], texture: TextureHandle) -> Self {
        let cross = Rect::from_min_size(Pos2::ZERO, whole(size)).center();
        Self {
            ids: Ids::default(),
            picture,
            size,
            texture,
            history: History::default(),
            tool: Tool::Arrow,
            way: Vec::new(),
            typing: None,
            aside: Vec::new(),
            cross,
            is_by_keys: false,
            toolbar_height: 0.0,
            zoom: Zoom::default(),
            is_asking: false,
            is_resting: false,
        }
    }

    /// Whether anything was done that would be lost.
    pub(super) fn is_changed(&self) -> bool {
        let is_typed = |typing: &Typing| !typing.words.trim().is_empty();
        self.history.can_undo() || self.begun().is_some() || self.typing.as_ref().is_some_and(is_typed)
    }

    /// What the way that the tool went so far would make. It is seen as if it were done.
    pub(super) fn begun(&self) -> Option<Edit> {
        self.tool
            .edit(&self.way, self.left(), &Pixels::of(&self.picture).ok()?)
    }

    /// The size of the picture as it came, in pixels.
    pub(super) fn whole(&self) -> Vec2 {
        whole(self.size)
    }

    /// What is left of the picture, in its pixels.
    pub(super) fn left(&self) -> Rect {
        self.history.left_of(self.whole())
    }

    /// What was done, on its way into the pixels; also what was begun and not ended.
    pub(super) fn work(&mut self, ctx: &Context) -> Work {
        self.end_way();
        self.end_typing();
        Work::new(self.picture.clone(), self.history.edits(), ctx)
    }

    /// Draws it in this height. `focus` goes to the picture.
    pub(super) fn show(&mut self, ui: &mut Ui, words: &Words, height: f32, focus: &mut Focus) {
        let end = ui.cursor().top() + height;
        if self.is_asking {
            ui.scope(|ui| {
                ui.set_min_height(self.toolbar_height);
                parts::say(ui, &words.discard_question);
            });
        } else {
            let takes_keys = self.is_enabled() && self.typing.is_none();
            let pressed = takes_keys.then(|| toolbar::pressed(ui)).flatten();
            let toolbar = ui.add_enabled_ui(self.is_enabled(), |ui| toolbar::show(ui, words, self));
            self.toolbar_height = toolbar.response.rect.height();
            if let Some(command) = toolbar.inner.or(pressed)
                && self.can(command)
            {
                self.obey(command);
            }
        }
        let height = (end - ui.cursor().top()).max(LEAST_HEIGHT);
        self.show_picture(ui, words, height);
        if self.is_enabled() && self.typing.is_none() {
            focus.give_to(ui, Focus::Button, self.picture_id());
        }
    }

    /// The picture on the screen.
    pub(super) fn picture_id(&self) -> Id {
        self.ids.of("canvas")
    }

    /// Whether the person can go on.
    pub(super) fn is_enabled(&self) -> bool {
        !self.is_asking && !self.is_resting
    }

    pub(super) fn can(&self, command: Command) -> bool {
        match command {
            Command::Take(_) | Command::Fit => true,
            Command::Undo => self.history.can_undo(),
            Command::Redo => self.history.can_redo(),
            Command::Closer => self.zoom.can_come_closer(),
            Command::Back => self.zoom.can_go_back(),
        }
    }

    fn obey(&mut self, command: Command) {
        self.way.clear();
        let left = self.left();
        match command {
            Command::Take(tool) => {
                self.end_typing();
                self.tool = tool;
            }
            Command::Undo => self.history.undo(),
            Command::Redo => self.history.redo(),
            Command::Closer => self.zoom.step(1),
            Command::Back => self.zoom.step(-1),
            Command::Fit => self.zoom.fit(),
        }
        self.see_again(left);
    }

    /// Makes an edit of the way that the tool went.
    pub(super) fn end_way(&mut self) {
        let left = self.left();
        let edit = self.begun();
        self.way.clear();
        if let Some(edit) = edit {
            self.history.add(edit);
            self.see_again(left);
        }
    }

    /// Puts the words on the picture, if there are any.
    pub(super) fn end_typing(&mut self) {
        if let Some(Typing { at, words, .. }) = self.typing.take()
            && !words.trim().is_empty()
        {
            self.history.add(Edit::Text { at, words });
        }
    }

    /// Shows all of what is left, if that was something else before.
    fn see_again(&mut self, before: Rect) {
        let left = self.left();
        if left != before {
            self.zoom.fit();
        }
        self.cross = left.clamp(self.cross);
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let_go_of(&mut self.picture);
    }
}

/// In a low window the picture is so high at least, in points, and all scrolls.
const LEAST_HEIGHT: f32 = 96.0;

fn whole(size: [usize; 2]) -> Vec2 {
    Vec2::from(size.map(|side| side as f32))
}
