//! The bytes of a log as text that can be masked, part by part.

use crate::collect::encoding::Encoding;

/// Turns bytes into text without terminal escapes (ECMA-48: colours, titles) and without the zeros that a power cut
/// leaves. They hide secrets from the masks and words from whoever reads.
#[derive(Debug)]
pub(super) struct Text {
    encoding: Encoding,
    /// The start of a letter.
    bytes: Vec<u8>,
    /// The start of an escape.
    escape: String,
    /// Whether a letter has come that is no byte order mark.
    has_begun: bool,
}

impl Text {
    pub(super) fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            bytes: Vec::new(),
            escape: String::new(),
            has_begun: false,
        }
    }

    /// A whole text at once.
    pub(super) fn of(bytes: &[u8], encoding: Encoding) -> String {
        let (mut text, mut plain) = (Self::new(encoding), String::new());
        text.push(bytes, &mut plain);
        text.finish(&mut plain);
        plain
    }

    /// Takes the next bytes, and adds to `plain` what they say.
    pub(super) fn push(&mut self, bytes: &[u8], plain: &mut String) {
        self.bytes.extend_from_slice(bytes);
        self.go_on(false, plain);
    }

    /// Adds the rest to `plain`.
    pub(super) fn finish(mut self, plain: &mut String) {
        self.go_on(true, plain);
    }

    fn go_on(&mut self, is_all: bool, plain: &mut String) {
        self.encoding.decode(&mut self.bytes, is_all, &mut self.escape);
        if !self.has_begun && self.encoding != Encoding::Utf8 {
            let marks = self.escape.len() - self.escape.trim_start_matches('\u{feff}').len();
            self.escape.drain(..marks);
        }
        self.has_begun |= !self.escape.is_empty();
        let taken = take_plain(&self.escape, is_all, plain);
        self.escape.drain(..taken);
    }
}

/// A title may be long; what goes on longer is text behind a stray escape.
const LONGEST: usize = 256;

/// Adds to `plain` what of `text` is no escape and no zero, up to an escape that may go on behind it. Answers how much of
/// it is done with.
fn take_plain(text: &str, is_all: bool, plain: &mut String) -> usize {
    let mut rest = text;
    while let Some(at) = rest.find(['\u{1b}', '\0']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if !is_all && rest.starts_with('\u{1b}') && rest.len() <= LONGEST + 4 {
            return text.len() - rest.len();
        }
        rest = &rest[escape_length(rest).unwrap_or(1)..];
    }
    plain.push_str(rest);
    text.len()
}

/// The length of the escape sequence that a text starts with.
fn escape_length(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\u{1b}')?;
    let sequence = body.bytes().take(LONGEST);
    let end = match body.bytes().next()? {
        b'[' => sequence
            .skip(1)
            .position(|byte| matches!(byte, b'@'..=b'~'))
            .map(|at| at + 2),
        // Its end is a bell, or an escape of its own.
        b']' => sequence
            .enumerate()
            .find(|(_, byte)| matches!(byte, 0x07 | 0x1b))
            .map(|(at, byte)| if byte == 0x07 { at + 1 } else { at }),
        b'('..=b'/' => Some(2),
        b'0'..=b'~' => Some(1),
        _ => None,
    };
    end.map(|end| end + 1).filter(|end| text.is_char_boundary(*end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_titles_and_zeros_go_and_every_letter_stays() {
        for (text, expected) in [
            ("\u{1b}[1;31merror\u{1b}[0m: no", "error: no"),
            ("anna\u{1b}[4m@example.org", "anna@example.org"),
            ("\u{1b}]0;title\u{7}text", "text"),
            ("\u{1b}]8;;https://example.org\u{1b}\\link", "link"),
            ("\u{1b}(Bплохо\u{1b}7", "плохо"),
            ("a\0\0\0b", "ab"),
            ("\u{1b}я \u{1b}", "я "),
            ("\u{1b}[", "["),
            ("no escape", "no escape"),
        ] {
            assert_eq!(Text::of(text.as_bytes(), Encoding::Utf8), expected, "{text:?}");
        }
    }

    #[test]
    fn wherever_a_text_is_parted_it_says_the_same() {
        let long = "x".repeat(LONGEST);
        let text = format!(
            "\u{feff}a\u{1b}[1;31merror\u{1b}]0;{long}\u{7}b\u{1b}[{long}c\u{1b}]1;y\u{1b}\\d\0\u{1b}(Bя\u{1b}[3"
        );
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, encoding) in [(text.as_bytes(), Encoding::Utf8), (&*little, Encoding::Utf16Le)] {
            let whole = Text::of(bytes, encoding);
            for size in (1..40).chain([bytes.len() - 1]) {
                let (mut parted, mut plain) = (Text::new(encoding), String::new());
                for piece in bytes.chunks(size) {
                    parted.push(piece, &mut plain);
                }
                parted.finish(&mut plain);
                assert_eq!(plain, whole, "in pieces of {size}");
            }
        }
    }
}
