//! Guards what was typed against the end that the system, the parent or a terminal wants: it is asked about, as when the
//! window is closed.

use std::process::Command;

use feedback_tests::feedback;
use feedback_tests::process::Process;
use feedback_tests::tools;

use super::{Desk, MESSAGE, end};

/// The signals that a log-off, a parent's `terminate()`, a terminal's Ctrl+C and its X send.
const SIGNALS: [&str; 3] = ["-TERM", "-INT", "-HUP"];

fn send(signal: &str, process: &Process) {
    tools::run(Command::new("kill").args([signal, &process.0.id().to_string()]));
}

#[test]
fn what_was_typed_is_asked_about() {
    let Some(mut desk) = Desk::new() else { return };
    let window = desk.window("http://127.0.0.1:9/x", &[]);
    desk.reader.write(MESSAGE[0], MESSAGE[1], "precious words");
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "precious words");
    for signal in SIGNALS {
        send(signal, &window);
        desk.reader.press("push button", "Back to my message");
        desk.reader.reads(MESSAGE[0], MESSAGE[1], "precious words");
    }
    let cover = desk.screen.cover();
    send("-TERM", &window);
    cover.make_way();
    desk.reader.press("push button", "Close anyway");
    let run = end(window);
    assert_eq!(run.outcome(), (1, "cancelled"), "{run:?}");
}

#[test]
fn an_untouched_window_goes_and_says_so() {
    let Some(mut desk) = Desk::new() else { return };
    for signal in SIGNALS {
        let window = desk.window("http://127.0.0.1:9/x", &["--message", "It crashed at start."]);
        send(signal, &window);
        let run = end(window);
        assert_eq!(run.outcome(), (1, "cancelled"), "{signal} {run:?}");
    }
}

/// As after `nohup`.
#[test]
fn what_is_to_be_ignored_is_ignored() {
    let Some(mut desk) = Desk::new() else { return };
    let deaf = ["sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh"];
    let window = desk.window_by(&deaf, "http://127.0.0.1:9/x", &[]);
    send("-HUP", &window);
    send("-INT", &window);
    desk.reader.write(MESSAGE[0], MESSAGE[1], "precious words");
    desk.reader.reads(MESSAGE[0], MESSAGE[1], "precious words");
    send("-TERM", &window);
    desk.reader.press("push button", "Close anyway");
    let run = end(window);
    assert_eq!(run.outcome(), (1, "cancelled"), "{run:?}");
}

/// What is stored is safe, and the parent need not wait for its upload. It hears what became of it all the same.
#[test]
fn once_the_window_is_gone_the_program_ends_at_once_and_says_so() {
    let Some(mut desk) = Desk::new() else { return };
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/x", silent.local_addr().unwrap());
    let window = desk.window(&endpoint, &["--message", "on its way", "--wait", "3600"]);
    desk.screen.xdotool(&["key", "ctrl+Return"]);
    desk.reader.heard("Waiting for the answer…");
    desk.reader.press("push button", "Close");
    desk.screen.gone("Write to us");
    send("-TERM", &window);
    let run = end(window);
    assert_eq!(run.outcome(), (75, "queued"), "{run:?}");
    let waiting = feedback::list(&desk.folder.path().join("spool"));
    assert_eq!(waiting.reports.len(), 1, "{waiting:?}");
}
