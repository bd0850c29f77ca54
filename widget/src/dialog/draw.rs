//! Which screen is drawn, and the frame around it.

use std::time::Instant;

use egui::{
    Align2, Context, Event, Frame, Key, Modal, Modifiers, Popup, Stroke, StrokeKind, TextStyle, Ui,
    ViewportId,
};

use super::capture::Captured;
use super::earlier::Earlier;
use super::form::Form;
use super::parts::Heading;
use super::row::{self, Row};
use super::{Action, FeedbackDialog, Focus, earlier, form, list, outcome, parts, sending};
use crate::colour;
use crate::phase::{Journey, Phase};
use crate::pick::Picked;
use crate::words::Words;

/// The width in points, where the window has room for it.
const WIDTH: f32 = 460.0;
/// A window below this size, in points, has no room to spare.
const SMALL: egui::Vec2 = egui::vec2(360.0, 300.0);

/// So far into the dialog's margin goes what covers it, in points.
const BEYOND: f32 = 6.0;

/// Where the dialog is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Over the app, in the app's window.
    OverApp,
    /// In a window that holds nothing else.
    Alone,
}

impl FeedbackDialog {
    /// Goes on with a capture; the dialog is not to be drawn while one is under way.
    pub(super) fn is_capturing(&mut self, ctx: &Context) -> bool {
        let captured = self.capture.go_on(ctx);
        match captured.or_else(|| self.screens.go_on(ctx, &self.client, &self.words)) {
            None => false,
            Some(Captured::NotYet) => true,
            Some(captured) => {
                self.captured(ctx, captured);
                self.focus = Focus::Message;
                false
            }
        }
    }

    pub(super) fn draw(&mut self, ctx: &Context) -> Option<Action> {
        let id = self.ids.of("dialog");
        let window = ctx.content_rect().size();
        // Inside the dialog's edge, and around it.
        let (margin, gap) = if window.x < SMALL.x || window.y < SMALL.y {
            (8, 4.0)
        } else {
            (16, 8.0)
        };
        let edges = egui::Vec2::splat(2.0 * (f32::from(margin) + gap));
        let room = (window - edges).max(egui::Vec2::ZERO);
        let frame = Frame::popup(&ctx.global_style()).inner_margin(margin);
        let area = Modal::default_area(id).accessible_name(&*self.words.title);
        let modal = Modal::new(id).area(area).frame(frame).show(ctx, |ui| {
            ctx.accesskit_node_builder(id, egui::accesskit::Node::set_modal);
            let is_wide = self.picture_editor.is_some();
            ui.set_width(if is_wide { room.x } else { room.x.min(WIDTH) });
            ui.set_max_height(room.y);
            self.dress(ui);
            self.screen(ui, Place::OverApp)
        });
        // egui centres by the size of the frame before: what has another size now stands askew until the next.
        let askew = modal.response.rect.center() - ctx.content_rect().center();
        if askew.abs().max_elem() > 1.0 {
            ctx.request_discard("the dialog stands askew");
            ctx.request_repaint(); // where this pass was the last
        }
        self.fonts.look_at(ctx, modal.response.layer_id);
        self.fonts.look_at(ctx, self.screens.layer());
        // Only Escape closes: a click beside the dialog is too easily made.
        let may_close = modal.is_top_modal && !modal.any_popup_open && !self.composing.has_keys(ctx);
        let escaped = may_close && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        modal.inner.or_else(|| escaped.then(|| self.way_back()))
    }

    /// What Escape does: one step back.
    fn way_back(&self) -> Action {
        if let Some(wish) = self.picker.typing() {
            Action::Picked(Picked::nothing(wish))
        } else if self.list.asking.is_some() {
            Action::AskToDelete(None)
        } else if self.list.is_open {
            Action::LeaveList
        } else if self.picture_editor.is_some() {
            Action::LeavePicture
        } else if self.contents.is_read() {
            Action::LeaveFile
        } else {
            Action::Close
        }
    }

    pub(super) fn draw_inside(&mut self, ui: &mut Ui) -> Option<Action> {
        self.dress(ui);
        ui.set_min_size(ui.available_size());
        let action = self.screen(ui, Place::Alone);
        self.fonts.look_at(ui.ctx(), ui.layer_id());
        self.fonts.look_at(ui.ctx(), self.screens.layer());
        let may_close = !Popup::is_any_open(ui.ctx())
            && ui.memory(|memory| memory.top_modal_layer().is_none())
            && !self.composing.has_keys(ui.ctx());
        let escaped = may_close && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        action.or_else(|| escaped.then(|| self.way_back()))
    }

    /// The host's style, as the dialog wears it.
    pub(super) fn dress(&self, ui: &mut Ui) {
        parts::loosen(ui);
        if let Some(accent) = self.accent {
            colour::wear(accent, ui.visuals_mut());
        }
    }

    /// A key that is held presses a button once: that one may be gone, and the keyboard be on another. In the message,
    /// which is the one field of several lines, it goes on writing.
    pub(super) fn press_once(&self, ui: &Ui) {
        if !ui.memory(|memory| memory.has_focus(self.form.message_id())) {
            let is_again = |event: &Event| {
                matches!(
                    event,
                    Event::Key {
                        key: Key::Enter | Key::Space,
                        pressed: true,
                        repeat: true,
                        ..
                    }
                )
            };
            ui.input_mut(|input| input.events.retain(|event| !is_again(event)));
        }
    }

