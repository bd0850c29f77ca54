//! The dialog: state that the host keeps, and what it does each frame.
//!
//! Drawing gives an [`Action`], actions and the SDK's answers give a new [`Phase`]; nothing here
//! touches disk or network.

mod answers;
mod attachments;
mod capture;
mod contents;
mod form;
mod outcome;
pub(crate) mod parts;
mod sending;

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use egui::{Context, Frame, Id, Key, Modal, Modifiers, ScrollArea, Ui};
use feedback_sdk::{FeedbackClient, Picture, Receipt, ReportId};

use crate::phase::{Happened, Phase};
use crate::pick::{Picker, Wish};
use crate::text;
use answers::{Saving, Sdk};
use attachments::Sight;
use capture::{Capture, Captured, Pasted};
use contents::Contents;
use form::{Form, Notice};

/// The width in points, where the window has room for it.
const WIDTH: f32 = 460.0;
/// Between the dialog's edge and what is in it, in points.
const MARGIN: i8 = 16;
/// Between the dialog and the window's edge at least, in points.
const GAP: f32 = 8.0;

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
/// What was typed lives here: it survives closing, and is cleared once the report has arrived or is
/// stored to be sent later.
pub struct FeedbackDialog {
    client: FeedbackClient,
    is_open: bool,
    /// Open, or handing a report over: [`show`](Self::show) has work to do.
    is_awake: bool,
    just_opened: bool,
    link: Option<String>,
    phase: Phase,
    form: Form,
    contents: Contents,
    picker: Picker,
    capture: Capture,
    pasted: Pasted,
    focus: Focus,
    sdk: Sdk,
}

/// What happened in this frame. All quiet by default.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct FeedbackResponse {
    /// The dialog has appeared.
    pub opened: bool,
    /// The person has closed the dialog.
    pub closed: bool,
    /// The person's report was stored: it survives a power cut and will be sent.
    pub stored: Option<ReportId>,
    /// The person's report has arrived.
    pub sent: Option<Receipt>,
    /// The link of [`FeedbackDialog::thank_you_link`] was clicked.
    pub thank_you_link_clicked: bool,
}

/// What the person wants, as the screens report it.
enum Action {
    Send,
    Cancel,
    Close,
    Retry,
    Capture,
    Link,
    Pick(Wish),
    Picked(Wish, Vec<PathBuf>),
}

/// Where the keyboard should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Focus {
    /// Where it is.
    #[default]
    Stay,
    Message,
    Close,
}

impl Focus {
    /// Moves the keyboard to the widget `id`, if it is the one that should have it.
    fn give_to(&mut self, ui: &Ui, place: Self, id: Id) {
        if *self == place {
            // A widget of a first, invisible pass loses it again: ask until it has stayed.
            if ui.memory(|memory| memory.has_focus(id)) && !ui.is_sizing_pass() {
                *self = Self::Stay;
            }
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }
}

impl FeedbackDialog {
    /// A closed, empty dialog that sends through `client`.
    pub fn new(client: FeedbackClient) -> Self {
        Self {
            client,
            is_open: false,
            is_awake: false,
            just_opened: false,
            link: None,
            phase: Phase::FORM,
            form: Form::default(),
            contents: Contents::default(),
            picker: Picker::default(),
            capture: Capture::default(),
            pasted: Pasted::default(),
            focus: Focus::default(),
            sdk: Sdk::default(),
        }
    }

    /// Adds a link to the "Thank you" screen, such as "Read our forum". Default: none.
    ///
    /// A click is told by [`FeedbackResponse::thank_you_link_clicked`].
    #[must_use]
    pub fn thank_you_link(mut self, label: impl Into<String>) -> Self {
        self.link = Some(label.into());
        self
    }

    /// Opens the dialog with the next [`show`](Self::show). Does nothing while it is open.
    pub fn open(&mut self) {
        if !self.is_open {
            self.is_open = true;
            self.just_opened = true;
            self.focus = Focus::Message;
        }
        self.update_awake();
    }

