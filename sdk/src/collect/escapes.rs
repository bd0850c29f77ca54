//! Terminal escapes (ECMA-48: colours, titles). They hide secrets from the masks and words from whoever reads.

use std::borrow::Cow;

/// Takes them out of a text that comes in pieces.
#[derive(Debug, Default)]
pub(super) struct Escapes {
    /// The start of one.
    start: String,
}

impl Escapes {
    /// Takes the next piece, and adds to `plain` what of it is no escape: all, where the text `is_all`.
    pub(super) fn take_out(&mut self, piece: &str, is_all: bool, plain: &mut String) {
        self.start.push_str(piece);
        let taken = take_plain(&self.start, is_all, plain);
        self.start.drain(..taken);
    }
}

/// A whole text without them.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1b}') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    take_plain(text, true, &mut plain);
    Cow::Owned(plain)
}

/// A title may be long; what goes on longer is text behind a stray escape.
const LONGEST: usize = 256;

/// Adds to `plain` what of `text` is no escape, up to one that may go on behind it. Answers how much of it is done with.
fn take_plain(text: &str, is_all: bool, plain: &mut String) -> usize {
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if !is_all && rest.len() <= LONGEST + 4 {
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
    fn colours_and_titles_go_and_every_letter_stays() {
        for (text, expected) in [
            ("\u{1b}[1;31merror\u{1b}[0m: no", "error: no"),
            ("anna\u{1b}[4m@example.org", "anna@example.org"),
            ("\u{1b}]0;title\u{7}text", "text"),
            ("\u{1b}]8;;https://example.org\u{1b}\\link", "link"),
            ("\u{1b}(Bплохо\u{1b}7", "плохо"),
            ("\u{1b}я \u{1b}", "я "),
            ("\u{1b}[", "["),
            ("no escape", "no escape"),
        ] {
            assert_eq!(without(text), expected, "{text:?}");
        }
    }
}
