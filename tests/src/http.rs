//! A `GET`, for looking at the receiver from outside.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// A status and a body.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, whole.
    pub body: Vec<u8>,
}

/// Gets `url` (plain http), with a bearer token if one is given. HTTP/1.0, so the body ends with the
/// connection.
pub fn get(url: &str, token: Option<&str>) -> Answer {
    let rest = url.strip_prefix("http://").expect("a plain http address");
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = if path.is_empty() { "/" } else { path };
    let authorization = token
        .map(|token| format!("Authorization: Bearer {token}\r\n"))
        .unwrap_or_default();
    let mut stream = TcpStream::connect(host).expect("the server listens");
    write!(
        stream,
        "GET {path} HTTP/1.0\r\nHost: {host}\r\n{authorization}\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .expect("a whole head");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .expect("a status");
    Answer {
        status,
        body: answer.split_off(end + 4),
    }
}
