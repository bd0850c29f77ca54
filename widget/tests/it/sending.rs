//! Guards "every report arrives, once", as the person is told it: no success that is not one, and
//! a way on from every end.

use egui_kittest::kittest::Queryable as _;

use super::receiver::{Answer, Receiver};
use super::stage::Stage;

#[test]
fn thank_you_comes_with_the_receipt_and_its_number() {
    let receiver = Receiver::new(Answer::Receipt("FB-1042"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("The export is empty");
    stage.click("Your e-mail, if you want an answer");
    stage.write("anna@example.org");
    assert!(receiver.is_empty(), "nothing leaves before Send");
    stage.click("Send");
    stage.wait_for("Thank you");
    assert!(stage.sees("Your report has the number FB-1042."));
    let arrived = receiver.arrived();
    assert_eq!(arrived.manifest["message"], "The export is empty");
    assert_eq!(arrived.manifest["reply_to"], "anna@example.org");
    let app = stage.app();
    assert_eq!(app.stored.len(), 1);
    assert_eq!(app.sent.len(), 1);
    assert_eq!(app.sent[0].number.as_deref(), Some("FB-1042"));
    assert_eq!(app.sent[0].id, app.stored[0]);

    stage.click("Open the inbox");
    assert!(stage.app().link_clicked);
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
fn a_no_is_told_as_a_no_and_can_be_tried_again_or_kept() {
    let receiver = Receiver::new(Answer::Status(401));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Not delivered");
    assert!(stage.sees("It is kept on this computer."));
    assert!(stage.sees("Save as a file…"));
    stage.click("Try again");
    stage.wait_for("Not delivered");
    stage.click("Close");
    stage.click("Write to us…");
    assert_eq!(stage.message(), "");
}

#[test]
fn what_cannot_be_stored_stays_in_the_form() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "x").unwrap();
    let mut stage = Stage::with(
        &Receiver::nowhere(),
        |config| config.spool_dir(in_the_way.join("spool")),
        egui_kittest::Harness::builder(),
    );
    stage.click("Write to us…");
    stage.write("do not lose this");
    stage.click("Send");
    stage.wait_for("Your report could not be stored");
    assert_eq!(stage.message(), "do not lose this");
    assert!(stage.sees("Save as a file…"));
    assert!(stage.app().stored.is_empty());
    // The way is free again: the same words, by the same button.
    std::fs::remove_file(&in_the_way).unwrap();
    stage.click("Send");
    stage.wait_for("Saved");
}

/// Where there is no picker, a path can be typed.
#[cfg(not(feature = "file-dialog"))]
#[test]
fn what_cannot_be_sent_can_be_saved_as_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "x").unwrap();
    let refusing = Receiver::new(Answer::Status(403));
    for (spool, words) in [
        (in_the_way.join("spool"), "Your report could not be stored"),
        (folder.path().join("spool"), "Not delivered"),
    ] {
        let mut stage = Stage::with(
            &refusing.endpoint,
            |config| config.spool_dir(spool),
            egui_kittest::Harness::builder(),
        );
        stage.click("Write to us…");
        stage.write("do not lose this");
        stage.click("Send");
        stage.wait_for(words);
        stage.click("Save as a file…");
        stage.press(egui::Modifiers::COMMAND, egui::Key::A);
        let to = stage.folder.path().join("mine.zip");
        stage.write(&to.to_string_lossy());
        stage.click("Save");
        stage.wait_for("Saved as ");
        assert!(std::fs::read(&to).unwrap().starts_with(b"PK"));
    }
}

#[test]
fn cancelling_brings_everything_back() {
    let receiver = Receiver::new(Answer::Never);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("wait, not yet");
    let path = stage.file("noise.bin", &noise(24_000_000));
    stage.app().dialog.attach(path);
    stage.harness.run();
    stage.click("Send");
    stage.wait_for(" of 24.0 MB");
    stage.click("Cancel");
    stage.wait_for("Remove noise.bin");
    assert_eq!(stage.message(), "wait, not yet");
    assert!(stage.app().dialog.is_open());
    let spool = std::fs::read_dir(stage.folder.path().join("spool")).unwrap();
    let left = spool
        .filter(|entry| entry.as_ref().unwrap().path().is_file())
        .count();
    assert_eq!(left, 0);
}

#[test]
fn once_all_bytes_are_out_there_is_no_cancel() {
    let receiver = Receiver::new(Answer::Never);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Waiting for the answer…");
    assert!(!stage.sees("Cancel"));
    assert!(stage.sees("Close"));
}

#[test]
fn a_closed_dialog_goes_on_and_tells_the_end_when_it_is_opened() {
    let receiver = Receiver::new(Answer::Receipt("FB-3"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.harness.get_by_label("Send").click();
    stage.harness.step();
    stage.app().dialog.close();
    stage.wait_until("a stored report", |stage| !stage.app().stored.is_empty());
    assert_eq!(receiver.arrived().manifest["message"], "x");
    assert!(!stage.sees("Thank you"));
    stage.click("Write to us…");
    stage.wait_for("FB-3");
    stage.click("Close");
    stage.click("Write to us…");
    assert_eq!(stage.message(), "");
}

/// Bytes that do not compress (a 64-bit LCG with Knuth's constants).
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    (0..bytes).map(|_| next()).collect()
}
