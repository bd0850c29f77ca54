//! The request's body: two small texts around a bundle that is streamed from disk.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

/// One read of the bundle. Large enough to keep a fast network busy, small enough for a smooth
/// progress bar and flat memory.
const CHUNK: usize = 64 << 10;

/// `multipart/form-data` (RFC 7578) of a manifest and a bundle, of known length.
#[derive(Debug)]
pub(super) struct Multipart {
    head: Option<Bytes>,
    bundle: File,
    left: u64,
    tail: Option<Bytes>,
    total: u64,
    sent: Arc<AtomicU64>,
}

impl Multipart {
    /// `boundary` must not occur in the manifest; a random one does not. `sent` counts the bytes
    /// handed to the network.
    pub(super) fn new(
        boundary: &str,
        id: &str,
        manifest: &[u8],
        mut bundle: File,
        bundle_bytes: u64,
        sent: Arc<AtomicU64>,
    ) -> io::Result<Self> {
        bundle.seek(SeekFrom::Start(0))?;
        let mut head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"report\"\r\nContent-Type: application/json\r\n\r\n"
        )
        .into_bytes();
        head.extend_from_slice(manifest);
        head.extend_from_slice(
            format!(
                "\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"report-{id}.zip\"\r\n\
                 Content-Type: application/zip\r\n\r\n"
            )
            .as_bytes(),
        );
        let tail = format!("\r\n--{boundary}--\r\n").into_bytes();
        let total = head.len() as u64 + bundle_bytes + tail.len() as u64;
        Ok(Self {
            head: Some(head.into()),
            bundle,
            left: bundle_bytes,
            tail: Some(tail.into()),
            total,
            sent,
        })
    }

    fn next(&mut self) -> io::Result<Option<Bytes>> {
        if let Some(head) = self.head.take() {
            return Ok(Some(head));
        }
        if self.left > 0 {
            let mut chunk = vec![0; CHUNK.min(usize::try_from(self.left).unwrap_or(CHUNK))];
            let read = self.bundle.read(&mut chunk)?;
            if read == 0 {
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "the bundle is shorter than it was",
                ));
            }
            chunk.truncate(read);
            self.left -= read as u64;
            return Ok(Some(chunk.into()));
        }
        Ok(self.tail.take())
    }
}

impl http_body::Body for Multipart {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let next = self.next().transpose();
        if let Some(Ok(chunk)) = &next {
            self.sent.fetch_add(chunk.len() as u64, Ordering::Relaxed);
        }
        Poll::Ready(next.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.tail.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.total.saturating_sub(self.sent.load(Ordering::Relaxed)))
    }
}
