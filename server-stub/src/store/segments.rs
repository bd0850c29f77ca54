//! Small bundles, one after the other in files that only grow, so that one sync serves many.
//!
//! ```text
//! segments/00000001.segment     record, record, …
//! record                        "FBR1", the id (16 bytes), the length (8 bytes, little endian), the bundle
//! ```
//!
//! Rows decide what exists. A segment is written up to where rows own it and then, in one go, by the next group; when
//! anything fails, it is closed for ever. So what no row owns can only be at the end of a segment, and a start cuts it.
//! The head of a record is for reading: a row and a segment that do not belong together are found out, and a folder
//! without its database can still be taken apart.

use std::fs::{self, File};
use std::io::{self, IoSlice, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::{Place, StoreError, disk};

const MAGIC: [u8; 4] = *b"FBR1";
const HEAD_BYTES: usize = MAGIC.len() + 16 + 8;

/// A segment of this size, 64 MiB, is not written any more: small enough to copy, large enough to be few.
const FULL_BYTES: u64 = 64 * 1024 * 1024;

/// What is after the last character of a segment's number.
const SUFFIX: &str = ".segment";

/// The writing side of one segment after another.
#[derive(Debug)]
pub(super) struct Segments {
    folder: PathBuf,
    number: u32,
    /// Made when there is something to write.
    file: Option<File>,
    /// Rows own everything before it.
    end: u64,
}

/// Records that will follow the last one, together or not at all.
#[derive(Debug, Default)]
pub(super) struct Batch<'a> {
    records: Vec<(Uuid, &'a [u8])>,
    bytes: u64,
}

impl Segments {
    /// Begins a segment after all that are there: every start does, so no file is ever gone on with.
    pub(super) fn after(folder: PathBuf, last: Option<u32>) -> Self {
        Self {
            folder,
            number: last.map_or(1, |last| last + 1),
            file: None,
            end: 0,
        }
    }

    fn roll(&mut self) {
        *self = Self::after(std::mem::take(&mut self.folder), Some(self.number));
    }

    /// Adds a record to a batch and says where it will be. Nothing is written yet.
    pub(super) fn plan<'a>(&self, batch: &mut Batch<'a>, id: Uuid, bundle: &'a [u8]) -> Place {
        let start = self.end + batch.bytes;
        batch.records.push((id, bundle));
        batch.bytes += (HEAD_BYTES + bundle.len()) as u64;
        Place::Segment {
            number: self.number,
            start,
        }
    }

    /// Writes a batch where it was planned, and syncs it.
    pub(super) fn write(&mut self, batch: &Batch<'_>) -> io::Result<()> {
        if batch.records.is_empty() {
            return Ok(());
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file = none.insert(File::create_new(path(&self.folder, self.number))?);
                disk::sync_dir(&self.folder)?;
                file
            }
        };
        write_all(file, &batch.records)?;
        file.sync_data()
    }

    /// The rows of the batch are kept.
    pub(super) fn accept(&mut self, batch: &Batch<'_>) {
        self.end += batch.bytes;
        if self.end >= FULL_BYTES {
            self.roll();
        }
    }

    /// Closes the segment after a failure: when a sync has failed, nobody knows what the disk holds, and a second sync
    /// would not tell. The bytes of the failed batch go too, unless their rows may still be there.
    pub(super) fn abandon(&mut self, rows_may_be_there: bool) {
        if let (Some(file), false) = (&self.file, rows_may_be_there) {
            let path = path(&self.folder, self.number);
            let cut = match self.end {
                0 => fs::remove_file(&path),
                end => file.set_len(end),
            };
            if let Err(error) = cut {
                log::warn!("cannot cut {}, the next start will: {error}", path.display());
            }
        }
        self.roll();
    }
}

/// Writes heads and bundles with as few calls as the system takes.
fn write_all(file: &mut File, records: &[(Uuid, &[u8])]) -> io::Result<()> {
    let heads: Vec<_> = records
        .iter()
        .map(|(id, bundle)| head(*id, bundle.len() as u64))
        .collect();
    let parts = heads.iter().zip(records);
    let mut parts: Vec<_> = parts
        .flat_map(|(head, (_, bundle))| [IoSlice::new(head), IoSlice::new(bundle)])
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

fn head(id: Uuid, bytes: u64) -> [u8; HEAD_BYTES] {
    let mut head = [0; HEAD_BYTES];
    head[..4].copy_from_slice(&MAGIC);
    head[4..20].copy_from_slice(id.as_bytes());
    head[20..].copy_from_slice(&bytes.to_le_bytes());
    head
}

/// Goes to the record at `start` and over its head; gives the place of the bundle. An error when another record is there.
pub(super) fn skip_head(
    segment: &mut (impl Read + Seek),
    start: u64,
    id: Uuid,
    bytes: u64,
) -> io::Result<u64> {
    let mut found = [0; HEAD_BYTES];
    segment.seek(SeekFrom::Start(start))?;
    segment.read_exact(&mut found)?;
    if found == head(id, bytes) {
        Ok(start + HEAD_BYTES as u64)
    } else {
        let message = "the segment holds something else where the report's bundle should be";
        Err(io::Error::new(io::ErrorKind::InvalidData, message))
    }
}

/// The end of a record.
pub(super) fn end(start: u64, bytes: u64) -> u64 {
    start + HEAD_BYTES as u64 + bytes
}

pub(super) fn path(folder: &Path, number: u32) -> PathBuf {
    folder.join(file_name(number))
}

fn file_name(number: u32) -> String {
    format!("{number:08}{SUFFIX}")
}

/// The numbers of all segments, in no order; strangers' files are left alone.
pub(super) fn all(folder: &Path) -> io::Result<Vec<u32>> {
    let mut numbers = Vec::new();
    for file in fs::read_dir(folder)? {
        let name = file?.file_name();
        let number = name
            .to_str()
            .and_then(|name| name.strip_suffix(SUFFIX)?.parse().ok());
        numbers.extend(number.filter(|number| name == *file_name(*number)));
    }
    Ok(numbers)
}

/// Cuts what no row owns: its sender was never told that it arrived, and will send it again.
pub(super) fn sweep(
    folder: &Path,
    end_of_rows: impl Fn(u32) -> rusqlite::Result<Option<u64>>,
) -> Result<(), StoreError> {
    for number in all(folder)? {
        let path = path(folder, number);
        let file = File::options().write(true).open(&path)?;
        let (bytes, owned) = (file.metadata()?.len(), end_of_rows(number)?);
        match owned {
            None => {
                log::warn!("removing {}, which no report owns", path.display());
                fs::remove_file(&path)?;
            }
            Some(end) if end < bytes => {
                log::warn!(
                    "cutting {} bytes that no report owns from {}",
                    bytes - end,
                    path.display()
                );
                file.set_len(end)?;
                file.sync_all()?;
            }
            Some(end) if end > bytes => {
                log::error!("{} is shorter than its reports; restore it", path.display());
            }
            Some(_) => {}
        }
    }
    disk::sync_dir(folder)?;
    Ok(())
}
