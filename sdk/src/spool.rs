//! The waiting room on disk. The folder is the state: one file per report, its name says the rest.
//!
//! ```text
//! <spool>/<id>.<crc32>.<state>.zip    a whole bundle; see [`layout`]
//! <spool>/tmp/…                       bundles being written; swept when no process holds them
//! ```
//!
//! A report is in the spool once its bytes, its name and the folder are synced, so it survives a
//! power cut. It leaves only with a receipt, or when the person deletes it.

mod disk;
pub(crate) mod layout;
pub(crate) mod limits;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::bundle;
use crate::error::FeedbackError;
use crate::report::{Report, ReportId};
use layout::{EntryName, EntryState};
use limits::Limits;

/// One app's waiting reports.
#[derive(Debug)]
pub(crate) struct Spool {
    folder: PathBuf,
    limits: Limits,
    swept: bool,
}

/// A stored report, as its file name tells.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: EntryName,
    pub(crate) bytes: u64,
    pub(crate) stored_at: SystemTime,
    path: PathBuf,
}

/// An entry that this process alone may deliver. The lock is the system's and dies with the process.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) entry: Entry,
    pub(crate) file: File,
}

/// Why an entry could not be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotClaimed {
    /// Another process has it, or has just had it.
    Held,
    /// It cannot be opened or locked.
    Unusable,
}

impl Spool {
    /// The spool in this folder. Touches nothing: an app that never sends a report gets no folder.
    pub(crate) fn at(folder: PathBuf, limits: Limits) -> Self {
        Self {
            folder,
            limits,
            swept: false,
        }
    }

    /// Stores a report. When this returns `Ok`, the report survives a power cut.
    ///
    /// The folders are made for the owner alone, and made again if someone has cleaned them away.
    pub(crate) fn enqueue(&mut self, report: &Report) -> Result<Entry, FeedbackError> {
        let (same, others): (Vec<_>, Vec<_>) = self
            .entries()?
            .into_iter()
            .partition(|entry| entry.name.id == report.id);
        limits::check(
            self.limits,
            others.iter().map(|entry| entry.bytes),
            report.packed_bytes(),
        )?;
        let temp = self.folder.join("tmp");
        disk::create_private_folder(&temp).map_err(error("create", &temp))?;
        if !std::mem::replace(&mut self.swept, true) {
            disk::sweep(&temp, SystemTime::now());
        }
        // A name of its own: two processes may store the same report at once.
        let temp = temp.join(format!("{}.zip", ReportId::new()));
        let written = disk::write_synced(&temp, |out| bundle::write_bundle(report, out))
            .map_err(error("write", &temp))?;
        let name = EntryName {
            id: report.id,
            crc32: written.crc32,
            state: EntryState::New,
        };
        let path = self.folder.join(name.to_string());
        let was_there = path.exists();
        if let Err(failed) = disk::rename_synced(&temp, &path) {
            // Not promised, so not kept: the person still has it before them.
            if fs::remove_file(&temp).is_err() && !was_there {
                let _ = fs::remove_file(&path);
            }
            return Err(error("store", &path)(failed));
        }
        // Earlier selves of this report. One that stays is removed when the report is delivered.
        for old in same.into_iter().filter(|old| old.path != path) {
            if let Err(error) = old.remove() {
                log::warn!(
                    "an earlier form of report {} stays: {}",
                    report.id,
                    error.without_path()
                );
            }
        }
        Ok(Entry {
            name,
            bytes: written.bytes,
            stored_at: SystemTime::now(),
            path,
        })
    }

    /// Every stored report, oldest first. Files that are not ours are passed over; a folder that
    /// does not exist holds none.
    pub(crate) fn entries(&self) -> Result<Vec<Entry>, FeedbackError> {
        let items = match fs::read_dir(&self.folder) {
            Ok(items) => items,
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(error("read", &self.folder)(source)),
        };
        let mut entries = Vec::new();
        for item in items.flatten() {
            let Some(name) = item.file_name().to_str().and_then(EntryName::parse) else {
                continue;
            };
            // Another process may have delivered it meanwhile; a symlink is never followed.
            let Ok(facts) = item.metadata() else { continue };
            if facts.is_file() {
                entries.push(Entry {
                    name,
                    bytes: facts.len(),
                    stored_at: facts.modified().unwrap_or(SystemTime::UNIX_EPOCH),
                    path: item.path(),
                });
            }
        }
        entries.sort_by_key(|entry| entry.name.id);
        Ok(entries)
    }
}

impl Entry {
    /// Takes the entry for delivery.
    pub(crate) fn claim(self) -> Result<Claim, NotClaimed> {
        let file = File::open(&self.path).map_err(|_| NotClaimed::Unusable)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => NotClaimed::Held,
            TryLockError::Error(_) => NotClaimed::Unusable,
        })?;
        // Between listing and locking another process may have delivered or renamed it.
        if self.path.exists() {
            Ok(Claim { entry: self, file })
        } else {
            Err(NotClaimed::Held)
        }
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
        disk::rename_synced(&self.path, &path).map_err(error("rename", &self.path))?;
        self.name = name;
        self.path = path;
        Ok(())
    }

    /// Removes a delivered (or deleted) report for good.
    pub(crate) fn remove(&self) -> Result<(), FeedbackError> {
        disk::remove_synced(&self.path).map_err(error("remove", &self.path))
    }

    /// Copies the stored bundle to a place the person chose, whole or not at all.
    pub(crate) fn copy(&self, to: &Path) -> Result<(), FeedbackError> {
        save_as(to, |mut out| {
            io::copy(&mut File::open(&self.path)?, &mut out)?;
            Ok(out)
        })
        .map(drop)
    }
}

impl Claim {
    /// The whole report, read back from the bundle.
    pub(crate) fn report(&self) -> io::Result<Report> {
        bundle::read(&self.file)
    }

    /// The report's manifest, read from the bundle. One of another report, under a name that someone has
    /// changed, is an error.
    pub(crate) fn manifest(&self) -> io::Result<Vec<u8>> {
        #[derive(serde::Deserialize)]
        struct Named {
            id: String,
        }
        let manifest = bundle::read_manifest(&self.file)?;
        let Named { id } = serde_json::from_slice(&manifest)?;
        if id.parse() == Ok(self.entry.name.id) {
            Ok(manifest)
        } else {
            Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the bundle is of another report",
            ))
        }
    }
}

/// Writes a report as a zip file outside the spool, whole or not at all. Its size in bytes.
pub(crate) fn save(report: &Report, to: &Path) -> Result<u64, FeedbackError> {
    save_as(to, |out| bundle::write_bundle(report, out))
}

fn save_as(
    to: &Path,
    write: impl FnOnce(disk::NewFile) -> io::Result<disk::NewFile>,
) -> Result<u64, FeedbackError> {
    // Beside the target, so that the rename stays on one disk; under a name nobody else has.
    let temp = to.with_file_name(format!(".{}.part", ReportId::new()));
    let written =
        disk::write_synced(&temp, write).and_then(|written| fs::rename(&temp, to).map(|()| written.bytes));
    written.map_err(|source| {
        let _ = fs::remove_file(&temp);
        let path = to.to_owned();
        FeedbackError::Save { path, source }
    })
}

fn error(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FeedbackError {
    let path = path.to_owned();
    move |source| FeedbackError::Spool { action, path, source }
}

#[cfg(test)]
mod tests;