    /// Closes the dialog. What was typed stays, and a report on its way goes on.
    pub fn close(&mut self) {
        self.is_open = false;
        self.just_opened = false;
        self.phase = std::mem::replace(&mut self.phase, Phase::FORM).after(Happened::Closed);
        self.contents.is_open = false;
        if matches!(self.phase, Phase::Form { .. }) {
            self.contents.forget();
        }
        self.capture = Capture::Idle;
        self.picker.put_away();
        self.form.notice = None;
        self.update_awake();
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Adds a file to the report being written. The person sees it and can take it out.
    pub fn attach(&mut self, path: impl Into<PathBuf>) {
        self.form.attach(&self.client, path.into());
    }

    /// Adds a picture to the report being written. The person sees it and can take it out.
    pub fn add_picture(&mut self, picture: Picture) {
        self.form.add_picture(Sight::unseen(picture));
    }

    /// Sets a fact of this moment, such as the kind of the open document. Values are masked.
    ///
    /// It goes into every report that is collected from now on; one of the same name is replaced.
    pub fn set_context(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.form.set_context(key.into(), value.into());
    }

    /// Draws the dialog if it is open. Call it once per frame, after the app's own panels.
    ///
    /// Never blocks. Closed, it only looks at one flag.
    pub fn show(&mut self, ctx: &Context) -> FeedbackResponse {
        if !self.is_awake {
            return FeedbackResponse::default();
        }
        self.show_awake(ctx)
    }

    #[inline(never)]
    fn show_awake(&mut self, ctx: &Context) -> FeedbackResponse {
        let mut response = FeedbackResponse::default();
        self.subscribe(ctx);
        self.take_answers(ctx, &mut response);
        if self.is_open && !self.is_capturing(ctx) {
            response.opened = std::mem::take(&mut self.just_opened);
            if let Some(action) = self.draw(ctx) {
                self.act(ctx, action, &mut response);
            }
        }
        self.update_awake();
        response
    }

    /// A report that is being handed over is seen through, whether the dialog is open or not.
    fn update_awake(&mut self) {
        let handing_over = matches!(self.phase, Phase::Collecting)
            || self.sdk.storing.is_some()
            || self.sdk.saving.is_some();
        self.is_awake = self.is_open || handing_over;
        self.sdk.wake.store(self.is_awake, Ordering::Relaxed);
    }

    /// Goes on with a capture; the dialog is not to be drawn while one is under way.
    fn is_capturing(&mut self, ctx: &Context) -> bool {
        match self.capture.go_on(ctx) {
            None => return false,
            Some(Captured::NotYet) => return true,
            Some(Captured::Shot(shot)) => self.form.add_picture(Sight::new(ctx, shot)),
            Some(Captured::Failed) => {
                self.form.notice = Some(Notice::Bad(text::NO_PICTURE.to_owned()));
            }
        }
        self.focus = Focus::Message;
        false
    }

    fn draw(&mut self, ctx: &Context) -> Option<Action> {
        let id = Id::unique("feedback-dialog");
        let frame = Frame::popup(&ctx.global_style()).inner_margin(MARGIN);
        let area = Modal::default_area(id).accessible_name(text::TITLE);
        let modal = Modal::new(id).area(area).frame(frame);
        let modal = modal.show(ctx, |ui| self.screen(ui));
        // Only Escape closes: a click beside the dialog is too easily made.
        let may_close = modal.is_top_modal && !modal.any_popup_open && !self.picker.is_open();
        let escaped = may_close && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        modal.inner.or(escaped.then_some(Action::Close))
    }

    fn screen(&mut self, ui: &mut Ui) -> Option<Action> {
        let around = 2.0 * (f32::from(MARGIN) + GAP);
        let room = ui.ctx().content_rect().size() - egui::Vec2::splat(around);
        ui.set_width(room.x.min(WIDTH));
        ui.set_max_height(room.y);
        parts::loosen(ui);
        match &self.phase {
            Phase::Form { .. } => self.form_screen(ui),
            Phase::Collecting | Phase::Sending(_) | Phase::TakingBack(_) => sending::show(ui, &self.phase),
            Phase::Sent(_) | Phase::Waiting { .. } | Phase::Refused { .. } => {
                let mut around = outcome::Surroundings {
                    link: self.link.as_deref(),
                    notice: self.form.notice.as_ref(),
                    picker: &mut self.picker,
                    focus: &mut self.focus,
                };
                outcome::show(ui, &self.phase, &mut around)
            }
        }
    }

    fn form_screen(&mut self, ui: &mut Ui) -> Option<Action> {
        self.take_input(ui);
        let send_key = Form::send_pressed(ui);
        parts::heading(ui, text::TITLE, false);
        let trouble = match &self.phase {
            Phase::Form { trouble } => trouble.as_deref(),
            _ => None,
        };
        let below = parts::row_height(ui, "form");
        let typed = (self.form.message.len(), self.form.reply_to.len());
        let mut action = ScrollArea::vertical()
            .id_salt("feedback-form")
            .max_height((ui.available_height() - below).max(60.0))
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let mut action = None;
                if let Some(trouble) = trouble {
                    parts::complain(ui, trouble);
                    let save = parts::button(text::SAVE);
                    if ui.add_enabled(!self.picker.is_open(), save).clicked() {
                        action = Some(Action::Pick(Wish::Save));
                    }
                }
                let form = &mut self.form;
                let shown = form.show(ui, &mut self.contents, &mut self.picker, &mut self.focus);
                shown.or(action)
            })
            .inner;
        if typed != (self.form.message.len(), self.form.reply_to.len()) {
            self.contents.edited(ui.input(|input| input.time));
        }
        let can_send = self.form.can_send();
        let hint = (!can_send).then_some(text::NOTHING_YET);
        let pressed = parts::button_row(ui, "form", hint, |ui| {
            let close = ui.add(parts::row_button(text::CLOSE)).clicked();
            let send = ui
                .add_enabled(can_send, parts::primary(ui, text::SEND))
                .on_disabled_hover_text(text::NOTHING_YET);
            match (close, send.clicked()) {
                (true, _) => Some(Action::Close),
                (_, true) => Some(Action::Send),
                _ => None,
            }
        });
        if send_key && can_send {
            action = Some(Action::Send);
        }
        pressed.or(action)
    }

