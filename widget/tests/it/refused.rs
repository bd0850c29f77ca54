//! Guards the person's words against a server that says no: they come back, and there is never a
//! second ticket.

use feedback_sdk::{FeedbackClient, FeedbackConfig};

use super::receiver::{Answer, Receiver};
use super::sending::crash;
use super::stage::{DEADLINE, Stage};

/// A stage on which this was written, sent, and refused.
fn refused(receiver: &Receiver) -> Stage {
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("do not lose this");
    stage.attach("report.txt", b"hello");
    stage.harness.run();
    stage.click("Send");
    stage.wait_for("Not delivered");
    stage
}

#[track_caller]
fn has_everything(stage: &Stage) {
    assert_eq!(stage.message(), "do not lose this");
    assert!(stage.sees("Remove report.txt"));
}

#[test]
fn a_no_is_told_as_a_no_and_leads_back_to_the_words() {
    for status in [401, 404, 413] {
        let receiver = Receiver::new(Answer::Status(status));
        let mut stage = refused(&receiver);
        assert!(stage.sees("It is kept on this computer"));
        assert!(stage.app().dialog.has_draft());
        assert!(stage.has_focus("Back to my message"));
        stage.click("Back to my message");
        has_everything(&stage);
    }
}

/// From the moment the words stand in the form again until they are stored anew, a power cut costs nothing of them.
#[test]
fn back_at_the_words_the_stored_report_stays_until_another_takes_its_place() {
    let receiver = Receiver::in_turn(&[Answer::Status(401), Answer::Status(401), Answer::Receipt("FB-3")]);
    let mut stage = refused(&receiver);
    stage.click("Back to my message");
    let kept = stage.waiting();
    assert_eq!(kept.len(), 1);
    stage.reopen();
    has_everything(&stage);
    stage.read_the_spool();
    assert!(!stage.sees("Earlier reports"), "it stands in the form");

    stage.write(", please");
    stage.click("Send");
    stage.wait_for("Not delivered");
    stage.read_the_spool(); // until the one before has gone it may stand in the list, and move what is clicked
    let anew = stage.waiting();
    assert_eq!(anew.len(), 1, "in the place of the one before");
    assert_ne!(anew[0].id, kept[0].id);
    stage.click("Back to my message");
    stage.click("Send");
    stage.wait_for("FB-3");
    stage.wait_until("an empty spool", |stage| stage.spooled() == 0);
}

/// From the list, while the next one is written already.
#[test]
fn from_the_list_everything_comes_back_beside_what_is_typed() {
    let receiver = Receiver::in_turn(&[Answer::Busy, Answer::Status(401), Answer::Receipt("FB-3")]);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("do not lose this");
    stage.attach("report.txt", b"hello");
    stage.harness.run();
    stage.click("Send");
    stage.wait_for("Saved");
    stage.reopen();
    stage.write("nor this");
    stage.click_when_there("Earlier reports (1)");
    stage.click("Send now, report 1");
    stage.click_when_there("Back to my message, report 1");
    assert_eq!(stage.message(), "do not lose this\n\nnor this");
    assert!(stage.sees("Remove report.txt"));
    stage.click("Send");
    stage.wait_for("FB-3");
    stage.wait_until("an empty spool", |stage| stage.spooled() == 0);
}

/// The one file has been attached again, and another has the name of it: that one is not to go.
#[test]
fn a_file_that_comes_back_is_there_once_and_another_of_its_name_is_itself() {
    let receiver = Receiver::in_turn(&[Answer::Busy, Answer::Status(401), Answer::Receipt("FB-3")]);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("the first");
    stage.attach("report.txt", b"hello");
    stage.attach("other.txt", b"other");
    stage.harness.run();
    stage.click("Send");
    stage.wait_for("Saved");
    stage.reopen();
    std::fs::create_dir(stage.folder.path().join("sub")).unwrap();
    stage.attach("sub/report.txt", b"not this");
    stage.attach("other.txt", b"other");
    stage.harness.run();
    stage.click("What will be sent");
    stage.click_when_there("Send attachments/report.txt");
    stage.reach("Earlier reports (1)");
    stage.click("Send now, report 1");
    stage.click_when_there("Back to my message, report 1");
    for there in ["Remove report.txt", "Remove other.txt", "Remove report.txt (2)"] {
        assert!(stage.is_there(there), "{there}");
    }
    stage.reach("Send");
    stage.wait_for("FB-3");
    let [_, _, arrived] = [receiver.arrived(), receiver.arrived(), receiver.arrived()];
    let files: Vec<String> = arrived.files().into_iter().map(|(path, _)| path).collect();
    assert!(
        files.iter().any(|path| path == "attachments/other.txt"),
        "{files:?}"
    );
    assert!(
        !files.iter().any(|path| path == "attachments/report-2.txt"),
        "{files:?}"
    );
    assert_eq!(arrived.content("attachments/report.txt"), b"hello");
}

