//! Guards promise 2: what the report lists is what arrives, byte for byte, and nothing leaves
//! before it is submitted.

use std::io::{Cursor, Read as _};

use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{FileKind, FileLeftOut, GapReason, Monitor, Picture, Report, ReportDraft, ReportFile};
use serde_json::{Value, json};

use super::support::{App, PATIENCE};

fn full_report(app: &App) -> Report {
    let attachment = app.spool.with_file_name("отчёт за май 日本.csv");
    std::fs::write(&attachment, "a;b\n1;2\n").unwrap();
    let mut draft = ReportDraft::new("Ничего не работает.\nmail me: anna@example.org");
    draft.reply_to = Some(" anna@example.org ".into());
    draft.attachments.push(attachment.into());
    draft
        .pictures
        .push(Picture::from_rgba(2, 1, vec![255, 0, 0, 255, 0, 0, 255, 255]).unwrap());
    draft
        .context
        .push(("document".into(), "owned by maria@example.org".into()));
    app.client.prepare(draft).wait().unwrap()
}

fn app(receiver: &Receiver) -> App {
    App::with(&receiver.url(), |config| {
        config.log(format!(
            "{}/feedback-test-no-such.log",
            std::env::temp_dir().display()
        ))
    })
}

#[test]
fn the_zip_holds_the_listed_files_and_no_others() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = app(&receiver);
    let mut report = full_report(&app);
    report.set_message("Edited after preparing.");
    let shown = report.files();
    app.client.submit(report).wait().unwrap();

    let request = receiver.next_within(PATIENCE).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(&request.bundle)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(
        names,
        [
            "report.json",
            "message.txt",
            "system.json",
            "screenshots/1.png",
            "attachments/отчёт за май 日本.csv"
        ]
    );
    assert_eq!(
        shown
            .iter()
            .map(|file| file.path().to_owned())
            .collect::<Vec<_>>(),
        names[1..]
    );
    let manifest: Value = serde_json::from_slice(&request.manifest).unwrap();
    for (file, entry) in shown.iter().zip(manifest["files"].as_array().unwrap()) {
        let mut bytes = Vec::new();
        let mut packed = zip.by_name(file.path()).unwrap();
        assert_eq!(packed.compression(), zip::CompressionMethod::Deflated);
        packed.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, file.content().unwrap(), "{}", file.path());
        assert_eq!(entry["path"], file.path());
        assert_eq!(entry["bytes"], file.content().unwrap().len());
        assert_eq!(entry["sha256"], file.sha256());
    }
    let mut inside = Vec::new();
    zip.by_name("report.json")
        .unwrap()
        .read_to_end(&mut inside)
        .unwrap();
    assert_eq!(inside, request.manifest);
    assert_eq!(manifest["message"], "Edited after preparing.");
    assert_eq!(manifest["reply_to"], "anna@example.org");
    assert_eq!(manifest["context"]["document"], "owned by [email-1]");
    assert_eq!(manifest["gaps"][0]["what"], "log feedback-test-no-such.log");
    assert!(manifest["crash"].is_null());
}

#[test]
fn what_a_host_prints_for_itself_holds_no_words_of_the_person() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = app(&receiver);
    let mut draft = ReportDraft::new("Ничего не работает");
    draft.reply_to = Some("anna@example.org".into());
    let printed = format!("{draft:?} {:?}", full_report(&app));
    for word in ["работает", "anna", "csv"] {
        assert!(!printed.contains(word), "{printed}");
    }
}

#[test]
fn the_persons_own_words_are_never_masked() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = app(&receiver);
    let report = full_report(&app);
    let message = report
        .files()
        .into_iter()
        .find(|file| file.kind() == FileKind::Message)
        .unwrap();
    let text = String::from_utf8(message.content().unwrap()).unwrap();
    assert!(
        text.starts_with("Ничего не работает.\nmail me: anna@example.org\n"),
        "{text}"
    );
}

#[test]
fn nothing_leaves_and_nothing_is_written_before_submit() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = app(&receiver);
    let report = full_report(&app);
    assert!(!report.evidence().is_empty());
    assert!(!app.spool.exists());
    // The first to arrive is the first that was submitted.
    let id = app.client.submit(app.prepare("submitted")).wait().unwrap();
    assert_eq!(receiver.next_within(PATIENCE).unwrap().id(), id.to_string());
}

