//! A waiting report: a file, and what its name tells.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::disk::{self, Bundle, Disk, FileSystem};
use super::layout::{self, EntryName, EntryState};
use super::note::Note;
use super::safety;
use crate::bundle;
use crate::error::FeedbackError;
use crate::id::ReportId;

/// A waiting report, as its name tells.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: EntryName,
    pub(crate) bytes: u64,
    /// When it was stored, or taken into memory.
    pub(crate) stored_at: SystemTime,
    /// Whether it is on disk and not only in memory.
    pub(crate) is_stored: bool,
    pub(super) path: PathBuf,
    pub(super) disk: Arc<dyn Disk>,
}

impl Entry {
    /// One that is nowhere but in a test.
    #[cfg(test)]
    pub(crate) fn of_test(bytes: u64) -> Self {
        Self {
            name: EntryName {
                id: ReportId::new(),
                crc32: 0,
                state: EntryState::New,
            },
            bytes,
            stored_at: SystemTime::now(),
            is_stored: false,
            path: PathBuf::from("entry"),
            disk: Arc::new(disk::Memory::default()),
        }
    }

    /// Whether it is still to be sent.
    pub(crate) fn is_waiting(&self) -> bool {
        matches!(self.name.state, EntryState::New | EntryState::Waiting(_))
    }

    /// Writes the state into the entry's name.
    pub(crate) fn set_state(&mut self, state: EntryState) -> Result<(), FeedbackError> {
        if self.name.state == state {
            return Ok(());
        }
        let name = EntryName {
            state,
            ..self.name.clone()
        };
        let path = self.path.with_file_name(name.to_string());
        disk::rename_synced(&*self.disk, &self.path, &path)
            .map_err(FeedbackError::spool("rename", &self.path))?;
        self.name = name;
        self.path = path;
        Ok(())
    }

    /// Where it is noted how far the upload of these bytes is.
    pub(crate) fn note(&self) -> Note {
        self.note_named(self.name.upload_note())
    }

    /// Where the server's answer is noted for the process that has stored it.
    pub(crate) fn sent_note(&self) -> Note {
        self.note_named(layout::sent_note(self.name.id))
    }

    fn note_named(&self, name: String) -> Note {
        Note::new(Arc::clone(&self.disk), self.path.with_file_name(name))
    }

    /// Whether both are the same file.
    pub(crate) fn is(&self, other: &Self) -> bool {
        (self.is_stored, &self.path) == (other.is_stored, &other.path)
    }

    /// Whether it is still in the spool, as it was found.
    pub(crate) fn is_there(&self) -> bool {
        let missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        !self.disk.facts(&self.path).is_err_and(|error| missing(&error))
    }

    /// Removes a delivered (or deleted) report for good.
    pub(crate) fn remove(&self) -> Result<(), FeedbackError> {
        self.note().remove(); // first: a kill in between leaves no note behind
        disk::remove_synced(&*self.disk, &self.path).map_err(FeedbackError::spool("remove", &self.path))
    }

    /// Removes earlier selves of this report. One that stays is removed when the report is delivered.
    pub(super) fn replace(&self, known: &[Self]) {
        for old in known.iter().filter(|old| old.name.id == self.name.id) {
            if self.is(old) {
                continue;
            }
            if let Err(error) = old.remove() {
                log::warn!(
                    "an earlier form of report {} stays: {}",
                    self.name.id,
                    error.without_path()
                );
            }
        }
    }

    /// Copies the bundle to a place the person chose, whole or not at all.
    pub(crate) fn copy(&self, to: &Path) -> Result<(), FeedbackError> {
        let mut bundle = self.read()?;
        save_as(to, &mut |out| io::copy(&mut bundle, out).map(drop)).map(drop)
    }

    /// What the person wrote, as far as it stands in the manifest.
    pub(crate) fn message(&self) -> Result<String, FeedbackError> {
        #[derive(serde::Deserialize)]
        struct Written {
            message: String,
        }
        let manifest = bundle::read_manifest(self.read()?);
        let written = manifest.and_then(|manifest| Ok(serde_json::from_slice::<Written>(&manifest)?.message));
        written.map_err(FeedbackError::spool("read", &self.path))
    }

    fn read(&self) -> Result<Bundle, FeedbackError> {
        let facts = self
            .disk
            .facts(&self.path)
            .map_err(FeedbackError::spool("read", &self.path))?;
        safety::check_entry(&self.path, facts)?;
        let bundle = self.disk.read(&self.path);
        bundle.map_err(FeedbackError::spool("read", &self.path))
    }
}

/// Writes a file outside the spool, whole or not at all. Its size in bytes.
pub(super) fn save_as(to: &Path, write: disk::Writing<'_>) -> Result<u64, FeedbackError> {
    // What a link leads to. A rename would put a file in the place of a device or a pipe, and of the link.
    let to = &fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
    if to.metadata().is_ok_and(|facts| !facts.is_file()) {
        let source = io::Error::new(io::ErrorKind::InvalidInput, "is not a file; give the name of one");
        let path = to.to_owned();
        return Err(FeedbackError::Save { path, source });
    }
    // Beside the target, so that the rename stays on one disk; under a name nobody else has.
    let temp = to.with_file_name(format!(".{}.part", ReportId::new()));
    let written = disk::write_synced(&FileSystem, &temp, write).and_then(|written| {
        // Whoever is told "saved" may pull the stick out.
        disk::rename_synced(&FileSystem, &temp, to).map(|()| written.bytes)
    });
    written.map_err(|source| {
        let _ = FileSystem.remove(&temp);
        let path = to.to_owned();
        FeedbackError::Save { path, source }
    })
}
