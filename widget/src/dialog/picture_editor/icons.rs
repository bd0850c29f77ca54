//! What stands on the buttons: painted, since no font of a host need have it.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use super::tool::Tool;
use super::toolbar::Command;

/// One side of the square that they are drawn in, in points.
const SIDE: f32 = 16.0;

/// Paints it into the middle of a button.
pub(super) fn paint(painter: &Painter, command: Command, button: Rect, colour: Color32) {
    let square = Rect::from_center_size(button.center(), Vec2::splat(SIDE));
    let stroke = Stroke::new(1.5, colour);
    let at = |x: f32, y: f32| square.min + vec2(x, y);
    let line = |points: &[(f32, f32)]| {
        let points = points.iter().map(|(x, y)| at(*x, *y)).collect();
        painter.add(Shape::line(points, stroke));
    };
    let area = |a: (f32, f32), b: (f32, f32)| Rect::from_min_max(at(a.0, a.1), at(b.0, b.1));
    match command {
        Command::Take(Tool::Arrow) => {
            line(&[(2.0, 14.0), (14.0, 2.0)]);
            line(&[(7.0, 2.0), (14.0, 2.0), (14.0, 9.0)]);
        }
        Command::Take(Tool::Box) => {
            painter.rect_stroke(area((2.0, 3.5), (14.0, 12.5)), 1, stroke, StrokeKind::Middle);
        }
        Command::Take(Tool::Line) => {
            let wave = |step: u8| {
                let x = f32::from(step) / 16.0;
                at(2.0 + 12.0 * x, 8.0 - 4.5 * (x * std::f32::consts::TAU).sin())
            };
            painter.add(Shape::line((0..=16).map(wave).collect(), stroke));
        }
        Command::Take(Tool::Text) => {
            line(&[(3.0, 5.0), (3.0, 3.0), (13.0, 3.0), (13.0, 5.0)]);
            line(&[(8.0, 3.0), (8.0, 14.0)]);
            line(&[(6.0, 14.0), (10.0, 14.0)]);
        }
        Command::Take(Tool::Crop) => {
            line(&[(4.0, 0.5), (4.0, 12.0), (15.5, 12.0)]);
            line(&[(0.5, 4.0), (12.0, 4.0), (12.0, 15.5)]);
        }
        Command::Take(Tool::BlackOut) => {
            line(&[(1.0, 3.0), (15.0, 3.0)]);
            line(&[(1.0, 13.5), (10.0, 13.5)]);
            painter.rect_filled(area((1.0, 6.0), (15.0, 11.0)), 0, colour);
        }
        Command::Take(Tool::Pixelate) => {
            for (x, y) in [(0, 0), (2, 0), (1, 1), (3, 1), (0, 2), (2, 2), (1, 3), (3, 3)] {
                let corner = at(2.0 + 3.0 * x as f32, 2.0 + 3.0 * y as f32);
                painter.rect_filled(Rect::from_min_size(corner, Vec2::splat(3.0)), 0, colour);
            }
        }
        Command::Undo => turn(painter, square, 1.0, stroke),
        Command::Redo => turn(painter, square, -1.0, stroke),
        Command::Back => line(&[(3.0, 8.0), (13.0, 8.0)]),
        Command::Closer => {
            line(&[(3.0, 8.0), (13.0, 8.0)]);
            line(&[(8.0, 3.0), (8.0, 13.0)]);
        }
        Command::Fit => {
            for (x, y) in [(1.0, 1.0), (15.0, 1.0), (15.0, 15.0), (1.0, 15.0_f32)] {
                let inwards = |from: f32| from + (8.0 - from).signum() * 4.0;
                line(&[(inwards(x), y), (x, y), (x, inwards(y))]);
            }
        }
    }
}

/// An arrow that turns back to the left (`way` is 1), or on to the right (-1).
fn turn(painter: &Painter, square: Rect, way: f32, stroke: Stroke) {
    let at = |x: f32, y: f32| -> Pos2 { square.center() + vec2((x - 8.0) * way, y - 8.0) };
    let arc = |step: u8| {
        let angle = std::f32::consts::PI * (f32::from(step) / 12.0 - 0.5);
        at(9.5, 9.0) + vec2(angle.cos() * way, angle.sin()) * 4.0
    };
    let mut path = vec![at(2.0, 5.0)];
    path.extend((0..=12).map(arc));
    path.push(at(5.0, 13.0));
    painter.add(Shape::line(path, stroke));
    let head = [pos2(5.5, 1.5), pos2(2.0, 5.0), pos2(5.5, 8.5)];
    painter.add(Shape::line(
        head.map(|point| at(point.x, point.y)).to_vec(),
        stroke,
    ));
}
