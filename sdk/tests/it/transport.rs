//! Guards promise 1 where the app carries the requests itself: what is sent is the same, and whatever the app's code
//! does, a report leaves only for its receipt. Without the feature `http` all other tests go this way too.

use std::io::{self, Cursor, Read as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver as Told, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feedback_sdk::testing::{Receiver, Reply, with_stall};
use feedback_sdk::transport::{Request, Response, Transport};
use feedback_sdk::{DeliveryEvent, FeedbackConfig, WaitReason};

use super::resumes::{LARGE, submit};
use super::support::{App, PATIENCE, dead_endpoint};
use crate::plain::Plain;

/// A transport that does what a test says.
pub(crate) struct Does<F>(pub(crate) F);

impl<F: Fn(Request) -> io::Result<Response> + Send + Sync> Transport for Does<F> {
    fn send(&self, request: Request) -> io::Result<Response> {
        (self.0)(request)
    }
}

#[test]
fn a_report_arrives_whole_through_the_apps_own_transport() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::with(&receiver.url(), |config| config.transport(Plain));
    let id = app
        .client
        .submit(app.prepare("Zoë's words, as typed: 你好"))
        .wait()
        .unwrap();
    assert!(matches!(app.event(), DeliveryEvent::Stored { .. }));
    assert!(matches!(app.event(), DeliveryEvent::Sent(receipt) if receipt.id == id));
    let request = receiver.next_within(PATIENCE).unwrap();
    assert_eq!(request.id(), id.to_string());
    let mut bundle = zip::ZipArchive::new(Cursor::new(&request.bundle)).unwrap();
    let mut file = |name| {
        let mut content = Vec::new();
        bundle.by_name(name).unwrap().read_to_end(&mut content).unwrap();
        content
    };
    assert!(file("message.txt").starts_with("Zoë's words, as typed: 你好\n".as_bytes()));
    assert_eq!(file("report.json"), request.manifest);
    assert!(app.client.waiting().wait().unwrap().is_empty());
}

#[cfg(feature = "http")]
#[test]
fn the_feature_http_sends_no_other_headers_than_a_transport_gets() {
    let sent_by = |more: fn(FeedbackConfig) -> FeedbackConfig| {
        let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
        let app = App::with(&receiver.url(), more);
        app.client.submit(app.prepare("x")).wait().unwrap();
        let mut headers = receiver.next_within(PATIENCE).unwrap().headers;
        headers.remove("connection"); // of the connection, not of the request
        for of_this_report in ["host", "idempotency-key", "content-type", "content-length"] {
            headers.remove(of_this_report).unwrap();
        }
        headers
    };
    assert_eq!(
        sent_by(|config| config),
        sent_by(|config| config.transport(Plain))
    );
}

