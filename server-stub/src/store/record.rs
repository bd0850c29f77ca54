//! The lines of a segment. The first says where the log ended before it: what lies between there and here was given up.
//! One stands before each bundle, with all that the report's row says, so that the row can be made again; the
//! manifest is in the bundle.
//!
//! ```text
//! FBR2 after 3 67108901 5a6b7c8d
//! FBR2 1042 0190f5fe-… 2026-11-22T10:15:00.123Z <SHA-256> 51234 here 1f2e3d4c
//! ```
//!
//! The last word is the CRC-32 of all before it: a line that a power cut left half written is none. More space before it
//! makes each line 256 bytes long, so that a bundle has its place before its number is known; behind the bundle stand zeros
//! up to the end of the block. Logs of before have neither.

use std::io::{self, Read, Seek, SeekFrom};
use std::str;

use jiff::Timestamp;
use uuid::Uuid;

use super::Number;
use super::aligned::{Aligned, BLOCK};

const MAGIC: &str = "FBR2 ";
const AFTER: &str = "FBR2 after ";

/// How long each line is; more than any needs.
pub(super) const LINE_BYTES: usize = 256;

/// A record without a line and a bundle: room for a line, and for so many bytes of a bundle.
pub(super) fn room(bundle_bytes: usize) -> Aligned {
    let mut record = Aligned::with_capacity(LINE_BYTES + bundle_bytes);
    record.extend(&[0; LINE_BYTES]);
    record
}

/// What the first segments had: "FBR1", the id and the length, 16 and 8 bytes. Such a record can be read, not made a
/// row of.
const OLD_MAGIC: &[u8] = b"FBR1";
const OLD_BYTES: usize = 28;

/// A place in the log: where a record begins, or the last one ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(super) segment: u32,
    pub(super) at: u64,
}

/// The line of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) number: Number,
    pub(super) id: Uuid,
    pub(super) received_at: Timestamp,
    /// Of the bundle, in hex.
    pub(super) sha256: String,
    /// Of the bundle.
    pub(super) bytes: u64,
    /// Whether the bundle follows; otherwise it is a file of its own.
    pub(super) is_here: bool,
}

impl Head {
    pub(super) fn line(&self) -> Vec<u8> {
        let place = if self.is_here { "here" } else { "file" };
        let (number, id, at) = (self.number.0, self.id, self.received_at);
        seal(&format!(
            "{MAGIC}{number} {id} {at} {} {} {place} ",
            self.sha256, self.bytes
        ))
    }

    /// Reads the line at the start of `bytes`, and its length.
    fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        let (said, length) = unseal(bytes)?;
        let mut words = said.strip_prefix(MAGIC)?.split_whitespace();
        let head = Self {
            number: Number(words.next()?.parse().ok()?),
            id: words.next()?.parse().ok()?,
            received_at: words.next()?.parse().ok()?,
            sha256: words.next()?.to_owned(),
            bytes: words.next()?.parse().ok()?,
            is_here: match words.next()? {
                "here" => true,
                "file" => false,
                _ => return None,
            },
        };
        words.next().is_none().then_some((head, length))
    }

    /// Reads the line that begins at `start`, and where it ends; `None` when there is none.
    pub(super) fn read(segment: &mut (impl Read + Seek), start: u64) -> io::Result<Option<(Self, u64)>> {
        let bytes = first_bytes(segment, start)?;
        Ok(Self::parse(&bytes).map(|(head, length)| (head, start + length as u64)))
    }
}

/// The first block of a segment that follows `end`.
pub(super) fn opening(end: Position) -> Aligned {
    let mut block = Aligned::with_capacity(BLOCK);
    block.extend(&seal(&format!("{AFTER}{} {} ", end.segment, end.at)));
    block.fill_up();
    block
}

/// Reads the first line of a segment: where the log ended before it, and the length of the line.
pub(super) fn read_opening(segment: &mut (impl Read + Seek)) -> io::Result<Option<(Position, u64)>> {
    let bytes = first_bytes(segment, 0)?;
    let read = || {
        let (said, length) = unseal(&bytes)?;
        let (segment, at) = said.strip_prefix(AFTER)?.trim_end().split_once(' ')?;
        let end = Position {
            segment: segment.parse().ok()?,
            at: at.parse().ok()?,
        };
        Some((end, length as u64))
    };
    Ok(read())
}

/// Makes a line of it.
fn seal(said: &str) -> Vec<u8> {
    let said = format!("{said:<0$}", LINE_BYTES - "12345678\n".len());
    format!("{said}{:08x}\n", crc32fast::hash(said.as_bytes())).into_bytes()
}

