//! One run: acts on a real dialog with a real client, and what must hold after each.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::Action;
use egui::{
    Color32, ColorImage, Event, ImeEvent, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2,
    Role, ScreenshotCallback, TouchPhase, Vec2, ViewportCommand,
};
use egui_kittest::kittest::NodeT as _;
use egui_kittest::{Harness, Node};
use fastrand::Rng;
use feedback_sdk::{DeliveryEvent, Events, ReportDraft};

use super::super::spoken::Spoken;
use super::super::stage::{Stage, sight};
use super::act::{Act, What};
use super::gate::Gate;
use super::owed::{May, Owed};

/// Nothing that was begun takes this long.
const DEADLINE: Duration = Duration::from_secs(30);
/// How many questions to the SDK follow from one another, where no report is on its way.
const LINKS: usize = 3;
/// Longer than the field for the message takes.
const LONG: usize = 25_000;
/// The smallest picture that there is.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\xdac`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

pub(super) struct Run {
    stage: Stage,
    gate: Gate,
    events: Events,
    /// What is on its way, and whether all its bytes have left.
    upload: Option<(String, bool)>,
    spoken: Vec<Spoken>,
    speaks: usize,
    rng: Rng,
    owed: Owed,
    /// What the dialog has asked the app for.
    picture: Option<ScreenshotCallback>,
    trace: Trace,
}

/// What was done, and to what. Told where the run breaks.
struct Trace {
    seed: u64,
    done: Vec<String>,
}

impl Drop for Trace {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let last = &self.done[self.done.len().saturating_sub(40)..];
            println!("seed {}, act {}; the last: {last:#?}", self.seed, self.done.len());
        }
    }
}

impl Run {
    pub(super) fn new(seed: u64) -> Self {
        let gate = Gate::new();
        let builder = Harness::builder().allow_missing_glyphs();
        let stage = Stage::with(&gate.endpoint(), |config| config, builder);
        stage.file("a file.txt", b"hello");
        stage.file("image.png", PNG);
        fs::create_dir(stage.folder.path().join("folder")).unwrap();
        let has_no_disk = seed % 4 == 3;
        if has_no_disk {
            stage.file("spool", b"in the way");
        }
        let spoken = Spoken::all();
        let mut run = Self {
            events: stage.client.subscribe(|| ()),
            stage,
            gate,
            upload: None,
            speaks: spoken.iter().position(|spoken| spoken.tag == "en").unwrap(),
            spoken,
            rng: Rng::with_seed(seed),
            owed: Owed::default(),
            picture: None,
            trace: Trace {
                seed,
                done: Vec::new(),
            },
        };
        run.act(&Act::Open);
        run
    }

    /// Goes on for so many acts.
    pub(super) fn play(mut self, steps: usize) -> Self {
        for _ in 0..steps {
            let act = Act::any(&mut self.rng);
            self.act(&act);
        }
        self
    }

    /// What was done, and to what, but for hashes, which have a report's id and time in them.
    pub(super) fn trace(mut self) -> Vec<String> {
        for done in &mut self.trace.done {
            done.retain(|c| !c.is_ascii_hexdigit());
        }
        std::mem::take(&mut self.trace.done)
    }

    /// What each frame of the dialog has cost.
    pub(super) fn costs(mut self) -> Vec<Duration> {
        std::mem::take(&mut self.stage.app().costs)
    }

    fn act(&mut self, act: &Act) {
        let aim: Vec<Aim> = self.aim(act);
        self.trace.done.push(format!("{act:?} at {aim:?}"));
        let mut may = self.may(act, &aim);
        let address = self.stage.app().dialog.reply_to();
        let handed_over = self.stage.app().sending.len();
        self.perform(act);
        self.come_to_rest();
        if !may.address {
            assert_eq!(self.stage.app().dialog.reply_to(), address, "the address stays");
        }
        // What leaves the form then has not been edited away.
        may.edit &= handed_over == self.stage.app().sending.len();
        self.nothing_is_lost(may);
    }

    fn nothing_is_lost(&mut self, mut may: May) {
        let spool = self.stage.folder.path().join("spool");
        let deadline = Instant::now() + DEADLINE;
        loop {
            let dialog = &self.stage.app().dialog;
            let (draft, has_draft) = (dialog.draft().message, dialog.has_draft());
            assert!(
                has_draft || draft.trim().is_empty(),
                "the app is told that there is a draft"
            );
            let missing = self.owed.missing(may, &draft, &self.gate.taken(), &spool);
            // In memory, where nobody sees it, until it is sent or comes back.
            if missing.is_empty() || has_draft {
                return;
            }
            // A report in the spool is called otherwise from one moment to the next.
            let on_screen = self.stage.labels();
            assert!(
                Instant::now() < deadline,
                "lost: {missing:?}; on screen: {on_screen:#?}"
            );
            may = May::default();
            self.stage.harness.step();
        }
    }

