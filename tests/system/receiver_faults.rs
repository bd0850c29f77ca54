//! Guards promise 1 on a server's failing disk: whatever fails, the sender is told, nothing is kept half, and the same
//! server goes on.
//!
//! `strace` makes the n-th call of a kind fail with an error of the system's, once the server listens: a start that fails
//! would prove nothing.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use fastrand::Rng;
use feedback_tests::backlog::noise;
use feedback_tests::feedback::{self, Run};
use feedback_tests::server::Server;
use feedback_tests::{measured, strace};

/// What a disk that fails or is full answers where a bundle and its row are written.
const FAULTS: [(&str, &str); 6] = [
    ("writev", "ENOSPC"),
    ("fdatasync", "EIO"),
    ("fsync", "EIO"),
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EIO"),
    ("rename", "EIO"),
];

#[test]
fn a_failing_disk_is_told_and_the_server_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (data, spool) = (folder.path().join("server"), folder.path().join("spool"));
    // One for a segment, one for a file of its own.
    let files = [("small", 1_000), ("large", 300_000)].map(|(name, bytes)| {
        let path = folder.path().join(name);
        std::fs::write(&path, noise(&mut Rng::with_seed(1), bytes)).unwrap();
        path
    });
    let log = folder.path().join("calls");
    let Some((mut server, endpoint)) = Server::to_follow(&data, &log) else {
        return;
    };
    server.follow(strace::FILES_AND_SOCKETS);
    for file in &files {
        send(&endpoint, &spool, "whole", file);
        assert_eq!(feedback::flush(&endpoint, &spool).status, 0);
    }
    server.stop()();
    let counts = strace::counts(&server.end().log);

    let (mut sent, mut told, mut struck) = (files.len(), 0, BTreeMap::new());
    for (call, error) in FAULTS {
        for n in 1..=counts[call].min(4) {
            let (mut server, endpoint) = Server::to_follow(&data, &log).unwrap();
            server.follow(&strace::fate(call, &format!("error={error}"), n));
            for file in &files {
                let message = format!("{call} {error} {n}");
                let done = send(&endpoint, &spool, &message, file);
                sent += 1;
                told += usize::from(done.status == 75);
                // Each thread of the server has one fault, which may hit an answer as well. Tried again before the pause
                // of a full disk is over: threads without work end, and those in their place have a fault again.
                let mut flush = feedback::flushing(&endpoint, &spool);
                flush.extend(["--wait", "1"].map(Into::into));
                let mut flushes = (0..20).map(|_| feedback::run(&flush).status);
                assert!(flushes.any(|status| status == 0), "{message}");
            }
            server.stop()();
            let hits = server.end().log.matches("(INJECTED)").count();
            *struck.entry((call, error)).or_insert(0) += hits;
        }
    }
    let server = Server::start(&data);
    assert_eq!(server.arrived_once().len(), sent, "each report once");
    measured(format_args!(
        "{sent} reports, {told} faults told, all of them arrived once; faults of a listening server: {struck:?}"
    ));
    assert!(told >= 3, "the faults did not reach the intake");
    assert!(struck.values().all(|hits| *hits > 0), "a fault never struck");
}

fn send(endpoint: &str, spool: &Path, message: &str, file: &Path) -> Run {
    let message = format!("{message} {}", file.display());
    let arguments = [
        OsStr::new("--message"),
        message.as_ref(),
        OsStr::new("--attach"),
        file.as_ref(),
        OsStr::new("--wait"),
        OsStr::new("1"),
    ];
    feedback::send(endpoint, spool, arguments)
}
