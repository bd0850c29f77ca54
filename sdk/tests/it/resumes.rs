//! Guards promise 1 for large reports: they go on from the last byte that has arrived, whatever is cut, killed
//! or damaged on the way.

use std::path::PathBuf;

use feedback_sdk::{DeliveryEvent, FeedbackClient, ReportDraft, ReportId, WaitReason};

use super::support::{App, PATIENCE, config, dead_endpoint, noise};
use super::tus::{Act, Server};

/// What is resumable here; by default only larger ones are.
pub(crate) const FROM: u64 = 600_000;
pub(crate) const LARGE: usize = 1 << 20;

pub(crate) fn app(server: &Server) -> App {
    App::with(&server.listener.endpoint(), |config| config.resumable_from(FROM))
}

/// An app that only stores.
fn app_at_rest() -> App {
    App::with(&dead_endpoint(), |config| config.deliver(false))
}

pub(crate) fn submit(app: &App, bytes: usize) -> ReportId {
    let file = app.spool.with_file_name("noise.bin");
    std::fs::write(&file, noise(bytes)).unwrap();
    let mut draft = ReportDraft::new("It is slow.");
    draft.attachments.push(file.into());
    let report = app.client.prepare(draft).wait().unwrap();
    app.client.submit(report).wait().unwrap()
}

/// Submits a report and waits for what becomes of it first.
pub(crate) fn send(app: &App, bytes: usize) -> DeliveryEvent {
    submit(app, bytes);
    assert!(matches!(app.event(), DeliveryEvent::Stored { .. }));
    app.event()
}

/// Files of the spool with this ending.
pub(crate) fn files(app: &App, ending: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(&app.spool).unwrap().flatten();
    let paths = files.map(|file| file.path());
    paths
        .filter(|path| path.extension().is_some_and(|have| have == ending))
        .collect()
}

fn bundle(app: &App) -> Vec<u8> {
    std::fs::read(files(app, "zip").first().unwrap()).unwrap()
}

pub(crate) fn assert_sent(event: &DeliveryEvent) {
    let DeliveryEvent::Sent(receipt) = event else {
        panic!("{event:?}")
    };
    assert_eq!(receipt.number.as_deref(), Some("FB-7"));
}

#[test]
fn a_connection_that_is_cut_goes_on_at_once_from_the_last_byte() {
    let cuts = [300_000, 100_001, 200_000];
    let server = Server::start(move |request, state| match cuts.get(state.count("PATCH")) {
        Some(bytes) if request.method == "PATCH" => Act::Cut(*bytes),
        _ => Act::Serve,
    });
    let app = app_at_rest();
    let id = submit(&app, LARGE);
    let stored = bundle(&app);
    let client = again(&app, &server);
    assert_eq!(client.flush(PATIENCE).wait().unwrap(), 0);

    let state = server.state();
    let upload = state.upload();
    assert_eq!(upload.id, id.to_string());
    assert!(upload.bytes == stored, "other bytes");
    let total = stored.len();
    let asked = [
        "GET config".to_owned(),
        "POST uploads".to_owned(),
        format!("PATCH 0+{total}"),
        "HEAD 0".to_owned(),
        format!("PATCH 300000+{}", total - 300_000),
        "HEAD 0".to_owned(),
        format!("PATCH 400001+{}", total - 400_001),
        "HEAD 0".to_owned(),
        format!("PATCH 600001+{}", total - 600_001),
        "GET 0".to_owned(),
    ];
    assert_eq!(state.asked, asked);
    assert!(files(&app, "upload").is_empty(), "the note goes with its report");
}

/// A client on the same spool, as after a restart.
pub(crate) fn again(app: &App, server: &Server) -> FeedbackClient {
    let config = config(server.listener.endpoint())
        .spool_dir(&app.spool)
        .resumable_from(FROM);
    FeedbackClient::new(config).unwrap()
}

/// A server that cuts the first upload after 700,000 bytes and is not to be asked where it is then.
fn cut_and_down() -> Server {
    Server::start(
        |request, state| match (request.method.as_str(), state.count("PATCH")) {
            ("PATCH", 0) => Act::Cut(700_000),
            ("HEAD", 1) if state.count("HEAD") == 0 => Act::status(503),
            _ => Act::Serve,
        },
    )
}

