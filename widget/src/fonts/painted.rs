//! Which letters stand in what was painted, and a dot for each that cannot be drawn.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::epaint::text::{Glyph, Row};
use egui::epaint::{TextShape, WHITE_UV};
use egui::layers::ShapeIdx;
use egui::{Context, FontFamily, LayerId, Rect, Shape, Vec2};

/// The side of the dot in the place of a letter, in points.
const DOT: f32 = 2.0;

/// The letters that were looked at: one bit each, since the window is looked through in each frame.
#[derive(Default)]
pub(super) struct Seen(Vec<u64>);

impl Seen {
    /// Whether this letter is asked about for the first time.
    pub(super) fn is_new(&mut self, letter: char) -> bool {
        let (at, bit) = (letter as usize / 64, 1 << (letter as u32 % 64));
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        let is_new = self.0[at] & bit == 0;
        self.0[at] |= bit;
        is_new
    }
}

/// Whether this is no letter: no font has it, and none is looked for.
pub(super) fn is_unprintable(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\t' | '\r')
}

/// Whether a text needs a look. Every font has what can be printed of ASCII.
fn is_seen_through(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii() && !is_unprintable(char::from(byte)))
}

/// The letters on a layer that were not seen before, and what is none.
pub(super) fn new_letters(ctx: &Context, layer: LayerId, seen: &mut Seen) -> Vec<char> {
    let mut new = Vec::new();
    ctx.graphics(|layers| {
        let painted = layers
            .get(layer)
            .into_iter()
            .flat_map(egui::layers::PaintList::all_entries);
        painted.for_each(|entry| read(&entry.shape, seen, &mut new));
    });
    new
}

fn read(shape: &Shape, seen: &mut Seen, new: &mut Vec<char>) {
    match shape {
        Shape::Text(text) if !is_seen_through(text.galley.text()) => {
            let letters = text.galley.text().chars();
            let needs_look = |letter: &char| is_unprintable(*letter) || !letter.is_ascii();
            new.extend(letters.filter(|letter| needs_look(letter) && seen.is_new(*letter)));
        }
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| read(shape, seen, new)),
        _ => {}
    }
}

/// Whether anything was painted on a layer.
pub(super) fn has_any(ctx: &Context, layer: LayerId) -> bool {
    ctx.graphics(|layers| {
        let painted = layers.get(layer);
        painted.is_some_and(|painted| painted.all_entries().len() > 0)
    })
}

/// The letters that each family of fonts lacks.
pub(super) type Lacking = Vec<(FontFamily, BTreeSet<char>)>;

/// Puts a dot in the place of each box that egui has painted on a layer for a letter that it cannot draw.
pub(super) fn dot_boxes(ctx: &Context, layer: LayerId, lacking: &Lacking) {
    ctx.graphics_mut(|layers| {
        let painted = layers.entry(layer);
        let count = painted.all_entries().len();
        for index in 0..count {
            painted.mutate_shape(ShapeIdx(index), |entry| dot_boxes_of(&mut entry.shape, lacking));
        }
    });
}

fn dot_boxes_of(shape: &mut Shape, lacking: &Lacking) {
    match shape {
        Shape::Vec(shapes) => shapes.iter_mut().for_each(|shape| dot_boxes_of(shape, lacking)),
        Shape::Text(text) if !is_seen_through(text.galley.text()) => dot_boxes_in(text, lacking),
        _ => {}
    }
}

fn dot_boxes_in(text: &mut TextShape, lacking: &Lacking) {
    // All of a text of ours is in one family.
    let section = text.galley.job.sections.first();
    let family = section.map(|section| &section.format.font_id.family);
    let Some((_, lacking)) = lacking.iter().find(|(known, _)| Some(known) == family) else {
        return;
    };
    let is_box =
        |glyph: &Glyph| lacking.contains(&glyph.chr) && !glyph.uv_rect.is_nothing() && !glyph.is_color;
    let has_box = |row: &Row| row.glyphs.iter().any(is_box);
    if !text.galley.rows.iter().any(|row| has_box(row)) {
        return;
    }
    let galley = Arc::make_mut(&mut text.galley);
    for row in galley.rows.iter_mut().filter(|row| has_box(row)) {
        let Row { glyphs, visuals, .. } = Arc::make_mut(&mut row.row);
        for glyph in glyphs.iter().filter(|glyph| is_box(glyph)) {
            let vertices = visuals.mesh.vertices.iter_mut().skip(glyph.first_vertex as usize);
            let corners: Vec<_> = vertices.take(4).collect();
            let places: Vec<_> = corners.iter().map(|corner| corner.pos).collect();
            let dot = Rect::from_center_size(Rect::from_points(&places).center(), Vec2::splat(DOT));
            // In the order of egui's own.
            let to = [
                dot.left_top(),
                dot.right_top(),
                dot.left_bottom(),
                dot.right_bottom(),
            ];
            for (corner, to) in corners.into_iter().zip(to) {
                (corner.pos, corner.uv) = (to, WHITE_UV);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_new_once() {
        let mut seen = Seen::default();
        for letter in ['é', '日', '\u{1f600}', '\u{10ffff}', 'ê'] {
            assert!(seen.is_new(letter), "{letter:?}");
            assert!(!seen.is_new(letter), "{letter:?}");
        }
    }
}
