//! Guards the words where the disk does not take them: told at once, sent from memory, and given up
//! only for a receipt.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use feedback_sdk::ReportId;

use super::receiver::{Answer, Receiver};
use super::stage::Stage;

/// An app whose spool folder cannot be made, since a file stands in its place. Everything is written, and
/// Send is pressed.
fn send_without_a_disk(endpoint: &str) -> Stage {
    let mut stage = Stage::open(endpoint);
    stage.file("spool", b"in the way");
    stage.write("do not lose this");
    stage.click("Send");
    stage
}

#[test]
fn while_it_is_sent_from_memory_the_person_is_told_to_stay() {
    let (receiver, answer) = Receiver::when_told();
    let mut stage = send_without_a_disk(&receiver.endpoint);
    stage.wait_for("It could not be kept on this computer. It is being sent now; please keep this app open.");
    assert!(stage.app().dialog.has_draft(), "it would be lost with the app");
    assert!(stage.app().stored.is_empty(), "nothing is promised");
    stage.reopen();
    assert!(stage.sees("It could not be kept"), "it keeps the screen");
    answer.send(Answer::Receipt("FB-9")).unwrap();
    stage.wait_for("Your report has the number FB-9.");
    assert!(!stage.app().dialog.has_draft());
    assert_eq!(receiver.arrived().manifest["message"], "do not lose this");
    stage.reopen();
    assert_eq!(stage.message(), "");
}

#[test]
fn what_is_neither_sent_nor_kept_says_so_and_offers_every_way_out() {
    let mut stage = send_without_a_disk(&Receiver::nowhere());
    stage.wait_for("Not sent yet");
    assert!(stage.sees(
        "There is no connection to our server. Your report could not be kept on this computer either."
    ));
    assert!(!stage.sees("Saved"));
    assert!(stage.app().dialog.has_draft());
    assert!(stage.has_focus("Back to my message"));

    stage.click("Save as a file…");
    stage.save_as_mine();
    assert!(stage.app().dialog.has_draft(), "there is no receipt");

    let copied = stage.copy_by("Copy my text");
    assert_eq!(copied.as_deref(), Some("do not lose this"));
    stage.harness.run();
    assert!(stage.sees("Your text is copied."));

    stage.reopen();
    assert!(stage.sees("Not sent yet"));
    stage.click("Back to my message");
    assert_eq!(stage.message(), "do not lose this");
    assert!(stage.app().dialog.has_draft());
}

/// They end with the app, and the draft does not.
#[test]
fn what_is_in_memory_alone_is_in_the_draft_that_the_app_keeps_at_its_end() {
    let receiver = Receiver::new(Answer::Never);
    let begins = [
        (receiver.endpoint.clone(), "It is being sent now"),
        (Receiver::nowhere(), "Not sent yet"),
    ];
    for (endpoint, told) in begins {
        let mut stage = send_without_a_disk(&endpoint);
        stage.wait_for(told);
        let dialog = &mut stage.app().dialog;
        dialog.give_up_sending();
        assert_eq!(dialog.draft().message, "do not lose this", "{told}");
        std::fs::remove_file(stage.folder.path().join("spool")).unwrap();
        assert!(stage.waiting().is_empty(), "{told}");
    }
}

#[test]
fn once_the_disk_takes_it_it_is_saved_as_any_other() {
    let mut stage = send_without_a_disk(&Receiver::nowhere());
    stage.wait_for("Not sent yet");
    std::fs::remove_file(stage.folder.path().join("spool")).unwrap();
    stage.click("Try again");
    stage.wait_for("It will be sent when you are online.");
    assert!(stage.sees("Saved"));
    assert!(!stage.app().dialog.has_draft());
    assert_eq!(stage.app().stored.len(), 1);
    stage.reopen();
    assert_eq!(stage.message(), "");
    stage.wait_for("Earlier reports (1)");
}

#[test]
fn a_refusal_says_that_it_is_not_kept() {
    let receiver = Receiver::new(Answer::Status(401));
    let mut stage = send_without_a_disk(&receiver.endpoint);
    stage.wait_for("Not delivered");
    assert!(stage.sees("It could not be kept on this computer, but your message is still here."));
    assert!(!stage.sees("It is kept on this computer"));
    stage.click("Save as a file…");
    stage.save_as_mine();
    stage.click("Back to my message");
    assert_eq!(stage.message(), "do not lose this");
}

/// A refused report, and its words sent anew from memory, since something is in the way of the spool.
fn refused_and_sent_from_memory() -> (Stage, Receiver, Sender<Answer>, ReportId) {
    let (receiver, answer) = Receiver::when_told();
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("do not lose this");
    stage.click("Send");
    answer.send(Answer::Status(401)).unwrap();
    stage.wait_for("Not delivered");
    stage.click("Back to my message");
    let kept = stage.waiting()[0].id;
    let [spool, aside] = places(&stage);
    std::fs::rename(&spool, aside).unwrap();
    std::fs::write(spool, b"in the way").unwrap();
    stage.click("Send");
    stage.wait_for("It could not be kept on this computer.");
    (stage, receiver, answer, kept)
}

/// The spool, and where it is while something is in its way.
fn places(stage: &Stage) -> [PathBuf; 2] {
    ["spool", "aside"].map(|name| stage.folder.path().join(name))
}

fn bring_the_spool_back(stage: &mut Stage) {
    let [spool, aside] = places(stage);
    std::fs::remove_file(&spool).unwrap();
    std::fs::rename(aside, spool).unwrap();
    stage.read_the_spool();
}

/// While the new one is in memory alone, the old one is all that a power cut leaves.
#[test]
fn a_refused_report_stays_until_the_one_in_its_place_is_stored_or_has_arrived() {
    let (mut stage, _receiver, answer, kept) = refused_and_sent_from_memory();
    bring_the_spool_back(&mut stage);
    assert!(stage.waiting().iter().any(|report| report.id == kept));
    answer.send(Answer::Receipt("FB-10")).unwrap();
    stage.wait_for("FB-10");
    stage.wait_until("an empty spool", |stage| stage.spooled() == 0);
}

/// The one in its place is given up, and what stands in the form is still in the old one.
#[test]
fn a_refused_report_becomes_no_second_ticket_also_by_way_of_one_in_memory() {
    let (mut stage, _receiver, answer, kept) = refused_and_sent_from_memory();
    answer.send(Answer::Busy).unwrap();
    stage.wait_for("Not sent yet");
    stage.click("Back to my message");
    bring_the_spool_back(&mut stage);
    let waiting: Vec<ReportId> = stage.waiting().iter().map(|report| report.id).collect();
    assert_eq!(waiting, [kept]);
    assert!(!stage.sees("Earlier reports"), "it stands in the form");
    stage.click("Send");
    stage.wait_for("Saved");
    let waiting = stage.waiting();
    assert!(waiting.len() == 1 && waiting[0].id != kept, "{waiting:?}");
}
