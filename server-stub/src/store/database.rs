//! The SQLite file: its schema, its promises, and how its errors read.

use std::io;
use std::path::Path;
use std::str::FromStr;

use rusqlite::types::Type;
use rusqlite::{Connection, ErrorCode, Row};
use uuid::Uuid;

use super::StoreError;

/// The version of [`SCHEMA`], kept in `user_version`.
const VERSION: i64 = 1;

/// AUTOINCREMENT: a number is never given twice, even after rows were deleted by hand. The first one is 1001.
const SCHEMA: &str = "
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
    PRAGMA user_version = 1;
";

/// Opens the database; true when it was made just now.
pub(super) fn open(path: &Path) -> Result<(Connection, bool), StoreError> {
    let mut database = Connection::open(path)?;
    // FULL: a commit is on the disk when it returns. fullfsync: on macOS too, where fsync alone does not promise it.
    database.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = 1;")?;
    let version: i64 = database.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match version {
        VERSION => Ok((database, false)),
        0 => {
            let transaction = database.transaction()?;
            transaction.execute_batch(SCHEMA)?;
            transaction.commit()?;
            Ok((database, true))
        }
        _ => {
            let message = format!("schema {version} is newer than this program, which reads {VERSION}");
            Err(io::Error::new(io::ErrorKind::Unsupported, message).into())
        }
    }
}

pub(super) fn has(database: &Connection, id: Uuid) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM reports WHERE id = ?1)";
    database.query_row(sql, [id.to_string()], |row| row.get(0))
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

/// Whether the disk had no room for it.
pub(crate) fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}
