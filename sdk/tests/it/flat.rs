//! Guards promise 5: a log costs the app no more memory than a piece of it, however large the maker lets it be.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use feedback_sdk::testing::masking::Dice;
use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft};

use super::benign;

/// Names the folder for the process that only prepares a report.
const FOLDER: &str = "FEEDBACK_TEST_FLAT";

const BYTES: u64 = 64 << 20;

#[test]
fn a_log_of_any_size_is_prepared_in_little_memory() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        println!("more memory: {} kB", more_memory(Path::new(&folder)));
        return;
    }
    if memory("VmHWM:").is_none() {
        return; // only Linux tells
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    write_log(&folder.path().join("app.log"));
    let this = "it::flat::a_log_of_any_size_is_prepared_in_little_memory";
    let done = Command::new(std::env::current_exe().unwrap())
        .args([this, "--exact", "--nocapture"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{told}");
    let megabytes = told
        .split_once("more memory: ")
        .and_then(|(_, told)| told.split_whitespace().next()?.parse::<u64>().ok());
    let megabytes = megabytes.expect("a line that says so") >> 10;
    println!("{megabytes} MB more for a log of {} MB", BYTES >> 20);
    assert!(megabytes < 16, "{megabytes} MB");
}

/// What the large log costs in kilobytes, behind a small one: what compiling the rules takes is not its cost.
fn more_memory(folder: &Path) -> u64 {
    let log = folder.join("app.log");
    let prepare = |limit: u64| {
        let config = FeedbackConfig::new("http://127.0.0.1:9/x", "pk_test", "Notes", "1.4.0")
            .spool_dir(folder.join("spool"))
            .log(log.to_string_lossy())
            .log_budget(limit, limit)
            .deliver(false);
        let client = FeedbackClient::new(config).unwrap();
        let report = client.prepare(ReportDraft::new("x")).wait().unwrap();
        assert!(report.gaps().iter().all(|gap| !gap.what.starts_with("log")));
        report.evidence()[0].bytes()
    };
    prepare(256 << 10);
    let before = memory("VmRSS:").unwrap();
    assert!(prepare(BYTES) > BYTES / 10 * 9);
    memory("VmHWM:").unwrap().saturating_sub(before)
}

/// Kilobytes of this process.
fn memory(field: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    line.split_whitespace().next()?.parse().ok()
}

fn write_log(path: &Path) {
    let mut dice = Dice::new(41);
    let lines: String = (0..20_000).map(|_| benign::line(&mut dice) + "\n").collect();
    let mut log = File::create(path).unwrap();
    let mut bytes = 0;
    while bytes < BYTES {
        log.write_all(lines.as_bytes()).unwrap();
        bytes += lines.len() as u64;
    }
}
