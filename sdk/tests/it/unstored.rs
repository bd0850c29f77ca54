//! Guards the way out when there is no disk: what cannot be stored is sent from memory under the same rules,
//! and is stored as soon as that works.

use std::fs::{self, File};
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, SystemTime};

use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{
    AttachmentProblem, DeliveryEvent, FeedbackError, GapReason, Picture, Report, ReportDraft, ReportFile,
    ReportId, WaitReason, WaitingState, waiting_in,
};

use super::support::{App, PATIENCE, dead_endpoint, noise};

/// An app whose spool folder cannot be made, and a report that was therefore not stored.
fn without_a_disk(endpoint: &str) -> (App, Report) {
    let app = App::new(endpoint);
    fs::write(&app.spool, "a file in the folder's place").unwrap();
    let report = app.prepare("sacred text");
    let error = app.client.submit(report.clone()).wait().unwrap_err();
    assert!(matches!(error, FeedbackError::Spool { .. }), "{error}");
    (app, report)
}

fn held(app: &App, report: Report) -> ReportId {
    let id = app.client.send_unstored(report).wait().unwrap();
    let DeliveryEvent::Waiting {
        id: waiting,
        why: WaitReason::Offline,
        ..
    } = app.event()
    else {
        panic!("a report that cannot leave waits");
    };
    assert_eq!(waiting, id);
    id
}

#[test]
fn what_cannot_be_stored_arrives_from_memory() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, report) = without_a_disk(&receiver.url());
    let (id, to) = (report.id(), app.spool.with_file_name("same.zip"));
    app.client.save(report.clone(), &to).wait().unwrap();
    assert_eq!(app.client.send_unstored(report).wait().unwrap(), id);
    // Never `Stored`: that would be a promise.
    assert!(matches!(app.event(), DeliveryEvent::Sent(receipt) if receipt.id == id));
    let request = receiver.next_within(PATIENCE).unwrap();
    assert_eq!(request.id(), id.to_string());
    assert_eq!(request.bundle, fs::read(to).unwrap());
}

/// As when the window has gone meanwhile: nobody else has the words.
#[test]
fn what_cannot_be_stored_and_nobody_asks_for_is_sent_from_memory() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, report) = without_a_disk(&receiver.url());
    let id = report.id();
    let (all_gone, wait) = mpsc::channel();
    let prepared = app.client.prepare(ReportDraft::new("the last words"));
    let last_look = move |_: &mut Report| wait.recv_timeout(PATIENCE).is_ok();
    drop(app.client.submit_prepared(prepared, last_look));
    drop(app.client.submit(report));
    all_gone.send(()).unwrap();
    let last = receiver.next_within(PATIENCE).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&last.manifest).unwrap();
    assert_eq!(manifest["message"], "the last words");
    assert_eq!(receiver.next_within(PATIENCE).unwrap().id(), id.to_string());
}

/// As when the window goes in the frame in which the answer has come.
#[test]
fn what_cannot_be_stored_is_sent_from_memory_also_where_its_answer_came_and_nobody_took_it() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, report) = without_a_disk(&receiver.url());
    let id = report.id();
    let prepared = app.client.prepare(ReportDraft::new("the last words"));
    let last = app.client.submit_prepared(prepared, |_| true);
    let one = app.client.submit(report);
    // Questions are answered in their order.
    app.client.reply_to().wait().unwrap();
    drop(last);
    let request = receiver.next_within(PATIENCE).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&request.manifest).unwrap();
    assert_eq!(manifest["message"], "the last words");
    drop(one);
    assert_eq!(receiver.next_within(PATIENCE).unwrap().id(), id.to_string());
}

