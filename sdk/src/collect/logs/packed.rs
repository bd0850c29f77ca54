//! A log that was compressed with gzip.

use std::io::{self, BufRead as _, BufReader, Read, Seek, SeekFrom};

use flate2::bufread::GzDecoder;

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
    /// The member that is being unpacked; `None` behind the last.
    text: Option<Member>,
    step: Vec<u8>,
    /// Where the step stands in the text.
    at: u64,
    most: u64,
    /// Why it has no more, where that was found on the way to its end.
    pub(super) cut_off: Option<GapReason>,
}

/// A file may be several, as `gzip >>` makes it.
type Member = GzDecoder<BufReader<Watched>>;

/// The most that is unpacked of one file, 1 GiB: more is a bomb, or takes too long.
const MOST: u64 = 1 << 30;
const STEP: usize = 64 << 10;
/// Behind so many zeros nothing is looked for.
const MOST_ZEROS: usize = 4 << 20;

impl Packed {
    pub(super) fn new(file: Watched) -> io::Result<Self> {
        Self::at_most(MOST, file)
    }

    pub(super) fn at_most(most: u64, mut file: Watched) -> io::Result<Self> {
        Ok(Self {
            bytes: Some(told_size(&mut file)?.min(most)),
            text: Some(from_start(&mut file)?),
            file,
            step: Vec::new(),
            at: 0,
            most,
            cut_off: None,
        })
    }

    fn begin_again(&mut self) -> io::Result<()> {
        self.text = Some(from_start(&mut self.file)?);
        self.step.clear();
        self.at = 0;
        Ok(())
    }

    /// Unpacks the next step. Answers whether there is one.
    fn advance(&mut self) -> io::Result<bool> {
        self.at += self.step.len() as u64;
        self.step.resize(STEP, 0);
        let mut read = match self.unpack() {
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

    /// Fills the step from this member or the next.
    fn unpack(&mut self) -> io::Result<usize> {
        while let Some(member) = &mut self.text {
            let read = member.read(&mut self.step)?;
            if read > 0 {
                return Ok(read);
            }
            let rest = self.text.take().map(GzDecoder::into_inner);
            self.text = rest.map(next_member).transpose()?.flatten();
        }
        Ok(0)
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

fn from_start(file: &mut Watched) -> io::Result<Member> {
    file.rewind()?;
    Ok(GzDecoder::new(BufReader::with_capacity(STEP, file.try_clone()?)))
}

/// What follows a member. Zeros, with which a disk or a tape fills a file up, are nothing.
fn next_member(mut rest: BufReader<Watched>) -> io::Result<Option<Member>> {
    let mut passed = 0;
    while passed < MOST_ZEROS {
        let bytes = rest.fill_buf()?;
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        let is_end = bytes.is_empty();
        let is_member = zeros < bytes.len();
        rest.consume(zeros);
        if is_end || is_member {
            return Ok(is_member.then(|| GzDecoder::new(rest)));
        }
        passed += zeros;
    }
    Ok(None)
}
