//! What `feedback` leaves on the disk.

use std::ffi::{OsStr, OsString};
use std::iter::{repeat, repeat_n};
use std::path::Path;
use std::process::Command;

use feedback_sdk::testing::{Receiver, Reply, Request};
use feedback_tests::chaos::{Fate, Proxy};
use feedback_tests::process::Process;
use feedback_tests::server::{KEY, Server};
use feedback_tests::strict::strict;
use feedback_tests::{PATIENCE, poll, program, strace};

use super::{Home, kill_at_each_call};

impl Home {
    fn send(&self, command: Command, endpoint: &str, more: &[&OsStr]) -> Option<i32> {
        self.sending(command, endpoint, more)
            .output()
            .unwrap()
            .status
            .code()
    }

    /// Begins to send until it is killed.
    fn begin(&self, endpoint: &str) -> Process {
        Process::spawn(&mut self.sending(feedback(), endpoint, &["--wait", "3600"].map(OsStr::new)))
    }

    fn sending(&self, command: Command, endpoint: &str, more: &[&OsStr]) -> Command {
        let attached = self.mine("file.private@example.org.txt");
        let mut command = self.at_home(command);
        command
            .args(["send", "--endpoint", endpoint, "--key", KEY])
            .args(["--app", "Notes", "--app-version", "1", "--message", "It is slow."])
            .args([OsStr::new("--spool"), self.written("spool").as_os_str()])
            .args([OsStr::new("--log"), self.mine("*.log").as_os_str()])
            .args([OsStr::new("--attach"), attached.as_os_str()])
            .args(["--context", "password=hunter2-in-context"])
            .args(more);
        command
    }
}

fn feedback() -> Command {
    Command::new(program("feedback"))
}

#[test]
fn no_secret_is_on_the_disk_whatever_becomes_of_a_report() {
    let nowhere = "http://127.0.0.1:9/api/v1/reports";
    let none: [&OsStr; 0] = [];
    let flow_of = |home: Home, what: &str, status: i32, endpoint: &str, more: &[&OsStr], least: usize| {
        let more: Vec<OsString> = more.iter().map(|argument| argument.to_os_string()).collect();
        let file = home.written("saved.zip");
        let more: Vec<&OsStr> = more
            .iter()
            .map(|argument| {
                if argument == "FILE" {
                    file.as_os_str()
                } else {
                    argument
                }
            })
            .collect();
        assert_eq!(home.send(feedback(), endpoint, &more), Some(status), "{what}");
        let seen = home.search(what);
        assert!(seen.logs >= least, "{what}: {seen:?}");
    };
    let flow = |what, status, endpoint: &str, more: &[&OsStr], least| {
        flow_of(Home::new(), what, status, endpoint, more, least);
    };
    let stores = ["--wait", "0"].map(OsStr::new);
    flow("stored", 75, nowhere, &stores, 1);
    flow_of(Home::with_much(), "stored much", 75, nowhere, &stores, 1);
    flow("saved", 0, nowhere, &["--save", "FILE"].map(OsStr::new), 1);

    let refuses = Receiver::start(|_| Reply::Answer(422, "", String::new())).unwrap();
    flow("refused", 65, &refuses.url(), &none, 1);
    let sent = Receiver::start(|_| Reply::RECEIPT).unwrap();
    flow("sent", 0, &sent.url(), &none, 0);
}

#[test]
fn no_secret_is_on_the_disk_of_what_is_made_to_fit() {
    let (home, receiver) = (Home::new(), strict(20_000));
    let sending = home.begin(&receiver.url());
    let length = |request: Request| request.headers["content-length"].parse::<u64>().unwrap();
    while length(receiver.next_within(PATIENCE).unwrap()) > 20_000 {}
    drop(sending);
    assert!(home.search("fitted").logs > 0);
}

#[test]
fn no_secret_is_on_the_disk_while_an_upload_waits_to_go_on() {
    let home = Home::with_much();
    let server = Server::start(&home.folder.path().join("server"));
    // Asked what it takes, begun, and the first piece; then the line is dead.
    let fates = repeat_n(Fate::CutRequest(1_000_000), 3).chain(repeat(Fate::CutRequest(0)));
    let proxy = Proxy::start(server.address(), fates);
    let sending = home.begin(&proxy.endpoint());
    let is_note = |path: &Path| path.extension().is_some_and(|ending| ending == "upload");
    poll("the note of an upload", || {
        let spool = std::fs::read_dir(home.written("spool")).into_iter().flatten();
        spool.flatten().find(|item| is_note(&item.path()))
    });
    drop(sending);
    assert!(home.search("on its way").logs > 0);
}

#[test]
fn no_secret_is_on_the_disk_after_a_kill() {
    let send =
        |home: &Home, command| home.send(command, "http://127.0.0.1:9/x", &["--wait", "0"].map(OsStr::new));
    let Some((mut killed, left)) = kill_at_each_call(&program("feedback"), 6, send) else {
        return;
    };
    // Evidence that waits on the disk: killed where it is written, and where its bundle is.
    for (call, n) in [("write", 20), ("pwrite64", 20), ("rename", 1)] {
        let strace = strace::inject(call, "signal=KILL", n, &program("feedback")).unwrap();
        let home = Home::with_much();
        if send(&home, strace).is_none() {
            home.search(&format!("killed with much at {call} {n}"));
            killed += 1;
        }
    }
    assert!(killed > 10, "{killed} of them were killed");
    assert!(
        left.logs > 2,
        "the kills came before anything was written: {left:?}"
    );
}
