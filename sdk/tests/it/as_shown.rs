//! Guards promise 2: what the report lists is what arrives, byte for byte, and nothing leaves
//! before it is submitted.

use std::error::Error;
use std::io::{Cursor, Read as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};

use fastrand::Rng;
use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{
    Collected, Collector, Crash, DeliveryEvent, FileKind, GapReason, LogRing, Monitor, Picture, Report,
    ReportDraft, Review, Verdict,
};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::support::{App, PATIENCE, noise};

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

/// A report of any size and with anything in it, of which the person leaves some out.
fn any_report(app: &App, folder: &std::path::Path, dice: &mut Rng) -> Report {
    let words = [
        "Всё пропало",
        "it ends",
        "日本語",
        "\n",
        "a@b.example",
        "<b>",
        "\0",
        " ",
    ];
    let message: Vec<&str> = (0..=dice.usize(..30))
        .map(|_| words[dice.usize(..words.len())])
        .collect();
    let mut draft = ReportDraft::new(format!("x{}", message.concat()));
    let text = "\u{feff}asked by a@b.example\n".repeat(dice.usize(1..200));
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // What is larger than 4 MiB waits on the disk.
    let bytes = if dice.usize(..20) == 0 { 5 << 20 } else { 20_000 };
    for (name, content) in [
        ("a.txt", text.into_bytes()),
        ("b.bin", noise(dice.usize(bytes / 2..bytes))),
        ("c.txt", utf_16),
    ] {
        if dice.usize(..2) == 0 {
            let path = folder.join(name);
            std::fs::write(&path, content).unwrap();
            draft.attachments.push(path.into());
        }
    }
    if dice.usize(..3) == 0 {
        draft
            .context
            .push(("asked by".to_owned(), "a@b.example".to_owned()));
        app.client.breadcrumb("asked a@b.example");
    }
    if dice.usize(..4) == 0 {
        let record = r#"{"app_version":"1.3","started_at":"2026-11-22T10:00:00Z","panic":null,"other_panics":0,"went_on":false}"#;
        let dump = folder.join("native.dmp");
        std::fs::write(&dump, noise(500)).unwrap();
        let crash: Crash = serde_json::from_str(record).unwrap();
        draft.crash = Some(crash.with_dump(dump));
    }
    let (width, height) = (1 + dice.usize(..30), 1 + dice.usize(..30));
    let pixels = noise(width * height * 4);
    let size = |side: usize| u32::try_from(side).unwrap();
    draft
        .pictures
        .extend(Picture::from_rgba(size(width), size(height), pixels));
    let mut report = app.client.prepare(draft).wait().unwrap();
    if dice.usize(..2) == 0 {
        report.set_reply_to(Some(words[dice.usize(..words.len())].to_owned()));
    }
    let paths: Vec<String> = report
        .evidence()
        .iter()
        .map(|file| file.path().to_owned())
        .collect();
    for path in paths {
        assert!(report.leave_out(&path, dice.usize(..3) == 0));
    }
    report
}

/// Tells something else each time.
struct Turns(AtomicUsize);

impl Collector for Turns {
    fn name(&self) -> &'static str {
        "turns"
    }

    fn collect(&self, to: &mut Collected) -> Result<(), Box<dyn Error + Send + Sync>> {
        let turn = self.0.fetch_add(1, Ordering::Relaxed);
        to.fact("turn", format!("{turn} of a@b.example"));
        to.text("turns.txt", "a@b.example\n".repeat(turn % 7));
        if turn.is_multiple_of(5) {
            Err("no more".into())
        } else {
            Ok(())
        }
    }
}

/// The app's own last look, which changes something now and then.
fn look(review: &mut Review) -> Verdict {
    match review.report().evidence().len() % 4 {
        0 => drop(review.remove_file("logs/turns.txt", "of no use to a@b.example")),
        1 => review.set_context("looked at by", "a@b.example"),
        2 => review.remove_crash(),
        _ => review.remove_context("turn"),
    }
    Verdict::Send
}

#[test]
fn the_hash_and_the_sizes_that_are_shown_are_of_the_bytes_that_arrive_a_thousand_times() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    let rotated = folder.path().join("app.log.1.gz");
    let ring = LogRing::with_capacity(4096);
    let logger = ring.logger(log::LevelFilter::Debug);
    let app = App::with(&receiver.url(), |config| {
        let config = config.log(&log).log_ring(&ring).before_send(look);
        config.collector(Turns(AtomicUsize::new(0)))
    });
    let mut dice = Rng::with_seed(20_261_122);
    let mut left_out = 0;
    for round in 0..1000 {
        std::fs::write(&log, "a@b.example asks\n".repeat(dice.usize(..1000))).unwrap();
        if dice.usize(..3) == 0 {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed
                .write_all(&"a@b.example asked\n".repeat(dice.usize(..1000)).into_bytes())
                .unwrap();
            std::fs::write(&rotated, packed.finish().unwrap()).unwrap();
        }
        let said = format_args!("a@b.example, round {round}");
        log::Log::log(&logger, &log::Record::builder().args(said).build());
        let report = any_report(&app, folder.path(), &mut dice);
        let files = report.files();
        left_out += 1 + report.evidence().len() - files.len();
        let shown: Vec<_> = files
            .iter()
            .map(|file| (file.path().to_owned(), file.content().unwrap()))
            .collect();
        // Nothing is read again: what it was read from is another thing, or none, from here on.
        for source in std::fs::read_dir(folder.path()).unwrap() {
            let source = source.unwrap().path();
            if dice.usize(..2) == 0 {
                std::fs::remove_file(source).unwrap();
            } else {
                std::fs::write(source, "changed").unwrap();
            }
        }
        let info = app.client.bundle_info(report.clone()).wait().unwrap();
        let manifest = report.manifest().unwrap();
        app.client.submit(report).wait().unwrap();
        let request = receiver.next_within(PATIENCE).unwrap();
        assert_eq!(request.sha256(), info.sha256, "round {round}");
        assert_eq!(request.bundle.len() as u64, info.bytes, "round {round}");
        assert_eq!(
            request.manifest.len() as u64,
            info.manifest_bytes,
            "round {round}"
        );
        assert_eq!(request.manifest, manifest, "round {round}");
        let listed: Value = serde_json::from_slice(&manifest).unwrap();
        let facts = shown.iter().find(|(path, _)| path == "system.json");
        let facts = facts.map_or_else(
            || json!({ "system": {}, "context": {} }),
            |(_, content)| serde_json::from_slice(content).unwrap(),
        );
        for name in ["system", "context"] {
            assert_eq!(listed[name], facts[name], "round {round}");
        }
        let mut zip = zip::ZipArchive::new(Cursor::new(&request.bundle)).unwrap();
        assert_eq!(zip.len(), shown.len() + 1, "round {round}");
        for (path, content) in &shown {
            let mut bytes = Vec::new();
            zip.by_name(path).unwrap().read_to_end(&mut bytes).unwrap();
            assert!(bytes == *content, "round {round}: {path}");
        }
        while !matches!(app.event(), DeliveryEvent::Sent(_)) {}
    }
    assert!(left_out > 500, "{left_out} files were left out");
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
