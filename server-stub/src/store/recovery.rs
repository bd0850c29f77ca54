//! Brings the rows up to date with the log: after a power cut the last ones may be missing, after the loss of the
//! database all.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::blob::Blob;
use super::database::NewRow;
use super::incoming::sha256_of;
use super::record::{self, Head};
use super::segments::Position;
use super::{Place, StoreError, database, disk, segments};
use crate::check::{self, CheckError};
use crate::secret::hex;

/// Adds the rows of all records that no row holds yet. Gives the end of the log.
///
/// Where a record is not whole, nobody has a receipt for it or for what follows in its segment: a group is synced
/// before it is answered. So that is cut off, unless the database `is_new`: then the segment may be all that is left of
/// reports that once had rows, and stays as it is.
pub(super) fn read_on(dir: &Path, database: &mut Connection, is_new: bool) -> Result<Position, StoreError> {
    let folder = disk::segments(dir);
    let held = database::held(database)?;
    let mut found = Vec::new();
    for number in segments::all(&folder)? {
        if number >= held.segment {
            found.push(Segment::open(&folder, number)?);
        }
    }
    found.sort_unstable_by_key(|segment| segment.number);
    let given_up: HashMap<u32, u64> = found.iter().filter_map(|segment| segment.before).collect();

    let mut end = held;
    let transaction = database.transaction()?;
    for mut segment in found {
        let from = if segment.number == held.segment {
            held.at
        } else {
            segment.start
        };
        end = Position {
            segment: segment.number,
            at: from,
        };
        let most = given_up.get(&segment.number).copied();
        while let Some((head, behind)) = whole(&mut segment.file, end.at)? {
            if most.is_some_and(|most| behind > most) {
                break;
            }
            keep(&transaction, dir, &head, end)?;
            end.at = behind;
        }
        segment.finish(end.at, is_new)?;
    }
    database::hold(&transaction, end)?;
    transaction.commit()?;
    disk::sync_dir(&folder)?;
    Ok(end)
}

/// A segment that may hold more than the rows.
struct Segment {
    number: u32,
    path: PathBuf,
    file: File,
    bytes: u64,
    /// Where its first record begins.
    start: u64,
    /// What its first line says of a segment before it, and that one's end.
    before: Option<(u32, u64)>,
}

impl Segment {
    fn open(folder: &Path, number: u32) -> io::Result<Self> {
        let path = segments::path(folder, number);
        let mut file = File::options().read(true).write(true).open(&path)?;
        let opening = record::read_opening(&mut file)?;
        Ok(Self {
            number,
            path,
            bytes: file.metadata()?.len(),
            file,
            start: opening.map_or(0, |(_, length)| length),
            before: opening.map(|(end, _)| (end.segment, end.at)),
        })
    }

    /// Cuts what is behind the last record.
    fn finish(self, end: u64, is_new: bool) -> io::Result<()> {
        let path = self.path.display();
        if self.bytes < end {
            log::error!("{path} is shorter than its reports; restore it");
        } else if self.bytes > end && is_new {
            let left = self.bytes - end;
            log::error!("{path} holds {left} bytes that are no report of this version; restore the database");
        } else if end <= self.start {
            log::warn!("removing {path}, which no report owns");
            drop(self.file);
            fs::remove_file(&self.path)?;
        } else if self.bytes > end {
            let left = self.bytes - end;
            log::warn!("cutting {left} bytes that no report owns from {path}");
            self.file.set_len(end)?;
            self.file.sync_all()?;
        }
        Ok(())
    }
}

/// The record that begins at `start`, and where it ends; `None` when it is not whole.
fn whole(segment: &mut File, start: u64) -> io::Result<Option<(Head, u64)>> {
    let Some((head, bundle)) = Head::read(segment, start)? else {
        return Ok(None);
    };
    if !head.is_here {
        return Ok(Some((head, bundle)));
    }
    segment.seek(io::SeekFrom::Start(bundle))?;
    let sha256 = sha256_of(segment.take(head.bytes))?;
    let is_whole = hex(sha256.finish().as_ref()) == head.sha256;
    let end = bundle + head.bytes;
    Ok(is_whole.then_some((head, end)))
}

/// Makes the row of a record, where there is none.
fn keep(database: &Connection, dir: &Path, head: &Head, at: Position) -> Result<(), StoreError> {
    if database::known(database, head.id)?.is_some() {
        return Ok(());
    }
    let place = if head.is_here {
        Place::Segment(at)
    } else {
        Place::File
    };
    let bundle = match Blob::new(dir, head.id, place, head.bytes).open() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            log::error!("{} has lost its bundle, {}", head.number, head.id);
            return Ok(());
        }
        bundle => bundle?,
    };
    let manifest = match check::lone_bundle(bundle) {
        Err(CheckError::Disk(error)) => return Err(error.into()),
        Err(error) => {
            log::error!("{} cannot be read, {}: {error}", head.number, head.id);
            return Ok(());
        }
        Ok(manifest) => manifest,
    };
    let row = NewRow {
        number: Some(head.number),
        id: head.id,
        received_at: head.received_at,
        bytes: head.bytes,
        sha256: &head.sha256,
        manifest: &manifest,
        place,
    };
    let number = database::add(database, &row)?;
    log::warn!("{number} has its row again");
    Ok(())
}
