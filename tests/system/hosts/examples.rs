//! The apps of `examples/`: each opens the window and shows the number, and its next start delivers what waits.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use feedback_tests::bus::PYTHON;
use feedback_tests::process::Process;
use feedback_tests::server::{KEY, Server};
use feedback_tests::tools;

use super::super::desk::Desk;
use super::{MESSAGE, TITLE, arrived_picture};
use feedback_tests::poll;

impl Desk {
    /// Starts an app of `examples/`. A report of its last run waits, and arrives by that.
    fn host(&self, server: &Server, command: &mut Command) -> Process {
        let program = feedback_tests::program("feedback");
        let endpoint = server.endpoint();
        let mut send = Command::new(&program);
        let to = ["--endpoint", &endpoint, "--key", KEY];
        let app = [
            "--app",
            "Notes",
            "--app-version",
            "1",
            "--message",
            "of the last run",
        ];
        let send = send.arg("send").args(to).args(app).args(["--wait", "0"]);
        let stored = self.start(send.stdout(Stdio::null())).0.wait().unwrap();
        assert_eq!(stored.code(), Some(75));
        let command = command
            .env("FEEDBACK_PROGRAM", program)
            .env("FEEDBACK_ENDPOINT", &endpoint)
            .env("FEEDBACK_KEY", KEY);
        let app = self.start(command);
        let arrived = poll("the report of the last run", || server.reports().pop());
        assert_eq!(arrived["message"], "of the last run");
        app
    }

    /// In the window that an app has started, a report is written and sent. Its number.
    fn writes(&mut self, server: &Server, words: &str) -> String {
        self.reader.write(MESSAGE[0], MESSAGE[1], words);
        self.reader.press("push button", "Send");
        self.reader.heard("Thank you");
        self.reader.press("push button", "Close");
        let report = server.reports().remove(0);
        assert_eq!(report["message"], words);
        report["number"].as_str().unwrap().to_owned()
    }

    /// Waits until an app shows a number in its title.
    fn shows(&self, number: &str) {
        self.screen.find(&format!("Thank you: {number}"));
    }
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../examples")
        .join(name)
}

#[test]
fn a_tkinter_app_opens_the_window_and_shows_the_number() {
    let Some(mut desk) = Desk::new() else { return };
    let mut look = Command::new(PYTHON);
    if tools::check("Tkinter (python3-tk)", look.args(["-c", "import tkinter"])).is_none() {
        return;
    }
    let server = Server::start(&desk.folder.path().join("server"));
    let mut command = Command::new(PYTHON);
    let _app = desk.host(&server, command.arg(example("tkinter_host.py")));
    desk.screen.focus("Tk paint");
    desk.screen.xdotool(&["key", "space"]); // the button has the keyboard
    let number = desk.writes(&server, "from Tk");
    assert!(arrived_picture(&server).starts_with(b"\x89PNG"), "the app's own");
    desk.shows(&number);
}

#[test]
fn a_gtk_app_in_c_opens_the_window_and_shows_the_number() {
    let Some(mut desk) = Desk::new() else { return };
    let mut look = Command::new("pkg-config");
    if tools::check("GTK (libgtk-3-dev)", look.args(["--exists", "gtk+-3.0"])).is_none() {
        return;
    }
    let Some(mut compiler) = tools::find("cc") else {
        return;
    };
    let app = desk.folder.path().join("gtk_host");
    let flags = tools::run(Command::new("pkg-config").args(["--cflags", "--libs", "gtk+-3.0"]));
    let flags = String::from_utf8(flags).unwrap();
    compiler
        .args(["-Wall", "-Wextra", "-Werror"])
        .arg(example("gtk_host.c"));
    tools::run(compiler.args(flags.split_whitespace()).arg("-o").arg(&app));
    let server = Server::start(&desk.folder.path().join("server"));
    let pictures = desk.folder.path().join("pictures");
    std::fs::create_dir(&pictures).unwrap();
    let is_tidy = || std::fs::read_dir(&pictures).unwrap().next().is_none();
    let running = desk.host(&server, Command::new(&app).env("TMPDIR", &pictures));
    desk.reader.press("push button", TITLE);
    let number = desk.writes(&server, "from GTK");
    assert!(arrived_picture(&server).starts_with(b"\x89PNG"), "the app's own");
    desk.shows(&number);
    assert!(is_tidy(), "the picture is left behind");
    drop(running);

    let mut app = Command::new(&app);
    let app = app.env("FEEDBACK_PROGRAM", "/nowhere/feedback");
    let _app = desk.start(app.env("TMPDIR", &pictures));
    desk.reader.press("push button", TITLE);
    desk.screen.find("Not sent:");
    assert!(is_tidy(), "the picture is left behind");
}

#[test]
fn a_winit_app_opens_the_window_and_shows_the_number() {
    let Some(mut desk) = Desk::new() else { return };
    let server = Server::start(&desk.folder.path().join("server"));
    let mut command = Command::new(feedback_tests::program("examples/winit_host"));
    let _app = desk.host(&server, &mut command);
    desk.screen.focus("Rust paint");
    desk.screen.xdotool(&["key", "F1"]);
    let number = desk.writes(&server, "from Rust");
    assert!(arrived_picture(&server).starts_with(b"\x89PNG"), "the app's own");
    desk.shows(&number);
}

/// The example itself, under a plain Node and with a stand-in for the windows of Electron, which is 200 MB.
#[test]
fn an_electron_app_opens_the_window_and_shows_the_number() {
    let Some(mut desk) = Desk::new() else { return };
    let Some(mut node) = tools::find("node") else {
        return;
    };
    let server = Server::start(&desk.folder.path().join("server"));
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let picture = here.join("pictures/empty-light.png");
    let pictures = desk.folder.path().join("pictures");
    std::fs::create_dir(&pictures).unwrap();
    let command = node
        .arg(example("electron/main.js"))
        .env("NODE_PATH", here.join("peers"))
        .env("PICTURE", &picture)
        .env("TMPDIR", &pictures)
        .stdout(Stdio::piped());
    let mut app = desk.host(&server, command);
    let number = desk.writes(&server, "from Electron");
    assert_eq!(
        arrived_picture(&server),
        std::fs::read(picture).unwrap(),
        "the app's own"
    );
    let mut titles = BufReader::new(app.0.stdout.take().unwrap()).lines();
    let title = titles.next().unwrap().unwrap();
    assert_eq!(title, format!("Electron notes Thank you: {number}"));
    app.0.wait().unwrap();
    assert!(
        std::fs::read_dir(pictures).unwrap().next().is_none(),
        "the picture is left behind"
    );
}

/// The folder for temporary files may be full, or tidied up since the app has started.
#[test]
fn an_electron_app_opens_the_window_also_where_no_picture_can_be_written() {
    let Some(mut desk) = Desk::new() else { return };
    let Some(mut node) = tools::find("node") else {
        return;
    };
    let server = Server::start(&desk.folder.path().join("server"));
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = feedback_tests::program("feedback");
    let command = node
        .arg(example("electron/main.js"))
        .env("NODE_PATH", here.join("peers"))
        .env("PICTURE", here.join("pictures/empty-light.png"))
        .env("FEEDBACK_PROGRAM", program)
        .env("FEEDBACK_ENDPOINT", server.endpoint())
        .env("FEEDBACK_KEY", KEY)
        .stdout(Stdio::piped());
    let app = desk.start(command.env("TMPDIR", "/nowhere"));
    desk.writes(&server, "without a picture");
    drop(app);
}