#[test]
fn after_a_restart_the_upload_goes_on() {
    let server = cut_and_down();
    let app = app(&server);
    let DeliveryEvent::Waiting { why, .. } = send(&app, LARGE) else {
        panic!("not waiting")
    };
    assert_eq!(why, WaitReason::Server(503));
    let stored = bundle(&app);
    let note = std::fs::read_to_string(&files(&app, "upload")[0]).unwrap();
    assert_eq!(note, server.listener.url("/api/v1/uploads/0"));

    let restarted = again(&app, &server);
    drop(app.client);
    assert_eq!(restarted.flush(PATIENCE).wait().unwrap(), 0);
    let state = server.state();
    assert!(state.upload().bytes == stored);
    assert_eq!(state.count("PATCH 700000+"), 1, "{:?}", state.asked);
}

#[test]
fn an_answer_that_is_lost_costs_a_question_and_no_upload() {
    let server = Server::start(
        |request, state| match (request.method.as_str(), state.count("PATCH")) {
            ("PATCH", 0) => Act::Cut(u64::MAX),
            _ => Act::Serve,
        },
    );
    let app = app(&server);
    assert_sent(&send(&app, LARGE));
    let state = server.state();
    assert_eq!(state.asked.len(), 5, "{:?}", state.asked);
    assert_eq!(state.asked[3..], ["HEAD 0", "GET 0"]);
}

#[test]
fn a_note_that_is_wrong_foreign_or_stale_costs_only_a_new_start() {
    let server = Server::start(|_, _| Act::Serve);
    let stranger = Server::start(|_, _| Act::Serve);
    let url = |path: &str| server.listener.url(path).into_bytes();
    for note in [
        Vec::new(),
        b"\0\xff\xfe".to_vec(),
        b"no url at all".to_vec(),
        vec![b'x'; 1 << 20],
        stranger.listener.url("/api/v1/uploads/0").into_bytes(),
        url("/api/v1/uploads/999"),
        url("/elsewhere"),
    ] {
        let app = app_at_rest();
        submit(&app, LARGE);
        let name = files(&app, "zip").remove(0);
        let name = name.to_string_lossy().replace(".new.zip", ".upload");
        std::fs::write(&name, &note).unwrap();
        assert_eq!(again(&app, &server).flush(PATIENCE).wait().unwrap(), 0);
        let mut state = server.state();
        let upload = state.uploads.pop().flatten().unwrap();
        assert_eq!(upload.bytes.len() as u64, upload.length);
    }
    assert!(stranger.state().asked.is_empty(), "the key went elsewhere");
}

#[test]
fn a_report_that_is_deleted_or_edited_ends_its_upload() {
    for edit in [false, true] {
        let (told, ended) = std::sync::mpsc::channel();
        let server = Server::start(move |request, state| {
            if request.method == "DELETE" {
                let _ = told.send(request.path.clone());
            }
            match (request.method.as_str(), state.count("PATCH")) {
                ("PATCH", 0) => Act::Cut(1000),
                _ => Act::Serve,
            }
        });
        let app = app(&server);
        let mut report = app.prepare("It is slow.");
        let id = if edit {
            let file = app.spool.with_file_name("noise.bin");
            std::fs::write(&file, noise(LARGE)).unwrap();
            let mut draft = ReportDraft::new("It is slow.");
            draft.attachments.push(file.into());
            report = app.client.prepare(draft).wait().unwrap();
            app.client.submit(report.clone()).wait().unwrap()
        } else {
            submit(&app, LARGE)
        };
        app.event();
        assert!(matches!(app.event(), DeliveryEvent::Waiting { .. }));
        if edit {
            report.set_message("It is very slow.");
            app.client.submit(report).wait().unwrap();
        } else {
            app.client.delete(id).wait().unwrap();
            assert!(files(&app, "upload").is_empty());
        }
        assert_eq!(ended.recv_timeout(PATIENCE).unwrap(), "/api/v1/uploads/0");
    }
}

#[test]
fn a_bundle_that_the_disk_damages_between_two_attempts_never_arrives_whole() {
    let server = cut_and_down();
    let app = app(&server);
    assert!(matches!(send(&app, LARGE), DeliveryEvent::Waiting { .. }));
    let file = files(&app, "zip").remove(0);
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[300_000] ^= 1; // in the part that was sent
    std::fs::write(&file, &bytes).unwrap();
    drop(app.client.flush(PATIENCE));
    assert!(matches!(app.event(), DeliveryEvent::Damaged(_)));
    let state = server.state();
    let upload = state.upload();
    assert!((upload.bytes.len() as u64) < upload.length);
}
