//! What a log's bytes are: text in one of three encodings, or nothing that could be masked. A log that two programs have
//! appended to may have two of them, as where PowerShell adds UTF-16 to a file of plain text.

use std::io;
use std::str;

/// How a log writes its letters, told from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::collect) enum Encoding {
    /// UTF-8, or what is near to it, such as a code page of Windows: other bytes become the letters of Latin-1 that have
    /// their numbers, so they can be had back.
    Utf8,
    Utf16Le,
    Utf16Be,
}

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

impl Encoding {
    /// How much of a file's start tells what it is.
    pub(super) const START: u64 = 8 << 10;

    /// The encoding of a file that starts so; an error where it is no text.
    pub(super) fn of(start: &[u8]) -> io::Result<Self> {
        let refused = |why| Err(io::Error::new(io::ErrorKind::InvalidData, why));
        if let Some((_, encoding)) = MARKS.iter().find(|(mark, _)| start.starts_with(mark)) {
            Ok(*encoding)
        } else if COMPRESSED.iter().any(|magic| start.starts_with(magic)) {
            refused("is compressed")
        } else if is_marked(start) {
            refused("is not a text file")
        } else if is_utf_16(start, |[letter, zero]| (letter, zero)) {
            Ok(Self::Utf16Le)
        } else if is_utf_16(start, |[zero, letter]| (letter, zero)) {
            Ok(Self::Utf16Be)
        } else if has_many_controls(start) && !is_mixed(start) {
            refused("is not a text file")
        } else {
            Ok(Self::Utf8)
        }
    }

    /// Whether a text in UTF-8 goes on in UTF-16 somewhere in these bytes.
    pub(super) fn changes_in(bytes: &[u8]) -> bool {
        end_of_utf_8(bytes, false).1.is_some()
    }

    /// The line end; its length is that of one code unit.
    pub(super) fn newline(self) -> &'static [u8] {
        match self {
            Self::Utf8 => b"\n",
            Self::Utf16Le => b"\n\0",
            Self::Utf16Be => b"\0\n",
        }
    }

    /// Moves what `bytes` say to the end of `text`: all but what cannot be told without what follows them, or all where
    /// they are all. Any bytes become some text. Becomes the encoding that they end in, and answers how many of them are not
    /// UTF-8 where they should be, but for a letter that is cut off at their end.
    pub(in crate::collect) fn decode(
        &mut self,
        bytes: &mut Vec<u8>,
        are_all: bool,
        text: &mut String,
    ) -> usize {
        let (mut done, mut foreign) = (0, 0);
        loop {
            let rest = bytes.get(done..).unwrap_or_default();
            let (end, next) = match self {
                Self::Utf8 => end_of_utf_8(rest, are_all),
                Self::Utf16Le | Self::Utf16Be => end_of_utf_16(rest, are_all),
            };
            let section = rest.get(..end).unwrap_or_default();
            let is_whole = are_all || next.is_some();
            let decoded = match self {
                Self::Utf8 => utf_8(section, is_whole, text, &mut foreign),
                Self::Utf16Le => utf_16(section, u16::from_le_bytes, is_whole, text),
                Self::Utf16Be => utf_16(section, u16::from_be_bytes, is_whole, text),
            };
            let Some(next) = next else {
                bytes.drain(..if are_all { bytes.len() } else { done + decoded });
                return foreign;
            };
            (*self, done) = (next, done + end);
        }
    }
}

/// What a text in UTF-16 mostly starts with.
const MARKS: [([u8; 2], Encoding); 2] = [
    (*b"\xff\xfe", Encoding::Utf16Le),
    (*b"\xfe\xff", Encoding::Utf16Be),
];

/// How many letters of UTF-16 in a row, none of which is more than ASCII, show that a text goes on in it.
const LETTERS: usize = 4;

