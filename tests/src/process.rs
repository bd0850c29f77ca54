//! A program that ends with the test.

use std::process::{Child, Command, Stdio};

/// A running program and all that it starts, killed when dropped.
#[derive(Debug)]
pub struct Process(pub Child);

impl Process {
    /// Starts it in a process group of its own.
    pub fn spawn(command: &mut Command) -> Self {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        Self(
            command
                .spawn()
                .unwrap_or_else(|error| panic!("{command:?}: {error}")),
        )
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // With all its children: under a tracer, the program is one. Its folder is free when all are gone.
        let group = format!("-{}", self.0.id());
        let kill = |signal: &str| {
            let mut kill = Command::new("kill");
            kill.args([signal, "--", &group]).stderr(Stdio::null());
            kill.status().is_ok_and(|status| status.success())
        };
        kill("-KILL");
        let _ = self.0.kill();
        let _ = self.0.wait();
        while kill("-0") {
            std::thread::yield_now();
        }
    }
}
