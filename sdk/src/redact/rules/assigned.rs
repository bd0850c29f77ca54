//! What is a value of something that lets somebody in, behind its name, and what only stands there.

use std::ops::Range;

use super::bytes::bytes;
use super::inside::Inside;
use super::opening::Opening;
use super::phrase::phrase;
use super::placeholder::looks_secret;
use super::value::{is_equals, value, value_behind};
use super::{has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, is_word, run, run_back};

/// A name of two words is mostly one of a sentence: `storage key: users/42`.
pub(super) fn assigned(found: &Found<'_>) -> Option<Range<usize>> {
    if let Some(bytes) = bytes(found) {
        return Some(bytes);
    }
    let opening = Opening::of(found);
    if let Some(inside) = Inside::of(found, &opening) {
        return inside.secrets(|_| true);
    }
    let value = value_behind(found, &opening)?;
    let text = found.text.get(value.clone())?;
    if is_said_of_several(found, &value) {
        return None;
    }
    let is_count = found.matched().contains("words") && text.parse::<u16>().is_ok();
    let is_said = found
        .matched()
        .split(' ')
        .nth(1)
        .is_some_and(|word| word.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("key")));
    (!is_count && (!is_said || looks_secret(text)))
        .then(|| value.start..value.end + phrase(found, &value).len())
}

/// Whether the name is that of several, and without a bracket a word stands behind it, or how many there are.
fn is_said_of_several(found: &Found<'_>, value: &Range<usize>) -> bool {
    let name = run(found.matched(), 64, |letter| {
        is_word(letter) || matches!(letter, '-' | ' ')
    });
    let name = name.trim_end().to_ascii_lowercase();
    let are_codes = name.ends_with("codes");
    let are_several = are_codes
        || ["secrets", "tokens", "keys"]
            .iter()
            .any(|several| name.ends_with(several));
    let text = found.text.get(value.clone()).unwrap_or_default();
    let is_count = !are_codes && text.bytes().all(|byte| byte.is_ascii_digit());
    let before = found.text.get(..value.start).unwrap_or_default();
    let is_word = !looks_secret(text) && !before.ends_with(['=', '"', '\'']);
    are_several && (is_count || is_word)
}

/// Without an equals sign (also `%3D`) or quotes these names say little, but for an option of Windows: `/pass:x`.
pub(super) fn assigned_short(found: &Found<'_>) -> Option<Range<usize>> {
    if let Some(bytes) = bytes(found) {
        return Some(bytes);
    }
    let value = value(found)?;
    // A line of its own, as NetworkManager writes it: what is in no quotes may have blanks.
    if found.matched() == "psk=" && value.start == found.place.end && found.before().ends_with('\n') {
        let line = run(found.after(), LONGEST_VALUE, |letter| {
            !matches!(letter, '\r' | '\n')
        });
        return hide(value.start, line.trim_end());
    }
    let text = found.text.get(value.clone())?;
    let is_option = found.before().ends_with('/') && !found.after().starts_with(' ');
    let is_assigned = is_option || is_equals(found.matched()) || found.matched().contains(['"', '\'']);
    let is_count = text.len() < 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_assigned && !is_count || looks_secret(text) || is_noted(found, text)).then_some(value)
}

/// Whether this is a word with a digit, and the name no part of a longer one: `render pass: bloom2`.
fn is_noted(found: &Found<'_>, text: &str) -> bool {
    let before = found.before();
    let name = before.trim_end_matches([' ', '\t']);
    let is_part = if name.len() < before.len() {
        name.ends_with(char::is_alphabetic)
    } else {
        name.ends_with(['_', '-', '/'])
    };
    let is_made = text
        .chars()
        .all(|letter| letter.is_alphanumeric() || "!@#$%^&*?".contains(letter));
    let is_word = text.starts_with(char::is_alphabetic) && has_digit(text) && text.len() >= 6;
    is_word && is_made && !is_part
}

/// Words are no tokens, nor are small numbers: parsers and language models have both.
pub(super) fn assigned_token(found: &Found<'_>) -> Option<Range<usize>> {
    // Packages that deal with them have it in their names.
    if found.before().ends_with("jsonweb") {
        return None;
    }
    if let Some(bytes) = bytes(found) {
        return Some(bytes);
    }
    let opening = Opening::of(found);
    if let Some(inside) = Inside::of(found, &opening) {
        return inside.secrets(looks_secret);
    }
    let value = value_behind(found, &opening)?;
    let text = found.text.get(value.clone())?;
    if is_said_of_several(found, &value) {
        return None;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = digits == 0 && text.len() < 20 && !text.contains(['-', '_', '.', '/', '+']);
    let is_constant = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let is_in = lets_in(found) || is_setting(found) && !is_constant;
    let word = (is_plain || is_constant) && (text.len() < 6 || !is_in);
    let number = digits == text.len() && digits < 6;
    let is_secret = !word && !number || is_parameter(found);
    (text.len() >= 4 && is_secret).then_some(value)
}

/// Whether it is all of a parameter's name: `?token=`.
fn is_parameter(found: &Found<'_>) -> bool {
    found.before().ends_with(['?', '&']) && found.matched().eq_ignore_ascii_case("token=")
}

/// Whether it ends the name of a variable that is set: `MY_TOKEN=`, `"MY_TOKEN":`.
fn is_setting(found: &Found<'_>) -> bool {
    let name = found.matched();
    found.before().ends_with('_') && name.starts_with("TOKEN") && name.contains(['=', '"'])
}

/// What stands before `token` where no parser or model has such.
const LETS_IN: [&str; 14] = [
    "access", "api", "auth", "bearer", "bot", "csrf", "deploy", "oauth", "personal", "private", "refresh",
    "security", "session", "xsrf",
];

/// Whether the name says that the token lets somebody in: `PRIVATE-TOKEN`.
fn lets_in(found: &Found<'_>) -> bool {
    let name = run_back(found.before(), 24, |letter| {
        letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-')
    });
    let name = name.trim_end_matches(['_', '-']).to_ascii_lowercase();
    LETS_IN.iter().any(|kind| name.ends_with(kind))
}

/// What is long and has a digit, or is shorter and all letters and digits: programs name their sessions too.
pub(super) fn session(found: &Found<'_>) -> Option<Range<usize>> {
    let value = value(found)?;
    let text = found.text.get(value.clone())?;
    let word = run(text, 64, |letter| letter.is_ascii_alphanumeric());
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_mixed = word.len() >= 12 && (3..word.len() - 2).contains(&digits);
    let is_long = text.len() >= 20 && has_digit(text) || text.len() > 64;
    // Nobody else has these names.
    let name = found.matched().to_ascii_lowercase();
    let is_cookie = ["apisid", "remember"].iter().any(|known| name.contains(known)) && looks_secret(text);
    (is_mixed || is_long || is_cookie).then_some(value)
}
