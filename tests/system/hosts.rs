//! Guards the apps that are not egui: `feedback window` opens, is used and tells what became of it.

mod covered;
#[cfg(unix)]
mod ended;
mod examples;

use std::io::{Cursor, Read as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

use feedback_tests::feedback::{self, Run};
use feedback_tests::process::Process;
use feedback_tests::server::Server;
use serde_json::json;

use super::desk::Desk;

const TITLE: &str = "Write to us";
pub(crate) const MESSAGE: [&str; 2] = ["entry", "Your message"];
const REPLY_TO: [&str; 2] = ["entry", "Your e-mail, if you want an answer"];
pub(crate) const CANVAS: [&str; 2] = [
    "canvas",
    "Picture with your marks. The arrow keys move the cross, the space bar begins and ends a mark.",
];
const NEXT_START: &str =
    "If you close this window before it is sent, it is sent the next time you start the app.";

impl Desk {
    /// `feedback window` with the keyboard in its message.
    pub(crate) fn window(&mut self, endpoint: &str, more: &[&str]) -> Process {
        self.window_by(&["env", "--default-signal"], endpoint, more)
    }

    /// The same, started by a command that becomes what it starts.
    fn window_by(&mut self, starter: &[&str], endpoint: &str, more: &[&str]) -> Process {
        let mut arguments = window(endpoint, self.folder.path());
        arguments.extend(more.iter().map(Into::into));
        let mut command = Command::new(starter[0]);
        command
            .args(&starter[1..])
            .arg(feedback_tests::program("feedback"));
        let command = command.args(arguments).arg("--json").stdin(Stdio::null());
        let process = self.start(command.stdout(Stdio::piped()).stderr(Stdio::piped()));
        self.screen.focus(TITLE);
        let nothing = [String::new(), String::new()];
        assert_eq!(self.reader.next_focus(&nothing).0, MESSAGE);
        process
    }
}

/// The arguments of `feedback window`.
fn window(endpoint: &str, folder: &Path) -> Vec<std::ffi::OsString> {
    let mut arguments = feedback::sending(endpoint, &folder.join("spool"));
    arguments[0] = "window".into();
    arguments
}

/// The picture in the newest report.
fn arrived_picture(server: &Server) -> Vec<u8> {
    let report = server.reports().remove(0);
    let id = report["id"].as_str().unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(server.bundle(id))).unwrap();
    let mut png = Vec::new();
    zip.by_name("screenshots/1.png")
        .unwrap()
        .read_to_end(&mut png)
        .unwrap();
    png
}

/// How it ended, once it has.
fn end(mut process: Process) -> Run {
    let mut stdout = String::new();
    let mut stderr = String::new();
    process
        .0
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut stdout)
        .unwrap();
    process
        .0
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    let reports = stdout.lines().map(|line| serde_json::from_str(line).unwrap());
    Run {
        status: process.0.wait().unwrap().code().expect("an exit status"),
        reports: reports.collect(),
        stderr,
    }
}

#[test]
fn a_person_writes_in_the_window_and_the_parent_is_told_the_number() {
    let Some(mut desk) = Desk::new() else { return };
    let server = Server::start(&desk.folder.path().join("server"));
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/pictures/empty-light.png");
    let given = [
        "--screenshot",
        picture,
        "--context",
        "plan=family",
        "--reply-to",
        "anna@example.org",
    ];
    let window = desk.window(&server.endpoint(), &given);
    desk.screen.xdotool(&["type", "The export is empty"]);
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "The export is empty");
    desk.screen.xdotool(&["key", "ctrl+Return"]);
    desk.reader.heard("Thank you");
    desk.screen.xdotool(&["key", "Escape"]);

    let run = end(window);
    let report = server.reports().remove(0);
    assert_eq!(run.outcome(), (0, "sent"), "{run:?}");
    assert_eq!(run.report()["number"], report["number"]);
    assert_eq!(run.report()["id"], report["id"]);
    assert_eq!(report["message"], "The export is empty");
    assert_eq!(report["reply_to"], "anna@example.org");
    let arrived = arrived_picture(&server);
    assert_eq!(
        arrived,
        std::fs::read(picture).unwrap(),
        "the parent's picture, byte for byte"
    );
}

