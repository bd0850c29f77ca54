//! One stored bundle on its way: its bytes, and what is known of those that were read.

use std::fmt;
use std::io::{self, Seek as _};

use bytes::Bytes;

use crate::hex::hex;
use crate::id::ReportId;
use crate::spool::disk::Bundle;
use crate::spool::entry::Entry;
use crate::spool::note::Note;

/// One read of the bundle, 512 KiB. Larger than the buffer of the HTTP client (400 KiB), which would be filled by
/// copying; small enough for a smooth progress bar and flat memory.
const CHUNK: usize = 512 << 10;
/// How much is hashed at once where nothing is sent: a millisecond's work, so that the thread's loop goes on.
const STRETCH: u64 = 1 << 20;

/// One stored bundle, ready to go.
#[derive(Debug)]
pub(crate) struct Parcel {
    pub(crate) entry: Entry,
    pub(crate) manifest: Vec<u8>,
    pub(crate) bundle: Bundle,
}

impl Parcel {
    pub(super) fn id(&self) -> ReportId {
        self.entry.name.id
    }

    pub(super) fn bytes(&self) -> u64 {
        self.entry.bytes
    }

    /// Where a resumable upload of these bytes goes on.
    pub(super) fn note(&self) -> Note {
        self.entry.note()
    }
}

/// Reads a bundle front to back and hashes what it reads.
///
/// Its last piece comes out only when the whole is what was written, and nobody has deleted it meanwhile: a damaged or
/// deleted bundle never arrives whole.
pub(super) struct Reading {
    bundle: Bundle,
    entry: Option<Entry>,
    at: u64,
    bytes: u64,
    expected: u32,
    crc32: crc32fast::Hasher,
    sha256: ring::digest::Context,
    broken: Option<Broken>,
}

/// Why no more of a bundle comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// It is not what was written.
    Damaged,
    /// Another process has deleted it.
    Deleted,
    /// The system does not read it now.
    Unreadable,
}

impl Reading {
    pub(super) fn new(bundle: Bundle, bytes: u64, crc32: u32) -> io::Result<Self> {
        let mut reading = Self {
            bundle,
            entry: None,
            at: 0,
            bytes,
            expected: crc32,
            crc32: crc32fast::Hasher::new(),
            sha256: ring::digest::Context::new(&ring::digest::SHA256),
            broken: None,
        };
        reading.rewind()?;
        Ok(reading)
    }

    /// The bundle of an entry.
    pub(super) fn of(parcel: &Parcel) -> io::Result<Self> {
        let entry = Some(parcel.entry.clone());
        let reading = Self::new(
            parcel.bundle.try_clone()?,
            parcel.bytes(),
            parcel.entry.name.crc32,
        )?;
        Ok(Self { entry, ..reading })
    }

