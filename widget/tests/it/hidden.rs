//! Guards what was sent from a window that is minimised or covered before the report is collected: no frame comes any
//! more, and it arrives; what the person has not seen stays.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use feedback_sdk::FeedbackConfig;
use feedback_widget::Leave;

use super::held::held;
use super::receiver::{Answer, Receiver};
use super::stage::{Stage, noise};

/// So much that collecting it takes longer than a frame.
const LARGE: usize = 24_000_000;

/// Presses Send over some words and a large file, and draws no frame from then on.
fn send(stage: &mut Stage) {
    stage.write("The export is empty");
    stage.attach("noise.bin", &noise(LARGE));
    stage.harness.run();
    stage.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    while !stage.app().dialog.is_sending() {
        stage.harness.step();
    }
    assert!(stage.app().sending.is_empty(), "it is still being collected");
}

#[test]
fn what_was_sent_arrives_without_another_frame() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let mut stage = Stage::open(&receiver.endpoint);
    send(&mut stage);
    let arrived = receiver.arrived();
    assert_eq!(arrived.manifest["message"], "The export is empty");
    assert!(arrived.has("attachments/noise.bin"));
    assert!(stage.app().dialog.has_draft(), "nobody was told yet");

    stage.wait_for("FB-7");
    let app = stage.app();
    assert!(!app.dialog.has_draft());
    assert_eq!((app.sending.len(), app.stored.len(), app.sent.len()), (1, 1, 1));
    assert_eq!(app.sending, app.stored);
}

#[test]
fn what_was_sent_arrives_also_where_the_app_drops_the_dialog() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let mut stage = Stage::open(&receiver.endpoint);
    send(&mut stage);
    let client = stage.client.clone();
    stage.app().dialog = feedback_widget::FeedbackDialog::new(client);
    assert_eq!(receiver.arrived().manifest["message"], "The export is empty");
}

#[test]
fn what_is_missing_and_was_not_seen_is_shown_before_anything_goes() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.attach("state.txt", b"42");
    stage.wait_for("Remove state.txt");
    stage.read_the_spool();
    std::fs::remove_file(stage.folder.path().join("state.txt")).unwrap();
    send(&mut stage);
    assert!(
        stage.waiting().is_empty(),
        "nothing is stored, and nothing on its way"
    );
    stage.wait_for("Remove noise.bin");
    assert_eq!(stage.message(), "The export is empty");

    stage.click("Send");
    assert!(
        !receiver.arrived().has("attachments/state.txt"),
        "they have seen it"
    );
}

#[test]
fn what_the_app_adds_before_it_goes_goes_along() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let mut stage = Stage::open(&receiver.endpoint);
    send(&mut stage);
    stage.attach("state.txt", b"42");
    stage.wait_for("FB-7");
    assert!(receiver.arrived().has("attachments/state.txt"));
    assert_eq!(stage.app().stored.len(), 1);
}

#[test]
fn what_was_given_up_at_the_question_does_not_go() {
    let (release, hold) = held();
    let configure = |config: FeedbackConfig| hold(config).deliver(false);
    let mut stage = Stage::with(&Receiver::nowhere(), configure, Harness::builder());
    stage.app().is_alone = true;
    stage.app().dialog.open();
    stage.harness.run();
    stage.write("given up");
    stage.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    while !stage.app().dialog.is_sending() {
        stage.harness.step();
    }
    stage.app().dialog.close();
    stage.app().is_leaving = true;
    stage.harness.run();
    stage.click("Close anyway");
    assert_eq!(stage.app().answers, [Leave::Anyway]);

    stage.app().is_leaving = false;
    stage.harness.run_steps(2);
    drop(release);
    assert!(stage.waiting().is_empty());
    assert!(stage.app().sending.is_empty() && stage.app().dialog.has_draft());
}
