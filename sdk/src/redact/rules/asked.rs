//! What lets somebody in, told by what asks for it or speaks of it: `[sudo] password for maria: x`, `invalid password "x"`,
//! `setPassword("x")`.

use std::ops::Range;

use super::bytes::bytes;
use super::pieces::{bare, quote, quoted};
use super::placeholder::{is_placeholder, looks_secret};
use super::{Entry, has_digit, hide};
use crate::redact::rule::{Found, Secret, is_word, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: r#"(?i-u:passw(?:or)?d|passphrase|secret|token|(?:api|private|secret|signing)_?key)\((?:[L@]?\\{0,3}["']|[\[\n])"#,
        secret: Secret::By(called),
        examples: &[
            "user.setPassword(\"«{a7}1»\")",
            "client.password('«{a7}1»').build()",
            "keytar.setPassword('notes', 'maria', '«{a8}»')",
            "keyring.set_password(\"notes2\", \"maria\", \"«{a8}»\")",
            "SET PASSWORD FOR 'maria'@'%' = PASSWORD('«{a8}»');",
            "SecretKey([«157, {d2}, 3»])",
            "StaticSecret(\n    [\n        «157,\n        {d2},\n        3»,\n    ],\n)",
            r#"{"code":"with_api_key(\"«{a15}7»\")"}"#,
        ],
        harmless: &[
            "prompt.password(\"Enter your password\"), keytar.getPassword('notes', 'maria-2026')",
            "getPassword(\"database1\"), find_secret('notes-2026'), setToken(\"abc\")",
        ],
        source: "how code sets it, as traces and consoles show, and the functions of keytar, keyring and MySQL",
    },
    Entry {
        name: "secret",
        pattern: r"(?i-u:setx)[ ]",
        secret: Secret::By(set),
        examples: &["setx API_TOKEN «{a11}7»", "setx /M DB_PASSWORD \"«{a8} {a4}»\""],
        harmless: &["setx PATH C:\\notes", "setx TOKEN %TOKEN%"],
        source: "Microsoft's page of `setx`",
    },
];

/// What a call hands over that sets a secret; one that gets it has a name there.
fn called(found: &Found<'_>) -> Option<Range<usize>> {
    let function = run_back(found.before(), 40, is_word).to_ascii_lowercase();
    let function = function.trim_end_matches('_');
    let sets = function.is_empty() || SETTERS.iter().any(|set| function.ends_with(set));
    let Some(at) = found.matched().find(['\\', '"', '\'']) else {
        // A type, as Rust prints it.
        let bracket = found.matched().find('(')? + 1;
        let place = found.place.start..found.place.start + bracket;
        return bytes(&Found { place, ..*found });
    };
    let mark = &found.matched()[at..];
    let (start, value) = last_argument(found.after(), mark);
    let is_made = has_digit(value) || value.len() >= 8 && !value.contains(' ');
    (sets && is_made && !is_placeholder(value, None))
        .then(|| hide(found.place.end + start, value))
        .flatten()
}

/// The last of a call's texts, and where it starts: before it stands whose it is.
fn last_argument<'t>(text: &'t str, mark: &str) -> (usize, &'t str) {
    let (mut start, mut value) = (0, quoted(text, mark));
    for _ in 0..3 {
        let behind = text[start + value.len()..].strip_prefix(mark);
        let next = behind.and_then(|behind| behind.trim_start_matches([',', ' ']).strip_prefix(mark));
        let Some(next) = next else {
            break;
        };
        (start, value) = (text.len() - next.len(), quoted(next, mark));
    }
    (start, value)
}

/// What the names of functions start with that take a secret.
const SETTERS: [&str; 6] = ["set", "with", "change", "reset", "update", "new"];

/// The value of a variable whose name is that of a secret.
fn set(found: &Found<'_>) -> Option<Range<usize>> {
    let text = found.after();
    let option = run(text, 3, |letter| "/mM ".contains(letter)).len();
    let name = run(&text[option..], 64, is_word);
    let lower = name.to_ascii_lowercase();
    let is_secret = ["pass", "token", "secret", "key", "pwd"]
        .iter()
        .any(|part| lower.contains(part));
    let rest = text[option + name.len()..]
        .strip_prefix(' ')
        .filter(|_| is_secret)?;
    let mark = quote(rest).unwrap_or_default();
    let value = match mark {
        "" => bare(rest, false),
        mark => quoted(&rest[mark.len()..], mark),
    };
    (!is_placeholder(value, None) && !value.starts_with('%'))
        .then(|| hide(found.place.end + option + name.len() + 1 + mark.len(), value))
        .flatten()
}

