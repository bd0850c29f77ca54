//! A receiver inside this process: what the tutorial sends to when no other is named.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use server_stub::{Server, ServerConfig, StartError};

/// A report as the receiver has it.
#[derive(Debug, Clone, Deserialize)]
pub struct Arrived {
    /// The number that was given to the person, such as `FB-1042`.
    pub number: String,
    /// What the person wrote.
    pub message: String,
    /// Where to send the answer.
    pub reply_to: Option<String>,
    /// The size of the bundle in bytes.
    pub bytes: u64,
    /// What the bundle holds.
    pub files: Vec<ArrivedFile>,
}

/// One file of a report.
#[derive(Debug, Clone, Deserialize)]
pub struct ArrivedFile {
    /// Where it lies in the bundle.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// How often each masking rule has hidden something in it.
    pub masked: BTreeMap<String, u64>,
}

/// The receiver did not answer as it should.
#[derive(Debug, thiserror::Error)]
#[error("the receiver cannot be read: {0}")]
pub struct ReadError(#[from] io::Error);

/// A running receiver, on a free port of this machine. Stops when dropped.
#[derive(Debug)]
pub struct Receiver(Server);

impl Receiver {
    /// Starts one that keeps its reports in `data`.
    pub fn start(data: &Path) -> Result<Self, StartError> {
        Server::start(ServerConfig::new(data).listen("127.0.0.1:0")).map(Self)
    }

    /// Where to post reports.
    pub fn endpoint(&self) -> String {
        format!("{}/api/v1/reports", self.0.url())
    }

    /// The key to post with.
    pub fn key(&self) -> String {
        self.0.project_keys().first().cloned().unwrap_or_default()
    }

    /// A link that opens the inbox in a browser, once.
    pub fn inbox_url(&self) -> String {
        self.0.inbox_url()
    }

    /// What has arrived, newest first: asked over HTTP, as a support person's program would.
    pub fn reports(&self) -> Result<Vec<Arrived>, ReadError> {
        #[derive(Deserialize)]
        struct Page {
            reports: Vec<Arrived>,
        }
        let token = self.0.agent_token().unwrap_or_default();
        let body = get(self.0.local_addr(), "/api/v1/reports?limit=50", token)?;
        let page: Page = serde_json::from_slice(&body).map_err(io::Error::from)?;
        Ok(page.reports)
    }
}

/// The body of a page on this machine. HTTP 1.0: the answer ends with the connection.
fn get(address: SocketAddr, path: &str, token: &str) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "GET {path} HTTP/1.0\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    match head {
        Some(end) if answer[..end].split(|&byte| byte == b' ').nth(1) == Some(b"200") => {
            Ok(answer.split_off(end + 4))
        }
        _ => {
            let line = String::from_utf8_lossy(&answer);
            let line = line.lines().next().unwrap_or("no answer");
            Err(io::Error::other(line.to_owned()))
        }
    }
}
