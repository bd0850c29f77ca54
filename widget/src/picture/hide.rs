//! Taking parts of a picture out of its pixels.

use std::sync::Arc;

use egui::{Color32, ColorImage, Rect, Vec2, pos2, vec2};

/// A block is at least so many pixels wide and high: as much as a line of small text.
const LEAST_BLOCK: f32 = 12.0;
/// And at least this part of the longer side of the region, so that nothing in it can be read, however large it is.
const BLOCKS: f32 = 16.0;
/// So many pixels along each side of a block, evenly spread, make its colour: all of them in a small one.
const SAMPLES: usize = 16;

/// Fills whole pixels with a colour.
pub(super) fn fill(image: &mut ColorImage, rect: Rect, colour: Color32) {
    let (columns, rows) = ranges(image, rect);
    let width = image.width().max(1);
    for row in image
        .pixels
        .chunks_exact_mut(width)
        .take(rows.end)
        .skip(rows.start)
    {
        if let Some(pixels) = row.get_mut(columns.clone()) {
            pixels.fill(colour);
        }
    }
}

/// A part of an image.
pub(super) fn cut(image: &ColorImage, rect: Rect) -> ColorImage {
    let (columns, rows) = ranges(image, rect);
    image.region_by_pixels([columns.start, rows.start], [columns.len(), rows.len()])
}

/// What a region is pixelated with: blocks, each with the mean colour of what it hides. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mosaic {
    pub(crate) area: Rect,
    pub(super) blocks: Arc<[(Rect, Color32)]>,
}

impl Mosaic {
    /// Looks at 65,536 pixels at most, which each frame can do in which a region is being drawn.
    pub(crate) fn of(image: &ColorImage, area: Rect) -> Self {
        let side = (area.size().max_elem() / BLOCKS).ceil().max(LEAST_BLOCK);
        let steps = |length: f32| {
            (0_u8..=u8::MAX)
                .map(move |step| f32::from(step) * side)
                .take_while(move |at| *at < length)
        };
        let corners = steps(area.height()).flat_map(|y| steps(area.width()).map(move |x| vec2(x, y)));
        let blocks = corners.map(|corner| {
            let block = Rect::from_min_size(area.min + corner, Vec2::splat(side)).intersect(area);
            (block, mean(image, block))
        });
        Self {
            area,
            blocks: blocks.collect(),
        }
    }
}

fn mean(image: &ColorImage, rect: Rect) -> Color32 {
    let (columns, rows) = ranges(image, rect);
    let (mut sum, mut count) = ([0_u32; 4], 0);
    for y in rows.clone().step_by(rows.len().div_ceil(SAMPLES).max(1)) {
        for x in columns.clone().step_by(columns.len().div_ceil(SAMPLES).max(1)) {
            let pixel = image
                .pixels
                .get(y * image.width() + x)
                .copied()
                .unwrap_or_default();
            for (sum, byte) in sum.iter_mut().zip(pixel.to_array()) {
                *sum += u32::from(byte);
            }
            count += 1;
        }
    }
    let [r, g, b, a] = sum.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
    Color32::from_rgba_premultiplied(r, g, b, a)
}

type Range = std::ops::Range<usize>;

/// The columns and rows of a rectangle of whole pixels that are in the image.
fn ranges(image: &ColorImage, rect: Rect) -> (Range, Range) {
    let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(image.width() as f32, image.height() as f32));
    let rect = rect.intersect(all);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers inside an image"
    )]
    let range = |from: f32, to: f32| from as usize..to.max(from) as usize;
    (range(rect.min.x, rect.max.x), range(rect.min.y, rect.max.y))
}

#[cfg(test)]
mod tests {
    use egui::Pos2;

    use super::*;

    fn area(left: f32, top: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(left, top), vec2(width, height))
    }

    #[test]
    fn blocks_are_coarse_and_cover_the_region() {
        let image = ColorImage::filled([3840, 2160], Color32::RED);
        for region in [
            area(0.0, 0.0, 3840.0, 2160.0),
            area(7.0, 9.0, 600.0, 20.0),
            area(3.0, 3.0, 5.0, 5.0),
        ] {
            let all = Mosaic::of(&image, region).blocks;
            assert!(all.len() <= 16 * 16, "{}", all.len());
            let covered: f32 = all.iter().map(|(block, _)| block.area()).sum();
            assert!(
                (covered - region.area()).abs() < 0.5,
                "no pixel twice, none left out"
            );
            let least = region.size().max_elem() / BLOCKS;
            let (first, colour) = all[0];
            assert!(first.width() >= least.max(LEAST_BLOCK).min(region.width()));
            assert_eq!(colour, Color32::RED);
        }
    }

    #[test]
    fn a_small_block_has_the_mean_of_all_its_pixels() {
        let mut image = ColorImage::filled([12, 12], Color32::from_rgb(0, 100, 0));
        for pixel in image.pixels.iter_mut().take(72) {
            *pixel = Color32::from_rgb(200, 0, 0);
        }
        let all = Mosaic::of(&image, area(0.0, 0.0, 12.0, 12.0)).blocks;
        assert_eq!(
            *all,
            [(area(0.0, 0.0, 12.0, 12.0), Color32::from_rgb(100, 50, 0))]
        );
    }

    #[test]
    fn what_lies_outside_of_the_image_is_left_alone() {
        let mut image = ColorImage::filled([4, 4], Color32::RED);
        fill(&mut image, area(-10.0, 2.0, 12.0, 100.0), Color32::BLACK);
        let black = image.pixels.iter().filter(|pixel| **pixel == Color32::BLACK);
        assert_eq!(black.count(), 4);
        assert_eq!(image[(1, 3)], Color32::BLACK);
        fill(&mut image, area(10.0, 10.0, 5.0, 5.0), Color32::BLACK);
        let all = Rect::from_min_size(Pos2::ZERO, Vec2::splat(100.0));
        assert_eq!(cut(&image, all).size, [4, 4]);
        assert_eq!(
            cut(&image, area(2.0, 0.0, 2.0, 1.0)),
            ColorImage::filled([2, 1], Color32::RED)
        );
    }
}
