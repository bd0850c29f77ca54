//! A file that a person chose, in pieces: what is text in any encoding comes as text, and goes out as the bytes that it
//! was.

use std::borrow::Cow;
use std::io;
use std::str;
use std::string::FromUtf8Error;

use super::encoding::Encoding;
use crate::report::ReportFile;

/// How a file writes its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Utf8,
    /// Half a letter, which can only be damage, becomes U+FFFD. A file that changes between UTF-8 and this goes out in
    /// the one that its start has more of.
    Utf16(Encoding),
    /// A code page of Windows or ISO 8859, whichever: all write ASCII as ASCII, and the rest comes back as it was.
    OneByte,
    /// No text: changing a picture or an archive would only break it.
    Bytes,
}

impl Form {
    /// What a file is that starts so, until more of it shows that it is another.
    pub(super) fn of(start: &[u8]) -> Self {
        match Encoding::of(start) {
            // To a log, which is no file to give back as it was, it is UTF-16 with zeros between.
            Ok(_) if is_utf_32(start) => Self::Bytes,
            Ok(Encoding::Utf8) => Self::Utf8,
            Ok(encoding) => Self::Utf16(encoding),
            Err(_) => Self::Bytes,
        }
    }

    /// Moves what `bytes` say to the end of `text`. What says nothing stays, and the start of a letter where they are not
    /// all. An error is the form that the file has instead.
    pub(super) fn decode(
        &mut self,
        bytes: &mut Vec<u8>,
        are_all: bool,
        text: &mut String,
    ) -> Result<(), Self> {
        match self {
            Self::Utf8 if Encoding::changes_in(bytes) => return Err(Self::Utf16(Encoding::Utf8)),
            Self::Utf8 => {
                let done = match str::from_utf8(bytes) {
                    Ok(all) => all.len(),
                    Err(cut) if !are_all && cut.error_len().is_none() => cut.valid_up_to(),
                    Err(_) => return Err(Self::OneByte),
                };
                text.extend(
                    bytes
                        .drain(..done)
                        .as_slice()
                        .utf8_chunks()
                        .map(|chunk| chunk.valid()),
                );
            }
            Self::OneByte => text.extend(bytes.drain(..).map(char::from)),
            Self::Utf16(encoding) => {
                let odd = bytes.split_off(bytes.len() / 2 * 2);
                encoding.decode(bytes, are_all, text);
                bytes.extend(odd);
            }
            Self::Bytes => {}
        }
        Ok(())
    }

    /// A text as a file of this form writes it.
    pub(super) fn encode(self, text: &str) -> Cow<'_, [u8]> {
        let units = |write: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(write).collect();
        match self {
            Self::Utf16(Encoding::Utf16Le) => units(u16::to_le_bytes),
            Self::Utf16(Encoding::Utf16Be) => units(u16::to_be_bytes),
            Self::OneByte => text
                .chars()
                .map(|letter| u8::try_from(letter).unwrap_or(b'?'))
                .collect(),
            Self::Utf8 | Self::Utf16(Encoding::Utf8) | Self::Bytes => Cow::Borrowed(text.as_bytes()),
        }
    }
}

/// Whether these are letters of four bytes each, with or without a mark. As UTF-16 there is a zero between any two, and no
/// mask finds a word.
fn is_utf_32(start: &[u8]) -> bool {
    let (letters, _) = start.as_chunks::<4>();
    let in_order = |unit: fn([u8; 4]) -> u32| {
        letters
            .iter()
            .all(|letter| char::from_u32(unit(*letter)).is_some())
    };
    letters.first().is_some_and(|first| *first != [0; 4])
        && (in_order(u32::from_le_bytes) || in_order(u32::from_be_bytes))
}

