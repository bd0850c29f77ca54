//! Guards the report after a crash: the app panics, and its next run offers to send what is known about it, which
//! arrives with the last lines that it logged.

use std::io::{Cursor, Read as _};
use std::process::{Command, Stdio};

use feedback_tests::server::{KEY, Server};

use super::desk::Desk;

#[test]
fn what_an_app_has_crashed_of_is_offered_by_its_next_run_and_arrives() {
    let Some(mut desk) = Desk::new() else { return };
    let server = Server::start(&desk.folder.path().join("server"));
    let mut command = Command::new(feedback_tests::program("demo-app"));
    command.args(["--endpoint", &server.endpoint(), "--key", KEY]);

    let mut crashing = desk.start(command.stderr(Stdio::null()));
    desk.screen.focus("Notes");
    desk.reader.press("push button", "Help");
    desk.reader.press("push button", "Crash now");
    assert_eq!(crashing.0.wait().unwrap().code(), Some(101), "a panic");

    let _app = desk.start(&mut command);
    desk.reader.find("push button", "Remove Record of what happened");
    assert!(server.reports().is_empty(), "nothing leaves before Send");
    desk.reader.press("push button", "Send");
    desk.reader.heard("Thank you");

    let report = server.reports().remove(0);
    let mut zip = zip::ZipArchive::new(Cursor::new(server.bundle(report["id"].as_str().unwrap()))).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let manifest: serde_json::Value = serde_json::from_str(&read("report.json")).unwrap();
    let panic = &manifest["crash"]["panic"];
    assert_eq!(panic["message"], "Help > Crash now was chosen");
    assert!(panic["location"].as_str().unwrap().contains("app.rs:"), "{panic}");
    let record = read("logs/crash.txt");
    assert!(record.contains("DEBUG demo_app::app: about to crash"), "{record}");
}
