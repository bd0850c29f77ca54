//! Guards the dialog's picture of the screen or of a window: it shows that, and not the dialog.

use std::io::{Cursor, Read as _};
use std::process::Command;

use feedback_tests::poll;
use feedback_tests::process::Process;
use feedback_tests::screen_reader::ScreenReader;
use feedback_tests::server::{KEY, Server};

use super::painted::{Painted, paint};
use super::{Picture, RED};
use crate::desk::Desk;
use crate::window::{CARET, Seen};

const WHOLE_SCREEN: &str = "Add a picture of the whole screen";
const OF_SEVERAL: &str = "Add a picture of a screen or window…";

#[test]
fn the_dialog_is_not_in_its_picture_of_the_screen() {
    let Some(seen) = Seen::start() else { return };
    pressed_in_the_dialog(&seen, &[WHOLE_SCREEN], [0, 1100]);
}

#[test]
fn with_several_monitors_the_dialog_takes_the_one_that_is_chosen() {
    let Some(seen) = Seen::start() else { return };
    // It stands where the app does not.
    let painted = Painted::open(&seen.screen, [900, 700]);
    painted.add_monitor("LEFT", [0, 0, 400, 800]);
    painted.add_monitor("RIGHT", [400, 0, 700, 800]);
    let buttons = [OF_SEVERAL, "Screen 2 (RIGHT, 700 × 800)"];
    pressed_in_the_dialog(&seen, &buttons, [400, 1100]);
}

#[test]
fn a_window_that_holds_only_the_dialog_hides_for_the_picture_and_comes_back() {
    let Some(mut desk) = Desk::new() else { return };
    let server = Server::start(&desk.folder.path().join("server"));
    // Below the window, its corner off the screen: what was covered is painted anew in one colour.
    let _painted = Painted::open(&desk.screen, [-20, 100]);
    let _window = desk.window(&server.endpoint(), &[]);
    take_picture(&mut desk.reader, &[OF_SEVERAL, "Screen 1 (screen, 1100 × 800)"]);
    desk.reader.press("push button", "Send");
    desk.reader.heard("Thank you");
    let report = server.reports().remove(0);
    let expected = Picture::painted([1100, 800], |x, y| {
        if x < 180 && (100..200).contains(&y) {
            RED
        } else {
            [0; 3]
        }
    });
    let picture = Picture::of(server.bundle(report["id"].as_str().unwrap()));
    assert!(picture == expected, "{:?} in the corner", picture.at(0, 0));
}

#[test]
fn a_window_of_another_app_is_taken_by_its_title_which_nobody_else_learns() {
    let Some(mut desk) = Desk::new() else { return };
    let server = Server::start(&desk.folder.path().join("server"));
    let _window = desk.window(&server.endpoint(), &[]);
    desk.reader.find("push button", WHOLE_SCREEN); // its own window is none to choose
    let _painted = Painted::open(&desk.screen, [900, 700]);
    desk.screen.focus("Painted");
    desk.screen.focus("Write to us"); // the person comes back from there
    take_picture(&mut desk.reader, &[OF_SEVERAL, "Painted"]);
    desk.reader.press("push button", "Send");
    desk.reader.heard("Thank you");
    let report = server.reports().remove(0);
    let bundle = server.bundle(report["id"].as_str().unwrap());
    let mut zip = zip::ZipArchive::new(Cursor::new(&bundle)).unwrap();
    for index in 0..zip.len() {
        let mut content = Vec::new();
        zip.by_index(index).unwrap().read_to_end(&mut content).unwrap();
        assert!(!content.windows(7).any(|part| part == b"Painted"));
    }
    assert!(Picture::of(bundle) == Picture::painted([200, 100], paint));
}

#[test]
fn a_picture_that_shows_nothing_is_told_and_not_added() {
    let Some(mut desk) = Desk::new() else { return };
    let server = Server::start(&desk.folder.path().join("server"));
    let _window = desk.window(&server.endpoint(), &[]);
    desk.reader.press("push button", WHOLE_SCREEN);
    desk.reader.heard("The picture shows nothing but one colour");
    let controls = desk.reader.controls();
    assert!(
        !controls.iter().any(|[_, name]| name.starts_with("Remove")),
        "{controls:?}"
    );
}

/// Presses these buttons, until there is a picture in the form.
fn take_picture(reader: &mut ScreenReader, buttons: &[&str]) {
    for button in buttons {
        reader.find("push button", button);
        reader.press("push button", button);
    }
    reader.find("push button", "Remove Picture 1");
}

/// Sends a report with the picture that these buttons give: these columns of the screen, without the dialog.
fn pressed_in_the_dialog(seen: &Seen, buttons: &[&str], columns: [usize; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut reader) = ScreenReader::start(&seen.screen, folder.path()) else {
        return;
    };
    let server = Server::start(&folder.path().join("server"));
    let bare = seen.pixels();
    let _app = Process::spawn(
        Command::new(feedback_tests::program("demo-app"))
            .args(["--endpoint", &server.endpoint(), "--key", KEY])
            .env("DISPLAY", &seen.screen.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &reader.bus)
            .env_remove("WAYLAND_DISPLAY")
            .env("HOME", folder.path())
            .env("LANGUAGE", "en")
            .env("XDG_STATE_HOME", folder.path().join("state")),
    );
    seen.screen.focus("Notes");
    let window = seen.settled_after(&bare, "the window");
    seen.screen.xdotool(&["key", "F1"]);
    take_picture(&mut reader, buttons);
    reader.press("push button", "Send");

    let report = poll("the report", || server.reports().pop());
    let picture = Picture::of(server.bundle(report["id"].as_str().unwrap()));
    let [left, right] = columns;
    assert_eq!(picture.size, [right - left, 800]);
    let rows = window.rgb.chunks_exact(1100);
    let shown = rows.flat_map(|row| &row[left..right]);
    let differ = picture.rgb.iter().zip(shown).filter(|(a, b)| a != b).count();
    assert!(
        differ < CARET,
        "{differ} pixels of the picture are not of the screen"
    );
}
