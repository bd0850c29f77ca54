//! The uploads that are on their way.

use std::io;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::folder::Folder;
use super::turns::Turns;

/// All uploads that are not reports yet, and the receipts of those that are.
pub(crate) struct Uploads {
    pub(super) folder: Arc<Folder>,
    pub(super) turns: Arc<Turns>,
}

impl Uploads {
    /// Opens or makes the folder in the data folder, and removes what is too old.
    pub(crate) fn open(data: &Path, max_bytes: u64, now: Timestamp) -> io::Result<Self> {
        let folder = Folder::open(data.join("uploads"), max_bytes, now)?;
        Ok(Self {
            folder: Arc::new(folder),
            turns: Arc::default(),
        })
    }

    pub(super) fn sweep(&self, now: Timestamp) -> io::Result<()> {
        self.folder.sweep(now)?;
        self.turns.forget(|id| !self.folder.exists(id));
        Ok(())
    }
}