/// Another process that shares the spool sends what was refused, such as `feedback flush`.
fn sent_elsewhere(stage: &mut Stage, receiver: &Receiver) {
    let config = FeedbackConfig::new(&receiver.endpoint, "pk_test", "Notes", "1.4.0");
    let other = FeedbackClient::new(config.spool_dir(stage.folder.path().join("spool"))).unwrap();
    let id = stage.waiting()[0].id;
    other.retry(id).wait().unwrap();
    other.flush(DEADLINE).wait().unwrap();
    assert_eq!(stage.spooled(), 0);
}

fn refused_once() -> Receiver {
    Receiver::in_turn(&[
        Answer::Status(401),
        Answer::Receipt("FB-1"),
        Answer::Receipt("FB-2"),
    ])
}

#[test]
fn words_that_another_process_has_sent_are_not_sent_again() {
    let receiver = refused_once();
    let mut stage = refused(&receiver);
    stage.click("Back to my message");
    sent_elsewhere(&mut stage, &receiver);
    stage.click("Send");
    stage.wait_for("FB-1");
    assert!(stage.sees("Thank you"));
    stage.reopen();
    assert_eq!(stage.message(), "");
    assert_eq!(stage.spooled(), 0);
}

#[test]
fn words_that_another_process_has_sent_are_thanked_for_when_the_dialog_opens() {
    let receiver = refused_once();
    let mut stage = refused(&receiver);
    stage.click("Close");
    sent_elsewhere(&mut stage, &receiver);
    stage.click_the_button();
    stage.wait_for("FB-1");
    assert!(!stage.sees("ot delivered"));
    assert!(!stage.app().dialog.has_draft());
}

#[test]
fn what_was_added_to_words_that_another_process_has_sent_stays_and_its_number_is_told() {
    let receiver = refused_once();
    let mut stage = refused(&receiver);
    stage.click("Back to my message");
    stage.write(", please");
    sent_elsewhere(&mut stage, &receiver);
    stage.click("Send");
    stage.wait_for("FB-1");
    assert_eq!(stage.message(), "do not lose this, please");
    stage.click("Send");
    stage.wait_for("FB-2");
}

/// The words of both stand in one form.
#[test]
fn two_that_come_back_one_after_the_other_become_one_ticket() {
    let receiver = Receiver::in_turn(&[
        Answer::Busy, // for both
        Answer::Status(401),
        Answer::Status(401),
        Answer::Receipt("FB-3"),
    ]);
    let mut stage = Stage::open(&receiver.endpoint);
    for words in ["the first", "the second"] {
        stage.write(words);
        stage.click("Send");
        stage.wait_for("Saved");
        stage.reopen();
    }
    stage.click_when_there("Earlier reports (2)");
    stage.click("Send now, report 1"); // the other follows by itself
    stage.wait_for("Back to my message, report 1");
    stage.click_when_there("Back to my message, report 2");
    stage.click_when_there("Earlier reports (1)");
    stage.click_when_there("Back to my message, report 1");
    assert_eq!(stage.message(), "the first\n\nthe second");
    stage.read_the_spool();
    assert!(!stage.sees("Earlier reports"), "they stand in the form");
    stage.click("Send");
    stage.wait_for("FB-3");
    stage.wait_until("an empty spool", |stage| stage.spooled() == 0);
}

