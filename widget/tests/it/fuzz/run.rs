//! One run: acts on a real dialog with a real client, and what must hold after each.

mod control;
mod perform;
mod rest;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::accesskit::Action;
use egui::{Pos2, Role, ScreenshotCallback};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use fastrand::Rng;
use feedback_sdk::Events;

use super::super::spoken::Spoken;
use super::super::stage::{DEADLINE, Stage};
use super::act::Act;
use super::cost::{Cost, Texts};
use super::gate::Gate;
use super::owed::{May, Owed, stored};

/// The smallest picture that there is.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

pub(super) struct Run {
    stage: Stage,
    /// Reports are held in memory, where nobody sees their words until they are sent or come back.
    has_no_disk: bool,
    /// How long words may be nowhere while a report in the spool gets another name.
    patience: Duration,
    gate: Gate,
    events: Events,
    /// What is on its way, and whether all its bytes have left.
    upload: Option<(String, bool)>,
    spoken: Vec<Spoken>,
    speaks: usize,
    rng: Rng,
    owed: Owed,
    /// What was before the first act after which nothing has come to rest yet.
    before: Option<Before>,
    /// What the dialog has asked the app for.
    picture: Option<ScreenshotCallback>,
    trace: Trace,
}

/// What the acts since then may change.
struct Before {
    address: Option<String>,
    handed_over: usize,
    may: May,
    acts: usize,
}

