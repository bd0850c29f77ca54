//! Guards "what you see is what is sent": the list names every file, its size, what was hidden and
//! what is missing, and that report is the one that leaves.

use std::path::Path;

use egui::accesskit::Live;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use feedback_sdk::{Attachment, Crash, FeedbackConfig, Picture, ReportDraft, install_panic_hook};
use serde_json::json;

use super::held::held;
use super::receiver::{Answer, Receiver};
use super::stage::Stage;

#[test]
fn the_list_is_what_arrives() {
    let receiver = Receiver::new(Answer::Receipt("FB-5"));
    let logs = tempfile::tempdir().unwrap();
    let log = logs.path().join("app.log");
    std::fs::write(&log, "mail from a@example.org\nmail from b@example.org\n").unwrap();
    let missing = logs.path().join("missing.log");
    let mut stage = Stage::with(
        &receiver.endpoint,
        |config| config.log(&log).log(&missing),
        Harness::builder().with_size([800.0, 900.0]),
    );
    stage.click("Write to us…");
    stage.write("The export is empty");
    assert!(!stage.sees("message.txt"), "closed at first");
    stage.click("What will be sent");
    stage.wait_for("logs/app.log");
    assert!(stage.sees("2 e-mail addresses were hidden"));
    assert!(stage.sees("Missing: log missing.log – not found"));
    assert!(stage.sees("when compressed"));

    // A change of what is attached shows; so does a change of the words.
    let path = stage.file("report.txt", &[b'x'; 1234]);
    stage.app().dialog.attach(path);
    stage.wait_for("attachments/report.txt");
    let before = stage.size_of("message.txt");
    stage.click("Your message");
    stage.write(" and so is the import, of all things");
    assert_ne!(stage.size_of("message.txt"), before);
    let before = stage.size_of("message.txt");
    stage.click("Your e-mail, if you want an answer");
    stage.write("anna@example.org");
    assert_ne!(stage.size_of("message.txt"), before);

    // The log grows: what was shown is what is sent.
    std::fs::write(&log, "and much, much more\n".repeat(1000)).unwrap();
    let shown: Vec<(String, String)> = [
        "message.txt",
        "system.json",
        "logs/app.log",
        "attachments/report.txt",
    ]
    .map(|path| (path.to_owned(), stage.size_of(path)))
    .into();
    stage.click("Send");
    stage.wait_for("FB-5");
    let arrived = receiver.arrived(); // the first: looking has sent nothing
    let sent: Vec<(String, String)> = arrived
        .files()
        .into_iter()
        .map(|(path, bytes)| (path, human(bytes)))
        .collect();
    assert_eq!(sent, shown);
    let message = arrived.manifest["message"].as_str().unwrap();
    assert!(message.contains("of all things"), "{message}");
}

#[test]
fn what_was_shown_is_sent_until_the_dialog_closes() {
    let receiver = Receiver::new(Answer::Receipt("FB-6"));
    let logs = tempfile::tempdir().unwrap();
    let log = logs.path().join("app.log");
    std::fs::write(&log, "one\n").unwrap();
    let mut stage = Stage::with(&receiver.endpoint, |config| config.log(&log), Harness::builder());
    stage.click("Write to us…");
    stage.write("x");
    stage.click("What will be sent");
    stage.wait_for("logs/app.log");
    stage.click("What will be sent");
    assert!(!stage.sees("logs/app.log"));
    std::fs::write(&log, "one\ntwo\nthree\n").unwrap();
    stage.click("Send");
    stage.wait_for("FB-6");
    let files = receiver.arrived().files();
    assert!(files.contains(&("logs/app.log".to_owned(), 4)), "{files:?}");

    // The next report has the newest lines.
    stage.click("Close");
    stage.click("Write to us…");
    stage.write("y");
    stage.click("Send");
    stage.wait_for("FB-6");
    let files = receiver.arrived().files();
    assert!(files.contains(&("logs/app.log".to_owned(), 14)), "{files:?}");
}

