//! Shapes into pixels, as a graphics card would: colour × letter, premultiplied and in gamma space, blended over what is
//! there.

use egui::ecolor::linear_u8_from_linear_f32;
use egui::epaint::{Mesh, TessellationOptions, Tessellator, Vertex};
use egui::{Color32, ColorImage, Shape};

use super::pixels::Pixels;

/// Places are counted in so many parts of a pixel.
const ONE: f32 = 256.0;

/// A picture to paint on.
pub(super) struct Canvas<'a, 'p> {
    picture: &'a mut Pixels<'p>,
    letters: &'a ColorImage,
    tessellator: Tessellator,
    pixels_per_point: f32,
}

impl<'a, 'p> Canvas<'a, 'p> {
    /// `letters` is the font's texture, with one white pixel at its beginning.
    pub(super) fn new(picture: &'a mut Pixels<'p>, letters: &'a ColorImage, pixels_per_point: f32) -> Self {
        let options = TessellationOptions::default();
        Self {
            tessellator: Tessellator::new(pixels_per_point, options, letters.size, Vec::new()),
            picture,
            letters,
            pixels_per_point,
        }
    }

    pub(super) fn picture(&mut self) -> &mut Pixels<'p> {
        self.picture
    }

    /// Paints shapes whose places are in points.
    pub(super) fn paint(&mut self, shapes: Vec<Shape>) {
        for shape in shapes {
            let mut mesh = Mesh::default();
            self.tessellator.tessellate_shape(shape, &mut mesh);
            for indices in mesh.indices.as_chunks::<3>().0 {
                let [a, b, c] = indices.map(|index| mesh.vertices.get(index as usize));
                if let (Some(a), Some(b), Some(c)) = (a, b, c) {
                    self.triangle([a, b, c]);
                }
            }
        }
    }

    fn triangle(&mut self, corners: [&Vertex; 3]) {
        let [a, mut b, mut c] = corners.map(|corner| Corner::new(corner, self.pixels_per_point));
        if area(a.at, b.at, c.at) < 0 {
            std::mem::swap(&mut b, &mut c);
        }
        let whole = area(a.at, b.at, c.at);
        if whole == 0 {
            return;
        }
        let corners = [a, b, c];
        let [columns, rows] = [0, 1].map(|axis| {
            let side = self.picture.size()[axis];
            let places = corners.map(|corner| corner.at[axis]);
            let first = places.into_iter().min().unwrap_or(0);
            let last = places.into_iter().max().unwrap_or(0);
            pixel(first, side)..(pixel(last, side) + 1).min(side)
        });
        for y in rows {
            for x in columns.clone() {
                let centre = [x, y].map(|place| fixed(place as f32 + 0.5));
                let weights = [[b, c], [c, a], [a, b]].map(|[from, to]| {
                    let weight = area(from.at, to.at, centre);
                    // A pixel on the edge of two triangles belongs to one of them.
                    let is_ours = weight > 0 || (weight == 0 && is_top_or_left(from.at, to.at));
                    is_ours.then_some(weight as f32 / whole as f32)
                });
                if let [Some(a), Some(b), Some(c)] = weights {
                    self.blend(x, y, corners, [a, b, c]);
                }
            }
        }
    }

    fn blend(&mut self, x: usize, y: usize, corners: [Corner; 3], share: [f32; 3]) {
        let mean = |of: fn(&Corner, usize) -> f32, channel: usize| -> f32 {
            let parts = corners.iter().zip(share);
            parts.map(|(corner, share)| of(corner, channel) * share).sum()
        };
        let letter = self.letter([0, 1].map(|axis| mean(|corner, axis| corner.uv[axis], axis)));
        let over = [0, 1, 2, 3].map(|channel| {
            mean(|corner, channel| corner.colour[channel], channel) * f32::from(letter[channel]) / 255.0
        });
        let under = self.picture.at(x, y);
        let through = 1.0 - over[3] / 255.0;
        let blended = [0, 1, 2, 3].map(|channel| over[channel] + f32::from(under[channel]) * through);
        let [red, green, blue, alpha] = blended.map(|value| linear_u8_from_linear_f32(value / 255.0));
        let colour = Color32::from_rgba_premultiplied(red, green, blue, alpha);
        self.picture.set(x, y, colour);
    }

    /// The colour at a place of the font's texture.
    fn letter(&self, uv: [f32; 2]) -> Color32 {
        let [column, row] = [0, 1].map(|axis| {
            let side = self.letters.size[axis];
            pixel(fixed(uv[axis] * side as f32), side)
        });
        let index = row * self.letters.width() + column;
        self.letters.pixels.get(index).copied().unwrap_or_default()
    }
}

