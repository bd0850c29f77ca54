//! A large bundle by tus 1.0.0 (<https://tus.io/protocols/resumable-upload>): a connection that is cut, or an
//! app that is killed, goes on from the last byte that the server has.
//!
//! One `PATCH` carries all the rest, unless something on the way takes no request of that size. No checksum
//! goes with it: TLS guards each byte on the way and the receipt's SHA-256 the whole, while a server that must
//! check a piece can keep nothing of one that was cut off.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use url::Url;

use super::Outcome;
use super::answer::{Answer, Verdict};
use super::body::{Body, Progress, Shared};
use super::exchange::Failure;
use super::parcel::Parcel;
use super::server::Server;
use super::transport::Request;
use crate::spool::layout::WaitReason;

/// An attempt goes on without a pause only when the server has got this many bytes further, or has all: one
/// that takes next to nothing, or says so, is left alone until the schedule's next turn.
const STEP: u64 = 64 << 10;

/// One bundle on its way to a server that takes resumable uploads.
pub(super) struct Resumable<'a> {
    pub(super) server: &'a Server,
    /// Where uploads begin.
    pub(super) uploads: &'a Url,
    pub(super) parcel: &'a Parcel,
    pub(super) bundle: &'a Shared,
    pub(super) progress: &'a Arc<Progress>,
}

/// What became of an upload.
enum Ended {
    With(Outcome),
    /// The server does not know it (any more).
    Gone,
}

/// How far the server says it is.
enum Place {
    At(u64),
    Gone,
    /// It does not say now.
    Unknown(Outcome),
}

