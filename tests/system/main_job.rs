//! Guards the main job: text, logs, picture and attachment arrive whole, byte for byte, and any
//! desktop's tools open them.

use std::ffi::OsStr;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::OnceLock;

use demo_app::guided;
use fastrand::Rng;
use feedback_tests::backlog::noise;
use feedback_tests::server::Server;
use feedback_tests::{feedback, tools};
use serde_json::Value;

/// What the demo app leaves behind when someone uses it: log files and pictures of its window.
struct Tour {
    folder: tempfile::TempDir,
    outcome: guided::Outcome,
}

/// One guided tour for all tests here: a process logs to one folder.
fn tour() -> &'static Tour {
    static TOUR: OnceLock<Tour> = OnceLock::new();
    TOUR.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let options = guided::Options {
            pictures: Some(folder.path().join("pictures")),
            logs: folder.path().join("logs"),
            ..guided::Options::default()
        };
        let outcome = guided::run(&options).unwrap();
        Tour { folder, outcome }
    })
}

#[test]
fn a_full_report_arrives_byte_for_byte() {
    let tour = tour();
    let logs = tour.folder.path().join("logs/*.log").display().to_string();
    let picture = &tour.outcome.album.pictures()[0];
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let server = Server::start(&folder.join("server"));
    let attachment = folder.join("отчёт за май — 日本語 (копия).bin");
    std::fs::write(&attachment, noise(&mut Rng::with_seed(1), 3_000_000)).unwrap();
    let message = "Не открывается файл.\n日本語のテキスト\n<script>alert(1)</script>";

    let sent = feedback::send(
        &server.endpoint(),
        &folder.join("spool"),
        [
            "--message".as_ref(),
            message.as_ref(),
            "--log".as_ref(),
            logs.as_ref(),
            "--attach".as_ref(),
            attachment.as_os_str(),
            "--screenshot".as_ref(),
            picture.as_os_str(),
            "--context".as_ref(),
            "plan=family".as_ref(),
            "--reply-to".as_ref(),
            "anna@example.org".as_ref(),
        ],
    );
    assert_eq!(sent.status, 0, "{}", sent.stderr);
    let id = sent.report()["id"].as_str().unwrap();
    assert_eq!(sent.report()["state"], "sent");

    let stored = &server.reports()[0];
    assert_eq!(stored["id"], id);
    assert_eq!(stored["number"], sent.report()["number"]);
    assert_eq!(stored["message"], message);
    assert_eq!(stored["bytes"], sent.report()["bytes"]);

    let bundle = server.bundle(id);
    assert_eq!(bundle.len() as u64, sent.report()["bytes"].as_u64().unwrap());
    let mut zip = zip::ZipArchive::new(Cursor::new(&bundle)).unwrap();
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let manifest: Value = serde_json::from_slice(&read("report.json")).unwrap();
    assert_eq!(manifest["context"]["plan"], "family");
    assert_eq!(manifest["reply_to"], "anna@example.org");
    assert_eq!(
        read("attachments/отчёт за май — 日本語 (копия).bin"),
        noise(&mut Rng::with_seed(1), 3_000_000)
    );
    assert_eq!(read("screenshots/1.png"), std::fs::read(picture).unwrap());
    assert!(read("message.txt").starts_with(message.as_bytes()));
    let logs: Vec<&Value> = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|file| file["kind"] == "log")
        .collect();
    assert!(!logs.is_empty(), "{manifest:#}");
    for log in logs {
        let text = String::from_utf8(read(log["path"].as_str().unwrap())).unwrap();
        assert!(text.contains("INFO"), "{text}");
    }
    opens_with_every_tool(folder, &bundle);
}

