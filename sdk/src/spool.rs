//! The waiting room. The folder is the state: one file per report, its name says the rest.
//!
//! ```text
//! <spool>/<id>.<crc32>.<state>.zip    a whole bundle; see [`layout`]
//! <spool>/<id>.<crc32>.upload         where a large upload goes on; see [`note`]
//! <spool>/<id>.sent                   that it was sent, for the other process that has stored it
//! <spool>/reply-to, limit             what the window of the next run wants to know
//! <spool>/tmp/…                       bundles being written, and evidence of large reports before Send;
//!                                     swept when no process holds them
//! ```
//!
//! A report is in the spool once its bytes, its name and the folder are synced, so it survives a
//! power cut. It leaves only with a receipt, or when the person deletes it. One that the disk would not take
//! can wait in memory meanwhile, for as long as the process lives.

pub(crate) mod claim;
pub(crate) mod default_dir;
pub(crate) mod disk;
pub(crate) mod entry;
pub(crate) mod layout;
pub(crate) mod limits;
pub(crate) mod nameless;
pub(crate) mod note;
pub(crate) mod room;
mod safety;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::bundle;
use crate::error::FeedbackError;
use crate::id::ReportId;
use crate::report::Report;
use crate::sorted::sorted;
use disk::{Disk, FileSystem, Memory};
use entry::{Entry, save_as};
use layout::{EntryName, EntryState};
use limits::Limits;
use room::Room;

