//! Guards promise 1 on a failing disk: the program says what it could not do, never panics, never hangs,
//! and what it has promised arrives.
//!
//! `strace` makes the n-th call of a kind fail with an error of the system's.

use std::collections::HashSet;
use std::process::Stdio;

use feedback_tests::server::Server;
use feedback_tests::{feedback, program, strace};

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
            match done.status.code() {
                Some(0 | 75) => {
                    let id = strace::promised(&stderr).next();
                    promised.insert(id.expect("a report that was sent was stored first"));
                }
                Some(74) => {
                    told += 1;
                    assert!(
                        stderr.contains("save the report as a file"),
                        "{call} {error} {n}: {stderr}"
                    );
                }
                other => panic!("{call} {error} {n} ended with {other:?}: {stderr}"),
            }
            assert!(!stderr.contains("panicked"), "{call} {error} {n}: {stderr}");
            let flushed = feedback::flush(&server.endpoint(), &spool);
            assert_eq!(flushed.status, 0, "{call} {error} {n}: {flushed:?}");
        }
    }
    let arrived = server.arrived_once();
    assert!(promised.is_subset(&arrived), "promised and lost");
    println!(
        "{told} faults told, {} reports promised, all of them arrived once",
        promised.len()
    );
    assert!(told >= 6, "the faults did not reach the flow");
}
