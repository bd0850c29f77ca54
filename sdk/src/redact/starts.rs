//! Where a find may start: its first bytes tell of most places in a text that nothing starts there.
//!
//! Looked at by themselves, they need no states to be learnt, and the search learns only those of places where something
//! nearly is.

use std::array;
use std::fmt;

use regex_automata::nfa::thompson::{NFA, State};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::StateID;

use crate::sorted::sorted;

/// How many bytes of a find are looked at.
const AHEAD: usize = 4;
/// With the byte before it.
const BYTES: usize = 1 + AHEAD;
/// Kinds of starts that are told apart: as many as a number has bits.
const KINDS: usize = u64::BITS as usize;

/// Of each byte of a start and each value that it may have, the kinds that it belongs to. What is of one kind in all its
/// bytes may be a start.
pub(super) struct Starts(Box<[[u64; 256]; BYTES]>);

impl Starts {
    /// The starts of all patterns.
    pub(super) fn of(nfa: &NFA) -> Self {
        let mut walk = Walk::new(nfa);
        let patterns = nfa.patterns().filter_map(|pattern| nfa.start_pattern(pattern));
        let starts = patterns.flat_map(|start| walk.starts(start)).collect();
        let mut starts: Vec<Start> = sorted(starts, Ord::cmp);
        starts.dedup();
        merge(&mut starts);
        let mut kinds = Box::new([[0; 256]; BYTES]);
        for (kind, start) in starts.iter().enumerate() {
            for (of_values, bytes) in kinds.iter_mut().zip(start) {
                for (value, kinds) in (0..=u8::MAX).zip(of_values) {
                    *kinds |= u64::from(bytes.has(value)) << kind;
                }
            }
        }
        Self(kinds)
    }

    /// The first place from `from` on where a find may start.
    pub(super) fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        // The first byte has none before it, and the last ones too few behind them.
        if from == 0 || from + AHEAD > text.len() {
            return (from < text.len()).then_some(from);
        }
        let [before, first, second, third, fourth] = &*self.0;
        let kinds = |of_values: &[u64; 256], value: u8| of_values[usize::from(value)];
        let may_start = |bytes: &[u8]| {
            let &[b0, b1, b2, b3, b4] = bytes else {
                return true;
            };
            kinds(before, b0) & kinds(first, b1) & kinds(second, b2) & kinds(third, b3) & kinds(fourth, b4)
                != 0
        };
        let found = text.get(from - 1..)?.windows(BYTES).position(may_start);
        Some(found.map_or(text.len() - AHEAD + 1, |at| from + at))
    }
}

impl fmt::Debug for Starts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Starts").finish_non_exhaustive()
    }
}

/// What may stand before a find, and at each of its first bytes.
type Start = [Bytes; BYTES];

/// Merges neighbours, the most alike first, until each has a kind of its own.
fn merge(starts: &mut Vec<Start>) {
    let both = |one: &Start, other: &Start| -> Start { array::from_fn(|at| one[at].or(other[at])) };
    let cost = |one: &Start, other: &Start| chance(&both(one, other)) - chance(one) - chance(other);
    let mut costs: Vec<f64> = starts.windows(2).map(|pair| cost(&pair[0], &pair[1])).collect();
    while starts.len() > KINDS {
        let least = costs
            .iter()
            .enumerate()
            .min_by(|one, other| one.1.total_cmp(other.1));
        let Some((at, _)) = least else {
            return;
        };
        starts[at] = both(&starts[at], &starts[at + 1]);
        starts.remove(at + 1);
        costs.remove(at);
        for pair in at.saturating_sub(1)..(at + 1).min(costs.len()) {
            costs[pair] = cost(&starts[pair], &starts[pair + 1]);
        }
    }
}

/// How often a log has such a start, beside others.
fn chance(start: &Start) -> f64 {
    start.iter().map(|bytes| f64::from(bytes.chance())).product()
}

/// The way through the states of all patterns.
struct Walk<'n> {
    nfa: &'n NFA,
    /// In which round each state was seen last.
    seen: Vec<usize>,
    round: usize,
}

impl<'n> Walk<'n> {
    fn new(nfa: &'n NFA) -> Self {
        Self {
            seen: vec![0; nfa.states().len()],
            round: 0,
            nfa,
        }
    }

    /// The starts of what matches from a state on: one for each of the states that may take its first byte.
    fn starts(&mut self, from: StateID) -> Vec<Start> {
        let anywhere = self.reached(&[from], false);
        let all = self.reached(&[from], true);
        let start = |first: StateID| {
            let mut start = [Bytes::ALL; BYTES];
            let mut here = vec![first];
            for bytes in start.iter_mut().skip(1) {
                let mut next = Vec::new();
                *bytes = here.iter().fold(Bytes::NONE, |bytes, state| {
                    bytes.or(taken(self.nfa.state(*state), &mut next))
                });
                if *bytes == Bytes::ALL {
                    break;
                }
                here = self.reached(&next, true);
            }
            if !anywhere.contains(&first) {
                start[0] = start[1].beside_edge();
            }
            start
        };
        all.into_iter().map(start).collect()
    }

    /// The states that take a byte or match, which are reached without one; also those behind the edge of a word, where
    /// `by_edges` says so.
    fn reached(&mut self, from: &[StateID], by_edges: bool) -> Vec<StateID> {
        self.round += 1;
        let mut reached = Vec::new();
        let mut open = from.to_vec();
        while let Some(id) = open.pop() {
            let Some(seen) = self
                .seen
                .get_mut(id.as_usize())
                .filter(|seen| **seen != self.round)
            else {
                continue;
            };
            *seen = self.round;
            match self.nfa.state(id) {
                State::Union { alternates } => open.extend(alternates),
                State::BinaryUnion { alt1, alt2 } => open.extend([alt1, alt2]),
                State::Capture { next, .. } => open.push(*next),
                State::Look { look, next } if by_edges || *look != Look::WordAscii => open.push(*next),
                State::Look { .. } | State::Fail => {}
                _ => reached.push(id),
            }
        }
        reached
    }
}

