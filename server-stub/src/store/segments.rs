//! The log of what has arrived: small bundles, one after the other in files that only grow, each behind a line that says
//! all that its row says. A large bundle has only its line here, and a file of its own.
//!
//! ```text
//! segments/00000001.segment     first line, line, bundle, line, bundle, line, …
//! ```
//!
//! Each record is filled up with zeros to whole blocks, so that the disk can take it from where it has come in.
//!
//! One sync of it serves all reports of a group, and is what a receipt stands for: the rows are an index that follows
//! (`recovery.rs`). When a write or a sync fails, the segment is closed for ever, and what it holds behind the last group
//! that was kept is given up: the first line of the next one says so.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use super::aligned::{Aligned, BLOCK};
use super::direct::DirectFile;
use super::disk;
use super::record::{self, Head, LINE_BYTES, Position};

/// A segment of this size, 64 MiB, is not written any more: small enough to copy, large enough to be few.
const FULL_BYTES: u64 = 64 * 1024 * 1024;

/// The writing side of one segment after another.
#[derive(Debug)]
pub(super) struct Segments {
    folder: PathBuf,
    /// Where the log ends.
    kept: Position,
    /// Where the next record goes: there, or behind the block with the first line of the next segment.
    next: Position,
    /// Made when there is something to write.
    file: Option<DirectFile>,
}

/// Records that will follow the last one, together or not at all.
#[derive(Debug, Default)]
pub(super) struct Batch {
    records: Vec<Aligned>,
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
                at: BLOCK as u64,
            },
            file: None,
        }
    }

    fn roll(&mut self) {
        *self = Self::begin(std::mem::take(&mut self.folder), self.kept, self.next.segment);
    }

    /// Where the record that follows a batch will be.
    pub(super) fn after(&self, batch: &Batch) -> Position {
        Position {
            at: self.next.at + batch.bytes,
            ..self.next
        }
    }

    /// Writes a batch where it was planned, and syncs it; then it is kept. After an error nobody knows what the disk
    /// holds, and a second sync would not tell, so it is given up.
    pub(super) fn write(&mut self, batch: &Batch) -> io::Result<()> {
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

    fn try_write(&mut self, batch: &Batch) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file = File::create_new(disk::segment(&self.folder, self.next.segment))?;
                let file = none.insert(DirectFile::new(file));
                file.write([&*record::opening(self.kept)])?;
                disk::sync_dir(&self.folder)?;
                file
            }
        };
        file.write(batch.records.iter().map(|record| &**record))?;
        file.file().sync_data()
    }

    /// Gives the room of a failed batch back; one that cannot be cut is only bytes.
    fn cut(&self) {
        let Some(file) = &self.file else {
            return;
        };
        let path = disk::segment(&self.folder, self.next.segment);
        let cut = if self.kept.segment == self.next.segment {
            file.file().set_len(self.kept.at)
        } else {
            fs::remove_file(&path)
        };
        if let Err(error) = cut {
            log::warn!("cannot cut what failed from {}: {error}", path.display());
        }
    }
}

impl Batch {
    /// Adds a record, which has room for its line; its bundle is not there where it is a file of its own. Nothing is
    /// written yet.
    pub(super) fn add(&mut self, head: &Head, mut record: Aligned) {
        record[..LINE_BYTES].copy_from_slice(&head.line());
        record.fill_up();
        self.bytes += record.len() as u64;
        self.records.push(record);
    }
}