/// How far `bytes` are surely UTF-8, and what follows where something does.
fn end_of_utf_8(bytes: &[u8], are_all: bool) -> (usize, Option<Encoding>) {
    let mut from = 0;
    let behind = |at: usize| bytes.get(at..).unwrap_or_default();
    while let Some(at) = behind(from)
        .iter()
        .position(|byte| matches!(byte, 0 | 0xfe | 0xff))
    {
        let at = from + at;
        let start = at.saturating_sub(1);
        let marked = MARKS.iter().find(|(mark, _)| behind(at).starts_with(mark));
        if let Some((_, encoding)) = marked
            && bytes.get(start) == Some(&b'\n')
        {
            return (at, Some(*encoding));
        }
        // The zero is the second half of a letter.
        let are_letters = are_wide_letters(behind(start));
        if are_letters && behind(start).len() >= 2 * LETTERS {
            return (start, Some(Encoding::Utf16Le));
        }
        let goes_on = are_letters || behind(at).len() == 1;
        if goes_on && !are_all {
            return (start, None);
        }
        from = at + 1;
    }
    // The last one may be the first half of a letter.
    (bytes.len().saturating_sub(usize::from(!are_all)), None)
}

/// Whether letters of UTF-16 that are ASCII start here, as far as there are bytes.
fn are_wide_letters(bytes: &[u8]) -> bool {
    bytes.chunks(2).take(LETTERS).all(|pair| match pair {
        [letter, 0] | [letter] => is_letter(*letter),
        _ => false,
    })
}

/// How many bytes of plain text in a row show that a text goes on in it. Chinese of so many looks so once in a billion.
const PLAIN: usize = 32;
/// How many do where they end a line and UTF-16 follows them, or the end. In Chinese that takes a line end inside a letter.
const PLAIN_LINE: usize = 8;

/// How far `bytes` are surely UTF-16, and what follows where something does.
fn end_of_utf_16(bytes: &[u8], are_all: bool) -> (usize, Option<Encoding>) {
    let (pairs, _) = bytes.as_chunks::<2>();
    for (number, pair) in pairs.iter().enumerate() {
        if !pair.iter().all(|byte| is_letter(*byte)) {
            continue;
        }
        let at = 2 * number;
        let near = bytes.get(at..).unwrap_or_default();
        let near = near.get(..PLAIN).unwrap_or(near);
        if is_plain(near) && near.len() == PLAIN {
            return (at, Some(Encoding::Utf8));
        }
        if is_plain(near) && !are_all {
            return (at, None);
        }
        let Some(end) = plain_line(near) else {
            continue;
        };
        let behind = bytes.get(at + end..).unwrap_or_default();
        if MARKS.iter().any(|(mark, _)| behind.starts_with(mark)) || are_wide_letters(behind) {
            let is_known = are_all || behind.len() >= 2 * LETTERS;
            return (at, is_known.then_some(Encoding::Utf8));
        }
    }
    (bytes.len(), None)
}

/// How long the plain lines are that these bytes start with, before UTF-16 or the end. The last one may have none of its own.
fn plain_line(near: &[u8]) -> Option<usize> {
    let wide = near.iter().position(|byte| matches!(byte, 0 | 0xfe | 0xff));
    // A zero is the second half of a letter.
    let end = wide.map_or(near.len(), |at| at - usize::from(near.get(at) == Some(&0)));
    let lines = near.get(..end)?;
    let is_ended = lines.ends_with(b"\n") || wide.is_none() && end >= 2 * PLAIN_LINE;
    (end >= PLAIN_LINE && is_ended && is_plain(lines)).then_some(end)
}

/// Whether these are UTF-8 without controls; the last letter may be cut.
fn is_plain(bytes: &[u8]) -> bool {
    let is_utf_8 = str::from_utf8(bytes).map_or_else(|wrong| wrong.error_len().is_none(), |_| true);
    is_utf_8 && bytes.iter().all(|byte| *byte >= 0x80 || is_letter(*byte))
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte.is_ascii_whitespace() || byte == 0x1b
}

/// Whether plain text starts here that goes on in UTF-16 with its next line.
fn is_mixed(start: &[u8]) -> bool {
    let (end, next) = end_of_utf_8(start, true);
    let is_line = start
        .get(..end)
        .is_some_and(|plain| plain.ends_with(b"\n") && is_plain(plain));
    let mut text = String::new();
    Encoding::Utf8.decode(&mut start.to_vec(), true, &mut text);
    let ascii = text.chars().filter(char::is_ascii).count();
    next.is_some() && is_line && ascii * 2 > text.chars().count() && !has_many_controls(text.as_bytes())
}

