//! Counts the masks that stand in a text, such as `[email-1]`: so the counts hold whatever was cut off or taken out. Pure.

use std::io::{self, Write};
use std::mem;

use crate::redact::MaskCounts;

/// The most letters of a mask: the name of a rule and a number.
const LONGEST: usize = 80;

/// Counts in what is written to it.
pub(super) struct Marks {
    counts: MaskCounts,
    /// What stands behind a bracket that may be that of a mask.
    open: Option<Vec<u8>>,
}

impl Marks {
    /// Those of the rules that have `hidden` something: what only looks like a mask is none.
    pub(super) fn of<'c>(hidden: impl IntoIterator<Item = &'c MaskCounts>) -> Self {
        let mut counts = MaskCounts::new();
        for name in hidden.into_iter().flat_map(MaskCounts::keys) {
            counts.insert(name.clone(), 0);
        }
        Self { counts, open: None }
    }

    pub(super) fn finish(mut self) -> MaskCounts {
        self.counts.retain(|_, count| *count > 0);
        self.counts
    }

    fn close(&mut self, inside: &[u8]) {
        let Some((name, number)) = str::from_utf8(inside).ok().and_then(|mask| mask.rsplit_once('-')) else {
            return;
        };
        // A crash's masks have their own numbers.
        let name = name.strip_prefix("crash-").unwrap_or(name);
        if !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && let Some(count) = self.counts.get_mut(name)
        {
            *count += 1;
        }
    }
}

impl Write for Marks {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        for byte in text {
            match (byte, &mut self.open) {
                (b'[', open) => *open = Some(Vec::new()),
                (b']', open) => {
                    if let Some(inside) = mem::take(open) {
                        self.close(&inside);
                    }
                }
                (_, Some(inside)) if inside.len() < LONGEST => inside.push(*byte),
                (_, open) => *open = None,
            }
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_counted_wherever_a_text_is_parted_and_nothing_else_is() {
        let text = "[[email-1] [crash-email-12]я[email-2], [worker-3] [email-x] [email-] [email] [aws-key-7] [email-3";
        let hidden = MaskCounts::from([
            ("email".to_owned(), 1),
            ("aws-key".to_owned(), 9),
            ("ip".to_owned(), 1),
        ]);
        for size in 1..text.len() {
            let mut marks = Marks::of([&hidden]);
            for piece in text.as_bytes().chunks(size) {
                marks.write_all(piece).unwrap();
            }
            let expected = [("aws-key".to_owned(), 1), ("email".to_owned(), 3)];
            assert_eq!(marks.finish(), MaskCounts::from(expected));
        }
    }
}