#[test]
fn what_cannot_be_stored_and_was_taken_back_is_not_sent_whoever_asks_for_it() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let (app, report) = without_a_disk(&receiver.url());
    let id = report.id();
    let untaken = app.client.submit(report.clone());
    app.client.delete(id).wait().unwrap_err();
    drop(untaken);

    let (all_asked, wait) = mpsc::channel();
    let prepared = app.client.prepare(ReportDraft::new("x"));
    let last_look = move |_: &mut Report| wait.recv().is_err();
    let busy = app.client.submit_prepared(prepared, last_look);
    drop(app.client.submit(report));
    let deleted = app.client.delete(id);
    all_asked.send(()).unwrap();
    deleted.wait().unwrap_err();
    assert!(busy.wait().unwrap().stored.is_none());

    let other = app.prepare("the next one");
    let id = app.client.send_unstored(other).wait().unwrap();
    assert_eq!(receiver.next_within(PATIENCE).unwrap().id(), id.to_string());
    assert!(matches!(app.event(), DeliveryEvent::Sent(receipt) if receipt.id == id));
}

/// As when the answer is kept in a field until the next one takes its place.
#[test]
fn what_could_not_be_stored_does_not_take_the_place_of_what_was_stored_since() {
    let app = App::with(&dead_endpoint(), |config| config.deliver(false));
    fs::write(&app.spool, "a file in the folder's place").unwrap();
    let mut report = app.prepare("as it was");
    let unasked = app.client.submit(report.clone());
    let _ = app.client.waiting().wait(); // it is answered by now
    fs::remove_file(&app.spool).unwrap();
    report.set_message("as it is now");
    let id = app.client.submit(report).wait().unwrap();
    drop(unasked);
    let waiting = app.client.waiting().wait().unwrap();
    assert!(waiting.len() == 1 && waiting[0].is_stored, "{waiting:?}");
    assert_eq!(app.client.message_of(id).wait().unwrap(), "as it is now");
}

#[test]
fn what_waits_in_memory_is_listed_counted_saved_and_deleted_as_any_other() {
    let (app, report) = without_a_disk(&dead_endpoint());
    let id = held(&app, report);
    let waiting = app.client.waiting().wait().unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(
        (waiting[0].id, waiting[0].is_stored, waiting[0].state),
        (id, false, WaitingState::Retry(WaitReason::Offline))
    );
    let to = app.spool.with_file_name("saved.zip");
    app.client.save_waiting(id, &to).wait().unwrap();
    assert_eq!(fs::metadata(to).unwrap().len(), waiting[0].bytes);
    let left = app.client.flush(Duration::ZERO).wait().unwrap();
    assert_eq!(left, 1);
    app.client.delete(id).wait().unwrap();
    assert!(
        app.client.flush(PATIENCE).wait().is_err(),
        "the folder is as bad as before"
    );
}

#[test]
fn it_is_stored_as_soon_as_the_disk_takes_it() {
    let (app, report) = without_a_disk(&dead_endpoint());
    let id = held(&app, report);
    fs::remove_file(&app.spool).unwrap();
    app.client.retry(id).wait().unwrap();
    assert!(matches!(app.event(), DeliveryEvent::Stored { id: stored, .. } if stored == id));
    drop(app.client);
    let waiting = waiting_in(&app.spool).unwrap();
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].is_stored && waiting[0].id == id);
}

#[test]
fn a_report_in_memory_that_is_too_large_goes_smaller_too() {
    let receiver = Receiver::start(|request| {
        let length: usize = request.headers["content-length"].parse().unwrap();
        if length > 100_000 {
            let body = r#"{"max_bytes":100000}"#.to_owned();
            return Reply::Answer(413, "Content-Type: application/problem+json\r\n", body);
        }
        Reply::RECEIPT
    })
    .unwrap();
    let app = App::new(&receiver.url());
    fs::write(&app.spool, "a file in the folder's place").unwrap();
    let file = app.spool.with_file_name("noise.bin");
    fs::write(&file, noise(300_000)).unwrap();
    let mut draft = ReportDraft::new("large");
    draft.attachments = vec![file.into()];
    let report = app.client.prepare(draft).wait().unwrap();
    let id = app.client.send_unstored(report).wait().unwrap();
    assert!(matches!(app.event(), DeliveryEvent::Fitted { id: fitted, .. } if fitted == id));
    assert!(matches!(app.event(), DeliveryEvent::Sent(receipt) if receipt.id == id));
}

