//! The only writes to disk. Each is synced before it counts.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use ring::digest::{Context, SHA256};

use crate::bundle::hex;

/// Makes a folder and its parents, readable for the owner alone.
pub(super) fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// What a written file turned out to be.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) bytes: u64,
    /// Lower-case hex.
    pub(super) sha256: String,
}

/// Creates `path`, lets `write` fill it, syncs it and hashes it. Removes it again if anything fails.
///
/// The file is locked while it is written, so that no other process sweeps it.
pub(super) fn write_synced(
    path: &Path,
    write: impl FnOnce(BufWriter<File>) -> io::Result<BufWriter<File>>,
) -> io::Result<Written> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    let written = file
        .try_lock()
        .map_err(io::Error::from)
        .and_then(|()| write(BufWriter::with_capacity(256 << 10, file)))
        .and_then(|buffer| buffer.into_inner().map_err(io::IntoInnerError::into_error))
        .and_then(|file| sync_and_hash(&file));
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Hashes while the disk writes: the two take about as long as each other.
fn sync_and_hash(file: &File) -> io::Result<Written> {
    std::thread::scope(|scope| {
        let syncing = std::thread::Builder::new()
            .name("feedback-sync".to_owned())
            .spawn_scoped(scope, || file.sync_all());
        let hashed = hash(file);
        match syncing.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(synced)) => synced?,
            // Without another thread it takes a little longer.
            Ok(Err(_)) | Err(_) => file.sync_all()?,
        }
        hashed
    })
}

/// Reads the file back: a zip writer seeks back to fill in sizes, so it cannot hash on the way.
fn hash(mut file: &File) -> io::Result<Written> {
    file.seek(SeekFrom::Start(0))?;
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 64 << 10];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        context.update(&buffer[..read]);
        bytes += read as u64;
    }
    Ok(Written {
        bytes,
        sha256: hex(context.finish().as_ref()),
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

/// Removes half-written files that no living process holds.
pub(super) fn sweep(folder: &Path) {
    let Ok(items) = fs::read_dir(folder) else { return };
    for item in items.flatten() {
        let path = item.path();
        let abandoned = File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
        if abandoned {
            let _ = fs::remove_file(&path);
        }
    }
}

/// A rename is durable once its folder is synced. Windows has no such call and needs none.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}
