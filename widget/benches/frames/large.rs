//! The frames of a large picture in the editor, of a long message and of a large log: the slowest of each thing that is
//! done.

use std::time::Duration;

use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, Rect, Role, TouchPhase, vec2};
use egui_kittest::kittest::Queryable as _;

use crate::hands::Hands;

/// The places that a free line goes through.
const POINTS: u16 = 500;
/// As long as the field for the message takes.
const MESSAGE: usize = 5_000;

/// Frames in which the wheel is turned, and how far in each, in points: as a hand does, and to the end of any log.
const SPINS: usize = 300;
const NOTCH: f32 = 150.0;
const FLING: f32 = 200_000.0;

/// What was done, and its slowest frame: the least of three times.
pub(crate) fn rows() -> Vec<(&'static str, Duration)> {
    let once = || [edit(), write(), scroll()].concat();
    let mut rows = once();
    for _ in 0..2 {
        for (row, again) in rows.iter_mut().zip(once()) {
            row.1 = row.1.min(again.1);
        }
    }
    rows
}

fn edit() -> Vec<(&'static str, Duration)> {
    let mut rows = Vec::new();
    let mut hands = Hands::new(|config| config);
    let mut row = |hands: &mut Hands, what| rows.push((what, hands.take_slowest()));
    hands.paste_picture();
    row(&mut hands, "a 4K picture is pasted");
    hands.open_editor();
    row(&mut hands, "its editor opens");
    let canvas = hands.canvas();
    hands.press(Modifiers::NONE, Key::L);
    hands.draw(&wave(canvas));
    row(&mut hands, "a line through 500 places is drawn on it");
    hands.press(Modifiers::NONE, Key::P);
    let corners = [canvas.min, canvas.max];
    hands.draw(&corners);
    row(&mut hands, "all of it is pixelated");
    for _ in 0..10 {
        hands.press(Modifiers::NONE, Key::L);
        hands.draw(&wave(canvas));
        hands.press(Modifiers::NONE, Key::P);
        hands.draw(&corners);
    }
    row(&mut hands, "ten times more of both");
    for key in [Key::Plus, Key::Minus] {
        for _ in 0..12 {
            hands.press(Modifiers::NONE, key);
        }
    }
    row(&mut hands, "zoomed, with all that");
    for _ in 0..5 {
        hands.press(Modifiers::COMMAND, Key::Z);
    }
    row(&mut hands, "undone");
    hands.press(Modifiers::NONE, Key::C);
    let kept = canvas.shrink2(canvas.size() / 4.0);
    hands.draw(&[kept.min, kept.max]);
    row(&mut hands, "cropped");
    hands.finish_editing();
    row(&mut hands, "Done, until it is in the form");
    rows
}

fn write() -> Vec<(&'static str, Duration)> {
    let mut hands = Hands::new(|config| config);
    let letters = "The export is empty. ".chars().cycle().take(MESSAGE - 20);
    hands.frame([Event::Paste(letters.collect())]);
    hands.frame([]);
    let pasted = ("5,000 letters in one line are pasted", hands.take_slowest());
    for letter in ["x"; 10] {
        hands.frame([Event::Text(letter.to_owned())]);
    }
    vec![pasted, ("a letter is typed after them", hands.take_slowest())]
}

fn scroll() -> Vec<(&'static str, Duration)> {
    let folder = tempfile::tempdir().unwrap();
    let mut hands = Hands::with_log(folder.path());
    hands.open_log();
    let opened = ("a log of 64 MB is listed and opened", hands.take_slowest());
    let text = hands.stage.harness.get_by_role(Role::Document).rect();
    hands.frame([Event::PointerMoved(text.center())]);
    let mut spin = |points| {
        for _ in 0..SPINS {
            hands.frame([wheel(points)]);
        }
        hands.take_slowest()
    };
    let slowly = spin(NOTCH);
    let fast = spin(FLING);
    assert!(hands.sees_end());
    vec![
        opened,
        ("the wheel goes through some thousand lines of it", slowly),
        ("the wheel goes through all of it", fast),
    ]
}

fn wheel(points: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -points),
        source: MouseWheelSource::Unknown,
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    }
}

/// Up and down over a picture.
fn wave(canvas: Rect) -> Vec<Pos2> {
    let place = |step: u16| {
        let part = f32::from(step) / f32::from(POINTS);
        canvas.lerp_inside(vec2(part, 0.5 + 0.4 * (part * 40.0).sin()))
    };
    (0..POINTS).map(place).collect()
}
