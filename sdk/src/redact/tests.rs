//! Guards promise 2: what the rules are there for is hidden, and what they are not there for stays.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use super::masking::Masking;
use super::masking::own::longest;
use super::rule_by_rule::RuleByRule;
use super::rules::entries;
use super::seeds::{Dice, fill};
use super::{Machine, Masks, Redactor};
use crate::redact::MaskCounts;

mod cuts;
mod effort;
mod names;
mod unclosed;

/// All rules, on a machine of this person.
fn masks(home: &str) -> Arc<Masks> {
    let machine = Machine {
        home: Some(PathBuf::from(home)),
        user: Some("anna.k".to_owned()),
        host: Some("annas-laptop".to_owned()),
    };
    Arc::new(Masks::new(
        &Masking::default().with("phone"),
        &machine,
        &["pk_notes_7f3a"],
    ))
}

fn redact_with(masks: &Arc<Masks>, text: &str) -> (String, MaskCounts) {
    let mut counts = MaskCounts::new();
    let masked = Redactor::new(Arc::clone(masks))
        .redact(text, &mut counts)
        .into_owned();
    (masked, counts)
}

fn redact_at(home: &str, text: &str) -> String {
    redact_with(&masks(home), text).0
}

fn redact(text: &str) -> String {
    redact_at("/srv/people/anna.k", text)
}

