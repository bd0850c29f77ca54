//! What an app's maker changes about masking.

use std::borrow::Cow;
use std::collections::HashSet;

use regex_automata::util::syntax;

use super::rule::{Rule, Secret};
use super::rules;
use super::search::Search;
use crate::error::ConfigError;

/// Which values are hidden before anything is stored. By default all but `phone`:
///
/// | Name | Hides |
/// |---|---|
/// | `email` | e-mail addresses |
/// | `ip`, `mac` | addresses on the internet and of network cards; private, local and documentation addresses stay |
/// | `user`, `host` | the names in home folders, also on other computers; the names of this machine and its user |
/// | `token` | what `Authorization` and `Bearer` carry |
/// | `cookie` | cookies |
/// | `login` | users with their passwords in URLs, of proxies and of mail boxes |
/// | `secret` | what stands behind `password=`, `"token":`, `api_key:`, `--password` and their like in other languages, in commands, in SQL, and in the secret parameters of URLs |
/// | `jwt` | JSON Web Tokens |
/// | `private_key` | private keys as PEM, also in pieces or in base64, and those of `PuTTY` and `OpenVPN` |
/// | `vendor_key` | keys that clouds and services give out, known by their look |
/// | `card`, `iban` | numbers of payment cards and bank accounts whose check digits are right; the codes on cards |
/// | `phone` | international phone numbers; off by default, since logs are full of numbers |
/// | `reply_key` | keys that fetch the answer to a report: `fbr_` and at least 22 letters, digits, `_` or `-` |
/// | `key` | the app's own project key; always on |
///
/// ```
/// use feedback_sdk::{FeedbackConfig, Masking};
///
/// let masking = Masking::default()
///     .add("order", "ORDER-[0-9]{6,12}")
///     .without("ip")
///     .keep("support@example.com");
/// let config = FeedbackConfig::new("https://feedback.example.com/api/v1/reports", "pk_notes", "Notes", "1.4.0")
///     .masking(masking);
/// assert!(config.check().is_ok());
/// ```
///
/// A rule is replaced by [`without`](Self::without) its name and [`add`](Self::add) under the same name.
#[derive(Debug, Clone, Default)]
pub struct Masking {
    pub(super) added: Vec<Rule>,
    on: HashSet<String>,
    off: HashSet<String>,
    pub(super) keep: HashSet<String>,
    pub(super) keep_matching: Vec<String>,
}

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
    /// boundaries are those of ASCII: `(?-u:\b)`. What needs Unicode's tables is there with the feature `unicode`, which is
    /// on by default: without it write `[0-9]` for `\d`, `[0-9A-Za-z_]` for `\w` and `(?i-u:order)` for `(?i:order)`.
    /// [`FeedbackConfig::check`](crate::FeedbackConfig::check) tells what is wrong. A value of more than 16 KiB
    /// is known again by its first 16 KiB, and is hidden also where [`keep_matching`](Self::keep_matching) would let it stay.
    #[must_use]
    pub fn add(mut self, name: impl Into<String>, pattern: impl Into<String>) -> Self {
        self.added.push(Rule {
            name: Cow::Owned(name.into()),
            pattern: Cow::Owned(pattern.into()),
            secret: Secret::Whole,
        });
        self
    }

    /// Switches the built-in rules of this name off.
    #[must_use]
    pub fn without(mut self, name: impl Into<String>) -> Self {
        self.off.insert(name.into());
        self
    }

    /// Switches a built-in rule on that is off by default: `phone`.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>) -> Self {
        self.on.insert(name.into());
        self
    }

    /// Leaves this value as it is, whichever rule finds it.
    #[must_use]
    pub fn keep(mut self, value: impl Into<String>) -> Self {
        self.keep.insert(value.into());
        self
    }

    /// Leaves values as they are that `pattern` matches from their first to their last letter. The syntax is that of
    /// [`add`](Self::add), and a match may be of any length.
    #[must_use]
    pub fn keep_matching(mut self, pattern: impl Into<String>) -> Self {
        self.keep_matching.push(pattern.into());
        self
    }

    /// Whether a rule that is not the maker's applies.
    pub(super) fn wants(&self, rule: &Rule) -> bool {
        let on = !rules::OFF_BY_DEFAULT.contains(&&*rule.name) || self.on.contains(&*rule.name);
        on && !self.off.contains(&*rule.name)
    }

    /// What is wrong with it, if anything is.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        for rule in &self.added {
            check_name(&rule.name)?;
            check_pattern(&rule.pattern)?;
        }
        for name in self.on.iter().chain(&self.off) {
            if !rules::names().any(|known| known == *name) {
                return Err(wrong(
                    format!("knows no rule {name:?}"),
                    "take a name from the table in the documentation of `Masking`",
                ));
            }
        }
        for pattern in &self.keep_matching {
            check_syntax(pattern)?;
            check_size(pattern)?;
        }
        Ok(())
    }
}

