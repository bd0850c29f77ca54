//! The same rules, each searched for by itself: what the one pass must equal, and what it is measured
//! against.

use std::ops::Range;
use std::sync::Arc;

use regex_automata::Input;
use regex_automata::meta::Regex;

use super::pattern::{Pattern, Ways};
use super::rules::entries;
use super::{Masks, Redactor};
use crate::redact::MaskCounts;

/// The rules of `masks`, compiled one by one.
#[derive(Debug)]
pub(crate) struct RuleByRule {
    masks: Arc<Masks>,
    alone: Vec<Regex>,
}

impl RuleByRule {
    pub(crate) fn new(masks: Arc<Masks>) -> Self {
        // With all engines there are for a single pattern: a fair peer, and other code than that of the one pass.
        let alone = masks
            .rules()
            .iter()
            .map(|rule| Regex::new(&text(&rule.pattern)).ok());
        Self {
            alone: alone.collect::<Option<_>>().unwrap_or_default(),
            masks,
        }
    }

    /// Searches for each rule from its last find on, and takes what comes first. A find that is refused leaves the
    /// others where they are.
    pub(crate) fn redact(&self, text: &str) -> String {
        // Where each rule's next find is, once it is known: at the end of all numbers where there is none.
        let nowhere = usize::MAX..usize::MAX;
        let mut ahead: Vec<Option<Range<usize>>> = vec![None; self.alone.len()];
        let mut redactor = Redactor::new(Arc::clone(&self.masks));
        let masked = redactor.replace(text, 0, &mut MaskCounts::new(), |from| {
            for (rule, (regex, place)) in self.alone.iter().zip(&mut ahead).enumerate() {
                let is_done = usize::from(rule < from.pattern);
                let least = text.ceil_char_boundary(from.byte + is_done);
                if place.as_ref().is_none_or(|place| place.start < least) {
                    let found = regex.search(&Input::new(text).range(least..));
                    *place = Some(found.map_or(nowhere.clone(), |found| found.range()));
                }
            }
            let first = ahead.iter().flatten().enumerate();
            let (rule, place) = first.min_by_key(|(rule, place)| (place.start, *rule))?;
            (*place != nowhere).then(|| (rule, place.clone()))
        });
        masked.into_owned()
    }
}

/// A pattern in the syntax that it is read in.
pub(super) fn text(pattern: &Pattern) -> String {
    let escaped = |text: &String| text.chars().map(escaped).collect::<String>();
    match pattern {
        Pattern::BuiltIn(line) => {
            let entry = entries().nth(*line);
            entry.map_or_else(String::new, |entry| entry.pattern.to_owned())
        }
        Pattern::Texts(texts) => {
            let ways = |ways: &Ways| ways.iter().map(escaped).collect::<Vec<_>>().join("|");
            let parts: Vec<String> = texts.iter().map(ways).collect();
            format!("(?:{})", parts.join(")(?:"))
        }
        Pattern::Own { text, .. } => text.clone(),
    }
}

fn escaped(letter: char) -> String {
    let mark = if letter.is_ascii_punctuation() { "\\" } else { "" };
    format!("{mark}{letter}")
}
