//! What a spool asks of a disk, and how it writes so that a power cut takes nothing.

mod file_system;
mod hold;
mod memory;
#[cfg(test)]
pub(super) mod model;
#[cfg(windows)]
mod windows;

use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

pub(super) use file_system::FileSystem;
pub(crate) use file_system::{claim_file, create_file, create_nameless_file};
pub(super) use memory::Memory;

/// The few calls that a spool makes. Each does one thing; nothing here is synced unless its name says so.
pub(super) trait Disk: fmt::Debug + Send + Sync {
    /// What is at this path; a symbolic link is not followed.
    fn facts(&self, path: &Path) -> io::Result<Facts>;
    /// Whether a folder is at this path, also through a symbolic link.
    fn is_folder(&self, path: &Path) -> bool;
    /// The names in a folder that are text, and what is under each.
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Facts)>>;
    /// Makes a folder for the owner alone.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// Makes a file for the owner alone, held while it is written.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>>;
    /// Opens a file, and never what a symbolic link leads to.
    fn read(&self, path: &Path) -> io::Result<Bundle>;
    /// As [`read`](Self::read), and holds the file. `WouldBlock` when another holds it, or has just taken it away.
    fn claim(&self, path: &Path) -> io::Result<Bundle>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes it durable that this name is in its folder, or no longer.
    fn sync_name(&self, path: &Path) -> io::Result<()>;
}

/// A new file.
pub(super) trait Output: Write {
    /// Makes what was written durable.
    fn sync(&mut self) -> io::Result<()>;
}

/// What is known of a path without opening it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) kind: Kind,
    pub(super) bytes: u64,
    pub(super) modified: SystemTime,
    /// It belongs to another user.
    pub(super) is_foreign: bool,
    /// Every user of this machine may write it.
    pub(super) is_open_to_all: bool,
}

impl Facts {
    /// Of what is this user's alone.
    fn own(kind: Kind, bytes: u64, modified: SystemTime) -> Self {
        Self {
            kind,
            bytes,
            modified,
            is_foreign: false,
            is_open_to_all: false,
        }
    }
}

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    Other,
}

/// A bundle that is read, wherever it is kept. A hold stays while it, or a clone of it, is open.
#[derive(Debug)]
pub(crate) enum Bundle {
    File(File),
    Memory(Cursor<Bytes>),
}

impl Bundle {
    /// Another handle on the same bytes. Seek before reading: two handles on a file share their place in it.
    pub(crate) fn try_clone(&self) -> io::Result<Self> {
        Ok(match self {
            Self::File(file) => Self::File(file.try_clone()?),
            Self::Memory(bytes) => Self::Memory(bytes.clone()),
        })
    }

    /// Adds the next bytes to `to`, at most `most`. Unlike [`Read::take`], which clears memory before it reads into it.
    pub(crate) fn read_up_to(&mut self, most: u64, to: &mut Vec<u8>) -> io::Result<usize> {
        match self {
            Self::File(file) => file.take(most).read_to_end(to),
            Self::Memory(bytes) => bytes.take(most).read_to_end(to),
        }
    }
}

impl Read for Bundle {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Memory(bytes) => bytes.read(into),
        }
    }
}

impl Seek for Bundle {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}

/// Makes a folder and its parents. Each one made is synced into its parent, or a power cut could take the
/// folder and all in it.
pub(super) fn create_folders(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    if disk.is_folder(folder) {
        return Ok(());
    }
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        create_folders(disk, parent)?;
    }
    match disk.create_folder(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists || !disk.is_folder(folder) => Err(error),
        _ => disk.sync_name(folder),
    }
}

/// Fills a new file. One type for all that do: to write a file safely is code that is made once.
pub(super) type Writing<'w> = &'w mut dyn FnMut(&mut NewFile) -> io::Result<()>;

/// A new file being written front to back, with its checksum.
pub(super) struct NewFile {
    out: BufWriter<Box<dyn Output>>,
    bytes: u64,
    crc32: crc32fast::Hasher,
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.crc32.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A zip writer asks where it is; going anywhere else would make the checksum wrong.
impl Seek for NewFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.bytes;
        if matches!(to, SeekFrom::Current(0) | SeekFrom::End(0)) || to == SeekFrom::Start(at) {
            return Ok(at);
        }
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "a bundle is written front to back",
        ))
    }
}

/// What a written file turned out to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    pub(super) bytes: u64,
    pub(super) crc32: u32,
}

/// Creates `path`, lets `write` fill it and syncs it. Removes it again if anything fails.
pub(super) fn write_synced(disk: &dyn Disk, path: &Path, write: Writing<'_>) -> io::Result<Written> {
    let file = disk.create(path)?;
    let written = fill(file, write);
    if written.is_err() {
        let _ = disk.remove(path);
    }
    written
}

fn fill(file: Box<dyn Output>, write: Writing<'_>) -> io::Result<Written> {
    let mut new = NewFile {
        out: BufWriter::with_capacity(256 << 10, file),
        bytes: 0,
        crc32: crc32fast::Hasher::new(),
    };
    write(&mut new)?;
    let mut file = new.out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync()?;
    Ok(Written {
        bytes: new.bytes,
        crc32: new.crc32.finalize(),
    })
}

/// Renames and syncs the new folder.
pub(super) fn rename_synced(disk: &dyn Disk, from: &Path, to: &Path) -> io::Result<()> {
    disk.rename(from, to)?;
    disk.sync_name(to)
}

/// Removes a file and syncs its folder. One that is gone already is fine.
pub(super) fn remove_synced(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match disk.remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => disk.sync_name(path),
    }
}

/// How old a half-written file must be to count as left behind. Between making and holding it, or
/// letting go and renaming it, a living process does not hold it.
const ABANDONED: Duration = Duration::from_hours(1);

/// Removes old files of these names that no living process holds.
pub(super) fn sweep(disk: &dyn Disk, folder: &Path, now: SystemTime, is_meant: impl Fn(&str) -> bool) {
    for (name, facts) in disk.list(folder).unwrap_or_default() {
        let path = folder.join(&name);
        let age = now.duration_since(facts.modified).unwrap_or_default();
        if is_meant(&name) && facts.kind == Kind::File && age >= ABANDONED && disk.claim(&path).is_ok() {
            let _ = disk.remove(&path);
        }
    }
}
