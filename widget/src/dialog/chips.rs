//! What is attached, each in a row of its own that can be taken out again.

use std::fmt::Debug;
use std::hash::Hash;
use std::iter;

use egui::{
    Id, Rect, Response, RichText, Role, Sense, Stroke, StrokeKind, TextStyle, TextureHandle, Ui, Vec2,
    WidgetInfo,
};

use super::Focus;
use super::parts::{self, TARGET, announce, button, reachable};
use crate::colour;
use crate::words::Words;

/// On the button that takes something out.
const REMOVE: &str = "×";

/// The height of a small image, in points.
const THUMBNAIL: f32 = 48.0;
/// The size of one until it is known: that of most monitors.
const COMING: Vec2 = Vec2::new(THUMBNAIL * 16.0 / 9.0, THUMBNAIL);
/// As wide as the size of a picture, until it is known.
const SIZE_COMING: &str = "8888 × 8888";

/// All that are drawn in a frame, from above.
pub(crate) struct Chips<'a> {
    words: &'a Words,
    focus: &'a mut Focus,
    count: usize,
    removed: Option<Removed>,
}

/// The one that is taken out.
struct Removed {
    place: usize,
    name: String,
    had_keyboard: bool,
}

/// One attached thing: small image, name, size, and a button to take it out.
pub(crate) struct Chip<'a> {
    pub(crate) name: &'a str,
    pub(crate) size: &'a str,
    pub(crate) image: Option<&'a TextureHandle>,
    /// Whether it will have one, as far as is known: its room is kept, so that nothing below moves.
    pub(crate) is_image_coming: bool,
    /// Whether it can be opened in the editor of pictures.
    pub(crate) can_edit: bool,
}

/// What the person wants of an attached thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Remove,
    /// To edit it; the button for that is this one.
    Edit(Id),
}

impl<'a> Chips<'a> {
    pub(crate) fn new(words: &'a Words, focus: &'a mut Focus) -> Self {
        Self {
            words,
            focus,
            count: 0,
            removed: None,
        }
    }

    pub(crate) fn words(&self) -> &'a Words {
        self.words
    }

    /// Draws the next one. It is the same one in another frame if the `key` is.
    pub(crate) fn show(&mut self, ui: &mut Ui, key: impl Hash + Debug, chip: &Chip<'_>) -> Option<Wanted> {
        let place = self.count;
        self.count += 1;
        let (wanted, remove) = parts::lasting(ui, ("chip", key), |ui| chip.show(ui, self.words));
        self.focus.give_to(ui, Focus::Chip(place), remove);
        if wanted == Some(Wanted::Remove) {
            self.removed = Some(Removed {
                place,
                name: chip.name.to_owned(),
                had_keyboard: ui.memory(|memory| memory.has_focus(remove)),
            });
        }
        wanted
    }

    /// All are drawn. The name of the one that is taken out: the keyboard goes from it to the next one, or to the last.
    pub(crate) fn end(self) -> Option<String> {
        if matches!(*self.focus, Focus::Chip(place) if place >= self.count) {
            *self.focus = Focus::Stay; // it has gone
        }
        let removed = self.removed?;
        if removed.had_keyboard {
            let last = self.count.checked_sub(2);
            *self.focus = last.map_or(Focus::Message, |last| Focus::Chip(removed.place.min(last)));
        }
        Some(removed.name)
    }
}

impl<'a> Chip<'a> {
    pub(crate) fn new(name: &'a str, size: &'a str) -> Self {
        Self {
            name,
            size,
            image: None,
            is_image_coming: false,
            can_edit: false,
        }
    }

