//! Guards promise 1 against `kill -9` at any moment: whatever was accepted arrives, nothing arrives
//! twice, nothing half.
//!
//! `strace` kills a real process at its n-th call of the system. By default a sample of the calls is
//! tried; `FEEDBACK_FULL=1` tries every one.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::process::Stdio;

use feedback_tests::server::{Server, serve};
use feedback_tests::{feedback, program, strace};

/// The calls by which a program touches files and sockets.
const CALLS: [&str; 14] = [
    "openat",
    "mkdir",
    "write",
    "writev",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "unlink",
    "flock",
    "connect",
    "sendto",
    "recvfrom",
    "ftruncate",
];

/// No program here makes more calls of one kind.
const MOST: usize = 2000;

/// The moments to try: the first few one by one, then every so many.
fn moments() -> impl Iterator<Item = usize> {
    let step = if std::env::var_os("FEEDBACK_FULL").is_some() {
        1
    } else {
        13
    };
    (1..4).chain((4..MOST).step_by(step))
}

#[test]
fn the_sender_can_be_killed_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let log = folder.path().join("app.log");
    std::fs::write(&log, "12:00 INFO a line\n".repeat(1000)).unwrap();
    let server = Server::start(&folder.path().join("server"));
    let (mut kills, mut accepted) = (0, HashSet::new());
    for call in CALLS {
        for n in moments() {
            let Some(mut strace) = strace::inject(call, "signal=KILL", n, &program("feedback")) else {
                return;
            };
            let done = strace
                .arg("--verbose")
                .args(feedback::sending(&server.endpoint(), &spool))
                .args(["--message", &format!("{call} {n}"), "--wait", "5"])
                .args([OsStr::new("--log"), log.as_os_str()])
                .stdin(Stdio::null())
                .output()
                .unwrap();
            accepted.extend(strace::promised(&String::from_utf8_lossy(&done.stderr)));
            if done.status.code() == Some(0) {
                break; // it makes fewer than `n` such calls
            }
            kills += 1;
        }
    }
    let flushed = feedback::flush(&server.endpoint(), &spool);
    assert_eq!(flushed.status, 0, "{flushed:?}");
    assert!(feedback::list(&spool).reports.is_empty());

    let ids = server.arrived_once();
    let lost: Vec<_> = accepted.difference(&ids).collect();
    assert!(lost.is_empty(), "accepted and lost: {lost:?}");
    println!(
        "killed {kills} times, accepted {}, arrived {}, lost 0, twice 0",
        accepted.len(),
        ids.len()
    );
    assert!(
        kills > 30 && accepted.len() > 10,
        "the kills did not reach the flow"
    );
}

#[test]
fn the_server_can_be_killed_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("server");
    let spool = folder.path().join("spool");
    let mut sent = 0;
    for call in [
        "write",
        "pwrite64",
        "fsync",
        "fdatasync",
        "rename",
        "unlink",
        "sendto",
        "writev",
    ] {
        for n in moments().take(if std::env::var_os("FEEDBACK_FULL").is_some() {
            MOST
        } else {
            6
        }) {
            let Some(mut strace) = strace::inject(call, "signal=KILL", n, &program("server-stub")) else {
                return;
            };
            serve(&mut strace, "127.0.0.1:0", &data);
            let Some(server) = Server::try_spawn(strace) else {
                continue;
            };
            let message = format!("{call} {n}");
            feedback::send(&server.endpoint(), &spool, ["--message", &message, "--wait", "2"]);
            sent += 1;
        }
    }
    let server = Server::start(&data);
    let flushed = feedback::flush(&server.endpoint(), &spool);
    assert_eq!(flushed.status, 0, "{flushed:?}");
    assert_eq!(server.arrived_once().len(), sent, "each report once");
    println!("{sent} reports to servers that were killed: all there, once");
    assert!(sent > 20, "the kills came before the server listened");
}
