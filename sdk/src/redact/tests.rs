//! Guards promise 2: what the rules are there for is hidden, and what they are not there for stays.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use super::masking::{Masking, longest};
use super::rule_by_rule::RuleByRule;
use super::rules::{built_in, entries};
use super::seeds::{Dice, fill};
use super::{Machine, Masks, Redactor};
use crate::redact::MaskCounts;

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
    for rule in built_in() {
        assert!(
            longest(&rule.pattern).is_some_and(|longest| longest <= 256),
            "{}",
            rule.pattern
        );
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
fn this_machines_names_are_hidden_wherever_they_stand() {
    for (text, masked) in [
        (
            "anna.k logged in at Annas-Laptop",
            "[user-1] logged in at [host-1]",
        ),
        ("ssh anna.k@annas-laptop:22", "ssh [user-1]@[host-1]:22"),
        ("joanna.k and anna.kim stay", "joanna.k and anna.kim stay"),
        ("sent pk_notes_7f3a", "sent [key-1]"),
        ("Bearer pk_notes_7f3a", "Bearer [token-1]"),
        ("xpk_notes_7f3ax", "x[key-1]x"),
        (
            "/home/maria/a /srv/people/anna.k/b /home/anna.k/c /home/maria/d",
            "/home/[user-1]/a /srv/people/[user-2]/b /home/[user-2]/c /home/[user-1]/d",
        ),
    ] {
        assert_eq!(redact(text), masked);
    }
}

#[test]
fn a_home_folder_is_known_with_its_spaces() {
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
            r"C:\Users\Sean O'Brien/AppData, C:/Users/Sean O'Brien/x",
            r"C:\Users\[user-1]/AppData, C:/Users/[user-1]/x",
        ),
        (
            r"C:\Users\maria to D:\x, 'C:\Users\anna' too",
            r"C:\Users\[user-1] to D:\x, 'C:\Users\[user-2]' too",
        ),
    ] {
        assert_eq!(redact_at(home, text), masked);
    }
    assert_eq!(
        redact_at(r"/C:\Users/maria petrova", r"/c:\users\maria petrova"),
        r"/c:\users\[user-1]",
        "no separator behind it, but the name is known"
    );
    assert_eq!(
        redact_at("/home/ann", "/home/ann /home/ann-marie/x /home/annabel/y"),
        "/home/[user-1] /home/[user-2]/x /home/[user-3]/y"
    );
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
        ("plan", "family of a@b.example", "family of [email-1]"),
        ("plan", "password=y7 and more", "password=[secret-5] and more"),
    ] {
        assert_eq!(redactor.redact_named(name, value, &mut MaskCounts::new()), masked);
    }
}

