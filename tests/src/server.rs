//! The receiver as its own process.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::http;

/// The project key of every test server.
pub const KEY: &str = "pk_system_test";
/// The agent's token of every test server.
pub const TOKEN: &str = "agent-of-the-system-test";

/// A running `server-stub serve`, killed when dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    /// Its address without a slash at the end, such as `http://127.0.0.1:41234`.
    pub url: String,
}

impl Server {
    /// Starts on a free port, with its data in `folder`.
    pub fn start(folder: &Path) -> Self {
        Self::start_on("127.0.0.1:0", folder)
    }

    /// Starts on a chosen address, such as that of a server that was there before.
    pub fn start_on(listen: &str, folder: &Path) -> Self {
        let mut command = Command::new(crate::program("server-stub"));
        command
            .args([
                "serve",
                "--listen",
                listen,
                "--key",
                KEY,
                "--agent-token",
                TOKEN,
                "--data",
            ])
            .arg(folder);
        Self::try_spawn(command).expect("server-stub starts")
    }

    /// Runs a command that starts a server; `None` if it ends before it listens.
    pub fn try_spawn(mut command: Command) -> Option<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let url = line.trim().strip_prefix("listening on ").map(str::to_owned);
        if url.is_none() {
            let _ = process.wait();
        }
        Some(Self { process, url: url? })
    }

    /// The address for `POST`.
    pub fn endpoint(&self) -> String {
        format!("{}/api/v1/reports", self.url)
    }

    /// `host:port`.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// All reports, newest first, as the agents' list gives them.
    pub fn reports(&self) -> Vec<Value> {
        let answer = http::get(&format!("{}?limit=1000", self.endpoint()), Some(TOKEN));
        assert_eq!(answer.status, 200);
        let list: Value = serde_json::from_slice(&answer.body).unwrap();
        list["reports"].as_array().unwrap().clone()
    }

    /// The stored zip of a report.
    pub fn bundle(&self, id: &str) -> Vec<u8> {
        let answer = http::get(&format!("{}/{id}/bundle", self.endpoint()), Some(TOKEN));
        assert_eq!(answer.status, 200);
        answer.body
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // With all its children: under a tracer, the server is one. The folder is free when all are gone.
        let group = format!("-{}", self.process.id());
        let kill = |signal: &str| {
            let mut kill = Command::new("kill");
            kill.args([signal, "--", &group]).stderr(Stdio::null());
            kill.status().is_ok_and(|status| status.success())
        };
        kill("-KILL");
        let _ = self.process.kill();
        let _ = self.process.wait();
        while kill("-0") {
            std::thread::yield_now();
        }
    }
}
