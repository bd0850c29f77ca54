//! The SQLite file: its schema, its promises, and how its errors read.

use std::io;
use std::path::Path;
use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, params};
use uuid::Uuid;

use super::record::Position;
use super::{Number, Place, StoreError};

/// A report as it becomes a row.
#[derive(Debug)]
pub(super) struct NewRow<'a> {
    /// `None` for the next one.
    pub(super) number: Option<Number>,
    pub(super) id: Uuid,
    pub(super) received_at: Timestamp,
    pub(super) bytes: u64,
    pub(super) sha256: &'a str,
    pub(super) manifest: &'a [u8],
    pub(super) place: Place,
}

/// How the schema came to be; `user_version` counts the steps that a database has taken.
pub(super) const STEPS: [&str; 3] = [
    // AUTOINCREMENT: a number is never given twice, even after rows were deleted by hand. The first one is 1001.
    "
    CREATE TABLE reports (
        number      INTEGER PRIMARY KEY AUTOINCREMENT,
        id          TEXT NOT NULL UNIQUE,
        received_at TEXT NOT NULL,
        bytes       INTEGER NOT NULL,
        sha256      TEXT NOT NULL,
        manifest    BLOB NOT NULL
    ) STRICT;
    INSERT INTO sqlite_sequence (name, seq) VALUES ('reports', 1000);
    CREATE TABLE probe (at TEXT NOT NULL) STRICT;
    INSERT INTO probe VALUES ('');
    ",
    // Where the bundle is: both NULL for a file of its own, as all were before. The index finds the end of a segment.
    "
    ALTER TABLE reports ADD COLUMN segment INTEGER;
    ALTER TABLE reports ADD COLUMN start INTEGER;
    CREATE INDEX reports_by_place ON reports (segment, start) WHERE segment IS NOT NULL;
    ",
    // How far the rows hold the log: all records before `at` of `segment`. A record began with 28 bytes until then.
    // `is_whole` as long as no report is known to be without its row: only then, what has no row may be removed.
    "
    CREATE TABLE log (segment INTEGER NOT NULL, at INTEGER NOT NULL, is_whole INTEGER NOT NULL) STRICT;
    INSERT INTO log SELECT coalesce(max(segment), 0), 0, 1 FROM reports;
    UPDATE log SET at = coalesce((SELECT max(start + 28 + bytes) FROM reports WHERE segment = log.segment), 0);
    DROP INDEX reports_by_place;
    ",
];

/// Opens or makes the database of a folder that `has_bundles` or not.
pub(super) fn open(path: &Path, has_bundles: bool) -> Result<Connection, StoreError> {
    let mut database = Connection::open(path)?;
    // NORMAL: whole after a power cut, but the last rows may be missing; the log has them. fullfsync: on macOS fsync alone
    // does not promise that much. wal_autocheckpoint: after 16 MiB instead of 4, for all reports wait while it is synced.
    database.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4096;
         PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1;",
    )?;
    let version: usize = database.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let Some(steps) = STEPS.get(version..) else {
        let newest = STEPS.len();
        let message = format!("schema {version} is newer than this program, which reads {newest}");
        return Err(io::Error::new(io::ErrorKind::Unsupported, message).into());
    };
    if !steps.is_empty() {
        let transaction = database.transaction()?;
        transaction.execute_batch(&steps.concat())?;
        if version == 0 && has_bundles {
            log::error!(
                "{} is new beside bundles that are not: making their rows again",
                path.display()
            );
            miss(&transaction)?;
        }
        transaction.pragma_update(None, "user_version", STEPS.len())?;
        transaction.commit()?;
        // On the disk at once, so that a power cut does not make it look new again.
        database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    }
    Ok(database)
}

/// Whether no report is known to be without its row.
pub(super) fn is_whole(database: &Connection) -> rusqlite::Result<bool> {
    database.query_row("SELECT is_whole FROM log", [], |row| row.get(0))
}

/// Remembers that there may be reports without a row: from now on nothing is removed because it has none.
pub(super) fn miss(database: &Connection) -> rusqlite::Result<()> {
    database.execute("UPDATE log SET is_whole = 0", [])?;
    Ok(())
}

/// Gives a number to nobody else.
pub(super) fn pass_by(database: &Connection, number: Number) -> rusqlite::Result<()> {
    let sql = "UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = 'reports'";
    database.execute(sql, [number.0])?;
    Ok(())
}

/// Whether a row was refused because another one has its number.
pub(super) fn is_taken(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

/// A connection that only reads, beside the one that writes.
pub(super) fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
    let database = Connection::open(path)?;
    database.execute_batch("PRAGMA query_only = 1")?;
    Ok(database)
}

/// Whether a report has its bundle in a file of its own.
pub(super) fn has_file(database: &Connection, id: Uuid) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM reports WHERE id = ?1 AND segment IS NULL)";
    database.query_row(sql, [id.to_string()], |row| row.get(0))
}

/// How far the rows hold the log.
pub(super) fn held(database: &Connection) -> rusqlite::Result<Position> {
    database.query_row("SELECT segment, at FROM log", [], |row| {
        Ok(Position {
            segment: row.get(0)?,
            at: row.get(1)?,
        })
    })
}

/// Says so in the transaction that adds the rows.
pub(super) fn hold(database: &Connection, until: Position) -> rusqlite::Result<()> {
    let sql = "UPDATE log SET segment = ?1, at = ?2";
    database
        .prepare_cached(sql)?
        .execute(params![until.segment, until.at])?;
    Ok(())
}

/// Number and hash of a report that has a row.
pub(super) fn known(database: &Connection, id: Uuid) -> rusqlite::Result<Option<(Number, String)>> {
    database
        .prepare_cached("SELECT number, sha256 FROM reports WHERE id = ?1")?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Adds a row, and gives its number.
pub(super) fn add(database: &Connection, row: &NewRow<'_>) -> rusqlite::Result<Number> {
    let (segment, start) = match row.place {
        Place::File => (None, None),
        Place::Segment(position) => (Some(position.segment), Some(position.at)),
    };
    let mut add = database.prepare_cached(
        "INSERT INTO reports (number, id, received_at, bytes, sha256, manifest, segment, start)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let number = add.insert(params![
        row.number.map(|number| number.0),
        row.id.to_string(),
        row.received_at.to_string(),
        row.bytes,
        row.sha256,
        row.manifest,
        segment,
        start,
    ])?;
    Ok(Number(number))
}

/// A column whose text is the `Display` of a `T`.
pub(super) fn parsed<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: String = row.get(column)?;
    text.parse()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

/// The same error as the operating system would tell it: a full disk, or another.
pub(super) fn io_error(error: rusqlite::Error) -> io::Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => io::Error::new(io::ErrorKind::StorageFull, error),
        _ => io::Error::other(error),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Disk(io_error(error))
    }
}
