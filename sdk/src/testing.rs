//! A receiver that does what a test asks: for tests of apps that embed this SDK, and for our own.
//!
//! It speaks just enough HTTP for one `POST` per connection, on a free loopback port. Whatever else is asked
//! is not found: it offers nothing, and says no limits.
//!
//! ```
//! use feedback_sdk::testing::{Receiver, Reply};
//!
//! let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
//! let endpoint = receiver.url(); // hand it to `FeedbackConfig::new`
//! # assert!(endpoint.starts_with("http://127.0.0.1:"));
//! ```

pub mod masking;
pub mod zip;

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use ring::digest::{SHA256, digest};

use crate::collect::screen::ScreenKind;
use crate::config::patience::patient;
use crate::config::{FeedbackConfig, SystemFacts};
use crate::deliver::waiting::{WaitingReport, WaitingState};
use crate::hex::hex;
use crate::id::ReportId;
use crate::report::system_info::SystemInfo;

/// Gives up on a silent or endlessly slow server after `stall`, instead of a minute.
#[must_use]
pub fn with_stall(mut config: FeedbackConfig, stall: Duration) -> FeedbackConfig {
    config.stall = stall;
    config
}

/// Has a client wait a minute for whatever it waits for a few seconds at most otherwise, such as logs, collectors and
/// `before_send`: for a test on a busy machine.
#[must_use]
pub fn with_patience(config: FeedbackConfig) -> FeedbackConfig {
    patient(config)
}

/// Tells these facts in place of those of the machine: for a test that compares what is shown of a report, which is to
/// be the same everywhere.
#[must_use]
pub fn with_system_facts(mut config: FeedbackConfig, facts: SystemInfo) -> FeedbackConfig {
    config.system_facts = SystemFacts::Told(Box::new(facts));
    config
}

/// A report of ten bytes as the spool lists it, stored at the beginning of 1970.
#[must_use]
pub fn waiting(id: ReportId, state: WaitingState) -> WaitingReport {
    WaitingReport {
        id,
        bytes: 10,
        stored_at: SystemTime::UNIX_EPOCH,
        is_stored: true,
        state,
    }
}

/// Has a monitor with this name in place of the machine's own, or beside those added before; a picture of it shows
/// `width` × `height` pixels of stripes.
#[must_use]
pub fn with_monitor(config: FeedbackConfig, name: &str, width: u16, height: u16) -> FeedbackConfig {
    with_screen(config, ScreenKind::Monitor, name, [width, height])
}

/// Has a window of another app with this title, as [`with_monitor`] has a monitor; the one added first lies on top.
#[must_use]
pub fn with_window(config: FeedbackConfig, title: &str, width: u16, height: u16) -> FeedbackConfig {
    with_screen(config, ScreenKind::Window, title, [width, height])
}

fn with_screen(mut config: FeedbackConfig, kind: ScreenKind, name: &str, pixels: [u16; 2]) -> FeedbackConfig {
    let display = config.display.get_or_insert_default();
    Arc::make_mut(display).add(kind, name, pixels.map(u32::from));
    config
}

/// A report as it came over the wire.
#[derive(Debug, Clone)]
pub struct Request {
    /// The headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The `report` part.
    pub manifest: Vec<u8>,
    /// The `bundle` part.
    pub bundle: Vec<u8>,
}

impl Request {
    /// The report's id, from the `Idempotency-Key`.
    pub fn id(&self) -> &str {
        self.headers
            .get("idempotency-key")
            .map_or("", |key| key.trim_matches('"'))
    }

    /// Lower-case hex of the bundle's SHA-256.
    pub fn sha256(&self) -> String {
        hex(digest(&SHA256, &self.bundle).as_ref())
    }
}

/// What to answer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Reply {
    /// `201` with the right id and hash, and this number.
    Receipt(Option<&'static str>),
    /// This status, these header lines (each with `\r\n`), this body.
    Answer(u16, &'static str, String),
    /// Close the connection without an answer.
    HangUp,
    /// Keep the connection open and say nothing, until the receiver is dropped.
    Silence,
    /// Do not even read the body; keep the connection open until the receiver is dropped.
    Deafness,
}

impl Reply {
    /// A receipt with the number `FB-1001`.
    pub const RECEIPT: Self = Self::Receipt(Some("FB-1001"));
}

/// The running receiver. Stops accepting when dropped.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    requests: mpsc::Receiver<Request>,
    held: Arc<Mutex<Option<Vec<TcpStream>>>>,
}

