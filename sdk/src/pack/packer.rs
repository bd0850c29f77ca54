//! Compresses the files of one report, and keeps what comes out.

use std::io::{self, Write};
use std::mem;
use std::path::PathBuf;

use ring::digest::{self, SHA256};

use super::blocks::{BLOCK, Block, Deflater, Helpers};
use super::shelf::{Content, Shelf, Volume};
use crate::hex::hex;

/// Level 5 of zlib-rs: smaller than `zip -6`, at half its time.
const LEVEL: u32 = 5;
/// Level 0, which only frames, for what is compressed already: a 4K picture costs a third so.
const LEVEL_COMPRESSED: u32 = 0;

/// Takes one file after the other. Its threads start with the first file of more than one block, and end with it.
#[derive(Debug)]
pub(crate) struct Packer {
    own: Deflater,
    helpers: Option<Helpers>,
    /// Blocks that are done with, as many as were ever on their way.
    spent: Vec<Block>,
    shelf: Shelf,
}

impl Packer {
    /// What is large goes to the disk of the spool in `folder`. Where no disk takes it, what memory has no room for is an
    /// error of the kind `StorageFull`.
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self::onto(Shelf::new(folder))
    }

    /// All stays in memory, however large: for the person's words, and what is small.
    pub(crate) fn in_memory() -> Self {
        Self::onto(Shelf::without_limit())
    }

    /// In memory that takes so many bytes.
    #[cfg(test)]
    pub(crate) fn in_room(bytes: u64) -> Self {
        Self::onto(Shelf::of(bytes))
    }

    fn onto(shelf: Shelf) -> Self {
        Self {
            own: Deflater::new(LEVEL),
            helpers: None,
            spent: Vec::new(),
            shelf,
        }
    }

    /// Begins a file. Its name tells whether it is compressed already.
    pub(crate) fn begin(&mut self, name: &str) -> Packing<'_> {
        let level = if is_compressed(name) {
            LEVEL_COMPRESSED
        } else {
            LEVEL
        };
        let spent = self.spent.pop().unwrap_or_default();
        Packing {
            packer: self,
            block: Block::first(level, spent),
            is_first: true,
            bytes: 0,
            crc32: crc32fast::Hasher::new(),
            sha256: digest::Context::new(&SHA256),
            volume: Volume::default(),
        }
    }

    /// Compresses a whole file, given in pieces.
    pub(crate) fn pack<const N: usize>(&mut self, name: &str, content: [&[u8]; N]) -> io::Result<Content> {
        let mut packing = self.begin(name);
        for piece in content {
            packing.write_all(piece)?;
        }
        packing.finish()
    }
}

/// One file that is being compressed.
pub(crate) struct Packing<'p> {
    packer: &'p mut Packer,
    block: Block,
    is_first: bool,
    bytes: u64,
    crc32: crc32fast::Hasher,
    sha256: digest::Context,
    volume: Volume,
}

impl Packing<'_> {
    /// Ends the file.
    pub(crate) fn finish(mut self) -> io::Result<Content> {
        self.block.is_last = true;
        let mut last = mem::take(&mut self.block);
        if self.is_first {
            self.packer.own.pack(&mut last)?;
            self.keep(last)?;
        } else {
            self.give(last)?;
            self.take(true)?;
        }
        Ok(Content {
            bytes: self.bytes,
            crc32: mem::take(&mut self.crc32).finalize(),
            sha256: hex(self.sha256.clone().finish().as_ref()),
            place: self.packer.shelf.close(mem::take(&mut self.volume)),
        })
    }

    fn give(&mut self, block: Block) -> io::Result<()> {
        let helpers = self.packer.helpers.get_or_insert_with(|| Helpers::start(LEVEL));
        let Err(mut block) = helpers.give(block) else {
            return self.take(false);
        };
        self.take(true)?; // what is before it
        self.packer.own.pack(&mut block)?;
        self.keep(block)
    }

    fn take(&mut self, all: bool) -> io::Result<()> {
        while let Some(packed) = self.packer.helpers.as_mut().and_then(|helpers| helpers.take(all)) {
            self.keep(packed?)?;
        }
        Ok(())
    }

    fn keep(&mut self, block: Block) -> io::Result<()> {
        self.crc32.combine(&block.crc32);
        self.packer.shelf.put(&mut self.volume, &block.packed)?;
        self.packer.spent.push(block);
        Ok(())
    }
}

impl Write for Packing<'_> {
    fn write(&mut self, content: &[u8]) -> io::Result<usize> {
        if self.block.content().len() == BLOCK && !content.is_empty() {
            let next = self.block.next(self.packer.spent.pop().unwrap_or_default());
            let full = mem::replace(&mut self.block, next);
            self.is_first = false;
            self.give(full)?;
        }
        let room = BLOCK - self.block.content().len();
        let taken = &content[..room.min(content.len())];
        self.block.bytes.extend_from_slice(taken);
        self.sha256.update(taken);
        self.bytes += taken.len() as u64;
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Packing<'_> {
    /// Of a file that is given up, the blocks that are still on their way belong to no one.
    fn drop(&mut self) {
        if let Some(helpers) = &mut self.packer.helpers {
            while helpers.take(true).is_some() {}
        }
        self.packer.shelf.give_up(&self.volume);
    }
}

