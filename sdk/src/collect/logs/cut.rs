//! What is kept of a log, and how that becomes text. Pure.

use std::borrow::Cow;

use super::encoding::Encoding;
use super::read::Pieces;

/// How many bytes before a cut are looked at, so that a secret which the cut goes through is masked. Even, for
/// UTF-16.
pub(super) const LEAD: u64 = 4 << 10;

/// How many of `limit` bytes the start of a long file gets: logs often begin with versions and settings.
pub(super) fn share_of_start(limit: u64) -> u64 {
    const MOST: u64 = 16 << 10;
    const LEAST: u64 = 1 << 10;
    let share = (limit / 16).min(MOST);
    if share < LEAST {
        0
    } else {
        share.next_multiple_of(2)
    }
}

/// A log as it goes into the report, not masked yet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// The first whole lines, where the middle of the file is missing.
    pub(super) start: String,
    pub(super) end: String,
    /// So many bytes of `end` stand before the cut and only help to mask what follows.
    pub(super) lead: usize,
    /// How many bytes of the file are kept.
    pub(super) bytes: u64,
}

/// Keeps at most `limit` bytes: the newest whole lines, and the first ones where there is room for them.
pub(super) fn keep(pieces: &Pieces, encoding: Encoding, limit: u64) -> Kept {
    let newline = encoding.newline();
    let start = if pieces.total > limit {
        first_lines(&pieces.start, share_of_start(limit), newline)
    } else {
        &[]
    };
    let limit = limit.saturating_sub(start.len() as u64);
    let skip = pieces
        .total
        .saturating_sub(limit)
        .next_multiple_of(newline.len() as u64);
    let from = pieces.total.saturating_sub(pieces.end.len() as u64);
    let cut = match usize::try_from(skip.saturating_sub(from)).unwrap_or(usize::MAX) {
        0 => 0,
        skip => start_after(&pieces.end, skip, newline),
    };
    let (before, kept) = pieces.end.split_at(cut);
    let mut end = plain(&encoding.decode(before)).into_owned();
    let lead = end.len();
    end.push_str(&plain(&encoding.decode(kept)));
    Kept {
        start: plain(&encoding.decode(start)).into_owned(),
        end,
        lead,
        bytes: (start.len() + kept.len()) as u64,
    }
}

fn first_lines<'b>(bytes: &'b [u8], limit: u64, newline: &[u8]) -> &'b [u8] {
    let bytes = &bytes[..bytes.len().min(usize::try_from(limit).unwrap_or(usize::MAX))];
    let unit = newline.len();
    let last = bytes.chunks_exact(unit).rposition(|end| end == newline);
    &bytes[..last.map_or(0, |last| (last + 1) * unit)]
}

/// A line that says how much is missing where it stands; nothing where nothing is.
pub(crate) fn cut_mark(missing: u64) -> String {
    match missing {
        0 => String::new(),
        _ => format!("[feedback: {missing} older bytes are not in this report]\n"),
    }
}

/// The newest whole lines of a text, at most `limit` bytes; the end of the last line where that
/// alone is longer.
pub(crate) fn newest(text: &[u8], limit: usize) -> &[u8] {
    match text.len().saturating_sub(limit) {
        0 => text,
        skip => &text[start_after(text, skip, b"\n")..],
    }
}

/// Where to start after leaving out at least `skip` bytes: at a line's start, or else inside the last line, between
/// two letters.
fn start_after(text: &[u8], skip: usize, newline: &[u8]) -> usize {
    // One code unit earlier tells whether the cut falls on a line end.
    let unit = newline.len();
    let from = skip.min(text.len()).saturating_sub(unit);
    let line_end = text[from..].chunks_exact(unit).position(|end| end == newline);
    let line = line_end.map(|end| from + (end + 1) * unit);
    if let Some(line) = line.filter(|line| *line < text.len()) {
        return line;
    }
    let skip = skip.min(text.len());
    let inside = |byte: &&u8| unit == 1 && **byte & 0b1100_0000 == 0b1000_0000;
    skip + text[skip..].iter().take(3).take_while(inside).count()
}

/// The text without terminal escapes (ECMA-48: colours, titles) and without the zeros that a power cut leaves. They hide
/// secrets from the masks and words from whoever reads.
fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(['\u{1b}', '\0']) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\u{1b}', '\0']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = &rest[escape_length(rest).unwrap_or(1)..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The length of the escape sequence that a text starts with.
fn escape_length(text: &str) -> Option<usize> {
    /// A title may be long; what goes on longer is text behind a stray escape.
    const LONGEST: usize = 256;
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

    fn pieces(text: &[u8], start: usize, end: usize) -> Pieces {
        Pieces {
            total: text.len() as u64,
            start: text[..start.min(text.len())].to_vec(),
            end: text[text.len() - end.min(text.len())..].to_vec(),
        }
    }

    #[test]
    fn a_cut_on_a_line_end_loses_no_line() {
        let kept = keep(&pieces(b"aaaa\nbbbb\n", 0, 10), Encoding::Utf8, 5);
        assert_eq!(&kept.end[kept.lead..], "bbbb\n");
    }

    #[test]
    fn a_long_log_keeps_its_first_lines_too() {
        let text = (0..10_000)
            .map(|line| format!("line {line:04}\n"))
            .collect::<Vec<_>>()
            .concat();
        let limit = 32_000;
        let start = share_of_start(limit);
        assert_eq!(start, 2000);
        let kept = keep(&pieces(text.as_bytes(), 2000, 36_000), Encoding::Utf8, limit);
        assert!(kept.start.starts_with("line 0000\n") && kept.start.ends_with("line 0199\n"));
        let end = &kept.end[kept.lead..];
        assert!(
            end.starts_with("line 7000\n") && end.ends_with("line 9999\n"),
            "{}",
            &end[..20]
        );
        assert_eq!(kept.bytes, limit);
    }

    #[test]
    fn a_start_without_a_line_end_is_not_kept() {
        let text = "x".repeat(100_000);
        let kept = keep(&pieces(text.as_bytes(), 2000, 40_000), Encoding::Utf8, 32_000);
        assert_eq!((kept.start.as_str(), kept.bytes), ("", 32_000));
    }

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
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }
}
