//! Guards promise 1 over a downgrade: what a later version has noted of a report in words that this one does not know
//! takes the report neither out of sight nor out of reach, and what it has written into one is not lost.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};

use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{FeedbackClient, ReportId, WaitReason, WaitingState};

use super::support::{App, PATIENCE, config};

/// A spool with one report, of which a later version has noted this.
fn with_state(word: &str, endpoint: &str) -> (App, ReportId) {
    let app = App::with(endpoint, |config| config.deliver(false));
    let id = app.client.submit(app.prepare("x")).wait().unwrap();
    let file = fs::read_dir(&app.spool).unwrap().flatten();
    let file = file.map(|file| file.path()).find(|path| path.is_file()).unwrap();
    let name = file.file_name().unwrap().to_string_lossy();
    let noted = name.replace(".new.", &format!(".{word}."));
    fs::rename(&file, app.spool.join(noted)).unwrap();
    (app, id)
}

#[test]
fn a_report_that_waits_for_an_unknown_reason_is_sent() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, id) = with_state("wait-moon", &receiver.url());
    let listed = app.client.waiting().wait().unwrap();
    assert_eq!(listed[0].state, WaitingState::Retry(WaitReason::Unknown));
    let client = FeedbackClient::new(config(receiver.url()).spool_dir(&app.spool)).unwrap();
    assert_eq!(client.flush(PATIENCE).wait().unwrap(), 0);
    assert_eq!(receiver.next_within(PATIENCE).unwrap().id(), id.to_string());
}

#[test]
fn a_report_that_was_set_aside_is_kept_and_goes_when_a_person_asks_for_it() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, id) = with_state("parked-2", &receiver.url());
    let client = FeedbackClient::new(config(receiver.url()).spool_dir(&app.spool)).unwrap();
    assert_eq!(client.flush(PATIENCE).wait().unwrap(), 0, "none goes by itself");
    let listed = client.waiting().wait().unwrap();
    assert_eq!((listed[0].id, listed[0].state), (id, WaitingState::SetAside));
    let copy = app.spool.with_file_name("copy.zip");
    client.save_waiting(id, &copy).wait().unwrap();

    client.retry(id).wait().unwrap();
    let arrived = receiver.next_within(PATIENCE).unwrap();
    assert!(arrived.bundle == fs::read(&copy).unwrap());
    assert_eq!(client.flush(PATIENCE).wait().unwrap(), 0);
    assert!(client.waiting().wait().unwrap().is_empty());
    assert!(receiver.next_within(std::time::Duration::ZERO).is_none(), "once");
}

/// The bundle with another manifest.
fn with_manifest(bundle: &[u8], change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut file = from.by_index(index).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        if name == "report.json" {
            let mut manifest = serde_json::from_slice(&bytes).unwrap();
            change(&mut manifest);
            bytes = serde_json::to_vec(&manifest).unwrap();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn a_report_that_a_later_version_has_written_is_never_written_anew() {
    let newer_schema = |manifest: &mut serde_json::Value| manifest["schema"] = 2.into();
    let other_kind = |manifest: &mut serde_json::Value| manifest["files"][0]["kind"] = "sound".into();
    for change in [newer_schema, other_kind] {
        let receiver = Receiver::start(|_| Reply::Answer(413, "", String::new())).unwrap();
        let (app, id) = with_state("new", &receiver.url());
        let of = |path: &std::path::Path| fs::read_dir(path).unwrap().flatten().map(|file| file.path());
        let file = of(&app.spool).find(|path| path.is_file()).unwrap();
        let bundle = with_manifest(&fs::read(&file).unwrap(), change);
        let name = format!("{id}.{:08x}.new.zip", crc32fast::hash(&bundle));
        fs::remove_file(&file).unwrap();
        fs::write(app.spool.join(name), &bundle).unwrap();

        let client = FeedbackClient::new(config(receiver.url()).spool_dir(&app.spool)).unwrap();
        client.flush(PATIENCE).wait().unwrap();
        assert!(receiver.next_within(PATIENCE).unwrap().bundle == bundle);
        let listed = client.waiting().wait().unwrap();
        assert_eq!(listed[0].state, WaitingState::Refused(413));
        let copy = app.spool.with_file_name("copy.zip");
        client.save_waiting(id, &copy).wait().unwrap();
        assert!(fs::read(copy).unwrap() == bundle, "byte for byte");
    }
}

#[test]
fn a_report_that_was_set_aside_can_be_deleted() {
    let (app, id) = with_state("parked", "http://127.0.0.1:9/reports");
    app.client.delete(id).wait().unwrap();
    assert!(app.client.waiting().wait().unwrap().is_empty());
}