impl Receiver {
    /// Listens on a free port of this machine; `reply` decides about each request from its headers.
    pub fn start(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> io::Result<Self> {
        Self::start_on("127.0.0.1:0", reply)
    }

    /// As [`start`](Self::start), on an address of the test's choice.
    pub fn start_on(
        address: &str,
        reply: impl Fn(&Request) -> Reply + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let (sender, requests) = mpsc::channel();
        let held = Arc::new(Mutex::new(Some(Vec::new())));
        let reply = Arc::new(reply);
        let all = Arc::clone(&held);
        std::thread::Builder::new()
            .name("test-receiver".to_owned())
            .spawn(move || {
                for stream in listener.incoming().flatten() {
                    let mut held = all.lock().unwrap_or_else(PoisonError::into_inner);
                    let Some(streams) = &mut *held else { return };
                    streams.extend(stream.try_clone());
                    drop(held);
                    let (reply, sender) = (Arc::clone(&reply), sender.clone());
                    std::thread::spawn(move || serve(&stream, &*reply, &sender));
                }
            })?;
        Ok(Self {
            address,
            requests,
            held,
        })
    }

    /// The address to hand to [`FeedbackConfig::new`](crate::FeedbackConfig::new).
    pub fn url(&self) -> String {
        format!("http://{}/api/v1/reports", self.address)
    }

    /// The next request that came in whole, waiting at most `timeout`.
    pub fn next_within(&self, timeout: Duration) -> Option<Request> {
        self.requests.recv_timeout(timeout).ok()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner).take();
        for stream in held.into_iter().flatten() {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
        // Wakes the listening thread, so that it sees that it is over.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(stream: &TcpStream, reply: &dyn Fn(&Request) -> Reply, sender: &Sender<Request>) {
    let mut reader = BufReader::new(stream);
    let Ok(mut request) = read_head(&mut reader) else {
        return;
    };
    if !request.headers["request-line"].starts_with("POST ") {
        answer(stream, 404, "", "");
        return;
    }
    let reply = reply(&request);
    if matches!(reply, Reply::Deafness) {
        return; // the receiver holds the other end of the stream
    }
    let length = request
        .headers
        .get("content-length")
        .and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or_default()];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    split(&body, &mut request);
    let said = match reply {
        Reply::Receipt(number) => {
            let body =
                serde_json::json!({ "id": request.id(), "sha256": request.sha256(), "number": number });
            let body = body.to_string();
            Some((201, "Content-Type: application/json\r\n", body))
        }
        Reply::Answer(status, headers, body) => Some((status, headers, body)),
        Reply::HangUp => {
            let _ = stream.shutdown(std::net::Shutdown::Both);
            None
        }
        Reply::Silence | Reply::Deafness => None,
    };
    let _ = sender.send(request);
    if let Some((status, headers, body)) = said {
        answer(stream, status, headers, &body);
    }
}

fn answer(mut stream: &TcpStream, status: u16, headers: &str, body: &str) {
    let head = format!(
        "HTTP/1.1 {status} x\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body.as_bytes()));
    let _ = stream.shutdown(std::net::Shutdown::Both);
}

fn read_head(reader: &mut BufReader<&TcpStream>) -> io::Result<Request> {
    let mut headers = BTreeMap::new();
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match line.split_once(':') {
            Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.trim().to_owned()),
            None if line.trim().is_empty() => break,
            None => headers.insert("request-line".to_owned(), line.trim().to_owned()),
        };
    }
    headers.entry("request-line".to_owned()).or_default();
    Ok(Request {
        headers,
        manifest: Vec::new(),
        bundle: Vec::new(),
    })
}

/// Takes the two parts out of the body, by its boundary.
fn split(body: &[u8], request: &mut Request) {
    let kind = request.headers.get("content-type").cloned().unwrap_or_default();
    let Some((_, boundary)) = kind.split_once("boundary=") else {
        return;
    };
    let mark = format!("\r\n--{boundary}");
    let end_of_part = |from: usize| {
        body[from..]
            .windows(mark.len())
            .position(|w| w == mark.as_bytes())
            .map(|at| from + at)
    };
    let part = |from: usize| -> Option<(Vec<u8>, usize)> {
        let content = body[from..].windows(4).position(|w| w == b"\r\n\r\n")? + from + 4;
        let end = end_of_part(content)?;
        Some((body[content..end].to_vec(), end + mark.len()))
    };
    if let Some((manifest, next)) = part(0) {
        request.manifest = manifest;
        request.bundle = part(next).map(|(bundle, _)| bundle).unwrap_or_default();
    }
}
