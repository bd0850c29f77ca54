//! Reading a stored bundle: a file of its own, or a slice of a segment.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::record::Position;
use super::{disk, record};

/// Where a bundle lies in the data folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A file of its own, named by the report's id.
    File,
    /// The record that begins there.
    Segment(Position),
}

/// A stored bundle that is not open yet.
#[derive(Debug)]
pub(crate) struct Blob {
    path: PathBuf,
    id: Uuid,
    place: Place,
    bytes: u64,
}

impl Blob {
    pub(super) fn new(dir: &Path, id: Uuid, place: Place, bytes: u64) -> Self {
        let path = match place {
            Place::File => disk::blob(dir, id),
            Place::Segment(position) => disk::segment(&disk::segments(dir), position.segment),
        };
        Self {
            path,
            id,
            place,
            bytes,
        }
    }

    /// Opens it; an error when it is not what the report's row says.
    pub(crate) fn open(&self) -> io::Result<Slice> {
        let mut file = File::open(&self.path)?;
        let start = match self.place {
            Place::File => 0,
            Place::Segment(position) => record::bundle_start(&mut file, position.at, self.id, self.bytes)?,
        };
        if file.metadata()?.len() < start + self.bytes {
            let message = format!("{} is shorter than its reports", self.path.display());
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        }
        file.seek(SeekFrom::Start(start))?;
        Ok(Slice {
            file,
            start,
            bytes: self.bytes,
            at: 0,
        })
    }
}

/// A part of a file, read as if it were the whole.
#[derive(Debug)]
pub(crate) struct Slice {
    /// Its cursor stands at `start + at`.
    file: File,
    start: u64,
    bytes: u64,
    at: u64,
}

impl Slice {
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl Read for Slice {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = (&self.file).take(self.bytes.saturating_sub(self.at)).read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Slice {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.bytes.checked_add_signed(by),
        };
        let outside = || io::Error::new(io::ErrorKind::InvalidInput, "a seek before the start");
        let at = at.ok_or_else(outside)?;
        let in_file = self.start.checked_add(at).ok_or_else(outside)?;
        self.file.seek(SeekFrom::Start(in_file))?;
        self.at = at;
        Ok(at)
    }
}
