//! The dialog: state that the host keeps, and what it does each frame.
//!
//! Drawing gives an [`Action`], actions and the SDK's answers give a new [`Phase`]; nothing here
//! touches disk or network.

mod act;
mod action;
mod added;
mod again;
mod answers;
mod attachments;
pub(crate) mod background;
mod bell;
mod capture;
mod chips;
mod collecting;
mod composing;
mod contents;
mod draw;
mod earlier;
mod fill;
mod focus;
mod form;
mod handing_over;
pub(crate) mod ids;
mod leaving;
mod letters;
mod list;
pub(crate) mod long_text;
pub(crate) mod named_files;
pub(crate) mod notice;
mod outcome;
pub(crate) mod parts;
mod picture_editor;
mod remembered;
mod response;
mod row;
mod said;
mod saving;
mod screens;
mod sdk;
mod sending;
mod settings;
mod sight;
mod status;

use std::fmt;
use std::path::PathBuf;

use egui::{Color32, Context, Id, Ui};
use feedback_sdk::FeedbackClient;

use crate::fonts::Fallback;
use crate::phase::{Happened, Journey, Pace, Phase};
use crate::pick::Picker;
use crate::words::Words;
use action::Action;
use capture::{Capture, Pasted};
use composing::Composing;
use contents::Contents;
use earlier::Earlier;
use focus::Focus;
use form::Form;
use ids::Ids;
use leaving::Guard;
pub use leaving::{Leave, keep_window};
use list::List;
use picture_editor::PictureEditor;
pub use response::FeedbackResponse;
use said::Said;
use screens::Screens;
use sdk::Sdk;

/// The "Write to us" dialog. The host keeps it and shows it every frame.
///
/// ```
/// # fn frame(ctx: &egui::Context, dialog: &mut feedback_widget::FeedbackDialog) {
/// let response = dialog.show(ctx);
/// if let Some(receipt) = response.sent {
///     println!("arrived: {:?}", receipt.number);
/// }
/// # }
/// ```
///
/// What was typed lives here: it survives closing, and is given up only when its report has arrived
/// or the person writes the next one while it waits. A report that the server refuses brings its
/// words back.
pub struct FeedbackDialog {
    client: FeedbackClient,
    ids: Ids,
    pub(crate) words: Words,
    fonts: Fallback,
    is_open: bool,
    just_opened: bool,
    guard: Guard,
    link: Option<String>,
    saves_to: Option<PathBuf>,
    /// Whether the address for the answer is remembered for the app's next run.
    remembers_address: bool,
    /// The address that the app has handed in last.
    handed_in: Option<String>,
    accent: Option<Color32>,
    phase: Phase,
    /// That of the phase's upload.
    pace: Pace,
    form: Form,
    /// What was said in the report that the phase is about, once it was handed over.
    away: Said,
    /// What the form was like when words came back into it that stood alone there.
    came_back: Option<(u64, String)>,
    earlier: Vec<Earlier>,
    list: List,
    contents: Contents,
    picker: Picker,
    picture_editor: Option<PictureEditor>,
    capture: Capture,
    screens: Screens,
    pasted: Pasted,
    focus: Focus,
    composing: Composing,
    /// What had the keyboard when the dialog opened, and gets it back.
    before: Option<Id>,
    sdk: Sdk,
    /// What has happened since the last frame that showed the dialog.
    untold: FeedbackResponse,
}

impl FeedbackDialog {
    /// A closed, empty dialog that sends through `client`.
    pub fn new(client: FeedbackClient) -> Self {
        let sdk = Sdk::default();
        sdk.bell.set(); // what waits from earlier runs is looked at once
        Self {
            client,
            ids: Ids::default(),
            words: Words::default(),
            fonts: Fallback::default(),
            is_open: false,
            just_opened: false,
            guard: Guard::default(),
            link: None,
            saves_to: None,
            remembers_address: true,
            handed_in: None,
            accent: None,
            phase: Phase::FORM,
            pace: Pace::default(),
            form: Form::default(),
            away: Said::default(),
            came_back: None,
            earlier: Vec::new(),
            list: List::default(),
            contents: Contents::default(),
            picker: Picker::default(),
            picture_editor: None,
            capture: Capture::default(),
            screens: Screens::default(),
            pasted: Pasted::default(),
            focus: Focus::default(),
            composing: Composing::default(),
            before: None,
            sdk,
            untold: FeedbackResponse::default(),
        }
    }

    /// Opens the dialog with the next [`show`](Self::show). Does nothing while it is open.
    ///
    /// A report that is still on its way does not keep the next one from being written: what becomes
    /// of it stands above the form.
    pub fn open(&mut self) {
        if !self.is_open {
            self.is_open = true;
            self.just_opened = true;
            self.fonts.start_anew();
            self.step_aside();
            self.bring_back();
            self.show_what_needs_the_eye();
            self.focus = self.focus_of_screen();
            self.sdk.spool_changed();
            self.screens.look(&self.client);
        }
        self.update_awake();
    }

