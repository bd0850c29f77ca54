//! A request body with manners: bounded, never silent for long, and read to its end whatever was answered.

use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep, timeout};

/// The longest an upload may take, an hour: 32 MiB at the 75 kbit/s of a bad mobile network.
pub(crate) const LONGEST: Duration = Duration::from_hours(1);

/// How long a request says that its body is, in bytes.
pub(crate) fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// How much of a refused body is still read. A client that is answered while it sends would otherwise see its
/// connection reset and never read the answer. nginx calls this a lingering close and waits for 30 s, 5 s of silence.
const LINGER_BYTES: u64 = 64 * 1024 * 1024;
const LINGER_TIME: Duration = Duration::from_secs(30);
const LINGER_SILENCE: Duration = Duration::from_secs(2);

/// Why a body ended before its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyError {
    #[error("the body is larger than the limit")]
    TooLarge,
    #[error("the client sent nothing for too long")]
    TooSlow,
    #[error("the connection broke")]
    Broken(#[source] axum::Error),
}

/// The body of one request. Dropped before its end, it leaves a task behind that reads on for a while.
pub(crate) struct PoliteBody {
    body: Body,
    left: u64,
    patience: Duration,
    /// Runs while we wait for the client, and not while the client waits for our disk.
    silence: Pin<Box<Sleep>>,
    is_waiting: bool,
    linger: bool,
}

impl PoliteBody {
    /// Lets `max_bytes` through and gives up after `patience` without a byte. `linger` is false for a client that waits
    /// for `100 Continue`: it has not begun to send.
    pub(crate) fn new(body: Body, max_bytes: u64, patience: Duration, linger: bool) -> Self {
        Self {
            body,
            left: max_bytes,
            patience,
            silence: Box::pin(sleep(patience)),
            is_waiting: false,
            linger,
        }
    }

    /// From now on lets only so many more bytes through.
    pub(crate) fn at_most(&mut self, bytes: u64) {
        self.left = self.left.min(bytes);
    }

    /// The next bytes, or `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, BodyError>> {
        let frame = poll_fn(|cx| Pin::new(&mut *self).poll_frame(cx)).await?;
        Some(frame.map(|frame| frame.into_data().unwrap_or_default()))
    }
}

impl HttpBody for PoliteBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = &mut *self;
        let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) else {
            if !mem::replace(&mut this.is_waiting, true) {
                this.silence.as_mut().reset(Instant::now() + this.patience);
            }
            ready!(this.silence.as_mut().poll(cx));
            return Poll::Ready(Some(Err(BodyError::TooSlow)));
        };
        this.is_waiting = false;
        Poll::Ready(match frame {
            None => {
                this.linger = false;
                None
            }
            Some(Err(error)) => {
                this.linger = false;
                Some(Err(BodyError::Broken(error)))
            }
            Some(Ok(frame)) => match this.left.checked_sub(bytes_of(&frame)) {
                None => Some(Err(BodyError::TooLarge)),
                Some(left) => {
                    this.left = left;
                    Some(Ok(frame))
                }
            },
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for PoliteBody {
    fn drop(&mut self) {
        if let (true, Ok(runtime)) = (self.linger, tokio::runtime::Handle::try_current()) {
            let body = mem::take(&mut self.body);
            runtime.spawn(timeout(LINGER_TIME, read_on(body)));
        }
    }
}

async fn read_on(mut body: Body) {
    let mut left = LINGER_BYTES;
    while let Ok(Some(Ok(frame))) =
        timeout(LINGER_SILENCE, poll_fn(|cx| Pin::new(&mut body).poll_frame(cx))).await
    {
        match left.checked_sub(bytes_of(&frame)) {
            Some(less) => left = less,
            None => return,
        }
    }
}

fn bytes_of(frame: &Frame<Bytes>) -> u64 {
    frame.data_ref().map_or(0, |data| data.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Its bytes are at the door, and come in when they are asked for twice.
    struct AtTheDoor {
        was_asked: bool,
    }

    impl HttpBody for AtTheDoor {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
            self.was_asked = !self.was_asked;
            if !self.was_asked {
                return Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"bytes")))));
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    }

    #[tokio::test]
    async fn the_time_that_our_disk_takes_is_no_silence_of_the_client() {
        let patience = Duration::from_millis(1);
        let body = Body::new(AtTheDoor { was_asked: false });
        let mut body = PoliteBody::new(body, 100, patience, false);
        for _ in 0..2 {
            assert_eq!(body.next().await.unwrap().unwrap(), "bytes");
            sleep(20 * patience).await; // a slow sync
        }
    }

    #[tokio::test]
    async fn a_client_that_falls_silent_is_not_waited_for() {
        let silent = Body::new(Silent);
        let mut body = PoliteBody::new(silent, 100, Duration::from_millis(1), false);
        assert!(matches!(body.next().await, Some(Err(BodyError::TooSlow))));
    }

    struct Silent;

    impl HttpBody for Silent {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
            Poll::Pending
        }
    }
}
