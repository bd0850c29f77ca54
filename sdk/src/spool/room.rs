//! One place where reports wait: a folder on some disk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use super::disk::{self, Disk, FileSystem, Kind, Writing};
use super::entry::Entry;
use super::layout::{self, EntryName, EntryState};
use super::note::Note;
use super::safety;
use crate::error::FeedbackError;
use crate::id::ReportId;

/// So many files that are no reports are named.
const NAMED: usize = 3;

#[derive(Debug)]
pub(super) struct Room {
    pub(super) folder: PathBuf,
    disk: Arc<dyn Disk>,
    /// Whether what is here outlives the process.
    is_stored: bool,
    swept: bool,
    /// Whether files that are no reports were named.
    named: AtomicBool,
}

impl Room {
    pub(super) fn new(folder: PathBuf, disk: Arc<dyn Disk>, is_stored: bool) -> Self {
        Self {
            folder,
            disk,
            is_stored,
            swept: false,
            named: AtomicBool::new(false),
        }
    }

    /// Writes a bundle and syncs it, its name and the folder.
    ///
    /// The folders are made again if someone has cleaned them away.
    pub(super) fn put(
        &mut self,
        id: ReportId,
        state: EntryState,
        write: Writing<'_>,
    ) -> Result<Entry, FeedbackError> {
        let temp = self.own_folder("tmp")?;
        if !std::mem::replace(&mut self.swept, true) {
            disk::sweep(&*self.disk, &temp, SystemTime::now(), |_| true);
            self.sweep_notes(SystemTime::now());
        }
        // A name of its own: two processes may store the same report at once.
        let temp = temp.join(format!("{}.zip", ReportId::new()));
        let written =
            disk::write_synced(&*self.disk, &temp, write).map_err(FeedbackError::spool("write", &temp))?;
        let name = EntryName {
            id,
            crc32: written.crc32,
            state,
        };
        let path = self.folder.join(name.to_string());
        let was_there = self.disk.facts(&path).is_ok();
        if let Err(failed) = disk::rename_synced(&*self.disk, &temp, &path) {
            // Not promised, so not kept: the person still has it before them.
            if self.disk.remove(&temp).is_err() && !was_there {
                let _ = self.disk.remove(&path);
            }
            return Err(FeedbackError::spool("store", &path)(failed));
        }
        Ok(Entry {
            name,
            bytes: written.bytes,
            stored_at: SystemTime::now(),
            is_stored: self.is_stored,
            path,
            disk: Arc::clone(&self.disk),
        })
    }

    /// Removes the notes of uploads whose reports are gone: another process has removed one while its upload began. And
    /// word of what was sent that nobody has asked for.
    fn sweep_notes(&self, now: SystemTime) {
        let is_same = |entry: &Entry, of: &EntryName| (entry.name.id, entry.name.crc32) == (of.id, of.crc32);
        let Ok(entries) = self.entries() else { return };
        disk::sweep(&*self.disk, &self.folder, now, |name| {
            layout::is_sent_note(name)
                || EntryName::of_note(name).is_some_and(|of| !entries.iter().any(|entry| is_same(entry, &of)))
        });
    }

    /// A note beside the reports.
    pub(super) fn note(&self, name: &str) -> Note {
        Note::new(Arc::clone(&self.disk), self.folder.join(name))
    }

    /// Whether the folder is there, and this user's own.
    pub(super) fn is_there(&self) -> bool {
        self.disk.is_folder(&self.folder) && self.check(&self.folder).is_ok()
    }

    /// Makes a folder in this one, both for the owner alone.
    pub(super) fn own_folder(&self, name: &str) -> Result<PathBuf, FeedbackError> {
        let folder = self.folder.join(name);
        self.check(&self.folder)?;
        self.check(&folder)?;
        disk::create_folders(&*self.disk, &folder).map_err(FeedbackError::spool("create", &folder))?;
        Ok(folder)
    }

    /// Every report here, in no order. What has an entry's name and is no file is damaged: told, not opened. Another zip,
    /// such as the copy that a file manager makes of one, is left alone, and named once.
    pub(super) fn entries(&self) -> Result<Vec<Entry>, FeedbackError> {
        self.check(&self.folder)?;
        let items = match self.disk.list(&self.folder) {
            Ok(items) => items,
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(FeedbackError::spool("read", &self.folder)(source)),
        };
        let mut foreign = Vec::new();
        let entries = items.into_iter().filter_map(|(file, facts)| {
            let Some(mut name) = EntryName::parse(&file) else {
                let ending = Path::new(&file).extension();
                let is_zip = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
                foreign.extend(is_zip.then_some(file));
                return None;
            };
            if facts.kind != Kind::File {
                name.state = EntryState::Damaged;
            }
            Some(Entry {
                name,
                bytes: facts.bytes,
                stored_at: facts.modified,
                is_stored: self.is_stored,
                path: self.folder.join(file),
                disk: Arc::clone(&self.disk),
            })
        });
        let entries = entries.collect();
        if !foreign.is_empty() && !self.named.swap(true, Ordering::Relaxed) {
            let more = foreign.len().saturating_sub(NAMED);
            foreign.truncate(NAMED);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            let folder = self.folder.display();
            log::warn!(
                "{folder} also holds what is no report and stays there: {}{more}",
                foreign.join(", ")
            );
        }
        Ok(entries)
    }

    /// Refuses a folder that is not this user's own. One that is not there yet is none.
    fn check(&self, folder: &Path) -> Result<(), FeedbackError> {
        match self.disk.facts(folder) {
            Ok(facts) => safety::check_folder(folder, facts),
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(FeedbackError::spool("read", folder)(source)),
        }
    }
}

/// Makes a folder beside the reports, for something else that is this user's alone.
pub(crate) fn own_folder(spool: &Path, name: &str) -> Result<PathBuf, FeedbackError> {
    Room::new(spool.to_owned(), Arc::new(FileSystem), true).own_folder(name)
}
