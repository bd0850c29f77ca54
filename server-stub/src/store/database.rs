//! The SQLite file: its schema, its promises, and how its errors read.

use std::io;
use std::path::Path;
use std::str::FromStr;

use rusqlite::types::Type;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row};
use uuid::Uuid;

use super::StoreError;

/// How the schema came to be; `user_version` counts the steps that a database has taken.
const STEPS: [&str; 2] = [
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
];

/// Opens the database; true when it was made just now.
pub(super) fn open(path: &Path) -> Result<(Connection, bool), StoreError> {
    let mut database = Connection::open(path)?;
    // FULL: a commit is on the disk when it returns. fullfsync: on macOS too, where fsync alone does not promise it.
    database.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = 1;")?;
    let version: usize = database.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let Some(steps) = STEPS.get(version..) else {
        let newest = STEPS.len();
        let message = format!("schema {version} is newer than this program, which reads {newest}");
        return Err(io::Error::new(io::ErrorKind::Unsupported, message).into());
    };
    if !steps.is_empty() {
        let transaction = database.transaction()?;
        transaction.execute_batch(&steps.concat())?;
        transaction.pragma_update(None, "user_version", STEPS.len())?;
        transaction.commit()?;
    }
    Ok((database, version == 0))
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

/// The last bundle in a segment: where its record starts, and its length.
pub(super) fn last_in_segment(database: &Connection, segment: u32) -> rusqlite::Result<Option<(u64, u64)>> {
    let sql = "SELECT start, bytes FROM reports WHERE segment = ?1 ORDER BY start DESC LIMIT 1";
    let row = database.query_row(sql, [segment], |row| Ok((row.get(0)?, row.get(1)?)));
    row.optional()
}

/// The last segment that a report is in.
pub(super) fn last_segment(database: &Connection) -> rusqlite::Result<Option<u32>> {
    let sql = "SELECT max(segment) FROM reports WHERE segment IS NOT NULL";
    database.query_row(sql, [], |row| row.get(0))
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
