//! A find that goes on and on, such as that of `secret.*` in a line of 100 MB, or a cookie of 20 KB: it is followed to its
//! end without being held.

use std::fmt;
use std::ops::Range;

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::{Anchored, Input};

use super::masks::LARGEST;
use super::rule::{LONGEST_VALUE, Rule, Secret};
use super::rules::private_key::{LONG, in_base64, is_key_line};
use super::states;

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
    /// Where its last letter ends, as far as it is known, that is no blank, and no backslash before the quote: places in the
    /// text, as those of a [`Position`](super::position::Position).
    pub(super) end: usize,
    walked: usize,
    way: Way,
}

/// How it goes on.
enum Way {
    /// As a maker's pattern says.
    Pattern(Box<Walk>),
    /// As the lines of a key.
    Key {
        /// Where the line starts that is walked through.
        line: usize,
        /// How many letters of base64 come last.
        run: usize,
    },
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

/// How much nearer than it looks one of our rules may end what it has cut, in bytes: at the start of a line. A logger may
/// write much before each line of a key.
const NEAR: usize = 128;
const NEAR_IN_KEY: usize = 1 << 10;

/// How far the letters of a value may be apart, in bytes.
const BLANKS: usize = 256;

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
        let nfa = states::of([&rule.pattern], LARGEST).ok()?;
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa).ok()?;
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
        let line = value.rfind('\n');
        let near = if line.is_some() { NEAR_IN_KEY } else { NEAR };
        if secret.end + near < place.end + LONGEST_VALUE || value.ends_with("-----") {
            return None;
        }
        let way = match text.as_bytes().get(..secret.start)? {
            _ if let Some(line) = line => Way::Key {
                line: secret.start + line + 1,
                run: value.bytes().rev().take_while(|byte| in_base64(*byte)).count(),
            },
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
            } else if !self.takes(text, at, byte, before) || at > self.end + BLANKS {
                return true;
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
                Way::Key { line, .. } if text.get(*line..).is_some_and(is_key_line) => {
                    self.end.max(text.trim_end().len())
                }
                _ => self.end,
            };
        }
        is_all
    }

    /// Takes a byte that may be part of it. Answers whether it is.
    fn takes(&mut self, text: &str, at: usize, byte: u8, before: Option<u8>) -> bool {
        let (goes_on, may_end) = match &mut self.way {
            Way::Key { line, run } => {
                *run = if in_base64(byte) { *run + 1 } else { 0 };
                let mut is_known = *run >= LONG;
                let is_ended = byte == b'\n';
                if is_ended {
                    is_known = self.end > *line || text.get(*line..at).is_some_and(is_key_line);
                    *line = at + 1;
                }
                if is_known {
                    let known = at + usize::from(!is_ended);
                    self.end = self.end.max(text[..known].trim_end().len());
                }
                return is_known || !is_ended;
            }
            Way::Quote { mark, is_escaped } => {
                let ends = byte == *mark && (*is_escaped || before != Some(b'\\'));
                (byte != b'\n' && !ends, *is_escaped && byte == b'\\')
            }
            Way::Line => (byte != b'\n' && byte != b'"', byte.is_ascii_whitespace()),
            Way::Pattern(_) => (true, false),
        };
        if goes_on && !may_end {
            self.end = at + 1;
        }
        goes_on
    }

    /// The first `bytes` of the text are gone.
    pub(super) fn shift(&mut self, bytes: usize) {
        self.start = self.start.saturating_sub(bytes);
        self.end = self.end.saturating_sub(bytes);
        self.walked = self.walked.saturating_sub(bytes);
        if let Way::Key { line, .. } = &mut self.way {
            *line = line.saturating_sub(bytes);
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
