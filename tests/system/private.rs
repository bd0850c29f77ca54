//! Guards that nothing private is on the disk: whatever becomes of a report, its spool, the temporary and
//! the state folder hold no secret of the logs, the context, the file names and the texts in it.

use std::ffi::{OsStr, OsString};
use std::io::Read as _;
use std::iter::{repeat, repeat_n};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use feedback_sdk::testing::{Receiver, Reply};
use feedback_tests::chaos::{Fate, Proxy};
use feedback_tests::server::{KEY, Server};
use feedback_tests::{program, strace};

use super::desk::Desk;

/// One of each kind, in the log, in a file's name, in a text file and in the context.
const SECRETS: [&str; 8] = [
    "hunter2-in-log",
    "anna.private@example.org",
    "MIIEowIBAAKCAQEAplantedplantedplantedplanted",
    "81.2.69.142",
    "file.private@example.org",
    "hunter2-in-file",
    "hunter2-in-context",
    KEY,
];

/// Stands in each line of the log that is no secret.
const LINE: &str = "10:15:01 INFO";

/// A home of its own for the program, with everything it may write below it.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        // Digits that do not repeat, so that the log has to be cut to fit.
        let digits = |line: u64| line.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self::with_lines((0..3000).map(|line| format!("{LINE} {:x}", digits(line))))
    }

    /// With a log of so much that its evidence waits on the disk, even compressed.
    fn with_much() -> Self {
        let mut dice = fastrand::Rng::with_seed(7);
        Self::with_lines((0..68_000).map(|_| {
            let words = (0..100).map(|at| if at % 10 == 0 { ' ' } else { dice.lowercase() });
            format!("{LINE}{}", words.collect::<String>())
        }))
    }

    fn with_lines(lines: impl Iterator<Item = String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = format!(
            "password={}\nfrom {} at {}\n-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----\nwith {KEY}\n",
            SECRETS[0], SECRETS[1], SECRETS[3], SECRETS[2]
        );
        let lines = lines.collect::<Vec<_>>().join("\n");
        std::fs::create_dir_all(folder.path().join("mine")).unwrap();
        std::fs::create_dir_all(folder.path().join("written/tmp")).unwrap();
        std::fs::write(folder.path().join("mine/app.log"), format!("{log}{lines}\n{log}")).unwrap();
        let file = folder.path().join(format!("mine/{}.txt", SECRETS[4]));
        std::fs::write(file, format!("{{\"password\": \"{}\"}}", SECRETS[5])).unwrap();
        Self { folder }
    }

    fn written(&self, name: &str) -> PathBuf {
        self.folder.path().join("written").join(name)
    }

    fn send(&self, mut command: Command, endpoint: &str, more: &[&OsStr]) -> Option<i32> {
        let mine = |name: &str| self.folder.path().join("mine").join(name);
        let done = command
            .args(["send", "--endpoint", endpoint, "--key", KEY])
            .args(["--app", "Notes", "--app-version", "1", "--message", "It is slow."])
            .args([OsStr::new("--spool"), self.written("spool").as_os_str()])
            .args([OsStr::new("--log"), mine("app.log").as_os_str()])
            .args([
                OsStr::new("--attach"),
                mine(&format!("{}.txt", SECRETS[4])).as_os_str(),
            ])
            .args(["--context", &format!("password={}", SECRETS[6])])
            .args(more)
            .env("HOME", self.written(""))
            .env("XDG_STATE_HOME", self.written("state"))
            .env("TMPDIR", self.written("tmp"))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        done.status.code()
    }

    fn search(&self, what: &str) -> Seen {
        search(&self.written(""), what)
    }
}

/// Panics if a secret is in any file of a folder, packed or not.
fn search(folder: &Path, what: &str) -> Seen {
    let mut seen = Seen::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder)
            .unwrap()
            .map(|item| item.unwrap().path())
        {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if !path.is_file() {
                continue; // a socket of the desktop's
            }
            let name = path.to_string_lossy().into_owned();
            let text = readable(&path);
            seen.files += 1;
            seen.logs += usize::from(text.contains(LINE));
            for secret in SECRETS {
                assert!(!text.contains(secret), "{what}: {secret} in {name}");
                assert!(!name.contains(secret), "{what}: {secret} in a name: {name}");
            }
        }
    }
    seen
}

/// What was written.
#[derive(Debug, Default)]
struct Seen {
    files: usize,
    /// Files in which lines of the log could be read, so that a secret would have been.
    logs: usize,
}

