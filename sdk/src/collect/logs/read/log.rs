//! An open log, plain or packed, in which any place can be read.

use std::io::{self, Read as _};
use std::path::Path;

use crate::collect::logs::packed::Packed;
use crate::collect::logs::zeros::Texts;
use crate::collect::pulse::{Pulse, Watched};
use crate::report::GapReason;

/// An open log file.
#[derive(Debug)]
pub(super) enum Log {
    Plain(Watched, Texts),
    Packed(Box<Packed>),
}

impl Log {
    pub(super) fn open(path: &Path, pulse: &Pulse) -> io::Result<Self> {
        let mut file = Watched::open_real(path, pulse)?;
        let mut magic = [0; 2];
        if file.read(&mut magic)? == 2 && magic == *b"\x1f\x8b" {
            return Ok(Self::Packed(Box::new(Packed::new(file)?)));
        }
        Ok(Self::Plain(file, Texts::default()))
    }

    /// Why it was found, on the way to its end, to have no more.
    pub(super) fn cut_off(&self) -> Option<GapReason> {
        match self {
            Self::Plain(..) => None,
            Self::Packed(packed) => packed.cut_off.clone(),
        }
    }

    /// How many bytes it has, unpacked and without long zeros, of which so many at its end are wanted.
    pub(super) fn measure(&mut self, wanted: u64) -> io::Result<u64> {
        match self {
            Self::Plain(file, texts) => {
                let bytes = file.metadata()?.len();
                *texts = Texts::find(file, bytes, wanted)?;
                Ok(texts.bytes())
            }
            Self::Packed(packed) => Ok(packed.bytes()),
        }
    }

    /// Whether no text stands behind so many bytes. What was added to a log meanwhile is of the next report.
    pub(super) fn ends_at(&mut self, bytes: u64) -> io::Result<bool> {
        match self {
            Self::Plain(..) => Ok(true),
            Self::Packed(packed) => packed.ends_at(bytes),
        }
    }

    /// Fewer bytes where it ends.
    pub(super) fn read_at(&mut self, at: u64, bytes: u64) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain(file, texts) => texts.read_at(file, at, bytes),
            Self::Packed(packed) => packed.read_at(at, bytes),
        }
    }
}