fn utf_8(bytes: &[u8], are_all: bool, text: &mut String, foreign: &mut usize) -> usize {
    let mut done = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        done += chunk.valid().len();
        let wrong = chunk.invalid();
        let goes_on = |wrong| str::from_utf8(wrong).is_err_and(|error| error.error_len().is_none());
        let is_cut = done + wrong.len() == bytes.len() && goes_on(wrong);
        if is_cut && !are_all {
            break;
        }
        text.extend(wrong.iter().copied().map(char::from));
        *foreign += if is_cut { 0 } else { wrong.len() };
        done += wrong.len();
    }
    done
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16, are_all: bool, text: &mut String) -> usize {
    let (mut pairs, _) = bytes.as_chunks();
    if let [before @ .., last] = pairs
        && !are_all
        && matches!(unit(*last), 0xd800..0xdc00)
    {
        pairs = before; // the first half of a letter
    }
    let letters = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    text.extend(letters.map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)));
    pairs.len() * 2
}

fn is_marked(start: &[u8]) -> bool {
    let (at, mark) = TAR;
    MARKED.iter().any(|mark| start.starts_with(mark))
        || start.get(at..).is_some_and(|start| start.starts_with(mark))
}

/// Whether half of the pairs are an ASCII letter and a zero: UTF-16 of a text with Latin letters or numbers, without the
/// mark that mostly tells it.
fn is_utf_16(start: &[u8], in_order: fn([u8; 2]) -> (u8, u8)) -> bool {
    let (pairs, _) = start.as_chunks();
    let is_pair = |pair: &&[u8; 2]| matches!(in_order(**pair), (letter, 0) if is_letter(letter));
    pairs.len() > 1 && pairs.iter().filter(is_pair).count() * 2 >= pairs.len()
}

