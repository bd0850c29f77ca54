//! What marks look like: shapes for the screen, and for the pixels that are sent.

use egui::emath::TSTransform;
use egui::epaint::text::FontsView;
use egui::epaint::{Mesh, TextShape};
use egui::{Color32, CornerRadius, FontId, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::Edit;

/// Seen on any picture: one strong colour, and an edge that keeps it apart from itself.
const INK: Color32 = Color32::from_rgb(214, 20, 32);
const EDGE: Color32 = Color32::WHITE;

/// Letters are laid out at most so high, in pixels, and stretched from there: they share a texture with those of the
/// app, which would grow with each step of the zoom.
const MOST_LETTERS: f32 = 128.0;

/// The cosine of a gentle bend, of 45° at most: egui bevels those of more than 90°.
const GENTLE: f32 = std::f32::consts::FRAC_1_SQRT_2;

/// From pixels of the picture to points of what is painted on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    /// What of the picture is painted, in pixels.
    pub(crate) left: Rect,
    /// Where that begins, in points.
    origin: Pos2,
    /// Points per pixel.
    pub(crate) factor: f32,
}

impl Scale {
    pub(crate) fn new(left: Rect, origin: Pos2, factor: f32) -> Self {
        Self { left, origin, factor }
    }

    /// Where a place of the picture is, in points.
    pub(crate) fn place(&self, pixel: Pos2) -> Pos2 {
        self.origin + (pixel - self.left.min) * self.factor
    }

    /// Where a rectangle of the picture is, in points.
    pub(crate) fn area(&self, rect: Rect) -> Rect {
        Rect::from_min_max(self.place(rect.min), self.place(rect.max))
    }

    /// Which place of the picture is there.
    pub(crate) fn pixel(&self, point: Pos2) -> Pos2 {
        self.left.min + (point - self.origin) / self.factor
    }
}

/// Paints edits over what a picture of this size shows.
pub(crate) fn paint(painter: &Painter, size: [usize; 2], edits: &[&Edit], scale: &Scale) {
    for edit in edits {
        if let Edit::Pixelate(mosaic) = edit {
            let mut mesh = Mesh::default();
            for (block, colour) in &*mosaic.blocks {
                mesh.add_colored_rect(scale.area(*block), *colour);
            }
            painter.add(mesh);
        }
    }
    let pixels_per_point = painter.ctx().pixels_per_point();
    for edit in edits {
        let mark =
            |fonts: &mut FontsView<'_>| shapes(edit, size, scale, &mut Pen::new(fonts, pixels_per_point));
        painter.extend(painter.fonts_mut(mark));
    }
}

/// How thick a line is, in pixels of a picture of this size.
fn thickness(size: [usize; 2]) -> f32 {
    (longest(size) / 240.0).round().max(4.0)
}

/// How high letters are, in pixels of a picture of this size.
fn letters(size: [usize; 2]) -> f32 {
    (longest(size) / 40.0).round().max(18.0)
}

fn longest([width, height]: [usize; 2]) -> f32 {
    width.max(height) as f32
}

/// What writes words.
pub(super) struct Pen<'a, 'fonts> {
    fonts: &'a mut FontsView<'fonts>,
    pixels_per_point: f32,
}

impl<'a, 'fonts> Pen<'a, 'fonts> {
    pub(super) fn new(fonts: &'a mut FontsView<'fonts>, pixels_per_point: f32) -> Self {
        Self {
            fonts,
            pixels_per_point,
        }
    }
}

/// The shapes of a mark on a picture of this size. None for what is no mark.
pub(super) fn shapes(edit: &Edit, size: [usize; 2], scale: &Scale, pen: &mut Pen<'_, '_>) -> Vec<Shape> {
    let thickness = thickness(size);
    let strokes = match edit {
        Edit::Arrow { from, to } => arrow(*from, *to, thickness),
        Edit::Box(rect) => {
            let [a, b, c, d] = [
                rect.left_top(),
                rect.right_top(),
                rect.right_bottom(),
                rect.left_bottom(),
            ];
            vec![vec![a, b, c, d, a]]
        }
        Edit::Line(points) => vec![points.clone()],
        Edit::Text { at, words } => return plate(*at, words, letters(size), scale, pen),
        Edit::BlackOut(rect) => return vec![Shape::rect_filled(scale.area(*rect), 0, Color32::BLACK)],
        Edit::Crop(_) | Edit::Pixelate(_) => Vec::new(),
    };
    let place = |stroke: Vec<Pos2>| stroke.into_iter().map(|point| scale.place(point)).collect();
    let strokes: Vec<Vec<Pos2>> = strokes.into_iter().map(place).collect();
    let inner = thickness * scale.factor;
    let layers = [(inner * 1.8, EDGE), (inner, INK)];
    let layers = layers.into_iter().flat_map(|(width, colour)| {
        strokes
            .iter()
            .flat_map(move |stroke| round_line(stroke, width, colour))
    });
    layers.collect()
}

