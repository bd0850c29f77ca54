//! A program under strace, which meddles with its n-th call of a kind.

use std::path::Path;
use std::process::Command;

use crate::tools;

/// `program`, whose `n`th `call` meets `fate`: `signal=KILL`, or `error=EIO`. `None` where strace is
/// missing.
pub fn inject(call: &str, fate: &str, n: usize, program: &Path) -> Option<Command> {
    let mut strace = tools::find("strace")?;
    strace
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")])
        .args(["-e", &format!("inject={call}:{fate}:when={n}")])
        .arg(program);
    Some(strace)
}

/// The ids that `feedback --verbose` has promised: it says so once a report would survive.
pub fn promised(stderr: &str) -> impl Iterator<Item = String> {
    stderr
        .lines()
        .filter_map(|line| line.split_once(" report ")?.1.split_once(" stored"))
        .map(|(id, _)| id.to_owned())
}
