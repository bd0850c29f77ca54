//! Coarse blocks in the place of what is pixelated.

use std::sync::Arc;

use egui::{Color32, Rect, Vec2, vec2};

use super::pixels::Pixels;

/// A block is at least so many pixels wide and high: as much as a line of small text.
const LEAST_BLOCK: f32 = 12.0;
/// And at least this part of the longer side of the region, so that nothing in it can be read, however large it is.
const BLOCKS: f32 = 16.0;
/// So many pixels along each side of a block, evenly spread, make its colour: all of them in a small one.
const SAMPLES: usize = 16;

/// What a region is pixelated with: blocks, each with the mean colour of what it hides. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mosaic {
    pub(crate) area: Rect,
    pub(super) blocks: Arc<[(Rect, Color32)]>,
}

impl Mosaic {
    /// Looks at 65,536 pixels at most, which each frame can do in which a region is being drawn.
    pub(crate) fn of(picture: &Pixels<'_>, area: Rect) -> Self {
        let side = (area.size().max_elem() / BLOCKS).ceil().max(LEAST_BLOCK);
        let steps = |length: f32| {
            (0_u8..=u8::MAX)
                .map(move |step| f32::from(step) * side)
                .take_while(move |at| *at < length)
        };
        let corners = steps(area.height()).flat_map(|y| steps(area.width()).map(move |x| vec2(x, y)));
        let blocks = corners.map(|corner| {
            let block = Rect::from_min_size(area.min + corner, Vec2::splat(side)).intersect(area);
            (block, mean(picture, block))
        });
        Self {
            area,
            blocks: blocks.collect(),
        }
    }
}

fn mean(picture: &Pixels<'_>, rect: Rect) -> Color32 {
    let (columns, rows) = picture.ranges(rect);
    let (mut sum, mut count) = ([0_u32; 4], 0);
    for y in rows.clone().step_by(rows.len().div_ceil(SAMPLES).max(1)) {
        for x in columns.clone().step_by(columns.len().div_ceil(SAMPLES).max(1)) {
            for (sum, byte) in sum.iter_mut().zip(picture.at(x, y).to_array()) {
                *sum += u32::from(byte);
            }
            count += 1;
        }
    }
    let [r, g, b, a] = sum.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
    Color32::from_rgba_premultiplied(r, g, b, a)
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::super::pixels::tests::filled;
    use super::*;

    fn area(left: f32, top: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(left, top), vec2(width, height))
    }

    #[test]
    fn blocks_are_coarse_and_cover_the_region() {
        let picture = filled([3840, 2160], Color32::RED);
        let picture = Pixels::of(&picture).unwrap();
        for region in [
            area(0.0, 0.0, 3840.0, 2160.0),
            area(7.0, 9.0, 600.0, 20.0),
            area(3.0, 3.0, 5.0, 5.0),
        ] {
            let all = Mosaic::of(&picture, region).blocks;
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
        let picture = filled([12, 12], Color32::from_rgb(0, 100, 0));
        let mut picture = Pixels::of(&picture).unwrap();
        picture.fill(area(0.0, 0.0, 12.0, 6.0), Color32::from_rgb(200, 0, 0));
        let all = Mosaic::of(&picture, area(0.0, 0.0, 12.0, 12.0)).blocks;
        assert_eq!(
            *all,
            [(area(0.0, 0.0, 12.0, 12.0), Color32::from_rgb(100, 50, 0))]
        );
    }
}
