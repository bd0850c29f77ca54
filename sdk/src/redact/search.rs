//! Many patterns, one pass: where a find may start by its first bytes, an automaton is asked. Its states are made where a
//! text first needs them, and kept from text to text.
//!
//! It never gives a text up, so it needs none of the engines that `regex_automata::meta` has beside it for that, and
//! that every app would carry.

use std::iter;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use regex_automata::hybrid::dfa::{self, DFA, OverlappingState};
use regex_automata::{Anchored, Input, MatchKind, PatternID};

use super::pattern::Pattern;
use super::starts::Starts;
use super::states::{self, NoStates};

/// What the states of one automaton may take, in bytes: enough that no text makes it start over. The bench `masking`
/// searches for one.
const ROOM: usize = 16 << 20;

#[derive(Debug)]
pub(super) struct Search {
    starts: Starts,
    /// Tells the first pattern that matches at one place, and its end.
    first: DFA,
    /// Tells all patterns that match there.
    all: DFA,
    states: Mutex<States>,
}

#[derive(Debug)]
struct States {
    first: dfa::Cache,
    all: dfa::Cache,
}

/// The pattern that is found, and where.
pub(super) type Find = (usize, Range<usize>);

/// How far a text has been searched: all finds before this have been looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reached {
    pub(super) byte: usize,
    /// Of the finds that start at `byte`, those of earlier patterns have been.
    pub(super) pattern: usize,
}

impl Reached {
    pub(super) fn byte(byte: usize) -> Self {
        Self { byte, pattern: 0 }
    }

    /// Where the next find may be once that of a pattern has been looked at in vain.
    pub(super) fn behind(pattern: usize, place: &Range<usize>) -> Self {
        Self {
            byte: place.start,
            pattern: pattern + 1,
        }
    }
}

impl Search {
    /// `largest` is how large all of it may be when compiled, in bytes.
    pub(super) fn new<'p>(
        patterns: impl IntoIterator<Item = &'p Pattern>,
        largest: usize,
    ) -> Result<Self, NoStates> {
        let config = dfa::Config::new()
            .cache_capacity(ROOM)
            .starts_for_each_pattern(true);
        let first = DFA::builder()
            .configure(config.clone())
            .build_from_nfa(states::of(patterns, largest)?)?;
        let all = DFA::builder()
            .configure(config.match_kind(MatchKind::All))
            .build_from_nfa(first.get_nfa().clone())?;
        let states = Mutex::new(States {
            first: first.create_cache(),
            all: all.create_cache(),
        });
        Ok(Self {
            starts: Starts::of(first.get_nfa()),
            first,
            all,
            states,
        })
    }

    /// The first find from there on, and among those that start at one byte, that of the first pattern.
    pub(super) fn next(&self, text: &str, from: Reached) -> Option<Find> {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let mut byte = from.byte;
        if from.pattern > 0 {
            if let Some(here) = self.here(&mut states, text, from) {
                return Some(here);
            }
            byte += 1;
        }
        loop {
            byte = self.starts.next(text.as_bytes(), byte)?;
            if let Some(here) = self.at(&mut states, text, byte, Anchored::Yes) {
                return Some(here);
            }
            byte += 1;
        }
    }

    /// The find that starts at this very byte.
    fn at(&self, states: &mut States, text: &str, byte: usize, anchored: Anchored) -> Option<Find> {
        let input = Input::new(text).range(byte..).anchored(anchored);
        // Fails for no pattern that compiles: what it is built of never gives a text up.
        let end = self.first.try_search_fwd(&mut states.first, &input).ok()??;
        Some((end.pattern().as_usize(), byte..end.offset()))
    }

    /// The find of the first pattern, from one of them on, that starts at this very byte.
    fn here(&self, states: &mut States, text: &str, from: Reached) -> Option<Find> {
        let input = Input::new(text).range(from.byte..).anchored(Anchored::Yes);
        let mut state = OverlappingState::start();
        let ends = iter::from_fn(|| {
            let all = &mut states.all;
            self.all
                .try_search_overlapping_fwd(all, &input, &mut state)
                .ok()?;
            state.get_match()
        });
        let later = |pattern: &PatternID| pattern.as_usize() >= from.pattern;
        let pattern = ends.map(|end| end.pattern()).filter(later).min()?;
        // Where its own find ends, these do not tell: they have each end that it may have.
        self.at(states, text, from.byte, Anchored::Pattern(pattern))
    }

    /// Whether a pattern matches from the first letter of a text on.
    pub(super) fn starts(&self, text: &str) -> bool {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        self.at(&mut states, text, 0, Anchored::Yes).is_some()
    }
}
