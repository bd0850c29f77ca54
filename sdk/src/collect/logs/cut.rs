//! Where a log is cut. Pure.

use crate::redact::BACK;

/// How many bytes before a cut are looked at, so that a secret which the cut goes through is masked: as far as masking
/// looks back, in letters of UTF-16.
pub(super) const LEAD: u64 = 2 * BACK as u64;

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

/// What of a file is looked at, in bytes of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// So many are kept of its start: whole lines.
    pub(super) first: usize,
    /// At least so many do not stand before the newest lines.
    pub(super) skip: u64,
    /// Where the lead begins.
    pub(super) lead: u64,
}

impl Plan {
    /// Of a file of `total` bytes that starts with `start`, at most `limit` are kept: the newest whole lines, and the
    /// first ones where there is room for them.
    pub(super) fn of(total: u64, start: &[u8], newline: &[u8], limit: u64) -> Self {
        let unit = newline.len() as u64;
        let lead = total.saturating_sub(limit.saturating_add(LEAD));
        let first = if total > limit {
            first_lines(start, share_of_start(limit), newline)
        } else {
            0
        };
        let skip = total.saturating_sub(limit.saturating_sub(first as u64));
        Self {
            first,
            skip: skip.next_multiple_of(unit).min(total),
            lead: lead / unit * unit,
        }
    }
}

fn first_lines(bytes: &[u8], limit: u64, newline: &[u8]) -> usize {
    let bytes = &bytes[..bytes.len().min(usize::try_from(limit).unwrap_or(usize::MAX))];
    let unit = newline.len();
    let last = bytes.chunks_exact(unit).rposition(|end| end == newline);
    last.map_or(0, |last| (last + 1) * unit)
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
    let from = skip.saturating_sub(newline.len());
    let line = line_end(&text[from..], newline).map(|end| from + end);
    match line.filter(|line| *line < text.len()) {
        Some(line) => line,
        None => skip + inside_letter(&text[skip..], newline),
    }
}

/// Where the first line in `text` ends.
pub(super) fn line_end(text: &[u8], newline: &[u8]) -> Option<usize> {
    let unit = newline.len();
    let end = text.chunks_exact(unit).position(|end| end == newline)?;
    Some((end + 1) * unit)
}

/// How many bytes at the start of `text` belong to a letter that begins before it.
pub(super) fn inside_letter(text: &[u8], newline: &[u8]) -> usize {
    let inside = |byte: &&u8| newline.len() == 1 && **byte & 0b1100_0000 == 0b1000_0000;
    text.iter().take(3).take_while(inside).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_on_a_line_end_loses_no_line() {
        assert_eq!(newest(b"aaaa\nbbbb\n", 5), b"bbbb\n");
        assert_eq!(newest(b"aaaa\nbbbb\n", 6), b"bbbb\n");
        assert_eq!(newest(b"aaaa\nbbbb\n", 4), b"bbb\n", "inside the last line");
    }

    #[test]
    fn a_long_log_keeps_its_first_lines_too() {
        let start = b"line 0000\n".repeat(300);
        let plan = Plan::of(100_000, &start, b"\n", 32_000);
        assert_eq!(
            plan,
            Plan {
                first: 2000,
                skip: 70_000,
                lead: 100_000 - 32_000 - LEAD
            }
        );
        assert_eq!(Plan::of(100_000, &[b'x'; 4000], b"\n", 32_000).first, 0);
        assert_eq!(
            Plan::of(32_000, &start, b"\n", 32_000).first,
            0,
            "all of it is kept"
        );
    }

    #[test]
    fn utf_16_is_cut_between_its_units() {
        let plan = Plan::of(10_001, b"", b"\n\0", 100);
        assert_eq!((plan.skip, plan.lead % 2), (9902, 0));
        assert_eq!(Plan::of(11, b"", b"\n\0", 0).skip, 11);
    }
}
