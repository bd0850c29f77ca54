//! Guards the list of reports that wait: found from every run of the app, told truly, and nothing of it
//! is lost without a question.

use std::fs::File;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use egui::{Key, Modifiers, ViewportId};
use egui_kittest::Harness;
use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft};
use tempfile::TempDir;

use super::receiver::{Answer, Receiver};
use super::stage::{DEADLINE, Stage};

/// A spool in which an earlier run of the app has left reports of these words.
fn left_behind(messages: &[&str]) -> TempDir {
    let spool = tempfile::tempdir().unwrap();
    let config = FeedbackConfig::new(Receiver::nowhere(), "pk_test", "Notes", "1.4.0")
        .spool_dir(spool.path())
        .deliver(false);
    let client = FeedbackClient::new(config).unwrap();
    for message in messages {
        let report = client.prepare(ReportDraft::new(*message)).wait().unwrap();
        client.submit(report).wait().unwrap();
    }
    spool
}

/// The app of today over that spool, with the dialog open.
fn today(endpoint: &str, spool: &TempDir) -> Stage {
    let mut stage = Stage::with(
        endpoint,
        |config| config.spool_dir(spool.path()),
        Harness::builder(),
    );
    stage.click_the_button();
    stage
}

/// The same with the list of the one report on the screen: one that was refused is shown first.
fn today_in_the_list(endpoint: &str, spool: &TempDir) -> Stage {
    let mut stage = today(endpoint, spool);
    stage.wait_for("Earlier reports");
    if stage.is_there("Earlier reports (1)") {
        stage.click("Earlier reports (1)");
    }
    stage
}

/// The files of the reports in the spool.
fn files(spool: &TempDir) -> Vec<PathBuf> {
    let items = std::fs::read_dir(spool.path()).unwrap();
    let paths = items.map(|item| item.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "zip"))
        .collect()
}

fn count(spool: &TempDir) -> usize {
    files(spool).len()
}

fn repaint_delay(stage: &Stage) -> Duration {
    stage.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay
}

#[test]
fn why_and_when_next_are_told_and_follow_the_clock_once_a_minute() {
    let receiver = Receiver::new(Answer::Busy);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Our server is busy.");
    assert!(stage.sees("Next try in about 5 minutes, while this app is open."));
    assert_eq!(repaint_delay(&stage), Duration::from_mins(1));
    stage.click("Close");
    stage.harness.run();
    assert_eq!(repaint_delay(&stage), Duration::MAX);
}

/// It may be weeks since they wrote it, in a train.
#[test]
fn what_an_earlier_run_could_not_send_is_told_with_its_number_when_it_arrives() {
    let receiver = Receiver::in_turn(&[Answer::Busy, Answer::Receipt("FB-7")]);
    let spool = left_behind(&["from the train"]);
    let mut stage = today_in_the_list(&receiver.endpoint, &spool);
    stage.wait_for("Our server is busy.");
    stage.click("Close");
    stage.client.flush(DEADLINE).wait().unwrap();
    stage.click_the_button();
    stage.wait_for("Your earlier report has arrived. Its number is FB-7.");
    stage.reopen();
    assert!(
        !stage.sees("Your earlier report has arrived. Its number is FB-7."),
        "it was told"
    );
}

#[test]
fn most_people_have_none_and_see_nothing_of_it() {
    let mut stage = Stage::open(&Receiver::nowhere());
    assert!(!stage.sees("Earlier reports"));
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Saved");
    assert!(!stage.sees("Earlier reports"), "this one is no earlier one");
}

#[test]
fn those_of_this_run_stand_with_their_first_words() {
    let receiver = Receiver::new(Answer::Busy);
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("\n  The export is empty\nand so on");
    stage.click("Send");
    stage.wait_for("Saved");
    stage.reopen();
    stage.wait_for("Earlier reports (1)");
    stage.write("half a sen");
    stage.click("Earlier reports (1)");
    assert!(stage.has_focus("Back"));
    assert!(stage.sees("“The export is empty”"));
    assert!(stage.sees("Written just now, "));
    assert!(stage.sees("Our server is busy."));
    assert!(stage.sees("Next try in about 5 minutes"));
    stage.click("Back");
    assert_eq!(stage.message(), "half a sen");
    assert!(stage.has_focus("Your message"));
}

