//! A find of a maker's rule that goes on and on, such as that of `secret.*` in a line of 100 MB: it is followed to its end
//! without being held.

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
    dfa: DFA,
    cache: Cache,
    state: LazyStateID,
}

impl Endless {
    /// The find of a rule that is in the text as far as `place`, where it is longer than what is held of one.
    pub(super) fn new(rule: &Rule, index: usize, text: &str, place: &Range<usize>) -> Option<Self> {
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
            dfa,
            cache,
            state,
        })
    }

    /// Follows it through the rest of the text. Answers whether its end is there.
    pub(super) fn walk(&mut self, text: &str, is_all: bool) -> bool {
        for (at, byte) in text.bytes().enumerate().skip(self.walked) {
            match self.dfa.next_state(&mut self.cache, self.state, byte) {
                // A match is known one byte after its end.
                Ok(state) if state.is_match() => (self.state, self.end) = (state, at),
                Ok(state) if state.is_dead() => return true,
                Ok(state) if !state.is_quit() => self.state = state,
                // Better too much is hidden than too little.
                _ => self.end = at + 1,
            }
        }
        self.walked = text.len();
        if is_all {
            let last = self.dfa.next_eoi_state(&mut self.cache, self.state);
            if last.is_ok_and(|state| state.is_match()) {
                self.end = text.len();
            }
        }
        is_all
    }

    /// The first `bytes` of the text are gone.
    pub(super) fn shift(&mut self, bytes: usize) {
        self.end = self.end.saturating_sub(bytes);
        self.walked = self.walked.saturating_sub(bytes);
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
