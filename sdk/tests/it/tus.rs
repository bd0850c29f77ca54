//! A small tus 1.0.0 server that misbehaves on request. It remembers what it was asked.

use std::fmt::Write as _;
use std::io::Read as _;
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ring::digest::{SHA256, digest};

use super::raw::{Listener, Request};

/// What to do with a request.
pub(crate) enum Act {
    /// As the protocol says.
    Serve,
    /// Take this many bytes of the body, then cut the connection.
    Cut(u64),
    /// As the protocol says, with the receipt in the answer to the last byte.
    Vouch,
    /// What the test does with it.
    Do(Box<dyn FnOnce(Request<'_>) + Send>),
    /// This status, these header lines (each with `\r\n`), this body.
    Answer(u16, String, String),
}

impl Act {
    pub(crate) fn status(status: u16) -> Self {
        Self::Answer(status, String::new(), String::new())
    }
}

#[derive(Default)]
pub(crate) struct State {
    /// The unfinished and finished uploads; `None` for one that was ended.
    pub(crate) uploads: Vec<Option<Upload>>,
    /// One line per request, such as `PATCH 0+5000` (offset and length).
    pub(crate) asked: Vec<String>,
}

pub(crate) struct Upload {
    pub(crate) id: String,
    pub(crate) length: u64,
    pub(crate) bytes: Vec<u8>,
}

impl State {
    /// How many requests there were of a kind.
    pub(crate) fn count(&self, kind: &str) -> usize {
        self.asked.iter().filter(|line| line.starts_with(kind)).count()
    }

    /// The one upload that there is.
    pub(crate) fn upload(&self) -> &Upload {
        assert_eq!(self.uploads.len(), 1, "{:?}", self.asked);
        self.uploads[0].as_ref().unwrap()
    }
}

impl Upload {
    pub(crate) fn receipt(&self) -> String {
        receipt(&self.id, &self.bytes)
    }
}

/// The receipt for these bytes.
pub(crate) fn receipt(id: &str, bytes: &[u8]) -> String {
    let sha256 = digest(&SHA256, bytes);
    let sha256 = sha256.as_ref().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    });
    format!(r#"{{"id":"{id}","sha256":"{sha256}","number":"FB-7"}}"#)
}

/// The running server. Its config offers `/api/v1/uploads`.
pub(crate) struct Server {
    pub(crate) listener: Listener,
    state: Arc<Mutex<State>>,
}

impl Server {
    /// `decide` sees each request and what happened before.
    pub(crate) fn start(decide: impl Fn(&Request<'_>, &mut State) -> Act + Send + Sync + 'static) -> Self {
        Self::offering(r#"{"max_bytes":100000000,"uploads":"/api/v1/uploads"}"#, decide)
    }

    pub(crate) fn offering(
        config: &'static str,
        decide: impl Fn(&Request<'_>, &mut State) -> Act + Send + Sync + 'static,
    ) -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let listener = Listener::start(move |request| {
            let act = {
                let mut state = shared.lock().unwrap();
                let act = decide(&request, &mut state);
                let place = request.path.rsplit('/').next().unwrap();
                let kind = match (request.number("upload-offset"), request.number("content-length")) {
                    (Some(offset), Some(length)) => format!("{} {offset}+{length}", request.method),
                    _ => format!("{} {place}", request.method),
                };
                state.asked.push(kind);
                act
            };
            match act {
                Act::Answer(status, headers, body) => request.answer_unread(status, &headers, &body),
                Act::Do(act) => act(request),
                Act::Cut(bytes) => take(request, &shared, bytes, None),
                Act::Vouch => take(request, &shared, u64::MAX, Some(Upload::receipt)),
                Act::Serve => serve(request, &shared, config),
            }
        });
        Self { listener, state }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

fn serve(request: Request<'_>, state: &Mutex<State>, config: &str) {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/api/v1/config") => request.answer(200, "", config),
        ("POST", "/api/v1/uploads") => {
            let mut uploads = state.lock().unwrap();
            uploads.uploads.push(Some(Upload {
                id: named(&request.headers["upload-metadata"]),
                length: request.number("upload-length").unwrap(),
                bytes: Vec::new(),
            }));
            let location = format!("Location: /api/v1/uploads/{}\r\n", uploads.uploads.len() - 1);
            drop(uploads);
            request.answer(201, &location, "");
        }
        ("PATCH", _) => take(request, state, u64::MAX, Some(|_| String::new())),
        _ => {
            let mut state = state.lock().unwrap();
            let Some(place) = place(&request, &mut state) else {
                drop(state);
                return request.answer(404, "", "");
            };
            let upload = place.as_ref().unwrap();
            let whole = upload.bytes.len() as u64 == upload.length;
            match request.method.as_str() {
                "HEAD" => {
                    let headers = format!(
                        "Upload-Offset: {}\r\nUpload-Length: {}\r\n",
                        upload.bytes.len(),
                        upload.length
                    );
                    request.answer(200, &headers, "");
                }
                "GET" if whole => request.answer(200, "", &upload.receipt()),
                "DELETE" => {
                    *place = None;
                    request.answer(204, "", "");
                }
                _ => request.answer(405, "", ""),
            }
        }
    }
}

/// The upload that a request is about.
fn place<'s>(request: &Request<'_>, state: &'s mut State) -> Option<&'s mut Option<Upload>> {
    let index: usize = request.path.strip_prefix("/api/v1/uploads/")?.parse().ok()?;
    state.uploads.get_mut(index).filter(|upload| upload.is_some())
}

/// Takes a `PATCH`, or its first `most` bytes; without an `answer` it cuts the connection then.
fn take(mut request: Request<'_>, state: &Mutex<State>, most: u64, answer: Option<fn(&Upload) -> String>) {
    let mut bytes = Vec::new();
    let _ = request.body.by_ref().take(most).read_to_end(&mut bytes);
    let mut state = state.lock().unwrap();
    let Some(Some(upload)) = place(&request, &mut state) else {
        drop(state);
        return request.answer(404, "", "");
    };
    if request.number("upload-offset") != Some(upload.bytes.len() as u64) {
        drop(state);
        return request.answer(409, "", "");
    }
    upload.bytes.extend_from_slice(&bytes);
    if let Some(answer) = answer {
        let headers = format!("Upload-Offset: {}\r\n", upload.bytes.len());
        let body = answer(upload);
        drop(state);
        request.answer(200, &headers, &body);
    }
}

/// The report's id in `Upload-Metadata`.
fn named(metadata: &str) -> String {
    let pair = metadata
        .split(',')
        .find_map(|pair| pair.strip_prefix("id "))
        .unwrap();
    String::from_utf8(BASE64_STANDARD.decode(pair).unwrap()).unwrap()
}