/// The bytes of a file as text, and what can be unpacked of it: also of a zip that was not finished.
fn readable(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    let mut rest = bytes.as_slice();
    while let Ok(Some(mut entry)) = zip::read::read_zipfile_from_stream(&mut rest) {
        let mut content = Vec::new();
        let whole = entry.read_to_end(&mut content);
        text.push_str(&String::from_utf8_lossy(&content));
        if whole.is_err() {
            break;
        }
    }
    text
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
    // Takes nothing this large, so that the report is fitted and stored anew, again and again.
    let strict = Receiver::start(|request| {
        let length: u64 = request.headers["content-length"].parse().unwrap();
        let body = r#"{"type":"about:blank","max_bytes":20000}"#.to_owned();
        if length > 20_000 {
            Reply::Answer(413, "Content-Type: application/problem+json\r\n", body)
        } else {
            Reply::Answer(503, "", String::new())
        }
    })
    .unwrap();
    flow("fitted", 75, &strict.url(), &["--wait", "3"].map(OsStr::new), 1);
}

#[test]
fn no_secret_is_on_the_disk_while_an_upload_waits_to_go_on() {
    let home = Home::with_much();
    let server = Server::start(&home.folder.path().join("server"));
    // Asked what it takes, begun, and the first piece; then the line is dead.
    let fates = repeat_n(Fate::CutRequest(1_000_000), 3).chain(repeat(Fate::CutRequest(0)));
    let proxy = Proxy::start(server.address(), fates);
    let sent = home.send(feedback(), &proxy.endpoint(), &["--wait", "2"].map(OsStr::new));
    assert_eq!(sent, Some(75));
    let mut spool = std::fs::read_dir(home.written("spool")).unwrap();
    let is_note = |path: &Path| path.extension().is_some_and(|ending| ending == "upload");
    assert!(
        spool.any(|item| is_note(&item.unwrap().path())),
        "it was on its way"
    );
    assert!(home.search("on its way").logs > 0);
}

#[test]
fn a_window_that_is_closed_without_send_leaves_nothing_of_a_log_on_the_disk() {
    let Some(mut desk) = Desk::new() else { return };
    let home = Home::new();
    let log = home.folder.path().join("mine/app.log");
    let given = ["--message", "It is slow.", "--log", log.to_str().unwrap()];
    let mut window = desk.window("http://127.0.0.1:9/x", &given);
    desk.reader.press("toggle button", "What will be sent");
    desk.reader.find("check box", "Send logs/app.log");
    desk.screen.xdotool(&["key", "Escape"]);
    assert_eq!(window.0.wait().unwrap().code(), Some(1), "cancelled");
    let seen = search(desk.folder.path(), "closed without Send");
    assert_eq!(seen.logs, 0, "{seen:?}");
}

#[test]
fn no_secret_is_on_the_disk_after_a_kill() {
    let send =
        |home: &Home, command| home.send(command, "http://127.0.0.1:9/x", &["--wait", "0"].map(OsStr::new));
    let calls = [
        "write",
        "pwrite64",
        "fsync",
        "rename",
        "ftruncate",
        "fchmod",
        "openat",
    ];
    let home = Home::new();
    let record = home.folder.path().join("calls");
    let Some(strace) = strace::record(&calls.join(","), &record, &program("feedback")) else {
        return;
    };
    assert_eq!(send(&home, strace), Some(75));
    let record = std::fs::read_to_string(record).unwrap();
    let (mut killed, mut left) = (0, Seen::default());
    for call in calls {
        // strace counts the calls of each thread for itself.
        let most = most_of_a_thread(&record, call);
        // Those at the end are the ones that write the report.
        for n in (1..=most).rev().take(6) {
            let strace = strace::inject(call, "signal=KILL", n, &program("feedback")).unwrap();
            let home = Home::new();
            if send(&home, strace).is_none() {
                let seen = home.search(&format!("killed at {call} {n}"));
                killed += 1;
                left.files += seen.files;
                left.logs += seen.logs;
            }
        }
    }
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

/// How often one thread has made this call, of those that made it most.
fn most_of_a_thread(record: &str, call: &str) -> usize {
    let mut counts = std::collections::HashMap::new();
    for (thread, made) in record.lines().filter_map(|line| line.split_once(' ')) {
        if made.trim_start().starts_with(&format!("{call}(")) {
            *counts.entry(thread).or_insert(0) += 1;
        }
    }
    counts.into_values().max().unwrap_or_default()
}
