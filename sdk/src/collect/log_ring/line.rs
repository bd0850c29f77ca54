//! One line while it is formatted: in a buffer of its thread, of limited length, whatever the values do.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::collect::words::{CUT_HERE, whole_words};

/// The longest line in bytes. A value that prints megabytes is cut, and so is the time it takes.
const LONGEST: usize = 32 << 10;

thread_local! {
    /// Taken while in use: a value that logs while it is formatted gets a buffer of its own.
    static BUFFER: Cell<String> = const { Cell::new(String::new()) };
    static FORMATTING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is formatting a line now: a panic of a value then ends here, and is no crash.
pub(crate) fn is_formatting() -> bool {
    FORMATTING.try_with(Cell::get).unwrap_or(false)
}

/// A line being written.
#[derive(Debug)]
pub(super) struct Line {
    text: String,
    is_cut: bool,
}

impl Line {
    /// Formats a line and hands it to `take`.
    pub(super) fn formatted(format: impl FnOnce(&mut Self) -> fmt::Result, take: impl FnOnce(&str)) {
        let mut line = Self {
            text: BUFFER.try_with(Cell::take).unwrap_or_default(),
            is_cut: false,
        };
        line.text.clear();
        let outer = FORMATTING.try_with(|formatting| formatting.replace(true));
        let formatted = catch_unwind(AssertUnwindSafe(|| format(&mut line)));
        let _ = FORMATTING.try_with(|formatting| formatting.set(outer.unwrap_or(false)));
        match formatted {
            _ if line.is_cut => {
                line.text.truncate(whole_words(&line.text).len());
                line.text.push_str(CUT_HERE);
            }
            Ok(Ok(())) => {}
            Ok(Err(_)) => line.text.push_str(" [feedback: a value could not be formatted]"),
            Err(_) => line
                .text
                .push_str(" [feedback: a value panicked while it was formatted]"),
        }
        take(&line.text);
        let _ = BUFFER.try_with(|buffer| buffer.set(line.text));
    }
}

impl fmt::Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = LONGEST - self.text.len();
        if text.len() <= room {
            self.text.push_str(text);
            return Ok(());
        }
        self.text.push_str(&text[..text.floor_char_boundary(room)]);
        self.is_cut = true;
        Err(fmt::Error)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn line(format: impl FnOnce(&mut Line) -> fmt::Result) -> String {
        let mut text = String::new();
        Line::formatted(format, |line| line.clone_into(&mut text));
        text
    }

    struct Logs;

    impl fmt::Display for Logs {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            assert!(is_formatting());
            f.write_str(&line(|line| line.write_str("inner")))
        }
    }

    struct Panics;

    impl fmt::Display for Panics {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("half ")?;
            std::panic::resume_unwind(Box::new("as a panic does"))
        }
    }

    #[test]
    fn a_value_that_logs_while_it_is_formatted_has_a_line_of_its_own() {
        assert_eq!(
            line(|line| write!(line, "before {Logs} after")),
            "before inner after"
        );
        assert!(!is_formatting());
    }

    #[test]
    fn a_value_that_panics_costs_its_own_text_alone() {
        let text = line(|line| write!(line, "x = {Panics}"));
        assert_eq!(
            text,
            "x = half  [feedback: a value panicked while it was formatted]"
        );
        assert!(!is_formatting());
        assert_eq!(line(|line| line.write_str("next")), "next");
    }

    #[test]
    fn a_long_line_is_cut_between_words() {
        let text = line(|line| write!(line, "{}", "яя ".repeat(1_000_000)));
        assert_eq!(text, format!("{}{CUT_HERE}", "яя ".repeat(LONGEST / "яя ".len())));
        let text = line(|line| write!(line, "the key is {}", "я".repeat(1_000_000)));
        assert_eq!(text, format!("the key is {CUT_HERE}"));
    }
}