#[test]
#[cfg(not(any(windows, target_os = "macos")))]
fn a_compositor_that_is_gone_is_none_beside_an_x_server() {
    let Some(mut desk) = Desk::new() else { return };
    let gone = ["env", "WAYLAND_DISPLAY=wayland-7", "WAYLAND_SOCKET=99"];
    let window = desk.window_by(&gone, "http://127.0.0.1:9/x", &[]);
    desk.screen.xdotool(&["key", "Escape"]);
    let run = end(window);
    assert_eq!(run.outcome(), (1, "cancelled"), "{run:?}");
}

#[test]
fn what_a_person_writes_is_saved_as_a_file_where_the_parent_wants_that() {
    let Some(mut desk) = Desk::new() else { return };
    let folder = desk.folder.path().to_owned();
    let place = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (log, attached, zip) = (place("app.log"), place("state.txt"), place("report.zip"));
    std::fs::write(&log, "12:00:01 INFO started\n").unwrap();
    std::fs::write(&attached, "42").unwrap();
    let given = [
        "--log",
        &log,
        "--attach",
        &attached,
        "--context",
        "plan=family",
        "--message",
        "It is ",
        "--save",
        &zip,
    ];
    let window = desk.window("http://127.0.0.1:9/x", &given);
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "It is ");
    desk.reader.write(MESSAGE[0], MESSAGE[1], "It is empty");
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "It is empty");
    desk.reader.press("push button", "Save");
    desk.reader.heard("Saved as");
    desk.screen.xdotool(&["key", "Escape"]);

    let run = end(window);
    assert_eq!(run.outcome(), (0, "saved"), "{run:?}");
    let bytes = std::fs::read(&zip).unwrap();
    assert_eq!(run.report()["bytes"], bytes.len());
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let manifest = std::io::read_to_string(zip.by_name("report.json").unwrap()).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["id"], run.report()["id"]);
    assert_eq!(manifest["message"], "It is empty");
    assert_eq!(manifest["context"]["plan"], "family");
    for name in ["logs/app.log", "attachments/state.txt"] {
        assert!(zip.by_name(name).is_ok(), "{name}");
    }
    assert!(
        feedback::list(&folder.join("spool")).reports.is_empty(),
        "nothing waits"
    );
}

#[test]
fn what_was_typed_is_not_closed_away_by_mistake() {
    let Some(mut desk) = Desk::new() else { return };
    let window = desk.window("http://127.0.0.1:9/x", &[]);
    desk.reader.write(MESSAGE[0], MESSAGE[1], "precious");
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "precious");
    desk.reader.press("push button", "Close");
    desk.reader.press("push button", "Back to my message");
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "precious");
    desk.reader.press("push button", "Close");
    desk.reader.press("push button", "Close anyway");
    let run = end(window);
    assert_eq!(run.status, 1, "{run:?}");
    assert_eq!(run.reports, [json!({ "state": "cancelled" })]);
}

/// Marks on the parent's picture are the person's own. The window's X asks as the button does.
#[test]
fn marks_on_a_picture_are_not_closed_away_by_mistake() {
    let Some(mut desk) = Desk::new() else { return };
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/pictures/empty-light.png");
    let window = desk.window("http://127.0.0.1:9/x", &["--screenshot", picture]);
    desk.reader.press("push button", "Edit Picture 1");
    let tool = ["toggle button", "Box"];
    desk.reader.press(tool[0], tool[1]);
    desk.reader.go(CANVAS[0], CANVAS[1]);
    assert_eq!(desk.reader.next_focus(&tool.map(str::to_owned)).0, CANVAS);
    desk.screen.xdotool(&["key", "space", "Right", "Down", "space"]);
    desk.screen.close(TITLE);
    desk.reader.press("push button", "Back to my message");
    desk.reader.press("push button", "Undo");
    desk.screen.close(TITLE);
    let run = end(window);
    assert_eq!(run.outcome(), (1, "cancelled"), "{run:?}");
}

#[test]
fn the_window_is_called_in_the_persons_language() {
    let Some(desk) = Desk::new() else { return };
    let mut german = Command::new("env");
    german
        .arg("LANGUAGE=de")
        .arg(feedback_tests::program("feedback"))
        .args(window("http://127.0.0.1:9/x", desk.folder.path()));
    let _window = desk.start(&mut german);
    desk.screen.find("Schreiben Sie uns");
}

