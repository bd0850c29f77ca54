//! Guards promise 1 behind proxies of other people's: one with a limit of its own, one that stores bodies first, a
//! hotel's log-in page, one whose server is down. What goes unencrypted to this machine itself goes by none.

use std::collections::HashSet;
use std::io::{Cursor, Read as _};
use std::process::Command;
use std::time::Duration;

use fastrand::Rng;
use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{DeliveryEvent, Events, FeedbackClient, ReportDraft, ReportId, WaitReason};
use feedback_tests::PATIENCE;
use feedback_tests::backlog::{self, noise};
use feedback_tests::feedback;
use feedback_tests::gate::Gate;
use feedback_tests::server::Server;
use serde_json::Value;

/// More than the system takes from a sender before the other side has read it.
const LARGE: usize = 20_000_000;

/// An app, and the gate by which it sends.
struct App {
    folder: tempfile::TempDir,
    gate: Gate,
    client: FeedbackClient,
    events: Events,
}

impl App {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let gate = Gate::open(folder.path().join("gate"));
        let config = backlog::config(&gate.endpoint(), &folder.path().join("spool"));
        let client = FeedbackClient::new(config).unwrap();
        let events = client.subscribe(|| {});
        Self {
            folder,
            gate,
            client,
            events,
        }
    }

    fn server(&self) -> Server {
        Server::start(&self.folder.path().join("server"))
    }

    /// Sends a report with these attachments.
    fn submit(&self, files: &[(&str, Vec<u8>)]) -> ReportId {
        let mut draft = ReportDraft::new("What I wrote");
        for (name, content) in files {
            let path = self.folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            draft.attachments.push(path.into());
        }
        let report = self.client.prepare(draft).wait().unwrap();
        self.client.submit(report).wait().unwrap()
    }

    /// What becomes of the report, progress aside.
    fn next(&self) -> DeliveryEvent {
        loop {
            match self.events.next_within(PATIENCE).expect("an event") {
                DeliveryEvent::Stored { .. } | DeliveryEvent::Sending { .. } => {}
                event => return event,
            }
        }
    }

    /// Why the report has to wait. It is the only one, and it is still there.
    fn waits(&self, id: ReportId) -> WaitReason {
        let DeliveryEvent::Waiting { id: of, why, .. } = self.next() else {
            panic!("it does not wait")
        };
        let waiting = self.client.waiting().wait().unwrap();
        assert_eq!((of, waiting.len()), (id, 1));
        why
    }

    /// Tried again, the report arrives, and nothing waits.
    fn assert_goes_now(&self, id: ReportId) {
        self.client.retry(id).wait().unwrap();
        assert!(matches!(self.next(), DeliveryEvent::Sent(receipt) if receipt.id == id));
        assert!(self.client.waiting().wait().unwrap().is_empty());
    }
}

/// The one report of the server: each of `files` is whole, or named as missing. Answers the names of the missing.
fn assert_arrived(server: &Server, id: ReportId, files: &[(&str, Vec<u8>)]) -> Vec<String> {
    let id = id.to_string();
    assert_eq!(server.arrived_once(), HashSet::from([id.clone()]));
    let mut zip = zip::ZipArchive::new(Cursor::new(server.bundle(&id))).unwrap();
    let mut read = |name: &str| {
        let mut content = Vec::new();
        let read = zip.by_name(name).map(|mut file| file.read_to_end(&mut content));
        read.is_ok().then_some(content)
    };
    let manifest: Value = serde_json::from_slice(&read("report.json").unwrap()).unwrap();
    assert_eq!(manifest["message"], "What I wrote");
    let words = String::from_utf8(read("message.txt").unwrap()).unwrap();
    let mut missing = Vec::new();
    for (name, content) in files {
        let path = format!("attachments/{name}");
        if let Some(arrived) = read(&path) {
            assert!(arrived == *content, "{name} differs");
        } else {
            assert!(manifest["gaps"].to_string().contains(&path), "{manifest:#}");
            assert!(words.contains(&path), "{words}");
            missing.push(path);
        }
    }
    missing
}

#[test]
fn behind_an_nginx_as_it_comes_a_large_report_arrives_whole_in_pieces() {
    for buffering in ["on", "off"] {
        let app = App::start();
        let server = app.server();
        let directives = format!("proxy_request_buffering {buffering}; proxy_pass {};", server.url);
        let Some(_nginx) = app.gate.nginx(&directives) else {
            return;
        };
        // One that goes resumable from the start, and one that would have gone as a form.
        for bytes in [LARGE, 2_500_000] {
            let files = [("noise.bin", noise(&mut Rng::with_seed(1), bytes))];
            app.submit(&files);
            let event = app.next();
            assert!(
                matches!(event, DeliveryEvent::Sent(_)),
                "{buffering} {bytes} {event:?}"
            );
        }
        let sizes: Vec<_> = server
            .reports()
            .iter()
            .map(|report| report["bytes"].as_u64())
            .collect();
        let whole = |(size, bytes): (&Option<u64>, u64)| size.is_some_and(|size| size > bytes);
        assert!(
            sizes.iter().zip([2_500_000, LARGE as u64]).all(whole),
            "{sizes:?}"
        );
    }
}

