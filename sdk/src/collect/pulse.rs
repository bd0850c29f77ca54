//! A sign of life from work that may hang: a disk that gives its bytes slowly is told from one that gives none.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Shared by a work and who waits for it.
#[derive(Debug, Clone)]
pub(crate) struct Pulse(Arc<Mutex<Instant>>);

impl Pulse {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    /// Shows that the work goes on.
    pub(crate) fn beat(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// How long it has not.
    pub(crate) fn silence(&self) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// A file whose every piece is a sign of life.
#[derive(Debug)]
pub(crate) struct Watched {
    file: File,
    pulse: Pulse,
}

/// So much is asked for at once: a disk that gives it within a few seconds is not dead.
const PIECE: u64 = 64 << 10;

impl Watched {
    /// Opens without waiting: a pipe put in the file's place must not hang the thread.
    pub(crate) fn open(path: &Path, pulse: Pulse) -> io::Result<Self> {
        let mut options = File::options();
        options.read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
        }
        let file = options.open(path)?;
        if file.metadata()?.is_file() {
            Ok(Self { file, pulse })
        } else {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "is not a file"))
        }
    }

    /// Adds the next bytes to `to`, at most `most`, fewer at the end. Unlike [`Read::take`] of this, which clears memory
    /// before it reads into it.
    pub(crate) fn read_up_to(&mut self, most: u64, to: &mut Vec<u8>) -> io::Result<u64> {
        let mut read = 0;
        while read < most {
            let piece = (&self.file).take(PIECE.min(most - read)).read_to_end(to)?;
            self.pulse.beat();
            read += piece as u64;
            if piece == 0 {
                break;
            }
        }
        Ok(read)
    }

    pub(crate) fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }

    /// Another handle, which shares its place in the file.
    pub(crate) fn try_clone(&self) -> io::Result<Self> {
        Ok(Self {
            file: self.file.try_clone()?,
            pulse: self.pulse.clone(),
        })
    }
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = (&self.file).take(PIECE).read(into)?;
        self.pulse.beat();
        Ok(read)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
