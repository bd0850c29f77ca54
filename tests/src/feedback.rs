//! The `feedback` program, run to its end.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::server::KEY;

/// How a run of `feedback` ended.
#[derive(Debug)]
pub struct Run {
    /// Its exit status.
    pub status: i32,
    /// One object per report, from `--json`.
    pub reports: Vec<Value>,
    /// What it wrote to stderr.
    pub stderr: String,
}

impl Run {
    /// The one report that this run was about.
    pub fn report(&self) -> &Value {
        assert_eq!(self.reports.len(), 1, "{self:?}");
        &self.reports[0]
    }

    /// Its exit status beside the state of its one report.
    pub fn outcome(&self) -> (i32, &str) {
        (self.status, self.report()["state"].as_str().unwrap())
    }
}

/// Runs `feedback` with these arguments and `--json`.
pub fn run(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
    finish(Command::new(crate::program("feedback")).args(arguments))
}

/// Runs a command that ends in `feedback` and its arguments, with `--json`.
pub fn finish(command: &mut Command) -> Run {
    finish_with(command, Stdio::null())
}

/// The same, with something on its stdin.
pub fn finish_with(command: &mut Command, stdin: impl Into<Stdio>) -> Run {
    let done = command
        .arg("--json")
        .stdin(stdin)
        .output()
        .expect("feedback runs");
    let stdout = String::from_utf8(done.stdout).expect("UTF-8 on stdout");
    let reports = stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line:?}")));
    Run {
        status: done.status.code().expect("an exit status"),
        reports: reports.collect(),
        stderr: String::from_utf8_lossy(&done.stderr).into_owned(),
    }
}

/// `send` to `endpoint` with what every app gives, and `more`.
pub fn send(endpoint: &str, spool: &Path, more: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
    let mut arguments = sending(endpoint, spool);
    arguments.extend(more.into_iter().map(|argument| argument.as_ref().to_owned()));
    run(arguments)
}

/// The arguments of `send` to `endpoint` with what every app gives.
pub fn sending(endpoint: &str, spool: &Path) -> Vec<OsString> {
    let mut arguments = destination("send", endpoint, KEY, spool);
    arguments.extend(["--app", "Notes", "--app-version", "1.4.0"].map(Into::into));
    arguments
}

/// `flush` to `endpoint`.
pub fn flush(endpoint: &str, spool: &Path) -> Run {
    run(flushing(endpoint, spool))
}

/// The arguments of `flush` to `endpoint`.
pub fn flushing(endpoint: &str, spool: &Path) -> Vec<OsString> {
    destination("flush", endpoint, KEY, spool)
}

/// `list` of a spool.
pub fn list(spool: &Path) -> Run {
    run([OsStr::new("list"), OsStr::new("--spool"), spool.as_os_str()])
}

/// The arguments that name where reports go and wait.
pub fn destination(command: &str, endpoint: &str, key: &str, spool: &Path) -> Vec<OsString> {
    let mut arguments = [command, "--endpoint", endpoint, "--key", key, "--spool"]
        .map(Into::into)
        .to_vec();
    arguments.push(spool.into());
    arguments
}
