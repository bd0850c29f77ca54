//! Guards promise 1 over a downgrade: what a later version has noted of a report in words that this one does not know
//! takes the report neither out of sight nor out of reach.

use std::fs;

use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{FeedbackClient, ReportId, WaitReason, WaitingState};

use super::support::{App, PATIENCE, config};

/// A spool with one report, of which a later version has noted this.
fn with_state(word: &str, endpoint: &str) -> (App, ReportId) {
    let app = App::with(endpoint, |config| config.deliver(false));
    let id = app.client.submit(app.prepare("x")).wait().unwrap();
    let file = fs::read_dir(&app.spool).unwrap().flatten();
    let file = file.map(|file| file.path()).find(|path| path.is_file()).unwrap();
    let name = file.file_name().unwrap().to_string_lossy();
    let noted = name.replace(".new.", &format!(".{word}."));
    fs::rename(&file, app.spool.join(noted)).unwrap();
    (app, id)
}

#[test]
fn a_report_that_waits_for_an_unknown_reason_is_sent() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, id) = with_state("wait-moon", &receiver.url());
    let listed = app.client.waiting().wait().unwrap();
    assert_eq!(listed[0].state, WaitingState::Retry(WaitReason::Unknown));
    let client = FeedbackClient::new(config(receiver.url()).spool_dir(&app.spool)).unwrap();
    assert_eq!(client.flush(PATIENCE).wait().unwrap(), 0);
    assert_eq!(receiver.next_within(PATIENCE).unwrap().id(), id.to_string());
}

#[test]
fn a_report_that_was_set_aside_is_kept_and_goes_when_a_person_asks_for_it() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, id) = with_state("parked-2", &receiver.url());
    let client = FeedbackClient::new(config(receiver.url()).spool_dir(&app.spool)).unwrap();
    assert_eq!(client.flush(PATIENCE).wait().unwrap(), 0, "none goes by itself");
    let listed = client.waiting().wait().unwrap();
    assert_eq!((listed[0].id, listed[0].state), (id, WaitingState::SetAside));
    let copy = app.spool.with_file_name("copy.zip");
    client.save_waiting(id, &copy).wait().unwrap();

    client.retry(id).wait().unwrap();
    let arrived = receiver.next_within(PATIENCE).unwrap();
    assert!(arrived.bundle == fs::read(&copy).unwrap());
    assert_eq!(client.flush(PATIENCE).wait().unwrap(), 0);
    assert!(client.waiting().wait().unwrap().is_empty());
    assert!(receiver.next_within(std::time::Duration::ZERO).is_none(), "once");
}

#[test]
fn a_report_that_was_set_aside_can_be_deleted() {
    let (app, id) = with_state("parked", "http://127.0.0.1:9/reports");
    app.client.delete(id).wait().unwrap();
    assert!(app.client.waiting().wait().unwrap().is_empty());
}
