//! The least HTTP client that can also misbehave.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// Far beyond any answer; a test that waits so long has found a hang.
pub(crate) const PATIENCE: Duration = Duration::from_mins(3);

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// Asserts an error of RFC 9457 and gives it back.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        let problem = self.json();
        assert_eq!(problem["status"], status);
        for member in ["type", "title", "detail"] {
            assert!(
                problem[member].as_str().is_some_and(|text| !text.is_empty()),
                "{member}: {problem}"
            );
        }
        problem
    }
}

/// Sends the bytes, says that they are all, and reads the answer.
pub(crate) fn raw(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = connect(address);
    stream.write_all(bytes).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    read(&mut stream)
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

pub(crate) fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let head = head_of(method, path, headers, body.len());
    raw(address, &[&head, body].concat())
}

/// The head of a request with a body of `length` bytes.
pub(crate) fn head_of(method: &str, path: &str, headers: &[(&str, &str)], length: usize) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    (head + &format!("Content-Length: {length}\r\n\r\n")).into_bytes()
}

pub(crate) fn get(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Answer {
    request(address, "GET", path, headers, b"")
}

/// `HEAD`, whose answer has no body whatever its headers say.
pub(crate) fn head(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut stream = connect(address);
    stream.write_all(&head_of("HEAD", path, headers, 0)).unwrap();
    let answer = read_head(&mut stream);
    assert_eq!(answer.body, b"");
    answer
}

/// Reads one answer, to the end of its body and not further.
pub(crate) fn read(stream: &mut TcpStream) -> Answer {
    let mut answer = read_head(stream);
    if let Some(length) = answer.header("content-length").map(|text| text.parse().unwrap()) {
        while answer.body.len() < length {
            more(stream, &mut answer.body);
        }
        answer.body.truncate(length);
    } else if answer.header("transfer-encoding") == Some("chunked") {
        while find(&answer.body, b"0\r\n\r\n").is_none_or(|at| at + 5 != answer.body.len()) {
            more(stream, &mut answer.body);
        }
        answer.body = unchunked(&answer.body);
    }
    answer
}

/// Reads the head of one answer, and what came with it.
fn read_head(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = find(&bytes, b"\r\n\r\n") {
            break at;
        }
        more(stream, &mut bytes);
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let status = head[9..12].parse().unwrap();
    Answer {
        status,
        head,
        body: bytes.split_off(head_end + 4),
    }
}

fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) {
    let mut buffer = [0; 16384];
    let read = stream.read(&mut buffer).unwrap();
    assert!(
        read > 0,
        "the answer was cut off: {}",
        String::from_utf8_lossy(bytes)
    );
    bytes.extend_from_slice(&buffer[..read]);
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line = find(rest, b"\r\n").unwrap();
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap(), 16).unwrap();
        if length == 0 {
            return body;
        }
        rest = &rest[line + 2..];
        body.extend_from_slice(&rest[..length]);
        rest = &rest[length + 2..];
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
