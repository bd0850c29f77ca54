//! A disk that ends with the process, for reports that no other would take.

use std::collections::HashMap;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;

use super::{Bundle, Disk, Facts, Kind, Output};

/// Whole files by their path. Only one worker uses it, so nothing needs a lock of its own.
#[derive(Debug, Default, Clone)]
pub(crate) struct Memory(Arc<Mutex<HashMap<PathBuf, Held>>>);

#[derive(Debug, Clone)]
struct Held {
    bytes: Bytes,
    since: SystemTime,
}

impl Held {
    fn facts(&self) -> Facts {
        Facts::own(Kind::File, self.bytes.len() as u64, self.since)
    }
}

impl Memory {
    fn files(&self) -> MutexGuard<'_, HashMap<PathBuf, Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, path: &Path) -> io::Result<Held> {
        self.files().remove(path).ok_or(io::ErrorKind::NotFound.into())
    }
}

impl Disk for Memory {
    fn facts(&self, path: &Path) -> io::Result<Facts> {
        let folder = Facts::own(Kind::Folder, 0, SystemTime::UNIX_EPOCH);
        Ok(self.files().get(path).map_or(folder, Held::facts))
    }

    fn is_folder(&self, _: &Path) -> bool {
        true
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, Facts)>> {
        let files = self.files();
        let here = files.iter().filter(|(path, _)| path.parent() == Some(folder));
        let known = here.filter_map(|(path, held)| {
            let name = path.file_name()?.to_str()?.to_owned();
            Some((name, held.facts()))
        });
        Ok(known.collect())
    }

    fn create_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        Ok(Box::new(Filling {
            memory: self.clone(),
            path: path.to_owned(),
            bytes: Vec::new(),
        }))
    }

    fn read(&self, path: &Path) -> io::Result<Bundle> {
        let files = self.files();
        let held = files.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Bundle::Memory(Cursor::new(held.bytes.clone())))
    }

    fn claim(&self, path: &Path) -> io::Result<Bundle> {
        self.read(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let held = self.take(from)?;
        self.files().insert(to.to_owned(), held);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.take(path).map(drop)
    }

    fn sync_name(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// A file that is there once it is synced.
struct Filling {
    memory: Memory,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Write for Filling {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for Filling {
    fn sync(&mut self) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.bytes).into();
        let since = SystemTime::now();
        self.memory
            .files()
            .insert(self.path.clone(), Held { bytes, since });
        Ok(())
    }
}
