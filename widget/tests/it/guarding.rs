//! Guards what was written and not sent from the app's window being closed over it, and that the window can be closed.

use std::sync::Arc;

use egui::{Color32, ColorImage, Event, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};

use super::receiver::Receiver;
use super::stage::Stage;

/// The window is to be closed in a frame with these events. Whether it stays.
fn stays_with(stage: &mut Stage, events: &[Event]) -> bool {
    let input = stage.harness.input_mut();
    input.events.extend_from_slice(events);
    let window = input.viewports.entry(ViewportId::ROOT).or_default();
    window.events.push(ViewportEvent::Close);
    stage.harness.step();
    let told = &stage.harness.output().viewport_output[&ViewportId::ROOT].commands;
    let stays = told.contains(&ViewportCommand::CancelClose);
    stage.harness.run();
    stays
}

pub(crate) fn stays(stage: &mut Stage) -> bool {
    stays_with(stage, &[])
}

#[test]
fn what_was_written_keeps_the_window_once() {
    let mut stage = Stage::open(&Receiver::nowhere());
    assert!(!stays(&mut stage), "there is nothing to lose");
    stage.write("precious");
    assert!(stays(&mut stage));
    assert!(!stays(&mut stage), "they have seen it");
}

/// The app's only way out may lie below the dialog.
#[test]
fn the_window_can_be_closed_once_the_dialog_is() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("precious");
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(stays(&mut stage));
    assert!(stage.app().dialog.is_open());
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!stage.app().dialog.is_open());
    assert!(!stays(&mut stage), "they have seen it");
}

#[test]
fn what_was_seen_long_ago_keeps_the_window_once_more() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("precious");
    assert!(stays(&mut stage));
    stage.press(Modifiers::NONE, Key::Escape);
    stage.harness.input_mut().time = Some(3600.0);
    assert!(stays(&mut stage), "they have worked on");
    assert!(!stays(&mut stage), "they have seen it again");
}

/// Else a window that stays looks as if it had not heard.
#[test]
fn it_is_said_why_the_window_stays_and_how_it_goes() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("precious");
    assert!(stays(&mut stage));
    let why = "What you wrote or added would be lost. To close anyway, close the window once more.";
    assert!(stage.sees(why));
    stage.write(", and more");
    assert!(!stage.sees(why));
}

#[test]
fn what_comes_after_the_first_try_keeps_the_window_again() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("precious");
    assert!(stays(&mut stage));
    stage.write(", and an hour of work");
    assert!(stays(&mut stage), "the words are others");
    assert!(!stays(&mut stage));
    stage.attach("state.txt", b"42");
    assert!(stays(&mut stage), "there is a file more");
    assert!(!stays(&mut stage));
}

#[test]
fn the_same_words_written_again_keep_the_window_again() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("hello");
    assert!(stays(&mut stage));
    stage.press(Modifiers::COMMAND, Key::A);
    stage.press(Modifiers::NONE, Key::Backspace);
    stage.write("hello");
    assert!(stays(&mut stage), "they were given up in between");
    assert!(!stays(&mut stage));
}

/// A slow machine shows what was done in a second in one frame, and the app looks first.
#[test]
fn what_is_typed_in_the_frame_of_the_wish_keeps_the_window() {
    let mut stage = Stage::open(&Receiver::nowhere());
    assert!(stays_with(&mut stage, &[Event::Text("first words".to_owned())]));
    assert_eq!(stage.message(), "first words");
    assert!(!stays(&mut stage));
    assert!(stays_with(&mut stage, &[Event::Text(", and more".to_owned())]));
    assert!(!stays(&mut stage));
}

#[test]
fn a_picture_that_is_pasted_after_the_first_try_keeps_the_window_once() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("precious");
    assert!(stays(&mut stage));
    let image = Arc::new(ColorImage::filled([40, 30], Color32::RED));
    assert!(stays_with(&mut stage, &[Event::PasteImage(image)]));
    stage.wait_until("the picture", |stage| stage.is_there("Edit Picture 1"));
    assert!(!stays(&mut stage), "it is the same");
}