#[test]
fn every_rule_hides_its_examples_and_nothing_beside_them() {
    let masks = masks("/srv/people/anna.k");
    let mut dice = Dice::new(1);
    let mut wrong: Vec<(&str, String, String)> = Vec::new();
    for rule in entries() {
        assert!(
            !rule.examples.is_empty() && !rule.source.is_empty(),
            "{}",
            rule.name
        );
        for example in rule.examples.iter().flat_map(|example| [example; 20]) {
            let (text, secret) = fill(example, &mut dice);
            let secret = secret.unwrap_or_else(|| panic!("{example} marks no secret"));
            let expected = format!(
                "{}[{}-1]{}",
                &text[..secret.start],
                rule.name,
                &text[secret.end..]
            );
            let (masked, _) = redact_with(&masks, &text);
            if masked != expected && !wrong.iter().any(|(known, ..)| known == example) {
                wrong.push((*example, masked, expected));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_only_looks_alike_stays() {
    let masks = masks("/srv/people/anna.k");
    let mut dice = Dice::new(2);
    let mut wrong = Vec::new();
    for rule in entries() {
        for text in rule.harmless {
            let (text, _) = fill(text, &mut dice);
            let (masked, _) = redact_with(&masks, &text);
            if masked != text {
                wrong.push((rule.name, text, masked));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_rule_looks_far_ahead_in_vain() {
    for rule in entries() {
        let longest = longest(rule.pattern);
        assert!(longest.is_some_and(|longest| longest <= 256), "{}", rule.pattern);
    }
}

#[test]
fn one_pass_gives_what_rule_after_rule_gives() {
    let masks = masks("/home/anna.k");
    let one_by_one = RuleByRule::new(Arc::clone(&masks));
    let mut dice = Dice::new(3);
    let examples: Vec<&str> = entries()
        .flat_map(|rule| [rule.examples, rule.harmless].concat())
        .collect();
    for _ in 0..2000 {
        // Glued together without care, so that finds overlap and cut each other short.
        let text: String = (0..dice.roll(12))
            .map(|_| {
                let (text, _) = fill(dice.pick(&examples), &mut dice);
                let from = text.ceil_char_boundary(dice.roll(text.len().min(6)));
                text[from..].to_owned() + dice.pick(&["", "", " ", "\n", "@", ":", "."])
            })
            .collect();
        assert_eq!(redact_with(&masks, &text).0, one_by_one.redact(&text), "{text:?}");
    }
}

#[test]
fn what_one_rule_refuses_others_are_asked_about() {
    for (text, masked) in [
        // `secret ` is looked at first, as the name of a key that follows.
        (r#"<secret value="hunter2"/>"#, r#"<secret value="[secret-1]"/>"#),
        // `-token ` is looked at first, as an option.
        ("my-token 3fK9QW2LM8XZ7q1A", "my-token [secret-1]"),
    ] {
        assert_eq!(redact(text), masked);
    }
}

#[test]
fn what_stands_between_a_find_and_its_secret_is_searched_too() {
    for (text, masked) in [
        (
            r#"keyring.set_password("notes2", "anna@example.org", "hunter2x")"#,
            r#"keyring.set_password("notes2", "[email-1]", "[secret-1]")"#,
        ),
        (
            r#"{"passwords":{"anna@example.org":"hunter2", "b@example.org":"hunter3"}, "c@example.org":1}"#,
            r#"{"passwords":{"[email-1]":"[secret-1]"}, "[email-2]":1}"#,
        ),
        (
            r#""credentials":{"card":4111111111111111,"password":"x1y2"}"#,
            r#""credentials":{"card":[card-1],"password":"[secret-1]"}"#,
        ),
        (
            r#"<password type="text" owner="anna@example.org">x1</password>"#,
            r#"<password type="text" owner="[email-1]">[secret-1]</password>"#,
        ),
        (
            "password for anna@example.org on 81.2.69.142: hunter2x9, c@example.org",
            "password for [email-1] on [ip-1]: [secret-1], [email-2]",
        ),
        (
            "Password for 'https://anna@example.org': hunter2x",
            "Password for 'https://[login-1]@example.org': [secret-1]",
        ),
        (
            "Enter passphrase for key '/home/maria/.ssh/id_x': hunter2x",
            "Enter passphrase for key '/home/[user-1]/.ssh/id_x': [secret-1]",
        ),
        (
            "/reset/anna.k/3fK9aBq7Lm2Xz8RtPw5Yc6Vd and anna.k",
            "/reset/[user-1]/[secret-1] and [user-1]",
        ),
        (
            r#"secrets: {"a": {"user": "anna.k", "set_token(\"anna@example.org\", \"x7y8z9\")": "1x"}}"#,
            r#"secrets: {"a": {"user": "[user-1]", "set_token(\"[email-1]\", \"[secret-1]\")": "[secret-2]"}}"#,
        ),
    ] {
        assert_eq!(redact(text), masked);
    }
}

#[test]
fn masks_keep_the_meaning_of_the_line() {
    let (masked, counts) = redact_with(
        &masks("/srv/people/anna.k"),
        "a@b.example wrote to c@d.example, A@b.example again\n\
         Authorization: Bearer abc.DEF-123 sent\n\
         opened /home/maria/notes.txt and C:\\Users\\Мария\\notes.txt and /srv/people/anna.k/x",
    );
    assert_eq!(
        masked,
        "[email-1] wrote to [email-2], [email-1] again\n\
         Authorization: Bearer [token-1] sent\n\
         opened /home/[user-1]/notes.txt and C:\\Users\\[user-2]\\notes.txt and /srv/people/[user-3]/x"
    );
    assert_eq!((counts["email"], counts["token"], counts["user"]), (3, 1, 3));
}

#[test]
fn a_value_has_one_mask_however_it_is_written() {
    for (text, masked) in [
        (
            "password=Hunter2x1 password=hunter2x1 /home/Anna/x /home/anna/x",
            "password=[secret-1] password=[secret-2] /home/[user-1]/x /home/[user-1]/x",
        ),
        (
            "4111111111111111 4111-1111-1111-1111, 5555 5555 5555 4444",
            "[card-1] [card-1], [card-2]",
        ),
        (
            "DE89370400440532013000, DE89 3704 0044 0532 0130 00",
            "[iban-1], [iban-1]",
        ),
        (
            "3c:22:fb:01:02:03 3C-22-FB-01-02-03 3c22.fb01.0203",
            "[mac-1] [mac-1] [mac-1]",
        ),
        (
            r"a@b.example ?x=a%40b.example&\u003cA\u0040b.example\u003e",
            r"[email-1] ?x=[email-1]&\u003c[email-1]\u003e",
        ),
    ] {
        assert_eq!(redact(text), masked);
    }
}

#[test]
fn text_without_secrets_is_not_copied() {
    let text = "12:00:01 INFO opened notes.txt @ line 3, bearer of news, /home is mounted";
    let mut counts = MaskCounts::new();
    let mut redactor = Redactor::new(masks("/home/x"));
    let masked = redactor.redact(text, &mut counts);
    assert!(matches!(masked, Cow::Borrowed(_)), "{masked}");
    assert!(counts.is_empty());
}

#[test]
fn a_value_is_known_by_its_name() {
    let mut redactor = Redactor::new(masks("/home/x"));
    for (name, value, masked) in [
        ("db_password", "two words, \"quoted\"\nand a line", "[secret-1]"),
        ("password", "", ""),
        ("password", "none", "none"),
        ("password", "[z8 and more]", "[secret-2]"),
        ("auth", "hunter", "[token-1]"),
        ("accessToken", "abcdefgh", "[secret-3]"),
        ("secret", "[TOP]", "[secret-4]"),
        ("secret", "[crash-secret-1]", "[crash-secret-1]"),
        ("max_token", "4096", "4096"),
        ("PWD", "/usr/lib/notes", "/usr/lib/notes"),
        ("session", "wayland", "wayland"),
        ("Bestätigungscode", "48 29 13", "[secret-5]"),
        ("Пароль", "из двух слов", "[secret-6]"),
        ("ПИН-код", "1234", "[secret-7]"),
        ("Пароль", "none", "none"),
        ("plan", "family of a@b.example", "family of [email-1]"),
        ("plan", "password=y7 and more", "password=[secret-8] and more"),
    ] {
        assert_eq!(redactor.redact_named(name, value, &mut MaskCounts::new()), masked);
    }
}

#[test]
fn a_maker_adds_removes_replaces_and_keeps() {
    let masking = Masking::default()
        .add("order", "ORDER-[0-9]+")
        .without("ip")
        .add("ip", r"192\.168\.[0-9]{1,3}\.[0-9]{1,3}")
        .keep("support@example.com")
        .keep_matching(r"[a-z]+@example\.org");
    masking.check().unwrap();
    let masks = Arc::new(Masks::new(&masking, &Machine::default(), &[]));
    let (masked, counts) = redact_with(
        &masks,
        "ORDER-77 from 8.8.8.8 over 192.168.0.7: support@example.com, anna@example.org, b@example.org.uk",
    );
    assert_eq!(
        masked,
        "[order-1] from 8.8.8.8 over [ip-1]: support@example.com, anna@example.org, [email-1]"
    );
    assert_eq!(counts.len(), 3);
}
