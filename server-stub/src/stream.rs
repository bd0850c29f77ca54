//! From a blocking reader to a response body, a few chunks in memory at a time.

use std::io::{self, BufWriter, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame};
use tokio::sync::mpsc::{Receiver, Sender, channel};

const CHUNK_BYTES: usize = 64 * 1024;
const CHUNKS_AHEAD: usize = 2;

/// A body of whatever `work` writes, on a thread where it may block. An error breaks the connection off, so that a
/// client never takes half a file for a whole one.
pub(crate) fn body(work: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static) -> Body {
    let (sender, receiver) = channel(CHUNKS_AHEAD);
    tokio::task::spawn_blocking(move || {
        let mut out = BufWriter::with_capacity(CHUNK_BYTES, Chunks(&sender));
        if let Err(error) = work(&mut out).and_then(|()| out.flush()) {
            drop(out.into_parts()); // not its destructor, which would send the rest before the error
            let _ = sender.blocking_send(Err(error)); // nobody listens when the client has left
        }
    });
    Body::new(Chunked(receiver))
}

struct Chunks<'a>(&'a Sender<io::Result<Bytes>>);

impl Write for Chunks<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map(|()| bytes.len())
            .map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Chunked(Receiver<io::Result<Bytes>>);

impl HttpBody for Chunked {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0
            .poll_recv(cx)
            .map(|chunk| chunk.map(|bytes| bytes.map(Frame::data)))
    }
}
