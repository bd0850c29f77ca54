//! A picture to paint with: the font's letters, an image, or one white pixel for plain colours.

use eframe::egui::{Color32, ColorImage, TextureFilter, TextureOptions, TextureWrapMode};

/// Colours between 0 and 1: red, green, blue, alpha; premultiplied, gamma space.
pub(super) type Rgba = [f32; 4];

pub(super) struct Texture {
    image: ColorImage,
    options: TextureOptions,
}

impl Texture {
    pub(super) fn new(image: ColorImage, options: TextureOptions) -> Self {
        Self { image, options }
    }

    /// Replaces the rectangle at `at`. What lies outside is ignored.
    pub(super) fn put(&mut self, at: [usize; 2], part: &ColorImage) {
        let [left, top] = at;
        let width = self.image.width();
        if part.width() == 0 || left + part.width() > width {
            return;
        }
        let rows = self.image.pixels.chunks_exact_mut(width).skip(top);
        for (row, new) in rows.zip(part.pixels.chunks_exact(part.width())) {
            row[left..left + part.width()].copy_from_slice(new);
        }
    }

    /// Texels along each side.
    pub(super) fn size(&self) -> [f32; 2] {
        [self.image.width() as f32, self.image.height() as f32]
    }

    /// The colour of one pixel.
    ///
    /// `per_x` and `per_y` are how far `uv` moves from this pixel to the next. Where a pixel covers
    /// several texels (`taps` along each side) it shows their mean: a picture made smaller stays
    /// readable.
    pub(super) fn sample(&self, uv: [f32; 2], per_x: [f32; 2], per_y: [f32; 2], taps: u8) -> Rgba {
        if taps <= 1 {
            return self.tap(uv, self.options.magnification);
        }
        let mut sum = [0.0; 4];
        let offset = |tap: u8| (f32::from(tap) + 0.5) / f32::from(taps) - 0.5;
        for dy in (0..taps).map(offset) {
            for dx in (0..taps).map(offset) {
                let at = [0, 1].map(|i| uv[i] + per_x[i] * dx + per_y[i] * dy);
                let colour = self.tap(at, self.options.minification);
                sum = [0, 1, 2, 3].map(|i| sum[i] + colour[i]);
            }
        }
        sum.map(|channel| channel / f32::from(taps).powi(2))
    }

    fn tap(&self, uv: [f32; 2], filter: TextureFilter) -> Rgba {
        let size = self.size();
        let [x, y] = [uv[0] * size[0], uv[1] * size[1]];
        match filter {
            TextureFilter::Nearest => self.texel(x.floor(), y.floor()),
            TextureFilter::Linear => {
                let [x, y] = [x - 0.5, y - 0.5];
                let [left, top] = [x.floor(), y.floor()];
                let upper = mix(self.texel(left, top), self.texel(left + 1.0, top), x - left);
                let lower = mix(
                    self.texel(left, top + 1.0),
                    self.texel(left + 1.0, top + 1.0),
                    x - left,
                );
                mix(upper, lower, y - top)
            }
        }
    }

    fn texel(&self, x: f32, y: f32) -> Rgba {
        let column = wrap(x, self.image.width(), self.options.wrap_mode);
        let row = wrap(y, self.image.height(), self.options.wrap_mode);
        let texel = self.image.pixels.get(row * self.image.width() + column);
        texel.map_or([0.0; 4], |texel: &Color32| {
            texel.to_array().map(|channel| f32::from(channel) / 255.0)
        })
    }
}

fn mix(a: Rgba, b: Rgba, t: f32) -> Rgba {
    [0, 1, 2, 3].map(|i| a[i] + (b[i] - a[i]) * t)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and clamped to the texture's side before it is cast"
)]
fn wrap(at: f32, side: usize, mode: TextureWrapMode) -> usize {
    let side = side as f32;
    let at = match mode {
        TextureWrapMode::ClampToEdge => at,
        TextureWrapMode::Repeat => at.rem_euclid(side),
        TextureWrapMode::MirroredRepeat => {
            let there_and_back = at.rem_euclid(2.0 * side);
            there_and_back.min(2.0 * side - 1.0 - there_and_back)
        }
    };
    at.clamp(0.0, (side - 1.0).max(0.0)) as usize
}
