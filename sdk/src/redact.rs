//! Text in, masked text and counts out. Pure: no clock, no disk.
//!
//! The same value gets the same mask within one report (`[email-1]`, `[email-2]`), so that a log
//! can still be followed. All rules run in one pass over the text.

pub(crate) mod rules;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use regex_automata::meta::Regex;

use crate::report::MaskCounts;
use rules::Rule;

/// Masks the texts of one report; remembers which value got which number.
#[derive(Debug)]
pub(crate) struct Redactor {
    rules: Vec<Rule>,
    /// `None` masks the whole text.
    regex: Option<Regex>,
    numbers: HashMap<(usize, String), usize>,
    next: Vec<usize>,
}

impl Redactor {
    /// The built-in rules, and one for the user name of this machine if the system names a home
    /// folder.
    pub(crate) fn for_this_machine() -> Self {
        let mut rules = rules::built_in();
        rules.extend(std::env::home_dir().as_deref().and_then(rules::home_folder));
        Self::new(rules)
    }

    fn new(rules: Vec<Rule>) -> Self {
        let patterns: Vec<&str> = rules.iter().map(|rule| rule.pattern.as_ref()).collect();
        // Constants of ours and escaped literals: they compile, as the tests show. If one ever did
        // not, masking every word is the safe answer.
        let regex = match Regex::new_many(&patterns) {
            Ok(regex) => Some(regex),
            Err(error) => {
                log::error!("a masking rule does not compile, so every word is masked: {error}");
                Regex::new(r"\S+").ok()
            }
        };
        Self {
            next: vec![0; rules.len()],
            regex,
            rules,
            numbers: HashMap::new(),
        }
    }

    /// Masks `text`, adding what was hidden to `counts`. Borrows where nothing was found.
    pub(crate) fn redact<'t>(&mut self, text: &'t str, counts: &mut MaskCounts) -> Cow<'t, str> {
        let Some(regex) = &self.regex else {
            return Cow::Borrowed("[masked]");
        };
        let mut masked = String::new();
        let mut done = 0;
        for captures in regex.captures_iter(text) {
            let Some((pattern, whole)) = captures
                .pattern()
                .zip(captures.get_match().map(|found| found.span()))
            else {
                continue;
            };
            let rule = pattern.as_usize().min(self.rules.len().saturating_sub(1));
            // A rule with a group hides the group alone: `Bearer [token-1]` keeps its meaning.
            let secret = captures.get_group(1).unwrap_or(whole);
            let Some(value) = text.get(secret.start..secret.end) else {
                continue;
            };
            let name = self.rules[rule].name;
            let next = &mut self.next[rule];
            let number = *self.numbers.entry((rule, value.to_owned())).or_insert_with(|| {
                *next += 1;
                *next
            });
            masked.push_str(&text[done..secret.start]);
            let _ = write!(masked, "[{name}-{number}]");
            done = secret.end;
            *counts.entry(name.to_owned()).or_default() += 1;
        }
        if done == 0 {
            return Cow::Borrowed(text);
        }
        masked.push_str(&text[done..]);
        Cow::Owned(masked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redact(text: &str) -> (String, MaskCounts) {
        let mut rules = rules::built_in();
        rules.extend(rules::home_folder(std::path::Path::new("/srv/people/anna.k")));
        let mut counts = MaskCounts::new();
        let masked = Redactor::new(rules).redact(text, &mut counts).into_owned();
        (masked, counts)
    }

    #[test]
    fn every_rule_masks_its_own_example() {
        for rule in rules::built_in() {
            let (masked, counts) = redact(rule.example);
            assert!(
                counts.contains_key(rule.name),
                "{} missed {:?}",
                rule.name,
                rule.example
            );
            assert_ne!(masked, rule.example);
        }
    }

    #[test]
    fn masks_keep_the_meaning_of_the_line() {
        let (masked, counts) = redact(
            "a@b.example wrote to c@d.example, a@b.example again\n\
             Authorization: Bearer abc.DEF-123 sent\n\
             opened /home/maria/notes.txt and C:\\Users\\Мария\\notes.txt and /srv/people/anna.k/x",
        );
        assert_eq!(
            masked,
            "[email-1] wrote to [email-2], [email-1] again\n\
             Authorization: Bearer [token-1] sent\n\
             opened /home/[user-1]/notes.txt and C:\\Users\\[user-2]\\notes.txt and /srv/people/[user-1]/x"
        );
        assert_eq!(counts["email"], 3);
        assert_eq!(counts["token"], 1);
        assert_eq!(counts["user"], 3);
    }

    #[test]
    fn text_without_secrets_is_not_copied() {
        let text = "12:00:01 INFO opened notes.txt @ line 3, bearer of news, /home is mounted";
        let mut counts = MaskCounts::new();
        let mut redactor = Redactor::new(rules::built_in());
        let masked = redactor.redact(text, &mut counts);
        assert!(matches!(masked, Cow::Borrowed(_)), "{masked}");
        assert!(counts.is_empty());
    }
}
