//! Guards the dot on the button: a report that was not delivered is not overlooked, in whatever run of the app
//! that was found out, and nothing else disturbs anyone.

use std::time::Duration;

use egui::ViewportId;
use egui_kittest::Harness;
use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft};
use tempfile::TempDir;

use super::receiver::{Answer, Receiver};
use super::stage::Stage;

const BUTTON: &str = "Write to us…";
const BUTTON_WITH_NEWS: &str = "Write to us… (1 report was not delivered)";

/// A spool in which an earlier run has left a report, refused where it has met a receiver.
fn left_behind(receiver: Option<&Receiver>) -> TempDir {
    let spool = tempfile::tempdir().unwrap();
    let endpoint = receiver.map_or_else(Receiver::nowhere, |receiver| receiver.endpoint.clone());
    let config = FeedbackConfig::new(endpoint, "pk_test", "Notes", "1.4.0")
        .spool_dir(spool.path())
        .deliver(receiver.is_some());
    let client = FeedbackClient::new(config).unwrap();
    let report = client.prepare(ReportDraft::new("yesterday")).wait().unwrap();
    client.submit(report).wait().unwrap();
    if receiver.is_some() {
        let left = client.flush(Duration::from_mins(1)).wait().unwrap();
        assert_eq!(left, 0, "the server has said no");
    }
    spool
}

fn today(endpoint: &str, spool: &TempDir) -> Stage {
    Stage::with(
        endpoint,
        |config| config.spool_dir(spool.path()),
        Harness::builder(),
    )
}

#[test]
fn a_report_that_an_earlier_run_was_refused_is_told_by_the_closed_dialog() {
    let receiver = Receiver::new(Answer::Status(404));
    let spool = left_behind(Some(&receiver));
    let mut stage = today(&Receiver::nowhere(), &spool);
    assert!(stage.is_there(BUTTON_WITH_NEWS));
    assert_eq!(stage.app().dialog.attention(), 1);
    assert_eq!(stage.app().opened, 0);
    stage.harness.run();
    let output = &stage.harness.output().viewport_output[&ViewportId::ROOT];
    assert_eq!(output.repaint_delay, Duration::MAX, "told once");

    stage.click(BUTTON_WITH_NEWS);
    assert!(stage.sees("The address this app sends reports to no longer exists."));
    stage.click("Back");
    assert!(stage.has_focus("Your message"));
    stage.click("Close");
    assert!(stage.is_there(BUTTON), "it was looked at");
    assert_eq!(stage.app().dialog.attention(), 0);
    stage.click(BUTTON);
    assert!(stage.has_focus("Your message"), "and is not shown first again");
}

#[test]
fn a_report_that_waits_is_no_news_until_it_is_refused() {
    let spool = left_behind(None);
    let (receiver, answer) = Receiver::when_told();
    let mut stage = today(&receiver.endpoint, &spool);
    assert!(stage.is_there(BUTTON));
    answer.send(Answer::Status(401)).unwrap();
    stage.wait_until("the dot", |stage| stage.is_there(BUTTON_WITH_NEWS));
    assert!(stage.app().refused.is_empty(), "it was not sent from this dialog");
}

#[test]
fn a_report_that_is_refused_after_closing_is_shown_by_the_next_click() {
    let (receiver, answer) = Receiver::when_told();
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("first");
    stage.click("Send");
    stage.wait_for("Waiting for the answer…");
    stage.click("Close");
    assert!(stage.is_there(BUTTON));
    answer.send(Answer::Status(401)).unwrap();
    stage.wait_until("the dot", |stage| stage.is_there(BUTTON_WITH_NEWS));
    stage.click(BUTTON_WITH_NEWS);
    assert!(stage.sees("Not delivered"));
    assert!(stage.is_there(BUTTON));
    stage.click("Back to my message");
    assert_eq!(stage.message(), "first");
}

#[test]
fn what_is_being_written_is_not_pushed_aside() {
    let receiver = Receiver::new(Answer::Status(404));
    let spool = left_behind(Some(&receiver));
    let mut stage = today(&Receiver::nowhere(), &spool);
    stage.app().dialog.attach("/some/file");
    stage.click(BUTTON_WITH_NEWS);
    assert!(stage.has_focus("Your message"));
    stage.click("Earlier reports (1)");
    stage.click("Close");
    assert!(stage.is_there(BUTTON));
}
