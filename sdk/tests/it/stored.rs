//! Guards promise 1 on disk: what was accepted stays until it is decided, and nothing is promised that is
//! not stored.

use std::io;

use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{DeliveryEvent, FeedbackClient, FeedbackError, ReportDraft, WaitReason, WaitingState};

use super::support::{App, PATIENCE, config, dead_endpoint};
use super::transport::Does;

#[test]
fn what_waited_through_a_restart_arrives_with_the_same_id_and_bytes() {
    let app = App::new(&dead_endpoint());
    let id = app.client.submit(app.prepare("from before")).wait().unwrap();
    app.event();
    assert!(matches!(
        app.event(),
        DeliveryEvent::Waiting {
            why: WaitReason::Offline,
            ..
        }
    ));
    drop(app.client);

    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let config = config(receiver.url()).spool_dir(&app.spool);
    let again = FeedbackClient::new(config).unwrap();
    assert_eq!(again.flush(PATIENCE).wait().unwrap(), 0);
    let request = receiver.next_within(PATIENCE).unwrap();
    assert_eq!(request.id(), id.to_string());
    // Whoever subscribes first learns what happened before.
    let events = again.subscribe(|| {});
    assert!(matches!(events.next_within(PATIENCE), Some(DeliveryEvent::Sent(receipt)) if receipt.id == id));
}

#[test]
fn a_report_that_the_disk_has_damaged_is_named_kept_and_holds_up_no_other() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::with(&receiver.url(), |config| config.deliver(false));
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(
            app.client
                .submit(app.prepare(&format!("report {n}")))
                .wait()
                .unwrap(),
        );
    }
    let mut files: Vec<_> = std::fs::read_dir(&app.spool)
        .unwrap()
        .flatten()
        .map(|item| item.path())
        .collect();
    files.retain(|path| path.is_file());
    files.sort();
    // One bit in the middle of the first, the end of the second.
    let mut bytes = std::fs::read(&files[0]).unwrap();
    let middle = bytes.len() - 300;
    bytes[middle] ^= 1;
    std::fs::write(&files[0], &bytes).unwrap();
    std::fs::write(&files[1], &bytes[..100]).unwrap();

    let config = config(receiver.url()).spool_dir(&app.spool);
    let client = FeedbackClient::new(config).unwrap();
    assert_eq!(client.flush(PATIENCE).wait().unwrap(), 0);
    assert_eq!(receiver.next_within(PATIENCE).unwrap().id(), ids[2].to_string());
    let waiting = client.waiting().wait().unwrap();
    let kept: Vec<_> = waiting.iter().map(|report| (report.id, report.state)).collect();
    assert_eq!(
        kept,
        [(ids[0], WaitingState::Damaged), (ids[1], WaitingState::Damaged)]
    );
}

#[test]
fn a_report_that_another_process_sends_is_not_waited_for_for_ever() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let offline = || Does(|_| Err(io::ErrorKind::ConnectionRefused.into()));
    let app = App::with(&receiver.url(), |config| config.transport(offline()));
    let id = app.client.submit(app.prepare("x")).wait().unwrap();
    app.event();
    assert!(matches!(app.event(), DeliveryEvent::Waiting { .. }));
    let config = config(receiver.url()).spool_dir(&app.spool);
    let other = FeedbackClient::new(config).unwrap();
    assert_eq!(other.flush(PATIENCE).wait().unwrap(), 0);
    // Whatever makes the first client look again.
    assert_eq!(app.client.flush(PATIENCE).wait().unwrap(), 0);
    // On a slow machine its own next attempt has come, and failed, before.
    let mut told = std::iter::repeat_with(|| app.event());
    let told = told.find(|event| !matches!(event, DeliveryEvent::Waiting { .. }));
    let Some(DeliveryEvent::Sent(receipt)) = told else {
        panic!("{told:?}")
    };
    assert_eq!((receipt.id, receipt.number.as_deref()), (id, Some("FB-1001")));
    let left: Vec<_> = std::fs::read_dir(&app.spool).unwrap().flatten().collect();
    assert!(left.iter().all(|item| item.file_name() == "tmp"), "{left:?}");
}