/// One app's waiting reports.
#[derive(Debug)]
pub(crate) struct Spool {
    /// `None` where the system names no home folder.
    folder: Option<Room>,
    memory: Room,
    limits: Limits,
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
            self.store(report.id, EntryState::New, report.packed_bytes(), &mut |out| {
                bundle::write_bundle(report, out).map(drop)
            })
        })
    }

    /// Stores a smaller form of a report in the place of its whole one, as [`enqueue`](Self::enqueue) does. `None` where
    /// another process has deleted it meanwhile: it must not come back.
    pub(crate) fn enqueue_smaller(
        &mut self,
        report: &Report,
        whole: &Entry,
    ) -> Result<Option<Entry>, FeedbackError> {
        with_room(report, || {
            let (entry, known) = self.put(report.id, EntryState::New, report.packed_bytes(), &mut |out| {
                bundle::write_bundle(report, out).map(drop)
            })?;
            if whole.is_there() {
                entry.replace(&known);
                return Ok(Some(entry));
            }
            entry.remove().map(|()| None)
        })
    }

    fn store(
        &mut self,
        id: ReportId,
        state: EntryState,
        about_bytes: u64,
        write: disk::Writing<'_>,
    ) -> Result<Entry, FeedbackError> {
        let (entry, known) = self.put(id, state, about_bytes, write)?;
        entry.replace(&known);
        Ok(entry)
    }

    /// Stores a report, and returns what was there before too.
    fn put(
        &mut self,
        id: ReportId,
        state: EntryState,
        about_bytes: u64,
        write: disk::Writing<'_>,
    ) -> Result<(Entry, Vec<Entry>), FeedbackError> {
        let known = self.entries()?;
        let folder = self.folder.as_mut().ok_or(FeedbackError::NoSpoolFolder)?;
        let (same, others): (Vec<_>, Vec<_>) = known
            .iter()
            .filter(|entry| entry.is_stored)
            .partition(|entry| entry.name.id == id);
        // What only gets smaller, so that it can leave at all, needs no room.
        if !same.iter().any(|entry| about_bytes < entry.bytes) {
            limits::check(self.limits, others.iter().map(|entry| entry.bytes), about_bytes)?;
        }
        Ok((folder.put(id, state, write)?, known))
    }

    /// Takes a report that cannot be stored into memory, where it waits as the others do.
    pub(crate) fn hold(&mut self, report: &Report) -> Result<Entry, FeedbackError> {
        let held = self.held();
        let others = held.iter().filter(|entry| entry.name.id != report.id);
        limits::check_memory(others.map(|entry| entry.bytes), report.packed_bytes())?;
        let entry = self.memory.put(report.id, EntryState::New, &mut |out| {
            bundle::write_bundle(report, out).map(drop)
        })?;
        entry.replace(&held);
        Ok(entry)
    }

    /// Stores what is only in memory, if that works by now. Returns what was stored.
    pub(crate) fn store_held(&mut self) -> Vec<Entry> {
        let held = self.held().into_iter();
        held.filter_map(|entry| {
            let mut bundle = entry.disk.read(&entry.path).ok()?;
            let EntryName { id, state, .. } = entry.name;
            self.store(id, state, entry.bytes, &mut |out| {
                io::copy(&mut bundle, out).map(drop)
            })
            .ok()
        })
        .collect()
    }

    /// Every waiting report, oldest first; of one that is there twice, the newer first. Files that are not
    /// ours are passed over; a folder that does not exist holds none.
    pub(crate) fn entries(&self) -> Result<Vec<Entry>, FeedbackError> {
        let folder = self.folder.as_ref().ok_or(FeedbackError::NoSpoolFolder)?;
        let mut entries = folder.entries()?;
        entries.extend(self.held());
        Ok(sorted(entries, |one, other| {
            let by_age = one.name.id.cmp(&other.name.id);
            by_age.then(other.stored_at.cmp(&one.stored_at))
        }))
    }

    /// The same, of what can be read: a folder that cannot be does not hide what is in memory.
    pub(crate) fn at_hand(&self) -> Result<Vec<Entry>, FeedbackError> {
        let held = || Some(self.held()).filter(|held| !held.is_empty());
        self.entries().or_else(|unreadable| held().ok_or(unreadable))
    }

    /// Every form of a report, the newest first: one that was edited or made to fit can still be there as it was.
    pub(crate) fn forms(&self, id: ReportId) -> Result<Vec<Entry>, FeedbackError> {
        let read = || {
            let mut entries = self.at_hand()?;
            entries.retain(|entry| entry.name.id == id);
            Ok(entries)
        };
        let forms = read()?;
        // A name that is changed while the folder is read can be missing from one reading.
        if forms.is_empty() { read() } else { Ok(forms) }
    }

    /// Removes every form of a report, and returns where their uploads were. An error where there is none.
    pub(crate) fn delete(&self, id: ReportId) -> Result<Vec<String>, FeedbackError> {
        let (mut removed, mut uploads) = (Vec::<Entry>::new(), Vec::new());
        // Another process may rename it between its listing and its removal: gone is what is listed no more.
        loop {
            let forms = match self.forms(id) {
                Err(unreadable) if removed.is_empty() => return Err(unreadable),
                forms => forms.unwrap_or_default(),
            };
            let is_new = |form: &Entry| !removed.iter().any(|entry| entry.is(form));
            let Some(next) = forms.into_iter().find(is_new) else {
                let is_unknown = removed.is_empty();
                return if is_unknown {
                    Err(FeedbackError::UnknownReport(id))
                } else {
                    Ok(uploads)
                };
            };
            uploads.extend(next.note().read());
            next.remove()?;
            removed.push(next);
        }
    }

    /// What another process has noted of a report that it has sent. Noted no longer: it was for who asks.
    pub(crate) fn take_sent_note(&self, id: ReportId) -> Option<String> {
        let note = self.folder()?.note(&layout::sent_note(id));
        let line = note.read()?;
        note.remove();
        Some(line)
    }

    /// What this or an earlier run has noted under this name.
    pub(crate) fn noted(&self, name: &str) -> Option<String> {
        self.folder()?.note(name).read()
    }

    /// Notes a line under this name for later runs, or that there is none. No folder is made for it.
    pub(crate) fn note(&self, name: &str, line: Option<&str>) {
        let Some(folder) = self.folder() else {
            return;
        };
        let note = folder.note(name);
        match line {
            line if note.read().as_deref() == line => {}
            Some(line) => note.write(line),
            None => note.remove(),
        }
    }

    /// The folder, where it is there and this user's own.
    fn folder(&self) -> Option<&Room> {
        self.folder.as_ref().filter(|folder| folder.is_there())
    }

    /// The reports that wait in memory.
    pub(crate) fn held(&self) -> Vec<Entry> {
        self.memory.entries().unwrap_or_default()
    }
}

/// Writes a report as a zip file outside the spool, whole or not at all. Its size in bytes.
pub(crate) fn save(report: &Report, to: &Path) -> Result<u64, FeedbackError> {
    with_room(report, || {
        save_as(to, &mut |out| bundle::write_bundle(report, out).map(drop))
    })
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

#[cfg(test)]
mod power_cuts;
#[cfg(test)]
mod tests;
