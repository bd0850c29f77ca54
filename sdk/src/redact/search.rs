//! Many patterns, one pass: an automaton whose states are made where a text first needs them, and kept from text to text.
//!
//! It never gives a text up, so it needs none of the engines that `regex_automata::meta` has beside it for that, and
//! that every app would carry.

use std::sync::{Mutex, PoisonError};

use regex_automata::hybrid::BuildError;
use regex_automata::hybrid::dfa;
use regex_automata::hybrid::regex::{Cache, Regex};
use regex_automata::nfa::thompson;
use regex_automata::{Input, Match};

/// What the states of one direction may take, in bytes: enough that no text makes it start over. The bench `masking`
/// searches for one.
const ROOM: usize = 16 << 20;

#[derive(Debug)]
pub(super) struct Search {
    regex: Regex,
    states: Mutex<Cache>,
}

impl Search {
    /// `largest` is how large all of it may be when compiled, in bytes.
    pub(super) fn new(patterns: &[impl AsRef<str>], largest: usize) -> Result<Self, Box<BuildError>> {
        let regex = Regex::builder()
            .thompson(thompson::Config::new().nfa_size_limit(Some(largest)))
            .dfa(dfa::Config::new().cache_capacity(ROOM))
            .build_many(patterns)?;
        let states = Mutex::new(regex.create_cache());
        Ok(Self { regex, states })
    }

    /// The first find, and among those that start there, that of the first pattern.
    pub(super) fn find(&self, input: Input<'_>) -> Option<Match> {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        // Would panic where a search may end early, which nothing above has asked for.
        self.regex.find(&mut states, input)
    }
}
