//! Guards the way without eyes and without a mouse: on a real accessibility bus, a report is written and sent, and its
//! number is heard.

use std::path::Path;
use std::process::Command;

use feedback_tests::process::Process;
use feedback_tests::screen::Screen;
use feedback_tests::screen_reader::ScreenReader;
use feedback_tests::server::{KEY, Server};

const ADDRESS: &str = "Your e-mail, if you want an answer";

#[test]
fn a_report_is_written_and_sent_by_a_screen_reader() {
    let Some(screen) = Screen::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let Some(mut reader) = ScreenReader::start(&screen, folder.path()) else {
        return;
    };
    let server = Server::start(&folder.path().join("server"));
    let _app = app(&screen, &reader, folder.path(), &server, KEY);
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

    screen.xdotool(&["type", "The export is empty"]);
    reader.reads("entry", "Your message", "The export is empty");

    // What is wrong is read out, and can be put right.
    reader.write("entry", ADDRESS, "anna");
    reader.go("entry", "Your message");
    reader.heard("does not look like an e-mail address");
    reader.write("entry", ADDRESS, "anna@gmial.com");
    reader.go("entry", "Your message");
    reader.heard("Did you mean anna@gmail.com?");
    reader.press("push button", "Did you mean anna@gmail.com?");
    reader.reads("entry", ADDRESS, "anna@gmail.com");

    reader.write("entry", "Your message", "Экспорт пуст");
    reader.reads("entry", "Your message", "Экспорт пуст");
    reader.press("push button", "Send");

    reader.heard("Thank you");
    let number = reader.heard("Your report has the number");
    let report = server.reports().remove(0);
    assert_eq!(report["message"], "Экспорт пуст");
    assert_eq!(report["reply_to"], "anna@gmail.com");
    assert!(number.contains(report["number"].as_str().unwrap()), "{number}");
    reader.press("push button", "Close");
    let close = ["push button".to_owned(), "Close".to_owned()];
    assert_eq!(
        reader.next_focus(&close).0,
        note,
        "the keyboard is back where it was"
    );
}

#[test]
fn a_refusal_is_heard_and_the_keyboard_is_on_the_way_back() {
    let Some(screen) = Screen::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let Some(mut reader) = ScreenReader::start(&screen, folder.path()) else {
        return;
    };
    let server = Server::start(&folder.path().join("server"));
    let _app = app(&screen, &reader, folder.path(), &server, "pk_of_nobody");
    screen.focus("Notes");
    reader.press("push button", "Help");
    reader.press("push button", "Write to us… F1");
    reader.write("entry", "Your message", "Экспорт пуст");
    reader.press("push button", "Send");
    reader.heard("Not delivered");
    reader.heard("your message is still here");
    let close = ["push button".to_owned(), "Close".to_owned()];
    let back = ["push button".to_owned(), "Back to my message".to_owned()];
    assert_eq!(reader.next_focus(&close).0, back);
    reader.press("push button", "Back to my message");
    reader.reads("entry", "Your message", "Экспорт пуст");
}

/// The demo, where the screen and the reader are.
fn app(screen: &Screen, reader: &ScreenReader, folder: &Path, server: &Server, key: &str) -> Process {
    Process::spawn(
        Command::new(feedback_tests::program("demo-app"))
            .args(["--endpoint", &server.endpoint(), "--key", key])
            .env("DISPLAY", &screen.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &reader.bus)
            .env_remove("WAYLAND_DISPLAY")
            .env("HOME", folder)
            .env("LANGUAGE", "en")
            .env("XDG_STATE_HOME", folder.join("state")),
    )
}
