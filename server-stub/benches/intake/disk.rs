//! What the disk does without us: fio for many small writes, dd for large ones. MB/s; `None` where they are missing.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value;

use crate::load::Load;

/// Waits until all that was written before is on the disk: who syncs nothing leaves that to the next round.
pub(crate) fn settle() {
    let _ = Command::new("sync").status(); // without it, the figures only vary more
}

/// 16 jobs that each write 50 KB and sync it, 200 times.
pub(crate) fn fio(folder: &Path) -> Option<f64> {
    let folder = tempfile::tempdir_in(folder).unwrap();
    let done = Command::new("fio")
        .args([
            "--name=w",
            "--rw=write",
            "--bs=50000",
            "--fsync=1",
            "--size=10000000",
        ])
        .args([
            "--numjobs=16",
            "--ioengine=sync",
            "--group_reporting",
            "--output-format=json",
        ])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    assert!(done.status.success(), "fio failed");
    let report: Value = serde_json::from_slice(&done.stdout).unwrap();
    Some(report["jobs"][0]["write"]["bw_bytes"].as_f64().unwrap() / 1e6)
}

/// One writer of as many bytes as the load has, each block synced before the next.
pub(crate) fn dd(folder: &Path, load: &Load) -> Option<f64> {
    let folder = tempfile::tempdir_in(folder).unwrap();
    let start = Instant::now();
    let status = Command::new("dd")
        .args(["if=/dev/zero", "of=blocks", "oflag=dsync"])
        .args([
            format!("bs={}", load.bundle_bytes),
            format!("count={}", load.count()),
        ])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .status()
        .ok()?;
    assert!(status.success(), "dd failed");
    Some((load.bundle_bytes * load.count()) as f64 / 1e6 / start.elapsed().as_secs_f64())
}
