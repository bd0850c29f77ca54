//! Many patterns, one pass: an automaton whose states are made where a text first needs them, and kept from text to text.
//!
//! It never gives a text up, so it needs none of the engines that `regex_automata::meta` has beside it for that, and
//! that every app would carry.

use std::iter;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use regex_automata::hybrid::BuildError;
use regex_automata::hybrid::dfa::{self, DFA, OverlappingState};
use regex_automata::hybrid::regex::{self, Regex};
use regex_automata::nfa::thompson;
use regex_automata::{Anchored, Input, Match, MatchKind, PatternID};

/// What the states of one direction may take, in bytes: enough that no text makes it start over. The bench `masking`
/// searches for one.
const ROOM: usize = 16 << 20;

#[derive(Debug)]
pub(super) struct Search {
    regex: Regex,
    /// Tells all patterns that match at one place, where the other knows the first.
    all: DFA,
    states: Mutex<States>,
}

#[derive(Debug)]
struct States {
    regex: regex::Cache,
    all: dfa::Cache,
}

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
    pub(super) fn new(patterns: &[impl AsRef<str>], largest: usize) -> Result<Self, Box<BuildError>> {
        let config = dfa::Config::new()
            .cache_capacity(ROOM)
            .starts_for_each_pattern(true);
        let regex = Regex::builder()
            .thompson(thompson::Config::new().nfa_size_limit(Some(largest)))
            .dfa(config.clone())
            .build_many(patterns)?;
        let all = DFA::builder()
            .configure(config.match_kind(MatchKind::All))
            .build_from_nfa(regex.forward().get_nfa().clone())?;
        let states = Mutex::new(States {
            regex: regex.create_cache(),
            all: all.create_cache(),
        });
        Ok(Self { regex, all, states })
    }

    /// The first find from there on, and among those that start at one byte, that of the first pattern.
    pub(super) fn next(&self, text: &str, from: Reached) -> Option<Match> {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let mut byte = from.byte;
        if from.pattern > 0 {
            if let Some(here) = self.here(&mut states, text, from) {
                return Some(here);
            }
            byte = text.ceil_char_boundary(byte + 1);
        }
        // Would panic where a search may end early, which nothing above has asked for. So for the others here.
        self.regex.find(&mut states.regex, Input::new(text).range(byte..))
    }

    /// The find of the first pattern, from one of them on, that starts at this very byte.
    fn here(&self, states: &mut States, text: &str, from: Reached) -> Option<Match> {
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
        let input = input.anchored(Anchored::Pattern(pattern));
        self.regex.find(&mut states.regex, input)
    }

    /// Whether a pattern matches from the first letter of a text on.
    pub(super) fn starts(&self, text: &str) -> bool {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let input = Input::new(text).anchored(Anchored::Yes);
        self.regex.find(&mut states.regex, input).is_some()
    }
}