/// What is read of a file of the list behind its name and its size, to the switch of the next or the size of all.
fn notes(stage: &Stage, path: &str) -> Vec<String> {
    let mut labels = stage.labels();
    labels.dedup(); // each stands there once more, as its letters
    let labels = labels.into_iter().skip_while(|label| label != path).skip(2);
    let is_next = |label: &String| label.starts_with("Send ") || label.starts_with("about ");
    labels.take_while(|label| !is_next(label)).collect()
}

#[test]
fn what_is_sent_as_it_is_says_so_below_its_name() {
    let logs = tempfile::tempdir().unwrap();
    let log = logs.path().join("app.log");
    std::fs::write(&log, "started\n").unwrap();
    let mut stage = Stage::with(
        &Receiver::nowhere(),
        |config| config.log(&log),
        Harness::builder().with_size([800.0, 1200.0]),
    );
    stage.click("Write to us…");
    let secret = stage.file("secret.txt", b"password=hunter2");
    let files = [
        stage.file("plain.txt", b"nothing private").into(),
        stage
            .file("photos.zip", b"PK\x03\x04\0\x01\x02 anna@example.org")
            .into(),
        Attachment::as_it_is(secret),
    ];
    stage.app().dialog.prefill(ReportDraft {
        attachments: files.into(),
        pictures: vec![Picture::from_rgba(1, 1, vec![9; 4]).unwrap()],
        ..ReportDraft::new("x")
    });
    stage.harness.run();
    stage.click("What will be sent");
    stage.wait_for("Copy ");
    let note = "sent as it is: nothing in it is hidden automatically";
    assert_eq!(notes(&stage, "screenshots/1.png"), [note]);
    assert_eq!(notes(&stage, "attachments/photos.zip"), [note]);
    let (path, choice) = ("attachments/secret.txt", "Hide nothing in attachments/secret.txt");
    assert_eq!(notes(&stage, path), [note, choice]);
    for path in [
        "message.txt",
        "system.json",
        "logs/app.log",
        "attachments/plain.txt",
    ] {
        assert_eq!(notes(&stage, path), [""; 0], "{path}");
    }

    stage.click(choice);
    stage.wait_until("its mask", |stage| {
        notes(stage, path) == ["1 password or secret was hidden", choice]
    });
    stage.click("Send attachments/photos.zip");
    assert_eq!(notes(&stage, "attachments/photos.zip"), [""; 0], "it is not sent");
}

#[test]
fn a_photo_goes_as_what_is_seen_of_it_unless_the_person_wants_nothing_hidden() {
    let receiver = Receiver::new(Answer::Receipt("FB-9"));
    let mut stage = Stage::open(&receiver.endpoint);
    let seen = b"\xff\xda\0\x02pixels\xff\xd9";
    let photo = [b"\xff\xd8", &b"\xff\xfe\0\x14 52.5 N 13.4 E    "[..], seen].concat();
    let path = stage.file("IMG_0001.jpg", &photo);
    stage.app().dialog.attach(path);
    stage.harness.run();
    stage.click("What will be sent");
    stage.wait_for("Fingerprint");
    let (path, choice) = (
        "attachments/IMG_0001.jpg",
        "Hide nothing in attachments/IMG_0001.jpg",
    );
    let note = "sent without its details of place, time and device";
    assert_eq!(notes(&stage, path), [note, choice]);
    stage.reach(choice);
    let untouched = "sent as it is: nothing in it is hidden automatically";
    stage.wait_until("all of it", |stage| notes(stage, path) == [untouched, choice]);
    stage.reach(choice);
    stage.wait_until("what is seen", |stage| notes(stage, path) == [note, choice]);
    stage.click("Send");
    stage.wait_for("FB-9");
    assert_eq!(
        receiver.arrived().content(path),
        [b"\xff\xd8", &seen[..]].concat()
    );
}

/// A size below a megabyte, as the dialog writes it.
fn human(bytes: u64) -> String {
    if bytes < 1000 {
        format!("{bytes} bytes")
    } else {
        format!("{:.1} kB", bytes as f64 / 1000.0)
    }
}

