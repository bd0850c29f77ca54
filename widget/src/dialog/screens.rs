//! A picture of a whole screen or of another app's window: what can be taken, and the way to the picture.
//!
//! The dialog is not drawn from the click until the picture is here, as for a picture of its window. It comes back
//! at any time when the person presses Escape or clicks: the desktop may be asking them about the picture first.

use std::sync::mpsc::TryRecvError;
use std::time::Duration;

use egui::accesskit::{Live, Node};
use egui::{
    Area, Context, Event, Id, Key, LayerId, Modifiers, Order, Popup, PopupCloseBehavior, PopupKind,
    ScrollArea, Sense, Ui, Vec2, ViewportCommand, vec2,
};
use feedback_sdk::{FeedbackClient, Pending, Picture, Screen, ScreenError, ScreenKind};

use super::background::in_background;
use super::capture::{Captured, Shot, THREAD, shot_of};
use super::ids::Ids;
use super::parts;
use crate::handover::Receiver;
use crate::words::Words;

/// Frames without the dialog until one of them has surely been handed to the screen.
const FRAMES: u32 = 3;
/// How long a desktop may take to show such a frame and to end its effects, in seconds. No app is told.
const SETTLE: f64 = 0.3;
/// Between the list and the window's edges, in points.
const MARGINS: f32 = 32.0;
/// The list is no wider than this, in points: longer titles are cut.
const WIDEST: f32 = 360.0;
/// So many rows of the list are seen at once; to the others it scrolls.
const ROWS: f32 = 10.0;

/// What can be taken, and what is being taken.
#[derive(Default)]
pub(crate) struct Screens {
    ids: Ids,
    /// The app does not want it offered.
    is_off: bool,
    listing: Option<Pending<Result<Vec<Screen>, ScreenError>>>,
    /// The monitors and the windows of other apps, or the desktop's own choice; none, where no picture can be taken.
    /// `None` until that is known.
    offered: Option<Vec<Screen>>,
    /// The dialog was opened before it was known: its place stays free, so that nothing moves when it comes.
    keeps_place: bool,
    shooting: Shooting,
    /// The window that holds nothing but the dialog is hidden with it.
    pub(crate) is_window_hidden: bool,
}

/// The way to one picture.
#[derive(Default)]
enum Shooting {
    #[default]
    Idle,
    /// The next frame is drawn without the dialog.
    Wanted(Screen),
    /// The dialog is hidden for so many frames, since this time of [`egui::InputState::time`].
    Hidden {
        screen: Screen,
        frames: u32,
        since: f64,
    },
    Taking(Pending<Result<Picture, ScreenError>>),
    /// It is taken, and made ready to be shown.
    Preparing(Receiver<Shot>),
}

impl Screens {
    /// Offers nothing.
    pub(crate) fn none() -> Self {
        Self {
            is_off: true,
            ..Self::default()
        }
    }

    /// Asks what can be taken now that the dialog opens.
    pub(crate) fn look(&mut self, client: &FeedbackClient) {
        self.look_again(client);
        self.keeps_place = self.listing.is_some() && self.offered.is_none();
    }

    fn look_again(&mut self, client: &FeedbackClient) {
        if !self.is_off && cfg!(feature = "screen") {
            self.listing = Some(client.screens());
        }
    }

    /// Takes the answer. Asks anew when the person comes back to an open dialog from what may be another window.
    pub(crate) fn poll(&mut self, ctx: &Context, client: &FeedbackClient, is_open: bool) {
        let comes_back = |event: &Event| *event == Event::WindowFocused(true);
        if is_open && ctx.input(|input| input.events.iter().any(comes_back)) {
            self.look_again(client);
        }
        if let Some(answer) = self.listing.as_mut().and_then(Pending::poll) {
            self.listing = None;
            self.offered = Some(answer.ok().and_then(Result::ok).unwrap_or_default());
        }
    }

    /// Where the list is drawn.
    pub(crate) fn layer(&self) -> LayerId {
        LayerId::new(PopupKind::Menu.order(), self.ids.of("list"))
    }

    /// Draws the choice, where there is one. What was chosen.
    pub(crate) fn offer(&self, ui: &mut Ui, words: &Words) -> Option<Screen> {
        let screens = self.offered.as_deref().unwrap_or_default();
        if screens.is_empty() && !self.keeps_place {
            return None;
        }
        // As wide as it may become, so that the answer puts it into no other row.
        let labels = [&*words.capture_screen, &*words.capture_screens];
        let width = parts::widest(ui, labels.into_iter(), ui.max_rect().width());
        let [one, several] = labels.map(parts::button);
        let place = ui.allocate_ui(vec2(width, parts::TARGET), |ui| {
            ui.set_min_width(width);
            match screens {
                [] => {
                    let place = ui.add_visible(false, one);
                    ui.ctx().accesskit_node_builder(place.id, Node::set_hidden);
                    None
                }
                [screen] => parts::reachable(ui.add(one)).clicked().then(|| screen.clone()),
                screens => {
                    let button = parts::reachable(ui.add(several));
                    let list = Popup::menu(&button)
                        .id(self.layer().id)
                        .close_behavior(PopupCloseBehavior::CloseOnClickOutside) // a click may be on the scroll bar
                        .show(|ui| list(ui, words, screens));
                    list.and_then(|list| list.inner)
                }
            }
        });
        place.inner
    }

    /// Begins to take a picture.
    pub(crate) fn take(&mut self, screen: Screen, ctx: &Context) {
        self.shooting = Shooting::Wanted(screen);
        ctx.request_repaint();
    }

