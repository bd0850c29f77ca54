//! What an app's maker hides and keeps by patterns of their own. The feature `own-masks`: what reads them has Unicode's tables.

use std::borrow::Cow;

use regex_automata::util::syntax;

use super::{Masking, wrong};
use crate::error::ConfigError;
use crate::redact::pattern::Pattern;
use crate::redact::rule::{Rule, Secret};
use crate::redact::search::Search;

/// The longest a match of a maker's rule may be, in bytes. It bounds how far the search looks ahead in
/// vain, and by that the time that any text can take.
const LONGEST: usize = 256;

/// How large a maker's rule may be when compiled, in bytes.
const LARGEST: usize = 256 << 10;

impl Masking {
    /// Hides what `pattern` matches, as `[name-1]`. Wins over the built-in rules.
    ///
    /// The syntax is that of the `regex` crate. So that no log makes masking slow, a match may have at most
    /// 256 bytes (write `{1,80}` in place of `+` and `*`, which may only stand at the very end), and word
    /// boundaries are those of ASCII: `(?-u:\b)`.
    /// [`FeedbackConfig::check`](crate::FeedbackConfig::check) tells what is wrong. A value of more than 16 KiB
    /// is known again by its first 16 KiB, and is hidden also where [`keep_matching`](Self::keep_matching) would let it stay.
    #[must_use]
    pub fn add(mut self, name: impl Into<String>, pattern: impl Into<String>) -> Self {
        self.added.push(Rule {
            name: Cow::Owned(name.into()),
            pattern: Pattern::Own {
                text: pattern.into(),
                is_whole: false,
            },
            secret: Secret::Whole,
        });
        self
    }

    /// Leaves values as they are that `pattern` matches from their first to their last letter. The syntax is that of
    /// [`add`](Self::add), and a match may be of any length.
    #[must_use]
    pub fn keep_matching(mut self, pattern: impl Into<String>) -> Self {
        self.keep_matching.push(Pattern::Own {
            text: pattern.into(),
            is_whole: true,
        });
        self
    }

    /// What is wrong with the patterns, if anything is.
    pub(super) fn check_own(&self) -> Result<(), ConfigError> {
        for rule in &self.added {
            check_name(&rule.name)?;
        }
        let added = self.added.iter().map(|rule| &rule.pattern);
        for pattern in added.chain(&self.keep_matching) {
            let Pattern::Own { text, is_whole } = pattern else {
                continue;
            };
            let least = check_syntax(text)?;
            if !is_whole {
                check_length(text, least)?;
            }
            if let Err(error) = Search::new([pattern], LARGEST) {
                return Err(wrong(
                    format!("has a too large pattern {text:?}: {error}"),
                    "shorten the pattern",
                ));
            }
        }
        Ok(())
    }
}

/// The name stands in the text as `[name-1]` and in the manifest.
fn check_name(name: &str) -> Result<(), ConfigError> {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if !name.is_empty() && name.len() <= 40 && name.chars().all(plain) {
        return Ok(());
    }
    Err(wrong(
        format!("has a rule named {name:?}"),
        "name it in small letters, digits and `_`, such as `order_number`",
    ))
}

/// Answers the fewest bytes that the pattern matches.
fn check_syntax(pattern: &str) -> Result<Option<usize>, ConfigError> {
    let parsed = syntax::parse(pattern)
        .map_err(|error| wrong(format!("has a wrong pattern: {error}"), "correct the pattern"))?;
    if parsed.properties().look_set().contains_word_unicode() {
        return Err(wrong(
            format!("has a slow pattern {pattern:?}"),
            r"write `(?-u:\b)` in place of `\b`",
        ));
    }
    Ok(parsed.properties().minimum_len())
}

fn check_length(pattern: &str, least: Option<usize>) -> Result<(), ConfigError> {
    if least == Some(0) {
        return Err(wrong(
            format!("has a pattern {pattern:?} that matches nothing at all"),
            "write one that matches at least one letter",
        ));
    }
    if longest(pattern).is_none_or(|longest| longest > LONGEST) {
        return Err(wrong(
            format!("has a pattern {pattern:?} that can match more than {LONGEST} bytes"),
            "write `{1,80}` in place of `+` and `*`, which may only stand at the very end",
        ));
    }
    Ok(())
}

/// The most bytes that a pattern looks at before it has matched, if there is a most: a repetition at
/// its very end only makes a match longer that has been found.
pub(in crate::redact) fn longest(pattern: &str) -> Option<usize> {
    let once = match pattern.strip_suffix(",}") {
        Some(open) => format!("{open}}}"),
        None => pattern.strip_suffix(['+', '*']).unwrap_or(pattern).to_owned(),
    };
    [pattern, &once]
        .iter()
        .find_map(|pattern| syntax::parse(pattern).ok()?.properties().maximum_len())
}
