//! The folder: who is where in it, and every change to it. A change is synced before it returns.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::StoreError;
use super::incoming::Temp;

pub(super) fn tmp(dir: &Path) -> PathBuf {
    dir.join("tmp")
}

pub(super) fn blobs(dir: &Path) -> PathBuf {
    dir.join("blobs")
}

/// `blobs/0190f/0190f5fe-….zip`: five digits of a time-ordered id are three days, so no folder grows without end.
pub(super) fn blob(dir: &Path, id: Uuid) -> PathBuf {
    let id = id.to_string();
    blobs(dir).join(&id[..5]).join(format!("{id}.zip"))
}

pub(super) fn segments(dir: &Path) -> PathBuf {
    dir.join("segments")
}

/// What is after the last character of a segment's number.
const SUFFIX: &str = ".segment";

/// The file of a segment in the folder of all.
pub(super) fn segment(folder: &Path, number: u32) -> PathBuf {
    folder.join(file_name(number))
}

fn file_name(number: u32) -> String {
    format!("{number:08}{SUFFIX}")
}

/// The numbers of all segments, in no order; strangers' files are left alone.
pub(super) fn segment_numbers(folder: &Path) -> io::Result<Vec<u32>> {
    let mut numbers = Vec::new();
    for file in fs::read_dir(folder)? {
        let name = file?.file_name();
        let number = name
            .to_str()
            .and_then(|name| name.strip_suffix(SUFFIX)?.parse().ok());
        numbers.extend(number.filter(|number| name == *file_name(*number)));
    }
    Ok(numbers)
}

/// Makes a folder, its parents too, that only this user can read: it will hold people's words and screens.
pub(crate) fn make_dir(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        make_dir(parent)?;
    }
    #[cfg(unix)]
    let made = std::os::unix::fs::DirBuilderExt::mode(&mut fs::DirBuilder::new(), 0o700).create(path);
    #[cfg(not(unix))]
    let made = fs::create_dir(path);
    match made {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists || !path.is_dir() => {
            return Err(at(path, &error));
        }
        _ => {}
    }
    sync_dir(parent.unwrap_or(Path::new(".")))
}

/// Makes the names in a folder survive a power cut.
pub(super) fn sync_dir(path: &Path) -> io::Result<()> {
    // Windows cannot open a folder as a file; NTFS writes its names ahead by itself.
    if cfg!(unix) {
        File::open(path)?.sync_all()
    } else {
        Ok(())
    }
}

/// The folder taken for one store: a second one would sweep the uploads of the first.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Lock {
    pub(super) fn take(dir: &Path) -> io::Result<Self> {
        let path = dir.join("lock");
        let mut open = OpenOptions::new();
        let file = open.create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| at(&path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let message = format!("{} is in use by another server", dir.display());
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, message));
            }
            // Some network file systems have no locks; that is no reason to take no reports.
            Err(TryLockError::Error(error)) => {
                log::warn!("cannot lock {}: {error}", path.display());
            }
        }
        Ok(Self(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that is being started shares the file until it runs its own program.
        let _ = self.0.unlock();
    }
}

/// Removes the uploads that a stop cut off.
pub(super) fn empty_tmp(dir: &Path) -> io::Result<()> {
    let tmp = tmp(dir);
    match fs::remove_dir_all(&tmp) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(&tmp, &error)),
        _ => make_dir(&tmp),
    }
}

/// Moves synced uploads to their places, all or none.
pub(super) fn keep(dir: &Path, uploads: &[(Uuid, &Temp)]) -> io::Result<()> {
    let mut folders = BTreeSet::new();
    for (moved, (id, temp)) in uploads.iter().enumerate() {
        let to = blob(dir, *id);
        let folder = to.parent().unwrap_or(dir);
        make_dir(folder)
            .and_then(|()| fs::rename(&temp.path, &to))
            .inspect_err(|_| put_back(dir, &uploads[..moved]))?;
        folders.insert(folder.to_owned());
    }
    folders
        .iter()
        .try_for_each(|folder| sync_dir(folder))
        .inspect_err(|_| put_back(dir, uploads))
}

/// Moves uploads back that the log does not take; what cannot be moved is swept at the next start.
pub(super) fn put_back(dir: &Path, uploads: &[(Uuid, &Temp)]) {
    for (id, temp) in uploads {
        let path = blob(dir, *id);
        if let Err(error) = fs::rename(&path, &temp.path) {
            log::warn!("cannot move {} back: {error}", path.display());
        }
    }
}

/// Removes every bundle without a row: its sender was never told that it arrived, and will send it again.
pub(super) fn sweep_blobs(
    dir: &Path,
    has_row: impl Fn(Uuid) -> rusqlite::Result<bool>,
) -> Result<(), StoreError> {
    for_each_blob(dir, |path, id| {
        if !has_row(id)? {
            log::warn!("removing {}, which no report owns", path.display());
            fs::remove_file(path)?;
        }
        Ok(())
    })
}

/// Whether reports were kept here before.
pub(super) fn has_bundles(dir: &Path) -> Result<bool, StoreError> {
    let mut has_some = !segment_numbers(&segments(dir))?.is_empty();
    for_each_blob(dir, |_, _| {
        has_some = true;
        Ok(())
    })?;
    Ok(has_some)
}

/// Calls `act` with every file that is named like a bundle; strangers' files are left alone.
fn for_each_blob(
    dir: &Path,
    mut act: impl FnMut(&Path, Uuid) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    for folder in fs::read_dir(blobs(dir))? {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(folder.path())? {
            let path = file?.path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            if let Some(id) = name.strip_suffix(".zip").and_then(|id| Uuid::try_parse(id).ok()) {
                act(&path, id)?;
            }
        }
    }
    Ok(())
}

/// Writes a small file where uploads go and where the log is, syncs it, and removes it.
pub(super) fn probe(dir: &Path) -> io::Result<()> {
    for folder in [tmp(dir), segments(dir)] {
        let temp = Temp::new(folder.join(format!("{}.probe", Uuid::now_v7())));
        let mut file = File::create_new(&temp.path)?;
        file.write_all(b"probe")?;
        file.sync_all()?;
    }
    Ok(())
}

/// Writes a small file as a whole or not at all.
pub(crate) fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let temp = Temp::new(path.with_added_extension("new"));
    let mut file = File::create(&temp.path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&temp.path, path)?;
    sync_dir(path.parent().unwrap_or(Path::new(".")))
}

/// The same error with the path that the operating system leaves out.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
