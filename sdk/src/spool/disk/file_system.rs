//! The real disk: the only code that writes to it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::time::SystemTime;

#[cfg(windows)]
use super::windows::patiently;
use super::{Bundle, Disk, Facts, Kind, Output, hold};

/// Only Windows has its files taken away for a moment.
#[cfg(not(windows))]
fn patiently<T>(act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    act()
}

/// The system's own files and folders.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FileSystem;

/// How often a folder is read at most while other processes change it.
const READINGS: usize = 5;

impl Disk for FileSystem {
    fn facts(&self, path: &Path) -> io::Result<Facts> {
        fs::symlink_metadata(path).map(|metadata| facts(&metadata))
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Facts)>> {
        let mut known = Vec::new();
        // What is gone already may have been renamed, to what was not listed.
        for _ in 0..READINGS {
            known.clear();
            let mut is_whole = true;
            for item in fs::read_dir(folder)?.flatten() {
                // That of a link itself.
                match (item.metadata(), item.file_name().into_string()) {
                    (Ok(metadata), Ok(name)) => known.push((name, facts(&metadata))),
                    (Err(gone), _) if gone.kind() == io::ErrorKind::NotFound => is_whole = false,
                    _ => {}
                }
            }
            if is_whole {
                break;
            }
        }
        Ok(known)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            fs::DirBuilder::new().mode(0o700).create(folder)
        }
        #[cfg(not(unix))]
        fs::create_dir(folder)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        create_file(path).map(|file| Box::new(file) as Box<dyn Output>)
    }

    fn read(&self, path: &Path) -> io::Result<Bundle> {
        open_itself(path).map(Bundle::File)
    }

    fn claim(&self, path: &Path) -> io::Result<Bundle> {
        claim_file(path).map(Bundle::File)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        patiently(|| fs::rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        patiently(|| fs::remove_file(path))
    }

    /// Windows cannot open a folder; there, syncing the file under its new name writes the name too. A file that is held
    /// has been synced before it was: only its state is new, and would be found out again. So it is not worth a crate
    /// for the rename that writes through (`MOVEFILE_WRITE_THROUGH`), which std has not.
    fn sync_name(&self, path: &Path) -> io::Result<()> {
        if cfg!(windows) {
            return match File::options().write(true).open(path) {
                Ok(file) => file.sync_all(),
                Err(_) => Ok(()), // a folder, or a file that is held or gone
            };
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        match sync(&File::open(folder.unwrap_or(Path::new(".")))?) {
            // What cannot sync a folder at all (some network disks) has no better promise to give.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            synced => synced,
        }
    }
}

/// Makes a file for the owner alone, and holds it.
pub(crate) fn create_file(path: &Path) -> io::Result<File> {
    hold::open(&new_file(), path).inspect_err(|error| {
        if error.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(path);
        }
    })
}

/// Makes a file for the owner alone that is gone when it is closed.
#[cfg(not(windows))]
pub(crate) fn create_nameless_file(path: &Path) -> io::Result<File> {
    let file = create_file(path)?;
    let _ = fs::remove_file(path);
    Ok(file)
}

/// As above. A scanner that has it open could keep a name from being removed, but not the system from removing it at the
/// end.
#[cfg(windows)]
pub(crate) fn create_nameless_file(path: &Path) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt as _;
    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    hold::open(new_file().custom_flags(FILE_FLAG_DELETE_ON_CLOSE), path)
}

/// How a file for the owner alone is made.
fn new_file() -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Opens a file that nobody holds, and never what a symbolic link leads to, and holds it.
pub(crate) fn claim_file(path: &Path) -> io::Result<File> {
    check_file(path)?;
    // A disk of the network (NFS) lets nobody hold what is not open for writing as well; it is tried without where nobody
    // may write.
    let both = hold::open(File::options().read(true).write(true), path);
    let file = match both {
        Err(no)
            if matches!(
                no.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            hold::open(File::options().read(true), path)?
        }
        held => held?,
    };
    // Between looking and holding, another process may have delivered, ended or renamed it.
    if is_still_at(&file, path) {
        Ok(file)
    } else {
        Err(io::ErrorKind::WouldBlock.into())
    }
}

impl Output for File {
    fn sync(&mut self) -> io::Result<()> {
        sync(self)
    }
}

/// Makes a file or a folder durable.
fn sync(file: &File) -> io::Result<()> {
    let synced = file.sync_all();
    // macOS asks the drive itself to write. A disk of the network that cannot be asked has only the lesser promise.
    #[cfg(target_os = "macos")]
    if let Err(error) = &synced
        && rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::NOTSUP)
    {
        return Ok(rustix::fs::fsync(file)?);
    }
    synced
}

fn facts(metadata: &Metadata) -> Facts {
    let kind = metadata.file_type();
    #[cfg(unix)]
    let (is_foreign, is_open_to_all) = {
        use std::os::unix::fs::MetadataExt as _;
        let us = rustix::process::geteuid().as_raw();
        (metadata.uid() != us, metadata.mode() & 0o002 != 0)
    };
    // There, the rights of the person's profile folder hold for all in it.
    #[cfg(not(unix))]
    let (is_foreign, is_open_to_all) = (false, false);
    Facts {
        kind: if kind.is_symlink() {
            Kind::Link
        } else if kind.is_dir() {
            Kind::Folder
        } else if kind.is_file() {
            Kind::File
        } else {
            Kind::Other
        },
        bytes: metadata.len(),
        modified: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
        is_foreign,
        is_open_to_all,
    }
}

fn open_itself(path: &Path) -> io::Result<File> {
    check_file(path)?;
    let file = File::open(path)?;
    if is_still_at(&file, path) {
        Ok(file)
    } else {
        Err(no_file())
    }
}

/// Before it is opened, since opening a pipe would wait for its other end.
fn check_file(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_file() {
        Ok(())
    } else {
        Err(no_file())
    }
}

fn no_file() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        "it is a link or a folder, and no report",
    )
}

/// Whether a path names this file, and no link to it.
fn is_still_at(file: &File, path: &Path) -> bool {
    let Ok(there) = fs::symlink_metadata(path) else {
        return false;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let opened = file.metadata();
        opened.is_ok_and(|opened| (opened.dev(), opened.ino()) == (there.dev(), there.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        there.is_file()
    }
}
