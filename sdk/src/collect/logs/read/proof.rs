//! Whether what was read of a log is still of the file that is there.

use std::io;

use super::log::Log;

/// So much of the last piece is read again with the next one, to know whether the file was rewritten meanwhile.
const PROOF: usize = 4 << 10;

/// What tells one generation of a file from the next: a log that was cut to nothing and written anew has other bytes in
/// the same places.
pub(super) struct Proof {
    pub(super) total: u64,
    pub(super) start: Vec<u8>,
    /// The end of what has been taken, and where it stands, since each generation may begin alike: where it is still
    /// there once the next piece has been read, the two fit together.
    pub(super) seam: (u64, Vec<u8>),
}

impl Proof {
    /// Puts the seam at the end of a piece.
    pub(super) fn sew(&mut self, at: u64, piece: &[u8]) {
        let before = piece.len().saturating_sub(PROOF);
        self.seam = (at + before as u64, piece[before..].to_vec());
    }

    pub(super) fn holds(&self, file: &mut Log) -> io::Result<bool> {
        let Log::Plain(plain, _) = file else {
            return Ok(true); // what was compressed is written once
        };
        if plain.metadata()?.len() < self.total {
            return Ok(false);
        }
        let (at, seam) = &self.seam;
        Ok(file.read_at(0, self.start.len() as u64)? == self.start
            && file.read_at(*at, seam.len() as u64)? == *seam)
    }
}
