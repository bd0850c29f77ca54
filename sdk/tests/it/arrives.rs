//! Guards promise 1: every report arrives, once; nothing but a receipt counts.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{
    DeliveryEvent, FeedbackClient, FeedbackConfig, FeedbackError, ReportDraft, WaitReason, WaitingState,
};

use super::support::{App, PATIENCE, dead_endpoint, noise};

#[test]
fn a_report_goes_as_the_contract_says_and_leaves_the_spool_with_its_receipt() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::new(&receiver.url());
    let report = app.prepare("Hello");
    let id = app.client.submit(report).wait().unwrap();
    let DeliveryEvent::Stored { id: stored, bytes } = app.event() else {
        panic!("not stored first")
    };
    assert_eq!(stored, id);
    let DeliveryEvent::Sent(receipt) = app.event() else {
        panic!("not sent")
    };
    assert_eq!((receipt.id, receipt.number.as_deref()), (id, Some("FB-1001")));

    let request = receiver.next_within(PATIENCE).unwrap();
    assert_eq!(request.headers["authorization"], "Bearer pk_test");
    assert_eq!(request.headers["idempotency-key"], format!("\"{id}\""));
    assert!(request.headers["content-type"].starts_with("multipart/form-data; boundary="));
    assert_eq!(request.bundle.len() as u64, bytes);
    let manifest: serde_json::Value = serde_json::from_slice(&request.manifest).unwrap();
    assert_eq!(manifest["schema"], 1);
    assert_eq!(manifest["id"], id.to_string());
    assert_eq!(manifest["app"]["name"], "Notes");
    assert_eq!(manifest["message"], "Hello");
    assert!(app.client.waiting().wait().unwrap().is_empty());
}

#[test]
fn whatever_is_no_receipt_keeps_the_report() {
    let other = r#"{"id":"0197f3c0-0000-7000-8000-000000000000","sha256":"00","number":"FB-1"}"#;
    for (reply, why) in [
        (
            Reply::Answer(200, "", "<html>Welcome to the hotel</html>".into()),
            WaitReason::NoReceipt,
        ),
        (Reply::Answer(200, "", other.into()), WaitReason::NoReceipt),
        (Reply::Answer(204, "", String::new()), WaitReason::NoReceipt),
        (
            Reply::Answer(302, "Location: http://127.0.0.1:1/login\r\n", String::new()),
            WaitReason::NoReceipt,
        ),
        (
            Reply::Answer(503, "Retry-After: 120\r\n", String::new()),
            WaitReason::Server(503),
        ),
        (Reply::Answer(500, "", "oops".into()), WaitReason::Server(500)),
        (Reply::Answer(429, "", String::new()), WaitReason::Server(429)),
        (Reply::HangUp, WaitReason::Offline),
    ] {
        let asked = reply.clone();
        let receiver = Receiver::start(move |_| asked.clone()).unwrap();
        let app = App::new(&receiver.url());
        let before = SystemTime::now();
        app.client.submit(app.prepare("x")).wait().unwrap();
        app.event();
        let DeliveryEvent::Waiting {
            why: told,
            next_attempt,
            ..
        } = app.event()
        else {
            panic!("{reply:?}")
        };
        assert_eq!(told, why, "{reply:?}");
        if matches!(reply, Reply::Answer(503, ..)) {
            assert!(
                next_attempt >= before + Duration::from_secs(119),
                "Retry-After is the lower bound"
            );
        }
        let waiting = app.client.waiting().wait().unwrap();
        assert_eq!(waiting[0].state, WaitingState::Retry(why), "{reply:?}");
    }
}

#[test]
fn an_endless_answer_is_read_to_64_kib() {
    let receiver = Receiver::start(|_| Reply::Answer(200, "", "x".repeat(20 << 20))).unwrap();
    let app = App::new(&receiver.url());
    app.client.submit(app.prepare("x")).wait().unwrap();
    app.event();
    assert!(matches!(
        app.event(),
        DeliveryEvent::Waiting {
            why: WaitReason::NoReceipt,
            ..
        }
    ));
}