impl ReportFile {
    /// The [`content`](Self::content) as a text, whether it is written in UTF-8, in UTF-16 or in a code page of Windows,
    /// whose letters beside ASCII are taken for those of Latin-1. `None` for what is no text, such as a picture.
    ///
    /// Not for a thread that draws. An error where the disk that keeps a large file fails.
    pub fn text(&self) -> io::Result<Option<String>> {
        let mut content = match String::from_utf8(self.content()?) {
            // What is collected is written by us, and a log of 64 MB not copied; what a person chose is as it was.
            Ok(text) if !self.is_chosen() => return Ok(Some(text)),
            other => other.map_or_else(FromUtf8Error::into_bytes, String::into_bytes),
        };
        let mut form = if self.is_chosen() {
            let start = usize::try_from(Encoding::START).unwrap_or(usize::MAX);
            Form::of(content.get(..start).unwrap_or(&content))
        } else {
            Form::Utf8
        };
        let mut text = String::new();
        while let Err(other) = form.decode(&mut content, true, &mut text) {
            form = other;
        }
        if form == Form::Bytes {
            // It may only begin like a sound or a program.
            return Ok(String::from_utf8(content)
                .ok()
                .filter(|text| !text.contains('\0')));
        }
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Ok(Some(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packer;
    use crate::report::FileKind;

    /// A file whose words are changed, read in pieces of a size.
    fn changed(content: &[u8], size: usize) -> Vec<u8> {
        let mut form = Form::of(content);
        'anew: loop {
            let (mut text, mut rest, mut bytes) = (String::new(), Vec::new(), Vec::new());
            let mut now = form;
            let ends = (0..content.len()).step_by(size).chain([content.len()]);
            for at in ends {
                let piece = &content[at..content.len().min(at + size)];
                rest.extend_from_slice(piece);
                if let Err(other) = now.decode(&mut rest, piece.is_empty(), &mut text) {
                    form = other;
                    continue 'anew;
                }
                if form == Form::Bytes {
                    bytes.append(&mut rest);
                }
            }
            bytes.extend_from_slice(&form.encode(&text.replace("anna", "[user-1]")));
            bytes.append(&mut rest);
            return bytes;
        }
    }

    #[test]
    fn only_the_words_change_in_any_encoding() {
        for size in 1..20 {
            assert_eq!(
                changed("\u{feff}день anna\r\n".as_bytes(), size),
                "\u{feff}день [user-1]\r\n".as_bytes()
            );
            assert_eq!(
                changed(b"gr\xfc\xdfe anna \x1b[0m\xff", size),
                b"gr\xfc\xdfe [user-1] \x1b[0m\xff"
            );
            for write in [u16::to_le_bytes, u16::to_be_bytes] {
                let utf_16 = |text: &str| text.encode_utf16().flat_map(write).collect::<Vec<u8>>();
                assert_eq!(
                    changed(&utf_16("\u{feff}день anna 😀"), size),
                    utf_16("\u{feff}день [user-1] 😀")
                );
                let odd = [utf_16("\u{feff}day"), vec![b'x']].concat();
                assert_eq!(changed(&odd, size), odd);
                assert_eq!(changed(&utf_16("by anna\r\n"), size), utf_16("by [user-1]\r\n"));
            }
            assert_eq!(changed(b"$ \x07ls anna\x08\n", size), b"$ \x07ls [user-1]\x08\n");
        }
    }

    #[test]
    fn a_file_says_the_same_however_it_is_written() {
        let utf_16 =
            |text: &str, write: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(write).collect::<Vec<u8>>();
        let text = |kind, content: &[u8]| {
            let content = Packer::in_memory().pack("a", [content]).unwrap();
            ReportFile::of("a".to_owned(), kind, content).text().unwrap()
        };
        for (content, expected) in [
            ("день 😀".as_bytes().to_vec(), Some("день 😀")),
            ("\u{feff}день".as_bytes().to_vec(), Some("день")),
            (utf_16("\u{feff}день", u16::to_le_bytes), Some("день")),
            (utf_16("no mark", u16::to_le_bytes), Some("no mark")),
            (utf_16("no mark", u16::to_be_bytes), Some("no mark")),
            (b"gr\xfc\xdfe".to_vec(), Some("grüße")),
            (b"ID3 tags are lost".to_vec(), Some("ID3 tags are lost")),
            (b"".to_vec(), Some("")),
            (b"\x89PNG\r\n\x1a\n\0".to_vec(), None),
            (b"PK\x03\x04\xff".to_vec(), None),
        ] {
            let found = text(FileKind::Attachment, &content);
            assert_eq!(found.as_deref(), expected, "{content:?}");
        }
        assert_eq!(text(FileKind::Log, b"ID3\0\x01").as_deref(), Some("ID3\0\x01"));
    }

    #[test]
    fn a_file_that_goes_on_in_another_encoding_is_one_text() {
        let wide: Vec<u8> = "by anna, and anna\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for size in [64, 256, 1000] {
            assert_eq!(
                changed(&[b"day of anna\n".repeat(60), wide.repeat(9)].concat(), size),
                [
                    "day of [user-1]\n".repeat(60),
                    "by [user-1], and [user-1]\n".repeat(9)
                ]
                .concat()
                .as_bytes()
            );
        }
    }

    #[test]
    fn letters_of_four_bytes_are_no_text_that_is_masked() {
        let wide = |text: &str, write: fn(u32) -> [u8; 4]| {
            text.chars()
                .flat_map(|letter| write(letter.into()))
                .collect::<Vec<u8>>()
        };
        for text in [
            "password=hunter2xyz",
            "\u{feff}password=hunter2xyz",
            "\u{feff}день 😀",
            "a",
        ] {
            for write in [u32::to_le_bytes, u32::to_be_bytes] {
                assert_eq!(Form::of(&wide(text, write)), Form::Bytes, "{text}");
            }
        }
        let utf_16 = b"\xff\xfe\0\0\0\0a\0b\0c\0";
        assert_eq!(Form::of(utf_16), Form::Utf16(Encoding::Utf16Le));
        for text in [&b""[..], b"abc", b"abcd", &[0; 64]] {
            assert_eq!(Form::of(text), Form::Utf8, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_text_stays() {
        for content in [
            b"\x89PNG\r\n\x1a\nanna\0".as_slice(),
            b"%PDF-1.7\nanna\x01\x02",
            b"anna gr\xfc\xdfe \x01",
            b"",
            b"\xff",
        ] {
            for size in 1..20 {
                assert_eq!(changed(content, size), content);
            }
        }
    }
}