/// What was done, and to what. Told where the run breaks.
struct Trace {
    seed: u64,
    done: Vec<String>,
    /// The slowest frame of each act, and what was seen in it.
    frames: Vec<(Duration, Texts)>,
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
            has_no_disk,
            patience: DEADLINE,
            gate,
            upload: None,
            speaks: spoken.iter().position(|spoken| spoken.tag == "en").unwrap(),
            spoken,
            rng: Rng::with_seed(seed),
            owed: Owed::default(),
            before: None,
            picture: None,
            trace: Trace {
                seed,
                done: Vec::new(),
                frames: Vec::new(),
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

    /// The same, but that one act in five has the next one on its heels. What a seed does is then not the same each time.
    pub(super) fn play_in_haste(mut self, steps: usize) {
        for _ in 0..steps {
            let act = Act::any(&mut self.rng);
            if self.rng.u32(0..5) == 0 {
                self.act_in_haste(&act);
            } else {
                self.act(&act);
            }
        }
        if let Some(before) = self.before.take() {
            self.come_to_rest();
            self.check(before);
        }
    }

    /// What was done, and to what, but for hashes, which have a report's id and time in them.
    pub(super) fn trace(mut self) -> Vec<String> {
        for done in &mut self.trace.done {
            done.retain(|c| !c.is_ascii_hexdigit());
        }
        std::mem::take(&mut self.trace.done)
    }

    /// What each act has cost.
    pub(super) fn costs(mut self) -> Vec<Cost> {
        let acts = std::mem::take(&mut self.trace.done).into_iter();
        let costs = acts.zip(std::mem::take(&mut self.trace.frames));
        let cost = |(act, (frame, texts))| Cost { act, frame, texts };
        costs.map(cost).collect()
    }

    fn act(&mut self, act: &Act) {
        let before = self.begin(act);
        self.come_to_rest();
        self.check(before);
    }

    /// Does something with no more than a frame before the next act.
    fn act_in_haste(&mut self, act: &Act) {
        let before = self.begin(act);
        self.frame();
        self.before = Some(before);
    }

    fn begin(&mut self, act: &Act) -> Before {
        let aim: Vec<Aim> = self.aim(act);
        self.trace.done.push(format!("{act:?} at {aim:?}"));
        let may = self.may(act, &aim);
        let before = self.before.take().unwrap_or_else(|| Before {
            address: self.stage.app().dialog.reply_to(),
            handed_over: self.stage.app().sending.len(),
            may: May::default(),
            acts: 0,
        });
        self.trace.frames.push((Duration::ZERO, Texts::default()));
        self.perform(act);
        if before.acts > 0 {
            self.owed.write(""); // what is pressed in haste takes the keyboard with the next frame, or sends at once
        }
        Before {
            may: before.may.and(may),
            acts: before.acts + 1,
            ..before
        }
    }

    /// What was and is not to go is there.
    fn check(&mut self, before: Before) {
        let mut may = before.may;
        if !may.address {
            let address = self.stage.app().dialog.reply_to();
            assert_eq!(address, before.address, "the address stays");
        }
        // What leaves the form then has not been edited away, unless that was an act before.
        may.edit &= before.acts > 1 || before.handed_over == self.stage.app().sending.len();
        self.nothing_is_lost(may);
    }

    fn step(&mut self) {
        self.stage.harness.step();
        let cost = self.stage.app().costs.drain(..).max().unwrap_or_default();
        if let Some(slowest) = self.trace.frames.last_mut()
            && cost >= slowest.0
        {
            let harness = &self.stage.harness;
            let texts = Texts::of(&harness.output().shapes, harness.ctx.pixels_per_point());
            *slowest = (cost, texts);
        }
    }

    fn nothing_is_lost(&mut self, mut may: May) {
        let spool = self.spool();
        let deadline = Instant::now() + self.patience;
        loop {
            let dialog = &self.stage.app().dialog;
            let (draft, has_draft) = (dialog.draft().message, dialog.has_draft());
            assert!(
                has_draft || draft.trim().is_empty(),
                "the app is told that there is a draft"
            );
            let cut = self.owed.cut(&draft);
            assert!(cut.is_empty(), "cut: {cut:?}");
            let missing = self.owed.missing(&may, &draft, &self.gate.taken(), &spool);
            if missing.is_empty() || (self.has_no_disk && has_draft) {
                return;
            }
            let on_screen = self.stage.labels();
            assert!(
                Instant::now() < deadline,
                "lost: {missing:?}; on screen: {on_screen:#?}"
            );
            may.edit = false;
            self.step();
        }
    }

    fn spool(&self) -> PathBuf {
        self.stage.folder.path().join("spool")
    }

    /// What this act may take away: what the person edits, takes out or deletes.
    fn may(&self, act: &Act, aim: &[Aim]) -> May {
        let mut may = May {
            address: matches!(act, Act::SetReplyTo(_)),
            ..May::default()
        };
        let (edits, presses) = (act.edits(), act.presses());
        let delete = self.spoken[self.speaks].say("delete_for_good");
        for Aim { role, label } in aim {
            may.edit |= edits && *role == Role::MultilineTextInput;
            // A long text that was pasted is part of the message, too.
            may.edit |= presses && self.is_said(label, "remove", "name");
            may.address |= edits && *role == Role::TextInput;
            may.address |= presses && self.is_said(label, "did_you_mean", "address");
            if presses && label.contains(&delete) {
                may.delete = stored(&self.spool());
            }
        }
        may
    }

    /// Whether this is that message of the window, whatever its argument is.
    fn is_said(&self, label: &str, id: &str, argument: &str) -> bool {
        let whole = self.spoken[self.speaks].say_with(id, &[(argument, "\u{1}".into())]);
        let (before, after) = whole.split_once('\u{1}').unwrap();
        label.starts_with(before) && label.ends_with(after)
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
            Act::ClickAt(x, y) | Act::Drag([x, y, ..]) => {
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

    /// The field for the message, where it is shown.
    fn message(&self) -> Option<Node<'_>> {
        self.stage.harness.query_by_role(Role::MultilineTextInput)
    }

    fn place(&self, x: f32, y: f32) -> Pos2 {
        let window = self.stage.harness.ctx.content_rect();
        window.lerp_inside(egui::vec2(x, y))
    }
}

/// What an act is done to.
#[derive(Debug)]
struct Aim {
    role: Role,
    label: String,
}
