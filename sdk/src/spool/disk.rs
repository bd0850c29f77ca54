//! The only writes to disk. Each is synced before it counts.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Makes a folder and its parents, readable for the owner alone. Each one made is synced into its
/// parent, or a power cut could take the folder and all in it.
pub(super) fn create_private_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        create_private_folder(parent)?;
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    match builder.create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists || !folder.is_dir() => Err(error),
        _ => sync_folder_of(folder),
    }
}

/// A new file being written front to back, with its checksum.
#[derive(Debug)]
pub(super) struct NewFile {
    out: BufWriter<File>,
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
///
/// The file is locked while it is written, so that no other process sweeps it.
pub(super) fn write_synced(
    path: &Path,
    write: impl FnOnce(NewFile) -> io::Result<NewFile>,
) -> io::Result<Written> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    let written = write_locked(file, write);
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

fn write_locked(file: File, write: impl FnOnce(NewFile) -> io::Result<NewFile>) -> io::Result<Written> {
    file.try_lock()?;
    let new = write(NewFile {
        out: BufWriter::with_capacity(256 << 10, file),
        bytes: 0,
        crc32: crc32fast::Hasher::new(),
    })?;
    let file = new.out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(Written {
        bytes: new.bytes,
        crc32: new.crc32.finalize(),
    })
}

/// Renames within a file system and syncs the new folder.
pub(super) fn rename_synced(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder_of(to)
}

/// Removes a file and syncs its folder. One that is gone already is fine.
pub(super) fn remove_synced(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => sync_folder_of(path),
    }
}

/// How old a half-written file must be to count as left behind. Between making and locking it, or
/// unlocking and renaming it, a living process holds no lock.
const ABANDONED: Duration = Duration::from_hours(1);

/// Removes old half-written files that no living process holds.
pub(super) fn sweep(folder: &Path, now: SystemTime) {
    let Ok(items) = fs::read_dir(folder) else { return };
    for item in items.flatten() {
        let path = item.path();
        let changed = item.metadata().and_then(|facts| facts.modified());
        let age = changed.map(|changed| now.duration_since(changed).unwrap_or_default());
        let Ok(file) = File::open(&path) else { continue };
        if age.is_ok_and(|age| age >= ABANDONED) && file.try_lock().is_ok() {
            let _ = fs::remove_file(&path);
        }
    }
}

/// A rename is durable once its folder is synced. Windows cannot open a folder; there, syncing the file
/// under its new name writes the name too.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return match File::options().write(true).open(path) {
            Ok(file) => file.sync_all(),
            Err(_) => Ok(()), // a folder, or a file that is gone
        };
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}
