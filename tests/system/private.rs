//! Guards that nothing private is on the disk: whatever becomes of a report, no file that a process can write holds a
//! secret of what the report was made from, in any spelling, and none that leaves.

#[cfg(target_os = "linux")]
mod library;
mod program;
#[cfg(target_os = "linux")]
mod window;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use feedback_tests::secrets::{LINE, SECRETS, Seen, search};
use feedback_tests::server::KEY;
use feedback_tests::strace;

/// A home of its own for a program, with everything it may write below it.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        // Digits that do not repeat, so that the log has to be cut to fit.
        let digits = |line: u64| line.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self::with_lines((0..3000).map(|line| format!("{LINE} {:x}", digits(line))))
    }

    /// With a log of so much that its evidence waits on the disk, even compressed.
    fn with_much() -> Self {
        let mut dice = fastrand::Rng::with_seed(7);
        Self::with_lines((0..68_000).map(|_| {
            let words = (0..100).map(|at| if at % 10 == 0 { ' ' } else { dice.lowercase() });
            format!("{LINE}{}", words.collect::<String>())
        }))
    }

    fn with_lines(lines: impl Iterator<Item = String>) -> Self {
        let home = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let log = format!(
            "{LINE}\npassword={}\nfrom {} at {}\n-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----\nwith {KEY}\n",
            SECRETS[0], SECRETS[1], SECRETS[3], SECRETS[2]
        );
        let lines = lines.collect::<Vec<_>>().join("\n");
        std::fs::create_dir_all(home.mine("")).unwrap();
        std::fs::create_dir_all(home.written("tmp")).unwrap();
        std::fs::write(home.mine("app.log"), format!("{log}{lines}\n{log}")).unwrap();
        // Named as an app may name the log of an account.
        std::fs::write(home.mine("log.private@example.org.log"), &log).unwrap();
        std::fs::write(home.mine("old.log"), &log).unwrap();
        let attached = "{\"password\": \"hunter2-in-file\"}";
        std::fs::write(home.mine("file.private@example.org.txt"), attached).unwrap();
        home
    }

    /// What the person and the app had before.
    fn mine(&self, name: &str) -> PathBuf {
        self.folder.path().join("mine").join(name)
    }

    fn written(&self, name: &str) -> PathBuf {
        self.folder.path().join("written").join(name)
    }

    /// The program, which may write here.
    fn at_home(&self, mut command: Command) -> Command {
        for (name, folder) in [
            ("HOME", ""),
            ("TMPDIR", "tmp"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
        ] {
            command.env(name, self.written(folder));
        }
        command.stdin(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn search(&self, what: &str) -> Seen {
        search(&self.written(""), &[], what)
    }
}

/// What writes a report, and ends it.
const CALLS: [&str; 8] = [
    "write",
    "pwrite64",
    "fsync",
    "rename",
    "ftruncate",
    "fchmod",
    "openat",
    "exit_group",
];

/// Runs a program at home again and again, and kills it each time when it is about to make another call. Answers how often
/// it was killed, and what could be read then; `None` where strace is missing.
fn kill_at_each_call(
    program: &Path,
    most_of_each: usize,
    run: impl Fn(&Home, Command) -> Option<i32>,
) -> Option<(usize, Seen)> {
    let home = Home::new();
    let record = home.folder.path().join("calls");
    let strace = strace::record(&CALLS.join(","), &record, program)?;
    let _ = run(&home, strace); // until it ends by itself
    let counts = strace::counts(&std::fs::read_to_string(record).unwrap());
    let (mut killed, mut left) = (0, Seen::default());
    for call in CALLS {
        // Those at the end are the ones that write the report.
        let most = counts.get(call).copied().unwrap_or_default();
        for n in (1..=most).rev().take(most_of_each) {
            let strace = strace::inject(call, "signal=KILL", n, program).unwrap();
            let home = Home::new();
            if run(&home, strace).is_none() {
                let seen = home.search(&format!("killed at {call} {n}"));
                killed += 1;
                left.files += seen.files;
                left.logs += seen.logs;
            }
        }
    }
    Some((killed, left))
}
