//! The senders: raw sockets that are kept open, and requests made beforehand around one picture that stays in the cache,
//! so that they cost little of the processor that they share with the receiver.

use std::io::{Cursor, IoSlice, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

use serde_json::json;
use uuid::Uuid;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(crate) const SENDERS: usize = 16;
pub(crate) const KEY: &str = "bench";

/// Reports of about the same size, each new to a server once.
pub(crate) struct Load {
    picture: Vec<u8>,
    requests: Vec<Request>,
    /// Of all bundles together.
    bytes: u64,
    pub(crate) bundle_bytes: usize,
}

/// What a request has before the picture and after it.
struct Request {
    before: Vec<u8>,
    after: Vec<u8>,
}

impl Load {
    pub(crate) fn new(bundle_bytes: usize, count: usize) -> Self {
        let picture = noise(bundle_bytes - 1_500); // the manifest, twice the zip's names
        let (mut requests, mut bytes) = (Vec::with_capacity(count), 0);
        for _ in 0..count {
            let (request, of_bundle) = request(&picture);
            requests.push(request);
            bytes += of_bundle as u64;
        }
        Self {
            picture,
            requests,
            bytes,
            bundle_bytes,
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.requests.len()
    }

    /// Posts all of it; MB/s of bundles.
    pub(crate) fn run(&self, to: SocketAddr) -> f64 {
        let start = Instant::now();
        std::thread::scope(|scope| {
            for sender in 0..SENDERS {
                // By turns: ids hold the time, and reports of one hour come about in that order.
                let part = self.requests.iter().skip(sender).step_by(SENDERS);
                scope.spawn(move || send(to, part, &self.picture));
            }
        });
        self.bytes as f64 / 1e6 / start.elapsed().as_secs_f64()
    }
}

fn send<'r>(to: SocketAddr, requests: impl Iterator<Item = &'r Request>, picture: &[u8]) {
    let mut stream = TcpStream::connect(to).unwrap();
    let mut answer = [0; 4096];
    for request in requests {
        let mut parts = [&request.before, picture, &request.after].map(IoSlice::new);
        let mut left = parts.as_mut_slice();
        while !left.is_empty() {
            let written = stream.write_vectored(left).unwrap();
            IoSlice::advance_slices(&mut left, written);
        }
        let mut read = 0;
        // Every receiver here answers with a short JSON object of one level.
        while read == 0 || answer[read - 1] != b'}' {
            let more = stream.read(&mut answer[read..]).unwrap();
            assert!(more > 0, "the receiver hung up");
            read += more;
        }
        assert_eq!(
            &answer[..12],
            b"HTTP/1.1 201",
            "{}",
            String::from_utf8_lossy(&answer[..read])
        );
    }
}

/// A whole request, and how many bytes of it are the bundle.
fn request(picture: &[u8]) -> (Request, usize) {
    let id = Uuid::now_v7();
    let manifest = manifest(id, picture.len()).to_string();
    let packed = SimpleFileOptions::default();
    let stored = packed.compression_method(zip::CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, options, bytes) in [
        ("report.json", packed, manifest.as_bytes()),
        ("message.txt", packed, b"It does not open any more."),
        ("system.json", packed, b"{\"os\": \"Linux\"}"),
        (
            "logs/app.log",
            packed,
            &b"12:00:01 INFO opened a note\n".repeat(20),
        ),
        ("screenshots/1.png", stored, picture),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let bundle = zip.finish().unwrap().into_inner();

    let mut body = Vec::with_capacity(bundle.len() + 4096);
    write!(
        body,
        "--b\r\nContent-Disposition: form-data; name=\"report\"\r\nContent-Type: application/json\r\n\r\n{manifest}\r\n\
         --b\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"report-{id}.zip\"\r\n\
         Content-Type: application/zip\r\n\r\n"
    )
    .unwrap();
    body.extend_from_slice(&bundle);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let mut request = format!(
        "POST /api/v1/reports HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {KEY}\r\nIdempotency-Key: \"{id}\"\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(&body);
    let start = request.windows(picture.len()).position(|part| part == picture);
    let after = request.split_off(start.unwrap() + picture.len());
    request.truncate(start.unwrap());
    let before = request;
    (Request { before, after }, bundle.len())
}

fn manifest(id: Uuid, picture_bytes: usize) -> serde_json::Value {
    json!({
        "schema": 1, "id": id.to_string(), "created_at": "2026-01-02T03:04:05Z",
        "app": {"name": "Notes", "version": "1.2.3", "channel": "stable"},
        "message": "It does not open any more.", "reply_to": "someone@example.org", "locale": "de-DE",
        "system": {"os": "Linux", "os_version": "6.1", "arch": "x86_64", "cpu": "four cores", "memory_bytes": 8_000_000_000_u64,
            "free_bytes": 120_000_000_000_u64, "scale": 1.5, "window": [1280, 720]},
        "context": {"document": "42 notes", "sync": "off"}, "crash": null,
        "files": [
            {"path": "logs/app.log", "kind": "log", "bytes": 560, "sha256": "0".repeat(64), "original_bytes": 560, "cut": "none", "masked": {"email": 1}},
            {"path": "screenshots/1.png", "kind": "screenshot", "bytes": picture_bytes, "sha256": "0".repeat(64), "original_bytes": picture_bytes, "cut": "none", "masked": {}},
        ],
        "gaps": [{"what": "crash report", "why": "the last run ended normally"}], "masked": {"email": 1},
    })
}

/// Bytes that no packer makes smaller.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let step = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(step).take(bytes).collect()
}
