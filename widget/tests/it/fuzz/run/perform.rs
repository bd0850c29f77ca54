//! How each act is done: by a person, a screen reader, the app, the server.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{
    Color32, ColorImage, Event, ImeEvent, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2,
    TouchPhase, Vec2,
};
use egui_kittest::Node;
use feedback_sdk::ReportDraft;

use super::super::super::stage::sight;
use super::super::act::{Act, What};
use super::Run;

/// Longer than the field for the message takes.
const LONG: usize = 25_000;

impl Run {
    pub(super) fn perform(&mut self, act: &Act) {
        let word = |run: &mut Self| run.owed.word();
        match act {
            Act::Click(n) => {
                if let Some(at) = self.choose(*n).map(|node| node.rect().center()) {
                    self.click(at);
                }
            }
            Act::Press(n) => self.choose(*n).iter().for_each(Node::click_accesskit),
            Act::Focus(n) => self.choose(*n).iter().for_each(Node::focus),
            Act::Fill(n) => {
                let word = word(self);
                self.choose(*n)
                    .iter()
                    .for_each(|node| node.set_text_value_accesskit(&word));
            }
            Act::ClickAt(x, y) => self.click(self.place(*x, *y)),
            Act::Drag([x, y, to_x, to_y]) => {
                let (from, to) = (self.place(*x, *y), self.place(*to_x, *to_y));
                self.events([Event::PointerMoved(from), button(from, true)]);
                self.stage.harness.step();
                self.events([Event::PointerMoved(to), button(to, false)]);
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
                let text = format!("{}{text}", word(self));
                self.events([Event::Text(text)]);
            }
            Act::Compose(text) => {
                let preedit = ImeEvent::Preedit {
                    text: (*text).to_owned(),
                    active_range_chars: None,
                };
                self.events([Event::Ime(preedit)]);
                self.stage.harness.step();
                let committed = format!("{}{text}", word(self));
                self.events([Event::Ime(ImeEvent::Commit(committed))]);
            }
            Act::Key(modifiers, key) => {
                let event = |pressed| Event::Key {
                    key: *key,
                    physical_key: None,
                    pressed,
                    repeat: false,
                    modifiers: *modifiers,
                };
                self.events([event(true), event(false)]);
            }
            Act::Cut => self.events([Event::Cut]),
            Act::Copy => self.events([Event::Copy]),
            Act::Paste => {
                let text = word(self);
                self.events([Event::Paste(text)]);
            }
            Act::PasteLong => {
                let text = format!("{}{}", word(self), "long ".repeat(LONG / 5));
                self.events([Event::Paste(text)]);
            }
            Act::PasteImage => {
                let image = ColorImage::filled([3, 2], Color32::RED);
                self.events([Event::PasteImage(Arc::new(image))]);
            }
            Act::Drop(what) => self.stage.drop_file(self.path(*what)),
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

    fn path(&self, what: What) -> PathBuf {
        self.stage.folder.path().join(match what {
            What::File => "a file.txt",
            What::Image => "image.png",
            What::Folder => "folder",
            What::Nothing => "nothing",
        })
    }

    fn click(&mut self, at: Pos2) {
        self.events([Event::PointerMoved(at), button(at, true), button(at, false)]);
    }

    /// All in one frame.
    fn events<const N: usize>(&mut self, events: [Event; N]) {
        self.stage.harness.input_mut().events.extend(events);
    }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}