#[test]
fn a_value_that_the_lead_ends_in_is_masked_whole() {
    let text = "a@b.example Authorization: Bearer abcdef, c@d.example";
    let mut counts = MaskCounts::new();
    let mut redactor = Redactor::new(masks("/home/x"));
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

#[test]
fn a_value_longer_than_what_is_looked_at_is_hidden_to_its_end() {
    let lines = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\n".repeat(900);
    let line = lines.lines().next().unwrap();
    let logged = format!("2026-11-22 12:00:00,123 [main] INFO {line}\n").repeat(900);
    let json = format!("{{\"log\":\"{line}\\n\",\"time\":\"2026-11-22T12:00:00.000000000Z\"}}\n").repeat(900);
    let word = "s3cr3t-".repeat(9000);
    let words = "s3cr3t, \\\"it\\\" is ".repeat(3000);
    for (text, expected) in [
        (format!("password={word}\nnext"), "password=[secret-1]\nnext"),
        (
            format!(r#"{{"password":"{words}","x":1}}"#),
            r#"{"password":"[secret-1]","x":1}"#,
        ),
        (
            format!(r#"{{\"token\":\"{word}\",\"x\":1}}"#),
            r#"{\"token\":\"[secret-1]\",\"x\":1}"#,
        ),
        (
            format!("Cookie: a={word}; b=c\r\nHost: x"),
            "Cookie: [cookie-1]\r\nHost: x",
        ),
        (
            format!("Authorization: Bearer {word}\nnext"),
            "Authorization: Bearer [token-1]\nnext",
        ),
        (format!("sent \"fbr_{word}\" and"), "sent \"[reply_key-1]\" and"),
        (
            format!("of\n-----BEGIN PRIVATE KEY-----\n{lines}-----END PRIVATE KEY-----\n12:00 next"),
            "of\n[private_key-1][private_key-2]\n12:00 next",
        ),
        (
            format!("I -----BEGIN PRIVATE KEY-----\n{logged}I abcd==\nI -----END PRIVATE KEY-----\nI next"),
            "I [private_key-1][private_key-2]\nI next",
        ),
        (
            format!("-----BEGIN PRIVATE KEY-----\\n\"}}\n{json}12:00 next"),
            "[private_key-1]\n12:00 next",
        ),
        (
            format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 2\n\n{lines}=abcd\n12:00 next"),
            "[private_key-1]\n12:00 next",
        ),
    ] {
        let (masked, counts) = redact_with(&masks("/home/x"), &text);
        assert_eq!(masked, expected);
        assert!(counts.values().sum::<u64>() < 3);
        for lead in [text.len() / 2, 100] {
            let mut redactor = Redactor::new(masks("/home/x"));
            let rest = redactor.redact_after(&text, lead, &mut MaskCounts::new());
            assert!(!rest.contains("s3cr3t") && !rest.contains("QUJD"), "{rest}");
        }
    }
}

/// Wherever a text is cut, no line of the key inside is left.
#[test]
fn a_key_that_a_cut_goes_through_is_hidden_at_both_ends() {
    let masks = masks("/home/x");
    let lines: Vec<String> = (0..6).map(|_| fill("{b64}", &mut Dice::new(5)).0).collect();
    for (label, logger) in [
        ("RSA PRIVATE KEY", ""),
        ("PRIVATE KEY", ""),
        ("PGP PRIVATE KEY BLOCK", ""),
        ("PRIVATE KEY", "2026-11-22 12:00:00.123 [main] INFO "),
    ] {
        let ends = format!("\n{logger}");
        let key = format!(
            "-----BEGIN {label}-----{ends}{}{ends}-----END {label}-----",
            lines.join(&ends)
        );
        let text = format!("12:00 loaded\n{logger}{key}\n12:01 next\n");
        let end = text.find("-----END").unwrap();
        for cut in 0..text.len() {
            for part in [&text[..cut], &text[cut..]] {
                let masked = redact_with(&masks, part).0;
                // Behind the start of the dashes the label is cut itself: nothing tells that this was a key.
                let known = part.contains("PRIVATE KEY")
                    && (part.contains("KEY-----") || part.contains("BLOCK-----"));
                let hidden = !lines.iter().any(|line| masked.contains(&line[..20]));
                assert!(
                    hidden || !known || cut > end && part.len() < 40,
                    "{cut}: {masked}"
                );
            }
        }
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

#[test]
fn both_names_of_a_windows_machine_are_hidden() {
    let machine = Machine {
        host: Some("Annas-New-Computer".to_owned()),
        ..Machine::default()
    };
    let masks = Arc::new(Masks::new(&Masking::default(), &machine, &[]));
    let (masked, _) = redact_with(
        &masks,
        r"Annas-New-Computer: ANNAS-NEW-COMPU\x, annas-new-computers",
    );
    assert_eq!(masked, r"[host-1]: [host-2]\x, annas-new-computers");
}

#[test]
fn names_in_any_alphabet_are_hidden_in_any_case() {
    for (name, written) in [
        ("Мария", "МАРИЯ"),
        ("jürgen", "JÜRGEN"),
        ("ΝΙΚΟΣ", "Νικος"),
        ("ştefan", "Ştefan"),
        ("weiß", "WEIẞ"),
        ("李小龍", "李小龍"),
        ("a.b-c[d", "A.B-C[D"),
    ] {
        let machine = Machine {
            user: Some(name.to_owned()),
            ..Machine::default()
        };
        let masks = Arc::new(Masks::new(&Masking::default(), &machine, &[]));
        let (masked, counts) = redact_with(&masks, &format!("by {name}, {written} and {name}x"));
        assert!(masked.ends_with(&format!(" and {name}x")), "{masked}");
        assert_eq!(counts["user"], 2, "{masked}");
    }
}
