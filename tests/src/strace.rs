//! A program under strace, which meddles with its n-th call of a kind, or writes its calls down.

use std::collections::HashMap;
use std::fmt::Display;
use std::path::Path;
use std::process::Command;

use crate::tools;

/// `program`, whose `n`th `call` meets `fate`: `signal=KILL`, or `error=EIO`; with `1+` each does. `None` where strace
/// is missing.
pub fn inject(call: &str, fate: &str, n: impl Display, program: &Path) -> Option<Command> {
    let mut strace = tools::find("strace")?;
    strace
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")])
        .args(["-e", &format!("inject={call}:{fate}:when={n}")])
        .arg(program);
    Some(strace)
}

/// `program`, whose `calls` (by name, with commas between) are written into `log`, each with the paths of its files.
/// `None` where strace is missing.
pub fn record(calls: &str, log: &Path, program: &Path) -> Option<Command> {
    let mut strace = tools::find("strace")?;
    strace.args(["-f", "-qq", "-y", "-s", "300", "-e", &format!("trace={calls}")]);
    strace.arg("-o").arg(log).arg(program);
    Some(strace)
}

/// The calls that were written down, each with its result, in the order of their ends.
pub fn calls(log: &str) -> Vec<String> {
    let mut begun = HashMap::new();
    let mut calls = Vec::new();
    for (thread, call) in log.lines().filter_map(|line| line.split_once(' ')) {
        let call = call.trim_start();
        if let Some(begin) = call.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, begin);
        } else if let Some((_, end)) = call.split_once(" resumed>") {
            calls.push(begun.remove(thread).unwrap_or_default().to_owned() + end);
        } else {
            calls.push(call.to_owned());
        }
    }
    calls
}

/// The ids that `feedback --verbose` has promised: it says so once a report would survive.
pub fn promised(stderr: &str) -> impl Iterator<Item = String> {
    stderr
        .lines()
        .filter_map(|line| line.split_once(" report ")?.1.split_once(" stored"))
        .map(|(id, _)| id.to_owned())
}
