//! Guards a person against old news: what has waited for too long leaves the machine only when they ask for it,
//! and nothing they wrote is dropped.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{DeliveryEvent, FeedbackClient, FeedbackConfig, ReportId, WaitingState, waiting_in};

use super::support::{self, App, PATIENCE};

const DAY: Duration = Duration::from_hours(24);

/// A spool with one report that has waited for so long.
fn after(waited: Duration, endpoint: &str) -> (App, ReportId) {
    let app = App::with(endpoint, |config| config.deliver(false));
    let id = app.client.submit(app.prepare("from last year")).wait().unwrap();
    for item in fs::read_dir(&app.spool).unwrap().flatten() {
        if item.path().is_file() {
            let file = File::options().write(true).open(item.path()).unwrap();
            file.set_modified(SystemTime::now() - waited).unwrap();
        }
    }
    (app, id)
}

fn config(app: &App, endpoint: &str) -> FeedbackConfig {
    support::config(endpoint).spool_dir(&app.spool)
}

#[test]
fn an_old_report_goes_only_when_a_person_asks_for_it() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, id) = after(61 * DAY, &receiver.url());
    assert_eq!(waiting_in(&app.spool).unwrap()[0].state, WaitingState::TooOld);
    let client = FeedbackClient::new(config(&app, &receiver.url())).unwrap();
    let events = client.subscribe(|| {});
    // None is left that will be tried by itself.
    assert_eq!(client.flush(PATIENCE).wait().unwrap(), 0);
    assert_eq!(client.flush(PATIENCE).wait().unwrap(), 0);
    assert!(receiver.next_within(Duration::ZERO).is_none());
    assert_eq!(client.waiting().wait().unwrap()[0].state, WaitingState::TooOld);
    assert_eq!(events.try_next(), Some(DeliveryEvent::TooOld(id)));
    assert_eq!(events.try_next(), None, "told once");
    let to = app.spool.with_file_name("saved.zip");
    client.save_waiting(id, &to).wait().unwrap();

    client.retry(id).wait().unwrap();
    assert_eq!(
        receiver.next_within(PATIENCE).unwrap().bundle,
        fs::read(to).unwrap()
    );
}

#[test]
fn what_has_waited_for_less_goes_by_itself() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, _) = after(59 * DAY, &receiver.url());
    let _client = FeedbackClient::new(config(&app, &receiver.url())).unwrap();
    assert!(receiver.next_within(PATIENCE).is_some());
}

#[test]
fn a_maker_may_set_the_limit() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, id) = after(3 * DAY, &receiver.url());
    let config = config(&app, &receiver.url()).send_within(2 * DAY);
    assert_eq!(config.waiting().unwrap()[0].state, WaitingState::TooOld);
    assert_ne!(waiting_in(&app.spool).unwrap()[0].state, WaitingState::TooOld);
    let client = FeedbackClient::new(config).unwrap();
    let events = client.subscribe(|| {});
    assert_eq!(events.next_within(PATIENCE), Some(DeliveryEvent::TooOld(id)));
    assert_eq!(client.waiting().wait().unwrap()[0].state, WaitingState::TooOld);
}

#[test]
fn asking_once_lasts_as_long_as_the_client() {
    let receiver = Receiver::start(|_| Reply::Answer(503, "", String::new())).unwrap();
    let (app, id) = after(61 * DAY, &receiver.url());
    let client = FeedbackClient::new(config(&app, &receiver.url())).unwrap();
    let events = client.subscribe(|| {});
    client.retry(id).wait().unwrap();
    assert!(receiver.next_within(PATIENCE).is_some());
    let is_over = |event: &DeliveryEvent| matches!(event, DeliveryEvent::Waiting { .. });
    while !is_over(&events.next_within(PATIENCE).unwrap()) {}
    // Each `flush` brings one more attempt; a report that is too old again would bring none.
    assert_eq!(client.flush(Duration::from_millis(1)).wait().unwrap(), 1);
    assert!(receiver.next_within(PATIENCE).is_some());
    assert!(matches!(
        client.waiting().wait().unwrap()[0].state,
        WaitingState::Retry(_)
    ));
}
