//! What a report of 64 MB of logs in 50 files costs, from the files to the spool, against reading, masking and deflating
//! the same bytes one after the other; one of a log of 10 GB against one of 10 MB; and in how much memory a log of 1 GB
//! is taken whole. Medians of alternating rounds. Fails where a goal is missed.

#![expect(clippy::unwrap_used, reason = "a benchmark is a program of its own")]

#[path = "../tests/it/benign.rs"]
mod benign;
mod rounds;

use std::env;
use std::fs::{self, File};
use std::io::{Cursor, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode};

use feedback_sdk::testing::masking::{Dice, Masker};
use feedback_sdk::{FeedbackClient, FeedbackConfig, Masking, ReportDraft};
use rounds::{head, line, median, timed};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const FILES: usize = 50;
const BYTES: usize = 64_000_000 / FILES;
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    if let [_, whole, folder] = &*arguments
        && whole == "whole"
    {
        take_whole(Path::new(folder));
        return ExitCode::SUCCESS;
    }
    // Not the system's temp folder, which may be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let all_met = [logs_of_64_mb, a_log_of_10_gb, a_log_taken_whole].map(|table| table(folder.path()));
    ExitCode::from(u8::from(all_met.contains(&false)))
}

fn logs_of_64_mb(folder: &Path) -> bool {
    let logs = folder.join("logs");
    fs::create_dir(&logs).unwrap();
    let files: Vec<_> = (0..FILES).map(|n| logs.join(format!("{n}.log"))).collect();
    for (seed, file) in files.iter().enumerate() {
        fs::write(file, text(seed, BYTES)).unwrap();
    }
    let client = client(folder, &logs);
    let masker = Masker::new(&Masking::default());
    let (mut read, mut mask, mut deflate, mut whole) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut first = Vec::new();
    for round in 0..=ROUNDS {
        let mut texts = Vec::new();
        let reading = timed(|| texts.extend(files.iter().map(|file| fs::read_to_string(file).unwrap())));
        let masking = timed(|| texts = texts.iter().map(|text| masker.mask(text).0).collect());
        let deflating = timed(|| zip_at_once(&texts));
        let all = timed(|| {
            let report = client.prepare(ReportDraft::new("It is slow.")).wait().unwrap();
            assert_eq!(report.evidence().len(), 1 + FILES);
            let id = client.submit(report).wait().unwrap();
            client.delete(id).wait().unwrap();
        });
        if round == 0 {
            first.push(all); // the rules are compiled, and the engine learns its states
            continue;
        }
        read.push(reading);
        mask.push(masking);
        deflate.push(deflating);
        whole.push(all);
    }
    let parts = [read, mask, deflate].map(median);
    let sum: f64 = parts.iter().sum();
    head("A report of 64 MB of logs in 50 files");
    for (what, time) in ["read", "mask", "deflate, by the zip crate"].iter().zip(parts) {
        line(&format!("{what}, alone"), time, time / sum, "");
    }
    line("the sum", sum, 1.0, "");
    let whole = median(whole);
    let is_met = line("prepared and stored", whole, whole / sum, "1.3");
    let first = median(first);
    line("the first of a client", first, first / sum, "");
    is_met
}

/// As the zip crate does it, with the level that a report has.
fn zip_at_once(texts: &[String]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_level(Some(5));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (n, text) in texts.iter().enumerate() {
        zip.start_file(format!("{n}.log"), options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn a_log_of_10_gb(folder: &Path) -> bool {
    let text = text(FILES, 10_000_000);
    let [small, large] = ["small.log", "large.log"].map(|name| folder.join(name));
    fs::write(&small, &text).unwrap();
    let mut sparse = File::create(&large).unwrap();
    sparse.write_all(text.as_bytes()).unwrap();
    sparse.seek(SeekFrom::Start(10_000_000_000)).unwrap();
    sparse.write_all(text.as_bytes()).unwrap();
    let clients = [&small, &large].map(|log| client(folder, log));
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..=ROUNDS {
        for (client, times) in clients.iter().zip(&mut times) {
            let time = timed(|| client.prepare(ReportDraft::new("It is slow.")).wait().unwrap());
            if round > 0 {
                times.push(time);
            }
        }
    }
    let [small, large] = times.map(median);
    println_gap();
    head("A report prepared, for the window to show");
    line("with a log of 10 MB", small, 1.0, "");
    line("with a log of 10 GB", large, large / small, "200 ms")
}

/// By a process of its own for each size, so that one does not show in the other.
#[expect(clippy::print_stdout, reason = "a table of its own")]
fn a_log_taken_whole(folder: &Path) -> bool {
    const GOAL: f64 = 16.0;
    let mut all_met = true;
    println!();
    println!("| A log that is taken whole | Memory above idle | Goal |");
    println!("|---|---|---|");
    let lines = text(FILES + 1, 10_000_000);
    for times in [1, 10, 100] {
        let mut log = File::create(folder.join("whole.log")).unwrap();
        for _ in 0..times {
            log.write_all(lines.as_bytes()).unwrap();
        }
        let done = Command::new(env::current_exe().unwrap())
            .args([Path::new("whole"), folder])
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        let told = String::from_utf8(done.stdout).unwrap();
        let megabytes = told.trim().parse::<f64>().unwrap() / 1024.0;
        println!("| of {} MB | {megabytes:.1} MB | {GOAL} MB |", times * 10);
        all_met &= megabytes < GOAL;
    }
    all_met
}

/// Tells in how many kilobytes the whole log is prepared, above those of a client that knows its rules already.
#[expect(clippy::print_stdout, reason = "what the other process reads")]
fn take_whole(folder: &Path) {
    let log = folder.join("whole.log");
    let prepare = |limit: u64| {
        let config = FeedbackConfig::new("http://127.0.0.1:9/x", "k", "bench", "1")
            .spool_dir(folder.join("spool"))
            .log(&log)
            .log_budget(limit, limit)
            .deliver(false);
        let client = FeedbackClient::new(config).unwrap();
        let report = client.prepare(ReportDraft::new("It is slow.")).wait().unwrap();
        report.evidence()[1].bytes()
    };
    prepare(256 << 10);
    let idle = memory("VmRSS:");
    assert!(prepare(u64::MAX) > fs::metadata(&log).unwrap().len() / 10 * 9);
    println!("{}", memory("VmHWM:").saturating_sub(idle));
}

/// Kilobytes of this process; 0 where the system does not tell.
fn memory(field: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "between two tables")]
fn println_gap() {
    println!();
}

fn client(folder: &Path, log: &Path) -> FeedbackClient {
    let config = FeedbackConfig::new("http://127.0.0.1:9/x", "k", "bench", "1")
        .spool_dir(folder.join("spool"))
        .log(log)
        .deliver(false);
    FeedbackClient::new(config).unwrap()
}

/// Lines of many kinds.
fn text(seed: usize, bytes: usize) -> String {
    let mut dice = Dice::new(seed as u64 + 1);
    let mut text = String::new();
    while text.len() < bytes {
        text.push_str(&benign::line(&mut dice));
        text.push('\n');
    }
    text.truncate(text.floor_char_boundary(bytes));
    text
}
