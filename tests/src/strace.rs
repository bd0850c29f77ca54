//! A program under strace, which meddles with its n-th call of a kind, or writes its calls down.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fmt::Display;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{ChildStderr, ChildStdout, Command, Stdio};

use crate::process::Process;
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

/// A program that strace follows from a moment on that the test chooses: what it called before is neither counted nor
/// written down.
#[derive(Debug)]
pub struct Followed {
    process: Process,
    stdout: BufReader<ChildStdout>,
    stderr: BufReader<ChildStderr>,
    log: PathBuf,
    id: String,
}

/// How a [`Followed`] program has ended.
#[derive(Debug)]
pub struct End {
    /// Whether by `kill -9`, such as strace's.
    pub was_killed: bool,
    /// What strace has written down.
    pub log: String,
    /// What the program wrote to stderr since it was followed.
    pub stderr: String,
}

/// Runs the program, and becomes its tracer: where not everyone may trace everything, a parent still may.
const SHELL: &str = r#""$@" <"$0" & read -r options && exec strace -f -p $! $options"#;

impl Followed {
    /// Starts it with a file or a pipe as its stdin, not followed yet. What it calls will be written to `log`. `None` where
    /// strace is missing.
    pub fn start<A: AsRef<OsStr>>(
        program: &Path,
        arguments: impl IntoIterator<Item = A>,
        stdin: &Path,
        log: &Path,
    ) -> Option<Self> {
        tools::find("strace")?;
        let mut shell = tools::find("sh")?;
        shell.args(["-c", SHELL]).args([stdin, program]).args(arguments);
        shell
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process = Process::spawn(&mut shell);
        Some(Self {
            stdout: BufReader::new(process.0.stdout.take().unwrap()),
            stderr: BufReader::new(process.0.stderr.take().unwrap()),
            process,
            log: log.to_owned(),
            id: String::new(),
        })
    }

    /// The next line that it writes to stdout.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }

    /// From now on each of its threads is followed; see [`FILES_AND_SOCKETS`] and [`fate`].
    pub fn follow(&mut self, options: &str) {
        let mut stdin = self.process.0.stdin.take().expect("it is followed once");
        writeln!(stdin, "-o {} {options}", self.log.display()).unwrap();
        loop {
            let mut line = String::new();
            self.stderr.read_line(&mut line).unwrap();
            let told = line.strip_prefix("strace: Process ");
            if let Some((id, _)) = told.and_then(|told| told.split_once(" attached")) {
                id.clone_into(&mut self.id);
                return;
            }
            assert!(!line.is_empty() && !line.starts_with("strace: "), "{line}");
        }
    }

    /// What reads what strace has written down so far.
    pub fn calls(&self) -> impl Fn() -> String + Send + use<> {
        let log = self.log.clone();
        move || std::fs::read_to_string(&log).unwrap()
    }

    /// What asks it to end, unless it was killed meanwhile.
    pub fn stop(&self) -> impl FnOnce() + Send + use<> {
        let mut kill = Command::new("kill");
        kill.args(["-TERM", &self.id]).stderr(Stdio::null());
        move || drop(kill.status())
    }

    /// Waits for its end.
    pub fn end(mut self) -> End {
        let mut stderr = String::new();
        self.stderr.read_to_string(&mut stderr).unwrap();
        self.process.0.wait().unwrap();
        let log = self.calls()();
        End {
            was_killed: log.contains("+++ killed by SIGKILL +++"),
            log,
            stderr,
        }
    }
}

/// Options to write down each call that has to do with a file or a socket.
pub const FILES_AND_SOCKETS: &str = "-e trace=%file,%desc,%network";

/// Options by which each thread's `n`th `call` meets its fate, as with [`inject`].
pub fn fate(call: &str, fate: &str, n: usize) -> String {
    format!("-e trace={call} -e inject={call}:{fate}:when={n}")
}

/// How often the busiest thread has made each kind of call: up to there [`fate`] finds one to strike.
pub fn counts(log: &str) -> BTreeMap<String, usize> {
    let mut counts: HashMap<_, usize> = HashMap::new();
    for (thread, call) in log.lines().filter_map(|line| line.split_once(' ')) {
        if let Some((kind, _)) = call.trim_start().split_once('(')
            && !kind.contains(' ')
        {
            *counts.entry((kind, thread)).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((kind, _), count) in counts {
        let most: &mut usize = most.entry(kind.to_owned()).or_default();
        *most = count.max(*most);
    }
    most
}
