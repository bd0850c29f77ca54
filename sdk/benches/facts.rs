//! What the facts about the machine cost: a whole report of an app without logs (facts, masking rules, zip entries)
//! beside `sysinfo::System::new_all`, what an app would write itself, in alternating rounds. Prints medians and
//! their ratio; the goal is under 50 ms, and none of it on the app's thread.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark is a program of its own"
)]

use std::time::{Duration, Instant};

use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft};

const ROUNDS: usize = 40;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let config = FeedbackConfig::new("http://127.0.0.1:9/x", "k", "bench", "1")
        .spool_dir(folder.path())
        .deliver(false);
    let client = FeedbackClient::new(config).unwrap();
    let (mut report, mut all) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let pending = client.prepare(ReportDraft::new("x"));
        pending.wait().unwrap();
        report.push(start.elapsed());

        let start = Instant::now();
        std::hint::black_box(sysinfo::System::new_all().unwrap());
        all.push(start.elapsed());
    }
    let (report, all) = (median(report), median(all));
    println!("| System facts | ms | ratio | goal |\n|---|---:|---:|---:|");
    println!("| `System::new_all` of sysinfo | {:.3} | 1 | |", all * 1e3);
    println!(
        "| a report without logs | {:.3} | {:.2} | 50 ms |",
        report * 1e3,
        report / all
    );
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
