//! What the person marks with, and what becomes of the places they go through. Pure.

use egui::{Key, Pos2, Rect};

use crate::picture::{Edit, Mosaic, Pixels, whole_pixels};
use crate::words::Words;

/// Fewer pixels than this, wide or high, are not left over by a crop.
const LEAST_LEFT: f32 = 8.0;

/// From one place of a free line to the next at least, in pixels: nobody sees a shorter bend in so thick a line.
const LEAST_STEP: f32 = 1.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    Arrow,
    Box,
    Line,
    Text,
    Crop,
    BlackOut,
    Pixelate,
}

impl Tool {
    /// The key that takes it up.
    pub(super) fn key(self) -> Key {
        match self {
            Self::Arrow => Key::A,
            Self::Box => Key::R,
            Self::Line => Key::L,
            Self::Text => Key::T,
            Self::Crop => Key::C,
            Self::BlackOut => Key::B,
            Self::Pixelate => Key::P,
        }
    }

    pub(super) fn name(self, words: &Words) -> &str {
        match self {
            Self::Arrow => &words.tool_arrow,
            Self::Box => &words.tool_box,
            Self::Line => &words.tool_line,
            Self::Text => &words.tool_text,
            Self::Crop => &words.tool_crop,
            Self::BlackOut => &words.tool_black_out,
            Self::Pixelate => &words.tool_pixelate,
        }
    }

    /// What to know before it is used.
    pub(super) fn hint(self, words: &Words) -> Option<&str> {
        (self == Self::Pixelate).then_some(&*words.pixelate_hint)
    }

    /// Adds a place to the way, as far as it makes a difference: each is painted in every frame.
    pub(super) fn go_on(self, way: &mut Vec<Pos2>, at: Pos2) {
        if self != Self::Line {
            way.truncate(1); // it is where it began and where it is
        } else if way.last().is_some_and(|last| last.distance(at) < LEAST_STEP) {
            return;
        }
        way.push(at);
    }

    /// What the way through these places makes, in pixels of the picture. `left` is what is left of it. `None` while
    /// it is nothing.
    pub(super) fn edit(self, way: &[Pos2], left: Rect, picture: &Pixels<'_>) -> Option<Edit> {
        let (from, to) = (*way.first()?, *way.last()?);
        let area = || whole_pixels(from, to, left);
        match self {
            Self::Arrow => (from != to).then_some(Edit::Arrow { from, to }),
            Self::Box => area().map(Edit::Box),
            Self::Line => (way.len() > 1).then(|| Edit::Line(way.to_vec())),
            Self::Text => None,
            Self::Crop => area()
                .filter(|area| area.size().min_elem() >= LEAST_LEFT)
                .map(Edit::Crop),
            Self::BlackOut => area().map(Edit::BlackOut),
            Self::Pixelate => area().map(|area| Edit::Pixelate(Mosaic::of(picture, area))),
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, pos2};
    use feedback_sdk::Picture;

    use super::*;
    use crate::picture::pixels::tests::filled;

    const LEFT: Rect = Rect {
        min: pos2(10.0, 10.0),
        max: pos2(110.0, 60.0),
    };

    fn red() -> Picture {
        filled([120, 80], Color32::RED)
    }

    #[test]
    fn a_way_keeps_what_its_tool_makes_something_of() {
        let places: Vec<Pos2> = (0_u8..100).map(|step| pos2(f32::from(step) / 4.0, 0.0)).collect();
        for (tool, kept) in [(Tool::Line, 25), (Tool::Arrow, 2), (Tool::BlackOut, 2)] {
            let mut way = vec![places[0]];
            for place in &places {
                tool.go_on(&mut way, *place);
            }
            assert_eq!(way.len(), kept, "{tool:?}");
            assert_eq!(way[0], places[0]);
            assert!(way[kept - 1].distance(places[99]) < LEAST_STEP);
        }
    }

    #[test]
    fn a_way_from_corner_to_corner_is_an_area_of_what_is_left() {
        let way = [pos2(50.5, 40.5), pos2(80.0, 11.0), pos2(5.0, 20.0)];
        let area = Rect::from_min_max(pos2(10.0, 20.0), pos2(51.0, 41.0));
        let red = red();
        let picture = Pixels::of(&red).unwrap();
        for (tool, edit) in [
            (Tool::BlackOut, Edit::BlackOut(area)),
            (Tool::Pixelate, Edit::Pixelate(Mosaic::of(&picture, area))),
            (Tool::Crop, Edit::Crop(area)),
            (Tool::Line, Edit::Line(way.to_vec())),
        ] {
            assert_eq!(tool.edit(&way, LEFT, &picture), Some(edit));
        }
    }

    #[test]
    fn a_way_that_leads_nowhere_makes_nothing() {
        let (here, red) = (pos2(50.0, 40.0), red());
        let picture = Pixels::of(&red).unwrap();
        for tool in [Tool::Arrow, Tool::Box, Tool::Crop, Tool::BlackOut, Tool::Pixelate] {
            assert_eq!(tool.edit(&[], LEFT, &picture), None);
            assert_eq!(tool.edit(&[here, here], LEFT, &picture), None);
        }
        let near = [here, pos2(57.0, 47.0)];
        assert_eq!(
            Tool::Crop.edit(&near, LEFT, &picture),
            None,
            "nothing would be left to see"
        );
        assert!(Tool::BlackOut.edit(&near, LEFT, &picture).is_some());
    }
}
