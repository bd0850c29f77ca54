//! Triangles into pixels.
//!
//! Positions are whole 1/256 of a pixel, so whether a pixel's centre lies inside is exact, and a
//! centre that lies on an edge belongs to the triangle whose left or top edge it is. Triangles that
//! share an edge therefore leave no gap and paint no pixel twice.

use std::ops::Range;

use eframe::egui::ecolor::linear_u8_from_linear_f32;
use eframe::egui::epaint::Vertex;
use eframe::egui::{Color32, ColorImage, Rect};

use super::texture::{Rgba, Texture};

/// Parts of a pixel.
const ONE: i64 = 256;

/// A vertex in the canvas' units.
pub(super) struct Corner {
    at: [i64; 2],
    uv: [f32; 2],
    colour: Rgba,
}

impl Corner {
    pub(super) fn new(vertex: &Vertex, scale: f32) -> Self {
        Self {
            at: [fixed(vertex.pos.x * scale), fixed(vertex.pos.y * scale)],
            uv: [vertex.uv.x, vertex.uv.y],
            colour: vertex.color.to_array().map(|channel| f32::from(channel) / 255.0),
        }
    }
}

/// Everything to one side of a line: right of the way from `a` to `b`, with y pointing down.
struct Edge {
    /// Twice the area that the edge spans with the centre of pixel (0, 0); negative is outside.
    at_origin: i64,
    per_x: i64,
    per_y: i64,
    /// Whether a centre right on the line is inside: so for left and for top edges.
    owns_line: bool,
}

impl Edge {
    fn new(a: [i64; 2], b: [i64; 2]) -> Self {
        let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
        Self {
            at_origin: dx * (ONE / 2 - a[1]) - dy * (ONE / 2 - a[0]),
            per_x: -dy * ONE,
            per_y: dx * ONE,
            owns_line: dy < 0 || (dy == 0 && dx > 0),
        }
    }

    fn at(&self, x: i64, y: i64) -> i64 {
        self.at_origin + self.per_x * x + self.per_y * y
    }

    /// The part of a row that is inside.
    fn narrow(&self, row: &mut Range<i64>, y: i64) {
        let first = self.at(0, y) - i64::from(!self.owns_line);
        match self.per_x {
            1.. => row.start = row.start.max(-first.div_euclid(self.per_x)),
            ..=-1 => row.end = row.end.min(first.div_euclid(-self.per_x) + 1),
            0 if first < 0 => row.end = row.start,
            0 => {}
        }
    }
}

/// A picture under way.
pub(super) struct Canvas {
    image: ColorImage,
    columns: Range<i64>,
    rows: Range<i64>,
}

impl Canvas {
    pub(super) fn new(image: ColorImage) -> Self {
        Self {
            image,
            columns: 0..0,
            rows: 0..0,
        }
    }

    pub(super) fn into_image(self) -> ColorImage {
        self.image
    }

    /// From now on, only pixels inside `rect` are painted.
    pub(super) fn clip_to(&mut self, rect: Rect) {
        let range = |from: f32, to: f32, side: usize| {
            let side = side as f32;
            whole(from.round().clamp(0.0, side))..whole(to.round().clamp(0.0, side))
        };
        self.columns = range(rect.min.x, rect.max.x, self.image.width());
        self.rows = range(rect.min.y, rect.max.y, self.image.height());
    }

    pub(super) fn triangle(&mut self, texture: &Texture, [a, b, c]: [&Corner; 3]) {
        let area = (b.at[0] - a.at[0]) * (c.at[1] - a.at[1]) - (b.at[1] - a.at[1]) * (c.at[0] - a.at[0]);
        let corners = match area {
            0 => return,
            // egui winds triangles either way; the edges want one.
            ..0 => [a, c, b],
            1.. => [a, b, c],
        };
        // The edge across from each corner: its value at a point is that corner's weight there.
        let edges = [1, 2, 0].map(|i| Edge::new(corners[i].at, corners[(i + 1) % 3].at));
        let paint = Paint::new(texture, corners, &edges, area.abs());
        for y in self.covered_rows(corners) {
            let mut row = self.columns.clone();
            for edge in &edges {
                edge.narrow(&mut row, y);
            }
            if row.is_empty() {
                continue;
            }
            let weights = [0, 1, 2].map(|i| edges[i].at(row.start, y));
            paint.row(weights, self.pixels_mut(row, y));
        }
    }

    fn covered_rows(&self, corners: [&Corner; 3]) -> Range<i64> {
        let ys = corners.map(|corner| corner.at[1]);
        let top = ys.into_iter().fold(i64::MAX, i64::min).div_euclid(ONE);
        let bottom = ys.into_iter().fold(i64::MIN, i64::max).div_euclid(ONE) + 1;
        self.rows.start.max(top)..self.rows.end.min(bottom)
    }

    /// `row` and `y` are inside the clip, and so inside the picture.
    fn pixels_mut(&mut self, row: Range<i64>, y: i64) -> &mut [Color32] {
        let [from, to] = [row.start, row.end].map(|x| usize::try_from(x).unwrap_or(0));
        let first = usize::try_from(y).unwrap_or(0) * self.image.width();
        &mut self.image.pixels[first + from..first + to]
    }
}

