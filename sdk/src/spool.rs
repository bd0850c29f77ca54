//! The waiting room. The folder is the state: one file per report, its name says the rest.
//!
//! ```text
//! <spool>/<id>.<crc32>.<state>.zip    a whole bundle; see [`layout`]
//! <spool>/<id>.<crc32>.upload         where a large upload goes on; see [`note`]
//! <spool>/tmp/…                       bundles being written, and evidence of large reports before Send;
//!                                     swept when no process holds them
//! ```
//!
//! A report is in the spool once its bytes, its name and the folder are synced, so it survives a
//! power cut. It leaves only with a receipt, or when the person deletes it. One that the disk would not take
//! can wait in memory meanwhile, for as long as the process lives.

pub(crate) mod default_dir;
mod disk;
pub(crate) mod layout;
pub(crate) mod limits;
pub(crate) mod note;
mod room;
mod safety;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::bundle::{self, Packer};
use crate::error::FeedbackError;
use crate::id::ReportId;
use crate::report::Report;
pub(crate) use disk::{Bundle, Nameless, claim_file, create_file};
use disk::{Disk, FileSystem, Memory};
use layout::{EntryName, EntryState};
use limits::Limits;
use note::UploadNote;
use room::Room;

/// One app's waiting reports.
#[derive(Debug)]
pub(crate) struct Spool {
    /// `None` where the system names no home folder.
    folder: Option<Room>,
    memory: Room,
    limits: Limits,
}

/// A waiting report, as its name tells.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: EntryName,
    pub(crate) bytes: u64,
    /// When it was stored, or taken into memory.
    pub(crate) stored_at: SystemTime,
    /// Whether it is on disk and not only in memory.
    pub(crate) is_stored: bool,
    path: PathBuf,
    disk: Arc<dyn Disk>,
}

/// An entry that this process alone may deliver. The lock is the system's and dies with the process.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) entry: Entry,
    pub(crate) bundle: Bundle,
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
    pub(crate) fn at(folder: Option<PathBuf>, limits: Limits) -> Self {
        Self::on(Arc::new(FileSystem), folder, limits)
    }

    fn on(disk: Arc<dyn Disk>, folder: Option<PathBuf>, limits: Limits) -> Self {
        Self {
            folder: folder.map(|folder| Room::new(folder, disk, true)),
            memory: Room::new(PathBuf::new(), Arc::new(Memory::default()), false),
            limits,
        }
    }

    /// Stores a report. When this returns `Ok`, the report survives a power cut.
    pub(crate) fn enqueue(&mut self, report: &Report) -> Result<Entry, FeedbackError> {
        with_room(report, || {
            self.store(report.id, EntryState::New, report.packed_bytes(), |out| {
                bundle::write_bundle(report, out)
            })
        })
    }

    fn store(
        &mut self,
        id: ReportId,
        state: EntryState,
        about_bytes: u64,
        write: impl FnOnce(disk::NewFile) -> io::Result<disk::NewFile>,
    ) -> Result<Entry, FeedbackError> {
        let known = self.entries()?;
        let folder = self.folder.as_mut().ok_or(FeedbackError::NoSpoolFolder)?;
        let others = known
            .iter()
            .filter(|entry| entry.is_stored && entry.name.id != id);
        limits::check(self.limits, others.map(|entry| entry.bytes), about_bytes)?;
        let entry = folder.put(id, state, write)?;
        entry.replace(&known);
        Ok(entry)
    }

    /// Takes a report that cannot be stored into memory, where it waits as the others do.
    pub(crate) fn hold(&mut self, report: &Report) -> Result<Entry, FeedbackError> {
        let held = self.held();
        let others = held.iter().filter(|entry| entry.name.id != report.id);
        limits::check_memory(others.map(|entry| entry.bytes), report.packed_bytes())?;
        let write = |out| bundle::write_bundle(report, out);
        let entry = self.memory.put(report.id, EntryState::New, write)?;
        entry.replace(&held);
        Ok(entry)
    }

    /// Stores what is only in memory, if that works by now. Answers what was stored.
    pub(crate) fn store_held(&mut self) -> Vec<Entry> {
        let held = self.held().into_iter();
        held.filter_map(|entry| {
            let mut bundle = entry.disk.read(&entry.path).ok()?;
            let EntryName { id, state, .. } = entry.name;
            let copy = |mut out| io::copy(&mut bundle, &mut out).map(|_| out);
            self.store(id, state, entry.bytes, copy).ok()
        })
        .collect()
    }

    /// Every waiting report, oldest first; of one that is there twice, the newer first. Files that are not
    /// ours are passed over; a folder that does not exist holds none.
    pub(crate) fn entries(&self) -> Result<Vec<Entry>, FeedbackError> {
        let folder = self.folder.as_ref().ok_or(FeedbackError::NoSpoolFolder)?;
        let mut entries = folder.entries()?;
        entries.extend(self.held());
        entries.sort_by_key(|entry| (entry.name.id, std::cmp::Reverse(entry.stored_at)));
        Ok(entries)
    }

    /// The reports that wait in memory.
    pub(crate) fn held(&self) -> Vec<Entry> {
        self.memory.entries().unwrap_or_default()
    }
}

