//! Guards promise 1 on a failing disk: the program says what it could not do, never panics, never hangs,
//! and what it has promised arrives.
//!
//! `strace` makes the n-th call of a kind fail with an error of the system's.

use std::collections::HashSet;
use std::process::Stdio;

use feedback_tests::server::Server;
use feedback_tests::{feedback, measured, program, strace};

/// As a disk of the network may do that knows no locks.
#[test]
fn a_report_that_cannot_be_held_waits_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let spool = folder.path().join("spool");
    let stored = feedback::send(&server.endpoint(), &spool, ["--message", "x", "--wait", "0"]);
    assert_eq!(stored.status, 75, "{stored:?}");
    let Some(mut strace) = strace::inject("flock", "error=EBADF", "1+", &program("feedback")) else {
        return;
    };
    strace
        .args(feedback::flushing(&server.endpoint(), &spool))
        .args(["--wait", "1"]);
    let waits = feedback::finish(&mut strace);
    assert_eq!(waits.outcome(), (75, "queued"));
    let why = waits.report()["reason"].as_str().unwrap();
    assert!(why.contains("on this computer"), "{why}");
    assert_eq!(feedback::flush(&server.endpoint(), &spool).outcome(), (0, "sent"));
}

/// What a disk, a full one, a read-only one or one without handles answers.
const FAULTS: [(&str, &str); 8] = [
    ("fsync", "EIO"),
    ("fsync", "ENOSPC"),
    ("rename", "EIO"),
    ("rename", "ENOSPC"),
    ("mkdir", "EROFS"),
    ("mkdir", "ENOSPC"),
    ("flock", "ENOLCK"),
    ("unlink", "EROFS"),
];

#[test]
fn a_failing_disk_is_told_and_breaks_no_promise() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let (mut told, mut promised) = (0, HashSet::new());
    for (call, error) in FAULTS {
        for n in 1..=4 {
            // A fresh folder each time, so that the calls are those of a first report.
            let spool = folder.path().join(format!("{call}-{error}-{n}"));
            let fate = format!("error={error}");
            let Some(mut strace) = strace::inject(call, &fate, n, &program("feedback")) else {
                return;
            };
            let done = strace
                .arg("--verbose")
                .args(feedback::sending(&server.endpoint(), &spool))
                .args(["--message", &format!("{call} {error} {n}"), "--wait", "3"])
                .stdin(Stdio::null())
                .output()
                .unwrap();
            let stderr = String::from_utf8_lossy(&done.stderr);
            let was_told = stderr.contains("save the report as a file");
            match done.status.code() {
                // "sent <id> …" on stdout: stored at once or a moment later, or gone from memory.
                Some(0) => {
                    let stdout = String::from_utf8_lossy(&done.stdout);
                    let id = stdout.split([' ', ',']).nth(1).unwrap();
                    promised.insert(id.to_owned());
                }
                Some(75) => promised.extend(strace::promised(&stderr)),
                Some(74) => assert!(was_told, "{call} {error} {n}: {stderr}"),
                other => panic!("{call} {error} {n} ended with {other:?}: {stderr}"),
            }
            told += usize::from(was_told);
            assert!(!stderr.contains("panicked"), "{call} {error} {n}: {stderr}");
            let flushed = feedback::flush(&server.endpoint(), &spool);
            assert_eq!(flushed.status, 0, "{call} {error} {n}: {flushed:?}");
        }
    }
    let arrived = server.arrived_once();
    assert!(promised.is_subset(&arrived), "promised and lost");
    measured(format_args!(
        "{told} faults told, {} reports promised, all of them arrived once",
        promised.len()
    ));
    assert!(told >= 6, "the faults did not reach the flow");
}