/// An app with an older log of some 1.5 MB when it is compressed, and a newer, small one.
fn with_logs(endpoint: &str, folder: &Path) -> App {
    let logs = folder.join("logs");
    fs::create_dir(&logs).unwrap();
    let letter = |byte: &u8| char::from(b'a' + byte % 26);
    let letters: String = noise(3_000_000).iter().map(letter).collect();
    fs::write(logs.join("large.log"), letters).unwrap();
    let hour = SystemTime::now() - Duration::from_hours(1);
    let large = File::options().write(true).open(logs.join("large.log")).unwrap();
    large.set_modified(hour).unwrap();
    fs::write(logs.join("small.log"), "ready\n").unwrap();
    App::with(endpoint, |config| config.log(&logs))
}

/// A draft with a picture and so many files of 22 MB, of which memory holds three.
fn with_files(folder: &Path, files: usize) -> ReportDraft {
    let noise = noise(22_000_000);
    let mut draft = ReportDraft::new("sacred text");
    for file in 1..=files {
        let path = folder.join(format!("{file}.zip"));
        fs::write(&path, &noise).unwrap();
        draft.attachments.push(path.into());
    }
    let picture = Picture::from_rgba(20, 10, noise[..800].to_vec());
    draft.pictures.push(picture.unwrap());
    draft
}

fn paths(report: &Report) -> Vec<&str> {
    report.evidence().iter().map(ReportFile::path).collect()
}

#[test]
fn without_a_disk_memory_is_not_filled_and_the_oldest_logs_go_first() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let app = with_logs(&receiver.url(), folder.path());
    fs::write(&app.spool, "a file in the folder's place").unwrap();
    let report = app.client.prepare(with_files(folder.path(), 4)).wait().unwrap();
    assert_eq!(
        paths(&report),
        [
            "system.json",
            "logs/small.log",
            "screenshots/1.png",
            "attachments/1.zip",
            "attachments/2.zip",
            "attachments/3.zip",
        ]
    );
    let large = report.gaps().iter().find(|gap| gap.what == "log large.log");
    assert_eq!(large.unwrap().why, GapReason::NoDisk);
    let untaken = (folder.path().join("4.zip"), AttachmentProblem::NoRoom);
    assert_eq!(report.attachment_problems(), [untaken]);

    let id = app.client.send_unstored(report).wait().unwrap();
    assert!(matches!(app.event(), DeliveryEvent::Sent(receipt) if receipt.id == id));
}

/// On Windows the folder cannot be taken away while evidence lies in it.
#[cfg(unix)]
#[test]
fn evidence_that_memory_has_no_room_for_stays_behind_when_its_report_has_no_disk() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let app = with_logs(&receiver.url(), folder.path());
    let mut draft = with_files(folder.path(), 4);
    draft.pictures.clear();
    let report = app.client.prepare(draft).wait().unwrap();
    assert_eq!(
        paths(&report).len(),
        7,
        "there is a disk yet: {:?}",
        report.gaps()
    );
    fs::remove_dir_all(&app.spool).unwrap();
    fs::write(&app.spool, "a file in the folder's place").unwrap();
    app.client.submit(report.clone()).wait().unwrap_err();
    let id = app.client.send_unstored(report).wait().unwrap();
    let DeliveryEvent::Fitted { id: fitted, left_out } = app.event() else {
        panic!("it does not all fit into memory");
    };
    let what: Vec<&str> = left_out.iter().map(|gap| gap.what.as_str()).collect();
    assert_eq!(
        (fitted, &*what),
        (id, &["logs/large.log", "logs/small.log", "attachments/1.zip"][..])
    );
    assert!(matches!(app.event(), DeliveryEvent::Sent(receipt) if receipt.id == id));
}