/// What a state takes, and where it leads by that: any byte may stand behind a match.
fn taken(state: &State, next: &mut Vec<StateID>) -> Bytes {
    let transitions = match state {
        State::ByteRange { trans } => array::from_ref(trans),
        State::Sparse(sparse) => &*sparse.transitions,
        _ => return Bytes::ALL,
    };
    next.extend(transitions.iter().map(|transition| transition.next));
    transitions.iter().fold(Bytes::NONE, |bytes, transition| {
        bytes.or(Bytes::from(transition.start, transition.end))
    })
}

/// A set of bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Bytes([u128; 2]);

impl Bytes {
    const NONE: Self = Self([0; 2]);
    const ALL: Self = Self([u128::MAX; 2]);
    /// Letters of words.
    const WORD: Self = Self::from(b'0', b'9')
        .or(Self::from(b'A', b'Z'))
        .or(Self::from(b'_', b'_'))
        .or(Self::from(b'a', b'z'));
    /// What logs are mostly made of.
    const OFTEN: Self = Self::from(b' ', b' ')
        .or(Self::from(b'0', b'9'))
        .or(Self::from(b'a', b'z'));

    const fn from(start: u8, end: u8) -> Self {
        let mut bytes = Self::NONE;
        let mut byte = start as usize;
        while byte <= end as usize {
            bytes.0[byte / 128] |= 1 << (byte % 128);
            byte += 1;
        }
        bytes
    }

    const fn or(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }

    fn and(self, other: Self) -> Self {
        Self([self.0[0] & other.0[0], self.0[1] & other.0[1]])
    }

    fn has(self, byte: u8) -> bool {
        self.0[usize::from(byte / 128)] >> (byte % 128) & 1 == 1
    }

    /// What stands before one of these where a word starts or ends between them.
    fn beside_edge(self) -> Self {
        let other = Self(Self::WORD.0.map(|bytes| !bytes));
        match (self.and(Self::WORD) == self, self.and(other) == self) {
            (true, _) => other,
            (_, true) => Self::WORD,
            _ => Self::ALL,
        }
    }

    /// How often one of these stands somewhere, beside others.
    fn chance(self) -> u32 {
        let count = |bytes: Self| bytes.0.map(u128::count_ones).iter().sum::<u32>();
        count(self) + 3 * count(self.and(Self::OFTEN))
    }
}

#[cfg(test)]
mod tests {
    use regex_automata::hybrid::dfa::DFA;
    use regex_automata::{Anchored, Input};

    use super::*;
    use crate::redact::rules::entries;
    use crate::redact::seeds::{Dice, fill};

    fn dfa(patterns: &[&str]) -> DFA {
        DFA::new_many(patterns).unwrap()
    }

    /// The places where a find may start, and those where one does.
    fn places(dfa: &DFA, starts: &Starts, text: &str) -> (Vec<usize>, Vec<usize>) {
        let mut cache = dfa.create_cache();
        let (mut may, mut from) = (Vec::new(), 0);
        while let Some(at) = starts.next(text.as_bytes(), from) {
            may.push(at);
            from = at + 1;
        }
        let mut starts_at = |at: &usize| {
            let input = Input::new(text).anchored(Anchored::Yes).range(*at..);
            dfa.try_search_fwd(&mut cache, &input).unwrap().is_some()
        };
        let does = (0..text.len()).filter(&mut starts_at).collect();
        (may, does)
    }

    #[test]
    fn no_find_starts_where_none_may_and_few_places_are_looked_at() {
        let patterns: Vec<&str> = entries().map(|rule| rule.pattern).collect();
        let dfa = dfa(&patterns);
        let starts = Starts::of(dfa.get_nfa());
        let mut dice = Dice::new(5);
        let (mut all, mut looked_at) = (0, 0);
        for text in entries().flat_map(|rule| [rule.examples, rule.harmless].concat()) {
            let (text, _) = fill(text, &mut dice);
            let (may, does) = places(&dfa, &starts, &text);
            assert!(does.iter().all(|at| may.contains(at)), "{text:?}");
            all += text.len();
            looked_at += may.len();
        }
        // Texts that are full of finds.
        assert!(looked_at * 4 < all, "{looked_at} of {all}");
    }

    #[test]
    fn a_makers_pattern_may_be_of_any_kind() {
        for pattern in [
            "a",
            "(?:(?:a*)*b)*c",
            r"(?-u:\b)-",
            r"(?-u:\b)[a-z -]",
            r"(?:(?-u:\b)|x)ab",
            r"(?m:^)ab$",
            "(?:я|日本)+",
            "a(?:b(?:c(?:d(?:e|f)?)?)?)?",
            "(?s:.)b",
        ] {
            let dfa = dfa(&[pattern]);
            let starts = Starts::of(dfa.get_nfa());
            for text in [
                "a",
                "ab -a xab-",
                "ab\nab",
                "日本я-я ab",
                "abcdef b c aac",
                "-",
                "",
            ] {
                let (may, does) = places(&dfa, &starts, text);
                assert!(does.iter().all(|at| may.contains(at)), "{pattern} in {text:?}");
            }
        }
    }
}