/// How a triangle is coloured. A plain one, most of any window, has one colour for all its pixels.
enum Paint<'a> {
    Plain(Rgba),
    Varied {
        texture: &'a Texture,
        corners: [&'a Corner; 3],
        /// The texture's colour, where the triangle uses a single point of it.
        texel: Option<Rgba>,
        /// How much each corner's weight changes from one pixel to the next.
        step: [i64; 3],
        one_over_area: f32,
        uv_per_x: [f32; 2],
        uv_per_y: [f32; 2],
        taps: u8,
    },
}

impl<'a> Paint<'a> {
    fn new(texture: &'a Texture, corners: [&'a Corner; 3], edges: &[Edge; 3], area: i64) -> Self {
        let texel = alike(corners.map(|corner| corner.uv))
            .then(|| texture.sample(corners[0].uv, [0.0; 2], [0.0; 2], 1));
        if let Some(texel) = texel
            && alike(corners.map(|corner| corner.colour))
        {
            return Self::Plain(multiply(texel, corners[0].colour));
        }
        let one_over_area = 1.0 / area as f32;
        let gradient = |per: fn(&Edge) -> i64| {
            let steps = [0, 1, 2].map(|i| per(&edges[i]) as f32 * one_over_area);
            [0, 1].map(|i| weighted(steps, corners.map(|corner| corner.uv[i])))
        };
        let [uv_per_x, uv_per_y] = [gradient(|edge| edge.per_x), gradient(|edge| edge.per_y)];
        let [width, height] = texture.size();
        let across = |[u, v]: [f32; 2]| (u * width).hypot(v * height);
        Self::Varied {
            texture,
            corners,
            texel,
            step: [0, 1, 2].map(|i| edges[i].per_x),
            one_over_area,
            uv_per_x,
            uv_per_y,
            taps: taps(across(uv_per_x).max(across(uv_per_y))),
        }
    }

    /// Paints one row, given the corners' weights at its first pixel.
    fn row(&self, mut weights: [i64; 3], pixels: &mut [Color32]) {
        match self {
            Self::Plain(colour) if colour[3] >= 1.0 => pixels.fill(blend(*colour, Color32::TRANSPARENT)),
            Self::Plain(colour) => {
                // Neighbours are mostly alike, so the last answer is mostly the next one too.
                let mut last = (Color32::TRANSPARENT, blend(*colour, Color32::TRANSPARENT));
                for pixel in pixels {
                    if *pixel != last.0 {
                        last = (*pixel, blend(*colour, *pixel));
                    }
                    *pixel = last.1;
                }
            }
            Self::Varied {
                texture,
                corners,
                texel,
                step,
                one_over_area,
                uv_per_x,
                uv_per_y,
                taps,
            } => {
                for pixel in pixels {
                    let share = weights.map(|weight| weight as f32 * one_over_area);
                    let colour = [0, 1, 2, 3].map(|i| weighted(share, corners.map(|c| c.colour[i])));
                    let texel = texel.unwrap_or_else(|| {
                        let uv = [0, 1].map(|i| weighted(share, corners.map(|c| c.uv[i])));
                        texture.sample(uv, *uv_per_x, *uv_per_y, *taps)
                    });
                    *pixel = blend(multiply(colour, texel), *pixel);
                    weights = [0, 1, 2].map(|i| weights[i] + step[i]);
                }
            }
        }
    }
}

/// Whether all three are the same, to the bit.
fn alike<const N: usize>(of: [[f32; N]; 3]) -> bool {
    let [a, b, c] = of.map(|values| values.map(f32::to_bits));
    a == b && b == c
}

fn weighted(share: [f32; 3], of: [f32; 3]) -> f32 {
    share[0] * of[0] + share[1] * of[1] + share[2] * of[2]
}

fn multiply(a: Rgba, b: Rgba) -> Rgba {
    [0, 1, 2, 3].map(|i| a[i] * b[i])
}

/// `over` on top of `under`, both premultiplied.
fn blend(over: Rgba, under: Color32) -> Color32 {
    let under = under.to_normalized_gamma_f32();
    let through = 1.0 - over[3];
    let [r, g, b, a] = [0, 1, 2, 3].map(|i| linear_u8_from_linear_f32(over[i] + under[i] * through));
    Color32::from_rgba_premultiplied(r, g, b, a)
}

/// Farther than any screen, and near enough that no product overflows.
const FAR: f32 = 1_000_000.0;

#[expect(
    clippy::cast_possible_truncation,
    reason = "bounded by FAR; what is no number becomes 0"
)]
fn fixed(pixels: f32) -> i64 {
    (pixels.clamp(-FAR, FAR) * ONE as f32).round() as i64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the caller has rounded and clamped"
)]
fn whole(pixels: f32) -> i64 {
    pixels as i64
}

/// How many texels lie along one side of a pixel. Text is laid out texel by pixel; rounding its
/// corners to 1/256 must not make that two.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 1..=8"
)]
fn taps(texels_per_pixel: f32) -> u8 {
    (texels_per_pixel - 0.1).ceil().clamp(1.0, 8.0) as u8
}

/// The whole pixels of a side, at least one and at most 16,384, the largest texture of egui's painters.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded and clamped to a positive range"
)]
pub(super) fn pixels(side: f32) -> usize {
    side.round().clamp(1.0, 16_384.0) as usize
}
