//! A file that is gone when nobody holds it any more, whatever becomes of the process.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::create_file;
use crate::error::FeedbackError;
use crate::report::ReportId;
use crate::spool::{error, own_folder};

/// A file of the owner alone, beside the bundles that are being written, without a name. Where the system keeps the name
/// of an open file, the sweep takes it.
#[derive(Debug)]
pub(crate) struct Nameless(File);

impl Nameless {
    pub(crate) fn create(spool: &Path) -> Result<Self, FeedbackError> {
        let path = own_folder(spool, "tmp")?.join(format!("{}.part", ReportId::new()));
        let file = create_file(&path).map_err(error("create", &path))?;
        let _ = fs::remove_file(&path);
        Ok(Self(file))
    }

    /// Gives back the room behind the first `bytes`.
    pub(crate) fn shorten(&self, bytes: u64) -> io::Result<()> {
        self.0.set_len(bytes)
    }

    #[cfg(unix)]
    pub(crate) fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.0, into, at)
    }

    #[cfg(unix)]
    pub(crate) fn write_all_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(&self.0, bytes, at)
    }

    #[cfg(windows)]
    pub(crate) fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.0, into, at)
    }

    #[cfg(windows)]
    pub(crate) fn write_all_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        let mut done = 0;
        while done < bytes.len() {
            match std::os::windows::fs::FileExt::seek_write(&self.0, &bytes[done..], at + done as u64)? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                written => done += written,
            }
        }
        Ok(())
    }
}
