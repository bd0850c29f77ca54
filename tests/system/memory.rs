//! Guards promise 5, and promise 1 for the largest reports: 100 MB go through a sender and a receiver from disk to disk,
//! and cost neither more memory than a few pieces of them.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use fastrand::Rng;
use feedback_tests::backlog::noise;
use feedback_tests::process::Process;
use feedback_tests::server::{Server, serve};
use feedback_tests::{feedback, measured, program};

const FILES: u64 = 5;
/// Less than an attachment may have.
const BYTES: usize = 20_000_000;
/// What each of the two may take, with the program itself, whose debug build has its share.
const MAY_TAKE: u64 = 60_000_000;

#[test]
fn a_hundred_megabytes_arrive_in_little_memory() {
    // Not in /tmp, which may itself be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut receiver = Command::new(program("server-stub"));
    serve(&mut receiver, "127.0.0.1:0", &folder.path().join("server"));
    receiver.args(["--max-bytes", "200000000"]);
    let server = Server::try_spawn(receiver).unwrap();

    let mut command = Command::new(program("feedback"));
    command.args(feedback::sending(
        &server.endpoint(),
        &folder.path().join("spool"),
    ));
    command.args(["--message", "It is slow.", "--wait", "600"]);
    for seed in 0..FILES {
        let file = folder.path().join(format!("{seed}.bin"));
        fs::write(&file, noise(&mut Rng::with_seed(seed), BYTES)).unwrap();
        command.arg("--attach").arg(file);
    }
    let mut sender = Process::spawn(command.stdout(Stdio::null()));
    let mut sent_with = 0;
    let status = loop {
        // Its high-water mark, until there is none any more.
        sent_with = peak(sender.0.id()).unwrap_or(sent_with);
        if let Some(status) = sender.0.try_wait().unwrap() {
            break status;
        }
        thread::sleep(Duration::from_millis(5));
    };
    assert!(status.success(), "{status}");
    let received_with = peak(server.id()).unwrap();

    let reports = server.reports();
    let bytes = reports[0]["bytes"].as_u64().unwrap();
    assert!(bytes > FILES * BYTES as u64, "all of it arrived");
    measured(format_args!(
        "{bytes} bytes were sent with {sent_with} bytes of memory and received with {received_with}"
    ));
    assert!(0 < sent_with && sent_with < MAY_TAKE, "sent with {sent_with}");
    assert!(received_with < MAY_TAKE, "received with {received_with}");
}

/// The most memory that a process has had so far, in bytes.
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes << 10)
}
