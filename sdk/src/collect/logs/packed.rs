//! A log that was compressed with gzip.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;

use crate::collect::pulse::Watched;

/// A gzip file that is read forwards, and from its start again where that is not enough. One that is cut short or damaged
/// has what could be had: the same each time, since it is unpacked by the same steps.
#[derive(Debug)]
pub(super) struct Packed {
    file: Watched,
    /// How much text it has by its own words, which hold for a usual file; asked for again, it is counted.
    told: Option<u64>,
    text: MultiGzDecoder<Watched>,
    step: Vec<u8>,
    /// Where the step stands in the text.
    at: u64,
    /// Whether it was found, on the way to its end, to be cut short or damaged.
    pub(super) is_damaged: bool,
}

impl Packed {
    /// The most that is unpacked of one file, 1 GiB: more is a bomb, or takes too long.
    const MOST: u64 = 1 << 30;
    const STEP: usize = 64 << 10;

    pub(super) fn new(mut file: Watched) -> io::Result<Self> {
        Ok(Self {
            told: Some(told_size(&mut file)?).filter(|told| *told <= Self::MOST),
            text: from_start(&mut file)?,
            file,
            step: Vec::new(),
            at: 0,
            is_damaged: false,
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
        self.step.resize(Self::STEP, 0);
        let read = match self.text.read(&mut self.step) {
            Err(error) if self.at == 0 => return Err(error),
            Err(_) => {
                self.is_damaged = true;
                0
            }
            Ok(read) => read,
        };
        self.step.truncate(read);
        Ok(read > 0)
    }

    pub(super) fn bytes(&mut self) -> io::Result<u64> {
        if let Some(told) = self.told.take() {
            return Ok(told);
        }
        self.begin_again()?;
        while self.advance()? {
            if self.at >= Self::MOST {
                return Err(io::Error::other("it has more than 1 GB when it is unpacked"));
            }
        }
        Ok(self.at)
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
