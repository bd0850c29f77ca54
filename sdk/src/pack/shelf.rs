//! Where the compressed files of a report lie until they are sent: in memory, and what is more on disk.
//!
//! So logs of any size cost the app a few megabytes, and where no disk takes them, no more than
//! [`MEMORY`](crate::spool::limits::MEMORY): what finds no room is left out. What goes to disk is masked already, but for
//! what the person sends as it is, in a file that only its owner may read and that has no name: it is gone with the
//! report, also where the process dies.

use std::fmt;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use flate2::read::DeflateDecoder;

use crate::report::GapReason;
use crate::spool::limits::MEMORY;
use crate::spool::nameless::Nameless;

/// How many compressed bytes of one report stay in memory: a usual report never touches the disk before Send.
const BESIDE_DISK: u64 = 4 << 20;

/// Takes the compressed files of one report, one after the other.
#[derive(Debug)]
pub(super) struct Shelf {
    /// The spool's folder, where it is of use.
    folder: Option<PathBuf>,
    /// How many bytes more memory takes.
    room: u64,
    file: Option<Arc<Nameless>>,
    /// How many bytes the file has.
    end: u64,
}

/// One file that is being taken.
#[derive(Debug, Default)]
pub(super) struct Volume {
    memory: Vec<u8>,
    /// How many bytes of it are in the shelf's file, at its end.
    on_disk: u64,
}

/// A file of a report: what is in it, compressed. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Content {
    /// How many bytes it has, uncompressed.
    pub(super) bytes: u64,
    pub(crate) crc32: u32,
    /// Lower-case hex.
    pub(super) sha256: String,
    pub(super) place: Place,
}

/// Where the compressed bytes are.
#[derive(Clone)]
pub(super) enum Place {
    Memory(Arc<[u8]>),
    Disk {
        file: Arc<Nameless>,
        at: u64,
        bytes: u64,
    },
}

impl Shelf {
    /// On the disk of this folder; without one, in memory.
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        let room = if folder.is_some() { BESIDE_DISK } else { MEMORY };
        Self {
            folder,
            ..Self::of(room)
        }
    }

    /// In memory, whatever it takes.
    pub(super) fn without_limit() -> Self {
        Self::of(u64::MAX)
    }

    pub(super) fn of(room: u64) -> Self {
        Self {
            folder: None,
            room,
            file: None,
            end: 0,
        }
    }

    pub(super) fn put(&mut self, volume: &mut Volume, packed: &[u8]) -> io::Result<()> {
        volume.memory.extend_from_slice(packed);
        if volume.on_disk == 0 && self.has_room(volume) {
            return Ok(());
        }
        let Some(file) = self.file() else {
            return self.check_room(volume);
        };
        if file.write_all_at(&volume.memory, self.end).is_ok() {
            self.end += volume.memory.len() as u64;
            volume.on_disk += volume.memory.len() as u64;
            volume.memory.clear();
            return Ok(());
        }
        // A full disk. What is there comes back if there is room for it, and all else stays in memory.
        self.lose_disk();
        self.check_room(volume)?;
        let mut back = Vec::new();
        let there = Place::Disk {
            file,
            at: self.end - volume.on_disk,
            bytes: volume.on_disk,
        };
        PackedReader::of(&there).read_to_end(&mut back)?;
        self.give_up(volume);
        volume.on_disk = 0;
        back.append(&mut volume.memory);
        volume.memory = back;
        Ok(())
    }

    fn lose_disk(&mut self) {
        self.folder = None;
        self.room += MEMORY - BESIDE_DISK;
    }

    fn has_room(&self, volume: &Volume) -> bool {
        volume.on_disk + volume.memory.len() as u64 <= self.room
    }

    fn check_room(&self, volume: &Volume) -> io::Result<()> {
        let full = || io::Error::new(io::ErrorKind::StorageFull, GapReason::NoDisk);
        self.has_room(volume).then_some(()).ok_or_else(full)
    }

    pub(super) fn close(&mut self, volume: Volume) -> Place {
        match &self.file {
            Some(file) if volume.on_disk > 0 => Place::Disk {
                file: Arc::clone(file),
                at: self.end - volume.on_disk,
                bytes: volume.on_disk,
            },
            _ => {
                self.room = self.room.saturating_sub(volume.memory.len() as u64);
                Place::Memory(volume.memory.into())
            }
        }
    }

    /// Frees the place of a file that is not wanted after all.
    pub(super) fn give_up(&mut self, volume: &Volume) {
        if volume.on_disk > 0 {
            self.end -= volume.on_disk;
            self.shorten();
        }
    }

    fn shorten(&self) {
        if let Some(file) = &self.file {
            let _ = file.shorten(self.end); // or the disk stays full as long as the report is looked at
        }
    }

    /// The file for what memory has no room for, if a disk takes it.
    fn file(&mut self) -> Option<Arc<Nameless>> {
        let folder = self.folder.as_deref()?;
        if self.file.is_none() {
            match Nameless::create(folder) {
                Ok(file) => self.file = Some(Arc::new(file)),
                Err(error) => {
                    log::warn!("a large report stays in memory: {}", error.without_path());
                    self.lose_disk();
                }
            }
        }
        self.file.clone()
    }
}

