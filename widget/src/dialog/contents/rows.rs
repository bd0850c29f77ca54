//! A text in rows of at most so many columns: where each begins, also in 64 MB. Pure.

use std::ops::Range;

/// One row in so many is remembered; the others are counted from it. So 64 MB of line ends take 8 MB more, not 512.
const STEP: usize = 64;
/// The most bytes of a column: those of a character (RFC 3629).
const CHARACTER: usize = 4;
/// A tab is as wide as this.
const TAB: usize = 4;
/// So many columns stay empty before a row that goes on with the line of the row above.
pub(crate) const INDENT: usize = 2;
/// Fewer columns than this are no text.
const LEAST: usize = INDENT + TAB;

/// Where the rows of a text begin.
#[derive(Debug)]
pub(crate) struct Rows {
    columns: usize,
    pub(crate) count: usize,
    /// Where every [`STEP`]th row begins.
    steps: Vec<usize>,
}

impl Rows {
    /// Takes about 50 ms for 64 MB: not for a thread that draws.
    pub(crate) fn of(text: &[u8], columns: usize) -> Self {
        let columns = columns.max(LEAST);
        let (mut count, mut steps, mut start) = (0, Vec::new(), 0);
        while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
            if count % STEP == 0 {
                steps.push(start);
            }
            count += 1;
            start += first(rest, room(text, start, columns)).next;
        }
        Self {
            columns,
            count,
            steps,
        }
    }

    /// Whether they are rows of so many columns.
    pub(crate) fn are_of(&self, columns: usize) -> bool {
        self.columns == columns.max(LEAST)
    }

    /// The bytes of some rows, without line ends. `text` is the one that the rows are of.
    pub(crate) fn get<'a>(
        &self,
        text: &'a [u8],
        rows: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + use<'a> {
        let mut start = self.steps.get(rows.start / STEP).copied().unwrap_or(text.len());
        let columns = self.columns;
        let from_step = std::iter::from_fn(move || {
            let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
            let row = first(rest, room(text, start, columns));
            let shown = start..start + row.shown;
            start += row.next;
            Some(shown)
        });
        from_step.skip(rows.start % STEP).take(rows.len())
    }
}

/// Whether the row that begins here goes on with the line of the row above.
pub(crate) fn goes_on(text: &[u8], start: usize) -> bool {
    start
        .checked_sub(1)
        .and_then(|before| text.get(before))
        .is_some_and(|byte| *byte != b'\n')
}

/// How many columns the row that begins here has.
fn room(text: &[u8], start: usize, columns: usize) -> usize {
    columns - if goes_on(text, start) { INDENT } else { 0 }
}

/// The first row of a text that is not empty.
struct First {
    /// How many bytes of it are shown.
    shown: usize,
    /// Where the next row begins.
    next: usize,
}

fn first(text: &[u8], columns: usize) -> First {
    // Every character takes a column, so this is enough, however long the line is.
    let window = text.get(..columns * CHARACTER + 2).unwrap_or(text);
    let end = window.iter().position(|byte| *byte == b'\n');
    let line = window.get(..end.unwrap_or(window.len())).unwrap_or_default();
    let fits = if line.len() <= columns && line.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        line.len()
    } else {
        fitting(line, columns)
    };
    match end {
        Some(end) if fits >= line.len() => First {
            shown: line.strip_suffix(b"\r").unwrap_or(line).len(),
            next: end + 1,
        },
        None if fits >= text.len() => First {
            shown: fits,
            next: fits,
        },
        _ => {
            let shown = between_words(line.get(..fits).unwrap_or_default()).max(1);
            First { shown, next: shown }
        }
    }
}

/// Where to break a row that is full: after a space, if one is near.
fn between_words(row: &[u8]) -> usize {
    let space = row.iter().rposition(|byte| *byte == b' ');
    space
        .map(|space| space + 1)
        .filter(|end| *end > row.len() / 2)
        .unwrap_or(row.len())
}

