//! Where a text in one encoding ends and goes on in another. Pure.

use std::str;

use super::{Encoding, MARKS};

/// How many letters of UTF-16 in a row, none of which is more than ASCII, show that a text goes on in it.
pub(super) const LETTERS: usize = 4;

/// How far `bytes` are surely UTF-8, and what follows where something does.
pub(super) fn end_of_utf_8(bytes: &[u8], are_all: bool) -> (usize, Option<Encoding>) {
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
pub(super) const PLAIN: usize = 32;
/// How many do where they end a line and UTF-16 follows them, or the end. In Chinese that takes a line end inside a letter.
const PLAIN_LINE: usize = 8;

/// How far `bytes` are surely UTF-16, and what follows where something does.
pub(super) fn end_of_utf_16(bytes: &[u8], are_all: bool) -> (usize, Option<Encoding>) {
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
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    let is_utf_8 = str::from_utf8(bytes).map_or_else(|wrong| wrong.error_len().is_none(), |_| true);
    is_utf_8 && bytes.iter().all(|byte| *byte >= 0x80 || is_letter(*byte))
}

pub(super) fn is_letter(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte.is_ascii_whitespace() || byte == 0x1b
}
