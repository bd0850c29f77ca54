//! Guards the dialog in a window that holds nothing else, what an app fills in for the person, and what it is told.

use std::fs::File;
use std::path::Path;

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use feedback_sdk::{FeedbackClient, FeedbackConfig, Picture, ReportDraft};
use feedback_widget::{FeedbackDialog, Leave};

use super::receiver::{Answer, Receiver};
use super::stage::Stage;

/// The dialog, open in a window of this size.
fn alone(endpoint: &str, size: [f32; 2]) -> Stage {
    let mut stage = Stage::with(endpoint, |config| config, Harness::builder().with_size(size));
    stage.app().is_alone = true;
    stage.app().dialog.open();
    stage.harness.run();
    stage
}

#[test]
fn it_fills_the_window_and_its_buttons_stand_at_the_end() {
    for size in [[480.0, 420.0], [900.0, 700.0], [320.0, 400.0]] {
        let mut stage = alone(&Receiver::nowhere(), size);
        let (send, message) = (stage.rect("Send"), stage.rect("Your message"));
        assert!(size[1] - send.bottom() < 24.0, "{size:?}: {send:?}");
        assert!(size[0] - send.right() < 24.0, "{size:?}: {send:?}");
        assert!(message.width() > size[0] - 48.0, "{size:?}: {message:?}");
        assert!(
            !stage.sees("Add a picture of this window"),
            "it would show itself"
        );
        stage.press(Modifiers::NONE, Key::Escape);
        assert_eq!(stage.app().closed, 1);
        assert!(!stage.sees("Send"));
    }
}

/// The keyboard is on the harmless answer, whatever it was on before.
#[test]
fn before_it_goes_with_words_in_it_it_asks() {
    for size in [[480.0, 420.0], [320.0, 240.0]] {
        let mut stage = alone(&Receiver::nowhere(), size);
        stage.write("precious");
        stage.reach("Close");
        stage.app().is_leaving = true;
        stage.harness.run();
        assert!(stage.sees("Close without sending?") && stage.sees("What you wrote or added would be lost."));
        for rect in ["Close anyway", "Back to my message"].map(|button| stage.rect(button)) {
            assert!(rect.right() < size[0] && rect.bottom() < size[1], "{rect}");
        }
        stage.press(Modifiers::NONE, Key::Enter);
        stage.press(Modifiers::NONE, Key::Escape);
        assert_eq!(stage.app().answers, [Leave::Stay; 2]);
        stage.click("Close anyway");
        assert_eq!(stage.app().answers.last(), Some(&Leave::Anyway));
        stage.app().is_leaving = false;
        stage.app().dialog.open();
        stage.harness.run();
        assert_eq!(stage.message(), "precious");
    }
}

/// In place of the stage's dialog, one that saves to this file.
fn saving_to(stage: &mut Stage, file: &Path) {
    let config = FeedbackConfig::new(Receiver::nowhere(), "pk_test", "Notes", "1.4.0")
        .spool_dir(stage.folder.path().join("spool"))
        .deliver(false);
    let mut dialog = FeedbackDialog::new(FeedbackClient::new(config).unwrap()).save_to(file);
    dialog.set_language("en");
    dialog.open();
    stage.app().dialog = dialog;
    stage.harness.run();
}

#[test]
fn a_report_that_is_to_be_a_file_becomes_one_and_nothing_else() {
    let mut stage = alone(&Receiver::nowhere(), [480.0, 420.0]);
    let file = stage.folder.path().join("report.zip");
    saving_to(&mut stage, &file);
    stage.write("as a file");
    assert!(!stage.is_there("Send"));
    stage.click("Save");
    stage.wait_for(&format!("Saved as {}.", file.display()));
    let mut zip = zip::ZipArchive::new(File::open(&file).unwrap()).unwrap();
    let message = std::io::read_to_string(zip.by_name("message.txt").unwrap()).unwrap();
    assert!(message.starts_with("as a file"), "{message}");
    let app = stage.harness.state();
    assert_eq!((app.saved.len(), &app.saved), (1, &app.sending));
    assert!(app.stored.is_empty() && stage.spooled() == 0);
    assert!(!app.dialog.has_draft());
}

#[test]
fn where_the_file_cannot_be_written_the_words_are_back() {
    let mut stage = alone(&Receiver::nowhere(), [480.0, 420.0]);
    let file = stage.folder.path().join("nowhere").join("report.zip");
    saving_to(&mut stage, &file);
    stage.write("still here");
    stage.click("Save");
    stage.wait_for("It was not saved.");
    assert_eq!(stage.message(), "still here");
    assert!(stage.app().saved.is_empty());
    assert_eq!(stage.app().not_stored.len(), 1);
    assert!(stage.is_there("Save as a file…"), "another place");
}

