//! The secrets in an object, a map or a list that has the name of one: `"passwords": {"db": "x"}`, `tokens: [x, y]`.

use std::mem;
use std::ops::Range;

use super::bytes::listed;
use super::opening::Opening;
use super::pieces::{bare, key, opened, quote, quoted, wrapper};
use super::placeholder::{is_path, is_placeholder, is_template};
use crate::redact::rule::{Found, LONGEST_VALUE, run};

/// What stands in a bracket behind a name.
pub(super) struct Inside<'f, 't> {
    found: &'f Found<'t>,
    text: &'t str,
    /// Behind the bracket.
    start: usize,
    is_object: bool,
}

impl<'f, 't> Inside<'f, 't> {
    /// `None` where no object, map or list opens behind the find.
    pub(super) fn of(found: &'f Found<'t>) -> Option<Self> {
        let opening = Opening::of(found);
        let start = opening
            .inside
            .filter(|_| !found.matched().ends_with([',', ';']))?;
        let text = found.after();
        Some(Self {
            found,
            text: &text[..text.floor_char_boundary(LONGEST_VALUE)],
            start,
            is_object: opening.is_object,
        })
    }

    /// From the first to the last value of which `is_secret` says so, as a list is hidden.
    pub(super) fn secrets(&self, is_secret: impl Fn(&str) -> bool) -> Option<Range<usize>> {
        let text = self.text;
        let mut hidden: Option<Range<usize>> = None;
        // Of the line that it starts on, once another is reached.
        let mut indent = None;
        let (mut at, mut depth, mut name) = (self.start, 1_usize, "");
        // Since the last secret, and behind the last value.
        let (mut looked_at, mut behind) = (0, self.start);
        while (1..=DEEPEST).contains(&depth) && looked_at < MOST && at < behind + LONGEST_GAP {
            let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else {
                break;
            };
            let blanks = run(rest, LONGEST_GAP, |letter| letter.is_ascii_whitespace());
            if !blanks.is_empty() {
                if let Some((_, blank)) = blanks.rsplit_once('\n') {
                    let is_first = indent.is_none();
                    let indent = *indent.get_or_insert_with(|| self.found.indent());
                    let is_open = !is_first || text[..at].ends_with(['{', '[', '(', ',']);
                    let is_deeper = is_open && blank.len() > indent;
                    if !is_deeper && !rest[blanks.len()..].starts_with(CLOSING) {
                        break;
                    }
                }
                at += blanks.len();
                continue;
            }
            if rest.starts_with(BETWEEN) {
                depth -= usize::from(rest.starts_with(CLOSING));
                at += 1;
                continue;
            }
            if let Some((key, length)) = self.is_object.then(|| key(rest)).flatten() {
                (name, at) = (key, at + length);
                looked_at += 1;
                continue;
            }
            let opened = opened(rest).unwrap_or_else(|| wrapper(rest));
            if !opened.is_empty() && !opened.contains('\n') {
                depth += opened.matches(['{', '[', '(']).count();
                depth = depth.saturating_sub(opened.matches(')').count());
                at += opened.len();
                if let Some(bytes) = listed(&text[at..]).filter(|_| opened.ends_with('[')) {
                    let first = hidden.map_or(at + bytes.start, |hidden| hidden.start);
                    at += bytes.end;
                    hidden = Some(first..at);
                    (looked_at, behind) = (0, at);
                }
                continue;
            }
            if !self.is_object && opens_another(rest) {
                break;
            }
            let name = mem::take(&mut name);
            let Some((mark, value)) = value(name, rest) else {
                break;
            };
            if mark.is_empty() && value.is_empty() {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let place = at + mark.len()..at + mark.len() + value.len();
            at = place.end;
            if !mark.is_empty() && text[at..].starts_with(mark) {
                at += mark.len();
            }
            (looked_at, behind) = (looked_at + 1, at);
            if is_secret(value) && !self.is_harmless(name, mark, value) {
                let first = hidden.map_or(place.start, |hidden| hidden.start);
                hidden = Some(first..place.end);
                looked_at = 0;
            }
        }
        let base = self.found.place.end;
        hidden.map(|hidden| base + hidden.start..base + hidden.end)
    }

    /// Whether a value is no secret, whatever the name of the object or the list.
    fn is_harmless(&self, name: &str, mark: &str, value: &str) -> bool {
        let is_bare = mark.is_empty();
        let is_kind = is_one_of(&KINDS, name);
        // In an object stand ids and times, in a list hardly more than a count.
        let is_number =
            is_bare && (value.parse::<u16>().is_ok() || self.is_object && value.parse::<f64>().is_ok());
        let bracket = (is_bare && !self.is_object).then_some('[');
        is_kind
            || is_one_of(&TELLING, name)
            || is_number
            || is_placeholder(value, bracket)
            || is_bare && is_path(value)
            || is_sentence(value)
    }
}

/// The value at the start of a text and what opens its quotes. `None` for one without, of which is only known that it is no
/// secret and where it starts.
fn value<'t>(name: &str, text: &'t str) -> Option<(&'t str, &'t str)> {
    if let Some(mark) = quote(text) {
        return Some((mark, quoted(&text[mark.len()..], mark)));
    }
    let is_telling = is_one_of(&KINDS, name) || is_one_of(&TELLING, name) || is_template(text);
    let text = if is_telling {
        &text[..text.floor_char_boundary(LONGEST_TELLING)]
    } else {
        text
    };
    let value = bare(text, false);
    (!is_telling || value.len() < LONGEST_TELLING - 3).then_some(("", value))
}

/// Whether a list with a name of its own opens in the place of a value: `[a, tokens:[`, `[a tokens: [`.
fn opens_another(text: &str) -> bool {
    let value = bare(&text[..text.floor_char_boundary(LONGEST_NAME)], false);
    let mut brackets = value.match_indices(['[', '{', '(']);
    value.ends_with(':') || brackets.any(|(at, _)| value[..at].ends_with([':', '=']))
}

/// In bytes, of a list.
const LONGEST_NAME: usize = 64;

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// So many names and values behind a secret are looked at for the next one, and so deep.
const MOST: usize = 12;
const DEEPEST: usize = 2;

/// What stands between values, and of this what closes something.
const BETWEEN: [char; 5] = [',', ';', '}', ']', ')'];
const CLOSING: [char; 3] = ['}', ']', ')'];

/// So far behind a value the next one is looked for, in bytes.
const LONGEST_GAP: usize = 512;

/// The longest value without quotes that is looked at and not hidden, in bytes: finds may stand in it, each of which does.
const LONGEST_TELLING: usize = 256;

/// What says which kind of secret it is.
const KINDS: [&str; 4] = ["kind", "mode", "scope", "type"];

/// What stands beside a secret and says whose it is, or what is wrong with it.
const TELLING: [&str; 14] = [
    "description",
    "domain",
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
