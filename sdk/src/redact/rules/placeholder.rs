//! What stands in a secret's place and is none: a word, a variable, a file, a count, a mask of ours. Pure.

use super::has_digit;
use super::words::Words;
use crate::redact::rule::is_word;

/// What stands where a secret would, and is none.
static PLACEHOLDERS: Words<40> = Words::of([
    "null",
    "none",
    "nil",
    "undefined",
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "empty",
    "set",
    "unset",
    "required",
    "missing",
    "invalid",
    "expired",
    "incorrect",
    "wrong",
    "changed",
    "ok",
    "failed",
    "not",
    "n/a",
    "redacted",
    "masked",
    "hidden",
    "filtered",
    "string",
    "str",
    "is",
    "include",
    "omit",
    "same-origin",
    "must",
    "option",
    "too",
    "valid",
    "object",
    "new",
]);

/// Names joined by dots, as code has them.
pub(super) fn is_path(value: &str) -> bool {
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_alphabetic() || letter == '_');
    value.contains('.') && value.split('.').all(is_name)
}

/// A word and a colon, as the names of Objective-C's methods go on.
pub(super) fn is_selector(value: &str) -> bool {
    let word = value.strip_suffix(':').unwrap_or_default();
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Where systems keep files.
const FOLDERS: [&str; 12] = [
    "~/",
    "/etc/",
    "/home/",
    "/mnt/",
    "/opt/",
    "/private/",
    "/root/",
    "/run/",
    "/tmp/",
    "/usr/",
    "/Users/",
    "/var/",
];

/// Whether a path starts here, as behind `PWD=` and `private key:`.
pub(super) fn is_file(text: &str) -> bool {
    match text.as_bytes() {
        [b'~' | b'/', ..] => FOLDERS.iter().any(|folder| text.starts_with(folder)),
        [drive, b':', b'\\', ..] => drive.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Whether something starts here that a value is put in the place of.
pub(super) fn is_template(text: &str) -> bool {
    match text.as_bytes() {
        [b'$', b'{' | b'(', ..] => true,
        [b'%', b's', ..] => !text[2..].starts_with(char::is_alphanumeric),
        _ => false,
    }
}

/// A variable, as shells have it: `$API_KEY`, `$1`.
fn is_variable(value: &str) -> bool {
    let name = value.strip_prefix('$').unwrap_or_default();
    let is_name = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
    let starts = |letter: char| letter.is_ascii_uppercase() || letter == '_';
    name.starts_with(starts) && name.chars().all(is_name) || name.len() == 1 && has_digit(name)
}

pub(super) fn is_placeholder(value: &str, bracket: Option<char>) -> bool {
    let value = value.trim().trim_end_matches([':', '!']);
    let within =
        |(open, close): &(char, char)| Some((Some(*open), value.strip_prefix(*open)?.strip_suffix(*close)?));
    let brackets = [('[', ']'), ('{', '}'), ('(', ')'), ('<', '>')];
    let (bracket, value) = brackets.iter().find_map(within).unwrap_or((bracket, value));
    let name = |letter: char| is_word(letter) || matches!(letter, '.' | '-' | ' ');
    let template = match bracket {
        // `[TOKEN]`, `[secret-1]`
        Some('[') => {
            value
                .chars()
                .all(|letter| name(letter) && !letter.is_lowercase() && !letter.is_numeric())
                || is_mask(value)
        }
        // `{password}`, `{0}`, `(not set)`
        Some(_) => value.chars().all(|letter| name(letter) && !letter.is_numeric()) || value.len() == 1,
        None => is_template(value) || is_variable(value),
    };
    template || says_nothing(value)
}

/// Whether a value is empty, marks in its place, or a word that says what is with it.
fn says_nothing(value: &str) -> bool {
    let marks = |letter: char| matches!(letter, '*' | 'x' | 'X' | '•' | '.' | '#' | '-' | '_' | '?');
    value.chars().all(marks) || PLACEHOLDERS.has(value)
}

/// Whether a value tells nothing though its name is that of a secret: a word, a count, a file, or a mask of ours.
pub(in crate::redact) fn is_harmless(value: &str) -> bool {
    let is_count = value.len() < 6 && value.bytes().all(|byte| byte.is_ascii_digit());
    let in_brackets = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
    is_count || is_file(value) || in_brackets.is_some_and(is_mask) || says_nothing(value.trim())
}

/// Whether a value is made as secrets are, and as hardly anything else: for names that say little.
pub(super) fn looks_secret(value: &str) -> bool {
    let is_path = value.contains('/') && value.len() < 16;
    value.len() >= 8 && has_digit(value) && !is_path || value.len() >= 20
}

/// Whether this stands in one of our brackets: `secret-1`, or `crash-secret-1`.
fn is_mask(text: &str) -> bool {
    let is_name = |name: &str| {
        name.chars()
            .all(|letter| letter.is_ascii_lowercase() || "_-".contains(letter))
    };
    let mask = text.rsplit_once('-');
    mask.is_some_and(|(name, number)| is_name(name) && number.parse::<usize>().is_ok())
}
