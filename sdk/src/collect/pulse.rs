//! A sign of life from work that may hang: a disk that gives its bytes slowly is told from one that gives none.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::report::GapReason;

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

/// How often a file that is replaced while it is opened is opened again.
const TRIES: usize = 5;

impl Watched {
    /// Opens a file, or what a link leads to, without waiting: a pipe put in the file's place must not hang the thread.
    pub(crate) fn open(path: &Path, pulse: &Pulse) -> io::Result<Self> {
        let mut options = File::options();
        options.read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
        }
        let file = options.open(path)?;
        if file.metadata()?.is_file() {
            let pulse = pulse.clone();
            Ok(Self { file, pulse })
        } else {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "is not a file"))
        }
    }

    /// Opens what is now at a path that had no link in it when it was looked for: a log that was rotated since, but not
    /// what a link leads to that was put there since, be it in the place of a folder.
    pub(crate) fn open_real(path: &Path, pulse: &Pulse) -> io::Result<Self> {
        for _ in 0..TRIES {
            let file = Self::open(path, pulse);
            if path.canonicalize()? != path {
                return Err(io::Error::other(GapReason::LinkedElsewhere));
            }
            let file = file?;
            // Or the link was there only for a moment.
            if is_same(&file.metadata()?, &fs::symlink_metadata(path)?) {
                return Ok(file);
            }
        }
        Err(io::Error::other("it is replaced faster than it can be opened"))
    }

    /// Adds the next bytes to `to`, at most `most`, fewer at the end. Each piece is one question to the system, which may be
    /// one to a server: [`Read::read_to_end`] asks four times.
    pub(crate) fn read_up_to(&mut self, most: u64, to: &mut Vec<u8>) -> io::Result<u64> {
        let mut read = 0;
        while read < most {
            let at = to.len();
            let wanted = usize::try_from(PIECE.min(most - read)).unwrap_or(usize::MAX);
            to.resize(at + wanted, 0);
            let piece = self.read(to.get_mut(at..).unwrap_or_default());
            to.truncate(at + piece.as_ref().unwrap_or(&0));
            match piece {
                Ok(0) => break,
                Ok(piece) => read += piece as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(read)
    }

    /// Where the first data stand that are not before `at`, by what the file system knows of holes; `at` itself where it
    /// knows of none, and `None` where all behind it is one.
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    pub(crate) fn data_from(&self, at: u64) -> Option<u64> {
        let data = rustix::fs::seek(&self.file, rustix::fs::SeekFrom::Data(at));
        self.pulse.beat();
        match data {
            Err(rustix::io::Errno::NXIO) => None,
            data => Some(data.unwrap_or(at)),
        }
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

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Windows lets few make a link, and tells what a file is only by a handle.
#[cfg(not(unix))]
fn is_same(_: &Metadata, other: &Metadata) -> bool {
    other.is_file()
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

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_link_that_takes_the_place_of_a_log_is_not_followed_and_a_new_log_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().canonicalize().unwrap();
        let (logs, log) = (dir.join("logs"), dir.join("logs/app.log"));
        fs::create_dir(&logs).unwrap();
        fs::create_dir(dir.join("secrets")).unwrap();
        fs::write(dir.join("secrets/app.log"), "secret").unwrap();
        let opened = || Watched::open_real(&log, &Pulse::new());
        let is_refused = || {
            let error = opened().unwrap_err();
            assert_eq!(GapReason::from(&error), GapReason::LinkedElsewhere);
        };
        fs::write(&log, "old").unwrap();
        fs::rename(&log, logs.join("app.log.1")).unwrap();
        fs::write(&log, "rotated").unwrap();
        let mut text = String::new();
        opened().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "rotated");

        fs::remove_file(&log).unwrap();
        for to in ["../secrets/app.log", "app.log.1"] {
            symlink(to, &log).unwrap();
            is_refused();
            fs::remove_file(&log).unwrap();
        }
        fs::remove_file(logs.join("app.log.1")).unwrap();
        fs::remove_dir(&logs).unwrap();
        symlink("secrets", &logs).unwrap();
        is_refused();
    }
}
