//! Compresses the blocks of one deflate stream (RFC 1951), two at a time.
//!
//! Each block begins with the end of the one before as its dictionary and ends on a byte, as pigz does it. So what
//! comes out is one plain stream, the same whichever thread makes a block.

use std::io;
use std::thread::available_parallelism;

use flate2::{Compress, Compression, FlushCompress};

use crate::handover::{Receiver, Sender, channel};
use crate::thread;

/// The content of a block. Small enough that a few of them are little memory, large enough that starting anew each
/// time costs neither size nor time that one would see.
pub(super) const BLOCK: usize = 512 << 10;
/// How far back deflate looks.
pub(super) const WINDOW: usize = 32 << 10;

/// One block, to compress and compressed. Its memory goes round: fresh memory for each costs more than its checksum.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The end of the block before it, then its content.
    pub(super) bytes: Vec<u8>,
    /// How many of these are of the block before it.
    dictionary: usize,
    level: u32,
    /// Whether it ends the stream.
    pub(super) is_last: bool,
    /// Its content, compressed.
    pub(super) packed: Vec<u8>,
    /// Of its content.
    pub(super) crc32: crc32fast::Hasher,
}

impl Block {
    /// The first block of a stream, still without content, in the memory of one that is done with.
    pub(super) fn first(level: u32, spent: Self) -> Self {
        let Self {
            mut bytes, packed, ..
        } = spent;
        bytes.clear();
        Self {
            bytes,
            level,
            packed,
            ..Self::default()
        }
    }

    /// The block that follows, likewise.
    pub(super) fn next(&self, spent: Self) -> Self {
        let mut next = Self::first(self.level, spent);
        next.bytes.reserve_exact(WINDOW + BLOCK);
        next.bytes
            .extend_from_slice(&self.bytes[self.bytes.len().saturating_sub(WINDOW)..]);
        next.dictionary = next.bytes.len();
        next
    }

    pub(super) fn content(&self) -> &[u8] {
        self.bytes.get(self.dictionary..).unwrap_or_default()
    }
}

/// A compressor that is used again for each block: making one costs more than a small file.
#[derive(Debug)]
pub(super) struct Deflater {
    compress: Compress,
    level: u32,
}

impl Deflater {
    pub(super) fn new(level: u32) -> Self {
        Self {
            compress: Compress::new(Compression::new(level), false),
            level,
        }
    }

    pub(super) fn pack(&mut self, block: &mut Block) -> io::Result<()> {
        if self.level != block.level {
            *self = Self::new(block.level);
        }
        self.compress.reset();
        let (dictionary, content) = block.bytes.split_at(block.dictionary);
        if block.dictionary > 0 && block.level > 0 {
            self.compress.set_dictionary(dictionary)?;
        }
        let flush = if block.is_last {
            FlushCompress::Finish
        } else {
            FlushCompress::Sync
        };
        // Room for all of it, also where it does not get smaller: what comes out where there was too little and deflate had to
        // go on later is not the same.
        block.packed.clear();
        block.packed.reserve(content.len() + content.len() / 512 + 64);
        self.compress.compress_vec(content, &mut block.packed, flush)?;
        if self.compress.total_in() < content.len() as u64 || block.packed.len() == block.packed.capacity() {
            return Err(io::Error::other("a block has not gone into its room"));
        }
        block.crc32.update(content);
        Ok(())
    }
}

/// Threads named "feedback-zip", at most [`MOST_HELPERS`], that end when this is dropped. Blocks come back in the order
/// in which they were given.
#[derive(Debug, Default)]
pub(super) struct Helpers {
    threads: Vec<Helper>,
    given: usize,
    taken: usize,
}

#[derive(Debug)]
struct Helper {
    blocks: Sender<Block>,
    packed: Receiver<io::Result<Block>>,
}

/// More would not surprise a processor, but the app beside us.
const MOST_HELPERS: usize = 2;
/// So many blocks may wait or be done per thread, so that memory stays flat.
const AHEAD: usize = 2;

impl Helpers {
    /// As many as the processor has cores; none where it has only one, or the system gives no thread.
    pub(super) fn start(level: u32) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        let most = if cores > 1 { cores.min(MOST_HELPERS) } else { 0 };
        Self {
            threads: (0..most).map_while(|_| Helper::start(level)).collect(),
            ..Self::default()
        }
    }

    /// Gives a block away. Hands it back where there is nobody to take it.
    pub(super) fn give(&mut self, block: Block) -> Result<(), Block> {
        let Some(helper) = self.threads.get(self.given % self.threads.len().max(1)) else {
            return Err(block);
        };
        helper.blocks.send(block)?;
        self.given += 1;
        Ok(())
    }

    /// The next block, waited for where `all` are wanted or too many are on their way. `None` where none has to come.
    pub(super) fn take(&mut self, all: bool) -> Option<io::Result<Block>> {
        let on_their_way = self.given - self.taken;
        if on_their_way == 0 || !all && on_their_way < AHEAD * self.threads.len() {
            return None;
        }
        let helper = &self.threads[self.taken % self.threads.len()];
        self.taken += 1;
        let broken = || Err(io::Error::other("a thread that compresses has ended"));
        Some(helper.packed.recv().unwrap_or_else(broken))
    }
}

impl Helper {
    fn start(level: u32) -> Option<Self> {
        let (blocks, to_do) = channel::<Block>(AHEAD);
        let (done, packed) = channel(AHEAD);
        let work = move || {
            let mut deflater = Deflater::new(level);
            while let Some(mut block) = to_do.recv() {
                if done.send(deflater.pack(&mut block).map(|()| block)).is_err() {
                    break;
                }
            }
        };
        thread::start("feedback-zip", work).ok()?;
        Some(Self { blocks, packed })
    }
}