/// Whether there are more control characters than a text has. Some have them between their fields, a terminal's bell or
/// a zero where a string of C ended; of bytes that mean nothing as text, every tenth looks like one. A power cut leaves
/// long runs of zeros in a log, and one at its end: they do not count.
fn has_many_controls(start: &[u8]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::seeds::Dice;

    #[test]
    fn the_start_tells_what_a_file_is() {
        let long = [b"text\n".as_slice(), &[0; 4000], b"more\n"].concat();
        let end = [b"text\n".as_slice(), &[0; 3]].concat();
        let tar = [b"notes.txt".as_slice(), &[0; 248], b"ustar  \0anna"].concat();
        for (start, is) in [
            (b"".as_slice(), Ok(Encoding::Utf8)),
            (b"plain \xe4 text", Ok(Encoding::Utf8)),
            (b"\xff\xfea\0", Ok(Encoding::Utf16Le)),
            (b"\xfe\xff\0a", Ok(Encoding::Utf16Be)),
            (b"\x1f\x8b\x08text", Err("is compressed")),
            (b"a\0b\0", Ok(Encoding::Utf16Le)),
            (b"\0a\0b\0\r\0\n", Ok(Encoding::Utf16Be)),
            (b"8=FIX.4.4\x0135=A\x01password=x\x01", Ok(Encoding::Utf8)),
            (b"\x1b]0;anna@pc: ~\x07$ ls", Ok(Encoding::Utf8)),
            (b"a line\n\0\0\0\0\nanother line, and more\n", Ok(Encoding::Utf8)),
            (b"%PDF-1.7\nanna", Err("is not a text file")),
            (b"\x01\x02\x03a\0\0b\0", Err("is not a text file")),
            (b"gr\xfc\xdfe \x01", Err("is not a text file")),
            (&tar, Err("is not a text file")),
            (
                b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03",
                Err("is not a text file"),
            ),
            (&long, Ok(Encoding::Utf8)),
            (&end, Ok(Encoding::Utf8)),
        ] {
            let found = Encoding::of(start).map_err(|error| error.to_string());
            assert_eq!(found, is.map_err(str::to_owned), "{start:?}");
        }
    }

    #[test]
    fn both_orders_of_utf_16_become_the_same_text() {
        let units: Vec<u16> = "да 😀\n".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(decoded(Encoding::Utf16Le, &little), "да 😀\n");
        assert_eq!(decoded(Encoding::Utf16Be, &big), "да 😀\n");
        assert_eq!(decoded(Encoding::Utf16Le, b"\x00\xd8a"), "\u{fffd}");
    }

    fn decoded(mut encoding: Encoding, bytes: &[u8]) -> String {
        let mut text = String::new();
        encoding.decode(&mut bytes.to_vec(), true, &mut text);
        text
    }

    #[test]
    fn wherever_bytes_are_parted_the_text_is_the_same() {
        let mixed = b"a \xf0\x9f\x98\x80 \xd0\xb4 \xff\xe2\x82 x\xd8\x00\xd8=\xde \xf0\x9f\x98";
        for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be] {
            let whole = decoded(encoding, mixed);
            let as_utf_8 = "a 😀 д ÿâ\u{82} xØ\0Ø=Þ ð\u{9f}\u{98}";
            assert_eq!(whole == as_utf_8, encoding == Encoding::Utf8);
            for size in 1..mixed.len() {
                assert_eq!(
                    in_pieces(encoding, mixed, size),
                    whole,
                    "{encoding:?} in pieces of {size}"
                );
            }
        }
    }

    fn in_pieces(mut encoding: Encoding, all: &[u8], size: usize) -> String {
        let (mut bytes, mut text) = (Vec::new(), String::new());
        for piece in all.chunks(size) {
            bytes.extend_from_slice(piece);
            encoding.decode(&mut bytes, false, &mut text);
            assert!(bytes.len() < PLAIN + 2 * LETTERS + size);
        }
        encoding.decode(&mut bytes, true, &mut text);
        text
    }

    #[test]
    fn chinese_is_not_taken_for_plain_text() {
        let mut dice = Dice::new(5);
        let mut text = "\u{feff}".to_owned();
        for _ in 0..200_000 {
            match dice.roll(12) {
                0 => text.push_str("password "),
                1 => text.push_str("\r\n"),
                // Half of it is the end of a plain line.
                2 | 3 => text.push('\u{4e0a}'),
                _ => text.extend(char::from_u32(0x4e00 + u32::try_from(dice.roll(0x51a6)).unwrap())),
            }
        }
        for write in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(write).collect();
            assert!(decoded(Encoding::of(&bytes).unwrap(), &bytes) == text);
        }
    }

    #[test]
    fn what_two_programs_write_in_turn_is_one_text() {
        let plain = "10:15 plain text, größe of password=hunter2\n";
        let wide = "10:16 wide: 上海的天气很好，我们去看看吧 да 😀\r\n";
        let utf_16 = |text: &str| {
            text.encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>()
        };
        let mut all = Vec::new();
        let mut expected = String::new();
        for turn in 0..8 {
            let (bytes, said) = match turn % 4 {
                0 => (
                    utf_16(&format!("\u{feff}{}", wide.repeat(20))),
                    format!("\u{feff}{}", wide.repeat(20)),
                ),
                1 | 3 => (plain.repeat(turn).into_bytes(), plain.repeat(turn)),
                _ => (utf_16(&format!("\u{feff}{wide}")), format!("\u{feff}{wide}")),
            };
            all.extend(bytes);
            expected += &said;
        }
        for start in [0, utf_16(&wide.repeat(20)).len() + 2] {
            let all = &all[start..];
            let encoding = Encoding::of(all).unwrap();
            let whole = decoded(encoding, all);
            assert!(
                expected.ends_with(&whole) && whole.lines().count() > 30,
                "{whole}"
            );
            for size in (1..70).chain([255]) {
                assert_eq!(in_pieces(encoding, all, size), whole, "in pieces of {size}");
            }
        }
        for line in [
            "pw=a1b2\n",
            "password=hunter2\r\n",
            "größe of it\n",
            "one more\ntwo more\n",
            "password=hunter2",
        ] {
            let next = if line.ends_with('\n') { wide } else { "" };
            for behind in [next, ""] {
                let all = [utf_16(wide), line.into(), utf_16(behind)].concat();
                let whole = format!("{wide}{line}{behind}");
                for size in 1..70 {
                    assert_eq!(
                        in_pieces(Encoding::Utf16Le, &all, size),
                        whole,
                        "in pieces of {size}"
                    );
                }
            }
        }
        let plain = [
            plain.repeat(60).into_bytes(),
            utf_16(&"wide text\r\n".repeat(100)),
        ]
        .concat();
        assert_eq!(Encoding::of(&plain).unwrap(), Encoding::Utf8);
    }
}