#[test]
fn back_at_the_words_the_app_may_end_and_lists_the_report_once() {
    let receiver = Receiver::new(Answer::Status(401));
    let mut stage = refused(&receiver);
    stage.click("Back to my message");
    let spool = stage.folder.path().join("spool");
    let mut later = Stage::with(
        &receiver.endpoint,
        |config| config.spool_dir(spool),
        egui_kittest::Harness::builder(),
    );
    later.click_the_button();
    assert!(later.is_there("Send now, report 1"));
    assert!(!later.is_there("Send now, report 2"));
}

/// It has no words, and stands in the form all the same.
#[test]
fn a_refused_report_of_a_crash_alone_becomes_no_second_one() {
    let receiver = Receiver::in_turn(&[Answer::Status(401), Answer::Receipt("FB-5")]);
    let mut stage = Stage::new(&receiver.endpoint);
    stage.app().dialog.open_after_crash(crash(false));
    stage.harness.run();
    stage.click("Send");
    stage.wait_for("Not delivered");
    stage.click("Back to my message");
    stage.read_the_spool();
    assert!(!stage.sees("Earlier reports"));
    stage.click("Send");
    stage.wait_for("FB-5");
    stage.wait_until("an empty spool", |stage| stage.spooled() == 0);
}

/// Words that are taken out of the form are still in their report, and words that follow do not take its place.
#[test]
fn a_report_whose_words_are_taken_out_is_listed_and_outlives_the_next_one() {
    let receiver = Receiver::in_turn(&[Answer::Status(401), Answer::Receipt("FB-4")]);
    let mut stage = refused(&receiver);
    stage.click("Back to my message");
    stage.click("Remove report.txt");
    stage.click("Your message");
    stage.press(egui::Modifiers::COMMAND, egui::Key::A);
    stage.press(egui::Modifiers::NONE, egui::Key::Delete);
    stage.reopen();
    stage.wait_for("Earlier reports (1)");
    stage.write("another thing");
    stage.click("Send");
    stage.wait_for("FB-4");
    assert_eq!(stage.waiting().len(), 1);
}

#[test]
fn it_can_be_tried_again() {
    let receiver = Receiver::in_turn(&[Answer::Status(401), Answer::Status(401), Answer::Receipt("FB-1")]);
    let mut stage = refused(&receiver);
    stage.click("Try again");
    stage.wait_for("Not delivered");
    stage.click("Try again");
    stage.wait_for("FB-1");
    stage.reopen();
    assert_eq!(stage.message(), "");
    assert!(!stage.sees("Remove report.txt"));
}

#[test]
fn closing_loses_nothing_and_sending_again_makes_no_second_ticket() {
    let receiver = Receiver::in_turn(&[Answer::Status(401), Answer::Receipt("FB-2")]);
    let mut stage = refused(&receiver);
    stage.reopen();
    has_everything(&stage);
    assert!(stage.sees("Your report was not delivered."));
    assert_eq!(stage.spooled(), 1, "kept until the words are stored anew");
    stage.click("Send");
    stage.wait_for("FB-2");
    stage.wait_until("an empty spool", |stage| stage.spooled() == 0);
}

#[test]
fn what_is_gone_by_then_does_not_count_as_sent_and_its_words_are_still_here() {
    let receiver = Receiver::new(Answer::Status(401));
    let mut stage = refused(&receiver);
    let spool = stage.folder.path().join("spool");
    for entry in std::fs::read_dir(spool).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "zip") {
            std::fs::remove_file(path).unwrap();
        }
    }
    stage.click("Try again");
    stage.wait_for("It is no longer on this computer: it was deleted, perhaps in another window of this app. Your message is still here.");
    assert!(!stage.sees("Thank you"), "there is no receipt");
    assert!(stage.app().sent.is_empty());
    stage.click("Back to my message");
    has_everything(&stage);
}

#[test]
fn it_can_be_saved_as_a_file() {
    let receiver = Receiver::new(Answer::Status(403));
    let mut stage = refused(&receiver);
    stage.click("Save as a file…");
    stage.save_as_mine();
}
