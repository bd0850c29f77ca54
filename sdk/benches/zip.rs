//! What a zip of log text costs: Info-ZIP's `zip -6` and `pigz -6` on two threads beside ours, each a process of its
//! own, in alternating rounds. Medians, as the table in BENCHMARKS.md. Fails where a goal is missed.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark is a program of its own"
)]

#[path = "../tests/it/benign.rs"]
mod benign;

use std::env;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode};

use feedback_sdk::testing::masking::Dice;
use feedback_sdk::testing::zip::zip;

/// What ours may take of `zip -6`'s work on a log that deflate likes, of its time on two cores, of its bytes, and of memory.
const CPU: f64 = 0.5;
const WALL: f64 = 0.4;
const BYTES: f64 = 1.0;
const MEMORY: f64 = 16.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    if let [_, ours, log, to] = &*arguments
        && ours == "ours"
    {
        make(Path::new(log), Path::new(to));
        return ExitCode::SUCCESS;
    }
    // Not the system's temp folder, which may be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let ours = format!("{} ours app.log ours.zip", env::current_exe().unwrap().display());
    let peers = [
        ("`zip -6`", "zip -q -6 zip.zip app.log", "zip.zip"),
        (
            "`pigz -6 -p 2 --zip`",
            "pigz -6 -p 2 --zip -c app.log > pigz.zip",
            "pigz.zip",
        ),
        ("ours", &*ours, "ours.zip"),
    ];
    println!("| A zip | CPU | of `zip -6` | time | of `zip -6` | MB | of `zip -6` | peak memory |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    let (real, mixed) = (cargos_log(), lines_of_many_kinds());
    let mut all_met = true;
    for (text, of, megabytes, rounds, cpu) in [
        (&real, "log", 100, 5, Some(CPU)),
        (&real, "log", 1000, 3, Some(CPU)),
        (&mixed, "hashes", 100, 5, None),
    ] {
        write_log(&folder.path().join("app.log"), text, megabytes * 1_000_000);
        let mut costs: Vec<Vec<Cost>> = peers.iter().map(|_| Vec::new()).collect();
        for _ in 0..rounds {
            for ((_, command, out), costs) in peers.iter().zip(&mut costs) {
                let _ = fs::remove_file(folder.path().join(out));
                costs.extend(run(folder.path(), command, out));
            }
        }
        let medians: Vec<Option<Cost>> = costs.iter().map(|costs| Cost::median(costs)).collect();
        for ((name, ..), cost) in peers.iter().zip(&medians) {
            let (Some(peer), Some(cost)) = (&medians[0], cost) else {
                println!(
                    "| {megabytes} MB of {of}, {name} | not measured: it is not installed | | | | | | |"
                );
                continue;
            };
            println!(
                "| {megabytes} MB of {of}, {name} | {:.2} s | {:.2} | {:.2} s | {:.2} | {:.2} | {:.3} | {} |",
                cost.cpu,
                cost.cpu / peer.cpu,
                cost.wall,
                cost.wall / peer.wall,
                cost.megabytes,
                cost.megabytes / peer.megabytes,
                if cost.memory > 0.0 {
                    format!("{:.1} MB", cost.memory)
                } else {
                    String::new()
                },
            );
        }
        println!(
            "| {megabytes} MB of {of}, the goal | | {} | | {WALL:.2} | | {BYTES:.3} | {MEMORY:.1} MB |",
            cpu.map_or(String::new(), |cpu| format!("{cpu:.2}")),
        );
        if let [Some(peer), _, Some(ours)] = &*medians {
            all_met &= cpu.is_none_or(|cpu| ours.cpu <= cpu * peer.cpu)
                && ours.wall <= WALL * peer.wall
                && ours.megabytes <= BYTES * peer.megabytes
                && ours.memory < MEMORY;
        }
    }
    ExitCode::from(u8::from(!all_met))
}

/// A zip as a report's is made, and what it cost in memory above that of a process that does nothing yet.
fn make(log: &Path, to: &Path) {
    let idle = memory("VmRSS:");
    let out = BufWriter::new(File::create(to).unwrap());
    let spool = to.with_extension("spool");
    zip("app.log", File::open(log).unwrap(), &spool, out).unwrap();
    println!("{}", memory("VmHWM:") - idle);
}

/// Kilobytes of this process; 0 where the system does not tell.
fn memory(field: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}

#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
    megabytes: f64,
    memory: f64,
}

impl Cost {
    fn median(costs: &[Self]) -> Option<Self> {
        if costs.is_empty() {
            return None;
        }
        let of = |field: fn(&Self) -> f64| {
            let mut all: Vec<f64> = costs.iter().map(field).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        Some(Self {
            wall: of(|cost| cost.wall),
            cpu: of(|cost| cost.cpu),
            megabytes: of(|cost| cost.megabytes),
            memory: of(|cost| cost.memory),
        })
    }
}

/// Runs a command and lets the shell tell its time. `None` where there is no such command.
fn run(folder: &Path, command: &str, out: &str) -> Option<Cost> {
    let script = format!("TIMEFORMAT='%R %U %S'; time {command}");
    let done = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder)
        .output()
        .unwrap();
    if done.status.code() == Some(127) {
        return None;
    }
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{command}: {told}");
    let times: Vec<f64> = told
        .split_whitespace()
        .map(|time| time.parse().unwrap())
        .collect();
    let memory = String::from_utf8(done.stdout)
        .unwrap()
        .trim()
        .parse()
        .unwrap_or(0.0);
    Some(Cost {
        wall: times[0],
        cpu: times[1] + times[2],
        megabytes: fs::metadata(folder.join(out)).unwrap().len() as f64 / 1e6,
        memory: memory / 1024.0,
    })
}

/// What cargo logs while it resolves this workspace: a log as a program of today writes it, on every machine that
/// has a Rust toolchain. 17 MB.
fn cargos_log() -> String {
    let logged = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline"])
        .env("CARGO_LOG", "trace")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(logged.status.success(), "cargo metadata: {}", logged.status);
    String::from_utf8(logged.stderr).unwrap()
}

/// Lines as logs of sixty kinds have them, in no order and full of random digits, which no deflate likes.
fn lines_of_many_kinds() -> String {
    let mut dice = Dice::new(1);
    let mut lines = String::new();
    while lines.len() < 16 << 20 {
        lines.push_str(&benign::line(&mut dice));
        lines.push('\n');
    }
    lines
}

/// Writes a text over and over. What repeats does so far behind the window of any deflate.
fn write_log(path: &Path, text: &str, bytes: usize) {
    let mut log = BufWriter::new(File::create(path).unwrap());
    for piece in text
        .as_bytes()
        .chunks(text.len())
        .cycle()
        .take(bytes / text.len())
    {
        log.write_all(piece).unwrap();
    }
    log.write_all(&text.as_bytes()[..bytes % text.len()]).unwrap();
    log.flush().unwrap();
}
