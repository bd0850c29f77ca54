//! Guards "every report arrives, once", as the person is told it: no success that is not one, and
//! a way on from every end.

use egui::accesskit::Live;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use feedback_sdk::Crash;
use serde_json::json;

use super::held::held;
use super::receiver::{Answer, Receiver};
use super::stage::{Stage, noise};

#[test]
fn thank_you_comes_with_the_receipt_and_its_number() {
    let receiver = Receiver::new(Answer::Receipt("FB-1042"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("The export is empty");
    stage.click("Your e-mail, if you want an answer");
    stage.write("anna@example.org");
    stage.click("Send");
    stage.wait_for("Thank you");
    assert!(stage.sees("Your report has the number FB-1042."));
    let arrived = receiver.arrived(); // the first: nothing leaves before Send
    assert_eq!(arrived.manifest["message"], "The export is empty");
    assert_eq!(arrived.manifest["reply_to"], "anna@example.org");
    let app = stage.app();
    assert_eq!(app.stored.len(), 1);
    assert_eq!(app.sent.len(), 1);
    assert_eq!(app.sent[0].number.as_deref(), Some("FB-1042"));
    assert_eq!(app.sent[0].id, app.stored[0]);

    assert_eq!(stage.copy_by("Copy FB-1042").as_deref(), Some("FB-1042"));
    stage.harness.run();
    assert!(stage.is_there("Copied."));
    stage.click("Open the inbox");
    assert_eq!(stage.app().link_clicks, 1);
    stage.click("Close");
    stage.click("Write to us…");
    assert_eq!(stage.message(), "", "a new report starts empty");
}

#[test]
fn facts_of_the_moment_go_along_even_if_they_change_every_frame() {
    let receiver = Receiver::new(Answer::Receipt("FB-2"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.click("What will be sent");
    stage.harness.get_by_label("Send").click();
    let mut frame = 0;
    stage.wait_until("the receipt", |stage| {
        frame += 1;
        stage.app().dialog.set_context("frame", frame.to_string());
        stage.sees("FB-2")
    });
    assert!(receiver.arrived().manifest["context"].is_object());
}

/// A run of an earlier version that panicked, and lived on or not.
pub(crate) fn crash(went_on: bool) -> Crash {
    let crash = json!({
        "app_version": "1.3.9", "started_at": "2026-11-22T16:12:38.123Z", "panic": null, "other_panics": 0,
        "went_on": went_on,
    });
    serde_json::from_value(crash).unwrap()
}

#[test]
fn after_a_crash_the_dialog_says_so_and_needs_no_words() {
    let receiver = Receiver::new(Answer::Receipt("FB-4"));
    let mut stage = Stage::new(&receiver.endpoint);
    stage.app().dialog.open_after_crash(crash(false));
    stage.harness.run();
    assert!(stage.sees("The app seems to have ended unexpectedly last time."));
    assert!(stage.has_focus("Your message"));
    assert!(!stage.app().dialog.has_draft(), "nobody has written anything");
    stage.click("Send");
    stage.wait_for("FB-4");
    assert_eq!(receiver.arrived().manifest["crash"]["app_version"], "1.3.9");
    stage.reopen();
    assert!(!stage.sees("unexpectedly"));
}

#[test]
fn a_crash_can_be_taken_out() {
    let receiver = Receiver::new(Answer::Receipt("FB-5"));
    let mut stage = Stage::new(&receiver.endpoint);
    stage.app().dialog.open_after_crash(crash(true));
    stage.harness.run();
    assert!(stage.sees("Something went wrong in the app last time."));
    stage.click("Remove Record of what happened");
    assert!(!stage.sees("went wrong") && !stage.is_enabled("Send"));
    stage.click("Your message");
    stage.write("something else");
    stage.click("Send");
    stage.wait_for("FB-5");
    assert!(receiver.arrived().manifest["crash"].is_null());
}

#[test]
fn a_crash_goes_along_with_the_report_being_written_and_not_with_the_next() {
    let receiver = Receiver::new(Answer::Receipt("FB-3"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.app().dialog.attach_crash(crash(false));
    for app_version in ["1.3.9".into(), serde_json::Value::Null] {
        stage.write("x");
        stage.click("Send");
        stage.wait_for("Thank you");
        assert_eq!(receiver.arrived().manifest["crash"]["app_version"], app_version);
        stage.click("Close");
        stage.click("Write to us…");
    }
}

#[test]
fn without_a_number_it_has_still_arrived() {
    let receiver = Receiver::new(Answer::Bare);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Your report has arrived.");
}

#[test]
fn what_cannot_arrive_now_is_saved_and_says_why() {
    let offline = Receiver::nowhere();
    let busy = Receiver::new(Answer::Status(503));
    let hotel = Receiver::new(Answer::LogInPage);
    for (endpoint, why) in [
        (&offline, "It will be sent when you are online."),
        (&busy.endpoint, "Our server is busy."),
        (&hotel.endpoint, "perhaps a log-in page"),
    ] {
        let mut stage = Stage::open(endpoint);
        stage.write("x");
        stage.click("Send");
        stage.wait_for("Saved");
        assert!(stage.sees(why), "{why}");
        assert!(!stage.sees("Thank you"));
        assert!(stage.app().sent.is_empty());
        assert_eq!(stage.app().stored.len(), 1);
        stage.click("Close");
        stage.click("Write to us…");
        assert_eq!(stage.message(), "");
    }
}

#[test]
fn cancelling_brings_everything_back() {
    let receiver = Receiver::new(Answer::Never);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("wait, not yet");
    stage.attach("noise.bin", &noise(24_000_000));
    stage.harness.run();
    stage.click("Send");
    stage.wait_for(" of 24.0 MB");
    stage.click("Don’t send");
    stage.wait_for("Remove noise.bin");
    assert_eq!(stage.message(), "wait, not yet");
    assert!(stage.app().dialog.is_open());
    assert_eq!(stage.spooled(), 0);
}

/// The server reads no further.
#[test]
fn how_long_a_slow_upload_takes_still_is_told_beside_its_bytes() {
    let receiver = Receiver::new(Answer::Never);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.attach("noise.bin", &noise(24_000_000));
    stage.harness.run();
    stage.click("Send");
    stage.wait_for(" of 24.0 MB · about ");
    let told = stage.harness.get_by_label_contains(" of 24.0 MB · about ");
    assert!(told.value().is_some_and(|told| told.ends_with(" left")));
    assert_eq!(told.accesskit_node().live(), Live::Off);
}

#[test]
fn where_too_many_wait_the_words_stay_and_the_way_out_is_told() {
    let mut stage = Stage::with(
        &Receiver::nowhere(),
        |config| config.spool_limits(1, u64::MAX),
        egui_kittest::Harness::builder(),
    );
    stage.click("Write to us…");
    stage.write("first");
    stage.click("Send");
    stage.wait_for("Saved");
    stage.reopen();
    stage.write("second");
    stage.click("Send");
    stage.wait_for("1 of your reports wait");
    assert_eq!(stage.message(), "second");
    assert!(stage.sees("Save as a file…"));
}

#[test]
fn a_cancelled_collection_is_forgotten_and_never_stored() {
    let receiver = Receiver::new(Answer::Receipt("FB-6"));
    let logs = tempfile::tempdir().unwrap();
    let log = logs.path().join("app.log");
    std::fs::write(&log, "one\n").unwrap();
    let (release, hold) = held();
    let mut stage = Stage::with(
        &receiver.endpoint,
        |config| hold(config).log(&log),
        egui_kittest::Harness::builder(),
    );
    stage.click("Write to us…");
    stage.write("x");
    stage.attach("note.txt", b"one");
    stage.harness.run();
    stage.click("Send");
    stage.click("Don’t send");
    assert!(stage.is_there("Remove note.txt"));
    drop(release);
    assert!(stage.waiting().is_empty() && stage.app().stored.is_empty());
    std::fs::write(&log, "one\ntwo\nthree\n").unwrap();
    stage.click("Send");
    stage.wait_for("FB-6");
    let files = receiver.arrived().files();
    assert!(files.contains(&("logs/app.log".to_owned(), 14)), "{files:?}");
}

#[test]
fn once_all_bytes_are_out_there_is_no_cancel() {
    let receiver = Receiver::new(Answer::Never);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Waiting for the answer…");
    assert!(!stage.sees("Don’t send"));
    assert!(stage.sees("Close"));
}

#[test]
fn what_was_left_out_of_a_report_that_was_too_large_is_told() {
    let receiver = Receiver::in_turn(&[Answer::TooLarge(200_000), Answer::Receipt("FB-4")]);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    let path = stage.file("noise.bin", &noise(400_000));
    stage.app().dialog.attach(path.clone());
    stage.harness.run();
    stage.click("Send");
    stage.wait_for("FB-4");
    assert!(stage.sees("It was too large for our server"));
    assert!(stage.sees("attachments/noise.bin (left out)"));

    // From now on before it is sent.
    stage.reopen();
    stage.app().dialog.attach(path);
    stage.wait_for("That is more than our server takes (183.6 kB).");
    stage.click("What will be sent");
    stage.wait_for("Send attachments/noise.bin");
    assert!(
        !stage.sees("Fingerprint"),
        "what leaves is smaller, with another hash"
    );
    stage.click("Send attachments/noise.bin");
    stage.wait_until("the smaller size", |stage| {
        !stage.sees("more than our server takes")
    });
    assert!(stage.sees("Fingerprint"));
}

/// A long log is large, and small once it is compressed.
#[test]
fn what_shrinks_below_the_limit_is_no_news() {
    let receiver = Receiver::in_turn(&[Answer::TooLarge(200_000), Answer::Receipt("FB-4")]);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.attach("noise.bin", &noise(400_000));
    stage.harness.run();
    stage.click("Send");
    stage.wait_for("FB-4");
    stage.reopen();
    stage.attach("app.log", &b"nothing to do\n".repeat(40_000));
    stage.wait_for("560.0 kB");
    stage.click("What will be sent");
    stage.wait_for("when compressed");
    assert!(!stage.sees("more than our server takes"));
}

#[test]
fn what_another_run_will_send_is_saved() {
    let mut stage = Stage::with(
        &Receiver::nowhere(),
        |config| config.deliver(false),
        egui_kittest::Harness::builder(),
    );
    stage.click("Write to us…");
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Saved");
    assert!(stage.sees("kept on this computer"));
}
