//! Opening a file so that no other process, and no other part of this one, holds it too. Whatever becomes of the
//! process, the hold ends with the file that is open.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens by these options and holds the file. `WouldBlock` when another does.
#[cfg(not(windows))]
pub(super) fn open(options: &OpenOptions, path: &Path) -> io::Result<File> {
    let file = options.open(path)?;
    file.try_lock()?;
    Ok(file)
}

/// As above. The locks of Windows keep everyone else from reading, and a copy of a report that is on its way could not be
/// saved; so who holds a file there is who may write it. What was marked as read-only is made writable.
#[cfg(windows)]
pub(super) fn open(options: &OpenOptions, path: &Path) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt as _;
    const FILE_SHARE_READ: u32 = 1;
    const FILE_SHARE_DELETE: u32 = 4; // a held file may be renamed and removed, as everywhere
    if let Ok(mut rights) = path.symlink_metadata().map(|facts| facts.permissions())
        && rights.readonly()
    {
        rights.set_readonly(false);
        std::fs::set_permissions(path, rights)?;
    }
    let mut options = options.clone();
    let opened = options
        .write(true)
        .share_mode(FILE_SHARE_READ | FILE_SHARE_DELETE)
        .open(path);
    opened.map_err(|error| match error {
        held if super::windows::is_in_use(&held) => io::ErrorKind::WouldBlock.into(),
        other => other,
    })
}
