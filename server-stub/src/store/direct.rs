//! A new file that is written past the system's cache, where that can be done: what is synced at once and seldom read
//! would only be copied there first, page by page.
//!
//! The system takes such writes (`O_DIRECT`) in whole blocks, from memory that begins where a block may. Where it does
//! not take them, as on some network file systems, the same bytes are written as usual.

use std::fs::File;
use std::io::{self, IoSlice, Write};

use super::aligned::Aligned;

/// A file that grows by whole blocks.
#[derive(Debug)]
pub(super) struct DirectFile {
    file: File,
    is_direct: bool,
}

impl DirectFile {
    /// For a file without a byte.
    pub(super) fn new(file: File) -> Self {
        let is_direct = set_direct(&file, true).is_ok();
        Self { file, is_direct }
    }

    /// The file, for what is not writing.
    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// Writes whole blocks, with as few calls as the system takes.
    pub(super) fn write<'a>(&mut self, parts: impl IntoIterator<Item = &'a [u8]>) -> io::Result<()> {
        let mut parts: Vec<_> = parts.into_iter().map(IoSlice::new).collect();
        let mut left = parts.as_mut_slice();
        IoSlice::advance_slices(&mut left, 0); // past those that are empty
        while !left.is_empty() {
            match self.file.write_vectored(left) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => IoSlice::advance_slices(&mut left, written),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // It takes no such writes after all, or only larger blocks.
                Err(error) if error.kind() == io::ErrorKind::InvalidInput && self.is_direct => {
                    set_direct(&self.file, false)?;
                    self.is_direct = false;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes the last bytes and gives the file, to be read as any other: `bytes` long, not synced.
    pub(super) fn finish(mut self, mut last: Aligned, bytes: u64) -> io::Result<File> {
        last.fill_up();
        self.write([&*last])?;
        self.file.set_len(bytes)?;
        if self.is_direct {
            set_direct(&self.file, false)?;
        }
        Ok(self.file)
    }
}

#[cfg(target_os = "linux")]
fn set_direct(file: &File, is_direct: bool) -> io::Result<()> {
    use rustix::fs::{OFlags, fcntl_setfl};
    let flags = if is_direct {
        OFlags::DIRECT
    } else {
        OFlags::empty()
    };
    Ok(fcntl_setfl(file, flags)?)
}

#[cfg(not(target_os = "linux"))]
fn set_direct(_: &File, _: bool) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::super::aligned::BLOCK;
    use super::*;
    use std::fs;
    use std::io::{Read as _, Seek as _, SeekFrom};
    use tempfile::TempDir;

    /// So many blocks and one more.
    fn blocks(count: u8) -> Aligned {
        let mut blocks = Aligned::default();
        for block in 0..=count {
            blocks.extend(&[count ^ block; BLOCK]);
        }
        blocks
    }

    /// Writes and reads; says whether it was direct to the end. `from` is where the parts begin behind a boundary.
    fn write(from: usize, prepare: impl Fn(&mut DirectFile)) -> bool {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("file");
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path);
        let mut file = DirectFile::new(file.unwrap());
        prepare(&mut file);
        let mut expected: Vec<u8> = Vec::new();
        for group in [&[1][..], &[], &[3, 0, 9], &[100]] {
            let parts: Vec<_> = group.iter().map(|count| blocks(*count)).collect();
            let parts = parts.iter().map(|part| &part[from..from + part.len() - BLOCK]);
            expected.extend(parts.clone().flatten());
            file.write(parts).unwrap();
            assert_eq!(fs::read(&path).unwrap(), expected);
        }
        let is_direct = file.is_direct;
        let mut last = Aligned::default();
        last.extend(b"the end");
        expected.extend(b"the end");
        let mut file = file.finish(last, expected.len() as u64).unwrap();
        let mut found = Vec::new();
        file.seek(SeekFrom::Start(1)).unwrap();
        file.read_to_end(&mut found).unwrap();
        assert_eq!(found, expected[1..]);
        is_direct
    }

    #[test]
    fn all_ways_write_the_same() {
        let can_be_direct = set_direct(&tempfile::tempfile().unwrap(), true).is_ok();
        assert_eq!(write(0, |_| {}), can_be_direct);
        let as_usual = |file: &mut DirectFile| {
            let _ = set_direct(&file.file, false);
            file.is_direct = false;
        };
        assert!(!write(0, as_usual));
        write(1, |_| {}); // no memory for a disk: most systems refuse it
    }
}
