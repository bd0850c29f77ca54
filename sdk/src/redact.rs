//! Text in, masked text and counts out. Pure: no clock, no disk.
//!
//! The same value gets the same mask within one report (`[email-1]`, `[email-2]`), so that a log
//! can still be followed. All rules run in one pass over the text.

pub(crate) mod rules;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use regex_automata::Input;
use regex_automata::meta::Regex;

use crate::report::MaskCounts;
use rules::Rule;

/// Masks the texts of one report; remembers which value got which number.
#[derive(Debug)]
pub(crate) struct Redactor {
    rules: Vec<Rule>,
    /// `None` masks the whole text.
    regex: Option<Regex>,
    /// By the name in the mask and the value: two rules of one name share their numbers.
    numbers: HashMap<(&'static str, String), usize>,
    last: HashMap<&'static str, usize>,
}

impl Redactor {
    /// The built-in rules, and one for the user name of this machine if the system names a home
    /// folder.
    pub(crate) fn for_this_machine() -> Self {
        Self::new(rules::with_home(std::env::home_dir().as_deref()))
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
            regex,
            rules,
            numbers: HashMap::new(),
            last: HashMap::new(),
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
        let Some(regex) = &self.regex else {
            return Cow::Borrowed("[masked]");
        };
        let mut captures = regex.create_captures();
        let mut masked = String::new();
        let (mut searched, mut done) = (0, lead);
        loop {
            regex.search_captures(&Input::new(text).range(searched..), &mut captures);
            // A rule with a group hides the group alone: `Bearer [token-1]` keeps its meaning.
            let secret = captures.get_group(1).or(captures.get_group(0));
            let Some((pattern, secret)) = captures.pattern().zip(secret) else {
                break;
            };
            // Not behind the match: what ends one match may start the next.
            searched = secret.end;
            if secret.end <= lead {
                continue;
            }
            let name = self.rules[pattern.as_usize().min(self.rules.len().saturating_sub(1))].name;
            let value = text.get(secret.start..secret.end).unwrap_or_default();
            let last = self.last.entry(name).or_default();
            let number = *self.numbers.entry((name, value.to_owned())).or_insert_with(|| {
                *last += 1;
                *last
            });
            // Nothing where the lead ends inside the value.
            masked.push_str(text.get(done..secret.start).unwrap_or_default());
            let _ = write!(masked, "[{name}-{number}]");
            done = secret.end;
            *counts.entry(name.to_owned()).or_default() += 1;
        }
        let rest = text.get(done..).unwrap_or_default();
        if done == lead {
            return Cow::Borrowed(rest);
        }
        masked.push_str(rest);
        Cow::Owned(masked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redact_at(home: &str, text: &str) -> (String, MaskCounts) {
        let mut redactor = Redactor::new(rules::with_home(Some(home.as_ref())));
        let mut counts = MaskCounts::new();
        let masked = redactor.redact(text, &mut counts).into_owned();
        (masked, counts)
    }

    fn redact(text: &str) -> (String, MaskCounts) {
        redact_at("/srv/people/anna.k", text)
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
             opened /home/[user-1]/notes.txt and C:\\Users\\[user-2]\\notes.txt and /srv/people/[user-3]/x"
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

    #[test]
    fn one_person_has_one_number_whichever_rule_finds_them() {
        let (masked, _) = redact("/home/maria/a /srv/people/anna.k/b /home/anna.k/c /home/maria/d");
        assert_eq!(
            masked,
            "/home/[user-1]/a /srv/people/[user-2]/b /home/[user-2]/c /home/[user-1]/d"
        );
    }

    #[test]
    fn names_with_spaces_are_masked_whole() {
        let home = "/home/Maria Petrova";
        for (text, masked) in [
            (r#"HOME="/home/Maria Petrova""#, r#"HOME="/home/[user-1]""#),
            (
                "in /home/Maria Petrova/.cache now",
                "in /home/[user-1]/.cache now",
            ),
            ("in /home/Maria Petrova, and", "in /home/[user-1], and"),
            ("/home/Maria Petrova-Old/x", "/home/[user-1]/x"),
            (
                r"C:\Users\Maria Petrova\notes my.txt",
                r"C:\Users\[user-1]\notes my.txt",
            ),
            (
                r#""c:\\users\\Maria de la Cruz\\x""#,
                r#""c:\\users\\[user-1]\\x""#,
            ),
            (
                r"C:\Users\Sean O'Brien/AppData, C:/Users/Sean O'Brien/x",
                r"C:\Users\[user-1]/AppData, C:/Users/[user-1]/x",
            ),
            (r"no C:\Users\maria here", r"no C:\Users\[user-1] here"),
            (
                r"C:\Users\maria to D:\x, 'C:\Users\anna' too",
                r"C:\Users\[user-1] to D:\x, 'C:\Users\[user-2]' too",
            ),
        ] {
            assert_eq!(redact_at(home, text).0, masked);
        }
        let (masked, _) = redact_at(r"/C:\Users/Maria Petrova", r"/c:\users\Maria Petrova");
        assert_eq!(
            masked, r"/c:\users\[user-1]",
            "no separator behind it, but the name is known"
        );
    }

    #[test]
    fn what_starts_like_the_home_folder_is_masked_to_its_end() {
        let (masked, _) = redact_at("/home/ann", "/home/ann /home/ann-marie/x /home/annabel/y");
        assert_eq!(masked, "/home/[user-1] /home/[user-2]/x /home/[user-3]/y");
    }

    #[test]
    fn any_token_of_an_authorization_is_masked_and_news_are_not() {
        for (text, masked) in [
            ("Bearer abcdefghijkl", "Bearer [token-1]"),
            ("bearer abcdefgh, sent", "bearer [token-1], sent"),
            ("Bearer a1", "Bearer [token-1]"),
            ("Bearer 12|abcdef", "Bearer [token-1]"),
            (
                "the bearer of news, a bearer token",
                "the bearer of news, a bearer token",
            ),
            ("Authorization: Bearer abc", "Authorization: Bearer [token-1]"),
            ("authorization=bearer abc&x", "authorization=bearer [token-1]&x"),
            (
                r#"{"authorization":"Bearer abc","x":1}"#,
                r#"{"authorization":"Bearer [token-1]","x":1}"#,
            ),
            (
                r#"{\"Authorization\": \"Bearer a.b/c==\"}"#,
                r#"{\"Authorization\": \"Bearer [token-1]\"}"#,
            ),
            (
                "map[Authorization:[Bearer abc]]",
                "map[Authorization:[Bearer [token-1]]]",
            ),
            (
                "Proxy-Authorization: Basic bWU6cGFzcw==\r\n",
                "Proxy-Authorization: Basic [token-1]\r\n",
            ),
            ("Authorization: required", "Authorization: required"),
        ] {
            assert_eq!(redact(text).0, masked);
        }
    }

    #[test]
    fn a_value_that_the_lead_ends_in_is_masked_whole() {
        let text = "a@b.example Authorization: Bearer abcdef, c@d.example";
        let mut counts = MaskCounts::new();
        let mut redactor = Redactor::new(rules::built_in());
        let inside = text.find("def").unwrap();
        assert_eq!(
            redactor.redact_after(text, inside, &mut counts),
            "[token-1], [email-1]"
        );
        assert_eq!(
            (counts["token"], counts["email"]),
            (1, 1),
            "the lead is not counted"
        );
        assert_eq!(redactor.redact_after("lead, rest", 6, &mut counts), "rest");
    }
}
