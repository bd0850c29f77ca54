//! What opening a full spool costs: 50 waiting reports of 10 MB, listed through the SDK, against a bare look at
//! the same folder's names and sizes, in alternating rounds. Prints medians and their ratio; fails above
//! 5 ms, which no hashing of 500 MB would keep to.

#![expect(clippy::unwrap_used, reason = "a benchmark is a program of its own")]

mod rounds;

use std::fs::{self, File};
use std::path::Path;
use std::process::ExitCode;

use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft, waiting_in};
use rounds::{head, line, median, timed};

const ROUNDS: usize = 200;
const REPORTS: usize = 50;
const BYTES: u64 = 10_000_000;

fn main() -> ExitCode {
    // Not the system's temp folder, which may be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let spool = folder.path().join("spool");
    fill(&spool);
    let (mut bare, mut listed, mut opened) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(timed(|| assert_eq!(look(&spool), REPORTS as u64 * BYTES)));
        listed.push(timed(|| assert_eq!(waiting_in(&spool).unwrap().len(), REPORTS)));
        opened.push(timed(|| {
            let waiting = client(&spool).waiting().wait().unwrap();
            assert_eq!(waiting.len(), REPORTS);
        }));
    }
    let [bare, listed, opened] = [bare, listed, opened].map(median);
    head("A spool of 50 reports of 10 MB");
    line("a bare `read_dir` + `stat`", bare, 1.0, "");
    line("listed", listed, listed / bare, "");
    let is_met = line("a client started, and listed", opened, opened / bare, "5 ms");
    ExitCode::from(u8::from(!is_met))
}

fn client(spool: &Path) -> FeedbackClient {
    let config = FeedbackConfig::new("http://127.0.0.1:9/x", "k", "bench", "1")
        .spool_dir(spool)
        .deliver(false);
    FeedbackClient::new(config).unwrap()
}

/// Real reports, made as large as they should be; what is in them is not looked at.
fn fill(spool: &Path) {
    let client = client(spool);
    for n in 0..REPORTS {
        let report = client
            .prepare(ReportDraft::new(format!("report {n}")))
            .wait()
            .unwrap();
        client.submit(report).wait().unwrap();
    }
    for item in fs::read_dir(spool)
        .unwrap()
        .flatten()
        .filter(|item| item.path().is_file())
    {
        File::options()
            .write(true)
            .open(item.path())
            .unwrap()
            .set_len(BYTES)
            .unwrap();
    }
}

/// The bytes of all reports, as any program would ask for them.
fn look(spool: &Path) -> u64 {
    let items = fs::read_dir(spool).unwrap().flatten();
    let sizes = items.map(|item| item.metadata().unwrap());
    sizes.filter(fs::Metadata::is_file).map(|facts| facts.len()).sum()
}
