//! A window without a screen: drives an app by what it says it shows, and takes pictures of it.
//!
//! The app runs unchanged. The stage plays the parts around it: a person who finds things by the
//! names that a screen reader would read out, an event loop that sleeps until the app asks for a
//! frame, and a screen, which is [`Painter`].

mod album;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{
    ColorImage, Context, DroppedFile, Event, HoveredFile, Modifiers, PointerButton, Pos2, Rect, Theme, Ui,
    UiBuilder, Vec2, ViewportCommand, ViewportEvent, ViewportId,
};
use egui_kittest::kittest::NodeT as _;
use egui_kittest::{Harness, Node};

pub use self::album::Album;
use crate::painter::Painter;

/// How long to wait for anything to appear: longer than a busy machine needs.
const PATIENCE: Duration = Duration::from_mins(3);

/// Frames in which a window must come to rest before its picture is taken.
const SETTLING_FRAMES: usize = 12;

/// One display frame at 60 Hz: how often a window that always wants a frame gets one.
const FRAME: Duration = Duration::from_millis(16);

/// What was waited for did not appear.
#[derive(Debug, thiserror::Error)]
#[error("{awaited} did not appear within {} s; on screen: {}", PATIENCE.as_secs(), .on_screen.join(" | "))]
pub struct NotOnStage {
    /// What was waited for.
    pub awaited: String,
    /// The names of everything that was there instead.
    pub on_screen: Vec<String>,
}

/// How the window looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Width and height in points.
    pub size: Vec2,
    /// Pixels per point; 2 is a sharp laptop screen.
    pub scale: f32,
    /// Light or dark.
    pub theme: Theme,
}

impl Default for Look {
    /// A light window of 960 × 640 points on a sharp screen.
    fn default() -> Self {
        Self {
            size: Vec2::new(960.0, 640.0),
            scale: 2.0,
            theme: Theme::Light,
        }
    }
}

/// An app in a window that nobody sees.
pub struct Stage<'a, App> {
    harness: Harness<'a, App>,
    painter: Painter,
    wakes: Receiver<()>,
    /// When egui's clock showed `.1` seconds.
    clock: (Instant, f64),
    closed: bool,
}

impl<'a, App> Stage<'a, App> {
    /// Opens the window: `ui` is called for every frame, as eframe would.
    pub fn new(look: Look, app: App, mut ui: impl FnMut(&mut Ui, &mut App) + 'a) -> Self {
        let painter = Painter::default();
        let (wake, wakes) = channel();
        let harness = Harness::builder()
            .with_size(look.size)
            .with_pixels_per_point(look.scale)
            .with_theme(look.theme)
            .with_step_dt(FRAME.as_secs_f32())
            .with_accessibility_check(false) // it panics; see `unnamed`
            .allow_missing_glyphs() // a person may type what no font here can draw
            .renderer(painter.clone())
            .with_context_setup(|ctx: &Context| {
                // What eframe does for a real window: any script that the system has a font for.
                let fonts = egui_system_font_provider::SystemFontProvider::new();
                ctx.add_font_provider(Arc::new(fonts));
                // Work in the background wakes the stage; what a frame asks of the next one stands in
                // its output.
                let stage = std::thread::current().id();
                ctx.set_request_repaint_callback(move |_| {
                    if std::thread::current().id() != stage {
                        let _ = wake.send(()); // a stage that is gone needs no waking
                    }
                });
            })
            .build_ui_state(
                move |inset, app| {
                    // The harness leaves a margin; a window has none.
                    let whole = UiBuilder::new().max_rect(inset.ctx().content_rect());
                    ui(&mut inset.new_child(whole), app);
                },
                app,
            );
        let clock = (Instant::now(), harness.ctx.input(|input| input.time));
        Self {
            harness,
            painter,
            wakes,
            clock,
            closed: false,
        }
    }

    /// The app.
    pub fn app(&self) -> &App {
        self.harness.state()
    }

    /// The app, to do what no click can.
    pub fn app_mut(&mut self) -> &mut App {
        self.harness.state_mut()
    }

    /// egui's side of the window.
    pub fn ctx(&self) -> &Context {
        &self.harness.ctx
    }

    /// Whether the app has closed its window.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// One frame. Like a real window, it hands in a picture of the frame where the app asks for one.
    pub fn step(&mut self) {
        let (started, shown) = self.clock;
        self.harness.input_mut().time = Some(shown + started.elapsed().as_secs_f64());
        self.harness.step();
        let commands: Vec<ViewportCommand> = self
            .harness
            .output()
            .viewport_output
            .values()
            .flat_map(|viewport| viewport.commands.clone())
            .collect();
        let mut picture = None;
        for command in commands {
            match command {
                ViewportCommand::Screenshot(callback) => {
                    let shown = picture.get_or_insert_with(|| Arc::new(self.picture_now()));
                    callback.complete(Arc::clone(shown));
                }
                ViewportCommand::Close => self.ask_to_close(),
                ViewportCommand::CancelClose => self.closed = false,
                _ => {}
            }
        }
    }

    /// Frames until the window has come to rest.
    pub fn settle(&mut self) {
        for _ in 0..SETTLING_FRAMES {
            self.step();
            if !self.next_frame_in().is_zero() {
                break;
            }
        }
    }

