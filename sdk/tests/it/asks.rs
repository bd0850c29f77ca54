//! Guards promise 1 for large reports before their first byte: the client asks what the server takes, and chooses the
//! way by which most of the report arrives.

use feedback_sdk::DeliveryEvent;

use super::raw::Request;
use super::resumes::{LARGE, app, assert_sent, send, submit};
use super::support::App;
use super::tus::{Act, Server, State};

#[test]
fn by_default_more_than_4_mb_is_resumable() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/api/v1/reports" => Act::status(503),
        _ => Act::Serve,
    });
    let app = App::new(&server.listener.endpoint());
    send(&app, 3_900_000);
    send(&app, 4_000_001);
    let asked = &server.state().asked;
    assert_eq!(asked[..3], ["GET config", "POST reports", "POST uploads"]);
}

/// A proxy that takes no request with a body of more than `limit` bytes, and says only no.
fn narrow(limit: u64) -> impl Fn(&Request<'_>, &mut State) -> Act {
    move |request, _| match request.number("content-length") {
        Some(length) if length > limit => Act::Answer(
            413,
            String::new(),
            "<html>413 Request Entity Too Large</html>".to_owned(),
        ),
        _ => Act::Serve,
    }
}

#[test]
fn a_proxy_that_only_says_no_is_met_by_smaller_pieces() {
    const SMALL: usize = 560_000;
    for bytes in [LARGE, SMALL] {
        let server = Server::start(narrow(200_000));
        let app = app(&server);
        assert_sent(&send(&app, bytes));
        let state = server.state();
        assert!(state.upload().bytes.len() > bytes, "something was left out");
        drop(state);
        // What was learnt holds for the next report.
        let before = server.state().asked.len();
        assert_sent(&send(&app, LARGE));
        let state = server.state();
        let refused = |line: &&String| {
            let length = line.rsplit('+').next().unwrap().parse::<u64>();
            length.is_ok_and(|length| length > 200_000)
        };
        assert_eq!(
            state.asked[before..].iter().filter(refused).count(),
            0,
            "{:?}",
            state.asked
        );
    }
}

#[test]
fn a_proxy_that_hangs_up_on_large_requests_without_a_word_is_met_by_smaller_pieces_too() {
    for bytes in [LARGE, 560_000] {
        let server = Server::start(|request, _| match request.number("content-length") {
            Some(length) if length > 200_000 => Act::Do(Box::new(|_| {})),
            _ => Act::Serve,
        });
        let app = app(&server);
        assert_sent(&send(&app, bytes));
        assert!(
            server.state().upload().bytes.len() > bytes,
            "something was left out"
        );
    }
}

#[test]
fn a_proxy_that_takes_next_to_nothing_gets_a_smaller_report() {
    let server = Server::start(narrow(20_000));
    let app = app(&server);
    let id = submit(&app, LARGE);
    app.event();
    assert!(matches!(app.event(), DeliveryEvent::Fitted { id: of, .. } if of == id));
}

#[test]
fn what_the_config_says_shapes_the_report_before_its_first_byte() {
    let config = r#"{"max_bytes":600000,"uploads":"/api/v1/uploads"}"#;
    let server = Server::offering(config, |request, _| match request.method.as_str() {
        "POST" => Act::status(503),
        _ => Act::Serve,
    });
    let app = app(&server);
    let event = send(&app, LARGE);
    assert!(matches!(event, DeliveryEvent::Fitted { .. }), "{event:?}");
    assert!(matches!(app.event(), DeliveryEvent::Waiting { .. }));
    assert_eq!(server.state().asked, ["GET config", "POST reports"]);
}

#[test]
fn where_nothing_is_offered_or_begun_the_report_goes_as_a_form() {
    let large = r#"{"uploads":"/api/v1/uploads"}"#;
    for (config, created) in [
        ("<html>log in</html>", None),
        (r#"{"uploads":"http://192.0.2.1/uploads"}"#, None),
        (large, Some((404, String::new()))),
        (large, Some((501, String::new()))),
        (large, Some((503, "Retry-After: 3600\r\n".to_owned()))), // as where too many are unfinished
        (large, Some((429, String::new()))),
        (large, Some((201, String::new()))),
        (
            large,
            Some((201, "Location: http://192.0.2.1/uploads/1\r\n".to_owned())),
        ),
    ] {
        let told = format!("{config} {created:?}");
        let begun = created.clone();
        let server = Server::offering(config, move |request, _| match (request.path.as_str(), &begun) {
            ("/api/v1/reports", _) => Act::Answer(422, String::new(), r#"{"detail":"as a form"}"#.to_owned()),
            ("/api/v1/uploads", Some((status, headers))) => {
                Act::Answer(*status, headers.clone(), String::new())
            }
            _ => Act::Serve,
        });
        let app = app(&server);
        let event = send(&app, LARGE);
        if matches!(&created, Some((429, _))) {
            // The client is to slow down, and a form would be no slower.
            assert!(
                matches!(event, DeliveryEvent::Waiting { .. }),
                "{told}: {event:?}"
            );
            continue;
        }
        let DeliveryEvent::Refused { detail, .. } = event else {
            panic!("{told}: {event:?}")
        };
        assert_eq!(detail.as_deref(), Some("as a form"), "{told}");
    }
}

#[test]
fn the_config_is_asked_once_and_not_for_small_reports() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/api/v1/reports" => Act::status(422),
        _ => Act::Serve,
    });
    let app = app(&server);
    send(&app, 100_000);
    assert_eq!(server.state().asked, ["POST reports"]);
    send(&app, 560_000);
    send(&app, 560_000);
    assert_eq!(server.state().count("GET config"), 1);

    let webhook = App::with(&server.listener.endpoint(), |config| {
        config.any_success_is_receipt(true)
    });
    send(&webhook, 560_000);
    assert_eq!(server.state().count("GET config"), 1);
}