#[test]
fn a_no_parks_the_report_with_its_reason_until_it_is_retried() {
    let calls = AtomicUsize::new(0);
    let receiver = Receiver::start(move |_| match calls.fetch_add(1, Ordering::Relaxed) {
        0 => Reply::Answer(
            401,
            "",
            r#"{"title":"Unauthorized","detail":"unknown key"}"#.into(),
        ),
        _ => Reply::RECEIPT,
    })
    .unwrap();
    let app = App::new(&receiver.url());
    let id = app.client.submit(app.prepare("x")).wait().unwrap();
    app.event();
    let refused = DeliveryEvent::Refused {
        id,
        status: 401,
        detail: Some("unknown key".into()),
    };
    assert_eq!(app.event(), refused);
    assert_eq!(
        app.client.waiting().wait().unwrap()[0].state,
        WaitingState::Refused(401)
    );
    app.client.retry(id).wait().unwrap();
    assert!(matches!(app.event(), DeliveryEvent::Sent(_)));
}

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
    let config = FeedbackConfig::new(receiver.url(), "pk_test", "Notes", "1.4.1").spool_dir(&app.spool);
    let again = FeedbackClient::new(config).unwrap();
    assert_eq!(again.flush(PATIENCE).wait().unwrap(), 0);
    let request = receiver.next_within(PATIENCE).unwrap();
    assert_eq!(request.id(), id.to_string());
    // Whoever subscribes first learns what happened before.
    let events = again.subscribe(|| {});
    assert!(matches!(events.next_within(PATIENCE), Some(DeliveryEvent::Sent(receipt)) if receipt.id == id));
}

#[test]
fn many_clients_on_one_spool_send_each_report_once() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::with(&receiver.url(), |config| config.deliver(false));
    for n in 0..20 {
        app.client
            .submit(app.prepare(&format!("report {n}")))
            .wait()
            .unwrap();
    }
    let clients: Vec<FeedbackClient> = (0..4)
        .map(|_| {
            let config = FeedbackConfig::new(receiver.url(), "pk_test", "Notes", "1").spool_dir(&app.spool);
            FeedbackClient::new(config).unwrap()
        })
        .collect();
    for pending in clients
        .iter()
        .map(|client| client.flush(PATIENCE))
        .collect::<Vec<_>>()
    {
        assert_eq!(pending.wait().unwrap(), 0);
    }
    let mut ids: Vec<String> = (0..20)
        .map(|_| receiver.next_within(PATIENCE).unwrap().id().to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20);
    drop(clients);
    assert!(
        receiver.next_within(Duration::from_millis(200)).is_none(),
        "a report was sent twice"
    );
}

#[test]
fn one_report_that_always_fails_holds_up_no_other() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::with(&receiver.url(), |config| config.deliver(false));
    let bad = app.client.submit(app.prepare("bad")).wait().unwrap().to_string();
    for n in 0..3 {
        app.client
            .submit(app.prepare(&format!("good {n}")))
            .wait()
            .unwrap();
    }
    let picky = Receiver::start(move |request| {
        if request.id() == bad {
            Reply::Answer(500, "", String::new())
        } else {
            Reply::RECEIPT
        }
    })
    .unwrap();
    let config = FeedbackConfig::new(picky.url(), "pk_test", "Notes", "1").spool_dir(&app.spool);
    let client = FeedbackClient::new(config).unwrap();
    let events = client.subscribe(|| {});
    let mut sent = 0;
    while sent < 3 {
        let event = events.next_within(PATIENCE).expect("an event");
        sent += usize::from(matches!(event, DeliveryEvent::Sent(_)));
    }
    assert_eq!(client.waiting().wait().unwrap().len(), 1);
}

#[test]
fn a_report_that_no_network_lets_through_holds_up_no_other() {
    for stubborn in [
        Reply::HangUp,
        Reply::Answer(200, "", "<html>log in</html>".into()),
    ] {
        let app = App::with(&dead_endpoint(), |config| config.deliver(false));
        let bad = app
            .client
            .submit(app.prepare("blocked"))
            .wait()
            .unwrap()
            .to_string();
        let good = app.client.submit(app.prepare("good")).wait().unwrap();
        let picky = Receiver::start(move |request| {
            if request.id() == bad {
                stubborn.clone()
            } else {
                Reply::RECEIPT
            }
        })
        .unwrap();
        let config = FeedbackConfig::new(picky.url(), "pk_test", "Notes", "1").spool_dir(&app.spool);
        let client = FeedbackClient::new(config).unwrap();
        let events = client.subscribe(|| {});
        loop {
            let event = events.next_within(PATIENCE).expect("the good one's turn");
            if matches!(event, DeliveryEvent::Sent(receipt) if receipt.id == good) {
                break;
            }
        }
    }
}

