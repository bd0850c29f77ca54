//! Guards what was sent from a window that is minimised or covered before the report is collected: no frame comes any
//! more, and it arrives; what the person has not seen stays.

use std::sync::mpsc::Sender;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use feedback_sdk::{FeedbackConfig, ReportDraft};
use feedback_widget::Leave;

use super::guarding::stays;
use super::held::held;
use super::receiver::{Answer, Receiver};
use super::stage::Stage;

/// Presses Send over some words, and draws no frame from then on. Its report is collected for as long as what comes
/// back is kept.
fn send(endpoint: &str) -> (Stage, Sender<()>) {
    let (release, hold) = held();
    let mut stage = Stage::with(endpoint, hold, Harness::builder());
    write_and_send(&mut stage);
    (stage, release)
}

fn write_and_send(stage: &mut Stage) {
    stage.click("Write to us…");
    stage.attach("note.txt", b"one");
    stage.write("The export is empty");
    press_send(stage);
}

fn press_send(stage: &mut Stage) {
    stage.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    while !stage.app().dialog.is_sending() {
        stage.harness.step();
    }
    assert!(stage.app().sending.is_empty(), "it is still being collected");
}

#[test]
fn what_was_sent_arrives_without_another_frame() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let (mut stage, release) = send(&receiver.endpoint);
    assert_eq!(stage.app().dialog.draft().message, "The export is empty");
    drop(release);
    let arrived = receiver.arrived();
    assert_eq!(arrived.manifest["message"], "The export is empty");
    assert!(arrived.has("attachments/note.txt"));
    let dialog = &stage.app().dialog;
    assert!(dialog.draft().is_empty(), "the next run would send it once more");

    stage.wait_for("FB-7");
    let app = stage.app();
    assert!(!app.dialog.has_draft());
    assert_eq!((app.sending.len(), app.stored.len(), app.sent.len()), (1, 1, 1));
    assert_eq!(app.sending, app.stored);
}

#[test]
fn what_was_sent_arrives_also_where_the_app_drops_the_dialog() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let (mut stage, release) = send(&receiver.endpoint);
    let client = stage.client.clone();
    stage.app().dialog = feedback_widget::FeedbackDialog::new(client);
    drop(release);
    assert_eq!(receiver.arrived().manifest["message"], "The export is empty");
}

#[test]
fn a_draft_that_is_kept_after_sending_was_given_up_is_not_sent_as_well() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let (mut stage, release) = send(&receiver.endpoint);
    stage.app().dialog.give_up_sending();
    drop(release);
    assert!(stage.waiting().is_empty());
    let draft = stage.app().dialog.draft();
    assert_eq!(
        (draft.message.as_str(), draft.attachments.len()),
        ("The export is empty", 1)
    );
}

/// It was let go, and there is no room for it.
#[test]
fn a_draft_that_is_kept_has_what_no_disk_would_take() {
    let (mut stage, release) = send(&Receiver::nowhere());
    let in_the_way = stage.file("spool", b"in the way");
    drop(release);
    stage.client.limit().wait().unwrap(); // it is not stored by now
    stage.app().dialog.give_up_sending();
    std::fs::remove_file(in_the_way).unwrap();
    assert!(stage.waiting().is_empty(), "nothing goes from memory");
    let draft = stage.app().dialog.draft();
    assert_eq!(
        (draft.message.as_str(), draft.attachments.len()),
        ("The export is empty", 1)
    );
}

#[test]
fn a_draft_that_is_kept_has_nothing_of_what_is_stored() {
    let (mut stage, release) = send(&Receiver::nowhere());
    drop(release);
    stage.client.limit().wait().unwrap(); // it is stored by now
    stage.app().dialog.give_up_sending();
    assert_eq!(stage.waiting().len(), 1);
    assert!(stage.app().dialog.draft().is_empty());
    stage.harness.run();
    assert_eq!(stage.app().stored.len(), 1, "told in the next frame");
}

/// It comes up only for what would be lost.
#[test]
fn a_window_that_is_hidden_may_go_once_what_was_sent_is_stored() {
    let (mut stage, release) = send(&Receiver::nowhere());
    stage.app().is_hidden = true;
    drop(release);
    assert_eq!(stage.waiting().len(), 1);
    assert!(!stays(&mut stage));

    stage.app().is_hidden = false;
    stage.harness.run();
    let app = stage.app();
    assert_eq!(
        (app.sending.len(), app.stored.len()),
        (1, 1),
        "told in the next frame"
    );
}

#[test]
fn a_window_that_is_hidden_may_go_once_what_was_sent_from_memory_has_arrived() {
    let (receiver, answer) = Receiver::when_told();
    let mut stage = Stage::open(&receiver.endpoint);
    stage.file("spool", b"in the way");
    stage.write("The export is empty");
    stage.click("Send");
    stage.wait_for("It is being sent now");
    stage.app().is_hidden = true;
    answer.send(Answer::Receipt("FB-8")).unwrap();
    stage.wait_until("no draft", |stage| !stage.app().dialog.has_draft());
    assert!(!stays(&mut stage));
    stage.app().is_hidden = false;
    stage.wait_for("FB-8");
    assert_eq!(stage.app().sent.len(), 1, "told in the next frame");
}

#[test]
fn what_is_missing_and_was_not_seen_is_shown_before_anything_goes() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let (release, hold) = held();
    let mut stage = Stage::with(&receiver.endpoint, hold, Harness::builder());
    let _busy = stage.client.prepare(ReportDraft::default()); // or the file is read before it has gone
    write_and_send(&mut stage);
    std::fs::remove_file(stage.folder.path().join("note.txt")).unwrap();
    drop(release);
    assert!(
        stage.waiting().is_empty(),
        "nothing is stored, and nothing on its way"
    );
    stage.wait_for("Remove note.txt");
    assert_eq!(stage.message(), "The export is empty");

    stage.click("Send");
    assert!(
        !receiver.arrived().has("attachments/note.txt"),
        "they have seen it"
    );
}

#[test]
fn what_the_app_adds_before_it_goes_goes_along() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let (mut stage, release) = send(&receiver.endpoint);
    stage.app().is_hidden = true;
    stage.attach("state.txt", b"42");
    drop(release);
    stage.wait_until("stored", |stage| !stage.app().dialog.has_draft());
    let arrived = receiver.arrived();
    assert!(arrived.has("attachments/state.txt") && arrived.has("attachments/note.txt"));
    stage.app().is_hidden = false;
    stage.wait_for("FB-7");
    assert_eq!(stage.app().stored.len(), 1);
}

#[test]
fn what_the_app_hands_in_once_more_holds_nothing_back() {
    let receiver = Receiver::new(Answer::Receipt("FB-7"));
    let (mut stage, release) = send(&receiver.endpoint);
    stage.attach("note.txt", b"one");
    stage
        .app()
        .dialog
        .prefill(ReportDraft::new("words for an empty form"));
    drop(release);
    assert_eq!(receiver.arrived().manifest["message"], "The export is empty");
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
    press_send(&mut stage);
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
