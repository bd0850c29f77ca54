//! Guards promise 1 against `kill -9` at any moment: whatever was accepted arrives, nothing arrives
//! twice, nothing half.
//!
//! `strace` kills a real process at its n-th call of a kind. Which kinds there are, and how many of each, is taken from a
//! run that nothing kills; both are followed once the program has started. By default a sample of the calls is tried;
//! `FEEDBACK_FULL=1` tries every one.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use fastrand::Rng;
use feedback_tests::backlog::noise;
use feedback_tests::process::Process;
use feedback_tests::server::Server;
use feedback_tests::strace::{self, End, FILES_AND_SOCKETS, Followed};
use feedback_tests::{feedback, measured, program, tools};

/// Fits into a segment of the server's log.
const SMALL: usize = 1_000;
/// A file of its own on the server.
const LARGE: usize = 300_000;
/// Goes in pieces.
const RESUMABLE: usize = 5_000_000;

/// Where to kill: the kind of a call, and the how manyth of it.
type Moment<'a> = Option<(&'a str, usize)>;

/// Options for what becomes of a program.
fn options(moment: Moment<'_>) -> String {
    match moment {
        None => FILES_AND_SOCKETS.to_owned(),
        Some((call, n)) => strace::fate(call, "signal=KILL", n),
    }
}

/// Kills at the calls that `counts` tells of: the first of each kind, the last, and any. Prints how many kills there
/// were, and panics unless each of these `kinds` was among them.
fn kill_at_each(
    who: &str,
    counts: &BTreeMap<String, usize>,
    kinds: &[&str],
    was_killed: impl Fn(&str, usize) -> bool,
) {
    let mut chance = Rng::with_seed(1);
    let is_full = std::env::var_os("FEEDBACK_FULL").is_some();
    let (mut tried, mut hit) = (0, BTreeMap::<&str, usize>::new());
    for (call, &most) in counts {
        let moments = if is_full {
            (1..=most).collect()
        } else {
            BTreeSet::from([1, chance.usize(1..=most), most])
        };
        for n in moments {
            tried += 1;
            *hit.entry(call).or_default() += usize::from(was_killed(call, n));
        }
    }
    let kills: usize = hit.values().sum();
    measured(format_args!(
        "{who} killed at {kills} of {tried} moments, by the call it was about to make: {hit:?}"
    ));
    for kind in kinds {
        assert!(
            hit.get(kind).is_some_and(|kills| *kills > 0),
            "never killed at {kind}"
        );
    }
    // Which thread makes a call is chance.
    assert!(kills * 2 > tried, "the kills did not reach the flow");
}

/// What `send` gets besides.
fn attach(folder: &Path, bytes: usize) -> [OsString; 2] {
    let file = folder.join("noise.bin");
    fs::write(&file, noise(&mut Rng::with_seed(1), bytes)).unwrap();
    ["--attach".into(), file.into()]
}

#[test]
fn a_sender_of_a_small_report_can_be_killed_anywhere() {
    kill_senders(SMALL, &[]);
}

#[test]
fn a_sender_of_a_report_in_pieces_can_be_killed_anywhere() {
    kill_senders(RESUMABLE, &["pread64", "pwrite64"]);
}

fn kill_senders(bytes: usize, more: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let attachment = attach(folder.path(), bytes);
    let accepted = RefCell::new(HashSet::new());
    let send = |moment: Moment<'_>| {
        let message = format!("{moment:?}");
        // Its own spool: what an earlier one has left would be sent first.
        let spool = folder.path().join("spool");
        let end = send_killed(&server.endpoint(), &spool, &message, &attachment, moment)?;
        accepted.borrow_mut().extend(strace::promised(&end.stderr));
        let flushed = feedback::flush(&server.endpoint(), &spool);
        assert_eq!(flushed.status, 0, "{moment:?}: {flushed:?}");
        assert!(feedback::list(&spool).reports.is_empty(), "{moment:?}");
        if spool.exists() {
            fs::remove_dir_all(&spool).unwrap();
        }
        Some(end)
    };
    let Some(whole) = send(None) else {
        return;
    };
    let counts = strace::counts(&whole.log);
    let kinds = [
        "openat",
        "read",
        "write",
        "statx",
        "getdents64",
        "mkdir",
        "fsync",
        "flock",
        "rename",
        "unlink",
        "close",
        "socket",
        "connect",
        "writev",
        "recvfrom",
    ];
    let who = format!("sender of {bytes} bytes");
    kill_at_each(&who, &counts, &[&kinds, more].concat(), |call, n| {
        send(Some((call, n))).unwrap().was_killed
    });

    let ids = server.arrived_once();
    let accepted = accepted.into_inner();
    let lost: Vec<_> = accepted.difference(&ids).collect();
    assert!(lost.is_empty(), "accepted and lost: {lost:?}");
    assert!(accepted.len() > 10, "the kills came before anything was accepted");
}