/// The shaft, and the head at its end.
fn arrow(from: Pos2, to: Pos2, thickness: f32) -> Vec<Vec<Pos2>> {
    let along = to - from;
    let head = (thickness * 5.0).min(along.length() * 0.5);
    let back = along.normalized() * -head;
    let side = back.rot90() * 0.6;
    vec![vec![from, to], vec![to + back + side, to, to + back - side]]
}

/// A line whose ends and sharp bends are round.
fn round_line(points: &[Pos2], width: f32, colour: Color32) -> impl Iterator<Item = Shape> {
    let sharp = points
        .iter()
        .enumerate()
        .filter(|(at, _)| !is_gentle(points, *at));
    let dots = sharp.map(move |(_, point)| Shape::circle_filled(*point, width / 2.0, colour));
    let line = (points.len() > 1).then(|| Shape::line(points.to_vec(), Stroke::new(width, colour)));
    line.into_iter().chain(dots)
}

/// Whether a line bends so little here that it looks round as it is. A free line goes through thousands of such places,
/// and all of them are painted in each frame.
fn is_gentle(points: &[Pos2], at: usize) -> bool {
    let around = at.checked_sub(1).and_then(|before| points.get(before..at + 2));
    match around {
        Some([before, here, after]) => {
            let cosine = (*here - *before).normalized().dot((*after - *here).normalized());
            cosine > GENTLE
        }
        _ => false, // an end
    }
}

/// Words on a plate, which can be read wherever they stand.
fn plate(at: Pos2, words: &str, height: f32, scale: &Scale, pen: &mut Pen<'_, '_>) -> Vec<Shape> {
    let laid_out = height.min(MOST_LETTERS) / pen.pixels_per_point;
    let font = FontId::proportional(laid_out);
    let galley = pen.fonts.layout_no_wrap(words.to_owned(), font, INK);
    let stretch = height * scale.factor / laid_out;
    let around = margin(height) * scale.factor;
    let at = scale.place(at);
    let plate = Rect::from_min_size(at, galley.size() * stretch + 2.0 * around);
    let radius = CornerRadius::from(around.y);
    let mut text = TextShape::new(Pos2::ZERO, galley, INK);
    text.transform(TSTransform::new((at + around).to_vec2(), stretch));
    vec![Shape::rect_filled(plate, radius, EDGE), text.into()]
}

/// Between the edge of a plate and its words, in pixels of the picture.
fn margin(height: f32) -> Vec2 {
    vec2(height * 0.35, height * 0.15)
}

#[cfg(test)]
mod tests {
    use egui::{ColorImage, Context, RawInput, pos2};

    use super::*;

    /// What a text mark of a picture 800 pixels wide takes on the screen, and the texture of the app's font then.
    fn plates(ctx: &Context, factors: &[f32]) -> Vec<(Rect, ColorImage)> {
        let text = Edit::Text {
            at: Pos2::ZERO,
            words: "Here".to_owned(),
        };
        let left = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        let mut plates = Vec::new();
        for factor in factors {
            let mut frame = ctx.run_ui(RawInput::default(), |ui| {
                let scale = Scale::new(left, pos2(10.0, 10.0), *factor);
                let ppp = ui.ctx().pixels_per_point();
                let shapes =
                    ui.fonts_mut(|fonts| shapes(&text, [800, 600], &scale, &mut Pen::new(fonts, ppp)));
                let [Shape::Rect(plate), Shape::Text(letters)] = shapes.as_slice() else {
                    panic!("{shapes:?}");
                };
                assert!(plate.rect.contains_rect(letters.visual_bounding_rect()));
                plates.push((plate.rect, ui.ctx().fonts_mut(|fonts| fonts.image())));
            });
            frame.textures_delta.clear();
        }
        plates
    }

    /// Each dot is painted in every frame.
    #[test]
    fn a_line_has_dots_only_where_it_ends_and_where_it_turns_sharply() {
        let arc: Vec<Pos2> = (0_u16..500)
            .map(|step| pos2(100.0, 100.0) + 80.0 * Vec2::angled(f32::from(step) / 100.0))
            .collect();
        let back = [
            pos2(0.0, 0.0),
            pos2(50.0, 0.0),
            pos2(10.0, 10.0),
            pos2(90.0, 15.0),
        ];
        let stays = [pos2(0.0, 0.0), pos2(0.0, 0.0)];
        for (points, dots) in [(arc.as_slice(), 2), (&back, 4), (&stays, 2), (&stays[..1], 1)] {
            let shapes = round_line(points, 8.0, INK);
            let circles = shapes.filter(|shape| matches!(shape, Shape::Circle(_)));
            assert_eq!(circles.count(), dots, "{} places", points.len());
        }
    }

    #[test]
    fn words_grow_with_the_picture_and_their_letters_are_drawn_once() {
        let ctx = Context::default();
        let seen = plates(&ctx, &[0.5, 0.5, 1.0, 3.0, 15.0]);
        let (first, letters) = &seen[0];
        for (plate, now) in &seen {
            let ratio = plate.size() / first.size();
            assert!((ratio.x - ratio.y).abs() < 0.01, "{ratio}");
            assert!(now == letters, "nothing new in the font's texture");
        }
        let last = seen[4].0.size() / first.size();
        assert!((last.x - 30.0).abs() < 0.01, "{last}");
    }
}
