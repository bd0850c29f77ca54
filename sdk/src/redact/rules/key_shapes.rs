//! What the keys of [`vendors`](super::vendors) are made of, and how those are told that no short pattern tells.

use std::ops::Range;

use super::has_digit;
use crate::redact::rule::{Found, LONGEST_VALUE, run, run_back};

// What keys are made of.

pub(super) fn hex(letter: char) -> bool {
    letter.is_ascii_hexdigit()
}

pub(super) fn base32(letter: char) -> bool {
    letter.is_ascii_uppercase() || letter.is_ascii_digit()
}

pub(super) fn base64(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=' | '_')
}

pub(super) fn url_safe(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-')
}

pub(super) fn dotted(letter: char) -> bool {
    url_safe(letter) || letter == '.'
}

pub(super) fn padded(letter: char) -> bool {
    dotted(letter) || letter == '='
}

pub(super) fn lower(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit()
}

/// In cookies some of their letters are escaped.
pub(super) fn slack(letter: char) -> bool {
    dotted(letter) || matches!(letter, '%' | '/' | '+')
}

pub(super) fn path(letter: char) -> bool {
    url_safe(letter) || matches!(letter, '/' | '@')
}

pub(super) fn braintree(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '$'
}

// Where a key starts with what any word has, the pattern looks for its mark, and these for its start.

/// Names of parts on a page start so too, but have no digits.
pub(super) fn openai(found: &Found<'_>) -> Option<Range<usize>> {
    let start = run(found.after(), 40, url_safe);
    let is_key = start.len() >= 32 && found.starts_word() && has_digit(start);
    is_key.then(|| found.place.start..found.until(run(found.after(), LONGEST_VALUE, url_safe)))
}

pub(super) fn crates_io(found: &Found<'_>) -> Option<Range<usize>> {
    as_long(found, 32)
}

pub(super) fn clickhouse(found: &Found<'_>) -> Option<Range<usize>> {
    as_long(found, 38)
}

pub(super) fn vault(found: &Found<'_>) -> Option<Range<usize>> {
    as_long(found, 24)
}

/// One that is as long as all of its kind, behind its start.
fn as_long(found: &Found<'_>, length: usize) -> Option<Range<usize>> {
    let key = run(found.after(), 40, |letter| letter.is_ascii_alphanumeric());
    (found.starts_word() && key.len() == length && has_digit(key))
        .then(|| found.place.start..found.until(key))
}

/// A name, a service and a number stand before its mark, in words joined by dots.
pub(super) fn authress(found: &Found<'_>) -> Option<Range<usize>> {
    let before = run_back(found.text.get(found.floor..found.place.start)?, 64, dotted);
    if !before.ends_with('.') || before.len() < 14 {
        return None;
    }
    let key = run(found.after(), LONGEST_VALUE, |letter| {
        padded(letter) || matches!(letter, '+' | '/')
    });
    (key.len() >= 41).then(|| found.place.start - before.len()..found.until(key))
}

pub(super) fn maxmind(found: &Found<'_>) -> Option<Range<usize>> {
    let before = found.text.get(found.floor..found.place.start)?;
    let key = run_back(before, 64, |letter| {
        letter.is_ascii_alphanumeric() || letter == '_'
    });
    (key.len() == 37 && key.ends_with('_') && found.ends_word())
        .then(|| found.place.start - key.len()..found.place.end)
}

/// An app's number, a bar, and its secret.
pub(super) fn facebook(found: &Found<'_>) -> Option<Range<usize>> {
    let id = lead(found, 20, |letter| letter.is_ascii_digit());
    let secret = run(found.after(), LONGEST_VALUE, url_safe);
    ((15..=16).contains(&id) && secret.len() >= 27).then(|| found.place.start + 1 - id..found.until(secret))
}

pub(super) fn crypted(found: &Found<'_>) -> Option<Range<usize>> {
    let hash = run(found.after(), 256, |letter| {
        letter.is_ascii_alphanumeric() || matches!(letter, '.' | '/' | '$' | '=' | ',' | '+' | '-')
    });
    let hash = hash.trim_end_matches([',', '.']);
    let is_hash = hash.len() >= 30 || hash.len() >= 20 && hash.contains('$');
    is_hash.then(|| found.place.start..found.until(hash))
}

/// A bot's token: its number in base64, a time, and a signature.
pub(super) fn discord(found: &Found<'_>) -> Option<Range<usize>> {
    let before = found.text.get(found.floor..found.place.start)?;
    let id = run_back(before, 40, url_safe);
    let signature = run(found.after(), 64, url_safe);
    let bot = id.starts_with(['M', 'N', 'O']) && (24..=28).contains(&id.len()) && signature.len() >= 27;
    bot.then(|| found.place.start - id.len()..found.until(signature))
}

pub(super) fn mailchimp(found: &Found<'_>) -> Option<Range<usize>> {
    let digits = lead(found, 64, |letter| letter.is_ascii_hexdigit());
    (digits == 32 && found.ends_word()).then(|| found.place.start + 1 - digits..found.place.end)
}

pub(super) fn terraform(found: &Found<'_>) -> Option<Range<usize>> {
    let id = lead(found, 14, |letter| letter.is_ascii_alphanumeric());
    let token = run(found.after(), LONGEST_VALUE, padded);
    (token.len() >= 60).then(|| found.place.start + 1 - id..found.until(token))
}

pub(super) fn azure(found: &Found<'_>) -> Option<Range<usize>> {
    let start = lead(found, 4, |letter| {
        letter.is_ascii_alphanumeric() || matches!(letter, '_' | '~' | '.')
    });
    let rest = run(found.after(), LONGEST_VALUE, |letter| {
        dotted(letter) || letter == '~'
    });
    (start == 4 && rest.len() >= 31).then(|| found.place.start - 3..found.until(rest))
}

/// In addresses it stands behind `bot`.
pub(super) fn telegram(found: &Found<'_>) -> Option<Range<usize>> {
    let id = lead(found, 16, |letter| letter.is_ascii_digit());
    let token = run(found.after(), LONGEST_VALUE, url_safe);
    let bot = (8..=10).contains(&id) && token.len() >= 34;
    bot.then(|| found.place.start + 1 - id..found.until(token))
}

/// How many letters of a kind stand before the find, with its own first one.
fn lead(found: &Found<'_>, most: usize, belongs: impl Fn(char) -> bool) -> usize {
    let before = found
        .text
        .get(found.floor..=found.place.start)
        .unwrap_or_default();
    run_back(before, most, belongs).len()
}
