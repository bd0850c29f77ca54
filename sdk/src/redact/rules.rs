//! The masking rules as one table, in the order in which they are asked where two find something at
//! one place.

pub(crate) mod machine;
pub(super) mod private_key;

mod asked;
mod assigned;
mod assignments;
mod bytes;
mod code_pages;
mod codes;
mod commands;
mod cookies;
mod elements;
mod endings;
mod headers;
mod inserts;
mod inside;
mod key_shapes;
mod languages;
mod logins;
mod mail;
mod money;
mod network;
mod opening;
mod parameters;
mod people;
mod phrase;
mod pieces;
mod placeholder;
mod programs;
mod reply_key;
mod spoken;
mod statements;
mod told;
mod value;
mod vendors;
mod vocabulary;
mod windows;
mod words;

use std::ops::Range;

use super::pattern::{self, Pattern};
use super::rule::{Rule, Secret};
#[cfg(any(test, feature = "testing"))]
pub(super) use money::{luhn, mod_97};
pub(super) use placeholder::is_harmless;
pub(super) use vocabulary::names_secret;

/// The rules that a maker has to switch on.
pub(super) const OFF_BY_DEFAULT: [&str; 1] = ["phone"];

macro_rules! tables {
    ($($table:ident)*) => {
        /// The whole table.
        pub(super) const TABLES: &[&[Entry]] = &[$($table::RULES),*];
        const LINES: usize = 0 $(+ $table::RULES.len())*;
    };
}

tables! {
    private_key headers cookies logins assignments codes told elements parameters languages spoken commands windows asked statements vendors
    inserts reply_key people network money
}

/// All lines of the table.
#[cfg(any(test, feature = "testing"))]
pub(super) fn entries() -> impl Iterator<Item = &'static Entry> {
    TABLES.iter().copied().flatten()
}

/// What an app carries of the table.
static BUILT_IN: [Lean; LINES] = lean(TABLES);

/// What an app carries of a line: its name and secret.
type Lean = (&'static str, Secret);

const fn lean(tables: &[&[Entry]]) -> [Lean; LINES] {
    let mut lean = [("", Secret::Whole); LINES];
    let (mut table, mut line, mut at) = (0, 0, 0);
    while at < LINES {
        if line < tables[table].len() {
            let entry = &tables[table][line];
            assert!(!entry.pattern.is_empty(), "it would find all");
            lean[at] = (entry.name, entry.secret);
            (line, at) = (line + 1, at + 1);
        } else {
            (table, line) = (table + 1, 0);
        }
    }
    lean
}

/// The rules of every app.
pub(super) fn built_in() -> impl Iterator<Item = Rule> {
    BUILT_IN.iter().enumerate().map(|(line, (name, secret))| Rule {
        name: (*name).into(),
        pattern: Pattern::BuiltIn(line),
        secret: *secret,
    })
}

/// The names by which a maker switches rules on and off. `host` has rules on a machine with a name.
pub(super) fn names() -> impl Iterator<Item = String> {
    built_in()
        .map(|rule| rule.name.into_owned())
        .chain(["host".to_owned()])
}

/// A line of the table.
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) pattern: &'static str,
    secret: Secret,
    /// Texts with a secret, which stands between `«` and `»`. `{h8}` stands for eight hexadecimal
    /// digits, drawn when a test runs: a key that looks real has no place in a repository.
    #[cfg_attr(
        not(any(test, feature = "testing")),
        expect(dead_code, reason = "documents the rule and drives its tests")
    )]
    pub(super) examples: &'static [&'static str],
    /// Texts that look alike and stay.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "documents the rule and drives its tests")
    )]
    pub(super) harmless: &'static [&'static str],
    /// Where the pattern's facts are from.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "documents the rule and drives its tests")
    )]
    pub(super) source: &'static str,
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
pub(super) fn own_keys(keys: &[&str]) -> impl Iterator<Item = Rule> + Clone {
    keys.iter()
        .filter(|key| key.len() >= SHORTEST_KEY)
        .map(|key| Rule {
            name: "key".into(),
            pattern: pattern::just(key),
            secret: Secret::Whole,
        })
}
