//! The picture itself: what is done on it by pointer and by keyboard.

use egui::containers::scroll_area::{DragScroll, ScrollSource};
use egui::{
    Color32, Event, EventFilter, Key, Modifiers, Painter, PointerButton, Pos2, Rect, Response, Role,
    ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::super::long_text::Field;
use super::super::parts;
use super::desk::{Desk, LONGEST_MARK, Typing};
use super::tool::Tool;
use crate::colour;
use crate::picture::{self, Edit, Mosaic, Scale};
use crate::words::Words;

/// The arrow keys go through the picture in so many steps.
const STEPS: f32 = 40.0;
/// The width of the field for words on the picture, in points.
const FIELD: f32 = 200.0;
/// The line around the picture that has the keyboard, in points.
const EDGE: f32 = 2.0;

impl Desk {
    /// Draws the picture with what was done to it, and takes what is done now.
    pub(super) fn show_picture(&mut self, ui: &mut Ui, words: &Words, height: f32) {
        let left = self.left();
        let room = vec2(ui.available_width(), height) - Vec2::splat(2.0 * EDGE);
        let factor = self.zoom.factor(left.size(), room);
        // What fades at its edge looks hidden, or is seen on the picture and not in what is sent.
        ui.spacing_mut().scroll.fade.strength = 0.0;
        let mut area = ScrollArea::both()
            .id_salt("feedback-canvas")
            .auto_shrink(false)
            .max_height(height)
            .scroll_source(ScrollSource {
                drag: DragScroll::Never, // that draws
                ..ScrollSource::default()
            });
        if let Some(offset) = self.zoom.offset(factor) {
            area = area.scroll_offset(offset);
        }
        area.show_viewport(ui, |ui, view| {
            let needed = (left.size() * factor).max(view.size());
            let (rect, _) = ui.allocate_exact_size(needed, Sense::hover());
            let shown = Rect::from_center_size(rect.center(), left.size() * factor);
            let scale = Scale::new(left, shown.min, factor);
            self.zoom.note(
                scale,
                Rect::from_min_size(rect.min + view.min.to_vec2(), view.size()),
            );
            let is_enabled = self.is_enabled();
            let sense = if is_enabled {
                Sense::click_and_drag()
            } else {
                Sense::hover()
            };
            if is_enabled {
                self.take_keys(ui, left);
            }
            let response = ui.interact(rect, self.picture_id(), sense);
            if is_enabled {
                self.take_pointer(&response, &scale);
            }
            response.widget_info(|| WidgetInfo::labeled(Role::Canvas, is_enabled, &*words.canvas));
            parts::describe(&response, &words.describe_instead);
            self.paint(ui, &response, &scale);
            if is_enabled {
                self.field(ui, words, &scale);
            }
        });
    }

    fn paint(&self, ui: &Ui, response: &Response, scale: &Scale) {
        let shown = scale.area(scale.left);
        let painter = ui.painter().with_clip_rect(shown.intersect(ui.clip_rect()));
        let whole = self.whole();
        let part = |pixel: Pos2| (pixel.to_vec2() / whole).to_pos2();
        let uv = Rect::from_min_max(part(scale.left.min), part(scale.left.max));
        painter.image(self.texture.id(), shown, uv, Color32::WHITE);
        let drawn = self.begun();
        let edits: Vec<&Edit> = self.history.edits().iter().chain(&drawn).collect();
        picture::paint(&painter, self.size, &edits, scale);
        match drawn {
            Some(Edit::Crop(rect)) => {
                let kept = scale.area(rect);
                for away in around(shown, kept) {
                    painter.rect_filled(away, 0, Color32::from_black_alpha(150));
                }
                outline(&painter, kept);
            }
            Some(Edit::BlackOut(area) | Edit::Pixelate(Mosaic { area, .. })) => {
                outline(&painter, scale.area(area));
            }
            _ => {}
        }
        if response.has_focus() {
            let edge = Stroke::new(EDGE, colour::ring(ui.visuals()));
            ui.painter().rect_stroke(shown, 0, edge, StrokeKind::Outside);
            if self.is_by_keys {
                cross(&painter, scale.place(self.cross));
            }
        }
    }

    fn take_pointer(&mut self, response: &Response, scale: &Scale) {
        let ctx = &response.ctx;
        if let Some(at) = response.hover_pos() {
            let factor = ctx.input(egui::InputState::zoom_delta);
            if (factor - 1.0).abs() > f32::EPSILON {
                self.zoom.turn(factor, at);
            }
            ctx.set_cursor_icon(egui::CursorIcon::Crosshair);
        }
        // Two fingers zoom: what the first of them began was no mark.
        if ctx.input(|input| input.multi_touch().is_some()) {
            self.way.clear();
            return;
        }
        let pixel = |point: Pos2| scale.left.clamp(scale.pixel(point));
        let Some(at) = response.interact_pointer_pos().map(pixel) else {
            return;
        };
        if response.is_pointer_button_down_on() || response.clicked() {
            response.request_focus();
            self.cross = at;
            self.is_by_keys = false;
        }
        if response.drag_started_by(PointerButton::Primary) {
            self.end_typing();
            let origin = ctx.input(|input| input.pointer.press_origin());
            self.way = vec![origin.map_or(at, pixel)];
        }
        if response.dragged_by(PointerButton::Primary) && !self.way.is_empty() {
            self.go_to(at);
        }
        if response.drag_stopped_by(PointerButton::Primary) {
            self.end_way();
        }
        if response.clicked() {
            self.end_typing();
            self.way.clear();
            if self.tool == Tool::Text {
                self.begin_typing(at);
            }
        }
    }

    /// The tool in use goes on to there.
    fn go_to(&mut self, at: Pos2) {
        self.cross = at;
        self.tool.go_on(&mut self.way, at);
    }

    fn begin_typing(&mut self, at: Pos2) {
        self.typing = Some(Typing {
            at,
            ..Typing::default()
        });
    }

    /// Moves the cross by the arrow keys; Space and Enter begin and end what is drawn there.
    fn take_keys(&mut self, ui: &Ui, left: Rect) {
        let id = self.picture_id();
        if !ui.memory(|memory| memory.has_focus(id)) {
            return;
        }
        let is_drawing = !self.way.is_empty();
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: is_drawing,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        // In their order: on a busy machine, several come with one frame.
        let mut events = ui.input_mut(|input| std::mem::take(&mut input.events));
        events.retain(|event| !self.take_key(event, left));
        ui.input_mut(|input| input.events = events);
    }

    /// Whether an event is one of those keys.
    fn take_key(&mut self, event: &Event, left: Rect) -> bool {
        let Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } = event
        else {
            return false;
        };
        let far = if modifiers.matches_logically(Modifiers::SHIFT) {
            1.0
        } else if modifiers.matches_logically(Modifiers::NONE) {
            (left.size().max_elem() / STEPS).round().max(1.0)
        } else {
            return false;
        };
        match key {
            Key::ArrowLeft => self.go(Vec2::LEFT * far, left),
            Key::ArrowRight => self.go(Vec2::RIGHT * far, left),
            Key::ArrowUp => self.go(Vec2::UP * far, left),
            Key::ArrowDown => self.go(Vec2::DOWN * far, left),
            Key::Space | Key::Enter => {
                self.is_by_keys = true;
                match self.tool {
                    Tool::Text => self.begin_typing(self.cross),
                    _ if self.way.is_empty() => self.way = vec![self.cross],
                    _ => self.end_way(),
                }
            }
            Key::Escape if !self.way.is_empty() => self.way.clear(),
            _ => return false,
        }
        true
    }

    fn go(&mut self, way: Vec2, left: Rect) {
        self.is_by_keys = true;
        self.cross = left.clamp(self.cross + way);
        if !self.way.is_empty() {
            self.go_to(self.cross);
        }
    }

    /// The field for words on the picture, where they will stand.
    fn field(&mut self, ui: &mut Ui, words: &Words, scale: &Scale) {
        let id = self.ids.of("text");
        let Some(typing) = &mut self.typing else {
            return;
        };
        let view = ui.clip_rect();
        let size = vec2(FIELD.min(view.width()), ui.spacing().interact_size.y);
        let room = Rect::from_min_max(view.min, (view.max - size).max(view.min));
        let place = Rect::from_min_size(room.clamp(scale.place(typing.at)), size);
        let is_ours = !typing.is_composing;
        let is_given_up = is_ours && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let is_ended = is_ours && ui.input(|input| input.key_pressed(Key::Enter));
        let mut mark = Field::new(ui, id, &mut typing.words, LONGEST_MARK);
        let field = mark
            .line()
            .desired_width(size.x - 16.0)
            .hint_text(words.text_mark.clone());
        let field = ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
            parts::field(ui, field)
        });
        self.aside.extend(mark.aside(ui));
        let field = field.inner.accessible_name(&*words.text_mark);
        if is_given_up {
            self.typing = None;
        } else if (is_ours && field.lost_focus()) || is_ended {
            self.end_typing();
        } else if !field.has_focus() {
            field.request_focus();
        }
        if self.typing.is_none() {
            ui.memory_mut(|memory| memory.request_focus(self.picture_id()));
        }
    }
}

/// The parts of `all` that are not in `kept`.
fn around(all: Rect, kept: Rect) -> [Rect; 4] {
    [
        Rect::from_min_max(all.min, pos2(all.max.x, kept.min.y)),
        Rect::from_min_max(pos2(all.min.x, kept.max.y), all.max),
        Rect::from_min_max(pos2(all.min.x, kept.min.y), pos2(kept.min.x, kept.max.y)),
        Rect::from_min_max(pos2(kept.max.x, kept.min.y), pos2(all.max.x, kept.max.y)),
    ]
}

/// A line that is seen on black as well as on white.
fn outline(painter: &Painter, rect: Rect) {
    painter.rect_stroke(rect, 0, Stroke::new(1.0, Color32::WHITE), StrokeKind::Inside);
    painter.rect_stroke(rect, 0, Stroke::new(1.0, Color32::BLACK), StrokeKind::Outside);
}

/// Where the keyboard is.
fn cross(painter: &Painter, at: Pos2) {
    for (width, colour) in [(4.0, Color32::WHITE), (1.5, Color32::BLACK)] {
        for arm in [vec2(9.0, 0.0), vec2(0.0, 9.0)] {
            painter.line_segment([at - arm, at + arm], Stroke::new(width, colour));
        }
    }
}
