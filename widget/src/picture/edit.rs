//! The list of what was done to a picture. Undo takes the last one away.

use egui::{Pos2, Rect, Vec2};

use super::mosaic::Mosaic;

/// One thing done to a picture. All places are pixels of the picture as it came, also after it was cropped.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Edit {
    Arrow {
        from: Pos2,
        to: Pos2,
    },
    Box(Rect),
    /// A free line.
    Line(Vec<Pos2>),
    Text {
        at: Pos2,
        words: String,
    },
    /// Only this is left.
    Crop(Rect),
    /// This is black. The safe way to hide something.
    BlackOut(Rect),
    /// This is made of coarse blocks. Less safe: who knows the font can try out which letters give the same blocks.
    Pixelate(Mosaic),
}

/// What was done, and what was undone.
#[derive(Debug, Default)]
pub(crate) struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
    changes: usize,
}

impl History {
    /// Adds an edit. What was undone before cannot be brought back any more.
    pub(crate) fn add(&mut self, edit: Edit) {
        self.done.push(edit);
        self.undone.clear();
        self.changes += 1;
    }

    pub(crate) fn undo(&mut self) {
        self.undone.extend(self.done.pop());
        self.changes += 1;
    }

    pub(crate) fn redo(&mut self) {
        self.done.extend(self.undone.pop());
        self.changes += 1;
    }

    /// How often it was changed.
    pub(crate) fn changes(&self) -> usize {
        self.changes
    }

    pub(crate) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(crate) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// In the order in which they were made.
    pub(crate) fn edits(&self) -> &[Edit] {
        &self.done
    }

    /// What is left of a picture of this size.
    pub(crate) fn left_of(&self, size: Vec2) -> Rect {
        let crops = self.done.iter().rev().find_map(|edit| match edit {
            Edit::Crop(rect) => Some(*rect),
            _ => None,
        });
        crops.unwrap_or(Rect::from_min_size(Pos2::ZERO, size))
    }
}

/// The whole pixels that a rectangle from corner to corner touches, inside `within`. `None` where there are none.
pub(crate) fn whole_pixels(a: Pos2, b: Pos2, within: Rect) -> Option<Rect> {
    let touched = Rect::from_two_pos(a, b);
    let rect = Rect::from_min_max(touched.min.floor(), touched.max.ceil()).intersect(within);
    rect.is_positive().then_some(rect)
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    fn crop(left: f32) -> Edit {
        Edit::Crop(Rect::from_min_max(pos2(left, 0.0), pos2(90.0, 50.0)))
    }

    #[test]
    fn what_is_undone_comes_back_until_something_else_is_done() {
        let mut history = History::default();
        history.undo();
        history.redo();
        assert!(!history.can_undo() && !history.can_redo());
        history.add(crop(10.0));
        history.add(crop(20.0));
        history.undo();
        assert_eq!(history.edits(), [crop(10.0)]);
        history.redo();
        assert_eq!(history.edits(), [crop(10.0), crop(20.0)]);
        history.undo();
        history.add(crop(30.0));
        history.redo();
        assert_eq!(history.edits(), [crop(10.0), crop(30.0)]);
    }

    #[test]
    fn the_last_crop_counts_and_undo_gives_back_what_it_took() {
        let size = vec2(100.0, 50.0);
        let mut history = History::default();
        history.add(crop(10.0));
        history.add(crop(20.0));
        let from = |left: f32| Rect::from_min_max(pos2(left, 0.0), pos2(90.0, 50.0));
        assert_eq!(history.left_of(size), from(20.0));
        history.undo();
        assert_eq!(history.left_of(size), from(10.0));
        history.undo();
        assert_eq!(history.left_of(size), Rect::from_min_size(Pos2::ZERO, size));
    }

    #[test]
    fn every_pixel_that_is_touched_is_meant() {
        let within = Rect::from_min_max(pos2(10.0, 10.0), pos2(100.0, 50.0));
        let pixels = |a, b| whole_pixels(a, b, within);
        let wanted = Rect::from_min_max(pos2(19.0, 20.0), pos2(31.0, 41.0));
        assert_eq!(pixels(pos2(30.2, 40.9), pos2(19.9, 20.0)), Some(wanted));
        assert_eq!(pixels(pos2(-5.0, -5.0), pos2(500.0, 500.0)), Some(within));
        assert_eq!(pixels(pos2(0.0, 0.0), pos2(9.0, 9.0)), None);
    }
}
