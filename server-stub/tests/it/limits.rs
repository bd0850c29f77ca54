//! Too large and too slow: refused early, and in a way that the client can read.

use std::io::{ErrorKind, Read, Write};
use std::time::Duration;

use super::client;
use super::intake::head_of;
use super::report::{KEY, Place, Report};

const LIMIT: u64 = 100_000;

/// Larger than the limit and than what the two kernels buffer for a connection that nobody reads.
const HUGE: usize = 20_000_000;

#[test]
fn a_length_over_the_limit_is_refused_before_the_body_comes() {
    let place = Place::with(|config| config.max_bytes(LIMIT));
    let mut stream = client::connect(place.server.local_addr());
    stream.write_all(&head_of(&Report::new("x"), HUGE)).unwrap();
    let problem = client::read(&mut stream).problem(413);
    assert_eq!(problem["max_bytes"], LIMIT);
    place.assert_empty();
}

#[test]
fn a_client_that_sends_everything_before_it_reads_still_gets_the_answer() {
    let place = Place::with(|config| config.max_bytes(LIMIT));
    let report = Report::with_files("x", &[("logs/noise", &noise(HUGE))]);
    assert_eq!(place.send(&report).problem(413)["max_bytes"], LIMIT);
    place.assert_empty();
}

#[test]
fn a_body_without_a_length_is_counted() {
    let place = Place::with(|config| config.max_bytes(LIMIT));
    let report = Report::with_files("x", &[("logs/noise", &noise(1_000_000))]);
    let head = String::from_utf8(head_of(&report, 0)).unwrap();
    let head = head.replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let body = report.body();
    let chunked = [
        format!("{:x}\r\n", body.len()).as_bytes(),
        &body,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let answer = client::raw(place.server.local_addr(), &[head.as_bytes(), &chunked].concat());
    assert_eq!(answer.problem(413)["max_bytes"], LIMIT);
    place.assert_empty();

    let small = Report::new("x");
    let body = small.body();
    let head = String::from_utf8(head_of(&small, 0)).unwrap();
    let head = head.replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let chunked = [
        format!("{:x}\r\n", body.len()).as_bytes(),
        &body,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    assert_eq!(
        client::raw(place.server.local_addr(), &[head.as_bytes(), &chunked].concat()).status,
        201
    );
}

#[test]
fn the_limit_itself_is_allowed() {
    let report = Report::new("x");
    let length = report.body().len() as u64;
    assert_eq!(
        Place::with(|config| config.max_bytes(length))
            .send(&report)
            .status,
        201
    );
    Place::with(|config| config.max_bytes(length - 1))
        .send(&report)
        .problem(413);
}

#[test]
fn a_manifest_of_more_than_eight_mebibytes_is_refused() {
    let place = Place::new();
    let report = Report::new(&"x".repeat(8 * 1024 * 1024));
    assert!(place.send(&report).problem(422)["max_bytes"].is_null());
    place.assert_empty();
}

#[test]
fn a_body_that_stands_still_is_cut() {
    let place = Place::with(|config| config.idle_timeout(Duration::from_millis(100)));
    let report = Report::new("x");
    let body = report.body();
    for sent in [0, 20, body.len() / 2, body.len() - 5] {
        let mut stream = client::connect(place.server.local_addr());
        stream.write_all(&head_of(&report, body.len())).unwrap();
        stream.write_all(&body[..sent]).unwrap();
        client::read(&mut stream).problem(408);
    }
    place.assert_empty();
}

#[test]
fn headers_that_never_end_are_cut() {
    let place = Place::with(|config| config.idle_timeout(Duration::from_millis(100)));
    let mut stream = client::connect(place.server.local_addr());
    stream
        .write_all(format!("POST /api/v1/reports HTTP/1.1\r\nAuthorization: Bearer {KEY}\r\n").as_bytes())
        .unwrap();
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
    }
}

#[test]
fn a_client_may_ask_before_it_sends() {
    let place = Place::with(|config| config.max_bytes(LIMIT));
    let config = place.get("/api/v1/config", &[]).json();
    assert_eq!(config["max_bytes"], LIMIT);
    assert_eq!(config["articles_version"], 0);

    // `Expect: 100-continue`: the refusal comes instead of the invitation.
    let mut stream = client::connect(place.server.local_addr());
    let head = String::from_utf8(head_of(&Report::new("x"), HUGE)).unwrap();
    stream
        .write_all(
            head.replace("Host: x", "Host: x\r\nExpect: 100-continue")
                .as_bytes(),
        )
        .unwrap();
    client::read(&mut stream).problem(413);
}

/// Bytes that no packer makes smaller.
pub(crate) fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let step = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(step).take(bytes).collect()
}
