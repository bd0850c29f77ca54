//! A log that was compressed with gzip.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;

use crate::collect::pulse::Watched;
use crate::report::GapReason;

/// A gzip file that is read forwards, and from its start again where that is not enough. One that is cut short or damaged
/// has what could be had: the same each time, since it is unpacked by the same steps.
#[derive(Debug)]
pub(super) struct Packed {
    file: Watched,
    /// How much text it has: by its own words, which hold for a usual file, or as it was found to end. Neither where it has
    /// more than it said.
    bytes: Option<u64>,
    text: MultiGzDecoder<Watched>,
    step: Vec<u8>,
    /// Where the step stands in the text.
    at: u64,
    most: u64,
    /// Why it has no more, where that was found on the way to its end.
    pub(super) cut_off: Option<GapReason>,
}

/// The most that is unpacked of one file, 1 GiB: more is a bomb, or takes too long.
const MOST: u64 = 1 << 30;
const STEP: usize = 64 << 10;

impl Packed {
    pub(super) fn new(file: Watched) -> io::Result<Self> {
        Self::at_most(MOST, file)
    }

    pub(super) fn at_most(most: u64, mut file: Watched) -> io::Result<Self> {
        Ok(Self {
            bytes: Some(told_size(&mut file)?.min(most)),
            text: from_start(&mut file)?,
            file,
            step: Vec::new(),
            at: 0,
            most,
            cut_off: None,
        })
    }

    fn begin_again(&mut self) -> io::Result<()> {
        self.text = from_start(&mut self.file)?;
        self.step.clear();
        self.at = 0;
        Ok(())
    }

    /// Unpacks the next step. Answers whether there is one.
    fn advance(&mut self) -> io::Result<bool> {
        self.at += self.step.len() as u64;
        self.step.resize(STEP, 0);
        let mut read = match self.text.read(&mut self.step) {
            Err(error) if self.at == 0 => return Err(error),
            Err(_) => {
                self.cut_off = Some(GapReason::Damaged);
                0
            }
            Ok(read) => read,
        };
        let room = usize::try_from(self.most - self.at).unwrap_or(usize::MAX);
        if read > room {
            self.cut_off = Some(GapReason::TooMuchPacked);
            read = room;
        }
        self.step.truncate(read);
        if read == 0 {
            self.bytes = Some(self.at);
        }
        Ok(read > 0)
    }

    /// How much text it has, as far as that is known. Where more or less is found, it is asked for again.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.unwrap_or(self.most)
    }

    /// Whether it ends where its text is `bytes` long.
    pub(super) fn ends_at(&mut self, bytes: u64) -> io::Result<bool> {
        let ends = self.read_at(bytes, 1)?.is_empty();
        if !ends {
            self.bytes = None;
        }
        Ok(ends)
    }

    pub(super) fn read_at(&mut self, at: u64, bytes: u64) -> io::Result<Vec<u8>> {
        if at < self.at {
            self.begin_again()?;
        }
        let wanted = usize::try_from(bytes).unwrap_or(usize::MAX);
        let mut piece = Vec::new();
        while piece.len() < wanted {
            let here = usize::try_from(at + piece.len() as u64 - self.at).unwrap_or(usize::MAX);
            let rest = self.step.get(here..).unwrap_or_default();
            piece.extend_from_slice(&rest[..rest.len().min(wanted - piece.len())]);
            if piece.len() < wanted && !self.advance()? {
                break;
            }
        }
        Ok(piece)
    }
}

/// What the last four bytes say (RFC 1952, ISIZE): the size of the last member, modulo 4 GiB. Nearly always that is all.
fn told_size(file: &mut Watched) -> io::Result<u64> {
    let mut told = [0; 4];
    file.seek(SeekFrom::End(-4))?;
    file.read_exact(&mut told)?;
    Ok(u32::from_le_bytes(told).into())
}

fn from_start(file: &mut Watched) -> io::Result<MultiGzDecoder<Watched>> {
    file.rewind()?;
    Ok(MultiGzDecoder::new(file.try_clone()?))
}
