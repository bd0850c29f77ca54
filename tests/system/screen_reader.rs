//! Guards the way without eyes and without a mouse: on a real accessibility bus, a report is written and sent, and its
//! number is heard.

use std::process::Command;

use feedback_tests::process::Process;
use feedback_tests::screen::Screen;
use feedback_tests::screen_reader::ScreenReader;
use feedback_tests::server::{KEY, Server};

#[test]
fn a_report_is_written_and_sent_by_a_screen_reader() {
    let Some(screen) = Screen::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let Some(mut reader) = ScreenReader::start(&screen, folder.path()) else {
        return;
    };
    let server = Server::start(&folder.path().join("server"));
    let _app = Process::spawn(
        Command::new(feedback_tests::program("demo-app"))
            .args(["--endpoint", &server.endpoint(), "--key", KEY])
            .env("DISPLAY", &screen.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &reader.bus)
            .env_remove("WAYLAND_DISPLAY")
            .env("HOME", folder.path())
            .env("LANGUAGE", "en")
            .env("XDG_STATE_HOME", folder.path().join("state")),
    );
    screen.focus("Notes");
    let note = ["entry".to_owned(), "Note".to_owned()];
    reader.go("entry", "Note");
    assert_eq!(reader.focused().0, note);
    reader.press("push button", "Help");
    reader.press("push button", "Write to us… F1");

    reader.find("dialog", "Write to us");
    let message = ["entry".to_owned(), "Your message".to_owned()];
    assert_eq!(
        reader.next_focus(&note).0,
        message,
        "the keyboard goes to the message"
    );
    for [role, name] in reader.controls() {
        assert!(!name.trim().is_empty(), "a control without a name: {role}");
    }
    // The keyboard goes round in the dialog and does not leave it.
    let mut stops = Vec::new();
    loop {
        screen.xdotool(&["key", "Tab"]);
        let (control, inside) = reader.next_focus(stops.last().unwrap_or(&message));
        assert!(
            inside.contains(&["dialog".to_owned(), "Write to us".to_owned()]),
            "{control:?} is in {inside:?}"
        );
        stops.push(control.clone());
        if control == message {
            break;
        }
    }
    assert!(
        stops.contains(&["push button".to_owned(), "Attach a file…".to_owned()]),
        "{stops:?}"
    );

    reader.write("entry", "Your message", "Экспорт пуст");
    reader.reads("entry", "Your message", "Экспорт пуст");
    reader.write("entry", "Your e-mail, if you want an answer", "anna@example.org");
    reader.press("push button", "Send");

    reader.heard("Thank you");
    let number = reader.heard("Your report has the number");
    let report = server.reports().remove(0);
    assert_eq!(report["message"], "Экспорт пуст");
    assert_eq!(report["reply_to"], "anna@example.org");
    assert!(number.contains(report["number"].as_str().unwrap()), "{number}");
    reader.press("push button", "Close");
    let close = ["push button".to_owned(), "Close".to_owned()];
    assert_eq!(
        reader.next_focus(&close).0,
        note,
        "the keyboard is back where it was"
    );
}
