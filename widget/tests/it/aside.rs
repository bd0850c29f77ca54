//! Guards the next report: one that is on its way keeps nobody from writing, and its end is told.

use egui::{Key, Modifiers};

use super::receiver::{Answer, Receiver};
use super::stage::{Stage, noise};

/// A report was sent, nobody has answered yet, and the form is there again.
fn first_on_its_way(receiver: &Receiver) -> Stage {
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("first");
    stage.click("Send");
    stage.wait_for("Waiting for the answer…");
    stage.reopen();
    stage
}

#[test]
fn a_second_report_can_be_written_while_the_first_is_on_its_way() {
    let (receiver, answer) = Receiver::when_told();
    let mut stage = first_on_its_way(&receiver);
    assert_eq!(stage.message(), "");
    assert!(stage.sees("Your earlier report is still on its way."));
    stage.write("second");
    answer.send(Answer::Receipt("FB-1")).unwrap();
    stage.wait_for("Your earlier report has arrived. Its number is FB-1.");
    assert_eq!(stage.message(), "second");
    answer.send(Answer::Receipt("FB-2")).unwrap();
    stage.click("Send");
    stage.wait_for("Your report has the number FB-2.");
    assert_eq!(receiver.arrived().manifest["message"], "first");
    assert_eq!(receiver.arrived().manifest["message"], "second");
    assert_eq!(stage.app().sent.len(), 2);
    stage.reopen();
    assert!(!stage.sees("earlier"), "told once");
}

#[test]
fn what_it_goes_without_is_told_with_its_end() {
    let (receiver, answer) = Receiver::when_told();
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("first");
    stage.attach("noise.bin", &noise(400_000));
    stage.harness.run();
    stage.click("Send");
    stage.wait_for("Waiting for the answer…");
    stage.reopen();
    answer.send(Answer::TooLarge(200_000)).unwrap();
    answer.send(Answer::Receipt("FB-7")).unwrap();
    stage.wait_for("Your earlier report has arrived. Its number is FB-7.");
    assert!(stage.sees(
        "It was too large for our server, so not all of it is sent: attachments/noise.bin (left out)."
    ));
}

#[test]
fn a_closed_dialog_goes_on_and_the_app_is_told_the_end() {
    let receiver = Receiver::new(Answer::Receipt("FB-3"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.click("Send");
    stage.app().dialog.close();
    stage.wait_until("the receipt", |stage| !stage.app().sent.is_empty());
    assert_eq!(stage.app().stored.len(), 1);
    assert!(!stage.app().dialog.is_open());
    assert!(receiver.has_only(&stage.client, "x"));
    stage.click("Write to us…");
    assert!(stage.sees("FB-3"));
    assert_eq!(stage.message(), "");
    stage.reopen();
    assert!(!stage.sees("FB-3"));
}

#[test]
fn a_report_that_is_refused_meanwhile_comes_back() {
    let (receiver, answer) = Receiver::when_told();
    let mut stage = first_on_its_way(&receiver);
    stage.write("second");
    answer.send(Answer::Status(401)).unwrap();
    stage.wait_for("Your earlier report was not delivered.");
    assert!(!stage.sees("Show it"), "another one is being written");
    answer.send(Answer::Receipt("FB-5")).unwrap();
    stage.click("Send");
    stage.wait_for("FB-5");
    stage.reopen();
    assert!(stage.sees("Not delivered"));
    stage.click("Back to my message");
    assert_eq!(stage.message(), "first");
}

#[test]
fn where_nothing_else_is_written_it_can_be_shown_at_once() {
    let (receiver, answer) = Receiver::when_told();
    let mut stage = first_on_its_way(&receiver);
    answer.send(Answer::Status(401)).unwrap();
    stage.wait_for("Show it");
    stage.click("Show it");
    stage.click("Back to my message");
    assert_eq!(stage.message(), "first");
    stage.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(
        stage.message(),
        "first",
        "undo knows nothing of the form without them"
    );
}