/// Deleted is not sent.
#[test]
fn a_report_that_another_process_deletes_does_not_count_as_sent_and_does_not_come_back() {
    let app = App::new(&dead_endpoint());
    let id = app.client.submit(app.prepare("x")).wait().unwrap();
    let other = FeedbackClient::new(config(dead_endpoint()).spool_dir(&app.spool).deliver(false)).unwrap();
    other.delete(id).wait().unwrap();
    assert_eq!(app.client.flush(PATIENCE).wait().unwrap(), 0);
    let mut told = std::iter::repeat_with(|| app.event());
    let told = told.find(|event| {
        !matches!(
            event,
            DeliveryEvent::Waiting { .. } | DeliveryEvent::Stored { .. }
        )
    });
    assert_eq!(told, Some(DeliveryEvent::Vanished(id)));
}

#[test]
fn with_delivery_off_a_report_is_stored_and_told_to_wait() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::with(&receiver.url(), |config| config.deliver(false));
    app.client.submit(app.prepare("x")).wait().unwrap();
    app.event();
    assert!(matches!(
        app.event(),
        DeliveryEvent::Waiting {
            why: WaitReason::Held,
            ..
        }
    ));
    assert_eq!(app.client.waiting().wait().unwrap().len(), 1);
}

#[test]
fn nothing_is_promised_when_nothing_can_be_stored() {
    let app = App::new(&dead_endpoint());
    std::fs::write(&app.spool, "a file in the folder's place").unwrap();
    let report = app.prepare("sacred text");
    let error = app.client.submit(report.clone()).wait().unwrap_err();
    assert!(matches!(error, FeedbackError::Spool { .. }), "{error}");
    // The way out: the same report as a file.
    let to = app.spool.with_file_name("report.zip");
    let bytes = app.client.save(report, &to).wait().unwrap();
    assert_eq!(std::fs::metadata(to).unwrap().len(), bytes);
}

#[test]
fn an_empty_report_is_not_taken() {
    let app = App::new(&dead_endpoint());
    let error = app.client.submit(app.prepare(" \n ")).wait().unwrap_err();
    assert!(matches!(error, FeedbackError::Empty));
}

#[cfg(unix)]
#[test]
fn a_file_is_saved_where_a_link_leads_and_never_in_the_place_of_a_socket() {
    use std::os::unix::fs::{FileTypeExt as _, symlink};
    let app = App::with("http://127.0.0.1:9/reports", |config| config.deliver(false));
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("old.zip"), "old").unwrap();
    symlink(at("old.zip"), at("link.zip")).unwrap();
    let report = app.prepare("x");
    let bytes = app.client.save(report.clone(), at("link.zip")).wait().unwrap();
    assert!(at("link.zip").is_symlink());
    assert_eq!(std::fs::metadata(at("old.zip")).unwrap().len(), bytes);

    let socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    let error = app.client.save(report, at("socket")).wait().unwrap_err();
    assert!(matches!(error, FeedbackError::Save { .. }), "{error}");
    let facts = std::fs::symlink_metadata(at("socket")).unwrap();
    assert!(facts.file_type().is_socket());
    drop(socket);
}

#[test]
fn a_report_is_stored_once_it_is_prepared_if_the_last_look_at_it_lets_it_go() {
    let app = App::with(&dead_endpoint(), |config| config.deliver(false));
    let submit = |message: &'static str, may_go: bool| {
        let prepared = app.client.prepare(ReportDraft::new("draft"));
        app.client.submit_prepared(prepared, move |report| {
            report.set_message(message);
            may_go
        })
    };
    let kept = submit("kept", false).wait().unwrap();
    assert_eq!(kept.report.message(), "kept");
    assert!(kept.stored.is_none());
    let gone = submit("gone", true).wait().unwrap();
    assert_eq!(gone.stored.unwrap().unwrap(), gone.report.id());
    let prepared = app.client.prepare(ReportDraft::new("draft"));
    let panics = app
        .client
        .submit_prepared(prepared, |_| panic!("the app's own mistake"));
    assert!(panics.wait().unwrap().stored.is_none());
    drop(submit("nobody waits for the answer", true));
    assert_eq!(app.client.waiting().wait().unwrap().len(), 2);

    let other = FeedbackClient::new(config(dead_endpoint())).unwrap();
    let mut taken = other.prepare(ReportDraft::new("x"));
    while taken.poll().is_none() {}
    let answer = app.client.submit_prepared(taken, |_| true).wait();
    assert!(matches!(answer, Err(FeedbackError::Stopped)), "{answer:?}");
}
