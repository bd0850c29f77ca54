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
    if next_escape(text).is_none() {
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
    while let Some(at) = next_escape(rest) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if !is_all && rest.len() <= LONGEST + 4 {
            return text.len() - rest.len();
        }
        let length = if rest.starts_with('\u{1b}') {
            escape_length(rest).unwrap_or(1)
        } else {
            single_length(rest).unwrap_or_else(|| {
                plain.push_str(&rest[..SINGLE]);
                SINGLE
            })
        };
        rest = &rest[length..];
    }
    plain.push_str(rest);
    text.len()
}

/// How long the controls are that are an escape and a bracket in one letter, U+009B and U+009D, in bytes.
const SINGLE: usize = 2;

/// Where the next one may start.
fn next_escape(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let at = rest.iter().position(|byte| matches!(byte, 0x1b | 0xc2))?;
        let is_single = |at: usize| matches!(rest.get(at + 1), Some(0x9b | 0x9d));
        if rest.get(at) == Some(&0x1b) || is_single(at) {
            return Some(from + at);
        }
        from += at + 1;
    }
}

/// The length of the sequence that one of those letters starts. In a text of another code page they are letters, so it has to
/// look as one.
fn single_length(text: &str) -> Option<usize> {
    let body = text.get(SINGLE..)?;
    let numbers = body
        .bytes()
        .take(LONGEST)
        .take_while(|byte| matches!(byte, b'0'..=b'?'));
    let numbers = numbers.count();
    let behind = body.get(numbers..)?;
    if text.starts_with('\u{9b}') {
        let is_end = behind.starts_with(|end: char| matches!(end, '@'..='~'));
        return (is_end && numbers > 0 || behind.starts_with('m')).then_some(SINGLE + numbers + 1);
    }
    let near = &body[..body.floor_char_boundary(LONGEST)];
    let end = near.find(['\u{7}', '\u{1b}', '\u{9c}'])?;
    let mark = near[end..].chars().next().filter(|mark| *mark != '\u{1b}');
    (numbers > 1).then_some(SINGLE + end + mark.map_or(0, char::len_utf8))
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
            ("hun\u{9b}4mter\u{9b}m7", "hunter7"),
            ("hun\u{9d}0;title\u{7}ter\u{9d}8;;x\u{9c}7", "hunter7"),
            ("«plné»: ple\u{9d}, \u{9b}text", "«plné»: ple\u{9d}, \u{9b}text"),
        ] {
            assert_eq!(without(text), expected, "{text:?}");
        }
    }
}
