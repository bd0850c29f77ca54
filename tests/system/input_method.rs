//! Guards writing by an input method: keys on a real X server become Japanese in the window, and arrive as it.

use std::process::Command;

use feedback_tests::input_method::{self, InputMethod};
use feedback_tests::process::Process;
use feedback_tests::screen::Screen;
use feedback_tests::screen_reader::ScreenReader;
use feedback_tests::server::{KEY, Server};

#[test]
fn japanese_is_written_and_arrives() {
    let Some(screen) = Screen::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let Some(mut reader) = ScreenReader::start(&screen, folder.path()) else {
        return;
    };
    let Some(_input_method) = InputMethod::start(&screen, &reader.bus, folder.path()) else {
        return;
    };
    let server = Server::start(&folder.path().join("server"));
    let _app = Process::spawn(
        Command::new(feedback_tests::program("demo-app"))
            .args(["--endpoint", &server.endpoint(), "--key", KEY])
            .env("DISPLAY", &screen.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &reader.bus)
            .env("XMODIFIERS", input_method::XMODIFIERS)
            .env_remove("WAYLAND_DISPLAY")
            .env("HOME", folder.path())
            .env("LANGUAGE", "en")
            .env("XDG_STATE_HOME", folder.path().join("state")),
    );
    screen.focus("Notes");
    reader.press("push button", "Help");
    reader.press("push button", "Write to us… F1");
    reader.find("dialog", "Write to us");
    reader.go("entry", "Your message");
    input_method::write_japanese(&screen);
    reader.reads("entry", "Your message", "日本語");
    // What was composed is taken back by Escape, and the window stays.
    screen.xdotool(&["type", "neko"]);
    screen.xdotool(&["key", "Escape"]);
    reader.reads("entry", "Your message", "日本語");

    screen.xdotool(&["key", "ctrl+Return"]);
    reader.heard("Thank you");
    let report = server.reports().remove(0);
    assert_eq!(report["message"], "日本語");
}
