//! Guards promise 1 against limits: a report never fails because it is too large. It goes smaller, under
//! the same id, and says what it goes without.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use feedback_sdk::testing::{Receiver, Reply, with_system_facts};
use feedback_sdk::{DeliveryEvent, Gap, Picture, ReportDraft, SystemInfo};
use serde_json::{Value, json};

use super::support::{App, PATIENCE, noise};

/// A receiver that takes requests of at most `limit` bytes, and says so or not.
fn strict(limit: u64, tells: bool) -> Receiver {
    Receiver::start(move |request| {
        let length: u64 = request.headers["content-length"].parse().unwrap();
        match (length > limit, tells) {
            (false, _) => Reply::RECEIPT,
            (true, true) => Reply::Answer(413, "", format!(r#"{{"title":"too large","max_bytes":{limit}}}"#)),
            (true, false) => Reply::Answer(413, "", "<html>413 Request Entity Too Large</html>".to_owned()),
        }
    })
    .unwrap()
}

/// A log, a picture and two attachments, about 4 MB of them incompressible.
fn send_large(app: &App) -> (String, Vec<Gap>) {
    let path = |name: &str| app.spool.with_file_name(name);
    std::fs::write(path("small.bin"), noise(300_000)).unwrap();
    std::fs::write(path("large.bin"), noise(2_000_000)).unwrap();
    let mut draft = ReportDraft::new("It is slow.");
    draft.attachments = vec![path("small.bin").into(), path("large.bin").into()];
    draft
        .pictures
        .push(Picture::from_rgba(1000, 400, noise(1_600_000)).unwrap());
    let report = app.client.prepare(draft).wait().unwrap();
    let id = app.client.submit(report).wait().unwrap();
    let mut left_out = Vec::new();
    loop {
        match app.event() {
            DeliveryEvent::Fitted { left_out: files, .. } => left_out = files,
            DeliveryEvent::Sent(receipt) => {
                assert_eq!(receipt.id, id);
                return (id.to_string(), left_out);
            }
            DeliveryEvent::Stored { .. } => {}
            other => panic!("{other:?}"),
        }
    }
}

fn app(receiver: &Receiver) -> App {
    App::new(&receiver.url())
}

#[test]
fn what_the_server_says_it_takes_shapes_the_report() {
    let receiver = strict(1_000_000, true);
    let app = app(&receiver);
    let limit = || {
        let report = app.client.prepare(ReportDraft::new("x")).wait().unwrap();
        report.limit()
    };
    assert_eq!(limit(), None, "nobody is asked before a report is sent");
    let (id, left_out) = send_large(&app);
    assert!((950_000..1_000_000).contains(&limit().unwrap()));
    let what: Vec<&str> = left_out.iter().map(|gap| gap.what.as_str()).collect();
    assert_eq!(
        what,
        ["screenshots/1.png", "attachments/large.bin"],
        "{left_out:?}"
    );

    let refused = receiver.next_within(PATIENCE).unwrap();
    let taken = receiver.next_within(PATIENCE).unwrap();
    assert_eq!((refused.id(), taken.id()), (id.as_str(), id.as_str()));
    assert!(taken.bundle.len() < 1_000_000);
    let manifest: Value = serde_json::from_slice(&taken.manifest).unwrap();
    assert_eq!(manifest["message"], "It is slow.");
    assert!(
        manifest["gaps"].to_string().contains("attachments/large.bin"),
        "{manifest:#}"
    );
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&taken.bundle)).unwrap();
    let text = std::io::read_to_string(zip.by_name("message.txt").unwrap()).unwrap();
    assert!(
        text.contains("Missing: attachments/large.bin (left out to fit what the server takes)"),
        "{text}"
    );
    assert_eq!(
        std::io::copy(
            &mut zip.by_name("attachments/small.bin").unwrap(),
            &mut std::io::sink()
        )
        .unwrap(),
        300_000
    );
    assert!(app.client.waiting().wait().unwrap().is_empty());
}

#[test]
fn beside_a_long_text_no_more_goes_than_has_to() {
    let receiver = strict(2_000_000, true);
    let app = app(&receiver);
    let mut draft = ReportDraft::new("word ".repeat(200_000)); // in a form once more, not compressed
    for (name, bytes) in [("1.bin", 400_000), ("2.bin", 500_000), ("3.bin", 700_000)] {
        let path = app.spool.with_file_name(name);
        std::fs::write(&path, noise(bytes)).unwrap();
        draft.attachments.push(path.into());
    }
    let report = app.client.prepare(draft).wait().unwrap();
    app.client.submit(report).wait().unwrap();
    assert!(matches!(app.event(), DeliveryEvent::Stored { .. }));
    let DeliveryEvent::Fitted { left_out, .. } = app.event() else {
        panic!("it is not made to fit")
    };
    let what: Vec<&str> = left_out.iter().map(|gap| gap.what.as_str()).collect();
    assert_eq!(what, ["attachments/3.bin"], "{left_out:?}");
    assert!(matches!(app.event(), DeliveryEvent::Sent(_)));
    let limit = app.prepare("x").limit().unwrap();
    assert!(limit > 1_900_000, "{limit}: another report has another text");
}

#[test]
fn a_proxy_that_only_says_no_is_met_by_halving() {
    let receiver = strict(1_000_000, false);
    let app = app(&receiver);
    let (_, left_out) = send_large(&app);
    assert!(!left_out.is_empty());
    let mut sizes = Vec::new();
    while let Some(request) = receiver.next_within(std::time::Duration::ZERO) {
        sizes.push(request.bundle.len());
    }
    assert!(sizes.windows(2).all(|pair| pair[1] <= pair[0] / 2), "{sizes:?}");
    assert!(*sizes.last().unwrap() < 1_000_000, "{sizes:?}");
}

