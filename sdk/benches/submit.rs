//! What `submit` costs over the disk's own work: a 2 MB report against a bare write + sync + rename
//! of the same bytes, in alternating rounds. Prints medians and their ratio; fails above 1.5.

#![expect(clippy::unwrap_used, reason = "a benchmark is a program of its own")]

mod rounds;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use feedback_sdk::{FeedbackClient, FeedbackConfig, Report, ReportDraft};
use rounds::{head, line, median, timed};

const ROUNDS: usize = 40;

fn main() -> ExitCode {
    // Not the system's temp folder, which may be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let config = FeedbackConfig::new("http://127.0.0.1:9/x", "k", "bench", "1")
        .spool_dir(folder.path().join("spool"))
        .deliver(false);
    let client = FeedbackClient::new(config).unwrap();
    let report = report(&client, folder.path());
    let file = folder.path().join("same.zip");
    client.save(report.clone(), &file).wait().unwrap();
    let bytes = fs::read(&file).unwrap();

    let (mut bare, mut submit, mut call) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        bare.push(timed(|| write_bare(folder.path(), round, &bytes)));
        // The same id each time, so the spool stays small.
        let report = report.clone();
        let start = Instant::now();
        let pending = client.submit(report);
        call.push(start.elapsed());
        pending.wait().unwrap();
        submit.push(start.elapsed());
    }
    let [bare, submit, call] = [bare, submit, call].map(median);
    head("A report of 2 MB");
    line("a bare write + sync + rename", bare, 1.0, "");
    let is_met = line("submitted until it is stored", submit, submit / bare, "1.5");
    line("the caller's own thread", call, call / bare, "");
    ExitCode::from(u8::from(!is_met))
}

/// 1.9 MB that does not compress, as a picture, and a log that does.
fn report(client: &FeedbackClient, folder: &Path) -> Report {
    let mut state = 1_u64;
    let noise: Vec<u8> = (0..1_900_000)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        })
        .collect();
    let picture = folder.join("picture.jpg");
    fs::write(&picture, noise).unwrap();
    let log = folder.join("app.log");
    fs::write(&log, "12:00:01 INFO opened a note\n".repeat(40_000)).unwrap();
    let mut draft = ReportDraft::new("It is slow.");
    draft.attachments = vec![picture.into(), log.into()];
    client.prepare(draft).wait().unwrap()
}

fn write_bare(folder: &Path, round: usize, bytes: &[u8]) {
    let temp = folder.join("bare.tmp");
    let mut file = File::create(&temp).unwrap();
    file.write_all(bytes).unwrap();
    file.sync_all().unwrap();
    fs::rename(&temp, folder.join(format!("bare-{}.zip", round % 2))).unwrap();
}
