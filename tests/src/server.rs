//! The receiver as its own process.

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Cursor};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::http;
use crate::process::Process;
use crate::strace::Followed;

/// The project key of every test server.
pub const KEY: &str = "pk_system_test";
/// The agent's token of every test server.
pub const TOKEN: &str = "agent-of-the-system-test";

/// A running `server-stub serve`, killed when dropped.
#[derive(Debug)]
pub struct Server {
    process: Process,
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
        serve(&mut command, listen, folder);
        Self::try_spawn(command).expect("server-stub starts")
    }

    /// Runs a command that starts a server; `None` if it ends before it listens.
    pub fn try_spawn(mut command: Command) -> Option<Self> {
        let mut process = Process::spawn(command.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut line = String::new();
        BufReader::new(process.0.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Some(Self {
            process,
            url: url_in(&line)?.to_owned(),
        })
    }

    /// Starts on a free port a server that strace can follow, with its calls in `log`, and answers its address for `POST`.
    /// `None` where strace is missing.
    pub fn to_follow(folder: &Path, log: &Path) -> Option<(Followed, String)> {
        let program = crate::program("server-stub");
        let mut command = Command::new(&program);
        serve(&mut command, "127.0.0.1:0", folder);
        let mut server = Followed::start(&program, command.get_args(), Path::new("/dev/null"), log)?;
        let line = server.line();
        let url = url_in(&line).expect("server-stub starts");
        Some((server, endpoint(url)))
    }

    /// The address for `POST`.
    pub fn endpoint(&self) -> String {
        endpoint(&self.url)
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.process.0.id()
    }

    /// `host:port`.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// All reports, newest first, as the agents' list gives them, page by page.
    pub fn reports(&self) -> Vec<Value> {
        let mut reports: Vec<Value> = Vec::new();
        loop {
            let before = reports.last().map(|last| last["number"].as_str().unwrap());
            let before = before.map_or_else(String::new, |number| format!("&before={number}"));
            let answer = http::get(&format!("{}?limit=500{before}", self.endpoint()), Some(TOKEN));
            assert_eq!(answer.status, 200);
            let mut page: Value = serde_json::from_slice(&answer.body).unwrap();
            let page = page["reports"].as_array_mut().unwrap();
            if page.is_empty() {
                return reports;
            }
            reports.append(page);
        }
    }

    /// The stored zip of a report.
    pub fn bundle(&self, id: &str) -> Vec<u8> {
        let answer = http::get(&format!("{}/{id}/bundle", self.endpoint()), Some(TOKEN));
        assert_eq!(answer.status, 200);
        answer.body
    }

    /// The ids of all reports. Panics if a message is there twice, or a bundle is not whole.
    pub fn arrived_once(&self) -> HashSet<String> {
        let reports = self.reports();
        let text = |report: &Value, key: &str| report[key].as_str().unwrap().to_owned();
        let messages: HashSet<String> = reports.iter().map(|report| text(report, "message")).collect();
        assert_eq!(messages.len(), reports.len(), "a report arrived twice");
        let ids: HashSet<String> = reports.iter().map(|report| text(report, "id")).collect();
        for id in &ids {
            let mut zip = zip::ZipArchive::new(Cursor::new(self.bundle(id))).unwrap();
            for index in 0..zip.len() {
                std::io::copy(&mut zip.by_index(index).unwrap(), &mut std::io::sink()).unwrap();
            }
        }
        ids
    }
}

/// What a server says of itself once it listens.
fn url_in(line: &str) -> Option<&str> {
    line.trim().strip_prefix("listening on ")
}

fn endpoint(url: &str) -> String {
    format!("{url}/api/v1/reports")
}

/// Adds the arguments of every test server to a command that runs `server-stub`.
pub fn serve(command: &mut Command, listen: &str, folder: &Path) {
    command.args(["serve", "--listen", listen, "--key", KEY, "--agent-token", TOKEN]);
    command.arg("--data").arg(folder);
}
