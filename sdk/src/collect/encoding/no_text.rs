//! What shows that bytes are no text. Pure.

use std::str;

/// What gzip, zstd, xz, bzip2 and zip start with.
const COMPRESSED: [&[u8]; 5] = [
    b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd",
    b"\xfd7zXZ\0",
    b"BZh",
    b"PK\x03\x04",
];

/// What starts with so many letters that its start could be taken for a text: documents, archives, fonts, data bases,
/// dumps, sound.
const MARKED: [&[u8]; 14] = [
    b"%PDF-",
    b"\x89PNG\r\n",
    b"GIF8",
    b"RIFF",
    b"OggS",
    b"fLaC",
    b"ID3",
    b"Rar!",
    b"7z\xbc\xaf",
    b"wOF",
    b"SQLite format 3\0",
    b"MDMP",
    b"\x7fELF",
    b"MZ\x90\0",
];

/// What every entry of a tar archive has at this place.
const TAR: (usize, &[u8]) = (257, b"ustar");

/// Whether it is compressed, by its first bytes.
pub(super) fn is_compressed(start: &[u8]) -> bool {
    COMPRESSED.iter().any(|magic| start.starts_with(magic))
}

/// Whether it is a file of another kind by its first bytes.
pub(super) fn is_marked(start: &[u8]) -> bool {
    let (at, mark) = TAR;
    MARKED.iter().any(|mark| start.starts_with(mark))
        || start.get(at..).is_some_and(|start| start.starts_with(mark))
}

/// Whether there are more control characters than a text has. Some have them between their fields, a terminal's bell or
/// a zero where a string of C ended; of bytes that mean nothing as text, every tenth looks like one. A power cut leaves
/// long runs of zeros in a log, and one at its end: they do not count.
pub(super) fn has_many_controls(start: &[u8]) -> bool {
    // The last letter may be cut.
    let is_utf_8 = str::from_utf8(start).map_or_else(|wrong| wrong.error_len().is_none(), |_| true);
    let end = start
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |last| last + 1);
    let zeros = start[..end].split(|byte| *byte != 0).map(<[u8]>::len);
    let zeros: usize = zeros.filter(|run| *run < POWER_CUT).sum();
    let is_control = |byte: &&u8| **byte < b' ' && !b"\0\t\n\r\x0c\x1b".contains(byte);
    let controls = start.iter().filter(is_control).count() + zeros;
    controls > start.len() / if is_utf_8 { 6 } else { 16 }
}

/// The fewest zeros in a row that a power cut leaves.
const POWER_CUT: usize = 16;