#[test]
fn behind_an_nginx_as_it_comes_without_uploads_a_large_report_arrives_once_and_what_is_missing_is_named() {
    let app = App::start();
    let server = app.server();
    let directives = format!(
        "location = /api/v1/config {{ return 404; }} proxy_pass {};",
        server.url
    );
    let Some(_nginx) = app.gate.nginx(&directives) else {
        return;
    };
    let mut chance = Rng::with_seed(1);
    let files = [
        ("large.bin", 2_500_000),
        ("middle.bin", 400_000),
        ("small.bin", 100_000),
    ]
    .map(|(name, bytes)| (name, noise(&mut chance, bytes)));
    let id = app.submit(&files);
    let mut told = HashSet::new();
    loop {
        match app.next() {
            DeliveryEvent::Fitted { left_out, .. } => told.extend(left_out.into_iter().map(|gap| gap.what)),
            DeliveryEvent::Sent(_) => break,
            other => panic!("{other:?}"),
        }
    }
    let missing = assert_arrived(&server, id, &files);
    assert!(!missing.is_empty());
    assert_eq!(told, missing.into_iter().collect());
}

#[test]
fn behind_an_nginx_with_room_a_large_report_arrives_whole_buffered_or_not() {
    for buffering in ["on", "off"] {
        let app = App::start();
        let server = app.server();
        let directives = format!(
            "client_max_body_size 100m; proxy_request_buffering {buffering}; proxy_pass {};",
            server.url
        );
        let Some(_nginx) = app.gate.nginx(&directives) else {
            return;
        };
        let files = [("large.bin", noise(&mut Rng::with_seed(1), LARGE))];
        let id = app.submit(&files);
        assert!(matches!(app.next(), DeliveryEvent::Sent(_)));
        assert!(assert_arrived(&server, id, &files).is_empty());
    }
}

#[test]
fn a_log_in_page_keeps_the_report_until_it_is_gone() {
    let page = "default_type text/html; return 200 '<html>Welcome to our hotel</html>';";
    for portal in [page, "return 302 http://hotel.example/log-in;"] {
        let app = App::start();
        let server = app.server();
        let Some(nginx) = app.gate.nginx(portal) else {
            return;
        };
        let id = app.submit(&[]);
        assert_eq!(app.waits(id), WaitReason::NoReceipt);
        assert!(server.reports().is_empty());

        drop(nginx);
        let _nginx = app.gate.nginx(&format!("proxy_pass {};", server.url));
        app.assert_goes_now(id);
        assert_arrived(&server, id, &[]);
    }
}

#[test]
fn a_haproxy_without_its_server_keeps_the_report_until_the_server_is_back() {
    for bytes in [1000, LARGE] {
        let app = App::start();
        let server = app.server();
        let address = server.address().to_owned();
        drop(server);
        let Some(_haproxy) = app.gate.haproxy(&address) else {
            return;
        };
        let files = [("noise.bin", noise(&mut Rng::with_seed(1), bytes))];
        let id = app.submit(&files);
        match app.waits(id) {
            WaitReason::Server(503) => {}
            // haproxy closes without reading on. hyper then tells of the write that failed, and not of the answer.
            WaitReason::Offline if bytes == LARGE => {}
            other => panic!("{bytes} bytes: {other:?}"),
        }

        let server = Server::start_on(&address, &app.folder.path().join("server"));
        app.assert_goes_now(id);
        assert!(assert_arrived(&server, id, &files).is_empty());
    }
}

#[test]
fn an_answer_that_comes_while_the_report_is_still_on_its_way_is_heard() {
    let app = App::start();
    let Some(_nginx) = app.gate.nginx("client_max_body_size 100m; return 503;") else {
        return;
    };
    let id = app.submit(&[("noise.bin", noise(&mut Rng::with_seed(1), LARGE))]);
    assert_eq!(app.waits(id), WaitReason::Server(503));

    let app = App::start();
    let _nginx = app.gate.nginx("client_max_body_size 10m; return 204;");
    let id = app.submit(&[("noise.bin", noise(&mut Rng::with_seed(1), LARGE))]);
    assert!(matches!(app.next(), DeliveryEvent::Fitted { id: of, .. } if of == id));
}

#[test]
fn no_proxy_gets_what_is_for_this_machine() {
    let proxy = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (n, host) in ["127.0.0.2", "127.0.0.1", "localhost"].into_iter().enumerate() {
        let spool = folder.path().join(n.to_string());
        let mut send = Command::new(feedback_tests::program("feedback"));
        send.env("http_proxy", proxy.url())
            .args(feedback::sending(
                &format!("http://{host}:9/api/v1/reports"),
                &spool,
            ))
            .args(["--message", "What I wrote", "--wait", "1"]);
        assert_eq!(feedback::finish(&mut send).outcome(), (75, "queued"), "{host}");
    }
    assert!(proxy.next_within(Duration::ZERO).is_none(), "the proxy has it");
}
