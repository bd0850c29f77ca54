//! The lines of the ring, one after the other in a fixed number of bytes. Pure.
//!
//! Each stands behind its length and its time; the time becomes text when a report asks for it, which is
//! a million times rarer than a line.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Recent;
use crate::collect::words::whole_words;
use crate::wire::rfc3339;

/// Length (`usize`) and milliseconds since 1970 (`u64`).
const HEADER: usize = size_of::<usize>() + size_of::<u64>();
/// `2026-11-22T16:12:38.123Z `, and the line's end.
const STAMP: usize = 26;

#[derive(Debug)]
pub(super) struct Lines {
    bytes: VecDeque<u8>,
    capacity: usize,
    /// Bytes of text that had to go.
    gone: u64,
}

/// Lines taken out of the lock, not readable yet.
#[derive(Debug)]
pub(super) struct Copied {
    bytes: Vec<u8>,
    missing: u64,
}

impl Lines {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            // All at once, so that nothing is allocated under the lock. What is not used is no memory yet.
            bytes: VecDeque::with_capacity(capacity),
            capacity,
            gone: 0,
        }
    }

    /// Takes a line in. The oldest go; a line longer than all of the ring is cut.
    pub(super) fn push(&mut self, now: SystemTime, line: &str) {
        let line = match line.floor_char_boundary(self.capacity - HEADER) {
            end if end < line.len() => whole_words(&line[..end]),
            _ => line,
        };
        while self.bytes.len() + HEADER + line.len() > self.capacity {
            let oldest = self.line_at(0);
            self.bytes.drain(..HEADER + oldest);
            self.gone += (STAMP + oldest) as u64;
        }
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let millis = u64::try_from(since.as_millis()).unwrap_or_default();
        self.bytes.extend(&line.len().to_ne_bytes());
        self.bytes.extend(&millis.to_ne_bytes());
        self.bytes.extend(line.as_bytes());
    }

    /// The newest lines that take at most `limit` bytes here.
    pub(super) fn newest(&self, limit: usize) -> Copied {
        let (mut from, mut missing) = (0, self.gone);
        while self.bytes.len() - from > limit {
            let line = self.line_at(from);
            from += HEADER + line;
            missing += (STAMP + line) as u64;
        }
        let (first, second) = self.bytes.as_slices();
        let (skipped, rest) = first.split_at(from.min(first.len()));
        let bytes = [rest, &second[from - skipped.len()..]].concat();
        Copied { bytes, missing }
    }

    /// The length of the line whose header is at `at`.
    fn line_at(&self, at: usize) -> usize {
        let length = std::array::from_fn(|byte| self.bytes[at + byte]);
        usize::from_ne_bytes(length)
    }
}

impl Copied {
    /// As text, each line behind its time.
    pub(super) fn into_recent(self) -> Recent {
        let mut text = String::with_capacity(self.bytes.len() * 3 / 2);
        let mut rest = &self.bytes[..];
        while let Some((length, line)) = rest.split_first_chunk()
            && let Some((millis, line)) = line.split_first_chunk()
            && let Some((line, next)) = line.split_at_checked(usize::from_ne_bytes(*length))
        {
            let time = UNIX_EPOCH + Duration::from_millis(u64::from_ne_bytes(*millis));
            let _ = write!(text, "{} ", rfc3339::shown(time));
            text.push_str(&String::from_utf8_lossy(line));
            text.push('\n');
            rest = next;
        }
        Recent {
            text,
            missing: self.missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn at(second: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(second)
    }

    #[test]
    fn lines_come_back_with_their_times_in_order() {
        let mut lines = Lines::new(1000);
        lines.push(at(1), "first");
        lines.push(at(2), "second\nand its second row");
        let recent = lines.newest(usize::MAX).into_recent();
        assert_eq!(
            recent.text,
            "1970-01-01T00:00:01.000Z first\n1970-01-01T00:00:02.000Z second\nand its second row\n"
        );
        assert_eq!(recent.missing, 0);
    }

    #[test]
    fn the_oldest_go_whole_and_are_counted_and_nothing_grows() {
        let mut lines = Lines::new(500);
        let before = lines.bytes.capacity();
        let mut all = 0;
        for n in 0..10_000_u64 {
            let line = format!("line {n} {}", "x".repeat((n * n % 71) as usize));
            lines.push(at(n), &line);
            all += (line.len() + STAMP) as u64;
            assert!(lines.bytes.len() <= 500);
        }
        assert_eq!(lines.bytes.capacity(), before);
        let recent = lines.newest(usize::MAX).into_recent();
        assert!(recent.text.lines().count() > 3, "{}", recent.text);
        assert!(
            recent.text.lines().all(|line| line.contains("Z line 999")),
            "{}",
            recent.text
        );
        assert_eq!(recent.missing + recent.text.len() as u64, all);

        let some = lines.newest(200).into_recent();
        assert!(some.text.len() < recent.text.len() && recent.text.ends_with(&some.text));
        assert_eq!(some.missing + some.text.len() as u64, all);
        assert_eq!(lines.newest(0).into_recent().missing, all);
    }

    #[test]
    fn a_line_longer_than_the_ring_is_cut() {
        let mut lines = Lines::new(100);
        lines.push(at(1), "gone");
        lines.push(at(1), &"я ".repeat(100));
        let recent = lines.newest(usize::MAX).into_recent();
        assert_eq!(
            recent.text,
            format!("1970-01-01T00:00:01.000Z {}\n", "я ".repeat(28))
        );
    }
}
