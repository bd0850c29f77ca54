//! Guards promise 1 where several processes of an app share one spool and die at any moment: each report arrives
//! once, and nothing is left behind.
//!
//! `strace` kills them, each at a call of the system that a seed has drawn.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, SystemTime};

use fastrand::Rng;
use feedback_tests::server::{KEY, Server, serve};
use feedback_tests::{backlog, feedback, measured, program, strace, tools};

const REPORTS: usize = 40;
/// What the server takes; some reports are larger and have to be made smaller on the way.
const MAX_BYTES: usize = 600_000;
/// How often each process is killed at the most; then it may end its work.
const KILLS: usize = 8;

/// The calls by which delivery lists, claims, reads, sends, makes smaller and removes, and about how often it makes
/// each for one report.
const CALLS: [(&str, usize); 10] = [
    ("getdents64", 8),
    ("openat", 13),
    ("flock", 1),
    ("read", 30),
    ("writev", 1),
    ("recvfrom", 1),
    ("rename", 1),
    ("fsync", 1),
    ("unlink", 1),
    ("statx", 50),
];

#[test]
fn many_processes_on_one_spool_send_each_report_once_however_they_die() {
    if tools::find("strace").is_none() {
        return;
    }
    for processes in [2, 4, 8] {
        share_a_spool(processes);
    }
}

fn share_a_spool(processes: usize) {
    let folder = tempfile::tempdir().unwrap();
    let spool = folder.path().join("spool");
    let mut chance = Rng::with_seed(processes as u64);
    // Every fourth is too large.
    let size = |n| {
        if n % 4 == 0 {
            2 * MAX_BYTES
        } else {
            1_usize << (n % 19)
        }
    };
    let sizes: Vec<usize> = (0..REPORTS).map(size).collect();
    let mut stored = backlog::fill(&spool, &sizes, &mut chance);

    let mut command = Command::new(program("server-stub"));
    serve(&mut command, "127.0.0.1:0", &folder.path().join("server"));
    command.args(["--max-bytes", &MAX_BYTES.to_string()]);
    let server = Server::try_spawn(command).expect("server-stub starts");

    let kills: usize = thread::scope(|all| {
        let senders: Vec<_> = (0..processes)
            .map(|_| {
                let (chance, endpoint, spool) = (chance.fork(), server.endpoint(), &spool);
                all.spawn(move || flush_until_all_is_sent(&endpoint, spool, chance))
            })
            .collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).sum()
    });

    let last = feedback::flush(&server.endpoint(), &spool);
    assert_eq!((last.status, last.reports.len()), (0, 0), "{last:?}");

    assert_eq!(server.arrived_once(), stored.keys().cloned().collect());
    let fitting = |path: &Path| path.metadata().unwrap().len() < MAX_BYTES as u64 * 9 / 10;
    stored.retain(|_, path| fitting(path));

    let left = nothing_stays(&spool, &server);
    measured(format_args!(
        "{processes} processes, {kills} kills: {REPORTS} reports arrived once, {} of them as they were stored, the others \
         smaller; {left} half-written files swept",
        stored.len()
    ));
    for (id, path) in stored {
        assert!(server.bundle(&id) == std::fs::read(path).unwrap(), "{id} differs");
    }
    assert!(kills > 2 * processes, "the kills did not reach the flow");
}

/// Runs `feedback flush` again and again until nothing waits; a few times it is killed. Answers how often.
fn flush_until_all_is_sent(endpoint: &str, spool: &Path, mut chance: Rng) -> usize {
    let mut kills = 0;
    while kills < KILLS {
        let (call, for_one_report) = CALLS[chance.usize(..CALLS.len())];
        let n = chance.usize(1..=4 * for_one_report);
        let mut strace = strace::inject(call, "signal=KILL", n, &program("feedback")).unwrap();
        let run = strace
            .args(feedback::destination("flush", endpoint, KEY, spool))
            .stdout(Stdio::null())
            .output()
            .unwrap();

        match run.status.code() {
            Some(0) => return kills,
            Some(75) => {} // others held what is left
            Some(other) => panic!("{other}: {}", String::from_utf8_lossy(&run.stderr)),
            None => kills += 1,
        }
    }
    while feedback::flush(endpoint, spool).status == 75 {}
    kills
}

/// Panics unless the spool is empty, but for half-written files, and word of what was sent, that the next report sweeps
/// once they are old. Answers how many are half-written.
fn nothing_stays(spool: &Path, server: &Server) -> usize {
    let files = |folder: &Path| -> Vec<_> {
        let items = std::fs::read_dir(folder).into_iter().flatten().flatten();
        items
            .map(|item| item.path())
            .filter(|path| path.is_file())
            .collect()
    };
    let temp = spool.join("tmp");
    let left = files(&temp);
    let long_ago = SystemTime::now() - Duration::from_hours(2);
    for path in left.iter().chain(&files(spool)) {
        let file = std::fs::File::options().write(true).open(path).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let next = feedback::send(&server.endpoint(), spool, ["--message", "the next one"]);
    assert_eq!(next.status, 0, "{next:?}");
    assert_eq!(files(&temp), [""; 0].map(std::path::PathBuf::from));
    // What the server takes is known to the next run.
    assert_eq!(files(spool), [spool.join("limit")]);
    left.len()
}
