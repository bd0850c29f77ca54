//! How large the picture is shown: at first all of it, then in steps. Pure.

use egui::{Pos2, Rect, Vec2};

use crate::picture::Scale;

/// From one step to the next.
const STEP: f32 = 1.25;
/// So many steps from all of the picture to the closest look.
const MOST: i32 = 12;
/// A small picture is not shown larger than this, in points per pixel.
const MOST_FIT: f32 = 2.0;

#[derive(Debug, Default)]
pub(super) struct Zoom {
    level: i32,
    /// What the wheel or two fingers have turned of the next step.
    turned: f32,
    /// Where the picture was in the last frame.
    last: Option<Last>,
    /// What is to stay where it is.
    anchor: Option<Pos2>,
}

#[derive(Debug, Clone, Copy)]
struct Last {
    scale: Scale,
    view: Rect,
}

impl Zoom {
    /// Shows all of the picture.
    pub(super) fn fit(&mut self) {
        *self = Self::default();
    }

    /// Comes so many steps closer, to what is in the middle.
    pub(super) fn step(&mut self, steps: i32) {
        let middle = self.last.map(|last| last.view.center());
        self.step_at(steps, middle);
    }

    fn step_at(&mut self, steps: i32, anchor: Option<Pos2>) {
        let level = self.level.saturating_add(steps).clamp(0, MOST);
        if level != self.level {
            self.level = level;
            self.anchor = anchor;
        }
    }

    /// Follows the wheel or two fingers at a place on the screen. `factor` is what they ask for in this frame.
    pub(super) fn turn(&mut self, factor: f32, at: Pos2) {
        if !factor.is_normal() || factor < 0.0 {
            return; // two fingers at one place
        }
        self.turned += factor.ln() / STEP.ln();
        #[expect(clippy::cast_possible_truncation, reason = "a handful of steps")]
        let steps = self.turned as i32;
        self.turned -= steps as f32;
        self.step_at(steps, Some(at));
    }

    pub(super) fn can_come_closer(&self) -> bool {
        self.level < MOST
    }

    pub(super) fn can_go_back(&self) -> bool {
        self.level > 0
    }

    /// Points per pixel for a picture of this size in this room.
    pub(super) fn factor(&self, size: Vec2, room: Vec2) -> f32 {
        (room / size).min_elem().min(MOST_FIT) * STEP.powi(self.level)
    }

    /// Where the view must begin in the picture of the new size, in points, if it was zoomed.
    pub(super) fn offset(&mut self, factor: f32) -> Option<Vec2> {
        let (anchor, last) = (self.anchor.take()?, self.last?);
        let size = last.scale.left.size() * factor;
        let beside = ((last.view.size() - size) / 2.0).max(Vec2::ZERO);
        let stays = last.scale.pixel(anchor) - last.scale.left.min;
        Some((stays * factor + beside - (anchor - last.view.min)).max(Vec2::ZERO))
    }

    /// Remembers where the picture is in this frame.
    pub(super) fn note(&mut self, scale: Scale, view: Rect) {
        self.last = Some(Last { scale, view });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_factor_turns_nothing_and_any_other_stays_in_bounds() {
        let mut zoom = Zoom::default();
        for factor in [0.0, -2.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            zoom.turn(factor, Pos2::ZERO);
            assert_eq!((zoom.level, zoom.turned.to_bits()), (0, 0), "{factor}");
        }
        zoom.turn(f32::MAX, Pos2::ZERO);
        zoom.step(i32::MAX);
        assert_eq!(zoom.level, MOST);
        zoom.turn(f32::MIN_POSITIVE, Pos2::ZERO);
        assert_eq!(zoom.level, 0);
    }
}
