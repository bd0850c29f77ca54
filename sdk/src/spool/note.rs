//! A line in a file beside the entries. Only a hint: nothing is lost with one.
//!
//! `<id>.<crc32>.upload` is the URL where the resumable upload of an entry goes on after a restart. It belongs to these
//! very bytes by the checksum in its name; a lost, wrong or stale one costs an upload from the start.
//!
//! `<id>.sent` is what the server has answered to the process that has sent an entry of another: that one sees only that
//! the entry is gone, and would not know it from one that was deleted.
//!
//! `reply-to` is the address that the person wants answers at, `limit` the largest bundle that the server is known to take,
//! in bytes: for the window of the app's next run.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use super::disk::{self, Disk};

/// No upload has a longer address.
const LONGEST: u64 = 4 << 10;

/// The place of a note.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    disk: Arc<dyn Disk>,
    path: PathBuf,
}

impl Note {
    pub(super) fn new(disk: Arc<dyn Disk>, path: PathBuf) -> Self {
        Self { disk, path }
    }

    /// What was noted. `None` where nothing was, or no line.
    pub(crate) fn read(&self) -> Option<String> {
        let mut line = String::new();
        let file = self.disk.read(&self.path).ok()?;
        file.take(LONGEST).read_to_string(&mut line).ok()?;
        Some(line.trim().to_owned()).filter(|line| !line.is_empty())
    }

    /// Notes a line. A disk that does not take it is no reason to fail.
    pub(crate) fn write(&self, line: &str) {
        self.remove();
        let written = disk::write_synced(&*self.disk, &self.path, &mut |out| out.write_all(line.as_bytes()));
        if let Err(error) = written {
            log::info!("a note beside the reports could not be written: {error}");
        }
    }

    /// It is of no use any more.
    pub(crate) fn remove(&self) {
        let _ = self.disk.remove(&self.path);
    }
}
