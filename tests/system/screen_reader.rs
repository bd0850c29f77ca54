//! Guards the way without eyes and without a mouse: on a real accessibility bus, a report is written, looked through and
//! sent, its number is heard, and what waits is found again.

use std::io::Read as _;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use feedback_sdk::testing::{Receiver, Reply};
use feedback_tests::process::Process;
use feedback_tests::screen::Screen;
use feedback_tests::screen_reader::ScreenReader;
use feedback_tests::server::{KEY, Server};

const ADDRESS: &str = "Your e-mail, if you want an answer";
const MESSAGE: [&str; 2] = ["entry", "Your message"];
const NOTE: [&str; 2] = ["entry", "Note"];
const BUTTON: &str = "push button";
const SWITCH: &str = "check box";

#[test]
fn a_report_is_written_and_sent_by_a_screen_reader() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let Some(mut desk) = Desk::start(&server.endpoint(), KEY) else {
        return;
    };
    let reader = &mut desk.reader;
    reader.go("entry", "Note");
    assert_eq!(reader.focused().0, NOTE);
    desk.open();
    let reader = &mut desk.reader;
    assert_eq!(
        reader.next_focus(&NOTE.map(str::to_owned)).0,
        MESSAGE,
        "the keyboard goes to the message"
    );
    let controls = reader.controls();
    for [role, name] in &controls {
        assert!(!name.trim().is_empty(), "a control without a name: {role}");
    }
    let is_left = controls.contains(&[BUTTON, "About"].map(str::to_owned));
    assert!(!is_left, "the menu is open below the dialog: {controls:?}");
    // The keyboard goes round in the dialog and does not leave it.
    let stops = desk.tab_to(&MESSAGE);
    assert!(
        stops.contains(&[BUTTON, "Attach a file…"].map(str::to_owned)),
        "{stops:?}"
    );

    desk.screen.xdotool(&["type", "The export is empty"]);
    let reader = &mut desk.reader;
    reader.reads("entry", "Your message", "The export is empty");

    // What is wrong is read out, and can be put right.
    reader.write("entry", ADDRESS, "anna");
    reader.go("entry", "Your message");
    reader.heard("does not look like an e-mail address");
    reader.write("entry", ADDRESS, "anna@gmial.com");
    reader.go("entry", "Your message");
    reader.heard("Did you mean anna@gmail.com?");
    reader.press(BUTTON, "Did you mean anna@gmail.com?");
    reader.reads("entry", ADDRESS, "anna@gmail.com");

    reader.write("entry", "Your message", "Экспорт пуст");
    reader.reads("entry", "Your message", "Экспорт пуст");
    reader.press(BUTTON, "Send");

    reader.heard("Thank you");
    let number = reader.heard("Your report has the number");
    let report = server.reports().remove(0);
    assert_eq!(report["message"], "Экспорт пуст");
    assert_eq!(report["reply_to"], "anna@gmail.com");
    assert!(number.contains(report["number"].as_str().unwrap()), "{number}");
    reader.press(BUTTON, "Close");
    let close = [BUTTON, "Close"].map(str::to_owned);
    assert_eq!(
        reader.next_focus(&close).0,
        NOTE,
        "the keyboard is back where it was"
    );
}

#[test]
fn what_goes_along_is_attached_read_and_switched_off_by_the_keyboard() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let Some(mut desk) = Desk::start(&server.endpoint(), KEY) else {
        return;
    };
    desk.open();
    desk.screen.xdotool(&["type", "The export is empty"]);

    // What cannot be attached is read out, and is taken out again.
    desk.attach("gone.log");
    desk.reader.heard("There is no such file here");
    desk.choose(BUTTON, "Remove gone.log");
    desk.reader.heard("gone.log was removed");
    std::fs::write(desk.folder.path().join("export.log"), "for anna@example.org\n").unwrap();
    desk.attach("export.log");

    let list = ["toggle button", "What will be sent"];
    desk.reader.turns(list[0], list[1], "pressed", false);
    desk.choose(list[0], list[1]);
    desk.reader.turns(list[0], list[1], "pressed", true);
    // The file is read as it leaves: with a mask, and without one where that is wanted.
    for (says, is_switched) in [("for [email-1]", false), ("for anna@example.org", true)] {
        let hide_nothing = "Hide nothing in attachments/export.log";
        if is_switched {
            desk.choose(SWITCH, hide_nothing);
        }
        desk.reader.turns(SWITCH, hide_nothing, "checked", is_switched);
        let file = [BUTTON, "attachments/export.log"];
        desk.choose(file[0], file[1]);
        let (page, _) = desk.reader.next_focus(&file.map(str::to_owned));
        assert_eq!(page, ["document frame", "Text of attachments/export.log"]);
        desk.reader.find("label", says);
        desk.key("Escape");
        assert_eq!(
            desk.reader.next_focus(&page).0,
            file,
            "the keyboard is back where it was"
        );
    }
    // One file stays at home, another one only until the person thinks again.
    let recent = "Send logs/recent.log";
    for (file, is_on) in [
        (recent, false),
        (recent, true),
        ("Send attachments/export.log", false),
    ] {
        desk.choose(SWITCH, file);
        desk.reader.turns(SWITCH, file, "checked", is_on);
    }
    desk.choose(SWITCH, "Send attachments/export.log");
    desk.choose(SWITCH, recent);
    desk.reader.turns(SWITCH, recent, "checked", false);

    desk.key("ctrl+Return");
    desk.reader.heard("Thank you");
    let id = server.reports()[0]["id"].as_str().unwrap().to_owned();
    let bundle = std::io::Cursor::new(server.bundle(&id));
    let mut zip = zip::ZipArchive::new(bundle).unwrap();
    assert!(zip.by_name("logs/recent.log").is_err(), "it was switched off");
    let mut sent = String::new();
    let mut file = zip.by_name("attachments/export.log").unwrap();
    file.read_to_string(&mut sent).unwrap();
    assert_eq!(sent, "for anna@example.org\n");
}