fn is_compressed(name: &str) -> bool {
    const COMPRESSED: [&str; 16] = [
        "png", "jpg", "jpeg", "webp", "gif", "zip", "gz", "zst", "xz", "7z", "docx", "xlsx", "mp4", "webm",
        "mov", "mp3",
    ];
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| COMPRESSED.contains(&&*extension))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read as _;

    use super::super::shelf::Place;

    use super::*;

    /// Lines that do not repeat, `bytes` of them.
    fn log(bytes: usize) -> Vec<u8> {
        let lines =
            (0_u64..).map(|line| format!("12:00 INFO {:x}\n", line.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        let mut log: Vec<u8> = lines.take(bytes / 16 + 1).collect::<String>().into_bytes();
        log.truncate(bytes);
        log
    }

    /// Bytes that do not get smaller.
    fn noise(bytes: usize) -> Vec<u8> {
        let mut noise = vec![0; bytes];
        fastrand::Rng::with_seed(1).fill(&mut noise);
        noise
    }

    fn packed(content: &Content) -> Vec<u8> {
        let mut bytes = Vec::new();
        content.packed().read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes.len() as u64, content.packed_bytes());
        bytes
    }

    fn unpacked(content: &Content) -> Vec<u8> {
        let mut bytes = Vec::new();
        content.reader().read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn what_goes_in_comes_out_whatever_its_size_and_pieces() {
        let log = log(5 * BLOCK + 7);
        let mut packer = Packer::in_memory();
        for bytes in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, log.len()] {
            let log = &log[..bytes];
            let whole = packer.pack("app.log", [log]).unwrap();
            assert_eq!(unpacked(&whole), log);
            assert_eq!(unpacked(&packer.pack("1.png", [log]).unwrap()), log);
            assert_eq!(whole.crc32, crc32fast::hash(log));
            assert_eq!(whole.sha256, hex(digest::digest(&SHA256, log).as_ref()));
            let mut packing = packer.begin("app.log");
            for piece in log.chunks(70_001) {
                packing.write_all(piece).unwrap();
            }
            assert_eq!(packed(&packing.finish().unwrap()), packed(&whole), "{bytes}");
        }
    }

    #[test]
    fn the_bytes_are_the_same_without_a_thread_to_help() {
        let log = log(4 * BLOCK);
        let mut alone = Packer::in_memory();
        alone.helpers = Some(Helpers::default());
        let together = Packer::in_memory().pack("app.log", [&log]).unwrap();
        assert_eq!(packed(&alone.pack("app.log", [&log]).unwrap()), packed(&together));
    }

    #[test]
    fn a_file_that_is_given_up_leaves_nothing_in_the_next() {
        let log = log(4 * BLOCK);
        let mut packer = Packer::in_memory();
        let mut given_up = packer.begin("app.log");
        given_up.write_all(&log[9..]).unwrap();
        drop(given_up);
        assert_eq!(unpacked(&packer.pack("app.log", [&log]).unwrap()), log);
    }

    #[test]
    fn a_large_file_that_is_given_up_leaves_its_place_on_disk_to_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let mut packer = Packer::new(Some(dir.path().join("spool")));
        let large = noise(6 << 20);
        let first = packer.pack("app.log", [&large]).unwrap();
        let mut given_up = packer.begin("app.log");
        given_up.write_all(&large).unwrap();
        drop(given_up);
        let next = packer.pack("app.log", [&large]).unwrap();
        let Place::Disk { at, .. } = next.place else {
            panic!("so much is not kept in memory");
        };
        assert_eq!(at, first.packed_bytes());
        assert!(unpacked(&first) == large && unpacked(&next) == large);
    }

    #[test]
    fn what_is_large_lies_on_disk_without_a_name_and_stays_readable() {
        let dir = tempfile::tempdir().unwrap();
        let spool = dir.path().join("spool");
        let mut packer = Packer::new(Some(spool.clone()));
        let (small, large) = (log(1000), noise(6 << 20));
        let contents = [&small, &large, &small, &large].map(|log| packer.pack("app.log", [log]).unwrap());
        let is_on_disk = contents
            .each_ref()
            .map(|content| matches!(content.place, Place::Disk { .. }));
        assert_eq!(is_on_disk, [false, true, false, true]);
        let names = || fs::read_dir(spool.join("tmp")).unwrap().count();
        if cfg!(unix) {
            assert_eq!(names(), 0);
        }
        drop(packer);
        for (content, log) in contents.iter().zip([&small, &large, &small, &large]) {
            assert!(unpacked(content) == *log);
        }
        drop(contents);
        assert_eq!(names(), 0, "Windows keeps the name of an open file");
    }

    #[test]
    fn where_no_disk_takes_it_a_large_file_stays_in_memory() {
        let dir = tempfile::tempdir().unwrap();
        let spool = dir.path().join("spool");
        fs::write(&spool, "no folder").unwrap();
        let large = noise(6 << 20);
        let content = Packer::new(Some(spool)).pack("app.log", [&large]).unwrap();
        assert!(unpacked(&content) == large);
    }
}