#[test]
fn those_of_an_earlier_run_can_be_sent_now() {
    let spool = left_behind(&["one", "two"]);
    let receiver = Receiver::in_turn(&[Answer::Busy, Answer::Receipt("FB-7")]);
    let mut stage = today(&receiver.endpoint, &spool);
    stage.wait_for("Earlier reports (2)");
    assert!(!stage.app().dialog.has_draft(), "they are safe");
    stage.click("Earlier reports (2)");
    stage.wait_for("Our server is busy.");
    stage.click("Send now, report 2");
    stage.wait_for("It has arrived. Its number is FB-7.");
    stage.wait_until("an empty spool", |_| count(&spool) == 0);
    stage.wait_until("no button", |stage| !stage.sees("Send now"));
    let sent = stage.app().sent.len();
    assert_eq!(sent, 1, "the app is told of what was sent from the dialog");
    stage.click("Back");
    assert!(!stage.sees("Earlier reports"));
    assert!(stage.sees("Your earlier report has arrived."));
}

#[test]
fn without_a_network_each_is_told_to_wait_again() {
    let spool = left_behind(&["one", "two"]);
    let mut stage = today(&Receiver::nowhere(), &spool);
    stage.click_when_there("Earlier reports (2)");
    stage.wait_for("It will be sent when you are online.");
    stage.click("Send now, report 2");
    stage.wait_until("both to wait", |stage| {
        stage.is_there("Send now, report 1") && stage.is_there("Send now, report 2")
    });
    assert_eq!(count(&spool), 2);
}

#[test]
fn deleting_is_asked_once_and_in_place() {
    let spool = left_behind(&["one", "two"]);
    let receiver = Receiver::new(Answer::Busy);
    let mut stage = today(&receiver.endpoint, &spool);
    stage.click_when_there("Earlier reports (2)");
    stage.click("Delete, report 1");
    assert!(stage.sees("Delete this report, with what you wrote?"));
    assert!(stage.has_focus("Keep, report 1"), "the harmless answer");
    stage.press(Modifiers::NONE, Key::Enter);
    assert!(!stage.sees("with what you wrote?"));
    assert_eq!(count(&spool), 2);

    stage.click("Delete, report 1");
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!stage.sees("with what you wrote?") && stage.has_focus("Back"));
    assert_eq!(count(&spool), 2);

    stage.click("Delete, report 1");
    stage.click("Delete for good, report 1");
    stage.wait_until("one report", |stage| !stage.is_there("Delete, report 2"));
    assert_eq!(count(&spool), 1);
    assert!(stage.has_focus("Back"));
    stage.click("Delete, report 1");
    stage.click("Delete for good, report 1");
    stage.wait_for("No report waits any more.");
    assert_eq!(count(&spool), 0);
}

#[test]
fn escape_goes_one_step_back() {
    let spool = left_behind(&["one"]);
    let mut stage = today(&Receiver::nowhere(), &spool);
    stage.click_when_there("Earlier reports (1)");
    stage.click("Save as a file…, report 1");
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!stage.sees("Path of the file") && stage.has_focus("Back"));
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(stage.has_focus("Your message"));
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!stage.app().dialog.is_open());
}

#[test]
fn those_of_an_earlier_run_are_told_apart_by_their_words() {
    let spool = left_behind(&["\n The export is empty\nsince today", "The clock is slow"]);
    let mut stage = today(&Receiver::nowhere(), &spool);
    stage.click_when_there("Earlier reports (2)");
    stage.wait_for("The export is empty");
    stage.wait_for("The clock is slow");
    assert!(!stage.sees("since today"));
}

#[test]
fn each_can_be_saved_as_a_file() {
    let spool = left_behind(&["one"]);
    let mut stage = today(&Receiver::nowhere(), &spool);
    stage.click_when_there("Earlier reports (1)");
    stage.click("Save as a file…, report 1");
    stage.save_as_mine();
    assert!(stage.sees("Written just now"), "the list is still there");
}

#[test]
fn a_refused_one_shows_the_reason_and_is_no_unsent_draft() {
    let spool = left_behind(&["one"]);
    let receiver = Receiver::new(Answer::Status(404));
    let mut stage = today_in_the_list(&receiver.endpoint, &spool);
    stage.wait_for("The address this app sends reports to no longer exists.");
    assert!(!stage.app().dialog.has_draft());
    drop(stage);
    // And in the run after that, from its file name alone.
    let stage = today_in_the_list(&receiver.endpoint, &spool);
    assert!(stage.sees("no longer exists. An update of the app may help. (HTTP 404)"));
    assert!(stage.is_there("Send now, report 1"));
}

