//! What an app's maker changes about masking.

#[cfg(feature = "own-masks")]
pub(super) mod own;

use std::collections::HashSet;

use super::pattern::Pattern;
use super::rule::Rule;
use super::rules;
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
/// A rule is replaced by [`without`](Self::without) its name and [`add`](Self::add) under the same name. Patterns of an app's
/// own take the feature `own-masks`, which is on by default.
#[derive(Debug, Clone, Default)]
pub struct Masking {
    pub(super) added: Vec<Rule>,
    on: HashSet<String>,
    off: HashSet<String>,
    pub(super) keep: HashSet<String>,
    pub(super) keep_matching: Vec<Pattern>,
}

impl Masking {
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

    /// Whether a rule that is not the maker's applies.
    pub(super) fn wants(&self, rule: &Rule) -> bool {
        let on = !rules::OFF_BY_DEFAULT.contains(&&*rule.name) || self.on.contains(&*rule.name);
        on && !self.off.contains(&*rule.name)
    }

    /// What is wrong with it, if anything is.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        #[cfg(feature = "own-masks")]
        self.check_own()?;
        for name in self.on.iter().chain(&self.off) {
            if !rules::names().any(|known| known == *name) {
                return Err(wrong(
                    format!("knows no rule {name:?}"),
                    "take a name from the table in the documentation of `Masking`",
                ));
            }
        }
        Ok(())
    }
}

fn wrong(problem: String, remedy: &'static str) -> ConfigError {
    ConfigError {
        field: "masking",
        problem,
        remedy,
    }
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
        for pattern in [
            "ORDER-[0-9]+",
            "x{8,}",
            r"(?-u:\b)a\*",
            "заказ [0-9]{1,9}",
            r"ORDER-\d{6}",
            "(?i)заказ",
            r"\p{L}{1,3}",
        ] {
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