    /// Whether a picture is under way.
    pub(crate) fn is_shooting(&self) -> bool {
        !matches!(self.shooting, Shooting::Idle)
    }

    /// Takes no picture any more. The desktop's question to the person ends with it.
    pub(crate) fn give_up(&mut self) {
        self.shooting = Shooting::Idle;
    }

    /// Hides a window that holds nothing but the dialog while a picture is under way: it would stand empty in it.
    ///
    /// Wayland hides no window of ours, but asks the person what to take. On macOS a hidden window has no frames, and
    /// would never come back.
    pub(crate) fn hide_window(&mut self, ctx: &Context) {
        let hides = self.is_shooting() && !cfg!(target_os = "macos");
        if hides != self.is_window_hidden {
            self.is_window_hidden = hides;
            ctx.send_viewport_cmd(ViewportCommand::Visible(!hides));
            if !hides {
                ctx.send_viewport_cmd(ViewportCommand::Focus);
            }
        }
    }

    /// Goes on with a picture. `None` while none is under way.
    pub(crate) fn go_on(
        &mut self,
        ctx: &Context,
        client: &FeedbackClient,
        words: &Words,
    ) -> Option<Captured> {
        if !self.is_shooting() {
            return None;
        }
        let now = ctx.input(|input| input.time);
        let (next, captured) = match std::mem::take(&mut self.shooting) {
            Shooting::Idle => (Shooting::Idle, Captured::GivenUp),
            Shooting::Wanted(screen) => {
                let hidden = Shooting::Hidden {
                    screen,
                    frames: 1,
                    since: now,
                };
                ctx.request_repaint();
                (hidden, Captured::NotYet)
            }
            Shooting::Hidden {
                screen,
                frames,
                since,
            } => (hidden(ctx, client, screen, frames, since), Captured::NotYet),
            Shooting::Taking(mut answer) => match answer.poll() {
                None => (Shooting::Taking(answer), Captured::NotYet),
                Some(Ok(Ok(picture))) => {
                    let shots = in_background(ctx, THREAD, move || shot_of(picture).ok());
                    (Shooting::Preparing(shots), Captured::NotYet)
                }
                Some(Ok(Err(why))) => {
                    self.look_again(client); // it may have gone
                    (Shooting::Idle, Captured::NoScreen(why))
                }
                Some(Err(_)) => (Shooting::Idle, Captured::Failed),
            },
            Shooting::Preparing(shots) => match shots.try_recv() {
                Ok(shot) => (Shooting::Idle, Captured::Shot(shot)),
                Err(TryRecvError::Empty) => (Shooting::Preparing(shots), Captured::NotYet),
                Err(TryRecvError::Disconnected) => (Shooting::Idle, Captured::Failed),
            },
        };
        self.shooting = next;
        if matches!(captured, Captured::NotYet) && is_called_back(ctx, self.ids.of("veil"), words) {
            self.give_up();
            return Some(Captured::GivenUp);
        }
        Some(captured)
    }
}

/// The list that opens. What was chosen.
fn list(ui: &mut Ui, words: &Words, screens: &[Screen]) -> Option<Screen> {
    parts::show_scrolling(ui);
    let is_window = |screen: &Screen| screen.kind() == ScreenKind::Window;
    let name = |(index, screen): (usize, &Screen)| match screen.kind() {
        ScreenKind::Window => screen.name().to_owned(),
        _ => words.screen_name(index as u64 + 1, screen.name(), screen.pixels()),
    };
    let names: Vec<String> = screens.iter().enumerate().map(name).collect();
    let room = ui.ctx().content_rect().size() - Vec2::splat(MARGINS);
    let width = parts::widest(ui, names.iter().map(String::as_str), room.x.min(WIDEST));
    let row = parts::TARGET + ui.spacing().item_spacing.y;
    let mut chosen = None;
    ScrollArea::vertical()
        .max_height(room.y.min(ROWS * row))
        .show(ui, |ui| {
            ui.set_width(width);
            let windows = screens.iter().position(is_window);
            for (index, (name, screen)) in names.into_iter().zip(screens).enumerate() {
                if windows == Some(index) {
                    ui.separator();
                }
                let button = parts::button(name);
                let button = if is_window(screen) {
                    button.truncate()
                } else {
                    button
                };
                if parts::reachable(ui.add(button)).clicked() {
                    chosen = Some(screen.clone());
                    ui.close();
                }
            }
        });
    chosen
}

/// Waits for the screen to show the app without the dialog, and asks for the picture then.
fn hidden(ctx: &Context, client: &FeedbackClient, screen: Screen, frames: u32, since: f64) -> Shooting {
    let left = SETTLE - (ctx.input(|input| input.time) - since);
    let frames = frames + 1;
    if frames > FRAMES && left <= 0.0 {
        return Shooting::Taking(client.take_screen(screen));
    }
    if frames > FRAMES {
        ctx.request_repaint_after(Duration::from_secs_f64(left));
    } else {
        ctx.request_repaint();
    }
    Shooting::Hidden {
        screen,
        frames,
        since,
    }
}

/// Lies over the app unseen, so that a click meant for the dialog does nothing else. Whether it was called back.
fn is_called_back(ctx: &Context, id: Id, words: &Words) -> bool {
    let room = ctx.content_rect();
    let veil = Area::new(id)
        .order(Order::Foreground)
        .fixed_pos(room.min)
        .show(ctx, |ui| ui.allocate_response(room.size(), Sense::click()))
        .inner;
    ctx.accesskit_node_builder(veil.id, |node| {
        node.set_label(&*words.capturing);
        node.set_live(Live::Polite);
    });
    veil.clicked() || ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}
