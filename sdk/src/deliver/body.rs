//! The request's body: two small texts around a bundle that is streamed from where it waits.

use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::bundle::hex;
use crate::report::ReportId;
use crate::spool::Bundle;

/// One read of the bundle. Large enough to keep a fast network busy, small enough for a smooth
/// progress bar and flat memory.
const CHUNK: usize = 64 << 10;

/// One stored bundle, ready to go.
#[derive(Debug)]
pub(crate) struct Parcel {
    pub(crate) id: ReportId,
    pub(crate) crc32: u32,
    pub(crate) manifest: Vec<u8>,
    pub(crate) bundle: Bundle,
    pub(crate) bytes: u64,
}

/// What is known of an upload while it runs.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Bytes handed to the network.
    sent: AtomicU64,
    /// The hash of the bundle as it was sent, once all of it was.
    sha256: OnceLock<String>,
    damaged: AtomicBool,
}

impl Progress {
    /// Bytes handed to the network so far.
    pub(super) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Lower-case hex of the bundle's SHA-256. `None` until all of it was sent.
    pub(super) fn sha256(&self) -> Option<&str> {
        self.sha256.get().map(String::as_str)
    }

    /// Whether all of the bundle was handed to the network.
    pub(super) fn is_whole(&self) -> bool {
        self.sha256.get().is_some()
    }

    /// Whether the file turned out not to be what was written.
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }
}

/// `multipart/form-data` (RFC 7578) of a manifest and a bundle, of known length.
pub(super) struct Multipart {
    head: Option<Bytes>,
    bundle: Bundle,
    left: u64,
    expected: u32,
    crc32: crc32fast::Hasher,
    sha256: ring::digest::Context,
    tail: Option<Bytes>,
    total: u64,
    progress: Arc<Progress>,
}

impl Multipart {
    /// `boundary` must not occur in the manifest; a random one does not.
    pub(super) fn new(boundary: &str, parcel: &Parcel, progress: Arc<Progress>) -> io::Result<Self> {
        let Parcel { id, manifest, .. } = parcel;
        let mut bundle = parcel.bundle.try_clone()?;
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
        let total = head.len() as u64 + parcel.bytes + tail.len() as u64;
        Ok(Self {
            head: Some(head.into()),
            bundle,
            left: parcel.bytes,
            expected: parcel.crc32,
            crc32: crc32fast::Hasher::new(),
            sha256: ring::digest::Context::new(&ring::digest::SHA256),
            tail: Some(tail.into()),
            total,
            progress,
        })
    }

    fn next(&mut self) -> io::Result<Option<Bytes>> {
        if let Some(head) = self.head.take() {
            return Ok(Some(head));
        }
        if self.left > 0 {
            let mut chunk = vec![0; CHUNK.min(usize::try_from(self.left).unwrap_or(CHUNK))];
            let read = self.bundle.read(&mut chunk)?;
            chunk.truncate(read);
            self.left -= read as u64;
            self.crc32.update(&chunk);
            self.sha256.update(&chunk);
            // Before the last piece is out of the house: a damaged bundle never arrives whole.
            if read == 0 || (self.left == 0 && self.crc32.clone().finalize() != self.expected) {
                self.progress.damaged.store(true, Ordering::Relaxed);
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the stored bundle is damaged",
                ));
            }
            if self.left == 0 {
                let _ = self
                    .progress
                    .sha256
                    .set(hex(self.sha256.clone().finish().as_ref()));
            }
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
            self.progress
                .sent
                .fetch_add(chunk.len() as u64, Ordering::Relaxed);
        }
        Poll::Ready(next.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.tail.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.total.saturating_sub(self.progress.sent()))
    }
}
