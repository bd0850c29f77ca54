//! The secrets in an object, a map or a list that has the name of one: `"passwords": {"db": "x"}`, `tokens: [x, y]`.

use std::mem;
use std::ops::Range;

use super::opening::{Opening, quote, wrapper};
use super::placeholder::{is_path, is_placeholder};
use super::value::{bare, quoted};
use crate::redact::rule::{Found, LONGEST_VALUE, is_word, run};

/// What stands in a bracket behind a name.
pub(super) struct Inside<'t> {
    text: &'t str,
    /// Behind the bracket.
    start: usize,
    is_object: bool,
    /// Where the text starts in that of the find.
    base: usize,
}

impl<'t> Inside<'t> {
    /// `None` where no object, map or list opens behind the find.
    pub(super) fn of(found: &Found<'t>) -> Option<Self> {
        let opening = Opening::of(found);
        let start = opening
            .inside
            .filter(|_| !found.matched().ends_with([',', ';']))?;
        let text = found.after();
        Some(Self {
            text: &text[..text.floor_char_boundary(LONGEST_VALUE)],
            start,
            is_object: opening.is_object,
            base: found.place.end,
        })
    }

    /// From the first to the last value of which `is_secret` says so, as a list is hidden.
    pub(super) fn secrets(&self, is_secret: impl Fn(&str) -> bool) -> Option<Range<usize>> {
        let (text, start) = (self.text, self.start);
        let bracket = (!self.is_object).then_some('[');
        let mut hidden: Option<Range<usize>> = None;
        let (mut at, mut depth, mut name) = (start, 1_usize, "");
        while depth > 0 && at < hidden.as_ref().map_or(start, |hidden| hidden.end) + LONGEST_GAP {
            let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else {
                break;
            };
            if let Some((key, length)) = key(rest).filter(|_| self.is_object) {
                (name, at) = (key, at + length);
                continue;
            }
            let opened = opened(rest).unwrap_or_else(|| wrapper(rest));
            if !opened.is_empty() {
                depth += opened.matches(['{', '[', '(']).count();
                depth = depth.saturating_sub(opened.matches(')').count());
                at += opened.len();
                continue;
            }
            let mark = quote(rest).unwrap_or_default();
            let value = match mark {
                "" => bare(rest, false),
                mark => quoted(&rest[mark.len()..], mark),
            };
            if mark.is_empty() && (value.is_empty() || rest.starts_with([',', ';', '}', ']', ')'])) {
                depth -= usize::from(rest.starts_with(['}', ']', ')']));
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let (name, value_start) = (mem::take(&mut name), at + mark.len());
            at = value_start + value.len() + mark.len();
            let is = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
            let is_kind = is(&KINDS) && value.bytes().all(|byte| byte.is_ascii_alphabetic());
            // In an object stand ids and times, in a list hardly more than a count.
            let is_number = mark.is_empty()
                && (value.parse::<u16>().is_ok() || self.is_object && value.parse::<f64>().is_ok());
            if is_kind || is_number || is_placeholder(value, bracket.filter(|_| mark.is_empty())) {
                continue;
            }
            let is_code = mark.is_empty() && is_path(value);
            if is(&KINDS) || is(&TELLING) || is_code || is_sentence(value) || !is_secret(value) {
                continue;
            }
            let first = hidden.map_or(value_start, |hidden| hidden.start);
            hidden = Some(first..value_start + value.len());
        }
        hidden.map(|hidden| self.base + hidden.start..self.base + hidden.end)
    }
}

/// So far behind a secret the next one is looked for, in bytes.
const LONGEST_GAP: usize = 512;

/// What says which kind of secret it is.
const KINDS: [&str; 4] = ["kind", "mode", "scope", "type"];

/// What stands beside a secret and says whose it is, or what is wrong with it.
const TELLING: [&str; 13] = [
    "description",
    "error",
    "errors",
    "field",
    "host",
    "label",
    "message",
    "model",
    "name",
    "path",
    "url",
    "user",
    "username",
];

/// What sentences have, and hardly a secret.
pub(super) const SAYING: [&str; 16] = [
    "a", "and", "are", "be", "for", "from", "has", "in", "is", "not", "of", "or", "the", "to", "was", "with",
];

fn is_sentence(value: &str) -> bool {
    value.split(' ').any(|word| SAYING.contains(&word))
}

/// What opens an object or a map: `{`, `Credentials { `, `Login(`, `map[`.
pub(super) fn opened(text: &str) -> Option<&str> {
    let name = run(text, 40, |letter| is_word(letter) || matches!(letter, ':' | '.'));
    let rest = &text[name.len()..];
    let is_type = name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic);
    let rest = rest
        .strip_prefix(' ')
        .filter(|rest| is_type && rest.starts_with('{'))
        .unwrap_or(rest);
    let rest = rest.strip_prefix(['{', '[', '('])?;
    (name.is_empty() || name == "map" || is_type).then(|| &text[..text.len() - rest.len()])
}

/// A name in an object, and its length with what stands between it and its value: `"db": `, `db=`.
pub(super) fn key(text: &str) -> Option<(&str, usize)> {
    let near = &text[..text.floor_char_boundary(LONGEST_KEY)];
    let length = near.len();
    // Ruby's `:db => `.
    let near = near.strip_prefix(':').unwrap_or(near);
    let mark = quote(near).unwrap_or_default();
    let name = match mark {
        "" => run(near, LONGEST_KEY, |letter| {
            is_word(letter) || matches!(letter, '.' | '-')
        }),
        mark => quoted(&near[mark.len()..], mark),
    };
    let behind = near
        .get(mark.len() + name.len()..)?
        .strip_prefix(mark)?
        .trim_start_matches(' ');
    let behind = behind
        .strip_prefix("=>")
        .or_else(|| behind.strip_prefix([':', '=']))?;
    (!name.is_empty()).then(|| (name, length - behind.len()))
}

/// In bytes, with its quotes.
const LONGEST_KEY: usize = 128;
