//! Guards what was typed or sent in a window that another one covers: it is not drawn then, and still nothing of it is
//! lost.

use std::process::Command;

use feedback_tests::server::Server;

use super::{Desk, MESSAGE, TITLE, end};
use feedback_tests::poll;

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

/// The files are full of what is to be hidden, so they take longer to collect than the window is seen.
#[test]
fn what_was_sent_arrives_unseen() {
    let Some(mut desk) = Desk::new() else { return };
    let server = Server::start(&desk.folder.path().join("server"));
    let logs: Vec<String> = (0..4)
        .map(|number| {
            let file = desk.folder.path().join(format!("state-{number}.txt"));
            let line = "from anna@example.org to bob@example.net of 93.184.215.14: token=abc\n";
            std::fs::write(&file, line.repeat(80_000)).unwrap();
            file.to_str().unwrap().to_owned()
        })
        .collect();
    let attach: Vec<&str> = logs.iter().flat_map(|file| ["--attach", file]).collect();
    let window = desk.window(&server.endpoint(), &attach);
    desk.screen.xdotool(&["type", "precious words"]);
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "precious words");
    desk.screen.xdotool(&["key", "ctrl+Return"]);
    desk.reader.gone(MESSAGE[0], MESSAGE[1]); // "Don’t send" may come and go between two looks
    let _cover = desk.screen.cover();
    let report = poll("the report", || server.reports().pop());
    assert_eq!(report["message"], "precious words");
    desk.screen.close(TITLE); // nothing would be lost, so nobody is asked
    let run = end(window);
    assert_eq!(run.outcome(), (0, "sent"), "{run:?}");
    assert_eq!(run.report()["id"], report["id"]);
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