    /// Closes the dialog. What was typed stays, and a report on its way goes on.
    pub fn close(&mut self) {
        if !self.is_open {
            return;
        }
        self.is_open = false;
        self.just_opened = false;
        if let Some(refused) = self.phase.journey().filter(|journey| journey.is_refused()) {
            self.away.refused.extend(self.give_up(refused));
        }
        self.happened(Happened::Closed);
        // They were told.
        self.earlier.retain(|earlier| !earlier.journey.is_sent());
        self.contents.put_away();
        self.list = List::default();
        if matches!(self.phase, Phase::Form { .. }) {
            self.contents.forget();
        }
        self.capture = Capture::Idle;
        self.screens.give_up();
        self.turn_the_page();
        if self.reply_to().is_none() {
            self.note_address(); // they have emptied it
        }
        self.focus = Focus::Button; // of the question, where the person is asked one
        self.update_awake();
    }

    /// Goes on with what was sent, also where the dialog is not drawn: call it in `App::logic`, which eframe runs also for a
    /// window that is minimised or covered, before [`has_draft`](Self::has_draft) is asked.
    /// [`guard_closing`](Self::guard_closing) does so by itself. What has happened the next [`show`](Self::show) tells.
    ///
    /// Never blocks. While nothing is being sent or saved, it only looks at that.
    pub fn logic(&mut self, ctx: &Context) {
        if self.sdk.bell.is_rung() && (self.is_unsettled() || self.sdk.is_busy()) {
            let mut untold = std::mem::take(&mut self.untold);
            self.follow_reports(ctx, &mut untold);
            self.untold = untold;
            self.update_awake();
            self.sdk.bell.set(); // there is something to tell
        }
    }

    /// Draws the dialog if it is open, over the window whose frame this is. Call it once per frame, after the app's own
    /// panels. In an immediate viewport it offers no picture of the window: eframe hands none over.
    ///
    /// Never blocks. Closed, it only looks at one flag.
    pub fn show(&mut self, ctx: &Context) -> FeedbackResponse {
        if !self.sdk.bell.is_rung() {
            return FeedbackResponse::default();
        }
        self.show_awake(ctx, |dialog| dialog.draw(ctx))
    }

    /// Draws the dialog, if it is open, into all the room of `ui` instead of over the app: for a window that
    /// holds nothing else. Use it in place of [`show`](Self::show).
    ///
    /// It offers no picture of the window, which would show nothing but itself; hand one in with
    /// [`add_picture`](Self::add_picture). For one of the whole screen it hides the window, where the system lets it: on
    /// Wayland and macOS the window stays where it is, and says what goes on.
    pub fn show_inside(&mut self, ui: &mut Ui) -> FeedbackResponse {
        if !self.sdk.bell.is_rung() {
            return FeedbackResponse::default();
        }
        let ctx = ui.ctx().clone();
        let was_shooting = self.screens.is_shooting();
        let response = self.show_awake(&ctx, |dialog| dialog.draw_inside(ui));
        // In the first and the last of these frames the dialog is here.
        if was_shooting && self.screens.is_shooting() {
            ui.centered_and_justified(|ui| parts::quiet(ui, &self.words.capturing));
        }
        self.screens.hide_window(&ctx);
        response
    }

    #[inline(never)]
    fn show_awake(
        &mut self,
        ctx: &Context,
        draw: impl FnOnce(&mut Self) -> Option<Action>,
    ) -> FeedbackResponse {
        let mut response = std::mem::take(&mut self.untold);
        self.sdk.bell.answer();
        let told = self.attention();
        self.subscribe(ctx);
        self.take_answers(ctx, &mut response);
        if !self.is_open {
            self.give_the_keyboard_back(ctx);
        } else if !self.is_capturing(ctx) {
            response.opened = std::mem::take(&mut self.just_opened);
            if response.opened {
                self.before = ctx.memory(egui::Memory::focused);
            }
            self.speak_what_can_be_drawn(ctx);
            self.composing.follow(ctx);
            if let Some(action) = draw(self) {
                self.act(ctx, action, &mut response);
            }
        }
        self.guard_what_came(ctx);
        response.sending = self.sdk.handed_over.take();
        self.look_for_fonts(ctx);
        self.update_awake();
        if self.attention() != told {
            ctx.request_repaint(); // the button may stand there already as it was
        }
        response
    }

    /// One frame after the last that showed the dialog: until then egui lets nothing below it have the keyboard.
    fn give_the_keyboard_back(&mut self, ctx: &Context) {
        if let Some(before) = self.before.take() {
            ctx.memory_mut(|memory| memory.request_focus(before));
            ctx.request_repaint();
        }
    }

    /// Whether the app should hear of what comes while the dialog is closed: it may change
    /// [`attention`](Self::attention).
    fn is_news_expected(&self) -> bool {
        let current = self.phase.journey().into_iter();
        let earlier = self.earlier.iter().map(|earlier| &earlier.journey);
        let mut all = current.chain(earlier);
        self.phase == Phase::Collecting || self.sdk.is_looking() || all.any(Journey::is_open)
    }

    /// A report that is being handed over, or a picture that is made ready, is seen through, whether the dialog is open
    /// or not.
    fn update_awake(&mut self) {
        let is_awake = self.is_open
            || self.before.is_some()
            || self.screens.is_window_hidden
            || self.phase == Phase::Collecting
            || self.is_getting_picture()
            || self.sdk.is_busy();
        self.sdk.bell.expect(is_awake, self.is_news_expected());
        if is_awake {
            self.sdk.bell.set();
        }
    }
}

impl fmt::Debug for FeedbackDialog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither words nor paths: they are the person's own.
        f.debug_struct("FeedbackDialog")
            .field("is_open", &self.is_open)
            .finish_non_exhaustive()
    }
}