#[test]
fn what_the_app_fills_in_can_be_changed_and_is_sent() {
    let receiver = Receiver::new(Answer::Receipt("FB-4"));
    let mut stage = alone(&receiver.endpoint, [480.0, 420.0]);
    let file = stage.file("state.txt", b"42");
    let picture = Picture::from_png(b"\x89PNG\r\n\x1a\n".to_vec()).unwrap();
    let draft = ReportDraft {
        message: "It crashed at start.".to_owned(),
        reply_to: Some("anna@example.org".to_owned()),
        attachments: vec![file.into()],
        pictures: vec![picture.numbered(1)],
        context: vec![("plan".to_owned(), "family".to_owned())],
        ..ReportDraft::default()
    };
    stage.app().dialog.prefill(draft.clone());
    assert_eq!(stage.app().dialog.draft(), draft);
    stage.harness.run();
    assert_eq!(stage.message(), "It crashed at start.");
    stage.click("Remove Picture 1");
    stage.click("Send");
    stage.wait_for("FB-4");
    let app = stage.harness.state();
    assert!(app.dialog.draft().is_empty());
    assert_eq!(app.sending.len(), 1);
    assert_eq!(app.sending, app.stored);
    let arrived = receiver.arrived();
    assert_eq!(arrived.manifest["message"], "It crashed at start.");
    assert_eq!(arrived.manifest["reply_to"], "anna@example.org");
    assert_eq!(arrived.manifest["context"]["plan"], "family");
    assert!(arrived.has("attachments/state.txt"));
    assert!(!arrived.has("screenshots/1.png"));
}

#[test]
fn what_a_person_has_written_is_not_filled_over() {
    let mut stage = alone(&Receiver::nowhere(), [480.0, 420.0]);
    stage.write("mine");
    stage.app().dialog.prefill(ReportDraft::new("the app's"));
    stage.harness.run();
    assert_eq!(stage.message(), "mine");
}

#[test]
fn a_text_too_long_for_the_field_is_filled_in_whole() {
    let mut stage = alone(&Receiver::nowhere(), [480.0, 420.0]);
    let long = "é".repeat(20_001);
    stage.app().dialog.prefill(ReportDraft::new(long.as_str()));
    stage.harness.run();
    assert!(stage.sees("Long text 1"));
    assert_eq!(stage.app().dialog.draft().message, long);
}

#[test]
fn what_was_typed_before_a_long_text_can_be_edited_when_it_comes_back() {
    let mut stage = alone(&Receiver::nowhere(), [480.0, 420.0]);
    let words = format!("One.\n\nTwo.\n\n{}", "é".repeat(20_001));
    stage.app().dialog.prefill(ReportDraft::new(words.as_str()));
    stage.harness.run();
    assert_eq!(stage.message(), "One.\n\nTwo.");
    assert_eq!(stage.app().dialog.draft().message, words);
}

#[test]
fn the_app_is_told_of_a_refusal_and_of_what_was_not_stored() {
    let receiver = Receiver::new(Answer::Status(401));
    let mut stage = alone(&receiver.endpoint, [480.0, 420.0]);
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Not delivered");
    let app = stage.harness.state();
    assert_eq!(app.refused.len(), 1);
    assert_eq!(app.refused, app.stored);
    assert!(app.not_stored.is_empty());

    let configure = |config: FeedbackConfig| config.spool_limits(0, 0);
    let mut stage = Stage::with(&receiver.endpoint, configure, Harness::builder());
    stage.click("Write to us…");
    stage.write("x");
    stage.click("Send");
    stage.wait_for("there is no room for one more");
    let told = &stage.harness.state().not_stored;
    assert_eq!(told.len(), 1);
    assert!(stage.sees(&told[0]), "the words that they read");
}

/// Wayland and macOS let no app hide it.
#[test]
fn while_the_screen_is_taken_the_window_says_so() {
    let mut stage = alone(&Receiver::nowhere(), [480.0, 420.0]);
    let button = "Add a picture of the whole screen";
    stage.wait_until(button, |stage| stage.is_there(button) && stage.is_enabled(button));
    let is_said = |stage: &Stage| {
        let mut labels = stage.harness.query_all_by_role(Role::Label);
        labels.any(|label| {
            label
                .value()
                .is_some_and(|words| words.starts_with("Taking the picture."))
        })
    };
    stage.harness.get_by_label(button).click();
    stage.harness.step();
    stage.harness.step();
    assert!(is_said(&stage) && !stage.sees("Send"));
    stage.wait_for("64 × 40");
    assert!(!is_said(&stage));
}
