//! Guards the way without a mouse: Tab goes where the eye goes, keys do what buttons do.

use egui::{Key, Modifiers};
use feedback_sdk::Picture;

use super::hands::down;
use super::receiver::{Answer, Receiver};
use super::stage::Stage;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[test]
fn tab_goes_the_way_the_eye_does() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("x");
    let picture = Picture::from_rgba(1, 1, vec![0, 0, 0, 255]).unwrap();
    stage.app().dialog.add_picture(picture);
    stage.attach("report.txt", b"hello");
    stage.wait_for("Edit"); // the picture is ready
    let mut names = Vec::new();
    let mut places = Vec::new();
    for _ in 0..11 {
        let node = stage.focused();
        let label = node.accesskit_node().label().unwrap_or_default();
        names.push(label);
        places.push(node.rect());
        stage.press(Modifiers::NONE, Key::Tab);
    }
    assert_eq!(
        names,
        [
            "Your message",
            "Attach a file…",
            "Add a picture of this window",
            "Add a picture of the whole screen",
            "Remove report.txt",
            "Edit Picture 1",
            "Remove Picture 1",
            "Your e-mail, if you want an answer",
            "What will be sent",
            "Close",
            "Send",
        ]
    );
    for pair in places.windows(2) {
        let below = pair[1].top() >= pair[0].bottom();
        let right = pair[1].left() >= pair[0].right();
        assert!(below || right, "{pair:?}");
    }
    // And round again, without leaving the dialog.
    assert!(stage.has_focus("Your message"));
}

/// Three pictures, and the keyboard on what takes out the first.
fn three_pictures() -> Stage {
    let mut stage = Stage::open(&Receiver::nowhere());
    for grey in [10, 100, 200] {
        let picture = Picture::from_rgba(1, 1, vec![grey, grey, grey, 255]).unwrap();
        stage.app().dialog.add_picture(picture);
    }
    stage.harness.run();
    stage.harness.get_by_label("Remove Picture 1").focus();
    stage.harness.run();
    stage
}

#[test]
fn what_is_taken_out_is_told_and_the_keyboard_goes_to_the_next() {
    let mut stage = three_pictures();
    stage.attach("report.txt", b"hello");
    stage.harness.run();
    for (removed, next) in [
        ("Picture 1", "Remove Picture 2"),
        ("Picture 2", "Remove Picture 3"),
        ("Picture 3", "Remove report.txt"),
        ("report.txt", "Your message"),
    ] {
        stage.press(Modifiers::NONE, Key::Enter);
        assert!(stage.sees(&format!("{removed} was removed.")), "{removed}");
        assert!(!stage.is_there(&format!("Remove {removed}")), "{removed}");
        assert!(stage.has_focus(next), "{next}");
    }
    let picture = Picture::from_rgba(1, 1, vec![0, 0, 0, 255]).unwrap();
    stage.app().dialog.add_picture(picture);
    stage.harness.run();
    assert!(!stage.sees("was removed."), "another one may have its name");
}

/// There is no undo.
#[test]
fn a_key_that_is_held_takes_out_one_picture() {
    for key in [Key::Space, Key::Enter] {
        let mut stage = three_pictures();
        for _ in 0..5 {
            stage.harness.event(down(Modifiers::NONE, key));
            stage.harness.run();
        }
        assert!(!stage.is_there("Remove Picture 1"));
        assert!(stage.is_there("Remove Picture 2") && stage.is_there("Remove Picture 3"));
        assert!(stage.has_focus("Remove Picture 2"));
    }
}

#[test]
fn a_key_that_is_held_sends_and_does_not_close_the_answer() {
    let receiver = Receiver::new(Answer::Receipt("FB-3"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.wait_until("the receipt", |stage| {
        stage.harness.event(down(Modifiers::COMMAND, Key::Enter));
        stage.sees("FB-3")
    });
    for _ in 0..3 {
        stage.harness.event(down(Modifiers::NONE, Key::Enter));
        stage.harness.run();
    }
    assert!(stage.app().dialog.is_open() && stage.has_focus("Close"));
    assert!(receiver.has_only(&stage.client, "x"));
}

#[test]
fn a_key_that_is_held_goes_on_writing_in_the_message() {
    let mut stage = Stage::open(&Receiver::nowhere());
    for _ in 0..3 {
        stage.harness.event(down(Modifiers::NONE, Key::Enter));
        stage.harness.run();
    }
    assert_eq!(stage.message(), "\n\n\n");
}

#[test]
fn while_it_is_sent_the_keyboard_is_on_the_way_out() {
    let receiver = Receiver::new(Answer::Never);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.press(Modifiers::COMMAND, Key::Enter);
    stage.wait_for("Waiting for the answer…");
    assert!(stage.has_focus("Close"));
    stage.press(Modifiers::NONE, Key::Enter);
    assert!(!stage.app().dialog.is_open());
}

#[test]
fn undo_does_not_bring_back_the_report_before() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("private words");
    stage.click("Send");
    stage.wait_for("FB-1");
    stage.reopen();
    stage.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(stage.message(), "");
}

#[test]
fn enter_is_a_new_line_and_ctrl_enter_sends() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.press(Modifiers::COMMAND, Key::Enter);
    assert_eq!(stage.message(), "", "nothing to send yet");
    stage.write("one");
    stage.press(Modifiers::NONE, Key::Enter);
    stage.write("two");
    assert_eq!(stage.message(), "one\ntwo");
    stage.press(Modifiers::COMMAND, Key::Enter);
    stage.wait_for("FB-7");
    assert_eq!(receiver.arrived().manifest["message"], "one\ntwo");
    // The keyboard is on the way out.
    assert!(stage.has_focus("Close"));
    stage.press(Modifiers::NONE, Key::Enter);
    assert!(!stage.app().dialog.is_open());
}

#[test]
fn the_keyboard_returns_to_where_it_was() {
    let mut stage = Stage::new(&Receiver::nowhere());
    stage.harness.get_by_label("Write to us…").focus();
    stage.harness.run();
    stage.press(Modifiers::NONE, Key::Enter);
    assert!(stage.has_focus("Your message"));
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(stage.has_focus("Write to us…"));
}
