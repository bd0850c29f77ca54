//! The hands of the system tests: they start the project's own programs, and other people's.
//!
//! Everything here panics when it cannot go on, with what it was doing: it is only used by tests.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "test support: a test that cannot go on fails"
)]

pub mod backlog;
pub mod bus;
pub mod chaos;
pub mod feedback;
#[cfg(unix)]
pub mod gate;
pub mod http;
#[cfg(target_os = "linux")]
pub mod input_method;
pub mod peers;
pub mod process;
pub mod screen;
pub mod screen_reader;
pub mod secrets;
pub mod server;
pub mod strace;
pub mod strict;
pub mod tools;

use std::fmt::Display;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Once;
use std::time::{Duration, Instant};

/// Nothing that works takes this long, on a machine as busy as can be.
pub const PATIENCE: Duration = Duration::from_mins(3);

/// Asks every 150 ms until there is an answer.
pub fn poll<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(start.elapsed() < PATIENCE, "{what} did not come");
        std::thread::sleep(Duration::from_millis(150));
    }
}

/// Prints what a test has measured. `println!` would show it only when the test fails.
pub fn measured(what: impl Display) {
    let _ = writeln!(std::io::stdout(), "\n{what}"); // who listens or not is no matter of the test's
}

/// A program of this workspace, built with the features that the workspace's tests are built with.
pub fn program(name: &str) -> PathBuf {
    static BUILD: Once = Once::new();
    // `cargo test --workspace` has built them all; then this finds nothing to do. For a run of this
    // package alone it builds what is missing.
    BUILD.call_once(|| {
        let mut cargo = Command::new(env!("CARGO"));
        // What cargo tells a test of its package would have some crates, and all that use them, built anew.
        for (name, _) in std::env::vars() {
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                cargo.env_remove(name);
            }
        }
        let done = cargo
            .args(["test", "--workspace", "--no-run", "--quiet"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    });
    let test = std::env::current_exe().unwrap();
    let folder = test
        .parent()
        .and_then(|deps| deps.parent())
        .expect("target/debug/deps/test");
    let program = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(program.exists(), "{} was not built", program.display());
    program
}

/// The README's example, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