    /// Frames until `holds`. Between them the stage sleeps until the app asks for the next, or for
    /// as long as the app said it can.
    pub fn wait_until(
        &mut self,
        awaited: &str,
        mut holds: impl FnMut(&Self) -> bool,
    ) -> Result<(), NotOnStage> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            while self.wakes.try_recv().is_ok() {}
            let started = Instant::now();
            self.step();
            if holds(self) {
                return Ok(());
            }
            let now = Instant::now();
            if now >= deadline {
                return Err(self.not_on_stage(awaited));
            }
            let next = (started + self.next_frame_in().clamp(FRAME, PATIENCE)).min(deadline);
            let _ = self.wakes.recv_timeout(next.saturating_duration_since(now));
        }
    }

    /// Waits until something with this name is there.
    pub fn wait_for(&mut self, label: &str) -> Result<(), NotOnStage> {
        self.wait_until(&format!("“{label}”"), |stage| stage.shows(label))
    }

    /// Whether something with this name is there, now.
    pub fn shows(&self, label: &str) -> bool {
        self.find(label).is_some()
    }

    /// Waits for something with this name that can be used, and clicks it.
    pub fn click(&mut self, label: &str) -> Result<(), NotOnStage> {
        let at = self.hover(label)?;
        for pressed in [true, false] {
            self.event(Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        self.settle();
        Ok(())
    }

    /// Waits for something with this name that can be used, and moves the pointer there. Answers
    /// where it is.
    pub fn hover(&mut self, label: &str) -> Result<Pos2, NotOnStage> {
        let usable = |node: &Node<'_>| !node.accesskit_node().is_disabled();
        let awaited = format!("“{label}”, ready to use");
        self.wait_until(&awaited, |stage| {
            stage.find(label).is_some_and(|node| usable(&node))
        })?;
        let Some(node) = self.find(label) else {
            return Err(self.not_on_stage(&awaited));
        };
        let at = node.rect().center();
        self.event(Event::PointerMoved(at));
        Ok(at)
    }

    /// Drops a file from elsewhere onto the window.
    pub fn drop_file(&mut self, path: &Path) {
        let file = Arc::new(DroppedPath(path.to_owned()));
        self.harness.input_mut().dropped_files.push(file);
        self.settle();
    }

    /// Drags a file from elsewhere over the window, and holds it there.
    pub fn drag_file(&mut self, path: &Path) {
        let file = HoveredFile {
            path: Some(path.to_owned()),
            ..HoveredFile::default()
        };
        self.harness.input_mut().hovered_files.push(file);
        self.settle();
    }

    /// Clicks into the text field with this name and types.
    pub fn type_into(&mut self, label: &str, text: &str) -> Result<(), NotOnStage> {
        self.click(label)?;
        self.event(Event::Text(text.to_owned()));
        self.settle();
        Ok(())
    }

    /// Hands one event to the app, in a frame of its own.
    pub fn event(&mut self, event: Event) {
        self.harness.event(event);
        self.step();
    }

    /// Asks the app to close, as the window's own button does.
    pub fn request_close(&mut self) {
        self.ask_to_close();
        self.settle();
    }

    /// The same in one frame with something else, as a slow machine shows it.
    pub fn request_close_with(&mut self, event: Event) {
        self.harness.input_mut().events.push(event);
        self.request_close();
    }

    fn ask_to_close(&mut self) {
        if let Some(viewport) = self.harness.input_mut().viewports.get_mut(&ViewportId::ROOT) {
            viewport.events.push(ViewportEvent::Close);
        }
        self.closed = true; // unless it objects
    }

    /// What the window shows once it has come to rest. The pointer is taken out of it first.
    pub fn picture(&mut self) -> ColorImage {
        self.event(Event::PointerGone);
        self.settle();
        self.picture_now()
    }

    /// What the last frame showed.
    pub fn picture_now(&self) -> ColorImage {
        self.painter.paint(&self.harness.ctx, self.harness.output())
    }

    /// Everything a person can act on that a screen reader has no name for.
    pub fn unnamed(&self) -> Vec<String> {
        self.harness.unnamed_widgets()
    }

    /// Where something with this name is, in points.
    pub fn rect_of(&self, label: &str) -> Option<Rect> {
        self.find(label).map(|node| node.rect())
    }

    /// The text in the field with this name.
    pub fn value_of(&self, label: &str) -> Option<String> {
        self.find(label).and_then(|node| node.value())
    }

    /// Every name on screen, top to bottom as a screen reader walks.
    pub fn names(&self) -> Vec<String> {
        self.harness
            .root()
            .children_recursive()
            .filter_map(|node| name(&node))
            .filter(|name| !name.is_empty())
            .collect()
    }

    /// What has this name, or this name and its keys, as the entries of a menu do. Of several, the
    /// last: what lies on top comes later. But a plain text counts only where nothing else does.
    fn find<'s>(&'s self, label: &'s str) -> Option<Node<'s>> {
        let called = |node: &Node<'_>| {
            let rest = name(node).and_then(|name| name.strip_prefix(label).map(str::to_owned));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" Ctrl+") || rest == " F1")
        };
        let all: Vec<Node<'_>> = self.harness.root().children_recursive().filter(called).collect();
        let control = all
            .iter()
            .rfind(|node| node.accesskit_node().role() != Role::Label);
        control.or(all.last()).copied()
    }

    fn next_frame_in(&self) -> Duration {
        let windows = &self.harness.output().viewport_output;
        let root = windows.get(&ViewportId::ROOT);
        root.map_or(Duration::MAX, |window| window.repaint_delay)
    }

    fn not_on_stage(&self, awaited: &str) -> NotOnStage {
        NotOnStage {
            awaited: awaited.to_owned(),
            on_screen: self.names(),
        }
    }
}

/// What a screen reader says for a node; a plain text is its own name. The pieces of a text have none.
fn name(node: &Node<'_>) -> Option<String> {
    let node = node.accesskit_node();
    let spoken = || node.label().or_else(|| node.value());
    (node.role() != Role::TextRun).then(spoken).flatten()
}

/// A file on its way onto the window.
#[derive(Debug)]
struct DroppedPath(PathBuf);

impl DroppedFile for DroppedPath {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