#[test]
fn what_waits_is_found_again_and_heard_when_it_arrives() {
    let was_asked = AtomicBool::new(false);
    let receiver = Receiver::start(move |_| {
        if was_asked.swap(true, Ordering::Relaxed) {
            return Reply::RECEIPT;
        }
        Reply::Answer(503, "Retry-After: 7200\r\n", String::new())
    })
    .unwrap();
    let Some(mut desk) = Desk::start(&receiver.url(), KEY) else {
        return;
    };
    desk.open();
    desk.reader.write("entry", "Your message", "Экспорт пуст");
    desk.reader.press(BUTTON, "Send");
    desk.reader.heard("Saved");
    let busy = desk.reader.heard("Our server is busy.");
    desk.reader.press(BUTTON, "Close");

    desk.reader.gone("dialog", "Write to us");
    desk.key("F1");
    desk.reader.find("dialog", "Write to us");
    desk.choose(BUTTON, "Earlier reports (1)");
    let (back, _) = desk
        .reader
        .next_focus(&[BUTTON, "Earlier reports (1)"].map(str::to_owned));
    assert_eq!(back, [BUTTON, "Back"]);
    desk.reader.find("label", "“Экспорт пуст”");
    desk.reader.find("label", &busy);
    // It is not deleted by a slip: the keyboard is on the way back.
    desk.choose(BUTTON, "Delete, report 1");
    let keep = [BUTTON, "Keep, report 1"];
    desk.reader.turns(keep[0], keep[1], "focused", true);
    desk.key("space");

    desk.choose(BUTTON, "Send now, report 1");
    desk.reader.heard("It has arrived. Its number is FB-1001.");
}

#[test]
fn a_refusal_is_heard_and_the_keyboard_is_on_the_way_back() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let Some(mut desk) = Desk::start(&server.endpoint(), "pk_of_nobody") else {
        return;
    };
    desk.open();
    let reader = &mut desk.reader;
    reader.write("entry", "Your message", "Экспорт пуст");
    reader.press(BUTTON, "Send");
    reader.heard("Not delivered");
    reader.heard("your message is still here");
    let close = [BUTTON, "Close"].map(str::to_owned);
    let back = [BUTTON, "Back to my message"];
    assert_eq!(reader.next_focus(&close).0, back);
    reader.press(BUTTON, "Back to my message");
    reader.reads("entry", "Your message", "Экспорт пуст");
}

/// Somebody without eyes at the demo.
struct Desk {
    _app: Process,
    reader: ScreenReader,
    screen: Screen,
    folder: tempfile::TempDir,
}

impl Desk {
    /// `None` where there can be no screen, or nobody to read it.
    fn start(endpoint: &str, key: &str) -> Option<Self> {
        let screen = Screen::start()?;
        let folder = tempfile::tempdir().unwrap();
        let reader = ScreenReader::start(&screen, folder.path())?;
        let app = Process::spawn(
            Command::new(feedback_tests::program("demo-app"))
                .args(["--endpoint", endpoint, "--key", key])
                .env("DISPLAY", &screen.name)
                .env("DBUS_SESSION_BUS_ADDRESS", &reader.bus)
                .env_remove("WAYLAND_DISPLAY")
                .env("PATH", "") // where there is no picker, a path is typed
                .env("HOME", folder.path())
                .env("LANGUAGE", "en")
                .env("XDG_STATE_HOME", folder.path().join("state")),
        );
        screen.focus("Notes");
        Some(Self {
            _app: app,
            reader,
            screen,
            folder,
        })
    }

    /// Opens the dialog by the app's menu.
    fn open(&mut self) {
        self.reader.press(BUTTON, "Help");
        self.reader.press(BUTTON, "Write to us… F1");
        self.reader.find("dialog", "Write to us");
    }

    fn key(&self, key: &str) {
        self.screen.xdotool(&["key", key]);
    }

    /// Goes by Tab until this has the keyboard, which takes one round at most. Where it came by.
    fn tab_to(&mut self, control: &[&str; 2]) -> Vec<[String; 2]> {
        let (start, _) = self.reader.focused();
        let mut stops = Vec::new();
        loop {
            self.key("Tab");
            let (here, inside) = self.reader.next_focus(stops.last().unwrap_or(&start));
            let dialog = ["dialog", "Write to us"].map(str::to_owned);
            assert!(inside.contains(&dialog), "{here:?} is in {inside:?}");
            stops.push(here.clone());
            if here == *control {
                return stops;
            }
            assert_ne!(here, start, "no way to {control:?}: {stops:?}");
        }
    }

    /// Goes to a control by Tab, and presses it by the space bar.
    fn choose(&mut self, role: &str, name: &str) {
        self.reader.find(role, name);
        self.tab_to(&[role, name]);
        self.key("space");
    }

    /// Types the path of a file in the folder.
    fn attach(&mut self, name: &str) {
        self.choose(BUTTON, "Attach a file…");
        self.reader.turns("entry", "Path of the file", "focused", true);
        let path = self.folder.path().join(name);
        self.screen.xdotool(&["type", &path.to_string_lossy()]);
        self.reader
            .reads("entry", "Path of the file", &path.to_string_lossy());
        self.key("Return");
        self.reader.find(BUTTON, &format!("Remove {name}"));
    }
}
