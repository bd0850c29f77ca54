//! Where reports are kept: the bundle in a file, and a row in SQLite; both or neither.
//!
//! What has arrived stands in a log (`segments.rs`), and one sync of it makes a group of reports safe. The rows are its
//! index; a start brings them up to it (`recovery.rs`). One thread writes, so of many equal uploads exactly one becomes
//! the report. Reading blocks; callers on the async side go through `spawn_blocking`.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::check::MANIFEST_BYTES;
use crate::manifest::Manifest;

mod aligned;
mod blob;
mod database;
mod direct;
pub(crate) mod disk;
mod incoming;
mod number;
mod record;
mod recovery;
mod segments;
mod writer;

use record::Position;
use writer::Writer;

pub(crate) use blob::{Blob, Place, Slice};
pub(crate) use incoming::{Incoming, Received, SMALL_BYTES, sha256_of};
pub(crate) use number::{Number, Reference};

/// Why a report could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("the id belongs to another bundle")]
    Conflict { stored: String, offered: String },
    #[error(transparent)]
    Disk(#[from] std::io::Error),
}

impl StoreError {
    /// The same for each report of a group.
    fn copy(&self) -> Self {
        match self {
            Self::Conflict { stored, offered } => Self::Conflict {
                stored: stored.clone(),
                offered: offered.clone(),
            },
            Self::Disk(error) => Self::Disk(std::io::Error::new(error.kind(), error.to_string())),
        }
    }
}

/// A report that is stored.
#[derive(Debug)]
pub(crate) struct StoredReport {
    pub(crate) number: Number,
    pub(crate) id: Uuid,
    pub(crate) received_at: Timestamp,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
    pub(crate) manifest: Manifest,
    place: Place,
}

/// Some of the reports, newest first.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) reports: Vec<StoredReport>,
    /// Whether there are older ones.
    pub(crate) more: bool,
}

/// The most bytes of manifests on a [`Page`], as many as one may have: a hundred are small, but who has a project key
/// could make them large.
const PAGE_BYTES: u64 = MANIFEST_BYTES;

/// What became of an upload.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) number: Number,
    /// False when the report was there before.
    pub(crate) new: bool,
}

/// The columns that [`report_of`] reads, in its order.
const SELECT: &str = "SELECT number, id, received_at, bytes, sha256, manifest, segment, start FROM reports";
const MANIFEST: usize = 5;

/// The reports of one folder.
#[derive(Debug)]
pub(crate) struct Store {
    dir: PathBuf,
    /// For reading.
    database: Mutex<Connection>,
    writer: writer::Handle,
    /// The last field: released when the databases are closed.
    _lock: disk::Lock,
}

impl Store {
    /// Opens or makes the store in `dir`: makes the rows that are missing, and removes what no report owns.
    pub(crate) fn open(dir: &Path) -> Result<Self, StoreError> {
        disk::make_dir(dir)?;
        let lock = disk::Lock::take(dir)?;
        let writer = Self::writer(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            database: Mutex::new(database::open_to_read(&database_file(dir))?),
            writer: writer::Handle::start(writer)?,
            _lock: lock,
        })
    }

    /// Brings the folder in order; gives what writes to it from now on.
    fn writer(dir: &Path) -> Result<Writer, StoreError> {
        disk::empty_tmp(dir)?;
        disk::make_dir(&disk::blobs(dir))?;
        disk::make_dir(&disk::segments(dir))?;
        Writer::open(dir)
    }

    fn database(&self) -> MutexGuard<'_, Connection> {
        // A poisoned lock is a panic between two statements, and none of them writes.
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for an upload's bytes, about so many; gone again when it is dropped.
    pub(crate) fn incoming(&self, bytes: Option<u64>) -> Incoming {
        Incoming::new(&disk::tmp(&self.dir), bytes)
    }

    /// Keeps a report. On success, and not before, it survives a power cut.
    pub(crate) async fn insert(
        &self,
        id: Uuid,
        manifest: Vec<u8>,
        bundle: Received,
        now: Timestamp,
    ) -> Result<Stored, StoreError> {
        let report = writer::Report {
            id,
            manifest,
            bundle,
            now,
        };
        self.writer.keep(report).await
    }

    /// Writes to the folder and to the database, to see whether a report could be stored now.
    pub(crate) async fn probe(&self, now: Timestamp) -> Result<(), StoreError> {
        self.writer.probe(now).await
    }

    /// Reports with a number below `before`, newest first: up to `limit`, fewer where their manifests are very long,
    /// but not none.
    pub(crate) fn list(&self, before: Option<Number>, limit: usize) -> Result<Page, StoreError> {
        let database = self.database();
        let mut rows = database.prepare(&format!("{SELECT} WHERE number < ?1 ORDER BY number DESC"))?;
        let mut rows = rows.query([before.map_or(i64::MAX, |number| number.0)])?;
        let (mut reports, mut bytes) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let manifest = row.get_ref(MANIFEST)?.as_bytes().map_err(rusqlite::Error::from)?;
            bytes += manifest.len() as u64;
            if reports.len() == limit || (bytes > PAGE_BYTES && !reports.is_empty()) {
                return Ok(Page { reports, more: true });
            }
            reports.push(report_of(row)?);
        }
        Ok(Page { reports, more: false })
    }

    /// One report, by number or id.
    pub(crate) fn find(&self, which: Reference) -> Result<Option<StoredReport>, StoreError> {
        let database = self.database();
        let (number, id) = match which {
            Reference::Number(number) => (Some(number.0), None),
            Reference::Id(id) => (None, Some(id.to_string())),
        };
        let sql = format!("{SELECT} WHERE number = ?1 OR id = ?2");
        Ok(database
            .query_row(&sql, params![number, id], report_of)
            .optional()?)
    }

    /// The bundle of a stored report.
    pub(crate) fn blob(&self, report: &StoredReport) -> Blob {
        Blob::new(&self.dir, report.id, report.place, report.bytes)
    }
}

fn database_file(dir: &Path) -> PathBuf {
    dir.join("reports.sqlite3")
}

fn report_of(row: &Row<'_>) -> rusqlite::Result<StoredReport> {
    let number = row.get(0)?;
    let manifest: Vec<u8> = row.get(MANIFEST)?;
    let manifest = Manifest::parse(&manifest).unwrap_or_else(|_| {
        log::error!("the stored manifest of {number} cannot be read");
        Manifest::default()
    });
    Ok(StoredReport {
        number,
        id: database::parsed(row, 1)?,
        received_at: database::parsed(row, 2)?,
        bytes: row.get(3)?,
        sha256: row.get(4)?,
        manifest,
        place: match row.get(6)? {
            None => Place::File,
            Some(segment) => Place::Segment(Position {
                segment,
                at: row.get(7)?,
            }),
        },
    })
}

#[cfg(test)]
mod tests;
