//! Guards what one run of the app leaves for the next: the address for the answer, as long as the person wants it, and
//! what the server takes, so that the window can tell before Send (promise 1). Nothing is cut to what may be out of date.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{DeliveryEvent, FeedbackClient, ReportDraft};

use super::support::{App, config, dead_endpoint, noise};

/// Another run of the app, on the same spool.
fn next_run(app: &App, endpoint: &str) -> FeedbackClient {
    FeedbackClient::new(config(endpoint).spool_dir(&app.spool)).unwrap()
}

fn remember(client: &FeedbackClient, address: Option<&str>) {
    client
        .remember_reply_to(address.map(str::to_owned))
        .wait()
        .unwrap();
}

#[test]
fn an_address_is_remembered_until_it_is_forgotten() {
    let endpoint = dead_endpoint();
    let app = App::new(&endpoint);
    remember(&app.client, Some("anna@example.org"));
    assert!(!app.spool.exists(), "an app that sends nothing gets no folder");

    app.client.submit(app.prepare("x")).wait().unwrap();
    remember(&app.client, Some(" anna@example.org "));
    let next = next_run(&app, &endpoint);
    let remembered = || next.reply_to().wait().unwrap();
    assert_eq!(remembered().as_deref(), Some("anna@example.org"));
    remember(&next, Some("bob@example.org"));
    assert_eq!(remembered().as_deref(), Some("bob@example.org"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let facts = std::fs::metadata(app.spool.join("reply-to")).unwrap();
        assert_eq!(facts.permissions().mode() & 0o777, 0o600);
    }
    for nothing in [None, Some("  ")] {
        remember(&next, Some("bob@example.org"));
        remember(&next, nothing);
        assert_eq!(remembered(), None);
        assert!(!app.spool.join("reply-to").exists());
    }
    assert_eq!(next.waiting().wait().unwrap().len(), 1, "no note is a report");
}

#[test]
fn the_next_run_knows_what_the_server_took_and_cuts_nothing_to_it() {
    let takes = Arc::new(AtomicU64::new(1_000_000));
    let limit = Arc::clone(&takes);
    let receiver = Receiver::start(move |request| {
        let limit = limit.load(Ordering::Relaxed);
        let length: u64 = request.headers["content-length"].parse().unwrap();
        if length > limit {
            Reply::Answer(413, "", format!(r#"{{"max_bytes":{limit}}}"#))
        } else {
            Reply::RECEIPT
        }
    })
    .unwrap();
    let app = App::new(&receiver.url());
    let file = app.spool.with_file_name("large.bin");
    std::fs::write(&file, noise(2_000_000)).unwrap();
    let send = |client: &FeedbackClient| {
        let mut draft = ReportDraft::new("x");
        draft.attachments = vec![file.clone().into()];
        let events = client.subscribe(|| {});
        let report = client.prepare(draft).wait().unwrap();
        client.submit(report).wait().unwrap();
        let events = std::iter::from_fn(|| events.next_within(super::support::PATIENCE));
        let told: Vec<_> = events
            .take_while(|event| !matches!(event, DeliveryEvent::Sent(_)))
            .filter(|event| matches!(event, DeliveryEvent::Fitted { .. }))
            .collect();
        told.len()
    };
    assert_eq!(send(&app.client), 1, "made to fit");

    let next = next_run(&app, &receiver.url());
    let known = next.limit().wait().unwrap().unwrap();
    assert!((900_000..1_000_000).contains(&known), "{known}");
    let report = next.prepare(ReportDraft::new("x")).wait().unwrap();
    assert_eq!(report.limit(), Some(known), "told before Send");

    takes.store(u64::MAX, Ordering::Relaxed); // by now it takes more
    assert_eq!(send(&next), 0, "it has arrived whole");
    assert_eq!(
        next.limit().wait().unwrap(),
        None,
        "and what was known is forgotten"
    );
}
