//! Guards promise 1 against every answer there is: a report leaves the spool only for a 2xx with its own
//! receipt, and no answer is so long or so slow that the SDK does not get away from it.

use std::io::{self, Read as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feedback_sdk::testing::with_stall;
use feedback_sdk::{DeliveryEvent, ReportDraft, ReportId, WaitReason};
use socket2::SockRef;

use super::raw::Request;
use super::resumes;
use super::support::{App, noise};
use super::tus::{Act, Server, receipt};

/// What stands in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Empty,
    Html,
    OtherId,
    OtherHash,
    Right,
    /// A page without an end.
    Endless,
    /// A page of which a byte comes now and then.
    Slow,
}

/// Each kind, and how many clients share its statuses: the slow one makes them wait.
const KINDS: [(Kind, u16); 7] = [
    (Kind::Empty, 2),
    (Kind::Html, 2),
    (Kind::OtherId, 2),
    (Kind::OtherHash, 2),
    (Kind::Right, 2),
    (Kind::Endless, 2),
    (Kind::Slow, 12),
];

/// What may leave of an endless answer: the 64 KiB that the SDK looks at, and what the system holds for it.
const MAY_LEAVE: usize = 1 << 20;

/// What has left of the longest answer so far.
static HAS_LEFT: AtomicUsize = AtomicUsize::new(0);

/// Which request of a delivery gets the answer in question.
#[derive(Debug, Clone, Copy)]
enum Way {
    Form,
    /// The last one of a resumable upload, which asks for the receipt.
    Receipt,
}

#[test]
fn a_form_is_delivered_by_a_receipt_alone() {
    every_answer(Way::Form);
}

#[test]
fn a_resumable_upload_is_delivered_by_a_receipt_alone() {
    every_answer(Way::Receipt);
}

/// One report goes at a time, so all others wait with it.
#[test]
fn a_server_that_takes_a_large_report_and_does_not_answer_is_left_alone_soon() {
    for kind in [Kind::Empty, Kind::Slow] {
        let server = Server::start(move |request, _| match request.method.as_str() {
            "POST" => Act::Do(Box::new(move |mut request| {
                let Some(right) = receipt_of_form(&mut request) else {
                    return;
                };
                match kind {
                    Kind::Slow => answer(&request, 201, kind, &right),
                    _ => drop(io::copy(&mut request.stream, &mut io::sink())), // until the client has gone
                }
            })),
            _ => Act::Serve,
        });
        let app = App::with(&server.listener.endpoint(), |config| {
            with_stall(config.resumable_from(u64::MAX), Duration::from_millis(150))
        });
        // At 16 kB/s it would take two minutes to leave.
        let event = resumes::send(&app, 2_000_000);
        let why = WaitReason::Timeout;
        assert!(
            matches!(event, DeliveryEvent::Waiting { why: told, .. } if told == why),
            "{event:?}"
        );
    }
}

fn every_answer(way: Way) {
    std::thread::scope(|scope| {
        for (kind, shares) in KINDS {
            for share in 0..shares {
                let statuses = (100..=599).skip(share.into()).step_by(shares.into());
                scope.spawn(move || answers(way, kind, statuses));
            }
        }
    });
    let has_left = HAS_LEFT.load(Relaxed);
    assert!(
        has_left <= MAY_LEAVE,
        "{has_left} bytes of an endless answer were read"
    );
}

