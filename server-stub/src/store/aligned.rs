//! Bytes in memory that begin where a block of the disk may begin, so that the disk can take them from there (`direct.rs`).

use std::ops::{Deref, DerefMut};

/// What the blocks of disks have, or a multiple of it.
pub(super) const BLOCK: usize = 4096;

/// Bytes that begin at the boundary of a block.
#[derive(Debug, Default)]
pub(super) struct Aligned {
    /// Before the bytes stand a few zeros up to the boundary.
    memory: Vec<u8>,
    start: usize,
}

impl Aligned {
    /// None yet; so many will not have to be moved, nor the zeros that fill up their last block.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        let mut memory: Vec<u8> = Vec::with_capacity(bytes.next_multiple_of(BLOCK) + BLOCK);
        let start = memory.as_ptr().align_offset(BLOCK).min(BLOCK);
        memory.resize(start, 0);
        Self { memory, start }
    }

    pub(super) fn extend(&mut self, bytes: &[u8]) {
        if bytes.len() > self.memory.capacity() - self.memory.len() {
            let mut larger = Self::with_capacity((self.len() + bytes.len()).max(2 * self.len()));
            larger.memory.extend_from_slice(self);
            *self = larger;
        }
        self.memory.extend_from_slice(bytes);
    }

    /// Adds zeros up to the end of the last block.
    pub(super) fn fill_up(&mut self) {
        let zeros = self.len().next_multiple_of(BLOCK) - self.len();
        self.extend(&[0; BLOCK][..zeros]);
    }

    /// Takes bytes away at the start.
    pub(super) fn remove_first(&mut self, bytes: usize) {
        self.memory.drain(self.start..self.start + bytes);
    }
}

impl Deref for Aligned {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.memory[self.start..]
    }
}

impl DerefMut for Aligned {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.memory[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_begins_at_a_boundary_whatever_is_added_and_taken() {
        for capacity in [0, 1, BLOCK, 10_000] {
            let (mut bytes, mut peer) = (Aligned::with_capacity(capacity), Vec::new());
            for piece in [&[1; 100][..], &[2; BLOCK], &[], &[3; 3 * BLOCK - 100], &[4; 7]] {
                bytes.extend(piece);
                peer.extend_from_slice(piece);
                let first = peer.len() / 3;
                bytes.remove_first(first);
                peer.drain(..first);
                assert_eq!(*bytes, *peer);
                assert_eq!(bytes.as_ptr().align_offset(BLOCK), 0);
            }
            bytes.fill_up();
            peer.resize(peer.len().next_multiple_of(BLOCK), 0);
            assert_eq!(*bytes, *peer);
            assert_eq!(bytes.as_ptr().align_offset(BLOCK), 0);
        }
    }

    #[test]
    fn what_was_said_to_come_is_not_moved() {
        let mut bytes = Aligned::with_capacity(BLOCK + 1);
        let start = bytes.as_ptr();
        bytes.extend(&[1; BLOCK]);
        bytes.extend(&[1]);
        bytes.fill_up();
        assert_eq!((bytes.as_ptr(), bytes.len()), (start, 2 * BLOCK));
    }
}
