//! Guards that the editor is used by keyboard alone, and that keys mean what stands on the screen.

use egui::Event;

use super::super::hands::preedit;
use super::*;

/// Begins to write on the picture.
fn put_a_text(stage: &mut Stage) {
    take(stage, "Text");
    let at = on_screen(stage, whole(), pos2(250.0, 200.0));
    drag_on_screen(stage, &[at]);
}

/// Also where a busy machine brings all keys with one frame.
#[test]
fn without_a_mouse_a_box_is_blacked_out_as_well() {
    for are_at_once in [false, true] {
        let now = arrives(|stage| {
            assert_eq!(
                stage.focused().accesskit_node().role(),
                Role::Canvas,
                "the keyboard is on the picture"
            );
            stage.press(Modifiers::NONE, Key::B);
            // From the middle, at (200, 150), in steps of a fortieth of the width.
            for (times, modifiers, key) in [
                (11, Modifiers::NONE, Key::ArrowUp),
                (11, Modifiers::NONE, Key::ArrowLeft),
                (1, Modifiers::NONE, Key::Space),
                (11, Modifiers::NONE, Key::ArrowRight),
                (6, Modifiers::NONE, Key::ArrowDown),
                (3, Modifiers::SHIFT, Key::ArrowRight),
                (1, Modifiers::NONE, Key::Enter),
            ] {
                for _ in 0..times {
                    if are_at_once {
                        stage.harness.input_mut().events.push(Event::Key {
                            key,
                            physical_key: None,
                            pressed: true,
                            repeat: false,
                            modifiers,
                        });
                    } else {
                        stage.press(modifiers, key);
                    }
                }
            }
            stage.harness.run();
        });
        let hidden = Rect::from_min_max(pos2(90.0, 40.0), pos2(203.0, 100.0));
        for y in 0..SIZE[1] {
            for x in 0..SIZE[0] {
                let is_hidden = is_in(hidden, pos2(x as f32, y as f32));
                assert_eq!(
                    now[(x, y)] == Color32::BLACK,
                    is_hidden || picture()[(x, y)] == Color32::BLACK
                );
            }
        }
    }
}

/// What was begun and not ended is seen on the picture, so it is done as well.
#[test]
fn a_box_without_its_last_key_is_blacked_out_as_well() {
    let by_ctrl_enter = |stage: &mut Stage| stage.press(Modifiers::COMMAND, Key::Enter);
    let by_the_button = |stage: &mut Stage| {
        while !stage.has_focus("Done") {
            stage.press(Modifiers::NONE, Key::Tab);
        }
        stage.press(Modifiers::NONE, Key::Enter);
    };
    for finish in [by_ctrl_enter, by_the_button] {
        let receiver = Receiver::new(Answer::Receipt("FB-1"));
        let mut stage = edit(&receiver.endpoint);
        stage.press(Modifiers::NONE, Key::B);
        stage.press(Modifiers::NONE, Key::Space);
        for key in [Key::ArrowLeft, Key::ArrowUp].repeat(6) {
            stage.press(Modifiers::NONE, key);
        }
        finish(&mut stage);
        stage.wait_until("the form", |stage| stage.is_there("Send"));
        let now = send(&mut stage, &receiver);
        let hidden = Rect::from_min_max(pos2(140.0, 90.0), pos2(200.0, 150.0));
        for y in 90..150 {
            for x in 140..200 {
                assert_eq!(now[(x, y)], Color32::BLACK, "{x} {y}");
            }
        }
        assert!(changed(&now).iter().all(|(place, _)| is_in(hidden, *place)));
    }
}

/// What a pointer finds by hovering.
#[test]
fn a_tool_that_has_the_keyboard_says_its_name_and_its_key() {
    let mut stage = edit(&Receiver::nowhere());
    assert!(!stage.sees("Black out (B)"));
    stage.harness.get_by_label("Black out").focus();
    stage.harness.run();
    assert!(stage.sees("Black out (B)"));
    stage.press(Modifiers::NONE, Key::Tab);
    assert!(!stage.sees("Black out (B)") && stage.sees("Pixelate (P)"));
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!is_editing(&mut stage), "the name is in nobody's way");
}

#[test]
fn who_does_not_see_the_picture_is_told_what_to_do_instead() {
    let stage = edit(&Receiver::nowhere());
    let canvas = stage.harness.get_by_role(Role::Canvas).accesskit_node();
    let description = canvas.data().description().unwrap_or_default();
    assert!(
        description.contains("describe it in your message"),
        "{description}"
    );
}

