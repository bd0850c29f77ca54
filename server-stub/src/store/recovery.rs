//! Brings the rows up to the log: after a power cut the last ones may be missing, after the loss of the database all.
//!
//! Nothing of the log is removed here. A record that is not whole was never answered if it is the last thing that a power
//! cut left; but it may as well be an old one on a disk that fails, and what is behind it the only copy.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Bound;
use std::path::Path;

use rusqlite::Connection;

use super::blob::Blob;
use super::database::NewRow;
use super::incoming::sha256_of;
use super::record::Position;
use super::record::{self, Head};
use super::segments::Segments;
use super::{Place, StoreError, database, database_file, disk};
use crate::check::{self, CheckError};
use crate::secret::hex;

/// Opens the database and the log of a folder, and makes them agree.
pub(super) fn open(dir: &Path) -> Result<(Connection, Segments), StoreError> {
    let mut database = database::open(&database_file(dir), disk::has_bundles(dir)?)?;
    disk::sync_dir(dir)?;
    let folder = disk::segments(dir);
    let held = database::held(&database)?;
    let mut numbers = disk::segment_numbers(&folder)?;
    numbers.retain(|number| *number >= held.segment);
    numbers.sort_unstable();

    let ends = Ends::of(&folder, &numbers)?;
    for number in &numbers {
        read_on(dir, &mut database, *number, &ends)?;
    }
    if database::is_whole(&database)? {
        disk::sweep_blobs(dir, |id| database::has_file(&database, id))?;
    }
    let end = database::held(&database)?;
    let last = numbers.last().copied().max(Some(end.segment)).unwrap_or_default();
    Ok((database, Segments::begin(folder, end, last)))
}

/// Where the segments end that others follow, as those say in their first lines.
struct Ends(BTreeMap<u32, Position>);

impl Ends {
    fn of(folder: &Path, numbers: &[u32]) -> io::Result<Self> {
        let mut after = BTreeMap::new();
        for number in numbers {
            let mut file = File::open(disk::segment(folder, *number))?;
            after.extend(record::read_opening(&mut file)?.map(|(end, _)| (*number, end)));
        }
        Ok(Self(after))
    }

    /// Where the log ends in a segment, 0 if it has no part in it; `None` where nothing follows.
    fn end(&self, segment: u32) -> Option<u64> {
        let (_, end) = self
            .0
            .range((Bound::Excluded(segment), Bound::Unbounded))
            .next()?;
        Some(if end.segment == segment { end.at } else { 0 })
    }
}

/// Makes the rows of all records in a segment that no row holds yet.
fn read_on(dir: &Path, database: &mut Connection, number: u32, ends: &Ends) -> Result<(), StoreError> {
    let folder = disk::segments(dir);
    let path = disk::segment(&folder, number);
    let mut file = File::open(&path)?;
    let bytes = file.metadata()?.len();
    let known = database::held(database)?;
    let start = match record::read_opening(&mut file)? {
        _ if known.segment == number => known.at,
        Some((_, start)) => start,
        None => 0,
    };
    let most = ends.end(number).unwrap_or(bytes);
    let (mut at, mut added) = (start, 0);
    let transaction = database.transaction()?;
    loop {
        at = record::after_zeros(&mut file, at)?;
        let Some((head, bundle)) = Head::read(&mut file, at)? else {
            break;
        };
        let end = bundle.saturating_add(if head.is_here { head.bytes } else { 0 });
        if end > most {
            break;
        }
        let segment = number;
        added += u32::from(add(&transaction, dir, &head, Position { segment, at })?);
        at = end;
        database::hold(&transaction, Position { segment, at })?;
    }
    if bytes < at {
        log::error!("{} is shorter than its reports; restore it", path.display());
    } else if at < most {
        log::warn!("{} bytes in {} are no whole report", most - at, path.display());
    }
    if added > 0 {
        log::warn!("{added} reports in {} have their rows again", path.display());
        // They may have been read from memory: what was never synced must not be answered as if it were.
        File::options().write(true).open(&path)?.sync_all()?;
        disk::sync_dir(&folder)?;
    }
    transaction.commit()?;
    Ok(())
}

/// Makes the row of a record; false where there is one, or there can be none.
fn add(database: &Connection, dir: &Path, head: &Head, at: Position) -> Result<bool, StoreError> {
    if database::known(database, head.id)?.is_some() {
        return Ok(false);
    }
    let place = if head.is_here {
        Place::Segment(at)
    } else {
        Place::File
    };
    let manifest = match manifest(&Blob::new(dir, head.id, place, head.bytes), &head.sha256) {
        Ok(manifest) => manifest,
        Err(error) => {
            log::error!("{} with the id {} cannot be read: {error}", head.number, head.id);
            if !head.is_here {
                database::miss(database)?;
            }
            database::pass_by(database, head.number)?;
            return Ok(false);
        }
    };
    let mut row = NewRow {
        number: Some(head.number),
        id: head.id,
        received_at: head.received_at,
        bytes: head.bytes,
        sha256: &head.sha256,
        manifest: &manifest,
        place,
    };
    match database::add(database, &row) {
        Err(error) if database::is_taken(&error) => {
            row.number = None;
            let number = database::add(database, &row)?;
            log::error!(
                "{} with the id {} is {number} now: another report has its number",
                head.number,
                head.id
            );
        }
        added => drop(added?),
    }
    Ok(true)
}

/// What the bundle says of itself, if it is the one that was stored.
fn manifest(bundle: &Blob, sha256: &str) -> Result<Vec<u8>, CheckError> {
    let mut bundle = bundle.open()?;
    if hex(sha256_of(bundle.by_ref())?.finish().as_ref()) != sha256 {
        return Err(CheckError::NotAZip(
            "its bytes are not those that were stored".to_owned(),
        ));
    }
    bundle.seek(SeekFrom::Start(0))?;
    check::lone_bundle(bundle)
}
