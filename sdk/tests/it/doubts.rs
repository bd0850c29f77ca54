//! Guards promise 1 against servers of resumable uploads that lie, forget, refuse or vouch for other bytes: a report
//! leaves only with its receipt, and no answer makes a loop without a pause.

use feedback_sdk::{DeliveryEvent, WaitReason};

use super::resumes::{LARGE, app, assert_sent, files, send};
use super::support::PATIENCE;
use super::tus::{Act, Server};

#[test]
fn a_server_that_lies_about_offsets_is_left_alone_until_the_next_turn() {
    type Lie = fn(u64) -> String;
    let lies: [(&str, Lie); 6] = [
        ("beyond the end", |_| "Upload-Offset: 99999999999\r\n".to_owned()),
        ("overflow", |_| format!("Upload-Offset: {}\r\n", u128::MAX)),
        ("nothing taken", |_| "Upload-Offset: 0\r\n".to_owned()),
        ("one byte more each time", |turn| {
            format!("Upload-Offset: {turn}\r\n")
        }),
        ("no number", |_| "Upload-Offset: -1\r\n".to_owned()),
        ("nothing said", |_| String::new()),
    ];
    for (name, lie) in lies {
        let server = Server::start(move |request, state| {
            let turn = state.asked.len() as u64;
            match request.method.as_str() {
                "PATCH" => Act::Answer(204, lie(turn), String::new()),
                "HEAD" => Act::Answer(200, format!("{}Upload-Length: 5\r\n", lie(turn)), String::new()),
                _ => Act::Serve,
            }
        });
        let app = app(&server);
        let event = send(&app, LARGE);
        assert!(
            matches!(event, DeliveryEvent::Waiting { .. }),
            "{name}: {event:?}"
        );
        let asked = server.state().asked.clone();
        assert!(asked.len() < 10, "{name}: {asked:?}");
    }
}

#[test]
fn a_server_that_forgets_what_it_had_makes_no_loop() {
    let server = Server::start(|request, state| match request.method.as_str() {
        "PATCH" => {
            state
                .uploads
                .iter_mut()
                .flatten()
                .for_each(|upload| upload.bytes.clear());
            Act::Cut(400_000)
        }
        _ => Act::Serve,
    });
    let app = app(&server);
    assert!(matches!(send(&app, LARGE), DeliveryEvent::Waiting { .. }));
    assert!(server.state().asked.len() < 10, "{:?}", server.state().asked);
}

#[test]
fn an_upload_that_is_gone_starts_again_once_in_an_attempt() {
    for status in [404, 410] {
        let server = Server::start(move |request, _| match request.method.as_str() {
            "PATCH" | "HEAD" => Act::status(status),
            _ => Act::Serve,
        });
        let app = app(&server);
        let event = send(&app, LARGE);
        assert!(matches!(event, DeliveryEvent::Waiting { .. }), "{event:?}");
        assert_eq!(server.state().count("POST"), 1);
    }
    let server = Server::start(
        |request, state| match (request.method.as_str(), state.asked.len()) {
            ("HEAD" | "PATCH", 2 | 3) => Act::status(503),
            ("HEAD", 4) => Act::status(410),
            _ => Act::Serve,
        },
    );
    let app = app(&server);
    let event = send(&app, LARGE);
    assert!(matches!(event, DeliveryEvent::Waiting { .. }), "{event:?}");
    app.client.flush(PATIENCE).wait().unwrap();
    assert_sent(&app.event());
    assert_eq!(server.state().count("POST uploads"), 2);
}

#[test]
fn a_bundle_that_the_server_refuses_is_parked_with_its_reason() {
    let server = Server::start(|request, state| match request.method.as_str() {
        "PATCH" => {
            state.uploads[0] = None;
            Act::Answer(422, String::new(), r#"{"detail":"no zip"}"#.to_owned())
        }
        _ => Act::Serve,
    });
    let app = app(&server);
    let DeliveryEvent::Refused { status, detail, .. } = send(&app, LARGE) else {
        panic!("not refused")
    };
    assert_eq!((status, detail.as_deref()), (422, Some("no zip")));
    assert!(files(&app, "upload").is_empty(), "there is nothing to go on with");
}

#[test]
fn a_conflict_over_an_upload_that_lives_is_no_refusal() {
    let server = Server::start(
        |request, state| match (request.method.as_str(), state.count("PATCH")) {
            ("PATCH", 0) => Act::status(409),
            ("PATCH", 1) => Act::status(423),
            _ => Act::Serve,
        },
    );
    let app = app(&server);
    for status in [409, 423] {
        let event = if status == 409 {
            send(&app, LARGE)
        } else {
            app.event()
        };
        let DeliveryEvent::Waiting { why, .. } = event else {
            panic!("{event:?}")
        };
        assert_eq!(why, WaitReason::Server(status));
        drop(app.client.flush(PATIENCE));
    }
    assert_sent(&app.event());
}

#[test]
fn whatever_is_no_receipt_keeps_the_report_and_the_upload_starts_again() {
    let wrong = r#"{"id":"0197f3c0-0000-7000-8000-000000000000","sha256":"00","number":"FB-1"}"#;
    for body in ["", "<html>", wrong] {
        let server = Server::start(move |request, state| {
            let asks_for_receipt = request.method == "GET" && request.path.ends_with("uploads/0");
            if asks_for_receipt && state.count("GET 0") == 0 {
                Act::Answer(200, String::new(), body.to_owned())
            } else {
                Act::Serve
            }
        });
        let app = app(&server);
        let event = send(&app, LARGE);
        let DeliveryEvent::Waiting { why, .. } = event else {
            panic!("{event:?}")
        };
        assert_eq!(why, WaitReason::NoReceipt);
        app.client.flush(PATIENCE).wait().unwrap();
        assert_sent(&app.event());
        assert_eq!(server.state().uploads.len(), 2);
    }
}

#[test]
fn a_receipt_in_the_last_answer_counts_too() {
    let server = Server::start(|request, _| match request.method.as_str() {
        "GET" if request.path.ends_with("/0") => Act::status(405),
        "PATCH" => Act::Vouch,
        _ => Act::Serve,
    });
    let app = app(&server);
    assert_sent(&send(&app, LARGE));
    assert_eq!(server.state().count("GET 0"), 0);
}