/// One client gets these answers, one after the other.
fn answers(way: Way, kind: Kind, statuses: impl Iterator<Item = u16>) {
    let status = Arc::new(Mutex::new(0));
    let asked = Arc::clone(&status);
    let server = Server::start(move |request, state| {
        let status = *asked.lock().unwrap();
        match (way, request.method.as_str(), request.path.as_str()) {
            (Way::Form, "POST", _) => Act::Do(Box::new(move |mut request| {
                let Some(right) = receipt_of_form(&mut request) else {
                    return;
                };
                answer(&request, status, kind, &right);
            })),
            (Way::Receipt, "GET", path) if path.starts_with("/api/v1/uploads/") => {
                let right = state.uploads.last().unwrap().as_ref().unwrap().receipt();
                Act::Do(Box::new(move |request| answer(&request, status, kind, &right)))
            }
            _ => Act::Serve,
        }
    });
    let app = App::with(&server.listener.endpoint(), |config| {
        let config = config.resumable_from(0);
        match kind {
            Kind::Slow => with_stall(config, Duration::from_millis(150)),
            _ => config,
        }
    });
    let mut waiting: Option<ReportId> = None;
    for code in statuses {
        *status.lock().unwrap() = code;
        match waiting {
            Some(id) => app.client.retry(id).wait().unwrap(),
            None => waiting = Some(submit(&app, way)),
        }
        let event = app.event();
        let sent = matches!(event, DeliveryEvent::Sent(_));
        // A 204 has no body, so it can carry no receipt.
        let right = kind == Kind::Right && (200..300).contains(&code) && code != 204;
        assert_eq!(sent, right, "{way:?} {code} {kind:?}: {event:?}");
        let left = app.client.waiting().wait().unwrap();
        assert_eq!(left.len(), usize::from(!sent), "{way:?} {code} {kind:?}");
        waiting = waiting.filter(|_| !sent);
    }
}

fn submit(app: &App, way: Way) -> ReportId {
    let mut draft = ReportDraft::new("x");
    if matches!(way, Way::Receipt) {
        let file = app.spool.with_file_name("noise.bin");
        std::fs::write(&file, noise(560_000)).unwrap(); // small ones never go by tus
        draft.attachments.push(file.into());
    }
    let report = app.client.prepare(draft).wait().unwrap();
    let id = app.client.submit(report).wait().unwrap();
    assert!(matches!(app.event(), DeliveryEvent::Stored { .. }));
    id
}

/// The receipt for the bundle in a form's second part. `None` where the client, whose patience is short here, has given up
/// before the end of it.
fn receipt_of_form(request: &mut Request<'_>) -> Option<String> {
    let id = request.headers["idempotency-key"].trim_matches('"').to_owned();
    let boundary = request.headers["content-type"]
        .split_once("boundary=")
        .unwrap()
        .1
        .to_owned();
    let mut body = Vec::new();
    request.body.read_to_end(&mut body).unwrap();
    let head = b"Content-Type: application/zip\r\n\r\n";
    let start = body.windows(head.len()).position(|window| window == head)? + head.len();
    let rest = body.get(start..)?;
    let bundle = rest.strip_suffix(format!("\r\n--{boundary}--\r\n").as_bytes())?;
    Some(receipt(&id, bundle))
}

fn answer(request: &Request<'_>, status: u16, kind: Kind, right: &str) {
    let mut stream = request.stream;
    let hash = right.split('"').nth(7).unwrap();
    let other_id = "0197f3c0-0000-7000-8000-000000000000";
    let body = match kind {
        Kind::Right => right.to_owned(),
        Kind::OtherHash => right.replace(hash, &hash.chars().rev().collect::<String>()),
        Kind::OtherId => format!(r#"{{"id":"{other_id}","sha256":"{hash}","number":"FB-7"}}"#),
        Kind::Html => "<html>Welcome to the hotel</html>".to_owned(),
        Kind::Empty | Kind::Endless | Kind::Slow => String::new(),
    };
    let length = match kind {
        Kind::Endless => String::new(), // it ends with the connection
        Kind::Slow => "Content-Length: 1000\r\n".to_owned(),
        _ => format!("Content-Length: {}\r\n", body.len()),
    };
    let head = format!("HTTP/1.1 {status} x\r\n{length}Connection: close\r\n\r\n{body}");
    let _ = stream.write_all(head.as_bytes());
    let mut written = 0;
    match kind {
        // What the SDK does not read fills the system's buffers at most, of which ours is small.
        Kind::Endless => {
            let _ = SockRef::from(stream).set_send_buffer_size(16 << 10); // it may have gone
            while stream.write_all(&[b'x'; 16 << 10]).is_ok() {
                written += 16 << 10;
                HAS_LEFT.fetch_max(written, Relaxed);
                if written > MAY_LEAVE {
                    return; // the test sees it
                }
            }
        }
        Kind::Slow => {
            while stream.write_all(b" ").is_ok() {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        _ => {}
    }
}
