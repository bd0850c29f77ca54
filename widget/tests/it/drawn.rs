//! What a frame has drawn: every letter with its colour and the ground that it stands on.

use egui::epaint::{ColorMode, PathShape, TextShape, Vertex, WHITE_UV};
use egui::{Color32, FullOutput, Pos2, Rect, Rgba, Shape, Stroke};

/// A letter that can be seen.
pub(crate) struct Letter {
    pub(crate) sign: char,
    pub(crate) at: Pos2,
    pub(crate) colour: Color32,
    pub(crate) ground: Color32,
    /// The text that it is of.
    pub(crate) text: String,
    /// It stands for one that no font has.
    pub(crate) is_dot: bool,
}

/// A rectangle.
struct Plate {
    rect: Rect,
    clip: Rect,
    fill: Color32,
    stroke: Stroke,
    /// The colour that it lies on.
    around: Color32,
}

#[derive(Default)]
pub(crate) struct Drawn {
    pub(crate) letters: Vec<Letter>,
    /// The lines that signs on buttons are painted with.
    pub(crate) lines: Vec<Letter>,
    plates: Vec<Plate>,
    pub(crate) marks: Vec<Mark>,
}

/// Where anything was drawn.
pub(crate) struct Mark {
    pub(crate) rect: Rect,
    pub(crate) clip: Rect,
    /// Where it is text that is not empty.
    pub(crate) text: Option<String>,
    pub(crate) is_elided: bool,
}

impl Drawn {
    pub(crate) fn of(output: &FullOutput) -> Self {
        let mut drawn = Self::default();
        for clipped in &output.shapes {
            drawn.take(&clipped.shape, clipped.clip_rect);
        }
        drawn
    }

    fn take(&mut self, shape: &Shape, clip: Rect) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.take(shape, clip)),
            Shape::Rect(rect) if rect.brush.is_none() && rect.blur_width == 0.0 => {
                let outside = rect.rect.left_center() - egui::vec2(3.0, 0.0);
                let plate = Plate {
                    rect: rect.rect,
                    clip,
                    fill: rect.fill,
                    stroke: rect.stroke,
                    around: self.ground(outside),
                };
                self.plates.push(plate);
            }
            Shape::Text(text) => self.take_text(text, clip),
            Shape::Path(path) => self.take_line(path),
            _ => {}
        }
        let mut mark = Mark {
            rect: shape.visual_bounding_rect(),
            clip,
            text: None,
            is_elided: false,
        };
        if let Shape::Text(text) = shape {
            mark.text = Some(text.galley.text().to_owned()).filter(|text| !text.is_empty());
            mark.is_elided = text.galley.elided;
        }
        if mark.rect.is_positive() {
            self.marks.push(mark);
        }
    }

    /// The contrast of the best line or ground that goes around this place, or around a sign that begins in it.
    pub(crate) fn contrast_around(&self, place: Rect) -> f32 {
        let plates = self.plates.iter().filter(|plate| {
            let is_frame = (plate.rect.min - place.min).abs().max_elem() < 10.0
                && (plate.rect.max - place.max).abs().max_elem() < 10.0;
            let is_sign = place.contains_rect(plate.rect) && plate.rect.left() - place.left() < 10.0;
            is_frame || is_sign
        });
        let line = |plate: &Plate| contrast(plate.around.blend(plate.stroke.color), plate.around);
        plates.map(line).fold(0.0, f32::max)
    }

    /// The colour of a place, of all that is drawn so far.
    fn ground(&self, at: Pos2) -> Color32 {
        let here = self
            .plates
            .iter()
            .filter(|plate| plate.rect.intersect(plate.clip).contains(at));
        here.fold(Color32::BLACK, |ground, plate| ground.blend(plate.fill))
    }

    fn take_line(&mut self, path: &PathShape) {
        if let ColorMode::Solid(colour) = path.stroke.color
            && path.stroke.width > 0.0
        {
            let at = path.visual_bounding_rect().center();
            let ground = self.ground(at);
            self.lines.push(Letter {
                sign: '/',
                at,
                colour: ground.blend(colour),
                ground,
                text: "a sign".to_owned(),
                is_dot: false,
            });
        }
    }

    fn take_text(&mut self, text: &TextShape, clip: Rect) {
        for row in &text.galley.rows {
            let mesh = &row.visuals.mesh;
            let moved = text.pos.to_vec2() + row.pos.to_vec2();
            let of_glyphs = row.visuals.glyph_vertex_range.clone();
            let quads = mesh.vertices.chunks_exact(4).enumerate();
            let grounds: Vec<(Rect, Color32)> = quads
                .filter(|(at, quad)| quad[0].uv == WHITE_UV && !of_glyphs.contains(&(4 * at)))
                .map(|(_, quad)| (bounds(quad).translate(moved), quad[0].color))
                .collect();
            for glyph in row.glyphs.iter().filter(|glyph| !glyph.chr.is_whitespace()) {
                let at = glyph.logical_rect().center() + moved;
                let Some(vertex) = mesh.vertices.get(glyph.first_vertex as usize) else {
                    continue;
                };
                if !clip.contains(at) {
                    continue;
                }
                let own = match vertex.color {
                    Color32::PLACEHOLDER => text.fallback_color,
                    colour => colour,
                };
                let colour = text.override_text_color.unwrap_or(own);
                let here = grounds.iter().filter(|(rect, _)| rect.contains(at));
                let ground = here.fold(self.ground(at), |ground, (_, colour)| ground.blend(*colour));
                self.letters.push(Letter {
                    sign: glyph.chr,
                    at,
                    colour: ground.blend(colour.gamma_multiply(text.opacity_factor)),
                    ground,
                    text: text.galley.text().to_owned(),
                    is_dot: vertex.uv == WHITE_UV,
                });
            }
        }
    }
}

fn bounds(quad: &[Vertex]) -> Rect {
    Rect::from_points(&[quad[0].pos, quad[1].pos, quad[2].pos, quad[3].pos])
}

/// The contrast ratio of WCAG 2.2, 1 to 21.
pub(crate) fn contrast(a: Color32, b: Color32) -> f32 {
    let luminance = |colour: Color32| {
        let [r, g, b, _] = Rgba::from(colour).to_array();
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}
