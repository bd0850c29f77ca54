//! Guards what was typed in a window that another one covers: it is not drawn then, and still nothing of it is lost.

use std::process::Command;

use super::{Desk, MESSAGE, TITLE, end};

#[test]
fn what_was_typed_is_not_closed_away_unseen() {
    let Some(mut desk) = Desk::new() else { return };
    let window = desk.window("http://127.0.0.1:9/x", &[]);
    desk.reader.write(MESSAGE[0], MESSAGE[1], "precious words");
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "precious words");
    let cover = desk.screen.cover();
    desk.screen.close(TITLE);
    cover.make_way();
    desk.reader.press("push button", "Back to my message");
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "precious words");

    desk.reader.write(MESSAGE[0], MESSAGE[1], "");
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "");
    let _cover = desk.screen.cover();
    desk.screen.close(TITLE);
    let run = end(window);
    assert_eq!(run.outcome(), (1, "cancelled"), "{run:?}");
}

#[test]
fn an_app_shows_what_would_be_lost() {
    let Some(mut desk) = Desk::new() else { return };
    let mut command = Command::new(feedback_tests::program("demo-app"));
    let mut app = desk.start(command.args(["--endpoint", "http://127.0.0.1:9/x", "--key", "pk"]));
    desk.screen.focus("Notes");
    desk.reader.find("entry", "Note");
    desk.screen.xdotool(&["key", "F1"]);
    desk.reader.write(MESSAGE[0], MESSAGE[1], "precious words");
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "precious words");
    desk.reader.press("push button", "Close");
    desk.reader.gone(MESSAGE[0], MESSAGE[1]);
    let cover = desk.screen.cover();
    desk.screen.close("Notes");
    cover.make_way();
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "precious words");

    desk.screen.close("Notes");
    assert!(app.0.wait().unwrap().success(), "asked once");
}