    /// The next bytes, at most `most`. Empty at the end.
    pub(super) fn next(&mut self, most: u64) -> io::Result<Bytes> {
        let most = most.min(self.bytes - self.at).min(CHUNK as u64);
        if most == 0 {
            return Ok(Bytes::new());
        }
        let mut chunk = Vec::with_capacity(usize::try_from(most).unwrap_or(CHUNK));
        let read = self.bundle.read_up_to(most, &mut chunk);
        let read = read.inspect_err(|_| self.broken = Some(Broken::Unreadable))?;
        self.at += read as u64;
        self.crc32.update(&chunk);
        self.sha256.update(&chunk);
        self.broken = self.judge(read);
        match self.broken {
            None => Ok(chunk.into()),
            Some(_) => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the stored bundle is damaged or deleted",
            )),
        }
    }

    /// Whether what was just read may leave.
    fn judge(&self, read: usize) -> Option<Broken> {
        let is_last = self.at == self.bytes;
        if read == 0 || is_last && self.crc32.clone().finalize() != self.expected {
            return Some(Broken::Damaged);
        }
        let is_deleted = is_last && self.entry.as_ref().is_some_and(|entry| !entry.is_there());
        is_deleted.then_some(Broken::Deleted)
    }

    /// Goes on from `offset`, with everything before it hashed. Returns whether it is there; until then it
    /// is to be called again, so that the thread can do other things in between.
    pub(super) fn go_to(&mut self, offset: u64) -> io::Result<bool> {
        if offset < self.at {
            self.rewind()?;
        }
        let stop = offset.min(self.at + STRETCH);
        while self.at < stop {
            self.next(stop - self.at)?;
        }
        Ok(self.at >= offset)
    }

    fn rewind(&mut self) -> io::Result<()> {
        self.bundle.rewind()?;
        self.at = 0;
        self.crc32 = crc32fast::Hasher::new();
        self.sha256 = ring::digest::Context::new(&ring::digest::SHA256);
        Ok(())
    }

    /// Lower-case hex of the bundle's SHA-256. `None` until all of it was read.
    pub(super) fn sha256(&self) -> Option<String> {
        let whole = self.at == self.bytes && self.broken.is_none();
        whole.then(|| hex(self.sha256.clone().finish().as_ref()))
    }

    /// Why reading it has failed, if it has: what carries a request tells only that it ended.
    pub(super) fn broken(&self) -> Option<Broken> {
        self.broken
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("at", &self.at)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::time::SystemTime;

    use ring::digest::{SHA256, digest};

    use super::*;
    use crate::collect;
    use crate::config::FeedbackConfig;
    use crate::draft::ReportDraft;
    use crate::spool::Spool;
    use crate::spool::claim::Claim;
    use crate::spool::limits::Limits;

    fn content() -> Vec<u8> {
        (0..3_000_000_u32).map(|n| (n / 7 % 251) as u8).collect()
    }

    fn reading(content: Vec<u8>, crc32: u32) -> Reading {
        let bytes = content.len() as u64;
        Reading::new(Bundle::Memory(Cursor::new(content.into())), bytes, crc32).unwrap()
    }

    fn rest(reading: &mut Reading) -> io::Result<Vec<u8>> {
        let mut rest = Vec::new();
        loop {
            let chunk = reading.next(u64::MAX)?;
            if chunk.is_empty() {
                return Ok(rest);
            }
            rest.extend_from_slice(&chunk);
        }
    }

    #[test]
    fn from_wherever_it_goes_on_the_hash_is_that_of_the_whole() {
        let content = content();
        let sha256 = hex(digest(&SHA256, &content).as_ref());
        let mut reading = reading(content.clone(), crc32fast::hash(&content));
        for offset in [2_999_999, 10, 0, 2_500_000, 3_000_000] {
            while !reading.go_to(offset).unwrap() {}
            let from = usize::try_from(offset).unwrap();
            assert_eq!(reading.sha256().is_some(), from == content.len());
            assert!(rest(&mut reading).unwrap() == content[from..], "from {offset}");
            assert_eq!(reading.sha256().unwrap(), sha256, "from {offset}");
        }
    }

    #[test]
    fn of_a_damaged_bundle_the_last_piece_never_comes_out() {
        let content = content();
        let right = crc32fast::hash(&content);
        let mut flipped = content.clone();
        flipped[0] ^= 1;
        for mut reading in [reading(flipped, right), reading(content, right ^ 1)] {
            assert_eq!(rest(&mut reading).unwrap_err().kind(), io::ErrorKind::InvalidData);
            assert_eq!(
                (reading.broken(), reading.sha256()),
                (Some(Broken::Damaged), None)
            );
        }
        let mut short = Reading::new(Bundle::Memory(Cursor::new(vec![1; 10].into())), 11, 0).unwrap();
        assert!(rest(&mut short).is_err() && short.broken() == Some(Broken::Damaged));
    }

    #[test]
    fn of_a_bundle_that_is_deleted_meanwhile_the_last_piece_never_comes_out() {
        let folder = tempfile::tempdir().unwrap();
        let config = FeedbackConfig::new("http://127.0.0.1:9/reports", "k", "a", "1");
        let report = collect::gather(&config, ReportDraft::new("x"), SystemTime::now());
        let mut spool = Spool::at(Some(folder.path().to_owned()), Limits::DEFAULT);
        let entry = spool.enqueue(&report).unwrap();
        for is_deleted in [false, true] {
            let Claim { entry, bundle } = entry.clone().claim().unwrap();
            let parcel = Parcel {
                entry,
                manifest: Vec::new(),
                bundle,
            };
            let mut reading = Reading::of(&parcel).unwrap();
            reading.next(parcel.bytes() - 1).unwrap();
            if is_deleted {
                parcel.entry.remove().unwrap();
            }
            assert_eq!(reading.next(1).is_err(), is_deleted);
            assert_eq!(reading.broken() == Some(Broken::Deleted), is_deleted);
        }
    }
}