    fn screen(&mut self, ui: &mut Ui, place: Place) -> Option<Action> {
        if !ui.memory(|memory| memory.is_above_modal_layer(ui.layer_id())) {
            // The keyboard is that of what covers it; so is what is pasted and dropped.
            let events = ui.input_mut(|input| std::mem::take(&mut input.events));
            let focus = std::mem::take(&mut self.focus);
            let action = self.show_screen(ui, place);
            self.focus = focus;
            ui.input_mut(|input| input.events = events);
            return action;
        }
        self.press_once(ui);
        self.take_input(ui);
        let action = self.show_screen(ui, place);
        self.form.put_aside(self.picker.take_aside());
        drop_hint(ui, &self.words);
        action
    }

    fn show_screen(&mut self, ui: &mut Ui, place: Place) -> Option<Action> {
        if self.list.is_open {
            self.earlier.iter_mut().for_each(Earlier::seen);
            let around = list::Surroundings {
                words: &self.words,
                asking: self.list.asking,
                has_form: self.phase.journey().is_none_or(Journey::can_step_aside),
                notice: self.form.notice.as_ref(),
                picker: &mut self.picker,
                focus: &mut self.focus,
            };
            return list::show(ui, &self.earlier, around);
        }
        if self.phase.is_moving() {
            let around = sending::Surroundings {
                words: &self.words,
                is_saved: self.saves_to.is_some(),
                left: self.pace.left(Instant::now()),
                notice: self.form.notice.as_ref(),
                focus: &mut self.focus,
            };
            return sending::show(ui, &self.phase, around);
        }
        let Phase::Away(journey) = &self.phase else {
            return self.form_screen(ui, place);
        };
        let around = outcome::Surroundings {
            words: &self.words,
            link: self.link.as_deref(),
            earlier: &self.earlier,
            notice: self.form.notice.as_ref(),
            picker: &mut self.picker,
            focus: &mut self.focus,
        };
        outcome::show(ui, journey, around)
    }

    fn form_screen(&mut self, ui: &mut Ui, place: Place) -> Option<Action> {
        if let Some(editor) = &mut self.picture_editor {
            let is_composing = self.composing.has_keys(ui.ctx());
            let notice = self.form.notice.as_ref();
            let action = editor.show(ui, &self.words, notice, is_composing, &mut self.focus);
            self.form.put_aside(editor.take_aside());
            return action;
        }
        if let Some(reader) = self.contents.reader() {
            return reader.show(ui, &self.words, &mut self.focus);
        }
        let send_key = !self.composing.has_keys(ui.ctx()) && Form::send_pressed(ui);
        let can_send = self.contents.can_send(self.form.version(), &self.form.said);
        let words = &self.words;
        let heading = Heading {
            words: &words.title,
            is_news: false,
        };
        let send = match self.saves_to {
            Some(_) => &words.path_save,
            None => &words.send,
        };
        let mut row = Row::default()
            .button(&words.close, Action::Close)
            .primary(send, Action::Send);
        if !can_send {
            row = row.disabled(&words.nothing_yet);
        }
        let around = form::fields::Surroundings {
            words,
            trouble: match &self.phase {
                Phase::Form { trouble } => trouble.as_ref(),
                _ => None,
            },
            can_capture: place == Place::OverApp && hands_over_pixels(ui),
            contents: &mut self.contents,
            picker: &mut self.picker,
            screens: &self.screens,
        };
        let (form, earlier) = (&mut self.form, &self.earlier);
        let action = row::screen(ui, heading, row, &mut self.focus, |ui, focus| {
            let switch = earlier::show(ui, words, earlier, form.said.is_empty());
            let action = form.show(ui, around, focus);
            list::way_in(ui, words, earlier).or(action).or(switch)
        });
        action.or((send_key && can_send).then_some(Action::Send))
    }
}

/// Whether this window can be pictured: eframe paints one that is drawn within its parent's frame without a look at what
/// was asked of it.
fn hands_over_pixels(ui: &Ui) -> bool {
    let is_root = ui.ctx().viewport_id() == ViewportId::ROOT;
    is_root || ui.ctx().viewport(|window| window.viewport_ui_cb.is_some())
}

/// Says so while a file is dragged over the dialog. Where the system does not tell of it, as on Wayland, nothing
/// can be dropped either.
fn drop_hint(ui: &Ui, words: &Words) {
    if ui.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let (visuals, place) = (ui.visuals(), ui.min_rect().expand(BEYOND));
    let painter = ui.painter();
    let corner = visuals.widgets.inactive.corner_radius;
    painter.rect_filled(place, corner, visuals.window_fill.gamma_multiply(0.96));
    let edge = Stroke::new(2.0, colour::ring(visuals));
    painter.rect_stroke(place, corner, edge, StrokeKind::Inside);
    let font = TextStyle::Heading.resolve(ui.style());
    let room = place.width() - 2.0 * BEYOND;
    let hint = painter.layout(words.drop_here.clone(), font, visuals.text_color(), room);
    let middle = Align2::CENTER_CENTER.anchor_size(place.center(), hint.size());
    painter.galley(middle.min, hint, visuals.text_color());
}
