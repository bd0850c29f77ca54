//! What lets somebody in and is typed from a card or a sheet: `PIN: 4711`, `license=ABCDE-..`.

use std::ops::Range;

use super::value::{separator, value};
use super::{Entry, has_digit, hide};
use crate::redact::rule::{Found, Secret, at_name, is_word, run};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: concat!(r"(?i-u:licen[cs]e|serial(?:[_ ]?(?:number|no))?)", separator!()),
        secret: Secret::By(in_groups),
        examples: &[
            "license=«{u5}-{u5}-{u4}7-{u5}»",
            r#"{"serial":"«{u4}-{u4}-{d4}-{u4}»"}"#,
            "Serial Number: «{u4}-{u4}-{d4}»",
        ],
        harmless: &[
            "license: GPL-3.0-or-later, licence=MIT",
            "serial=2026-11-22, serial number: 12-3456",
        ],
        source: "how programs that are bought are opened: groups of capitals and digits",
    },
    Entry {
        name: "secret",
        pattern: at_name!("(?i-u:pin)", separator!()),
        secret: Secret::Named(pin),
        examples: &["PIN: «{d6}»", r#"{"pin": "«{d4}»"}"#, "sim_pin=«{d4}»"],
        harmless: &["pin: 13, pin=5", "pin: D4, spin: 1234", "PIN: required"],
        source: "ISO 9564: four to twelve digits",
    },
];

fn pin(found: &Found<'_>) -> Option<Range<usize>> {
    let value = value(found)?;
    let text = found.text.get(value.clone())?;
    let digits = run(text, 13, |letter| letter.is_ascii_digit());
    let goes_on = text[digits.len()..].starts_with(|letter: char| is_word(letter) || ".-:/".contains(letter));
    ((4..=12).contains(&digits.len()) && !goes_on)
        .then(|| hide(value.start, digits))
        .flatten()
}

/// Three groups or more of as many capitals and digits each.
fn in_groups(found: &Found<'_>) -> Option<Range<usize>> {
    let start = value(found)?.start;
    let text = run(found.text.get(start..)?, 64, |letter| {
        letter.is_ascii_alphanumeric() || letter == '-'
    });
    let length = text.find('-').filter(|length| (4..=8).contains(length))?;
    let is_group = |group: &str| {
        group.len() == length
            && group
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    let are_groups = text.split('-').all(is_group) && text.split('-').count() >= 3;
    (are_groups && has_digit(text))
        .then(|| hide(start, text))
        .flatten()
}
