//! How much of a text finds may read, so that none makes masking slow, whatever the rules look for: each byte of it pays for
//! a few that are read, and where finds have read more than that, the next ones see less of what stands around them.

use std::ops::Range;

use super::effort;
use super::rule::{AHEAD, Found, Secret};

/// How many bytes may be read for each of a text.
const FOR_EACH: usize = 8;

/// How many are left for later at most, and owed: a text with few finds has them look as far as they like.
const MOST: isize = 4 << 10;

/// How far ahead a find looks at most, in bytes, before it has found a secret.
const FARTHEST: usize = 1 << 10;
/// And at least.
const LEAST: usize = 24;
/// Where that ends in what may be a key, which is told by all of it.
const LEAST_OF_KEY: usize = 160;

/// A secret may go on where it ends so near before all that was seen, in bytes; a key in lines may, which are read one by one.
const EDGE: usize = 16;
const EDGE_OF_KEY: usize = 1 << 10;

/// What the finds of a text may read from a place on.
#[derive(Debug)]
pub(super) struct Sight {
    /// In bytes; what is owed is negative.
    paid: isize,
    /// Up to where the text has paid.
    pub(super) at: usize,
}

impl Default for Sight {
    fn default() -> Self {
        Self { paid: MOST, at: 0 }
    }
}

impl Sight {
    /// What is hidden at a place. It sees four times as much, and again, only where what it hides goes on there: so what is
    /// read is paid for by the text before it, or by what it hides.
    pub(super) fn ask(
        &mut self,
        secret: Secret,
        text: &str,
        place: &Range<usize>,
        floor: usize,
    ) -> Option<Range<usize>> {
        // As in a window of the text, which has no more of what stands before.
        let passed = place.start.saturating_sub(self.at).min(FARTHEST);
        self.paid = MOST.min(self.paid + (FOR_EACH * passed).cast_signed());
        self.at = place.start;
        let before = effort::so_far();
        let sight = self.paid.max(0).cast_unsigned().clamp(LEAST, FARTHEST);
        let (mut ahead, mut hidden) = (sight, None);
        loop {
            let end = text.floor_char_boundary(place.end + ahead);
            let is_cut = end < text.len() && ahead < AHEAD;
            let found = Found {
                text: text.get(..end).unwrap_or_default(),
                place: place.start..place.end.min(end),
                floor,
                sight,
                is_cut,
            };
            let Some(more) = secret.at(&found) else {
                if is_cut && ahead < LEAST_OF_KEY && ends_in_key(found.after()) {
                    ahead = LEAST_OF_KEY;
                    continue;
                }
                break;
            };
            let is_key = found.matched().starts_with("-----BEGIN");
            let edge = if is_key { EDGE_OF_KEY } else { EDGE };
            let goes_on = is_cut && more.end + edge > end;
            hidden = Some(more);
            if !goes_on {
                break;
            }
            ahead = AHEAD.min(4 * ahead);
        }
        self.paid = (self.paid - effort::so_far().wrapping_sub(before).cast_signed()).max(-MOST);
        hidden
    }
}

/// Whether the last bytes of a text are no words, nor what stands between them.
fn ends_in_key(text: &str) -> bool {
    let last = text
        .len()
        .checked_sub(EDGE)
        .and_then(|start| text.as_bytes().get(start..));
    let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.+/=".contains(byte);
    last.is_some_and(|last| last.iter().all(is_of_key))
}