impl Resumable<'_> {
    /// Sends the bundle, from where an earlier attempt has ended. `None` where no upload can be begun: then
    /// it goes as a form, whose answer decides: too many unfinished uploads, say, are no reason against a report.
    pub(super) async fn send(&self) -> Result<Option<Outcome>, Failure> {
        if let Some(url) = self.noted()
            && let Ended::With(outcome) = self.go_on(&url, None).await?
        {
            return Ok(Some(outcome));
        }
        let answer = self.create().await?;
        let url = match answer.verdict() {
            Verdict::Later if answer.response.status >= 500 => None,
            Verdict::Elsewhere | Verdict::Later | Verdict::TooLarge => {
                return Ok(Some(answer.judge(self.parcel.id(), None)));
            }
            Verdict::Yes => self.location(&answer),
            Verdict::No => None,
        };
        let Some(url) = url else { return Ok(None) };
        self.parcel.note().write(url.as_str());
        Ok(Some(match self.go_on(&url, Some(0)).await? {
            Ended::With(outcome) => outcome,
            Ended::Gone => answer.wait(WaitReason::NoReceipt),
        }))
    }

    /// Where an earlier attempt has left off, on the endpoint's own origin: a note may be foreign.
    fn noted(&self) -> Option<Url> {
        let url = Url::parse(&self.parcel.note().read()?).ok()?;
        self.is_ours(&url).then_some(url)
    }

    /// Where a new upload goes on. Another origin would get the key.
    fn location(&self, answer: &Answer) -> Option<Url> {
        let place = answer.header("location")?;
        let url = self.uploads.join(place).ok()?;
        self.is_ours(&url).then_some(url)
    }

    fn is_ours(&self, url: &Url) -> bool {
        url.origin() == self.server.endpoint.url.origin()
    }

    async fn create(&self) -> Result<Answer, Failure> {
        let id = self.parcel.id();
        let word = |text: &str| BASE64_STANDARD.encode(text);
        let metadata = format!(
            "id {},filename {},filetype {}",
            word(&id.to_string()),
            word(&format!("report-{id}.zip")),
            word("application/zip")
        );
        let request = self
            .request("POST", self.uploads)
            .header("Upload-Length", self.parcel.bytes().to_string())
            .header("Upload-Metadata", metadata)
            .header("Content-Length", "0");
        self.server.exchange(request, None).await
    }

    /// Sends what the server does not have yet, and gets the receipt. `at`: its offset, where that is known.
    async fn go_on(&self, url: &Url, at: Option<u64>) -> Result<Ended, Failure> {
        let (id, bytes) = (self.parcel.id(), self.parcel.bytes());
        let mut at = match at {
            Some(at) => at,
            None => match self.look(url).await? {
                Place::At(at) => at,
                Place::Gone => return Ok(Ended::Gone),
                Place::Unknown(outcome) => return Ok(Ended::With(outcome)),
            },
        };
        loop {
            if at == bytes {
                return self.receipt(url).await;
            }
            let length = (bytes - at).min(self.server.piece());
            let mut is_cut = false;
            let trouble = match self.patch(url, at, length).await {
                Ok(answer) if is_gone(&answer) => return Ok(Ended::Gone),
                Ok(answer) => {
                    let sha256 = self.bundle.lock().sha256();
                    match (answer.verdict(), answer.judge(id, sha256.as_deref())) {
                        (_, delivered @ Outcome::Delivered(_)) => return Ok(Ended::With(delivered)),
                        (Verdict::Yes, no_receipt) => match offset(&answer) {
                            Some(next) if next <= at + length && self.got_on(at, next) => {
                                at = next;
                                continue;
                            }
                            _ => no_receipt,
                        },
                        (_, Outcome::TooLarge { max_bytes: None }) if self.server.halve_piece(length) => {
                            continue;
                        }
                        (_, too_large @ Outcome::TooLarge { .. }) => return Ok(Ended::With(too_large)),
                        (_, outcome) => outcome,
                    }
                }
                Err(failure) if self.bundle.lock().broken().is_some() => return Err(failure),
                Err(failure) => {
                    is_cut = failure.is_cut();
                    failure.outcome(id)
                }
            };
            // Cut off, or an answer that does not say what became of the bytes: the server knows.
            at = match (self.look(url).await?, trouble) {
                (Place::At(now), _) if self.got_on(at, now) => now,
                // It is there, and got nothing: something on the way takes no request of that size.
                (Place::At(now), _) if is_cut && now == at && self.server.halve_piece(length) => now,
                (Place::At(_), Outcome::Refused { status, .. }) => {
                    // It still has the upload, so this was no word about the report.
                    let why = WaitReason::Server(status);
                    return Ok(Ended::With(Outcome::Wait {
                        why,
                        retry_after: None,
                    }));
                }
                (Place::Gone, Outcome::Wait { .. }) => return Ok(Ended::Gone),
                (Place::Unknown(outcome), _) => return Ok(Ended::With(outcome)),
                (_, trouble) => return Ok(Ended::With(trouble)),
            };
        }
    }

    /// Whether the server has got on enough for the upload to go on at once.
    fn got_on(&self, from: u64, to: u64) -> bool {
        to > from && (to - from >= STEP || to == self.parcel.bytes())
    }

    async fn patch(&self, url: &Url, at: u64, length: u64) -> Result<Answer, Failure> {
        self.bundle.go_to(at).await?;
        let body = Body::piece(self.bundle, at, length, self.progress);
        let request = self
            .request("PATCH", url)
            .header("Upload-Offset", at.to_string())
            .header("Content-Type", "application/offset+octet-stream")
            .with(body);
        self.server.exchange(request, Some(self.progress)).await
    }

    /// Asks how far the upload is. One of another length is not of this bundle.
    async fn look(&self, url: &Url) -> Result<Place, Failure> {
        let answer = self.server.exchange(self.request("HEAD", url), None).await?;
        let bytes = self.parcel.bytes();
        Ok(match answer.verdict() {
            Verdict::Yes => match (offset(&answer), number(&answer, "upload-length")) {
                (Some(at), Some(length)) if at <= bytes && length == bytes => Place::At(at),
                (Some(_), _) => Place::Gone,
                (None, _) => Place::Unknown(answer.wait(WaitReason::NoReceipt)),
            },
            Verdict::Elsewhere | Verdict::Later => Place::Unknown(answer.judge(self.parcel.id(), None)),
            Verdict::No | Verdict::TooLarge => Place::Gone,
        })
    }

    /// The server has all of it: gets its word for that.
    async fn receipt(&self, url: &Url) -> Result<Ended, Failure> {
        self.bundle.go_to(self.parcel.bytes()).await?;
        let answer = self.server.exchange(self.request("GET", url), None).await?;
        if is_gone(&answer) {
            return Ok(Ended::Gone);
        }
        let sha256 = self.bundle.lock().sha256();
        if answer.verdict() == Verdict::Yes {
            // Without a receipt these may be other bytes than ours: the next attempt starts again.
            self.parcel.note().remove();
        }
        Ok(Ended::With(
            match answer.judge(self.parcel.id(), sha256.as_deref()) {
                // Nothing was sent that could be too large.
                Outcome::TooLarge { .. } => answer.wait(WaitReason::NoReceipt),
                outcome => outcome,
            },
        ))
    }

    fn request(&self, method: &'static str, url: &Url) -> Request {
        request(self.server, method, url)
    }
}

/// Tells the server that an upload is of no use any more. Nobody waits for the answer; without it the upload
/// expires.
pub(super) async fn end(server: Server, url: Url) {
    if url.origin() == server.endpoint.url.origin() {
        let _ = server.exchange(request(&server, "DELETE", &url), None).await;
    }
}

fn request(server: &Server, method: &'static str, url: &Url) -> Request {
    server
        .request(method, url.clone())
        .header("Tus-Resumable", "1.0.0")
}

fn is_gone(answer: &Answer) -> bool {
    matches!(answer.response.status, 404 | 410)
}

fn offset(answer: &Answer) -> Option<u64> {
    number(answer, "upload-offset")
}

fn number(answer: &Answer, header: &str) -> Option<u64> {
    answer.header(header)?.trim().parse().ok()
}
