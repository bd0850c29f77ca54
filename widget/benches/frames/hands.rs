//! Hands on the dialog of the tests' app, and what each frame that they cause costs.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use egui::{Color32, ColorImage, Event, Key, Modifiers, Pos2, Rect, Role, TexturesDelta};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, TestRenderer};
use feedback_widget::feedback_sdk::FeedbackConfig;

use crate::it::cpu::{cpu_time, cpu_time_since};
use crate::it::hands::{self, button};
use crate::it::receiver::Receiver;
use crate::it::stage::Stage;

/// Most windows of today.
const WINDOW: [f32; 2] = [1600.0, 1000.0];
const PICTURE: [usize; 2] = [3840, 2160];
/// The bytes of a large log.
const LOG: u64 = 64_000_000;

/// Takes the textures away, as a graphics card does.
struct Card;

impl TestRenderer for Card {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        delta.clear();
    }
}

/// No line of the log is like another.
fn line(number: u64) -> String {
    format!("2026-11-22T17:00:00Z INFO opened note {number:07} and closed it\n")
}

fn lines() -> u64 {
    LOG / line(0).len() as u64
}

pub(crate) struct Hands {
    pub(crate) stage: Stage,
    slowest: Duration,
}

impl Hands {
    /// The dialog, open and at rest.
    pub(crate) fn new(configure: impl FnOnce(FeedbackConfig) -> FeedbackConfig) -> Self {
        let builder = Harness::builder().with_size(WINDOW).renderer(Card);
        let mut stage = Stage::with(&Receiver::nowhere(), configure, builder);
        stage.click("Write to us…");
        let mut hands = Self {
            stage,
            slowest: Duration::ZERO,
        };
        hands.take_slowest();
        hands
    }

    /// The same in an app with a large log, which is in this folder.
    pub(crate) fn with_log(folder: &Path) -> Self {
        let log = folder.join("app.log");
        let mut file = BufWriter::new(File::create(&log).unwrap());
        for number in 0..lines() {
            file.write_all(line(number).as_bytes()).unwrap();
        }
        drop(file);
        let path = log.display().to_string();
        Self::new(|config| config.log(path).log_budget(LOG, LOG))
    }

    /// Opens that log in "What will be sent".
    pub(crate) fn open_log(&mut self) {
        self.click("What will be sent");
        self.frames_until(|stage| stage.sees("when compressed") && stage.sees("Copy "));
        self.stage.reach("logs/app.log");
        self.frames_until(|stage| stage.is_there("Text of logs/app.log") && !stage.sees("Collecting…"));
    }

    /// Whether the end of that log is in sight.
    pub(crate) fn sees_end(&self) -> bool {
        self.stage.sees(&format!("note {:07}", lines() - 1))
    }

    /// The slowest frame since this was asked last.
    pub(crate) fn take_slowest(&mut self) -> Duration {
        self.stage.app().costs.clear();
        std::mem::take(&mut self.slowest)
    }

    /// One frame, with the triangles of all that it shows.
    pub(crate) fn frame(&mut self, events: impl IntoIterator<Item = Event>) {
        self.stage.harness.input_mut().events.extend(events);
        self.stage.app().costs.clear();
        self.stage.harness.step();
        let shown: Duration = self.stage.app().costs.drain(..).sum();
        let ctx = self.stage.harness.ctx.clone();
        let shapes = self.stage.harness.output().shapes.clone();
        let start = cpu_time();
        black_box(ctx.tessellate(shapes, ctx.pixels_per_point()));
        self.slowest = self.slowest.max(shown + cpu_time_since(start));
    }

    pub(crate) fn frames_until(&mut self, holds: impl Fn(&mut Stage) -> bool) {
        while !holds(&mut self.stage) {
            self.frame([]);
            self.stage.doze();
        }
        self.frame([]);
    }

    pub(crate) fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.frame(hands::key(modifiers, key));
    }

    pub(crate) fn click(&mut self, label: &str) {
        let at = self.stage.rect(label).center();
        self.frame([Event::PointerMoved(at), button(at, true)]);
        self.frame([button(at, false)]);
    }

    /// Draws through these places, a frame for each.
    pub(crate) fn draw(&mut self, places: &[Pos2]) {
        let (first, last) = (places[0], places[places.len() - 1]);
        self.frame([Event::PointerMoved(first), button(first, true)]);
        for place in places {
            self.frame([Event::PointerMoved(*place)]);
        }
        self.frame([button(last, false)]);
    }

    /// Where the picture in the editor is.
    pub(crate) fn canvas(&self) -> Rect {
        self.stage.harness.get_by_role(Role::Canvas).rect()
    }

    pub(crate) fn paste_picture(&mut self) {
        let mut image = ColorImage::filled(PICTURE, Color32::WHITE);
        for (at, pixel) in image.pixels.iter_mut().enumerate().step_by(7) {
            *pixel = Color32::from_gray(u8::try_from(at % 251).unwrap());
        }
        self.frame([Event::PasteImage(Arc::new(image))]);
        self.frames_until(|stage| stage.is_there("Edit Picture 1"));
    }

    pub(crate) fn open_editor(&mut self) {
        self.click("Edit Picture 1");
        self.frames_until(|stage| stage.harness.query_by_role(Role::Canvas).is_some());
    }

    pub(crate) fn finish_editing(&mut self) {
        self.press(Modifiers::COMMAND, Key::Enter);
        self.frames_until(|stage| stage.is_there("Send"));
    }
}
