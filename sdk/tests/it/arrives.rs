//! Guards promise 1: every report arrives, once; nothing but a receipt counts.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{DeliveryEvent, FeedbackError, ReportDraft, WaitReason, WaitingState};

use super::support::{App, PATIENCE, noise};

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
        let before = Instant::now();
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
    draft.attachments.push(file.into());
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
fn the_size_of_each_is_told_before_it_has_arrived_however_soon_that_is() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::new(&receiver.url());
    for report in ["one", "two", "three"].map(|message| app.prepare(message)) {
        app.client.submit(report).wait().unwrap();
    }
    let (mut told, mut sent) = (Vec::new(), 0);
    while sent < 3 {
        match app.events.next_within(PATIENCE).expect("an event") {
            DeliveryEvent::Sending { id, total, .. } if total > 0 => told.push(id),
            DeliveryEvent::Sent(receipt) => {
                assert!(told.contains(&receipt.id), "nothing was told of {}", receipt.id);
                sent += 1;
            }
            _ => {}
        }
    }
}

#[test]
fn a_message_of_megabytes_arrives_whole() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::new(&receiver.url());
    let message = "Someone has pasted a whole log into the text.\n".repeat(60_000);
    app.client.submit(app.prepare(&message)).wait().unwrap();
    let request = receiver.next_within(PATIENCE).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&request.manifest).unwrap();
    assert_eq!(manifest["message_bytes"], message.len());
    assert!(message.starts_with(manifest["message"].as_str().unwrap()));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&request.bundle)).unwrap();
    let text = std::io::read_to_string(zip.by_name("message.txt").unwrap()).unwrap();
    assert!(text.starts_with(&message));
}