#[test]
fn a_saved_file_is_what_would_be_sent() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = app(&receiver);
    let report = full_report(&app);
    let to = app.spool.with_file_name("saved.zip");
    app.client.save(report.clone(), &to).wait().unwrap();
    app.client.submit(report).wait().unwrap();
    assert_eq!(
        std::fs::read(to).unwrap(),
        receiver.next_within(PATIENCE).unwrap().bundle
    );
}

#[test]
fn secrets_in_logs_reach_neither_disk_nor_network() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    std::fs::write(
        &log,
        "GET /x Authorization: Bearer s3cr3t-t0ken\nuser maria@example.org in /home/maria/x\n",
    )
    .unwrap();
    let app = App::with(&receiver.url(), |config| config.log(&log).deliver(false));
    app.client.submit(app.prepare("x")).wait().unwrap();
    let entry = std::fs::read_dir(&app.spool)
        .unwrap()
        .flatten()
        .find(|item| item.path().is_file())
        .unwrap();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(entry.path()).unwrap()).unwrap();
    let mut seen = String::new();
    for index in 0..zip.len() {
        zip.by_index(index).unwrap().read_to_string(&mut seen).unwrap();
    }
    for secret in ["s3cr3t", "maria"] {
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
    assert!(
        seen.contains("Bearer [token-1]\nuser [email-1] in /home/[user-1]/x"),
        "{seen}"
    );
}

#[test]
fn what_the_person_leaves_out_is_named_and_not_counted() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    std::fs::write(&log, "a@b.example\n").unwrap();
    let app = App::with(&receiver.url(), |config| config.log(&log));
    let mut report = app.prepare("x");
    assert!(!report.leave_out("logs/other.log", true));
    assert!(report.leave_out("logs/app.log", true));
    assert!(report.evidence()[1].is_left_out());
    assert_eq!(report.gaps()[0].why, GapReason::LeftOut);
    assert!(report.masked().is_empty());
    assert!(report.files().iter().all(|file| file.kind() != FileKind::Log));

    assert!(report.leave_out("logs/app.log", false));
    assert!(report.gaps().is_empty());
    assert_eq!(report.masked()["email"], 1);
}

/// The paths of what is left out of a report of this draft, in order.
fn off(app: &App, draft: ReportDraft) -> Vec<String> {
    let report = app.client.prepare(draft).wait().unwrap();
    let off = report.evidence().iter().filter(|file| file.is_left_out());
    let mut off: Vec<String> = off.map(|file| file.path().to_owned()).collect();
    off.sort_unstable();
    off
}

/// A draft that an app has kept, in which these files were switched off.
fn kept(app: &App, is_off: impl Fn(&ReportFile) -> bool) -> ReportDraft {
    let report = app.prepare("x");
    let off = report.evidence().iter().filter(|file| is_off(file));
    let mut draft = ReportDraft::new("x");
    draft.left_out = off.map(FileLeftOut::from).collect();
    assert_eq!(draft.left_out.len(), 1);
    draft
}

#[test]
fn a_log_that_is_off_stays_off_when_it_has_grown_and_is_rotated_away() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let [log, older, oldest] = ["app.log", "app.log.1", "app.log.2"].map(|name| folder.path().join(name));
    std::fs::write(&log, "monday\n").unwrap();
    std::fs::write(&older, "sunday\n").unwrap();
    let app = App::with(&receiver.url(), |config| config.log(&log));
    let all_off = kept(&app, |file| file.path() == "logs/app.log");
    let older_off = kept(&app, |file| file.path() == "logs/app.log.1");
    std::fs::rename(&older, &oldest).unwrap();
    std::fs::write(&older, "monday\nthe app ends\n").unwrap();
    std::fs::write(&log, "tuesday\n").unwrap();
    assert_eq!(
        off(&app, all_off),
        ["logs/app.log", "logs/app.log.1", "logs/app.log.2"]
    );
    assert_eq!(
        off(&app, older_off),
        ["logs/app.log.1", "logs/app.log.2"],
        "the newest has nothing of it"
    );
}

