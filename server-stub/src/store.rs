//! Where reports are kept: a row in SQLite and the bundle as a file, both or neither.
//!
//! All of it blocks; callers on the async side go through `spawn_blocking`. One lock orders the writers, so of many equal
//! uploads exactly one becomes the report.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use uuid::Uuid;

use crate::manifest::Manifest;

mod database;
pub(crate) mod disk;
mod incoming;
mod number;

pub(crate) use database::is_full;
pub(crate) use incoming::{Incoming, Received};
pub(crate) use number::{Number, Reference};

/// Why a report could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("the id belongs to another bundle")]
    Conflict { stored: String, offered: String },
    #[error(transparent)]
    Disk(#[from] std::io::Error),
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
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
}

/// What became of an upload.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) number: Number,
    /// False when the report was there before.
    pub(crate) new: bool,
}

/// The columns that [`report_of`] reads, in its order.
const SELECT: &str = "SELECT number, id, received_at, bytes, sha256, manifest FROM reports";

/// The reports of one folder.
#[derive(Debug)]
pub(crate) struct Store {
    dir: PathBuf,
    database: Mutex<Connection>,
    /// The last field: released when the database is closed.
    _lock: disk::Lock,
}

impl Store {
    /// Opens or makes the store in `dir`, and removes what an interrupted upload left behind.
    pub(crate) fn open(dir: &Path) -> Result<Self, StoreError> {
        disk::make_dir(dir)?;
        let lock = disk::Lock::take(dir)?;
        disk::empty_tmp(dir)?;
        disk::make_dir(&disk::blobs(dir))?;
        let (database, new) = database::open(&dir.join("reports.sqlite3"))?;
        disk::sync_dir(dir)?;
        if new {
            // Blobs beside a database that was just made mean that the real one is lost or elsewhere: keep them.
            disk::warn_of_blobs(dir)?;
        } else {
            disk::sweep_blobs(dir, |id| database::has(&database, id))?;
        }
        Ok(Self {
            dir: dir.to_owned(),
            database: Mutex::new(database),
            _lock: lock,
        })
    }

    fn database(&self) -> MutexGuard<'_, Connection> {
        // A poisoned lock is a panic between two statements; SQLite has rolled the transaction back.
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for an upload's bytes; gone again when it is dropped.
    pub(crate) async fn incoming(&self) -> std::io::Result<Incoming> {
        Incoming::create(&disk::tmp(&self.dir)).await
    }

    /// Keeps a report. On success, and not before, it survives a power cut.
    pub(crate) fn insert(
        &self,
        id: Uuid,
        manifest: &[u8],
        bundle: Received,
        now: Timestamp,
    ) -> Result<Stored, StoreError> {
        bundle.file.sync_all()?; // before the lock: the slow part of many uploads runs side by side
        let mut database = self.database();
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: Option<(Number, String)> = transaction
            .query_row(
                "SELECT number, sha256 FROM reports WHERE id = ?1",
                [id.to_string()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        if let Some((number, stored)) = found {
            return if stored == bundle.sha256 {
                Ok(Stored { number, new: false })
            } else {
                Err(StoreError::Conflict {
                    stored,
                    offered: bundle.sha256,
                })
            };
        }
        transaction.execute(
            "INSERT INTO reports (id, received_at, bytes, sha256, manifest) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                id.to_string(),
                now.to_string(),
                bundle.bytes.cast_signed(),
                bundle.sha256,
                manifest
            ],
        )?;
        let number = Number(transaction.last_insert_rowid());
        disk::keep(&bundle.temp, &self.dir, id)?;
        if let Err(error) = transaction.commit() {
            // After any other error only the next start knows whether the row made it, and sweeps the blob if not.
            if is_full(&error) {
                disk::remove_blob(&self.dir, id);
            }
            return Err(error.into());
        }
        Ok(Stored { number, new: true })
    }

    /// Up to `limit` reports with a number below `before`, newest first.
    pub(crate) fn list(&self, before: Option<Number>, limit: u32) -> Result<Vec<StoredReport>, StoreError> {
        let database = self.database();
        let mut rows = database.prepare(&format!(
            "{SELECT} WHERE number < ?1 ORDER BY number DESC LIMIT ?2"
        ))?;
        let before = before.map_or(i64::MAX, |number| number.0);
        let reports = rows.query_map(params![before, limit], report_of)?;
        Ok(reports.collect::<Result<_, _>>()?)
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
    pub(crate) fn blob(&self, id: Uuid) -> PathBuf {
        disk::blob(&self.dir, id)
    }

    /// Writes to the folder and to the database, to see whether a report could be stored now.
    pub(crate) fn probe(&self, now: Timestamp) -> Result<(), StoreError> {
        disk::probe(&self.dir)?;
        self.database()
            .execute("UPDATE probe SET at = ?1", [now.to_string()])?;
        Ok(())
    }
}

fn report_of(row: &Row<'_>) -> rusqlite::Result<StoredReport> {
    let number = row.get(0)?;
    let manifest: Vec<u8> = row.get(5)?;
    let manifest = Manifest::parse(&manifest).unwrap_or_else(|_| {
        log::error!("the stored manifest of {number} cannot be read");
        Manifest::default()
    });
    Ok(StoredReport {
        number,
        id: database::parsed(row, 1)?,
        received_at: database::parsed(row, 2)?,
        bytes: row.get::<_, i64>(3)?.cast_unsigned(),
        sha256: row.get(4)?,
        manifest,
    })
}

#[cfg(test)]
mod tests;
