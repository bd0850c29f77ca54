//! The pixels of a picture, as the SDK has them. They are copied when they are changed, and not before.

use std::borrow::Cow;
use std::ops::Range;

use egui::{Color32, ColorImage, Rect, pos2};
use feedback_sdk::{Picture, PictureError};

/// Rows of straight RGBA, top row first. A colour that is taken out or put in is egui's, premultiplied.
pub(crate) struct Pixels<'a> {
    size: [usize; 2],
    bytes: Cow<'a, [u8]>,
}

impl<'a> Pixels<'a> {
    /// Those of a picture of any kind, where it can be read; how long that takes, [`Picture::rgba`] tells.
    pub(crate) fn of(picture: &'a Picture) -> Result<Self, PictureError> {
        let (width, height, bytes) = picture.rgba()?;
        Self::new(width, height, bytes).ok_or(PictureError::TooLarge)
    }

    /// `None` where there are not as many bytes as that takes.
    pub(crate) fn new(width: u32, height: u32, bytes: impl Into<Cow<'a, [u8]>>) -> Option<Self> {
        let size = [usize::try_from(width).ok()?, usize::try_from(height).ok()?];
        let bytes = bytes.into();
        let whole = size[0].checked_mul(size[1])?.checked_mul(4)?;
        (bytes.len() == whole).then_some(Self { size, bytes })
    }

    /// A picture of them. Colours that nobody sees, since nothing of them is opaque, do not go along.
    pub(crate) fn into_picture(self) -> Option<Picture> {
        let [width, height] = self.size;
        let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
        let mut bytes = self.bytes.into_owned();
        for pixel in bytes.as_chunks_mut().0 {
            if let [_, _, _, 0] = pixel {
                *pixel = [0; 4];
            }
        }
        Picture::from_rgba(width, height, bytes).ok()
    }

    /// The picture, so that it is read at once from now on.
    pub(crate) fn at_hand(picture: Picture) -> Result<Picture, PictureError> {
        let pixels = Pixels::of(&picture)?;
        match &pixels.bytes {
            Cow::Borrowed(_) => Ok(picture),
            Cow::Owned(_) => pixels.into_picture().ok_or(PictureError::TooLarge),
        }
    }

    pub(crate) fn size(&self) -> [usize; 2] {
        self.size
    }

    /// The colour of a pixel; of one outside, that of nothing.
    pub(super) fn at(&self, x: usize, y: usize) -> Color32 {
        let place = self.place(x, y).and_then(|place| self.bytes.get(place));
        match place {
            Some(&[red, green, blue, alpha]) => Color32::from_rgba_unmultiplied(red, green, blue, alpha),
            _ => Color32::TRANSPARENT,
        }
    }

    /// Gives a pixel another colour. Nothing happens outside.
    pub(super) fn set(&mut self, x: usize, y: usize, colour: Color32) {
        let place = self.place(x, y);
        if let Some(bytes) = place.and_then(|place| self.bytes.to_mut().get_mut(place)) {
            bytes.copy_from_slice(&colour.to_srgba_unmultiplied());
        }
    }

    fn place(&self, x: usize, y: usize) -> Option<Range<usize>> {
        let [width, height] = self.size;
        let first = 4 * (y * width + x);
        (x < width && y < height).then_some(first..first + 4)
    }

    /// Fills whole pixels with a colour.
    pub(super) fn fill(&mut self, rect: Rect, colour: Color32) {
        let (columns, rows) = self.ranges(rect);
        let colour = colour.to_srgba_unmultiplied();
        let bytes = self.bytes.to_mut();
        for y in rows {
            let first = y * self.size[0];
            let row = bytes.get_mut(4 * (first + columns.start)..4 * (first + columns.end));
            row.unwrap_or_default().as_chunks_mut().0.fill(colour);
        }
    }