#[test]
fn where_all_is_switched_off_there_is_nothing_to_send() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.attach("export.txt", b"hello");
    stage.harness.run();
    stage.click("What will be sent");
    stage.click_when_there("Send attachments/export.txt");
    assert!(!stage.is_enabled("Send") && !stage.is_enabled("Save a copy…"));
    stage.click("Send attachments/export.txt");
    assert!(stage.is_enabled("Send"));
    stage.click("Send attachments/export.txt");
    stage.click("Your message");
    stage.write("words");
    assert!(stage.is_enabled("Send"));
}

#[test]
fn what_was_switched_off_stays_off_where_an_app_keeps_the_draft_over_its_end() {
    let receiver = Receiver::new(Answer::Receipt("FB-6"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("words");
    stage.click("What will be sent");
    stage.click_when_there("Send system.json");
    let draft = stage.app().dialog.draft();

    let mut next = Stage::open(&receiver.endpoint);
    next.app().dialog.prefill(draft.clone());
    assert_eq!(next.app().dialog.draft(), draft);
    next.click("Send");
    next.wait_for("FB-6");
    let arrived = receiver.arrived();
    assert_eq!(arrived.manifest["message"], "words");
    assert!(!arrived.has("system.json"));
}

/// A run of the app before this one that panicked, as the SDK remembers it in this folder.
fn crash_in(folder: &Path) -> Crash {
    let at = "2026-11-22T16:12:38.123Z";
    let lines = [
        json!({ "started": { "at": at, "app_name": "Notes", "app_version": "1.3.9" } }),
        json!({ "panicked": { "at": at, "uptime": 1, "message": "no export" } }),
    ];
    std::fs::create_dir_all(folder.join("runs")).unwrap();
    let lines = lines.map(|line| line.to_string()).join("\n");
    std::fs::write(folder.join("runs/1.run"), lines).unwrap();
    let config = FeedbackConfig::new("https://example.com/x", "k", "Notes", "1.4.0").spool_dir(folder);
    let run = install_panic_hook(&config);
    run.crashed_last_run().unwrap().clone()
}

#[test]
fn where_a_crash_alone_is_switched_off_there_is_nothing_to_send() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.app().dialog.attach_crash(crash_in(folder.path()));
    stage.harness.run();
    assert!(stage.is_enabled("Send"));
    stage.click("What will be sent");
    stage.click_when_there("Send logs/crash.txt");
    assert!(!stage.is_enabled("Send") && !stage.is_enabled("Save a copy…"));
    stage.click("Send logs/crash.txt");
    assert!(stage.is_enabled("Send"));
}

/// What is collected anew only at Send.
#[test]
fn what_turns_out_to_be_switched_off_is_no_report() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.attach("export.txt", b"hello");
    stage.harness.run();
    stage.click("What will be sent");
    stage.click_when_there("Send attachments/export.txt");
    stage.click("What will be sent");
    let folder = stage.folder.path().to_owned();
    stage.app().dialog.attach(folder);
    stage.wait_for("This is not a file.");
    stage.click("Send");
    stage.wait_until("the form", |stage| {
        stage.is_there("What will be sent") && !stage.is_enabled("Send")
    });
    assert!(stage.app().sending.is_empty() && stage.app().not_stored.is_empty());
}

/// Its beginning is told as well.
#[test]
fn the_end_of_collecting_is_read_out_once() {
    let (release, hold) = held();
    let mut stage = Stage::with(&Receiver::nowhere(), hold, Harness::builder());
    stage.click("Write to us…");
    stage.write("x");
    stage.click("What will be sent");
    drop(release); // it is read out in a single frame, and a click may draw several
    let live = |stage: &Stage| {
        let total = stage.harness.query_by_label_contains("when compressed");
        total.map(|total| total.accesskit_node().live())
    };
    let mut told = None;
    stage.wait_until("the total", |stage| {
        told = told.or_else(|| live(stage));
        told.is_some()
    });
    assert_eq!(told, Some(Live::Polite));
    stage.write("and more");
    assert_eq!(live(&stage), Some(Live::Off), "not with each letter");
}