#[test]
fn a_transport_that_fails_panics_or_makes_an_answer_up_loses_no_report() {
    type Way = fn(Request) -> io::Result<Response>;
    let unread: Way = |request| {
        let id = request.headers().find(|(name, _)| *name == "Idempotency-Key");
        let id = id.map_or("", |(_, id)| id);
        let body = format!(r#"{{"id":{id},"sha256":"{}"}}"#, "0".repeat(64));
        Ok(Response {
            status: 201,
            headers: Vec::new(),
            body: body.into(),
        })
    };
    let ways: [(Way, WaitReason); 5] = [
        (|_| Err(io::ErrorKind::TimedOut.into()), WaitReason::Timeout),
        (|_| Err(io::Error::other("no network")), WaitReason::Offline),
        (|_| panic!("the app's code breaks"), WaitReason::Offline),
        (|_| Ok(Response::default()), WaitReason::NoReceipt),
        (unread, WaitReason::NoReceipt),
    ];
    for (way, reason) in ways {
        let app = App::with(&dead_endpoint(), |config| config.transport(Does(way)));
        app.client.submit(app.prepare("x")).wait().unwrap();
        assert!(matches!(app.event(), DeliveryEvent::Stored { .. }));
        let event = app.event();
        assert!(
            matches!(event, DeliveryEvent::Waiting { why, .. } if why == reason),
            "{event:?}"
        );
        assert_eq!(app.client.waiting().wait().unwrap().len(), 1);
    }
}

/// A transport that tells when it is called, and then waits for the test.
fn that_waits(
    then: impl Fn(Request) -> io::Result<Response> + Send + Sync + 'static,
) -> (impl Transport, Told<()>, Sender<()>) {
    let ((called, is_called), (go_on, may_go_on)) = (channel(), channel());
    let may_go_on = Mutex::new(may_go_on);
    let transport = Does(move |request| {
        let _ = called.send(());
        let _ = may_go_on.lock().unwrap().recv();
        then(request)
    });
    (transport, is_called, go_on)
}

#[test]
fn of_a_report_that_is_taken_back_the_transport_gets_no_more_bytes() {
    let (told, read) = channel();
    let (transport, is_called, go_on) = that_waits(move |mut request| {
        let _ = told.send(request.read_to_end(&mut Vec::new()).map_err(|error| error.kind()));
        Ok(Response::default())
    });
    let app = App::with(&dead_endpoint(), |config| {
        config.transport(transport).resumable_from(u64::MAX)
    });
    let id = submit(&app, LARGE);
    is_called.recv_timeout(PATIENCE).unwrap(); // what the server offers
    go_on.send(()).unwrap();
    read.recv_timeout(PATIENCE).unwrap().unwrap();
    is_called.recv_timeout(PATIENCE).unwrap(); // the form
    app.client.delete(id).wait().unwrap();
    go_on.send(()).unwrap();
    assert_eq!(
        read.recv_timeout(PATIENCE).unwrap(),
        Err(io::ErrorKind::Other),
        "it got all of it"
    );
}

#[test]
fn a_transport_that_hangs_is_called_once_and_the_report_goes_when_it_is_back() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let called = Arc::clone(&calls);
    let (transport, is_called, go_on) = that_waits(move |request| {
        called.fetch_add(1, Ordering::Relaxed);
        Plain.send(request)
    });
    let app = App::with(&receiver.url(), |config| {
        with_stall(config.transport(transport), Duration::from_millis(200))
    });
    let id = app.client.submit(app.prepare("x")).wait().unwrap();
    assert!(matches!(app.event(), DeliveryEvent::Stored { .. }));
    for _ in 0..3 {
        let event = app.event();
        let timed_out = matches!(
            event,
            DeliveryEvent::Waiting {
                why: WaitReason::Timeout,
                ..
            }
        );
        assert!(timed_out, "{event:?}");
        app.client.retry(id).wait().unwrap();
    }
    is_called.recv_timeout(PATIENCE).unwrap();
    assert!(is_called.try_recv().is_err(), "it was called again");
    drop(go_on);
    loop {
        match app.event() {
            DeliveryEvent::Sent(receipt) => break assert_eq!(receipt.id, id),
            DeliveryEvent::Waiting { .. } => app.client.retry(id).wait().unwrap(),
            event => panic!("{event:?}"),
        }
    }
    assert!(calls.load(Ordering::Relaxed) > 1);
}

#[test]
fn what_a_transport_may_log_names_neither_address_nor_key() {
    let (told, shown) = channel();
    let transport = Does(move |request: Request| {
        let _ = told.send(format!("{request:?}"));
        Ok(Response::default())
    });
    let app = App::with("http://127.0.0.1:9/secret", |config| config.transport(transport));
    app.client.submit(app.prepare("x")).wait().unwrap();
    let shown = shown.recv_timeout(PATIENCE).unwrap();
    assert!(shown.contains("POST"), "{shown}");
    assert!(!shown.contains("secret") && !shown.contains("pk_test"), "{shown}");
}

#[cfg(not(feature = "http"))]
#[test]
fn without_the_feature_http_a_client_that_delivers_needs_a_transport() {
    let config = FeedbackConfig::new("https://example.com/api/v1/reports", "k", "Notes", "1");
    let error = feedback_sdk::FeedbackClient::new(config.clone()).unwrap_err();
    assert_eq!(error.field, "transport");
    assert!(error.to_string().contains("feature `http`"), "{error}");
    assert!(feedback_sdk::FeedbackClient::new(config.deliver(false)).is_ok());
}