    /// Draws it. What is wanted of it, and the button that takes it out.
    fn show(&self, ui: &mut Ui, words: &Words) -> (Option<Wanted>, Id) {
        let height = if self.image.is_some() || self.is_image_coming {
            THUMBNAIL
        } else {
            TARGET
        };
        let left = |ui: &mut Ui| {
            let image = self.image.map(|image| {
                let size = thumbnail(image);
                // The button beside it does the same for the keyboard.
                let sense = if self.can_edit {
                    Sense::CLICK
                } else {
                    Sense::hover()
                };
                // Large enough to hit.
                let (place, response) = ui.allocate_exact_size(place_of(size), sense);
                response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.name));
                egui::Image::new(image).paint_at(ui, Rect::from_center_size(place.center(), size));
                // White on white has no edge of its own.
                let edge = Stroke::new(1.0, colour::line(ui.visuals()));
                ui.painter().rect_stroke(place, 0, edge, StrokeKind::Inside);
                response
            });
            // As if it stood there: it may come while the keyboard is here.
            match &image {
                Some(_) => {}
                None if self.is_image_coming => {
                    ui.allocate_exact_size(COMING, Sense::hover());
                }
                None => ui.skip_ahead_auto_ids(1),
            }
            announce(&ui.label(self.name));
            image.is_some_and(|image| image.clicked())
        };
        let right = |ui: &mut Ui| {
            let named = |response: Response, label: String| {
                reachable(response)
                    .accessible_name(label.as_str())
                    .on_hover_text(label)
            };
            ui.add_space(self.room_kept(ui, words));
            if !self.size.is_empty() {
                let colour = colour::quiet(ui.visuals());
                ui.label(RichText::new(self.size).color(colour));
            }
            let edit = self
                .can_edit
                .then(|| named(ui.add(button(&*words.edit)), words.edit_picture(self.name)));
            // As if all stood there: what is not there yet may come while the keyboard is here.
            let is_missing = [self.size.is_empty(), edit.is_none()];
            ui.skip_ahead_auto_ids(is_missing.into_iter().filter(|is| *is).count());
            let remove = ui.add(button(REMOVE).frame_when_inactive(false));
            (named(remove, words.remove(self.name)), edit)
        };
        let plate = parts::plate(ui).show(ui, |ui| {
            let widths = [self.left_width(ui), self.right_width(ui, words)];
            parts::sides(ui, height, widths, left, right)
        });
        let (is_image_clicked, (remove, edit)) = plate.inner;
        let edit = edit.filter(|edit| edit.clicked() || is_image_clicked);
        let wanted = if remove.clicked() {
            Some(Wanted::Remove)
        } else {
            edit.map(|edit| Wanted::Edit(edit.id))
        };
        (wanted, remove.id)
    }

    /// The width of its small image and its name in one line, in points.
    fn left_width(&self, ui: &Ui) -> f32 {
        let coming = self.is_image_coming.then_some(COMING.x);
        let image = self.image.map(|image| place_of(thumbnail(image)).x).or(coming);
        let image = image.map_or(0.0, |width| width + ui.spacing().item_spacing.x);
        image + parts::width(ui, self.name, TextStyle::Body)
    }

    /// The width of its size and its buttons, in points.
    fn right_width(&self, ui: &Ui, words: &Words) -> f32 {
        let edit = if self.can_edit { edit_width(ui, words) } else { 0.0 };
        self.room_kept(ui, words) + self.size_width(ui) + edit + button_width(ui, REMOVE)
    }

    /// The width of its size, in points, with the gap behind it.
    fn size_width(&self, ui: &Ui) -> f32 {
        if self.size.is_empty() {
            return 0.0;
        }
        parts::width(ui, self.size, TextStyle::Body) + ui.spacing().item_spacing.x
    }

    /// What its size and its buttons lack of the width they will have once it is known what it looks like, so that no button
    /// moves from under the pointer.
    fn room_kept(&self, ui: &Ui, words: &Words) -> f32 {
        if !self.is_image_coming {
            return 0.0;
        }
        let size = Self::new("", SIZE_COMING).size_width(ui) - self.size_width(ui);
        let edit = if self.can_edit { 0.0 } else { edit_width(ui, words) };
        size.max(0.0) + edit
    }
}

fn button_width(ui: &Ui, label: &str) -> f32 {
    parts::widest(ui, iter::once(label), f32::INFINITY).max(TARGET)
}

/// The width of the button for the editor, in points, with the gap behind it.
fn edit_width(ui: &Ui, words: &Words) -> f32 {
    button_width(ui, &words.edit) + ui.spacing().item_spacing.x
}

/// The size of a small image, in points. A small one stays small, and a wide one leaves room for its name.
fn thumbnail(image: &TextureHandle) -> Vec2 {
    let size = image.size_vec2();
    let least = (TARGET / size.y).max(1.0);
    size * (THUMBNAIL / size.y).min(least).min(2.0 * THUMBNAIL / size.x)
}

/// The place of a small image, large enough to hit.
fn place_of(size: Vec2) -> Vec2 {
    size.max(Vec2::splat(TARGET))
}
