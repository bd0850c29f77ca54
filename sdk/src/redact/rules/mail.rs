//! How somebody logs in to a mail server, with the command or in answer to what the server asks.

use std::ops::Range;

use super::pieces::{bare, quote, quoted};
use super::placeholder::looks_secret;
use super::{has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, run, run_back};

/// What is told at once with the way to log in: base64.
pub(super) fn response(found: &Found<'_>) -> Option<Range<usize>> {
    let value = run(found.after(), LONGEST_VALUE, in_base64);
    is_base64(value).then(|| hide(found.place.end, value)).flatten()
}

/// The last word of the next line.
pub(super) fn answer(found: &Found<'_>) -> Option<Range<usize>> {
    let text = run(found.after(), 256, |letter| letter != '\n');
    let start = found.until(text) + 1;
    let line = run(found.text.get(start..)?, 256, |letter| {
        !matches!(letter, '\r' | '\n')
    });
    let word = run_back(line, 256, in_base64);
    let is_number = line.starts_with(|letter: char| letter.is_ascii_digit());
    (is_base64(word) && !is_number)
        .then(|| hide(start + line.len() - word.len(), word))
        .flatten()
}

fn in_base64(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=')
}

/// Whether this is no word of a sentence, nor the name of a way to log in.
fn is_base64(text: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| text.bytes().any(|byte| kind(&byte));
    let is_mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    text.len() >= 8 && text.len().is_multiple_of(4) && (is_mixed || has(u8::is_ascii_digit))
}

/// A name and a password, behind the tag of a command.
pub(super) fn mail_login(found: &Found<'_>) -> Option<Range<usize>> {
    let before = found.before().trim_end_matches(' ');
    let tag = run_back(before, 8, |letter| letter.is_ascii_alphanumeric());
    let is_tag = tag.starts_with(|letter: char| letter.is_ascii_alphabetic()) && has_digit(tag);
    let login = is_tag.then(|| last_words(found.after(), 2)).flatten()?;
    hide(found.place.end, login)
}

/// So many words, where they are the last ones of a line or the last of them is made as secrets are.
pub(super) fn last_words(line: &str, count: usize) -> Option<&str> {
    let (mut end, mut last) = (0, "");
    for number in 0..count {
        end += usize::from(number > 0 && line[end..].starts_with(' '));
        last = word(&line[end..]);
        end += last.len();
    }
    let behind = &line[end..];
    let is_last = !behind.starts_with(|letter: char| letter == ' ' || letter.is_alphanumeric());
    ((is_last || looks_secret(last)) && !last.is_empty()).then(|| &line[..end])
}

/// The first word of a text, with the quotes that it is in.
fn word(text: &str) -> &str {
    let length = match quote(text) {
        Some(mark) => quoted(&text[mark.len()..], mark).len() + 2 * mark.len(),
        None => bare(text, false).len(),
    };
    text.get(..length).unwrap_or_default()
}
