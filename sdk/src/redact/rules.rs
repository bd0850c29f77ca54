//! The masking rules as one table, in the order in which they are asked where two find something at
//! one place.

pub(crate) mod machine;

mod assignments;
mod headers;
mod money;
mod network;
mod people;
mod private_key;
mod reply_key;
mod vendors;

use std::ops::Range;

use super::rule::{Rule, Secret, escape};
#[cfg(any(test, feature = "testing"))]
pub(super) use money::{luhn, mod_97};

/// The rules that a maker has to switch on.
pub(super) const OFF_BY_DEFAULT: [&str; 1] = ["phone"];

/// The rules of every app.
pub(super) fn built_in() -> impl Iterator<Item = Rule> {
    [
        private_key::RULES,
        headers::RULES,
        assignments::RULES,
        vendors::RULES,
        reply_key::RULES,
        people::RULES,
        network::RULES,
        money::RULES,
    ]
    .into_iter()
    .flatten()
    .map(Entry::rule)
}

/// The names by which a maker switches rules on and off. `host` has rules on a machine with a name.
pub(super) fn names() -> impl Iterator<Item = String> {
    built_in()
        .map(|rule| rule.name.into_owned())
        .chain(["host".to_owned()])
}

/// A line of the table.
struct Entry {
    name: &'static str,
    pattern: &'static str,
    secret: Secret,
    examples: &'static [&'static str],
    harmless: &'static [&'static str],
    source: &'static str,
}

impl Entry {
    fn rule(&self) -> Rule {
        Rule {
            name: self.name.into(),
            pattern: self.pattern.into(),
            secret: self.secret,
            examples: self.examples,
            harmless: self.harmless,
            source: self.source,
        }
    }
}

/// The place of a value that starts at `start`, unless it is empty.
fn hide(start: usize, value: &str) -> Option<Range<usize>> {
    (!value.is_empty()).then(|| start..start + value.len())
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// A key shorter than this would hide words.
const SHORTEST_KEY: usize = 6;

/// Our own keys, wherever they stand.
pub(super) fn own_keys(keys: &[&str]) -> impl Iterator<Item = Rule> {
    keys.iter()
        .filter(|key| key.len() >= SHORTEST_KEY)
        .map(|key| Rule {
            name: "key".into(),
            pattern: escape(key).into(),
            secret: Secret::Whole,
            examples: &[],
            harmless: &[],
            source: "the config",
        })
}