#[test]
fn no_duration_is_too_long() {
    let app = App::new(&dead_endpoint());
    assert_eq!(app.client.flush(Duration::MAX).wait().unwrap(), 0);
    assert!(app.client.waiting().wait().is_ok());
}

#[test]
fn a_wake_may_use_the_client() {
    let app = App::with(&dead_endpoint(), |config| config.deliver(false));
    let client = app.client.clone();
    let _events = app.client.subscribe(move || drop(client.subscribe(|| {})));
    app.client.submit(app.prepare("x")).wait().unwrap();
    assert_eq!(app.client.waiting().wait().unwrap().len(), 1);
}

#[test]
fn a_report_can_be_taken_back_while_it_is_on_its_way() {
    let receiver = Receiver::start(|_| Reply::Deafness).unwrap();
    let app = App::new(&receiver.url());
    let id = app.client.submit(app.prepare("x")).wait().unwrap();
    app.event();
    app.client.delete(id).wait().unwrap();
    assert_eq!(app.event(), DeliveryEvent::Deleted(id));
    assert!(app.client.waiting().wait().unwrap().is_empty());
    assert!(matches!(
        app.client.delete(id).wait(),
        Err(FeedbackError::UnknownReport(_))
    ));
}

#[test]
fn progress_is_told_in_bytes_up_to_the_whole() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::new(&receiver.url());
    let file = app.spool.with_file_name("noise.bin");
    std::fs::write(&file, noise(8 << 20)).unwrap();
    let mut draft = ReportDraft::new("x");
    draft.attachments.push(file);
    let report = app.client.prepare(draft).wait().unwrap();
    app.client.submit(report).wait().unwrap();
    let (mut last, mut total) = (0, 0);
    loop {
        match app.events.next_within(PATIENCE).expect("an event") {
            DeliveryEvent::Sending { sent, total: all, .. } => {
                assert!(sent >= last && sent <= all);
                (last, total) = (sent, all);
            }
            DeliveryEvent::Stored { .. } => {}
            DeliveryEvent::Sent(_) => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(total > 8 << 20, "noise does not compress");
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

    let config = FeedbackConfig::new(receiver.url(), "pk_test", "Notes", "1").spool_dir(&app.spool);
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
    let app = App::new(&dead_endpoint());
    let id = app.client.submit(app.prepare("x")).wait().unwrap();
    app.event();
    assert!(matches!(app.event(), DeliveryEvent::Waiting { .. }));
    let config = FeedbackConfig::new(receiver.url(), "pk_test", "Notes", "1").spool_dir(&app.spool);
    let other = FeedbackClient::new(config).unwrap();
    assert_eq!(other.flush(PATIENCE).wait().unwrap(), 0);
    // Whatever makes the first client look again.
    assert_eq!(app.client.flush(PATIENCE).wait().unwrap(), 0);
    assert_eq!(app.event(), DeliveryEvent::SentElsewhere(id));
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
fn a_message_of_megabytes_arrives_whole() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::new(&receiver.url());
    let message = "Someone has pasted a whole log into the text.\n".repeat(60_000);
    app.client.submit(app.prepare(&message)).wait().unwrap();
    let request = receiver.next_within(PATIENCE).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&request.manifest).unwrap();
    assert_eq!(manifest["message"], message);
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

#[test]
fn dropping_the_last_client_does_not_wait_for_the_network() {
    let receiver = Receiver::start(|_| Reply::Deafness).unwrap();
    let app = App::new(&receiver.url());
    app.client.submit(app.prepare("x")).wait().unwrap();
    drop(app.client);
    // The thread's end drops the events' sender: at once, not when the patience is over.
    let start = std::time::Instant::now();
    while app.events.next_within(PATIENCE).is_some() {}
    assert!(start.elapsed() < PATIENCE);
    assert_eq!(feedback_sdk::waiting_in(&app.spool).unwrap().len(), 1);
}