impl Entry {
    /// Takes the entry for delivery.
    pub(crate) fn claim(self) -> Result<Claim, NotClaimed> {
        match self.disk.claim(&self.path) {
            Ok(bundle) => Ok(Claim { entry: self, bundle }),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(NotClaimed::Held),
            Err(_) => Err(NotClaimed::Unusable),
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
        disk::rename_synced(&*self.disk, &self.path, &path).map_err(error("rename", &self.path))?;
        self.name = name;
        self.path = path;
        Ok(())
    }

    /// Where it is noted how far the upload of these bytes is.
    pub(crate) fn note(&self) -> UploadNote {
        UploadNote::new(
            Arc::clone(&self.disk),
            self.path.with_file_name(self.name.upload_note()),
        )
    }

    /// Removes a delivered (or deleted) report for good.
    pub(crate) fn remove(&self) -> Result<(), FeedbackError> {
        self.note().remove(); // first: a kill in between leaves no note behind
        disk::remove_synced(&*self.disk, &self.path).map_err(error("remove", &self.path))
    }

    /// Removes earlier selves of this report. One that stays is removed when the report is delivered.
    fn replace(&self, known: &[Self]) {
        let is_same = |old: &Self| old.is_stored == self.is_stored && old.path == self.path;
        for old in known.iter().filter(|old| old.name.id == self.name.id) {
            if is_same(old) {
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
        let facts = self.disk.facts(&self.path).map_err(error("read", &self.path))?;
        safety::check_entry(&self.path, facts)?;
        let mut bundle = self.disk.read(&self.path).map_err(error("read", &self.path))?;
        save_as(to, |mut out| io::copy(&mut bundle, &mut out).map(|_| out)).map(drop)
    }
}

impl Claim {
    /// The whole report, read back from the bundle, under the same condition as its [`manifest`](Self::manifest).
    pub(crate) fn report(&self, packer: &mut Packer) -> io::Result<Report> {
        self.manifest()?;
        bundle::read(self.bundle.try_clone()?, packer)
    }

    /// The report's manifest, read from the bundle. One of another report, under a name that someone has
    /// changed, is an error.
    pub(crate) fn manifest(&self) -> io::Result<Vec<u8>> {
        #[derive(serde::Deserialize)]
        struct Named {
            id: String,
        }
        let manifest = bundle::read_manifest(self.bundle.try_clone()?)?;
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

/// Makes a folder beside the reports, for something else that is this user's alone.
pub(crate) fn own_folder(spool: &Path, name: &str) -> Result<PathBuf, FeedbackError> {
    Room::new(spool.to_owned(), Arc::new(FileSystem), true).own_folder(name)
}

/// Writes a report as a zip file outside the spool, whole or not at all. Its size in bytes.
pub(crate) fn save(report: &Report, to: &Path) -> Result<u64, FeedbackError> {
    with_room(report, || save_as(to, |out| bundle::write_bundle(report, out)))
}

/// Writes a report. Where its evidence takes the room on the disk that its bundle needs, the evidence makes way.
fn with_room<T>(
    report: &Report,
    mut write: impl FnMut() -> Result<T, FeedbackError>,
) -> Result<T, FeedbackError> {
    match write() {
        Err(error) if error.is_full_disk() && report.leave_disk() => write(),
        written => written,
    }
}

fn save_as(
    to: &Path,
    write: impl FnOnce(disk::NewFile) -> io::Result<disk::NewFile>,
) -> Result<u64, FeedbackError> {
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

fn error(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FeedbackError {
    let path = path.to_owned();
    move |source| FeedbackError::Spool { action, path, source }
}

#[cfg(test)]
mod power_cuts;
#[cfg(test)]
mod tests;
