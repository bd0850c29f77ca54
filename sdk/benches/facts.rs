//! What the facts about the machine cost: a whole report of an app without logs (facts, masking rules, zip entries)
//! beside `sysinfo::System::new_all`, what an app would write itself, in alternating rounds. Prints medians and
//! their ratio; fails above 50 ms. None of it is on the app's thread.

#![expect(clippy::unwrap_used, reason = "a benchmark is a program of its own")]

mod rounds;

use std::process::ExitCode;

use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft};
use rounds::{head, line, median, timed};

const ROUNDS: usize = 40;

fn main() -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    let config = FeedbackConfig::new("http://127.0.0.1:9/x", "k", "bench", "1")
        .spool_dir(folder.path())
        .deliver(false);
    let client = FeedbackClient::new(config).unwrap();
    let (mut report, mut all) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        report.push(timed(|| client.prepare(ReportDraft::new("x")).wait().unwrap()));
        all.push(timed(|| sysinfo::System::new_all().unwrap()));
    }
    let [report, all] = [report, all].map(median);
    head("System facts");
    line("`System::new_all` of sysinfo", all, 1.0, "");
    let is_met = line("a report without logs", report, report / all, "50 ms");
    ExitCode::from(u8::from(!is_met))
}
