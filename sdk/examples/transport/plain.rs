//! A transport over a bare socket: HTTP/1.1, one request per connection, no TLS.

use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use feedback_sdk::transport::{Request, Response, Transport};

/// Sends requests to `http://` addresses.
pub(crate) struct Plain;

/// A server that says nothing for this long is given up.
const SILENCE: Duration = Duration::from_secs(30);

impl Transport for Plain {
    fn send(&self, mut request: Request) -> io::Result<Response> {
        let (host, path) = place(request.url()).ok_or(io::ErrorKind::Unsupported)?;
        let mut stream = TcpStream::connect(&host)?;
        stream.set_read_timeout(Some(SILENCE))?;
        let mut head = Vec::new();
        write!(
            head,
            "{} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n",
            request.method()
        )?;
        for (name, value) in request.headers() {
            write!(head, "{name}: {value}\r\n")?;
        }
        head.extend_from_slice(b"\r\n");
        stream.write_all(&head)?;
        let mut chunk = vec![0; 64 << 10];
        loop {
            let read = request.read(&mut chunk)?;
            if read == 0 {
                return answer(&stream, request.method());
            }
            if let Err(error) = stream.write_all(&chunk[..read]) {
                // A server may say no before it has all of it.
                return answer(&stream, request.method()).map_err(|_| error);
            }
        }
    }
}

/// Host and port, and what to ask them for.
fn place(url: &str) -> Option<(String, String)> {
    let rest = url.strip_prefix("http://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let port = if host.contains(':') { "" } else { ":80" };
    Some((format!("{host}{port}"), path.to_owned()))
}

fn answer(stream: &TcpStream, method: &str) -> io::Result<Response> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.by_ref().take(8192).read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line.trim().is_empty() {
            break;
        }
        lines.push(line);
    }
    let status = lines
        .first()
        .and_then(|line| line.split(' ').nth(1)?.trim().parse().ok());
    let headers: Vec<_> = lines
        .iter()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length
        .and_then(|(_, length)| length.parse().ok())
        .unwrap_or(u64::MAX);
    let status = status.ok_or(io::ErrorKind::InvalidData)?;
    let mut body = Vec::new();
    if method != "HEAD" && !matches!(status, 100..200 | 204 | 304) {
        reader.take(length.min(64 << 10)).read_to_end(&mut body)?;
    }
    Ok(Response {
        status,
        headers,
        body,
    })
}