    /// A part of them.
    pub(super) fn cut(&self, rect: Rect) -> Pixels<'static> {
        let (columns, rows) = self.ranges(rect);
        let size = [columns.len(), rows.len()];
        let row = |y: usize| {
            let first = y * self.size[0];
            self.bytes
                .get(4 * (first + columns.start)..4 * (first + columns.end))
        };
        let bytes: Vec<u8> = rows.filter_map(row).flatten().copied().collect();
        Pixels {
            size,
            bytes: bytes.into(),
        }
    }

    /// The columns and rows of a rectangle of whole pixels that are in the picture.
    pub(super) fn ranges(&self, rect: Rect) -> (Range<usize>, Range<usize>) {
        let [width, height] = self.size;
        let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(width as f32, height as f32));
        let rect = rect.intersect(all);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole numbers inside a picture"
        )]
        let range = |from: f32, to: f32| from as usize..to.max(from) as usize;
        (range(rect.min.x, rect.max.x), range(rect.min.y, rect.max.y))
    }

    /// For the screen, with neither side longer than `longest` pixels. Each pixel is the mean of up to 16.
    pub(crate) fn shrunk(&self, longest: usize) -> ColorImage {
        let [width, height] = self.size;
        let whole = width.max(height).max(longest);
        let shrunk = |length: usize| (length * longest / whole).max(1);
        let size = [shrunk(width), shrunk(height)];
        let at = |x: usize, y: usize| {
            let mut sum = [0_u16; 4];
            for step in 0..16 {
                let source_x = (4 * x + step % 4) * width / (4 * size[0]);
                let source_y = (4 * y + step / 4) * height / (4 * size[1]);
                for (sum, byte) in sum.iter_mut().zip(self.at(source_x, source_y).to_array()) {
                    *sum += u16::from(byte);
                }
            }
            let [r, g, b, a] = sum.map(|sum| u8::try_from(sum / 16).unwrap_or(u8::MAX));
            Color32::from_rgba_premultiplied(r, g, b, a)
        };
        let pixels = (0..size[1])
            .flat_map(|y| (0..size[0]).map(move |x| (x, y)))
            .map(|(x, y)| at(x, y))
            .collect();
        ColorImage::new(size, pixels)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use egui::{Pos2, Vec2, vec2};

    use super::*;

    /// A picture of one colour.
    pub(crate) fn filled([width, height]: [u32; 2], colour: Color32) -> Picture {
        let pixels = width as usize * height as usize;
        let bytes = colour.to_srgba_unmultiplied().repeat(pixels);
        Picture::from_rgba(width, height, bytes).unwrap()
    }

    fn area(left: f32, top: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(left, top), vec2(width, height))
    }

    #[test]
    fn what_lies_outside_of_the_picture_is_left_alone() {
        let picture = filled([4, 4], Color32::RED);
        let mut pixels = Pixels::of(&picture).unwrap();
        pixels.fill(area(-10.0, 2.0, 12.0, 100.0), Color32::BLACK);
        pixels.set(4, 0, Color32::BLACK);
        pixels.set(0, 4, Color32::BLACK);
        let all = (0..4).flat_map(|y| (0..4).map(move |x| (x, y)));
        let black = all.filter(|(x, y)| pixels.at(*x, *y) == Color32::BLACK);
        assert_eq!(black.count(), 4);
        assert_eq!(pixels.at(1, 3), Color32::BLACK);
        pixels.fill(area(10.0, 10.0, 5.0, 5.0), Color32::BLACK);
        assert_eq!(pixels.at(4, 0), Color32::TRANSPARENT);
        let everything = Rect::from_min_size(Pos2::ZERO, Vec2::splat(100.0));
        assert_eq!(pixels.cut(everything).size(), [4, 4]);
        let corner = pixels.cut(area(2.0, 0.0, 2.0, 1.0)).into_picture();
        assert_eq!(corner, Some(filled([2, 1], Color32::RED)));
        assert_eq!(pixels.cut(area(9.0, 9.0, 2.0, 1.0)).size(), [0, 0]);
    }

    #[test]
    fn a_picture_that_is_changed_is_another_one() {
        let picture = filled([2, 1], Color32::RED);
        let mut pixels = Pixels::of(&picture).unwrap();
        let half = Color32::from_rgba_unmultiplied(200, 100, 50, 128);
        pixels.set(1, 0, half);
        assert_eq!((pixels.at(0, 0), pixels.at(1, 0)), (Color32::RED, half));
        assert_eq!(picture, filled([2, 1], Color32::RED));
        assert_ne!(pixels.into_picture(), Some(picture));
        assert!(Pixels::new(2, 1, vec![0; 7]).is_none());
    }

    #[test]
    fn what_was_made_invisible_is_gone() {
        let pixels = Pixels::new(2, 1, vec![9, 8, 7, 0, 9, 8, 7, 1]).unwrap();
        let picture = pixels.into_picture().unwrap();
        let (_, _, bytes) = picture.rgba().unwrap();
        assert_eq!(*bytes, [0, 0, 0, 0, 9, 8, 7, 1]);
    }

    #[test]
    fn a_thumbnail_keeps_the_shape_and_the_colours() {
        let colour = Color32::from_rgb(10, 200, 30);
        for (size, small) in [
            ([1920, 1080], [96, 54]),
            ([300, 3000], [9, 96]),
            ([10, 20], [10, 20]),
            ([5000, 1], [96, 1]),
        ] {
            let thumbnail = Pixels::of(&filled(size, colour)).unwrap().shrunk(96);
            assert_eq!(thumbnail.size, small);
            assert!(thumbnail.pixels.iter().all(|pixel| *pixel == colour));
        }
    }
}