/// A button that cannot be pressed any more loses the keyboard: what takes it back has it then.
#[test]
fn where_a_button_goes_off_the_keyboard_is_on_its_counterpart() {
    let mut stage = edit(&Receiver::nowhere());
    drag(&mut stage, &[pos2(250.0, 250.0), pos2(350.0, 250.0)]);
    for (button, counterpart) in [
        ("Undo", "Redo"),
        ("Redo", "Undo"),
        ("Zoom in", "Zoom out"),
        ("Zoom out", "Zoom in"),
    ] {
        stage.harness.get_by_label(button).focus();
        stage.harness.run();
        let mut presses = 0;
        while stage.is_enabled(button) {
            stage.harness.key_press(Key::Enter);
            stage.harness.run_steps(3); // longer than that, the picture glides
            presses += 1;
            assert!(presses < 50, "{button}");
        }
        assert!(stage.has_focus(counterpart), "{counterpart}");
    }
}

#[test]
fn ctrl_enter_is_done_and_the_keyboard_returns() {
    let mut stage = edit(&Receiver::nowhere());
    take(&mut stage, "Text");
    stage.harness.get_by_role(Role::Canvas).focus();
    stage.harness.run();
    stage.press(Modifiers::NONE, Key::Space);
    stage.write("not lost");
    stage.press(Modifiers::COMMAND, Key::Enter);
    stage.wait_until("the form", |stage| stage.is_there("Send"));
    assert!(stage.has_focus("Edit Picture 1"));
    // What was typed and not ended is on the picture: there is nothing left of the editor to ask about.
    stage.click("Edit Picture 1");
    wait_for_canvas(&mut stage);
    assert!(!stage.is_enabled("Undo"), "what is done is done");
}

#[test]
fn escape_gives_up_one_thing_after_the_other_and_asks_before_anything_is_lost() {
    let mut stage = edit(&Receiver::nowhere());
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!is_editing(&mut stage), "nothing was done, so nothing is asked");
    assert!(stage.has_focus("Edit Picture 1"));
    assert!(stage.app().dialog.is_open());

    stage.click("Edit Picture 1");
    wait_for_canvas(&mut stage);
    stage.press(Modifiers::NONE, Key::Space);
    stage.press(Modifiers::NONE, Key::ArrowLeft);
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(
        is_editing(&mut stage) && !stage.is_enabled("Undo"),
        "the mark was given up"
    );

    drag(&mut stage, &[pos2(250.0, 250.0), pos2(350.0, 250.0)]);
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(stage.sees("Discard what you did to the picture?"));
    assert!(stage.has_focus("Keep editing"));
    stage.press(Modifiers::NONE, Key::Enter);
    assert!(stage.is_enabled("Undo"), "it is all there still");
    stage.click("Cancel");
    stage.click("Discard");
    assert!(!is_editing(&mut stage));
}

/// The keyboard in the field for words types: it takes up no tool, and Escape leaves the field alone.
#[test]
fn letters_that_are_typed_are_letters() {
    let mut stage = edit(&Receiver::nowhere());
    put_a_text(&mut stage);
    stage.press(Modifiers::NONE, Key::B);
    stage.write("b");
    let field = stage.harness.get_by_label("Text on the picture");
    assert_eq!(field.value().as_deref(), Some("b"));
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!stage.sees("Text on the picture"));
    assert!(is_editing(&mut stage) && !stage.is_enabled("Undo"));
}

/// Escape takes back what is being composed, and the field with what was typed before stays.
#[test]
fn the_keys_of_an_input_method_are_its_own() {
    let mut stage = edit(&Receiver::nowhere());
    put_a_text(&mut stage);
    stage.write("日本");
    stage.harness.event(preedit("ご"));
    stage.harness.step();
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(stage.sees("Text on the picture"));
    assert!(is_editing(&mut stage));
}

/// The question is asked, and what is being composed goes on after it: field and picture do not take the keyboard
/// from each other.
#[test]
fn a_field_that_is_still_open_after_the_question_has_the_keyboard() {
    let mut stage = edit(&Receiver::nowhere());
    drag(&mut stage, &[pos2(250.0, 250.0), pos2(350.0, 250.0)]);
    put_a_text(&mut stage);
    stage.write("日本");
    stage.harness.event(preedit("ご"));
    stage.harness.step();
    stage.click("Cancel");
    stage.click("Keep editing");
    assert!(stage.has_focus("Text on the picture"));
}
