//! The log is for operators: it never holds a person's words, a key, or a token.

use std::sync::{Mutex, PoisonError};

use serde_json::json;
use uuid::Uuid;

use super::client;
use super::report::{Place, Report};
use super::tus::UPLOADS;

/// Everything that any test of this binary makes the server log.
static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Collect;

impl ::log::Log for Collect {
    fn enabled(&self, _: &::log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &::log::Record<'_>) {
        LINES
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(record.args().to_string());
    }

    fn flush(&self) {}
}

#[test]
fn the_log_knows_no_secrets() {
    const SECRET: &str = "qwertz-secret";
    ::log::set_logger(&Collect).unwrap();
    ::log::set_max_level(::log::LevelFilter::Trace);

    let place = Place::with(|config| {
        config
            .key(format!("{SECRET}-key"))
            .agent_token(format!("{SECRET}-token"))
    });
    let manifest = |schema: u32| {
        json!({
            "schema": schema, "id": Uuid::now_v7().to_string(), "app": {"name": SECRET, "version": SECRET},
            "message": SECRET, "reply_to": SECRET, "context": {SECRET: SECRET}, "gaps": [{"what": SECRET, "why": SECRET}],
        })
    };
    let file = format!("logs/{SECRET}");
    let evil = format!("../{SECRET}");
    let mut report = Report::of(&manifest(1), &[(&file, SECRET.as_bytes())]);
    assert_eq!(place.send(&report).status, 201);
    report.bundle.truncate(report.bundle.len() - 1);
    place.send(&report).problem(422);
    place.send(&Report::of(&manifest(2), &[])).problem(422);
    place
        .send(&Report::of(&manifest(1), &[(&evil, b"x")]))
        .problem(422);
    let address = place.server.local_addr();
    let key = format!("Bearer {SECRET}-key");
    for (length, metadata) in [("0", "a cXdlcnR6LXNlY3JldA=="), ("5", SECRET)] {
        let headers = [
            ("Authorization", key.as_str()),
            ("Tus-Resumable", "1.0.0"),
            ("Upload-Length", length),
            ("Upload-Metadata", metadata),
        ];
        client::request(address, "POST", UPLOADS, &headers, b"");
    }
    client::get(address, &format!("/sign-in?token={SECRET}-token"), &[]);
    client::get(
        address,
        &format!("/{SECRET}"),
        &[("Authorization", SECRET), ("Cookie", SECRET)],
    );
    place.server.shutdown();

    let lines = LINES.lock().unwrap();
    assert!(
        lines.iter().any(|line| line.starts_with("FB-1001 stored")),
        "{lines:?}"
    );
    assert!(
        lines.iter().any(|line| line.starts_with("refused: 422")),
        "{lines:?}"
    );
    let leaks: Vec<_> = lines.iter().filter(|line| line.contains(SECRET)).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
}
