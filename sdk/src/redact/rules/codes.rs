//! What lets somebody in and is typed from a card or a sheet: `PIN: 4711`, `license=ABCDE-..`.

use std::ops::Range;

use super::value::{first_letters, separator, value};
use super::{Entry, has_digit, hide};
use crate::redact::rule::{Found, Secret, at_name, is_word, run, run_back};

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
        examples: &[
            "PIN: «{d6}»",
            "PIN: «{d4}».",
            r#"{"pin": "«{d4}»"}"#,
            "sim_pin=«{d4}»",
        ],
        harmless: &["pin: 13, pin=5", "pin: D4, spin: 1234", "PIN: required"],
        source: "ISO 9564: four to twelve digits",
    },
    Entry {
        name: "secret",
        pattern: r"(?i-u:code)[ ](?i-u:is|ist|lautet|est)[ :]{1,2}",
        secret: Secret::By(said_code),
        examples: &[
            "Your one-time code is «{d6}»",
            "Dein Code ist: «{d6}».",
            "votre code est «{d6}»",
        ],
        harmless: &[
            "exit code is 255, error code is 100060, the code is 12345",
            "status code is 404040, return code is -1073741819",
        ],
        source: "how services tell the code that they send",
    },
    Entry {
        name: "secret",
        pattern: "-[0-9]{6}-",
        secret: Secret::By(recovery_key),
        examples: &[
            "recovery key: «{d6}-{d6}-{d6}-{d6}-{d6}-{d6}-{d6}-{d6}»",
            "Password:\r\n      «{d6}-{d6}-{d6}-{d6}-{d6}-{d6}-{d6}-{d6}»\r\n",
        ],
        harmless: &[
            "order {d6}-{d6}-{d6}-{d6}-{d6}-{d6}-{d6}, 2026-112233-01",
            "x-{d6}-{d6}-{d6}-{d6}-{d6}-{d6}-{d6}-{d6}-{d6}",
        ],
        source: "BitLocker: eight groups of six digits",
    },
];

/// All of a key that is known by a group in it.
fn recovery_key(found: &Found<'_>) -> Option<Range<usize>> {
    let belongs = |letter: char| letter.is_ascii_digit() || letter == '-';
    let before = run_back(found.text.get(found.floor..found.place.start)?, 64, belongs);
    let start = found.place.start - before.len();
    let end = found.until(run(found.after(), 64, belongs));
    let key = found.text.get(start..end)?;
    let is_key = key.split('-').count() == 8 && key.split('-').all(|group| group.len() == 6);
    is_key.then_some(start..end)
}

pub(super) fn pin(found: &Found<'_>) -> Option<Range<usize>> {
    let code = code(first_letters(found))?;
    hide(value(found)?.start, code)
}

/// A code has so many digits at least.
pub(super) const FEWEST: usize = 4;

/// The digits at the start of a text, as many as a code has, which are no part of something longer. In a script without
/// blanks the sentence goes on right behind them.
pub(super) fn code(text: &str) -> Option<&str> {
    let digits = run(text, 13, |letter| letter.is_ascii_digit());
    let behind = text[digits.len()..].trim_start_matches(['.', '-', ':', '/']);
    let goes_on = behind.starts_with(|letter: char| is_word(letter) && letter < '\u{2e80}');
    ((FEWEST..=12).contains(&digits.len()) && !goes_on).then_some(digits)
}

/// Three groups or more of as many capitals and digits each.
fn in_groups(found: &Found<'_>) -> Option<Range<usize>> {
    let text = run(first_letters(found), 64, |letter| {
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
    if !are_groups || !has_digit(text) {
        return None;
    }
    hide(value(found)?.start, text)
}

/// What a person is told by a message: six to eight digits. Programs and systems tell how they ended in these words too.
fn said_code(found: &Found<'_>) -> Option<Range<usize>> {
    let kind = run_back(found.before().trim_end(), 16, |letter| {
        letter.is_ascii_alphabetic()
    });
    let is_result = RESULTS.iter().any(|word| kind.eq_ignore_ascii_case(word));
    let code = run(found.after(), 9, |letter| letter.is_ascii_digit());
    let goes_on = found.after()[code.len()..].starts_with(is_word);
    (!is_result && !goes_on && (6..=8).contains(&code.len()))
        .then(|| hide(found.place.end, code))
        .flatten()
}

/// Codes that are no secret.
const RESULTS: [&str; 6] = ["error", "exit", "result", "return", "status", "exception"];