/// How many bytes of a line fit. Never a part of a character. The end of a line of Windows takes no room.
fn fitting(line: &[u8], columns: usize) -> usize {
    let (mut bytes, mut used) = (0, 0);
    let mut fits = |length: usize, width: usize| {
        used += width;
        if used <= columns {
            bytes += length;
        }
        used <= columns
    };
    for chunk in line.utf8_chunks() {
        for c in chunk.valid().chars() {
            if !fits(c.len_utf8(), width(c)) {
                return bytes;
            }
        }
        if !chunk.invalid().is_empty() && !fits(chunk.invalid().len(), 1) {
            return bytes;
        }
    }
    bytes
}

/// How many columns a character takes at most: one where the alphabet is Latin, Greek or Cyrillic, two in all fonts
/// that a host may have for the rest. What is narrower only leaves room.
fn width(c: char) -> usize {
    match c {
        '\t' => TAB,
        '\r' => 0,
        '\u{530}'.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8], columns: usize) -> Vec<String> {
        let rows = Rows::of(text, columns);
        let all = rows.get(text, 0..rows.count);
        all.map(|row| String::from_utf8_lossy(&text[row]).into_owned())
            .collect()
    }

    #[test]
    fn lines_end_where_they_end_and_long_ones_go_on() {
        assert_eq!(rows(b"", 8), [""; 0]);
        assert_eq!(rows(b"\n", 8), [""]);
        assert_eq!(rows(b"one\r\ntwo\n\nlast", 8), ["one", "two", "", "last"]);
        assert_eq!(
            rows(b"12345678\n12345678123456x\n", 8),
            ["12345678", "12345678", "123456", "x"]
        );
        assert_eq!(rows(b"one two th ee", 8), ["one two ", "th ee"]);
        assert_eq!(rows(b"a bcdefghij", 8), ["a bcdefg", "hij"]);
        assert_eq!(rows(b"12345678\r\nx", 8), ["12345678", "x"]);
        assert_eq!(
            rows("日本語で\nüüüüüüüüü".as_bytes(), 8),
            ["日本語で", "üüüüüüüü", "ü"]
        );
        assert_eq!(rows(b"\tabcde", 8), ["\tabcd", "e"]);
    }

    #[test]
    fn every_byte_is_in_a_row_whatever_the_bytes_are() {
        // A small generator of Lehmer's kind: the same bytes each time.
        let mut seed = 20_261_122_u64;
        let mut byte = || {
            seed = seed * 48_271 % 0x7fff_ffff;
            [b'a', b'\n', b'\r', 0, 0xff, 0xe6, 0x97, 0xa5, 0xf0, 0x9f][(seed % 10) as usize]
        };
        for length in 0..600 {
            let text: Vec<u8> = (0..length).map(|_| byte()).collect();
            let rows = Rows::of(&text, 7);
            let mut end = 0;
            for row in rows.get(&text, 0..rows.count) {
                let between = &text[end..row.start];
                assert!(matches!(between, b"" | b"\n" | b"\r\n"), "{between:?}");
                end = row.end;
            }
            assert!(matches!(&text[end..], b"" | b"\n" | b"\r\n"));
        }
    }

    #[test]
    fn rows_in_the_middle_are_those_from_the_start() {
        let text = "a line of some length\nand another\n".repeat(100).into_bytes();
        let rows = Rows::of(&text, 9);
        let all: Vec<_> = rows.get(&text, 0..rows.count).collect();
        assert_eq!(all.len(), 500);
        for start in [0, 1, 63, 64, 65, 200, 499] {
            let some: Vec<_> = rows.get(&text, start..(start + 70).min(500)).collect();
            assert_eq!(some, all[start..(start + 70).min(500)]);
        }
        assert_eq!(rows.get(&text, 600..700).count(), 0);
    }
}
