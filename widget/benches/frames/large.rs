//! The frames of a large picture in the editor and of a long message: the slowest of each thing that is done.

use std::time::Duration;

use egui::{Event, Key, Modifiers, Pos2, Rect, vec2};

use crate::hands::Hands;

/// The places that a free line goes through.
const POINTS: u16 = 500;
/// As long as the field for the message takes.
const MESSAGE: usize = 5_000;

/// What was done, and its slowest frame: the least of three times.
pub(crate) fn rows() -> Vec<(&'static str, Duration)> {
    let once = || [edit(), write()].concat();
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

/// Up and down over a picture.
fn wave(canvas: Rect) -> Vec<Pos2> {
    let place = |step: u16| {
        let part = f32::from(step) / f32::from(POINTS);
        canvas.lerp_inside(vec2(part, 0.5 + 0.4 * (part * 40.0).sin()))
    };
    (0..POINTS).map(place).collect()
}
