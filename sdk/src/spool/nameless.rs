//! A file that is gone when nobody holds it any more, whatever becomes of the process.

use std::fs::File;
use std::io::{self, Read, Seek};
#[cfg(unix)]
use std::os::unix::fs::FileExt as _;
#[cfg(windows)]
use std::os::windows::fs::FileExt as _;
use std::path::Path;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::disk::create_nameless_file;
use super::limits::MEMORY;
use super::room::own_folder;
use crate::error::FeedbackError;
use crate::id::ReportId;

/// A file of the owner alone, beside the bundles that are being written, without a name. Windows keeps the name as long as
/// the file is open; the sweep takes what a power cut leaves of it.
#[derive(Debug)]
pub(crate) struct Nameless(RwLock<Held>);

#[derive(Debug)]
enum Held {
    OnDisk(File),
    InMemory(Vec<u8>),
}

impl Nameless {
    pub(crate) fn create(spool: &Path) -> Result<Self, FeedbackError> {
        let path = own_folder(spool, "tmp")?.join(format!("{}.part", ReportId::new()));
        let file = create_nameless_file(&path).map_err(FeedbackError::spool("create", &path))?;
        Ok(Self(RwLock::new(Held::OnDisk(file))))
    }

    /// Gives back the room behind the first `bytes`.
    pub(crate) fn shorten(&self, bytes: u64) -> io::Result<()> {
        match &mut *self.change() {
            Held::OnDisk(file) => file.set_len(bytes),
            Held::InMemory(held) => {
                held.truncate(usize::try_from(bytes).unwrap_or(usize::MAX));
                Ok(())
            }
        }
    }

    /// Gives its place on disk back and goes on in memory, where that has the room. Returns whether it has done so.
    pub(crate) fn leave_disk(&self) -> io::Result<bool> {
        let mut held = self.change();
        let Held::OnDisk(file) = &mut *held else {
            return Ok(false);
        };
        if file.metadata()?.len() > MEMORY {
            return Ok(false);
        }
        let mut bytes = Vec::new();
        file.rewind()?;
        file.read_to_end(&mut bytes)?;
        *held = Held::InMemory(bytes);
        Ok(true)
    }

    pub(crate) fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        match &*self.held() {
            Held::OnDisk(file) => read_at(file, into, at),
            Held::InMemory(bytes) => {
                let from = usize::try_from(at).unwrap_or(usize::MAX);
                bytes.get(from..).unwrap_or_default().read(into)
            }
        }
    }

    pub(crate) fn write_all_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        match &*self.held() {
            Held::OnDisk(file) => write_all_at(file, bytes, at),
            // It left because no room was left.
            Held::InMemory(_) => Err(io::ErrorKind::StorageFull.into()),
        }
    }

    fn held(&self) -> RwLockReadGuard<'_, Held> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self) -> RwLockWriteGuard<'_, Held> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(unix)]
fn read_at(file: &File, into: &mut [u8], at: u64) -> io::Result<usize> {
    file.read_at(into, at)
}

#[cfg(unix)]
fn write_all_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    file.write_all_at(bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, into: &mut [u8], at: u64) -> io::Result<usize> {
    file.seek_read(into, at)
}

#[cfg(windows)]
fn write_all_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    let mut done = 0;
    while done < bytes.len() {
        match file.seek_write(&bytes[done..], at + done as u64)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => done += written,
        }
    }
    Ok(())
}