/// What to do about a pattern that is none.
const CORRECT: &str = if cfg!(feature = "unicode") {
    "correct the pattern"
} else {
    r"correct the pattern; `\d`, `\w`, `\p{..}` and `(?i)` need the feature `unicode`"
};

fn wrong(problem: String, remedy: &'static str) -> ConfigError {
    ConfigError {
        field: "masking",
        problem,
        remedy,
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

fn check_pattern(pattern: &str) -> Result<(), ConfigError> {
    if check_syntax(pattern)? == Some(0) {
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
    check_size(pattern)
}

/// Answers the fewest bytes that the pattern matches.
fn check_syntax(pattern: &str) -> Result<Option<usize>, ConfigError> {
    let parsed =
        syntax::parse(pattern).map_err(|error| wrong(format!("has a wrong pattern: {error}"), CORRECT))?;
    if parsed.properties().look_set().contains_word_unicode() {
        return Err(wrong(
            format!("has a slow pattern {pattern:?}"),
            r"write `(?-u:\b)` in place of `\b`",
        ));
    }
    Ok(parsed.properties().minimum_len())
}

fn check_size(pattern: &str) -> Result<(), ConfigError> {
    match Search::new(&[pattern], LARGEST) {
        Ok(_) => Ok(()),
        Err(error) => Err(wrong(
            format!("has a too large pattern {pattern:?}: {error}"),
            "shorten the pattern",
        )),
    }
}

/// The most bytes that a pattern looks at before it has matched, if there is a most: a repetition at
/// its very end only makes a match longer that has been found.
pub(super) fn longest(pattern: &str) -> Option<usize> {
    let once = match pattern.strip_suffix(",}") {
        Some(open) => format!("{open}}}"),
        None => pattern.strip_suffix(['+', '*']).unwrap_or(pattern).to_owned(),
    };
    [pattern, &once]
        .iter()
        .find_map(|pattern| syntax::parse(pattern).ok()?.properties().maximum_len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_rule_is_told_with_what_to_write() {
        let masking = Masking::default;
        let large = ["a[^x]{60}"; 26].join("|");
        for (wrong, says) in [
            (masking().add("", "x"), "small letters"),
            (masking().add("Order", "x"), "small letters"),
            (masking().add("order", "("), "correct the pattern"),
            (masking().add("order", "x*"), "at least one letter"),
            (masking().add("order", "a+b"), "{1,80}"),
            (masking().add("order", "a{300}"), "{1,80}"),
            (masking().add("order", r"a\*+b*\*"), "{1,80}"),
            (masking().add("order", large), "shorten the pattern"),
            #[cfg(not(feature = "unicode"))]
            (masking().add("order", r"ORDER-\d{6}"), "the feature `unicode`"),
            (masking().add("order", r"\bORDER"), r"(?-u:\b)"),
            (masking().without("ipv5"), "the table"),
            (masking().with("fax"), "the table"),
            (masking().keep_matching("["), "correct the pattern"),
            (masking().keep_matching(r"\bORDER.*"), r"(?-u:\b)"),
        ] {
            let error = wrong.check().expect_err(says);
            assert!(error.to_string().contains(says), "{error}");
            assert_eq!(error.field, "masking");
        }
        for pattern in ["ORDER-[0-9]+", "x{8,}", r"(?-u:\b)a\*", "заказ [0-9]{1,9}"] {
            masking().add("order", pattern).check().unwrap();
        }
        #[cfg(feature = "unicode")]
        for pattern in [r"ORDER-\d{6}", "(?i)заказ", r"\p{L}{1,3}"] {
            masking().add("order", pattern).check().unwrap();
        }
    }

    #[test]
    fn the_table_in_the_documentation_names_every_rule() {
        let page = include_str!("masking.rs");
        for name in rules::names() {
            assert!(page.contains(&format!("`{name}`")), "{name}");
        }
    }
}
