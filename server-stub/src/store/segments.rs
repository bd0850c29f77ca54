//! The log of what has arrived: small bundles, one after the other in files that only grow, each behind a line that says
//! all that its row says. A large bundle has only its line here, and a file of its own.
//!
//! ```text
//! segments/00000001.segment     first line, line, bundle, line, bundle, line, …
//! ```
//!
//! One sync of it serves all reports of a group, and is what a receipt stands for: the rows are an index that follows
//! (`recovery.rs`). When a write or a sync fails, the segment is closed for ever, and what it holds behind the last group
//! that was kept is given up: the first line of the next one says so.

use std::fs::{self, File};
use std::io::{self, IoSlice, Write};
use std::path::PathBuf;

use super::disk;
use super::record::{self, Head, Position};

/// A segment of this size, 64 MiB, is not written any more: small enough to copy, large enough to be few.
const FULL_BYTES: u64 = 64 * 1024 * 1024;

/// The writing side of one segment after another.
#[derive(Debug)]
pub(super) struct Segments {
    folder: PathBuf,
    /// Where the log ends.
    kept: Position,
    /// Where the next record goes: there, or behind the first line of the next segment.
    next: Position,
    /// Made when there is something to write.
    file: Option<File>,
}

/// Records that will follow the last one, together or not at all.
#[derive(Debug, Default)]
pub(super) struct Batch<'a> {
    /// Lines, each with the bundle that follows it.
    records: Vec<(Vec<u8>, &'a [u8])>,
    bytes: u64,
}

impl Segments {
    /// Begins a segment after the end of the log: every start does, so no file is ever gone on with.
    pub(super) fn begin(folder: PathBuf, kept: Position, last: u32) -> Self {
        Self {
            folder,
            kept,
            next: Position {
                segment: last + 1,
                at: record::opening(kept).len() as u64,
            },
            file: None,
        }
    }

    fn roll(&mut self) {
        *self = Self::begin(std::mem::take(&mut self.folder), self.kept, self.next.segment);
    }

    /// Where the record that follows a batch will be.
    pub(super) fn after(&self, batch: &Batch<'_>) -> Position {
        Position {
            at: self.next.at + batch.bytes,
            ..self.next
        }
    }

    /// Writes a batch where it was planned, and syncs it; then it is kept. After an error nobody knows what the disk
    /// holds, and a second sync would not tell, so it is given up.
    pub(super) fn write(&mut self, batch: &Batch<'_>) -> io::Result<()> {
        if batch.records.is_empty() {
            return Ok(());
        }
        if let Err(error) = self.try_write(batch) {
            self.cut();
            self.roll();
            return Err(error);
        }
        self.kept = self.after(batch);
        self.next = self.kept;
        if self.next.at >= FULL_BYTES {
            self.roll();
        }
        Ok(())
    }

    fn try_write(&mut self, batch: &Batch<'_>) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file = none.insert(File::create_new(disk::segment(&self.folder, self.next.segment))?);
                file.write_all(&record::opening(self.kept))?;
                disk::sync_dir(&self.folder)?;
                file
            }
        };
        write_all(file, &batch.records)?;
        file.sync_data()
    }

    /// Gives the room of a failed batch back; one that cannot be cut is only bytes.
    fn cut(&self) {
        let Some(file) = &self.file else {
            return;
        };
        let path = disk::segment(&self.folder, self.next.segment);
        let cut = if self.kept.segment == self.next.segment {
            file.set_len(self.kept.at)
        } else {
            fs::remove_file(&path)
        };
        if let Err(error) = cut {
            log::warn!("cannot cut what failed from {}: {error}", path.display());
        }
    }
}

impl<'a> Batch<'a> {
    /// Adds a record; its bundle is empty where it is a file of its own. Nothing is written yet.
    pub(super) fn add(&mut self, head: &Head, bundle: &'a [u8]) {
        let line = head.line();
        self.bytes += (line.len() + bundle.len()) as u64;
        self.records.push((line, bundle));
    }
}

/// Writes lines and bundles with as few calls as the system takes.
fn write_all(file: &mut File, records: &[(Vec<u8>, &[u8])]) -> io::Result<()> {
    let parts = records.iter();
    let mut parts: Vec<_> = parts
        .flat_map(|(line, bundle)| [IoSlice::new(line), IoSlice::new(bundle)])
        .collect();
    let mut left = parts.as_mut_slice();
    while !left.is_empty() {
        match file.write_vectored(left) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut left, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