impl Content {
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }

    pub(crate) fn packed_bytes(&self) -> u64 {
        match &self.place {
            Place::Memory(bytes) => bytes.len() as u64,
            Place::Disk { bytes, .. } => *bytes,
        }
    }

    /// Goes on in memory, with all that lies in the same file. Returns whether that has given room back on the disk.
    pub(crate) fn leave_disk(&self) -> io::Result<bool> {
        match &self.place {
            Place::Memory(_) => Ok(false),
            Place::Disk { file, .. } => file.leave_disk(),
        }
    }

    /// The compressed bytes, as they stand in the zip.
    pub(crate) fn packed(&self) -> impl Read + '_ {
        PackedReader::of(&self.place)
    }

    /// The bytes themselves, unpacked as they are read.
    pub(crate) fn reader(&self) -> impl Read + '_ {
        DeflateDecoder::new(self.packed())
    }
}

impl fmt::Debug for Content {
    /// Without what is in it, which a log must not hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

/// Compressed bytes that are read.
pub(super) enum PackedReader<'p> {
    Memory(&'p [u8]),
    Disk { file: &'p Nameless, at: u64, left: u64 },
}

impl<'p> PackedReader<'p> {
    fn of(place: &'p Place) -> Self {
        match place {
            Place::Memory(bytes) => Self::Memory(bytes),
            Place::Disk { file, at, bytes } => Self::Disk {
                file,
                at: *at,
                left: *bytes,
            },
        }
    }
}

impl Read for PackedReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Memory(bytes) => bytes.read(into),
            Self::Disk { file, at, left } => {
                let most = usize::try_from(*left).unwrap_or(usize::MAX).min(into.len());
                let read = file.read_at(&mut into[..most], *at)?;
                if read == 0 && most > 0 {
                    // Lost by the disk. The end of it would make a zip of something else.
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                *at += read as u64;
                *left -= read as u64;
                Ok(read)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: usize = 4 << 20;

    #[test]
    fn bytes_that_the_disk_has_lost_are_an_error_and_no_end() {
        let spool = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::new(Some(spool.path().to_owned()));
        let mut volume = Volume::default();
        let packed = vec![7; PART + 1];
        shelf.put(&mut volume, &packed).unwrap();
        let place = shelf.close(volume);
        let read = || {
            let mut read = Vec::new();
            PackedReader::of(&place).read_to_end(&mut read).map(|_| read)
        };
        assert!(read().unwrap() == packed);

        let Place::Disk { file, .. } = &place else {
            panic!("so much is not kept in memory");
        };
        assert!(file.leave_disk().unwrap());
        assert!(read().unwrap() == packed, "the same bytes, in memory");
        assert!(!file.leave_disk().unwrap(), "there is no more room to give");
        file.shorten(BESIDE_DISK).unwrap();
        assert_eq!(read().unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn what_a_full_disk_takes_no_more_of_goes_on_in_memory_whole() {
        let spool = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::new(Some(spool.path().to_owned()));
        let fill = |shelf: &mut Shelf, volume: &mut Volume, with: [u8; 2]| {
            for byte in with {
                shelf.put(volume, &vec![byte; PART]).unwrap();
            }
        };
        let (mut first, mut second) = (Volume::default(), Volume::default());
        fill(&mut shelf, &mut first, [1, 2]);
        let first = shelf.close(first);
        fill(&mut shelf, &mut second, [3, 4]);
        // It writes to the disk no more after this.
        shelf.file.as_ref().unwrap().leave_disk().unwrap();
        fill(&mut shelf, &mut second, [5, 6]);
        let second = shelf.close(second);
        assert!(matches!(second, Place::Memory(_)));
        for (place, of) in [(first, &[1, 2][..]), (second, &[3, 4, 5, 6])] {
            let mut read = Vec::new();
            PackedReader::of(&place).read_to_end(&mut read).unwrap();
            let expected = of.iter().flat_map(|byte| vec![*byte; PART]);
            assert!(read.into_iter().eq(expected), "{of:?}");
        }
    }

    #[test]
    fn what_a_disk_held_is_not_read_back_into_memory_that_has_no_room_for_it() {
        let spool = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::new(Some(spool.path().to_owned()));
        let mut large = Volume::default();
        while large.on_disk < MEMORY {
            shelf.put(&mut large, &vec![1; PART]).unwrap();
        }
        // It writes to the disk no more after this.
        shelf.file.as_ref().unwrap().leave_disk().unwrap();
        let full = shelf.put(&mut large, &[1]).unwrap_err();
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
        assert!(large.memory.len() == 1, "only what came last");
        shelf.give_up(&large);
        let mut small = Volume::default();
        shelf.put(&mut small, &[2]).unwrap();
        assert!(matches!(shelf.close(small), Place::Memory(bytes) if *bytes == [2]));
    }

    #[test]
    fn without_a_disk_memory_is_not_filled_either() {
        let dir = tempfile::tempdir().unwrap();
        let no_folder = dir.path().join("spool");
        std::fs::write(&no_folder, "a file in the folder's place").unwrap();
        for folder in [None, Some(no_folder)] {
            let mut shelf = Shelf::new(folder);
            let (mut first, mut large, mut small) = (Volume::default(), Volume::default(), Volume::default());
            for part in 0..8 {
                shelf.put(&mut first, &vec![part; PART]).unwrap();
            }
            shelf.close(first);
            let full = (0..9).find_map(|part| shelf.put(&mut large, &vec![part; PART]).err());
            let full = full.unwrap();
            assert_eq!(full.kind(), io::ErrorKind::StorageFull);
            assert_eq!(GapReason::from(&full), GapReason::NoDisk);
            shelf.give_up(&large);
            shelf.put(&mut small, &vec![7; PART]).unwrap();
            assert!(matches!(shelf.close(small), Place::Memory(bytes) if bytes.len() == PART));
        }
        let mut words = Volume::default();
        let mut shelf = Shelf::without_limit();
        for part in 0..17 {
            shelf.put(&mut words, &vec![part; PART]).unwrap();
        }
    }
}
