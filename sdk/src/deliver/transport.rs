//! What carries requests to the server: the feature `http`, or what the app brings.

use std::fmt;
use std::io::{self, Cursor, Read};

use bytes::Bytes;
use url::Url;

use super::body::Body;

/// Carries requests to the server in place of the feature `http`: with the HTTP client that the app has anyway.
///
/// What is sent and what an answer means is decided before and behind it. Only an answer with the report's id and
/// hash delivers a report, so a transport that fails, or that answers nonsense, delays reports and loses none.
///
/// ```
/// use std::io::{self, Read};
///
/// use feedback_sdk::FeedbackConfig;
/// use feedback_sdk::transport::{Request, Response, Transport};
///
/// # struct Client;
/// # impl Client {
/// #     fn send<'a>(
/// #         &self, _: &str, _: &str, _: impl Iterator<Item = (&'a str, &'a str)>, _: Vec<u8>,
/// #     ) -> io::Result<(u16, Vec<(String, String)>, Vec<u8>)> { Err(io::ErrorKind::Unsupported.into()) }
/// # }
/// struct OurHttp(Client); // the app's own
///
/// impl Transport for OurHttp {
///     fn send(&self, mut request: Request) -> io::Result<Response> {
///         let mut body = Vec::new(); // better: stream it
///         request.read_to_end(&mut body)?;
///         let (status, headers, body) = self.0.send(request.method(), request.url(), request.headers(), body)?;
///         Ok(Response { status, headers, body })
///     }
/// }
///
/// # let client = Client;
/// let config = FeedbackConfig::new("https://feedback.example.com/api/v1/reports", "pk_notes", "Notes", "1.4.0")
///     .transport(OurHttp(client));
/// ```
///
/// The program `sdk/examples/transport` is a whole one, over a bare socket.
pub trait Transport: Send + Sync {
    /// Sends a request and answers what came back, whatever its status. Called from a thread of the SDK where it may
    /// block, for one request after another.
    ///
    /// A report that is deleted meanwhile may still arrive if its body was read to the end.
    ///
    /// Never follow a redirect: it would take the key along. Give up on a silent network by yourself: when nothing has
    /// been read of the body for one or two minutes, or no answer has come six minutes after its end, nobody waits any
    /// more, but the next request waits for this thread. An error of the system's
    /// goes back as it is: a connection that was cut
    /// ([`ConnectionReset`](io::ErrorKind::ConnectionReset), [`BrokenPipe`](io::ErrorKind::BrokenPipe) and the like)
    /// is answered with smaller requests. Of other errors only the kind is looked at and logged.
    fn send(&self, request: Request) -> io::Result<Response>;
}

/// A request to the server. Reading from it reads its body.
///
/// An error while reading ends the request: a report that was taken back, or a bundle that the disk has damaged,
/// must not arrive whole.
pub struct Request {
    method: &'static str,
    url: Url,
    headers: Vec<(&'static str, String)>,
    pub(super) body: Option<Body>,
    /// What a [`Transport`] was given of the body and has not read yet.
    chunk: Cursor<Bytes>,
}

/// No answer of ours is longer, in bytes; a log-in page may be endless.
pub(super) const MAX_ANSWER: usize = 64 << 10;

/// What the server, or something on the way to it, has answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names in any case, and values. `Location`, `Retry-After`, `Upload-Offset` and `Upload-Length` are looked at.
    pub headers: Vec<(String, String)>,
    /// Its first 64 KiB are looked at; a log-in page may be endless.
    pub body: Vec<u8>,
}

impl Request {
    pub(super) fn new(method: &'static str, url: Url) -> Self {
        Self {
            method,
            url,
            headers: Vec::new(),
            body: None,
            chunk: Cursor::default(),
        }
    }

    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn with(mut self, body: Body) -> Self {
        let length = body.length().to_string();
        self.body = Some(body);
        self.header("Content-Length", length)
    }

    /// `GET`, `HEAD`, `POST`, `PATCH` or `DELETE`.
    pub fn method(&self) -> &str {
        self.method
    }

    /// The full address. It may hold what a log must not.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// All headers but `Host`: also `Content-Length`, where there is a body, and `Authorization` with the key.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

impl Read for Request {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let Some(body) = &mut self.body else {
            return Ok(0);
        };
        loop {
            drop(body.bundle()?);
            let read = self.chunk.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            match body.next()? {
                Some(chunk) => self.chunk = Cursor::new(chunk),
                None => return Ok(0),
            }
        }
    }
}

impl fmt::Debug for Request {
    /// Without the address and the key, which a log must not hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