#[test]
fn the_limit_is_remembered_for_the_next_report() {
    let requests = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&requests);
    let receiver = Receiver::start(move |request| {
        count.fetch_add(1, Ordering::Relaxed);
        let length: u64 = request.headers["content-length"].parse().unwrap();
        if length > 1_000_000 {
            Reply::Answer(413, "", r#"{"max_bytes":1000000}"#.to_owned())
        } else {
            Reply::RECEIPT
        }
    })
    .unwrap();
    let app = app(&receiver);
    send_large(&app);
    assert_eq!(requests.load(Ordering::Relaxed), 2);
    send_large(&app);
    assert_eq!(
        requests.load(Ordering::Relaxed),
        3,
        "the second report was not sent too large first"
    );
}

#[test]
fn a_bundle_under_the_name_of_another_is_not_made_to_fit_either() {
    let receiver = strict(1_000_000, true);
    let app = app(&receiver);
    send_large(&app);
    // As if someone had renamed it.
    let stranger = App::with(&receiver.url(), |config| config.deliver(false));
    let mut draft = ReportDraft::new("It is slow.");
    draft.attachments = vec![app.spool.with_file_name("large.bin").into()];
    let report = stranger.client.prepare(draft).wait().unwrap();
    let id = stranger.client.submit(report).wait().unwrap().to_string();
    let other = stranger.prepare("x").id();
    let file = std::fs::read_dir(&stranger.spool).unwrap().flatten();
    let file = file.map(|file| file.path()).find(|path| path.is_file()).unwrap();
    let name = file
        .file_name()
        .unwrap()
        .to_string_lossy()
        .replace(&id, &other.to_string());
    std::fs::copy(file, app.spool.join(name)).unwrap();
    drop(app.client.flush(PATIENCE));
    assert_eq!(app.event(), DeliveryEvent::Damaged(other));
}

#[test]
fn a_report_of_words_alone_that_is_too_large_is_kept_and_told() {
    let receiver = Receiver::start(|_| Reply::Answer(413, "", String::new())).unwrap();
    let app = app(&receiver);
    app.client.submit(app.prepare("only words")).wait().unwrap();
    app.event();
    assert!(matches!(app.event(), DeliveryEvent::Refused { status: 413, .. }));
    assert_eq!(app.client.waiting().wait().unwrap().len(), 1);
}

#[test]
fn old_log_lines_go_first() {
    let receiver = strict(200_000, true);
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    let lines: Vec<String> = noise(300_000)
        .chunks(30)
        .enumerate()
        .map(|(n, bytes)| format!("{n} {bytes:x?}\n"))
        .collect();
    std::fs::write(&log, lines.concat()).unwrap();
    let app = App::with(&receiver.url(), |config| config.log(&log));
    let mut draft = ReportDraft::new("x");
    let attached = app.spool.with_file_name("small.bin");
    std::fs::write(&attached, noise(20_000)).unwrap();
    draft.attachments.push(attached.into());
    let report = app.client.prepare(draft).wait().unwrap();
    app.client.submit(report).wait().unwrap();
    receiver.next_within(PATIENCE).unwrap();
    let taken = receiver.next_within(PATIENCE).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&taken.bundle)).unwrap();
    assert!(zip.by_name("attachments/small.bin").is_ok());
    let text = std::io::read_to_string(zip.by_name("logs/app.log").unwrap()).unwrap();
    assert!(text.starts_with("[feedback: "), "{}", &text[..80]);
    assert!(text.ends_with(lines.last().unwrap()));
    let manifest: Value = serde_json::from_slice(&taken.manifest).unwrap();
    let entry = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .find(|file| file["kind"] == "log")
        .unwrap();
    assert_eq!(entry["cut"], "head");
    assert_eq!(entry["original_bytes"], lines.concat().len());
    assert!(
        taken.bundle.len() > 100_000,
        "more than needed was cut: {}",
        taken.bundle.len()
    );
}

#[test]
fn facts_that_were_left_out_do_not_come_back_in_a_smaller_report() {
    let receiver = strict(200_000, true);
    let mut facts = SystemInfo::default();
    facts.cpu = Some("a fast one".to_owned());
    facts.locale = Some("de-CH".to_owned());
    let app = App::with(&receiver.url(), |config| {
        with_system_facts(config, facts).context("plan", "free")
    });
    let attached = app.spool.with_file_name("large.bin");
    std::fs::write(&attached, noise(300_000)).unwrap();
    for leave_out in [true, false] {
        let mut draft = ReportDraft::new("x");
        draft.attachments.push(attached.clone().into());
        let mut report = app.client.prepare(draft).wait().unwrap();
        assert!(report.leave_out("system.json", leave_out));
        let whole: Value = serde_json::from_slice(&report.manifest().unwrap()).unwrap();
        app.client.submit(report).wait().unwrap();
        while !matches!(app.event(), DeliveryEvent::Sent(_)) {}
        let mut arrived = None;
        while let Some(request) = receiver.next_within(std::time::Duration::ZERO) {
            arrived = Some(request);
        }
        let arrived: Value = serde_json::from_slice(&arrived.unwrap().manifest).unwrap();
        for name in ["system", "context", "locale"] {
            assert_eq!(arrived[name], whole[name]);
        }
        let locale = (!leave_out).then_some("de-CH");
        assert_eq!(arrived["locale"], json!(locale));
        assert_eq!(arrived["system"] == json!({}), leave_out);
        assert_eq!(arrived["files"].to_string().contains("system.json"), !leave_out);
        let gaps = arrived["gaps"].as_array().unwrap();
        let of_facts = gaps.iter().filter(|gap| gap["what"] == "system.json");
        assert_eq!(of_facts.count(), usize::from(leave_out));
    }
}
