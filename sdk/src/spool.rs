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

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::bundle;
use crate::error::FeedbackError;
use crate::report::Report;
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
            disk::sweep(&temp);
        }
        let temp = temp.join(format!("{}.zip", report.id));
        let written = disk::write_synced(&temp, |out| bundle::write_bundle(report, out))
            .map_err(error("write", &temp))?;
        let name = EntryName {
            id: report.id,
            crc32: written.crc32,
            state: EntryState::New,
        };
        let path = self.folder.join(name.to_string());
        if let Err(failed) = disk::rename_synced(&temp, &path) {
            // Not promised, so not kept: the person still has it before them.
            let _ = fs::remove_file(&temp).or_else(|_| fs::remove_file(&path));
            return Err(error("store", &path)(failed));
        }
        // An earlier try to store this report, by its old content.
        for old in same.into_iter().filter(|old| old.path != path) {
            old.remove()?;
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
    /// Takes the entry for delivery. `None` where another process has it, or it is gone.
    pub(crate) fn claim(self) -> Option<Claim> {
        let file = File::open(&self.path).ok()?;
        file.try_lock().ok()?;
        // Between listing and locking another process may have delivered or renamed it.
        self.path.exists().then_some(Claim { entry: self, file })
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

    /// Copies the stored bundle to a place the person chose.
    pub(crate) fn copy(&self, to: &Path) -> Result<(), FeedbackError> {
        fs::copy(&self.path, to)
            .map(drop)
            .map_err(|source| FeedbackError::Save {
                path: to.to_owned(),
                source,
            })
    }
}

impl Claim {
    /// The whole report, read back from the bundle.
    pub(crate) fn report(&self) -> io::Result<Report> {
        bundle::read(&self.file)
    }

    /// The report's manifest, read from the bundle.
    pub(crate) fn manifest(&self) -> io::Result<Vec<u8>> {
        bundle::read_manifest(&self.file)
    }
}

/// Writes a report as a zip file outside the spool, whole or not at all.
pub(crate) fn save(report: &Report, to: &Path) -> Result<u64, FeedbackError> {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let temp = to.with_file_name(name);
    let written = disk::write_synced(&temp, |out| bundle::write_bundle(report, out))
        .and_then(|written| disk::rename_synced(&temp, to).map(|()| written.bytes));
    written.map_err(|source| FeedbackError::Save {
        path: to.to_owned(),
        source,
    })
}

fn error(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FeedbackError {
    let path = path.to_owned();
    move |source| FeedbackError::Spool { action, path, source }
}

#[cfg(test)]
mod tests;
