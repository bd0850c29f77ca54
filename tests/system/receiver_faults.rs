//! Guards promise 1 on a server's failing disk: whatever fails, the sender is told, nothing is kept half, and the same
//! server goes on.
//!
//! `strace` makes the n-th call of a kind fail with an error of the system's.

use std::ffi::OsStr;

use fastrand::Rng;
use feedback_tests::backlog::noise;
use feedback_tests::server::{Server, serve};
use feedback_tests::{feedback, program, strace};

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
    let (mut sent, mut told) = (0, 0);
    for (call, error) in FAULTS {
        for n in 1..=4 {
            let fate = format!("error={error}");
            let Some(mut strace) = strace::inject(call, &fate, n, &program("server-stub")) else {
                return;
            };
            serve(&mut strace, "127.0.0.1:0", &data);
            let Some(server) = Server::try_spawn(strace) else {
                continue; // it failed at the start, and said so
            };
            for file in &files {
                let message = format!("{call} {error} {n} {}", file.display());
                let arguments = [
                    OsStr::new("--message"),
                    message.as_ref(),
                    OsStr::new("--attach"),
                    file.as_ref(),
                    OsStr::new("--wait"),
                    OsStr::new("1"),
                ];
                let done = feedback::send(&server.endpoint(), &spool, arguments);
                sent += 1;
                told += usize::from(done.status == 75);
                // Each thread of the server has one fault, which may hit an answer as well. Tried again before the pause
                // of a full disk is over: threads without work end, and those in their place have a fault again.
                let mut flush = feedback::flushing(&server.endpoint(), &spool);
                flush.extend(["--wait", "1"].map(Into::into));
                let mut flushes = (0..20).map(|_| feedback::run(&flush).status);
                assert!(flushes.any(|status| status == 0), "{message}");
            }
        }
    }
    let server = Server::start(&data);
    assert_eq!(server.arrived_once().len(), sent, "each report once");
    println!("{sent} reports, {told} faults told, all of them arrived once");
    assert!(told >= 3, "the faults did not reach the intake");
}