#[test]
fn the_parent_chooses_another_language() {
    let Some(desk) = Desk::new() else { return };
    let mut polish = Command::new(feedback_tests::program("feedback"));
    polish
        .args(window("http://127.0.0.1:9/x", desk.folder.path()))
        .args(["--language", "pl", "--theme", "dark"]);
    let _window = desk.start(&mut polish);
    desk.screen.find("Napisz do nas");
}

#[test]
fn the_parent_has_words_and_a_colour_of_its_own() {
    let Some(mut desk) = Desk::new() else { return };
    let words = desk.folder.path().join("words.ftl");
    std::fs::write(&words, "send = Off it goes\n").unwrap();
    let words = words.to_str().unwrap().to_owned();
    let given = ["--message", "x", "--words", &words, "--accent", "#7a1fa2"];
    let _window = desk.window("http://127.0.0.1:9/x", &given);
    desk.reader.press("push button", "Off it goes");
    desk.reader.heard("Saved");
}

#[test]
fn the_address_is_there_the_next_time_until_it_is_emptied() {
    let Some(mut desk) = Desk::new() else { return };
    let server = Server::start(&desk.folder.path().join("server"));
    let given = ["--message", "It crashed at start."];
    let window = desk.window(&server.endpoint(), &given);
    desk.reader.write(REPLY_TO[0], REPLY_TO[1], "anna@example.org");
    desk.screen.xdotool(&["key", "ctrl+Return"]);
    desk.reader.heard("Thank you");
    desk.screen.xdotool(&["key", "Escape"]);
    assert_eq!(end(window).outcome(), (0, "sent"));
    assert_eq!(server.reports().remove(0)["reply_to"], "anna@example.org");

    let window = desk.window(&server.endpoint(), &given);
    desk.reader.reads(REPLY_TO[0], REPLY_TO[1], "anna@example.org");
    desk.reader.write(REPLY_TO[0], REPLY_TO[1], "");
    desk.reader.reads(REPLY_TO[0], REPLY_TO[1], "");
    desk.screen.xdotool(&["key", "ctrl+Return"]);
    desk.reader.heard("Thank you");
    desk.screen.xdotool(&["key", "Escape"]);
    assert_eq!(end(window).outcome(), (0, "sent"));

    let window = desk.window(&server.endpoint(), &given);
    desk.reader.reads(REPLY_TO[0], REPLY_TO[1], "");
    desk.screen.xdotool(&["key", "Escape"]);
    assert_eq!(end(window).outcome(), (1, "cancelled"));
}

#[test]
fn what_the_parent_has_filled_in_is_closed_without_a_question() {
    let Some(mut desk) = Desk::new() else { return };
    let window = desk.window("http://127.0.0.1:9/x", &["--message", "It crashed at start."]);
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "It crashed at start.");
    desk.reader.find("frame", "Write to us");
    desk.screen.xdotool(&["key", "Escape"]);
    let run = end(window);
    assert_eq!(run.outcome(), (1, "cancelled"), "{run:?}");
}

#[test]
fn a_window_closed_over_an_upload_leaves_the_report_to_the_next_run() {
    let Some(mut desk) = Desk::new() else { return };
    // Takes the connection and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/x", silent.local_addr().unwrap());
    let window = desk.window(&endpoint, &["--message", "on its way", "--wait", "1"]);
    desk.screen.xdotool(&["key", "ctrl+Return"]);
    desk.reader.heard("Waiting for the answer…");
    desk.reader.find("label", NEXT_START);
    desk.reader.press("push button", "Close");
    let run = end(window);
    assert_eq!(run.outcome(), (75, "queued"), "{run:?}");
    let waiting = feedback::list(&desk.folder.path().join("spool"));
    assert_eq!(waiting.report()["id"], run.report()["id"]);
}

#[test]
fn without_a_display_it_says_so_and_promises_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(feedback_tests::program("feedback"))
        .args(window("http://127.0.0.1:9/x", folder.path()))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(74), "{said}");
    assert!(
        said.contains("DISPLAY is set; run it in a desktop session"),
        "{said}"
    );
    assert!(!said.contains("panicked"), "{said}");
    assert!(done.stdout.is_empty());
}
