//! The secrets in an object, a map or a list that has the name of one: `"passwords": {"db": "x"}`, `tokens: [x, y]`.

use std::ops::Range;

use super::bytes::listed;
use super::opening::Opening;
use super::pieces::{LONGEST_GAP, bare, behind_name, key, opened, quote, quoted, wrapper};
use super::placeholder::{is_path, is_placeholder};
use super::words::Words;
use crate::redact::rule::{Found, run};

/// What stands in a bracket behind a name.
pub(super) struct Inside<'f, 't> {
    found: &'f Found<'t>,
    /// Behind the bracket.
    start: usize,
    is_object: bool,
}

impl<'f, 't> Inside<'f, 't> {
    /// `None` where no object, map or list opens behind the find.
    pub(super) fn of(found: &'f Found<'t>, opening: &Opening<'_>) -> Option<Self> {
        let start = opening
            .inside
            .filter(|_| !found.matched().ends_with([',', ';']))?;
        Some(Self {
            found,
            start,
            is_object: opening.is_object,
        })
    }

    /// From the first to the last value of which `is_secret` says so, as a list is hidden.
    pub(super) fn secrets(&self, is_secret: impl Fn(&str) -> bool) -> Option<Range<usize>> {
        let text = self.found.after();
        let mut hidden: Option<Range<usize>> = None;
        // Of the line that it starts on, once another is reached.
        let mut indent = None;
        let (mut at, mut depth, mut name) = (self.start, 1_usize, "");
        let mut is_assigned = false;
        // Behind the last secret, or nothing yet.
        let mut last = usize::MAX - FARTHEST;
        let mut is_left = true;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            if depth == 0 || at > last + self.found.sight.min(FARTHEST) {
                is_left = false;
                break;
            }
            if rest.starts_with(' ') && !rest[1..].starts_with(|letter: char| letter.is_ascii_whitespace()) {
                at += 1;
                continue;
            }
            if rest.starts_with(|letter: char| letter.is_ascii_whitespace()) {
                let blanks = run(rest, LONGEST_GAP, |letter| letter.is_ascii_whitespace());
                if let Some((_, blank)) = blanks.rsplit_once('\n') {
                    let is_first = indent.is_none();
                    let indent = *indent.get_or_insert_with(|| self.found.indent());
                    let is_open = !is_first
                        || text[..at].ends_with(|letter| letter == ',' || OPENING.contains(&letter));
                    let is_deeper = is_open && blank.len() > indent;
                    if !is_deeper && !rest[blanks.len()..].starts_with(CLOSING) {
                        is_left = false;
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
            if rest.starts_with(OPENING) {
                (at, depth, is_assigned) = (at + 1, depth + 1, false);
                if let Some(bytes) = bytes_at(text, at) {
                    (at, last) = (bytes.end, bytes.end);
                    hidden = Some(from_first(hidden, bytes));
                }
                continue;
            }
            let mark = quote(rest).unwrap_or_default();
            if mark.is_empty() {
                if let Some((key, length)) = self.is_object.then(|| key(rest)).flatten() {
                    (name, at, is_assigned) = (key, at + length, true);
                    continue;
                }
                let opened = if is_plain(rest) {
                    ""
                } else {
                    opened(rest).unwrap_or_else(|| wrapper(rest))
                };
                if !opened.is_empty() && !opened.contains('\n') {
                    depth += opened.matches(OPENING).count();
                    depth = depth.saturating_sub(opened.matches(')').count());
                    (at, is_assigned) = (at + opened.len(), false);
                    if let Some(bytes) = bytes_at(text, at) {
                        (at, last) = (bytes.end, bytes.end);
                        hidden = Some(from_first(hidden, bytes));
                    }
                    continue;
                }
            }
            let value = match mark {
                "" => bare(rest, false),
                mark => quoted(&rest[mark.len()..], mark),
            };
            let place = at + mark.len()..at + mark.len() + value.len();
            if mark.is_empty() && value.is_empty() {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let behind = &text[place.end..];
            // The start of a name, perhaps.
            if behind.is_empty() && self.found.is_cut && !is_assigned && value.len() < SHORT {
                break;
            }
            if !mark.is_empty()
                && self.is_object
                && let Some(length) = behind_name(behind, mark)
            {
                (name, at, is_assigned) = (value, place.end + length, true);
                continue;
            }
            let closes = !mark.is_empty() && behind.starts_with(mark);
            at = place.end + if closes { mark.len() } else { 0 };
            if is_secret(value) && !self.is_harmless(name, mark, value) {
                hidden = Some(from_first(hidden, place));
                last = at;
            }
            (name, is_assigned) = ("", false);
        }
        // More is to be seen of a list with a secret in it.
        if let Some(hidden) = &mut hidden
            && is_left
            && self.found.is_cut
        {
            hidden.end = text.len();
        }
        let base = self.found.place.end;
        hidden.map(|hidden| base + hidden.start..base + hidden.end)
    }

    /// Whether a value is no secret, whatever the name of the object or the list.
    fn is_harmless(&self, name: &str, mark: &str, value: &str) -> bool {
        let is_bare = mark.is_empty();
        let is_kind = KINDS.has(name);
        // In an object stand ids and times, in a list hardly more than a count.
        let is_number =
            is_bare && (value.parse::<u16>().is_ok() || self.is_object && value.parse::<f64>().is_ok());
        let bracket = (is_bare && !self.is_object).then_some('[');
        is_kind
            || TELLING.has(name)
            || is_number
            || is_placeholder(value, bracket)
            || is_bare && is_path(value)
            || is_sentence(value)
    }
}

/// From the first secret on to the end of this one.
fn from_first(hidden: Option<Range<usize>>, place: Range<usize>) -> Range<usize> {
    hidden.map_or(place.start, |hidden| hidden.start)..place.end
}

/// A secret that is printed byte by byte, in a list that opens before this place.
fn bytes_at(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = listed(&text[at..]).filter(|_| text[..at].ends_with('['))?;
    Some(at + bytes.start..at + bytes.end)
}

/// Whether a word starts here that opens nothing, as most do.
fn is_plain(text: &str) -> bool {
    let word = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let behind = text.as_bytes().get(word..).unwrap_or_default();
    word > 0
        && matches!(
            behind,
            [] | [b',' | b';' | b')' | b']' | b'}' | b'\n', ..] | [b':', b' ', ..]
        )
}

/// How far behind a secret the next one is looked for, in bytes.
const FARTHEST: usize = 512;

/// The longest that is taken for the start of a name where nothing more is seen, in bytes.
const SHORT: usize = 40;

/// What stands between values, and of this what closes something.
const BETWEEN: [char; 5] = [',', ';', '}', ']', ')'];
const CLOSING: [char; 3] = ['}', ']', ')'];

const OPENING: [char; 3] = ['{', '[', '('];

/// What says which kind of secret it is.
static KINDS: Words<4> = Words::of(["kind", "mode", "scope", "type"]);

/// What stands beside a secret and says whose it is, or what is wrong with it.
static TELLING: Words<14> = Words::of([
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
]);

/// What sentences have, and hardly a secret.
pub(super) const SAYING: [&str; 16] = [
    "a", "and", "are", "be", "for", "from", "has", "in", "is", "not", "of", "or", "the", "to", "was", "with",
];

fn is_sentence(value: &str) -> bool {
    value
        .split(' ')
        .any(|word| word.len() <= "with".len() && SAYING.contains(&word))
}