/// What follows the name of a password in a sentence, or in the question that a program asks for it.
pub(super) fn asked(found: &Found<'_>) -> Option<Range<usize>> {
    let text = found.after();
    let is_short = found.matched().len() < "passwd ".len();
    let starts = |word: &&&str| {
        text.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    // A chip has pins too, of which something is said.
    if let Some(word) = WHOSE
        .iter()
        .take(if is_short { 2 } else { WHOSE.len() })
        .find(starts)
    {
        return answer(found, word.len());
    }
    if is_short {
        return None;
    }
    if let Some(mark) = quote(text) {
        let value = quoted(&text[mark.len()..], mark);
        let is_one = value.len() >= 4
            && !value.contains(char::is_whitespace)
            && value.starts_with(char::is_alphanumeric);
        return hide(found.place.end + mark.len(), value).filter(|_| is_one && !is_placeholder(value, None));
    }
    let word = run(text, 64, |letter| is_word(letter) || "!@#$%^*".contains(letter));
    let is_last = text[word.len()..].starts_with([' ', '"', '\'', '\r', '\n']) || text.len() == word.len();
    let is_name = NAMES
        .iter()
        .any(|name| word.to_ascii_lowercase().starts_with(name));
    let is_made = word.len() >= 8 && has_digit(word) && word.contains(char::is_alphabetic);
    (is_made && is_last && !is_name)
        .then(|| hide(found.place.end, word))
        .flatten()
}

/// Ways to keep a password, which have digits too.
const NAMES: [&str; 8] = ["argon2", "base", "hmac", "md5", "pbkdf2", "scram", "sha", "type"];

/// What stands between a password and whose it is.
const WHOSE: [&str; 4] = ["for ", "für ", "of ", "von "];

/// So many words may say whose password it is, and what is said of it.
const WORDS: usize = 6;

/// What stands before a password, and behind whose it is.
const MARKS: [&str; 5] = [": ", " is ", " ist ", " est ", " = "];

/// What answers a question, or is told in a sentence, behind the words that say whose it is. The words of a sentence are no
/// password.
pub(super) fn answer(found: &Found<'_>, mut at: usize) -> Option<Range<usize>> {
    let near = run(found.after(), 256, |letter| !matches!(letter, '\r' | '\n'));
    for _ in 0..WORDS {
        let rest = near.get(at..)?;
        let word = match quote(rest) {
            Some(mark) => quoted(&rest[mark.len()..], mark).len() + 2 * mark.len(),
            None => run(rest, 128, |letter| letter != ' ').trim_end_matches(':').len(),
        };
        let behind = rest.get(word..)?;
        if let Some(mark) = MARKS.iter().find(|mark| behind.starts_with(**mark))
            && let Some(answer) = made(&behind[mark.len()..], *mark == ": ")
        {
            let start = at + word + mark.len() + answer.start;
            return Some(found.place.end + start..found.place.end + start + answer.len());
        }
        at += word + run(behind, 2, |letter| matches!(letter, ':' | ' ')).len();
    }
    None
}

/// A password at the start of a text, with or without quotes: one with a digit that is long or the last of its line.
pub(super) fn made(text: &str, is_answer: bool) -> Option<Range<usize>> {
    let mark = quote(text).unwrap_or_default();
    let value = match mark {
        "" if is_answer => bare(text, false),
        // The end of a sentence.
        "" => bare(text, false).trim_end_matches('.'),
        mark => quoted(&text[mark.len()..], mark),
    };
    let line = text.get(mark.len() + value.len()..).unwrap_or_default();
    let is_alone = line.is_empty() || line.starts_with(['"', '\'', '\\', '<']);
    let is_made = has_digit(value) && (looks_secret(value) || is_alone && value.len() >= 4);
    (is_made && !is_placeholder(value, None))
        .then(|| hide(mark.len(), value))
        .flatten()
}
