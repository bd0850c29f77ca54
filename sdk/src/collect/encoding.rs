//! What a log's bytes are: text in one of three encodings, or nothing that could be masked. A log that two programs have
//! appended to may have two of them, as where PowerShell adds UTF-16 to a file of plain text.

mod no_text;
mod parts;

use std::io;
use std::str;

use no_text::{has_many_controls, is_compressed, is_marked};
use parts::{end_of_utf_8, end_of_utf_16, is_letter, is_plain};

/// How a log writes its letters, told from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::collect) enum Encoding {
    /// UTF-8, or what is near to it, such as a code page of Windows: other bytes become the letters of Latin-1 that have
    /// their numbers, so they can be had back.
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// How much of a file's start tells what it is.
    pub(super) const START: u64 = 8 << 10;

    /// The encoding of a file that starts so; an error where it is no text.
    pub(super) fn of(start: &[u8]) -> io::Result<Self> {
        let refused = |why| Err(io::Error::new(io::ErrorKind::InvalidData, why));
        if let Some((_, encoding)) = MARKS.iter().find(|(mark, _)| start.starts_with(mark)) {
            Ok(*encoding)
        } else if is_compressed(start) {
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

/// Whether half of the pairs are an ASCII letter and a zero: UTF-16 of a text with Latin letters or numbers, without the
/// mark that mostly tells it.
fn is_utf_16(start: &[u8], in_order: fn([u8; 2]) -> (u8, u8)) -> bool {
    let (pairs, _) = start.as_chunks();
    let is_pair = |pair: &&[u8; 2]| matches!(in_order(**pair), (letter, 0) if is_letter(letter));
    pairs.len() > 1 && pairs.iter().filter(is_pair).count() * 2 >= pairs.len()
}

#[cfg(test)]
mod tests {
    use super::parts::{LETTERS, PLAIN};
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
