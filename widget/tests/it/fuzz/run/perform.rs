//! How each act is done: by a person, a screen reader, the app, the server.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{
    Color32, ColorImage, Event, ImeEvent, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, Role,
    TouchPhase, Vec2,
};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use feedback_sdk::ReportDraft;

use super::super::super::hands::{self, button, preedit, sight};
use super::super::act::{Act, What};
use super::Run;

impl Run {
    pub(super) fn perform(&mut self, act: &Act) {
        match act {
            Act::Click(n) => {
                if let Some(at) = self.choose(*n).map(|node| node.rect().center()) {
                    self.click(at);
                }
            }
            Act::Press(n) => self.choose(*n).iter().for_each(Node::click_accesskit),
            Act::Focus(n) => self.choose(*n).iter().for_each(Node::focus),
            Act::Fill(n) => {
                let word = self.owed.word();
                self.choose(*n)
                    .iter()
                    .for_each(|node| node.set_text_value_accesskit(&word));
            }
            Act::ClickAt(x, y) => self.click(self.place(*x, *y)),
            Act::Drag([x, y, to_x, to_y]) => {
                self.drag(self.place(*x, *y), self.place(*to_x, *to_y));
            }
            Act::Wheel(x, y, delta) => {
                let at = self.place(*x, *y);
                let wheel = Event::MouseWheel {
                    unit: MouseWheelUnit::Point,
                    delta: Vec2::new(0.0, *delta),
                    phase: TouchPhase::Move,
                    source: MouseWheelSource::Unknown,
                    modifiers: Modifiers::NONE,
                };
                self.events([Event::PointerMoved(at), wheel]);
            }
            Act::Type(text) => {
                let text = self.write(text);
                self.events([Event::Text(text)]);
            }
            Act::Compose(text) => {
                self.events([preedit(text)]);
                self.step();
                let committed = self.write(text);
                self.events([Event::Ime(ImeEvent::Commit(committed))]);
            }
            Act::Key(modifiers, key) => {
                self.press(*modifiers, *key);
            }
            Act::Cut => self.events([Event::Cut]),
            Act::Copy => self.events([Event::Copy]),
            Act::Paste => {
                let text = self.write("");
                self.events([Event::Paste(text)]);
            }
            Act::PasteLong(letters) => {
                let text = self.write(&"long ".repeat(letters / 5));
                self.events([Event::Paste(text)]);
            }
            Act::PasteImage => self.paste_image(),
            Act::EditPicture => {
                let mut controls = self.controls();
                let edit = controls.find(|node| {
                    let label = node.accesskit_node().label().unwrap_or_default();
                    self.is_said(&label, "edit_picture", "name")
                });
                if let Some(edit) = edit {
                    edit.click_accesskit();
                } else {
                    drop(controls);
                    self.paste_image();
                }
            }
            Act::Mark(tool, [x, y, to_x, to_y]) => {
                let canvas = self.stage.harness.query_by_role(Role::Canvas);
                if let Some(canvas) = canvas.map(|canvas| canvas.rect()) {
                    self.press(Modifiers::NONE, *tool);
                    self.step();
                    let place = |x: f32, y: f32| canvas.lerp_inside(Vec2::new(x, y));
                    self.drag(place(*x, *y), place(*to_x, *to_y));
                }
            }
            Act::Drop(what) => self.stage.drop_file(self.path(*what)),
            Act::Hide(answers) => {
                for _ in 0..*answers {
                    drop(self.stage.client.waiting().wait()); // without a disk it says so
                }
            }
            Act::Wait(seconds) => {
                let now = self.stage.harness.ctx.input(|input| input.time);
                self.stage.harness.input_mut().time = Some(now + seconds);
            }
            Act::Resize(size) => {
                self.stage.harness.set_size(Vec2::from(*size));
            }
            Act::Zoom(zoom) => self.stage.harness.ctx.set_zoom_factor(*zoom),
            Act::Theme(theme) => self.stage.harness.ctx.set_theme(*theme),
            Act::HandOver => {
                if let Some(callback) = self.picture.take() {
                    callback.complete(sight([4, 3]));
                }
            }
            Act::Answer(answer) => {
                if let Some((id, true)) = self.upload.clone()
                    && self.gate.answer(&id, *answer)
                {
                    self.upload = Some((id, false));
                }
            }
            act => self.host(act),
        }
    }

    /// What the app does.
    fn host(&mut self, act: &Act) {
        match act {
            Act::Language(n) => {
                self.speaks = usize::try_from(n % (self.spoken.len() as u64)).unwrap();
                let tag = self.spoken[self.speaks].tag.clone();
                self.stage.app().dialog.set_language(&tag);
            }
            Act::Open => self.stage.app().dialog.open(),
            Act::Close => self.stage.app().dialog.close(),
            Act::Prefill => {
                let draft = ReportDraft {
                    message: self.owed.word(),
                    ..ReportDraft::default()
                };
                self.stage.app().dialog.prefill(draft);
            }
            Act::Attach(what) => {
                let path = self.path(*what);
                self.stage.app().dialog.attach(path);
            }
            Act::SetContext => self.stage.app().dialog.set_context("plan", "family"),
            Act::SetReplyTo(address) => self.stage.app().dialog.set_reply_to(*address),
            other => unreachable!("{other:?} is not the app's"),
        }
    }

    /// A text for where the keyboard is, with a word at each end.
    fn write(&mut self, text: &str) -> String {
        let text = format!("{}{text}{}", self.owed.word(), self.owed.word());
        if self.message().is_some_and(|message| message.is_focused()) {
            self.owed.write(&text);
        }
        text
    }

    fn path(&self, what: What) -> PathBuf {
        self.stage.folder.path().join(match what {
            What::File => "a file.txt",
            What::Image => "image.png",
            What::Folder => "folder",
            What::Nothing => "nothing",
        })
    }

    fn paste_image(&mut self) {
        let image = ColorImage::filled([300, 200], Color32::RED);
        self.events([Event::PasteImage(Arc::new(image))]);
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.events(hands::key(modifiers, key));
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.events([Event::PointerMoved(from), button(from, true)]);
        self.step();
        self.events([Event::PointerMoved(to), button(to, false)]);
    }

    fn click(&mut self, at: Pos2) {
        self.events([Event::PointerMoved(at), button(at, true), button(at, false)]);
    }

    /// All in one frame.
    fn events<const N: usize>(&mut self, events: [Event; N]) {
        self.stage.harness.input_mut().events.extend(events);
    }
}
