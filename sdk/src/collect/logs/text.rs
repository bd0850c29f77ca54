//! The bytes of a log as text that can be masked, part by part.

use crate::collect::encoding::Encoding;
use crate::collect::escapes::Escapes;

/// Turns bytes into text without terminal escapes and without the zeros that a power cut leaves.
#[derive(Debug)]
pub(super) struct Text {
    encoding: Encoding,
    /// The start of a letter.
    bytes: Vec<u8>,
    escapes: Escapes,
    /// Whether a letter has come that is no byte order mark.
    has_begun: bool,
    is_foreign: bool,
}

impl Text {
    pub(super) fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            bytes: Vec::new(),
            escapes: Escapes::default(),
            has_begun: false,
            is_foreign: false,
        }
    }

    /// A whole text at once.
    #[cfg(test)]
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

    /// Adds the rest to `plain`. Answers whether some bytes were not UTF-8 where they should be.
    pub(super) fn finish(mut self, plain: &mut String) -> bool {
        self.go_on(true, plain);
        self.is_foreign
    }

    fn go_on(&mut self, is_all: bool, plain: &mut String) {
        let mut text = String::new();
        let is_wide = self.encoding != Encoding::Utf8;
        self.is_foreign |= self.encoding.decode(&mut self.bytes, is_all, &mut text) > 0;
        if !self.has_begun && is_wide {
            let marks = text.len() - text.trim_start_matches('\u{feff}').len();
            text.drain(..marks);
        }
        self.has_begun |= !text.is_empty();
        text.retain(|letter| letter != '\0');
        self.escapes.take_out(&text, is_all, plain);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_zeros_go() {
        for (text, expected) in [
            ("anna\u{1b}[4m@example.org", "anna@example.org"),
            ("a\0\0\0b", "ab"),
            ("\u{1b}[\x001mx", "x"),
        ] {
            assert_eq!(Text::of(text.as_bytes(), Encoding::Utf8), expected, "{text:?}");
        }
    }

    #[test]
    fn wherever_a_text_is_parted_it_says_the_same() {
        let long = "x".repeat(300);
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