fn opens_with_every_tool(folder: &Path, bundle: &[u8]) {
    let zip = folder.join("bundle.zip");
    std::fs::write(&zip, bundle).unwrap();
    if let Some(mut unzip) = tools::find("unzip") {
        tools::run(
            unzip
                .arg("-q")
                .arg(&zip)
                .arg("-d")
                .arg(folder)
                .env("LC_ALL", "C.UTF-8"),
        );
        let name = "отчёт за май — 日本語 (копия).bin";
        assert!(folder.join("attachments").join(name).is_file());
    }
    if let Some(mut seven_zip) = tools::find("7zz") {
        tools::run(seven_zip.arg("t").arg(&zip));
    }
    if let Some(mut bsdtar) = tools::find("bsdtar") {
        let names = tools::run(bsdtar.arg("-tf").arg(&zip).env("LC_ALL", "C.UTF-8"));
        assert!(String::from_utf8_lossy(&names).contains("отчёт за май — 日本語 (копия).bin"));
    }
    if let Some(mut python) = tools::find("python3") {
        let code = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; \
                    assert all(i.compress_type == 8 for i in z.infolist()); print('\\n'.join(z.namelist()))";
        let names = tools::run(python.args(["-X", "utf8", "-c", code]).arg(&zip));
        assert!(String::from_utf8_lossy(&names).contains("attachments/отчёт за май — 日本語 (копия).bin"));
    }
}

#[test]
fn a_saved_file_holds_the_same_and_nothing_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let zip = folder.path().join("мой отчёт.zip");
    let saved = feedback::send(
        &server.endpoint(),
        &folder.path().join("spool"),
        [
            "--message".as_ref(),
            "x".as_ref(),
            "--save".as_ref(),
            zip.as_os_str(),
        ],
    );
    assert_eq!(saved.outcome(), (0, "saved"), "{}", saved.stderr);
    assert_eq!(
        std::fs::metadata(&zip).unwrap().len(),
        saved.report()["bytes"].as_u64().unwrap()
    );
    assert!(
        zip::ZipArchive::new(std::fs::File::open(&zip).unwrap())
            .unwrap()
            .by_name("report.json")
            .is_ok()
    );
    assert!(server.reports().is_empty());
    assert!(!folder.path().join("spool").exists());
}

#[test]
fn the_guided_run_sends_for_real_and_leaves_its_pictures() {
    let Tour { outcome, .. } = tour();
    assert!(outcome.arrived.number.starts_with("FB-"));
    let pictures = outcome.album.pictures();
    assert!(pictures.len() >= 7, "{pictures:?}");
    assert!(pictures.iter().all(|picture| picture.is_file()));
}

#[test]
fn missing_evidence_is_named_and_the_report_goes_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let server = Server::start(&path("server"));
    std::fs::write(path("empty.log"), "").unwrap();
    std::fs::write(path("photo.jpg"), b"\xff\xd8\xff\xe0\0\x10JFIF\0").unwrap();
    std::fs::create_dir(path("logs")).unwrap();
    let sent = feedback::send(
        &server.endpoint(),
        &path("spool"),
        [
            OsStr::new("--message"),
            "x".as_ref(),
            "--log".as_ref(),
            path("no-such.log").as_os_str(),
            "--log".as_ref(),
            path("empty.log").as_os_str(),
            "--log".as_ref(),
            path("logs").as_os_str(),
            "--attach".as_ref(),
            path("gone.txt").as_os_str(),
            "--screenshot".as_ref(),
            path("photo.jpg").as_os_str(),
        ],
    );
    assert_eq!(sent.status, 0, "{}", sent.stderr);
    let mut zip =
        zip::ZipArchive::new(Cursor::new(server.bundle(sent.report()["id"].as_str().unwrap()))).unwrap();
    let manifest: Value = serde_json::from_reader(zip.by_name("report.json").unwrap()).unwrap();
    let gaps = manifest["gaps"].to_string();
    for missing in [
        "log no-such.log",
        "attachment gone.txt",
        "there is no file in this folder",
    ] {
        assert!(gaps.contains(missing), "{missing}: {gaps}");
        assert!(sent.stderr.contains(missing), "{missing}: {}", sent.stderr);
    }
    assert!(zip.by_name("logs/empty.log").is_ok());
    assert!(
        zip.by_name("attachments/photo.jpg").is_ok(),
        "no PNG, but not lost"
    );
    assert!(sent.stderr.contains("photo.jpg is no PNG"), "{}", sent.stderr);
}