    /// Takes what was dropped and pasted, and lets the message settle.
    fn take_input(&mut self, ui: &Ui) {
        let paths: Vec<PathBuf> = ui.input(|input| {
            let dropped = input.raw.dropped_files.iter();
            dropped.map(|file| file.path().to_owned()).collect()
        });
        for path in paths {
            self.attach(path);
        }
        self.pasted.take(ui.ctx());
        let now = ui.input(|input| input.time);
        if let Some(left) = self.contents.settle(&self.form, now) {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
        }
    }

    fn act(&mut self, ctx: &Context, action: Action, response: &mut FeedbackResponse) {
        match action {
            Action::Send => {
                self.form.notice = None;
                self.happened(Happened::SendPressed);
                self.go_on_collecting(ctx);
            }
            Action::Cancel => {
                self.happened(Happened::CancelPressed);
                if let Phase::TakingBack(upload) = &self.phase {
                    self.sdk.deleting = Some(self.client.delete(upload.id));
                }
            }
            Action::Close => {
                self.close();
                response.closed = true;
            }
            Action::Retry => {
                if let Some(id) = self.phase.id() {
                    self.sdk.retrying = Some(self.client.retry(id));
                    self.happened(Happened::RetryPressed);
                }
            }
            Action::Capture => {
                self.form.notice = None;
                self.capture = Capture::Wanted;
                ctx.request_repaint();
            }
            Action::Link => response.thank_you_link_clicked = true,
            Action::Pick(wish) => {
                self.picker.ask(ctx, wish);
                ctx.request_repaint();
            }
            Action::Picked(wish, paths) => self.picked(wish, paths),
        }
    }

    fn picked(&mut self, wish: Wish, paths: Vec<PathBuf>) {
        self.form.notice = None;
        for path in paths {
            match (wish, self.phase.id()) {
                (Wish::Attach, _) => self.attach(path),
                (Wish::Save, None) => self.sdk.saving = Some(Saving::Wanted(path)),
                (Wish::Save, Some(id)) => {
                    let answer = self.client.save_waiting(id, path.clone());
                    self.sdk.saving = Some(Saving::Stored(path, answer));
                }
            }
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
