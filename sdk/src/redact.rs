//! Text in, masked text and counts out. Pure: no clock, no disk.
//!
//! The same value gets the same mask within one report (`[email-1]`, `[email-2]`), so that a log
//! can still be followed. All rules run in one pass: the patterns find the places, and the function
//! of the rule that found one decides what is hidden there.

mod masking;
mod masks;
mod rule;
#[cfg(any(test, feature = "testing"))]
pub(crate) mod rule_by_rule;
mod rules;
#[cfg(any(test, feature = "testing"))]
pub(crate) mod seeds;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;
use std::sync::Arc;

use regex_automata::Input;

use crate::report::MaskCounts;
use rule::Found;

pub use masking::Masking;
pub(crate) use masks::Masks;
pub(crate) use rules::machine::Machine;

/// Masks the texts of one report; remembers which value got which number.
#[derive(Debug)]
pub(crate) struct Redactor {
    masks: Arc<Masks>,
    /// By the name's place in [`Masks`] and the hash of the value: two rules of one name share their
    /// numbers, and no secret stays in memory.
    numbers: HashMap<(usize, u64), usize>,
    /// The last number of each name.
    last: HashMap<usize, usize>,
    hasher: RandomState,
}

impl Redactor {
    pub(crate) fn new(masks: Arc<Masks>) -> Self {
        Self {
            masks,
            numbers: HashMap::new(),
            last: HashMap::new(),
            hasher: RandomState::new(),
        }
    }

    /// Masks `text`, adding what was hidden to `counts`. Borrows where nothing was found.
    pub(crate) fn redact<'t>(&mut self, text: &'t str, counts: &mut MaskCounts) -> Cow<'t, str> {
        self.redact_after(text, 0, counts)
    }

    /// Masks what follows the first `lead` bytes of `text`. The lead itself is not in the answer; it
    /// is there so that a value which the cut goes through is still known for what it is.
    pub(crate) fn redact_after<'t>(
        &mut self,
        text: &'t str,
        lead: usize,
        counts: &mut MaskCounts,
    ) -> Cow<'t, str> {
        let masks = Arc::clone(&self.masks);
        let Some(regex) = masks.regex() else {
            return Cow::Borrowed("[masked]");
        };
        self.replace(text, lead, counts, |from| {
            let found = regex.search(&Input::new(text).range(from..))?;
            Some((found.pattern().as_usize(), found.range()))
        })
    }

    /// Masks a value that has a name: with that of a secret it is hidden to its end, whatever is in it.
    pub(crate) fn redact_named(&mut self, name: &str, value: &str, counts: &mut MaskCounts) -> String {
        let lead = format!("{name}=");
        let masked = self
            .redact_after(&format!("{lead}{value}"), lead.len(), counts)
            .into_owned();
        match masked.split_once(']') {
            Some((mask, _)) if mask.starts_with("[secret-") && !value.starts_with("[secret-") => {
                format!("{mask}]")
            }
            _ => masked,
        }
    }

    /// Replaces what is secret at the places that `next` names: the first one at or behind a byte, and
    /// the rule whose it is.
    fn replace<'t>(
        &mut self,
        text: &'t str,
        lead: usize,
        counts: &mut MaskCounts,
        mut next: impl FnMut(usize) -> Option<(usize, Range<usize>)>,
    ) -> Cow<'t, str> {
        let masks = Arc::clone(&self.masks);
        let mut masked = String::new();
        let (mut searched, mut floor, mut done) = (0, 0, lead);
        while let Some((index, place)) = next(searched) {
            searched = place.end;
            let Some(rule) = masks.rules().get(index) else {
                break;
            };
            let Some(secret) = rule.secret.at(&Found::new(text, place, floor)) else {
                continue;
            };
            searched = searched.max(secret.end);
            floor = secret.end;
            let value = text.get(secret.clone()).unwrap_or_default();
            if value.is_empty() || secret.end <= lead || masks.keeps(value) {
                continue;
            }
            // Nothing where the lead ends inside the value.
            masked.push_str(text.get(done..secret.start).unwrap_or_default());
            let number = self.number(masks.name(index), value);
            let _ = write!(masked, "[{}-{number}]", rule.name);
            done = secret.end;
            *counts.entry(rule.name.to_string()).or_default() += 1;
        }
        let rest = text.get(done..).unwrap_or_default();
        if done == lead {
            return Cow::Borrowed(rest);
        }
        masked.push_str(rest);
        Cow::Owned(masked)
    }

    /// The number of a value among those of one name. `Anna` and `anna` are one.
    fn number(&mut self, name: usize, value: &str) -> usize {
        let key = (name, self.hasher.hash_one(value.to_lowercase()));
        *self.numbers.entry(key).or_insert_with(|| {
            let last = self.last.entry(name).or_default();
            *last += 1;
            *last
        })
    }
}

/// Each rule's name with its examples.
#[cfg(feature = "testing")]
pub(crate) fn examples() -> Vec<(String, &'static str)> {
    let each = |rule: rule::Rule| {
        rule.examples
            .iter()
            .map(move |example| (rule.name.to_string(), *example))
    };
    rules::built_in().flat_map(each).collect()
}

#[cfg(test)]
mod tests;
