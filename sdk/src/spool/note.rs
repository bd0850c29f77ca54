//! Where the resumable upload of an entry goes on after a restart: one line, the upload's URL, in a file
//! `<id>.<crc32>.upload` beside the entry.
//!
//! Only a hint. It belongs to these very bytes by the checksum in its name; a lost, wrong or stale one costs
//! an upload from the start.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use super::disk::{self, Disk};

/// Nobody's upload has a longer address.
const LONGEST: u64 = 4 << 10;

/// The place of the note for one bundle.
#[derive(Debug, Clone)]
pub(crate) struct UploadNote {
    disk: Arc<dyn Disk>,
    path: PathBuf,
}

impl UploadNote {
    pub(super) fn new(disk: Arc<dyn Disk>, path: PathBuf) -> Self {
        Self { disk, path }
    }

    /// The upload's URL as it was noted. `None` where nothing was, or nothing that can be one.
    pub(crate) fn read(&self) -> Option<String> {
        let mut line = String::new();
        let file = self.disk.read(&self.path).ok()?;
        file.take(LONGEST).read_to_string(&mut line).ok()?;
        Some(line.trim().to_owned()).filter(|line| !line.is_empty())
    }

    /// Notes where the upload goes on. Without it, it starts again after a restart: no reason to fail.
    pub(crate) fn write(&self, url: &str) {
        self.remove();
        let written = disk::write_synced(&*self.disk, &self.path, |mut out| {
            out.write_all(url.as_bytes()).map(|()| out)
        });
        if let Err(error) = written {
            log::info!("an upload that is cut off by a restart will start again: {error}");
        }
    }

    /// The upload is over, or of no use.
    pub(crate) fn remove(&self) {
        let _ = self.disk.remove(&self.path);
    }
}