/// A corner of a triangle. Colours are premultiplied, 0 to 255.
#[derive(Clone, Copy)]
struct Corner {
    at: [i64; 2],
    uv: [f32; 2],
    colour: [f32; 4],
}

impl Corner {
    fn new(vertex: &Vertex, pixels_per_point: f32) -> Self {
        Self {
            at: [vertex.pos.x, vertex.pos.y].map(|place| fixed(place * pixels_per_point)),
            uv: [vertex.uv.x, vertex.uv.y],
            colour: vertex.color.to_array().map(f32::from),
        }
    }
}

/// Twice the area of a triangle; positive where its corners go clockwise.
fn area(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

fn is_top_or_left(from: [i64; 2], to: [i64; 2]) -> bool {
    to[1] < from[1] || (to[1] == from[1] && to[0] > from[0])
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "far outside of any picture at the limits"
)]
fn fixed(pixels: f32) -> i64 {
    (pixels.clamp(-1e6, 1e6) * ONE).round() as i64
}

/// The pixel that a place is in, or the one next to it where it is outside of `0..side`.
fn pixel(place: i64, side: usize) -> usize {
    let pixel = usize::try_from(place.div_euclid(256)).unwrap_or(0);
    pixel.min(side.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use egui::{Pos2, Rect, Stroke, pos2, vec2};

    use super::super::pixels::tests::filled;
    use super::*;

    /// What shapes make of a black picture of 40 × 30 pixels.
    fn painted(shapes: Vec<Shape>, pixels_per_point: f32) -> ColorImage {
        let picture = filled([40, 30], Color32::BLACK);
        let mut pixels = Pixels::of(&picture).unwrap();
        let white = ColorImage::filled([1, 1], Color32::WHITE);
        Canvas::new(&mut pixels, &white, pixels_per_point).paint(shapes);
        pixels.shrunk(40)
    }

    fn count(image: &ColorImage, colour: Color32) -> usize {
        image.pixels.iter().filter(|pixel| **pixel == colour).count()
    }

    #[test]
    fn a_rectangle_is_exactly_as_large_as_it_is_whatever_the_scale() {
        for scale in [1.0, 1.5, 2.0] {
            let rect = Rect::from_min_max(pos2(6.0, 3.0) / scale, pos2(30.0, 15.0) / scale);
            let image = painted(vec![Shape::rect_filled(rect, 0, Color32::RED)], scale);
            assert_eq!(count(&image, Color32::RED), 24 * 12, "at {scale}");
            assert_eq!(count(&image, Color32::BLACK), 40 * 30 - 24 * 12, "at {scale}");
            assert_eq!((image[(6, 3)], image[(29, 14)]), (Color32::RED, Color32::RED));
        }
    }

    /// Where two triangles meet, a pixel that both painted would be brighter.
    #[test]
    fn no_pixel_is_painted_twice() {
        let half = Color32::from_white_alpha(128);
        let corners = [pos2(4.5, 4.5), pos2(30.5, 4.5), pos2(30.5, 24.5), pos2(4.5, 24.5)];
        for indices in [[0, 1, 2, 0, 2, 3], [0, 2, 1, 3, 2, 0]] {
            let mut mesh = Mesh::default();
            for corner in corners {
                mesh.colored_vertex(corner, half);
            }
            mesh.indices.extend(indices);
            let image = painted(vec![Shape::mesh(mesh)], 1.0);
            let grey = Color32::from_rgb(128, 128, 128);
            assert_eq!(count(&image, grey), 26 * 20);
            assert_eq!(count(&image, Color32::BLACK), 40 * 30 - 26 * 20);
        }
    }

    #[test]
    fn a_line_has_soft_edges_and_its_own_colour_inside() {
        let line = Shape::line_segment([pos2(5.0, 5.0), pos2(35.0, 25.0)], Stroke::new(6.0, Color32::RED));
        let image = painted(vec![line], 1.0);
        assert_eq!(image[(20, 15)], Color32::RED);
        let soft = image.pixels.iter().filter(|pixel| (30..220).contains(&pixel.r()));
        assert!(soft.count() > 20);
    }

    #[test]
    fn what_lies_outside_or_is_no_number_paints_nothing() {
        let far = Rect::from_min_size(pos2(1e9, 1e9), vec2(1e9, 1e9));
        let nowhere = [Pos2::new(f32::NAN, 0.0), pos2(f32::INFINITY, 1.0)];
        let image = painted(
            vec![
                Shape::rect_filled(far, 0, Color32::RED),
                Shape::line_segment(nowhere, Stroke::new(2.0, Color32::RED)),
            ],
            1.0,
        );
        assert_eq!(count(&image, Color32::BLACK), 40 * 30);
    }
}