/// Runs `feedback send`, followed from where it has asked for its message on.
fn send_killed(
    endpoint: &str,
    spool: &Path,
    message: &str,
    more: &[impl AsRef<OsStr>],
    moment: Moment<'_>,
) -> Option<End> {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("message");
    tools::run(Command::new("mkfifo").arg(&pipe));
    let mut arguments = feedback::sending(endpoint, spool);
    arguments.extend(["--verbose", "--message", "-", "--wait", "60"].map(Into::into));
    arguments.extend(more.iter().map(|argument| argument.as_ref().to_owned()));
    let log = folder.path().join("calls");
    let mut sender = Followed::start(&program("feedback"), arguments, &pipe, &log)?;
    let mut words = File::options().write(true).open(&pipe).unwrap();
    // More than a pipe holds: when all is written, some was read.
    words.write_all("x".repeat(100_000).as_bytes()).unwrap();
    sender.follow(&options(moment));
    // It may be gone before it has read this.
    let _ = words.write_all(message.as_bytes());
    drop(words);
    Some(sender.end())
}

#[test]
fn a_server_can_be_killed_anywhere_in_a_small_report() {
    kill_servers(SMALL, &[]);
}

#[test]
fn a_server_can_be_killed_anywhere_in_a_large_report() {
    kill_servers(LARGE, &["mkdir", "rename", "ftruncate", "read"]);
}

#[test]
fn a_server_can_be_killed_anywhere_in_a_report_in_pieces() {
    kill_servers(RESUMABLE, &["mkdir", "rename", "unlink", "read"]);
}

fn kill_servers(bytes: usize, more: &[&str]) {
    let Some(counts) = kill_server(bytes, None) else {
        return;
    };
    let kinds = [
        "accept4",
        "recvfrom",
        "openat",
        "write",
        "pwrite64",
        "fsync",
        "fdatasync",
        "writev",
        "close",
    ];
    let who = format!("receiver of {bytes} bytes");
    kill_at_each(&who, &counts.1, &[&kinds, more].concat(), |call, n| {
        kill_server(bytes, Some((call, n))).unwrap().0
    });
}

/// Sends a report to a server that is killed meanwhile, and starts the server anew. Answers whether it was killed, and
/// the calls that it made.
fn kill_server(bytes: usize, moment: Moment<'_>) -> Option<(bool, BTreeMap<String, usize>)> {
    let folder = tempfile::tempdir().unwrap();
    let (data, spool) = (folder.path().join("server"), folder.path().join("spool"));
    let (mut server, endpoint) = Server::to_follow(&data, &folder.path().join("calls"))?;
    let mut stored = attach(folder.path(), bytes).to_vec();
    stored.extend(["--wait", "0"].map(Into::into));
    assert_eq!(feedback::send(&endpoint, &spool, stored).status, 75, "stored");
    server.follow(&options(moment));
    let mut command = Command::new(program("feedback"));
    command
        .args(feedback::flushing(&endpoint, &spool))
        .args(["--wait", "60"]);
    let mut sender = Process::spawn(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    let (mut out, stop, calls) = (sender.0.stdout.take().unwrap(), server.stop(), server.calls());
    let (end, told, counts) = thread::scope(|both| {
        let told = both.spawn(move || {
            let mut told = String::new();
            out.read_to_string(&mut told).unwrap();
            // What it calls to end is no part of the intake.
            let counts = strace::counts(&calls());
            stop();
            (told, counts)
        });
        let end = server.end();
        drop(sender); // it would wait for a server that is gone
        let (told, counts) = told.join().unwrap();
        (end, told, counts)
    });

    let server = Server::start(&data);
    let was_told = told.starts_with("sent ");
    assert!(was_told || end.was_killed, "{moment:?}: {told}");
    assert!(
        !was_told || server.reports().len() == 1,
        "{moment:?}: told, and lost"
    );
    let flushed = feedback::flush(&server.endpoint(), &spool);
    assert_eq!(flushed.status, 0, "{moment:?}: {flushed:?}");
    assert!(feedback::list(&spool).reports.is_empty(), "{moment:?}");
    assert_eq!(server.arrived_once().len(), 1, "{moment:?}");
    let own_files = usize::from(bytes > SMALL);
    let files = ["blobs", "tmp"].map(|name| files_below(&data.join(name)));
    assert_eq!(files, [own_files, 0], "{moment:?}: nothing without a row");
    Some((end.was_killed, counts))
}

fn files_below(folder: &Path) -> usize {
    let items = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path());
    items
        .map(|path| if path.is_dir() { files_below(&path) } else { 1 })
        .sum()
}