    /// What this act may take away: what the person edits, takes out or deletes.
    fn may(&self, act: &Act, aim: &[Aim]) -> May {
        let spoken = &self.spoken[self.speaks];
        let delete = spoken.say("delete_for_good");
        let is = |label: &str, id: &str, argument: &str| {
            let whole = spoken.say_with(id, &[(argument, "\u{1}".into())]);
            let (before, after) = whole.split_once('\u{1}').unwrap();
            label.starts_with(before) && label.ends_with(after)
        };
        let mut may = May {
            address: matches!(act, Act::SetReplyTo(_)),
            ..May::default()
        };
        for Aim { role, label } in aim {
            may.edit |= *role == Role::MultilineTextInput || is(label, "remove", "name");
            may.address |= *role == Role::TextInput || is(label, "did_you_mean", "address");
            may.delete |= label.contains(&delete);
        }
        may
    }

    /// What the act is done to.
    fn aim(&self, act: &Act) -> Vec<Aim> {
        let aim = |node: &Node<'_>| Aim {
            role: node.accesskit_node().role(),
            label: node.accesskit_node().label().unwrap_or_default(),
        };
        match act {
            Act::Click(n) | Act::Press(n) | Act::Fill(n) | Act::Focus(n) => {
                self.choose(*n).iter().map(aim).collect()
            }
            Act::ClickAt(x, y) => {
                let at = self.place(*x, *y);
                self.controls()
                    .filter(|node| node.rect().contains(at))
                    .map(|node| aim(&node))
                    .collect()
            }
            _ => self
                .controls()
                .filter(Node::is_focused)
                .map(|node| aim(&node))
                .collect(),
        }
    }

    /// Everything that a person can act on.
    fn controls(&self) -> impl Iterator<Item = Node<'_>> {
        let nodes = self.stage.harness.root().children_recursive();
        nodes.filter(|node| {
            let node = node.accesskit_node().data();
            node.supports_action(Action::Click) || node.supports_action(Action::Focus)
        })
    }

    fn choose(&self, n: u64) -> Option<Node<'_>> {
        let all: Vec<Node<'_>> = self.controls().collect();
        let n = usize::try_from(n % (all.len().max(1) as u64)).unwrap();
        all.get(n).copied()
    }

    fn place(&self, x: f32, y: f32) -> Pos2 {
        let window = self.stage.harness.ctx.content_rect();
        window.lerp_inside(egui::vec2(x, y))
    }

    fn perform(&mut self, act: &Act) {
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

    /// Frames until nothing is under way but what waits for the server's answer.
    fn come_to_rest(&mut self) {
        let deadline = Instant::now() + DEADLINE;
        let mut links = 0;
        loop {
            self.frame();
            // Whatever was asked before this is answered then.
            drop(self.stage.client.waiting().wait()); // without a disk it says so
            while let Some(event) = self.events.try_next() {
                self.told(&event);
            }
            let is_out = self.upload.as_ref().is_none_or(|(_, is_out)| *is_out);
            let is_moving = self.upload.is_none() && self.stage.app().dialog.is_sending();
            if is_out && !is_moving && !works_aside() {
                links += 1;
            }
            if links >= LINKS {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "never at rest: {:?}; on screen: {:#?}",
                self.upload,
                self.stage.labels()
            );
        }
    }

    fn frame(&mut self) {
        self.stage.harness.step();
        for output in self.stage.harness.output().viewport_output.values() {
            for command in &output.commands {
                if let ViewportCommand::Screenshot(callback) = command {
                    self.picture = Some(callback.clone());
                }
            }
        }
        self.keep_in_the_folder();
    }

    /// Wherever a path is typed, it is one in the folder of this run: what is random must not write elsewhere.
    fn keep_in_the_folder(&mut self) {
        let label = self.spoken[self.speaks].say("path");
        let folder = self.stage.folder.path();
        let path = folder.join("typed.zip").to_string_lossy().into_owned();
        let field = self
            .controls()
            .find(|node| node.accesskit_node().label().as_ref() == Some(&label));
        if let Some(field) = field.filter(|field| field.value().as_ref() != Some(&path)) {
            field.set_text_value_accesskit(&path);
            self.stage.harness.step();
        }
    }

    fn told(&mut self, event: &DeliveryEvent) {
        match event {
            DeliveryEvent::Sending { id, sent, total } => {
                self.upload = Some((id.to_string(), sent == total && *total > 0));
            }
            DeliveryEvent::Stored { .. } | DeliveryEvent::Fitted { .. } => {}
            // One goes at a time.
            _ => self.upload = None,
        }
    }
}

/// Whether a window's own thread is at work, with a picture, a file or fonts. Those of other tests are waited for too.
///
/// Known where the system lists threads, by the 15 letters of a name that it keeps.
fn works_aside() -> bool {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let mut names = threads.filter_map(|thread| fs::read_to_string(thread.path().join("comm")).ok());
    names.any(|name| {
        matches!(
            name.trim(),
            "feedback-pictur" | "feedback-reader" | "feedback-fonts"
        )
    })
}

/// What an act is done to.
#[derive(Debug)]
struct Aim {
    role: Role,
    label: String,
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}
