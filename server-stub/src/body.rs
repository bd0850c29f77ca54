//! A request body with manners: bounded, never silent for long, and read to its end whatever was answered.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep, timeout};

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
    silence: Pin<Box<Sleep>>,
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
            ready!(this.silence.as_mut().poll(cx));
            return Poll::Ready(Some(Err(BodyError::TooSlow)));
        };
        this.silence.as_mut().reset(Instant::now() + this.patience);
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
            let body = std::mem::take(&mut self.body);
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