/// What the line at the start of `bytes` says, and its length.
fn unseal(bytes: &[u8]) -> Option<(&str, usize)> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let line = str::from_utf8(&bytes[..end]).ok()?;
    let (said, crc) = line.split_at_checked(line.rfind(' ')? + 1)?;
    (u32::from_str_radix(crc, 16).ok()? == crc32fast::hash(said.as_bytes())).then_some((said, end + 1))
}

/// Where the bundle of this report begins in the record at `start`; an error when another record is there.
pub(super) fn bundle_start(
    segment: &mut (impl Read + Seek),
    start: u64,
    id: Uuid,
    bytes: u64,
) -> io::Result<u64> {
    let found = first_bytes(segment, start)?;
    let length = match Head::parse(&found) {
        Some((head, length)) if head.id == id && head.bytes == bytes && head.is_here => Some(length),
        None if found.starts_with(&old_head(id, bytes)) => Some(OLD_BYTES),
        _ => None,
    };
    let other = || {
        let message = "the segment holds something else where the report's bundle should be";
        io::Error::new(io::ErrorKind::InvalidData, message)
    };
    length.map(|length| start + length as u64).ok_or_else(other)
}

/// Where the next record may begin behind what ends at `end`: zeros up to the end of the block are passed over.
pub(super) fn after_zeros(segment: &mut (impl Read + Seek), end: u64) -> io::Result<u64> {
    let block = BLOCK as u64;
    let mut bytes = Vec::with_capacity(BLOCK);
    segment.seek(SeekFrom::Start(end))?;
    segment
        .take((block - end % block) % block)
        .read_to_end(&mut bytes)?;
    let are_zeros = bytes.iter().all(|byte| *byte == 0);
    Ok(if are_zeros { end + bytes.len() as u64 } else { end })
}

fn first_bytes(segment: &mut (impl Read + Seek), start: u64) -> io::Result<Vec<u8>> {
    segment.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::with_capacity(LINE_BYTES);
    segment.take(LINE_BYTES as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn old_head(id: Uuid, bytes: u64) -> Vec<u8> {
    [OLD_MAGIC, id.as_bytes(), &bytes.to_le_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn head() -> Head {
        Head {
            number: Number(i64::MIN),
            id: Uuid::from_u128(7),
            received_at: Timestamp::MIN
                .checked_add(jiff::SignedDuration::from_nanos(1))
                .unwrap(),
            sha256: "ab".repeat(32),
            bytes: u64::MAX,
            is_here: true,
        }
    }

    #[test]
    fn a_line_says_what_it_was_given_and_the_longest_fits() {
        for head in [
            head(),
            Head {
                is_here: false,
                ..head()
            },
        ] {
            let line = head.line();
            assert_eq!(line.len(), LINE_BYTES);
            let mut segment = Cursor::new([&b"before"[..], &line, b"the bundle"].concat());
            let found = Head::read(&mut segment, 6).unwrap();
            assert_eq!(found, Some((head, 6 + line.len() as u64)));
        }
    }

    #[test]
    fn a_line_with_one_wrong_byte_is_none() {
        let line = head().line();
        for at in 0..line.len() {
            for wrong in [0, line[at] ^ 1, b' '] {
                let mut line = line.clone();
                if line[at] == wrong {
                    continue;
                }
                line[at] = wrong;
                let found = Head::read(&mut Cursor::new(&line), 0).unwrap();
                assert_eq!(found, None, "{}", String::from_utf8_lossy(&line));
            }
            assert_eq!(Head::read(&mut Cursor::new(&line[..at]), 0).unwrap(), None);
        }
    }

    #[test]
    fn the_first_line_is_no_record_and_no_record_the_first_line() {
        let end = Position {
            segment: 3,
            at: u64::MAX,
        };
        let line = opening(end);
        let (line, zeros) = line.split_at(LINE_BYTES);
        assert_eq!(*zeros, [0; BLOCK - LINE_BYTES]);
        let read = |line: &[u8]| read_opening(&mut Cursor::new(line)).unwrap();
        assert_eq!(read(line), Some((end, LINE_BYTES as u64)));
        assert_eq!(Head::read(&mut Cursor::new(line), 0).unwrap(), None);
        assert_eq!(read(&head().line()), None);
        assert_eq!(read(&line[1..]), None);
    }

    #[test]
    fn a_bundle_is_found_behind_its_own_head_only() {
        let (id, other) = (head().id, Uuid::from_u128(8));
        let old = [&old_head(id, 3)[..], b"abc"].concat();
        let start = |bytes: &[u8], id, length| bundle_start(&mut Cursor::new(bytes), 0, id, length).ok();
        assert_eq!(start(&old, id, 3), Some(28));
        assert_eq!((start(&old, other, 3), start(&old, id, 4)), (None, None));
        let line = head().line();
        assert_eq!(start(&line, id, u64::MAX), Some(line.len() as u64));
        assert_eq!((start(&line, other, u64::MAX), start(&line, id, 3)), (None, None));
    }
}
