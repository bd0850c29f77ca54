//! Guards promise 5: a log or an attachment costs the app no more memory than a piece of it, however large the maker
//! lets it be.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use feedback_sdk::testing::masking::Dice;
use feedback_sdk::{FeedbackClient, FeedbackConfig, Report, ReportDraft, ReportFile};

use super::benign;

/// Names the folder for the process that only prepares a report.
const FOLDER: &str = "FEEDBACK_TEST_FLAT";

const BYTES: u64 = 64 << 20;

#[test]
fn a_log_of_any_size_is_prepared_in_little_memory() {
    let this = "a_log_of_any_size_is_prepared_in_little_memory";
    let told = in_little_memory(this, |folder, limit| {
        let log = folder.join("app.log").to_string_lossy().into_owned();
        let budget = |config: FeedbackConfig| config.log(log).log_budget(limit, limit);
        let report = report(folder, ReportDraft::new("x"), budget);
        assert!(report.gaps().iter().all(|gap| !gap.what.starts_with("log")));
        report.evidence()[1].bytes()
    });
    println!("{told}");
}

#[test]
fn an_attachment_of_any_size_is_prepared_in_little_memory() {
    let this = "an_attachment_of_any_size_is_prepared_in_little_memory";
    let told = in_little_memory(this, |folder, limit| {
        let mut draft = ReportDraft::new("x");
        let file = if limit < BYTES { "small.log" } else { "app.log" };
        draft.attachments = vec![folder.join(file).into()];
        let report = report(folder, draft, |config| config.max_attachment_bytes(limit * 2));
        report.evidence().iter().skip(1).map(ReportFile::bytes).sum()
    });
    println!("{told}");
}

/// Runs `this` test, which prepares with a limit in a folder and answers how many bytes have come of it, once more in a
/// process of its own. Answers what to tell of it.
fn in_little_memory(this: &str, prepare: impl Fn(&Path, u64) -> u64) -> String {
    if let Some(folder) = std::env::var_os(FOLDER) {
        // Behind a small one: what compiling the rules takes is not its cost.
        prepare(Path::new(&folder), 256 << 10);
        let before = memory("VmRSS:").unwrap();
        assert!(prepare(Path::new(&folder), BYTES) > BYTES / 10 * 9);
        let more = memory("VmHWM:").unwrap().saturating_sub(before);
        return format!("more memory: {more} kB");
    }
    if memory("VmHWM:").is_none() {
        return "only Linux tells".to_owned();
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    write_log(&folder.path().join("app.log"), BYTES);
    write_log(&folder.path().join("small.log"), 1);
    let done = Command::new(std::env::current_exe().unwrap())
        .args([&format!("it::flat::{this}"), "--exact", "--nocapture"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{told}");
    let megabytes = told
        .split_once("more memory: ")
        .and_then(|(_, told)| told.split_whitespace().next()?.parse::<u64>().ok());
    let megabytes = megabytes.expect("a line that says so") >> 10;
    assert!(megabytes < 16, "{megabytes} MB");
    format!("{megabytes} MB more for {} MB", BYTES >> 20)
}

fn report(folder: &Path, draft: ReportDraft, set: impl FnOnce(FeedbackConfig) -> FeedbackConfig) -> Report {
    let config = FeedbackConfig::new("http://127.0.0.1:9/x", "pk_test", "Notes", "1.4.0")
        .spool_dir(folder.join("spool"))
        .deliver(false);
    let client = FeedbackClient::new(set(config)).unwrap();
    client.prepare(draft).wait().unwrap()
}

/// Kilobytes of this process.
fn memory(field: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    line.split_whitespace().next()?.parse().ok()
}

fn write_log(path: &Path, at_least: u64) {
    let mut dice = Dice::new(41);
    let lines: String = (0..20_000).map(|_| benign::line(&mut dice) + "\n").collect();
    let mut log = File::create(path).unwrap();
    let mut bytes = 0;
    while bytes < at_least {
        log.write_all(lines.as_bytes()).unwrap();
        bytes += lines.len() as u64;
    }
}
