//! A request's body: a part of a bundle that is streamed from where it is kept, and what stands around it.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;

use super::parcel::Reading;

/// A bundle being read: by the body of the request, and between requests by who makes them.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    reading: Arc<Mutex<Reading>>,
    /// Which body may read. A request that was answered early may still be sending an earlier one.
    turn: Arc<AtomicU64>,
}

impl Shared {
    pub(super) fn new(reading: Reading) -> Self {
        Self {
            reading: Arc::new(Mutex::new(reading)),
            turn: Arc::default(),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Reading> {
        lock(&self.reading)
    }

    /// Makes the next body go on from `offset`, and ends the one before. Reads and hashes what is before it,
    /// in pieces.
    pub(super) async fn go_to(&self, offset: u64) -> io::Result<()> {
        self.turn.fetch_add(1, Ordering::Relaxed);
        while !self.lock().go_to(offset)? {
            tokio::task::yield_now().await;
        }
        Ok(())
    }
}

fn lock(reading: &Mutex<Reading>) -> MutexGuard<'_, Reading> {
    reading.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How far an upload is.
#[derive(Debug, Default)]
pub(super) struct Progress {
    sent: AtomicU64,
    in_hand: AtomicU64,
}

impl Progress {
    /// Bytes handed to the network so far.
    pub(super) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Bytes of the request that were not handed to the network yet.
    pub(super) fn in_hand(&self) -> u64 {
        self.in_hand.load(Ordering::Relaxed)
    }

    /// A request with a body of `length` begins, after `sent` bytes that are there already.
    fn begin(&self, sent: u64, length: u64) {
        self.sent.store(sent, Ordering::Relaxed);
        self.in_hand.store(length, Ordering::Relaxed);
    }

    fn hand_over(&self, bytes: u64) {
        self.sent.fetch_add(bytes, Ordering::Relaxed);
        self.in_hand.fetch_sub(bytes, Ordering::Relaxed);
    }
}

/// Some bytes of a bundle between two texts, of known length.
#[derive(Debug)]
pub(super) struct Body {
    before: Option<Bytes>,
    /// Gone with the attempt: who is slow to let go of a request holds no file, and sends none of it on.
    bundle: Weak<Mutex<Reading>>,
    turn: u64,
    turns: Arc<AtomicU64>,
    left: u64,
    after: Option<Bytes>,
    /// All of it that was not handed over yet.
    length: u64,
    progress: Arc<Progress>,
}

impl Body {
    /// The next `length` bytes of the bundle, of which `sent` are there already.
    pub(super) fn piece(bundle: &Shared, sent: u64, length: u64, progress: &Arc<Progress>) -> Self {
        progress.begin(sent, length);
        Self {
            before: None,
            bundle: Arc::downgrade(&bundle.reading),
            turn: bundle.turn.load(Ordering::Relaxed),
            turns: Arc::clone(&bundle.turn),
            left: length,
            after: None,
            length,
            progress: Arc::clone(progress),
        }
    }

    /// The next `length` bytes of the bundle, with `before` and `after` around them.
    pub(super) fn framed(
        before: Bytes,
        (bundle, length): (&Shared, u64),
        after: Bytes,
        progress: &Arc<Progress>,
    ) -> Self {
        let mut body = Self::piece(bundle, 0, length, progress);
        body.length += (before.len() + after.len()) as u64;
        progress.begin(0, body.length);
        body.before = Some(before);
        body.after = Some(after);
        body
    }

    /// Its length in bytes, without what was handed over.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// What comes next; `None` at its end.
    pub(super) fn next(&mut self) -> io::Result<Option<Bytes>> {
        let next = self.read()?;
        if let Some(chunk) = &next {
            let bytes = chunk.len() as u64;
            self.length -= bytes;
            self.progress.hand_over(bytes);
        }
        Ok(next)
    }

    /// The bundle, unless its bytes are to go with another request by now, or with none.
    pub(super) fn bundle(&self) -> io::Result<Arc<Mutex<Reading>>> {
        let is_its_turn = self.turn == self.turns.load(Ordering::Relaxed);
        let bundle = self.bundle.upgrade().filter(|_| is_its_turn);
        bundle.ok_or_else(|| io::Error::other("this request is over"))
    }

    fn read(&mut self) -> io::Result<Option<Bytes>> {
        let bundle = self.bundle()?;
        if let Some(before) = self.before.take() {
            return Ok(Some(before));
        }
        if self.left > 0 {
            let chunk = lock(&bundle).next(self.left)?;
            self.left -= chunk.len() as u64;
            return Ok(Some(chunk).filter(|chunk| !chunk.is_empty()));
        }
        Ok(self.after.take())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::spool::disk::Bundle;

    #[tokio::test]
    async fn a_request_that_is_still_being_sent_takes_nothing_from_the_next_one() {
        let content: Vec<u8> = (0..1_000_000_u32).map(|n| (n / 7 % 251) as u8).collect();
        let (bytes, crc32) = (content.len() as u64, crc32fast::hash(&content));
        let bundle = Bundle::Memory(Cursor::new(content.clone().into()));
        let shared = Shared::new(Reading::new(bundle, bytes, crc32).unwrap());
        let progress = Arc::default();
        shared.go_to(0).await.unwrap();
        let mut answered = Body::piece(&shared, 0, bytes, &progress);
        answered.next().unwrap().unwrap();

        shared.go_to(100).await.unwrap();
        let mut next = Body::piece(&shared, 100, bytes - 100, &progress);
        let mut sent = Vec::new();
        while let Some(chunk) = next.next().unwrap() {
            sent.extend_from_slice(&chunk);
            assert!(answered.next().is_err(), "it reads on");
        }
        assert!(sent == content[100..], "{} bytes", sent.len());
        assert_eq!((progress.sent(), progress.in_hand()), (bytes, 0));
    }
}