#[test]
fn of_two_logs_of_one_name_the_one_that_is_off_stays_off_and_the_other_on() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let [main, gpu] = ["anna@example.org", "bernd@example.org"].map(|name| folder.path().join(name));
    let write = |folder: &std::path::Path, text: &str| {
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join("now.log"), text).unwrap();
    };
    write(&main, "alike\n");
    write(&gpu, "alike\n");
    let app = App::with(&receiver.url(), |config| {
        config.log(main.join("now.log")).log(gpu.join("now.log"))
    });
    let is_of_main = |file: &ReportFile| file.path() == "logs/[email-1]-now.log";
    let draft = kept(&app, is_of_main);
    let before = off(&app, draft.clone());
    assert_eq!(before.len(), 1);
    write(&main, "main\n");
    write(&gpu, "gpu\n");
    let report = app.client.prepare(draft).wait().unwrap();
    let text = |file: &&ReportFile| file.kind() == FileKind::Log;
    let logs = report.evidence().iter().filter(text);
    for log in logs {
        let is_main = log.content().unwrap() == b"main\n";
        assert_eq!(log.is_left_out(), is_main, "{}", log.path());
    }
}

#[test]
fn a_draft_that_an_earlier_version_has_kept_leaves_out_by_path_and_by_content() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (log, older) = (folder.path().join("app.log"), folder.path().join("app.log.1"));
    std::fs::write(&log, "monday\n").unwrap();
    let app = App::with(&receiver.url(), |config| config.log(&log).log(&older));
    let mut draft = kept(&app, |file| file.path() == "logs/app.log");
    draft.left_out[0].origin.clear();
    std::fs::rename(&log, &older).unwrap();
    std::fs::write(&log, "tuesday\n").unwrap();
    assert_eq!(off(&app, draft), ["logs/app.log", "logs/app.log.1"]);
}

/// A report of an app that knows more of the machine than the machine tells, and of a person.
fn report_with_facts(app: &App) -> Report {
    app.client.set_context("document", "owned by maria@example.org");
    let mut draft = ReportDraft::new("x");
    draft.display_scale = Some(1.1);
    draft.monitors = vec![Monitor {
        width: 4321,
        height: 1234,
        scale: None,
    }];
    app.client.prepare(draft).wait().unwrap()
}

#[test]
fn facts_that_the_person_leaves_out_stand_nowhere_in_what_arrives() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::new(&receiver.url());
    let mut report = report_with_facts(&app);
    let with_facts = report.manifest().unwrap();
    let file = report.evidence()[0].content().unwrap();
    let file: Value = serde_json::from_slice(&file).unwrap();
    assert_eq!(file["system"]["display_scale"], json!(1.1), "as in the manifest");
    assert!(report.leave_out("system.json", true));
    assert!(report.masked().is_empty(), "nothing masked is in it");
    assert!(report.leave_out("system.json", false));
    assert_eq!(report.manifest().unwrap(), with_facts);
    assert_eq!(report.masked()["email"], 1);

    assert!(report.leave_out("system.json", true));
    app.client.submit(report.clone()).wait().unwrap();
    let arrived = receiver.next_within(PATIENCE).unwrap();
    let manifest: Value = serde_json::from_slice(&arrived.manifest).unwrap();
    for name in ["system", "context"] {
        assert_eq!(manifest[name], json!({}));
    }
    let gap = json!({ "what": "system.json", "why": "left out by the person" });
    assert!(manifest["gaps"].as_array().unwrap().contains(&gap));
    assert_eq!(manifest["app"], json!({ "name": "Notes", "version": "1.4.0" }));
    assert_eq!(manifest["locale"], Value::Null, "a fact as the others");

    let mut zip = zip::ZipArchive::new(Cursor::new(&arrived.bundle)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names, ["report.json", "message.txt"]);
    let mut all = String::new();
    for index in 0..zip.len() {
        zip.by_index(index).unwrap().read_to_string(&mut all).unwrap();
    }
    for fact in ["1.1,", "4321", "document", "[email-1]"] {
        assert!(String::from_utf8_lossy(&with_facts).contains(fact), "{fact}");
        assert!(!all.contains(fact), "{fact} in {all}");
    }
}
