//! A find that goes on and on, such as that of `secret.*` in a line of 100 MB, or a cookie of 20 KB: it is followed to its
//! end without being held.

use std::fmt;
use std::ops::Range;

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::{Anchored, Input};

use super::rule::{LONGEST_VALUE, Rule, Secret};

/// What a value is known again by: all of it, or so much that two of them are hardly the same.
pub(super) fn known_by(value: &str) -> &str {
    &value[..value.floor_char_boundary(LONGEST_VALUE)]
}

/// One find whose start is in the text, and whose end may not be yet.
pub(super) struct Endless {
    /// Whose it is.
    pub(super) rule: usize,
    /// What it starts with: [`known_by`].
    pub(super) value: String,
    pub(super) start: usize,
    /// Whether its mask is in the answer.
    pub(super) is_told: bool,
    /// Where it ends, as far as it is known: places in the text, as those of a [`Position`](super::Position).
    pub(super) end: usize,
    walked: usize,
    /// Where the last letter of it ends that is no blank, and no backslash before the quote.
    reached: usize,
    /// How much of a line has been walked through.
    in_line: usize,
    way: Way,
}

/// How it goes on.
enum Way {
    /// As a maker's pattern says.
    Pattern(Box<Walk>),
    /// As the lines of a key.
    Key,
    /// To a quote, of which one behind a backslash is none where the first has no backslash itself.
    Quote { mark: u8, is_escaped: bool },
    /// To the end of its line, or the end of the quotes that the line is in.
    Line,
}

struct Walk {
    dfa: DFA,
    cache: Cache,
    state: LazyStateID,
}

/// How much nearer than it looks one of our rules may end what it has cut, in bytes: at the start of a line.
const NEAR: usize = 128;

/// The most blanks between the lines of a key.
const BLANKS: usize = 256;

/// How long a line is at least that is known for one of a key before it ends, in bytes.
const KEY_LINE: usize = 40;

impl Endless {
    /// The find of a maker's rule that is in the text as far as `place`, where it is longer than what is held of one.
    pub(super) fn of_pattern(rule: &Rule, index: usize, text: &str, place: &Range<usize>) -> Option<Self> {
        let found = text.get(place.clone())?;
        let value = known_by(found);
        if !matches!(rule.secret, Secret::Whole) || value.len() == found.len() {
            return None;
        }
        // None of this fails for a pattern that compiles. If it did, the find would be held.
        let config = DFA::config().skip_cache_capacity_check(true);
        let dfa = DFA::builder().configure(config).build(&rule.pattern).ok()?;
        let mut cache = dfa.create_cache();
        let input = Input::new(text).anchored(Anchored::Yes).range(place.start..);
        let state = dfa.start_state_forward(&mut cache, &input).ok()?;
        Some(Self {
            rule: index,
            value: value.to_owned(),
            start: place.start,
            is_told: false,
            end: place.end,
            walked: place.start,
            reached: place.end,
            in_line: 0,
            way: Way::Pattern(Box::new(Walk { dfa, cache, state })),
        })
    }

    /// What one of our rules hides at `place`, where that is as much as it looks at.
    pub(super) fn of_cut(
        rule: usize,
        text: &str,
        place: &Range<usize>,
        secret: &Range<usize>,
    ) -> Option<Self> {
        let value = text.get(secret.clone())?;
        if secret.end + NEAR < place.end + LONGEST_VALUE || value.ends_with("-----") {
            return None;
        }
        let way = match text.as_bytes().get(..secret.start)? {
            _ if value.contains('\n') => Way::Key,
            [before @ .., mark @ (b'"' | b'\'' | b'`')] => Way::Quote {
                mark: *mark,
                is_escaped: before.ends_with(b"\\"),
            },
            _ => Way::Line,
        };
        Some(Self {
            rule,
            value: known_by(value).to_owned(),
            start: secret.start,
            is_told: false,
            end: secret.end,
            walked: secret.end,
            reached: secret.end,
            in_line: 0,
            way,
        })
    }

    /// Follows it through the rest of the text. Answers whether its end is there.
    pub(super) fn walk(&mut self, text: &str, is_all: bool) -> bool {
        let mut before = text.as_bytes().get(self.walked.wrapping_sub(1)).copied();
        for (at, byte) in text.bytes().enumerate().skip(self.walked) {
            if let Way::Pattern(walk) = &mut self.way {
                match walk.dfa.next_state(&mut walk.cache, walk.state, byte) {
                    // A match is known one byte after its end.
                    Ok(state) if state.is_match() => (walk.state, self.end) = (state, at),
                    Ok(state) if state.is_dead() => return true,
                    Ok(state) if !state.is_quit() => walk.state = state,
                    // Better too much is hidden than too little.
                    _ => self.end = at + 1,
                }
            } else if !self.way.has(byte, before) || at > self.reached + BLANKS {
                return true;
            } else {
                self.reach(at, byte);
            }
            before = Some(byte);
        }
        self.walked = text.len();
        if is_all {
            self.end = match &mut self.way {
                Way::Pattern(walk) => match walk.dfa.next_eoi_state(&mut walk.cache, walk.state) {
                    Ok(state) if state.is_match() => text.len(),
                    _ => self.end,
                },
                _ => self.reached,
            };
        }
        is_all
    }

    /// Takes a byte that is part of it. In a key those of a short line wait for the end of the line: it may be one of the
    /// text behind.
    fn reach(&mut self, at: usize, byte: u8) {
        let may_end = match self.way {
            Way::Quote { is_escaped, .. } => is_escaped && byte == b'\\',
            _ => byte.is_ascii_whitespace(),
        };
        if !may_end {
            self.reached = at + 1;
        }
        self.in_line = if byte == b'\n' { 0 } else { self.in_line + 1 };
        if !matches!(self.way, Way::Key) || byte == b'\n' || self.in_line >= KEY_LINE {
            self.end = self.reached;
        }
    }

    /// The first `bytes` of the text are gone.
    pub(super) fn shift(&mut self, bytes: usize) {
        self.start = self.start.saturating_sub(bytes);
        self.end = self.end.saturating_sub(bytes);
        self.walked = self.walked.saturating_sub(bytes);
        self.reached = self.reached.saturating_sub(bytes);
    }
}

impl Way {
    /// Whether a byte is part of it.
    fn has(&self, byte: u8, before: Option<u8>) -> bool {
        match self {
            Self::Pattern(_) => true,
            Self::Key => byte.is_ascii_alphanumeric() || b"+/=\\\"',\r\n\t ".contains(&byte),
            Self::Quote { mark, is_escaped } => {
                byte != b'\n' && (byte != *mark || !is_escaped && before == Some(b'\\'))
            }
            Self::Line => byte != b'\n' && byte != b'"',
        }
    }
}

impl fmt::Debug for Endless {
    /// Without what it has found.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endless")
            .field("rule", &self.rule)
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}
