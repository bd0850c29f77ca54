//! Guards promise 2: of any report, however the person and the app have changed it, the hash, the sizes and the files that
//! are shown are those that arrive.

use std::error::Error;
use std::io::{Cursor, Read as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};

use fastrand::Rng;
use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{
    Attachment, Collected, Collector, Crash, DeliveryEvent, LogRing, Picture, Report, ReportDraft, Review,
    Verdict,
};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::crash::remembered;
use super::support::{App, PATIENCE, noise};

/// A report of any size and with anything in it, of which the person leaves some out.
fn any_report(app: &App, folder: &std::path::Path, crash: &Crash, dice: &mut Rng) -> Report {
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
    let photo = include_bytes!("../data/photos/on_its_side.jpg").to_vec();
    let chunk = |kind: &[u8]| [&[0, 0, 0, 4], kind, b"seed", &[0; 4]].concat();
    let picture = [b"\x89PNG\r\n\x1a\n", &chunk(b"IDAT")[..], &chunk(b"tEXt")].concat();
    for (name, content) in [
        ("a.txt", text.into_bytes()),
        ("b.bin", noise(dice.usize(bytes / 2..bytes))),
        ("c.txt", utf_16),
        ("d.jpg", photo),
        ("e.png", picture),
    ] {
        let path = folder.join(name);
        match dice.usize(..4) {
            0 => draft.attachments.push(Attachment::as_it_is(&path)),
            1 => draft.attachments.push(path.as_path().into()),
            _ => continue,
        }
        std::fs::write(&path, content).unwrap();
    }
    if dice.usize(..3) == 0 {
        draft
            .context
            .push(("asked by".to_owned(), "a@b.example".to_owned()));
        app.client.breadcrumb("asked a@b.example");
        app.client
            .set_context("number of a@b.example", format!("{}", dice.u8(..)));
    }
    if dice.usize(..4) == 0 {
        let dump = folder.join("native.dmp");
        std::fs::write(&dump, noise(500)).unwrap();
        draft.crash = Some(crash.clone().with_dump(dump));
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
    let crash = remembered();
    let (mut left_out, mut crashed) = (0, 0);
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
        let report = any_report(&app, folder.path(), &crash, &mut dice);
        let files = report.files();
        crashed += usize::from(files.iter().any(|file| file.path() == "logs/crash.txt"));
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
    assert!(crashed > 50, "{crashed} reports had the record of a crash");
}