/// It can be changed and sent anew, as one of this run can. Its files are nowhere but in it, so it stays.
#[test]
fn the_words_of_a_refused_one_come_back_beside_what_is_typed() {
    words_come_back("Dear all,\nthe export is empty", "half a sen");
}

#[test]
fn words_that_are_a_part_of_what_is_typed_come_back_as_well() {
    words_come_back("no", "I do not know");
}

#[track_caller]
fn words_come_back(left: &str, typed: &str) {
    let spool = left_behind(&[left]);
    let receiver = Receiver::in_turn(&[Answer::Status(401), Answer::Receipt("FB-3")]);
    drop({
        let mut stage = today_in_the_list(&receiver.endpoint, &spool);
        stage.wait_for("(HTTP 401)");
        stage
    });
    let mut stage = today_in_the_list(&receiver.endpoint, &spool);
    stage.click("Back");
    stage.write(typed);
    for _ in 0..2 {
        stage.click("Earlier reports (1)");
        stage.click_when_there("Back to my message, report 1");
        stage.wait_for("What you wrote is in your message again.");
        assert_eq!(stage.message(), format!("{left}\n\n{typed}"), "once");
        assert!(stage.has_focus("Your message"));
    }
    stage.click("Send");
    stage.wait_for("FB-3");
    assert_eq!(count(&spool), 1, "the old one stays until the person deletes it");
}

#[test]
fn one_that_is_sent_by_itself_offers_no_second_ticket() {
    let spool = left_behind(&["one"]);
    let mut stage = today_in_the_list(&Receiver::nowhere(), &spool);
    stage.wait_for("“one”");
    assert!(!stage.sees("Back to my message"));
}

#[test]
fn a_damaged_one_says_what_it_is_and_can_be_saved() {
    let spool = left_behind(&["one"]);
    for file in files(&spool) {
        std::fs::write(file, "half a zip").unwrap();
    }
    let mut stage = today_in_the_list(&Receiver::nowhere(), &spool);
    stage.wait_for("The stored report is damaged, so it was not sent.");
    assert!(!stage.is_there("Send now, report 1"));
    assert!(stage.is_there("Save as a file…, report 1"));
    assert!(stage.is_there("Delete, report 1"));
}

#[test]
fn old_news_waits_for_the_person_to_send_it() {
    let spool = left_behind(&["one"]);
    for file in files(&spool) {
        let file = File::options().write(true).open(file).unwrap();
        let long_ago = SystemTime::now() - Duration::from_hours(61 * 24);
        file.set_modified(long_ago).unwrap();
    }
    let receiver = Receiver::new(Answer::Receipt("FB-8"));
    let mut stage = today_in_the_list(&receiver.endpoint, &spool);
    assert!(stage.sees("Written 61 days ago"));
    assert!(stage.sees("has waited for so long that it is not sent by itself any more"));
    stage.click("Send now, report 1");
    stage.wait_for("It has arrived. Its number is FB-8.");
}

#[test]
fn what_stands_in_the_form_again_is_not_listed_as_well() {
    let receiver = Receiver::new(Answer::Status(401));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Not delivered");
    stage.reopen();
    assert_eq!(stage.message(), "x");
    assert_eq!(stage.spooled(), 1);
    let (before, mut frames) = (stage.app().dialog.has_draft(), 0);
    assert!(before);
    stage.wait_until("the spool to be read", |_| {
        frames += 1;
        frames > 5
    });
    assert!(!stage.sees("Earlier reports"));
}

#[test]
fn from_an_end_screen_it_is_one_click_as_well() {
    let spool = left_behind(&["one"]);
    let receiver = Receiver::new(Answer::Status(404));
    let mut stage = today_in_the_list(&receiver.endpoint, &spool);
    stage.click("Back");
    stage.write("x");
    stage.click("Send");
    stage.wait_for("Not delivered");
    stage.click("Earlier reports (1)");
    assert!(stage.is_there("Delete, report 1"));
    assert!(!stage.is_there("Delete, report 2"));
    stage.click("Back");
    assert!(stage.sees("Not delivered"));
    assert!(stage.has_focus("Back to my message"));
}
