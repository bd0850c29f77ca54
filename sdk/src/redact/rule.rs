//! One rule, and what its function gets to see.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::effort::read;
use super::pattern::Pattern;

/// One thing to hide.
#[derive(Clone)]
pub(crate) struct Rule {
    /// Stands in the mask (`[email-1]`) and in the counts. Several rules may have one name.
    pub(crate) name: Cow<'static, str>,
    /// Where to look. Short: what a pattern counts, the search has to tell apart at each letter. Its
    /// matches have a longest length, see [`masking`](super::masking).
    pub(crate) pattern: Pattern,
    /// What to hide there; `None` where it is harmless.
    pub(crate) secret: Secret,
}

/// What is hidden at a find, from its surroundings: as much of them as its [`Sight`](super::sight::Sight) shows, and no
/// further than [`AHEAD`] and [`BACK`].
#[derive(Clone, Copy)]
pub(crate) enum Secret {
    /// The whole find.
    Whole,
    /// What the function says.
    By(fn(&Found<'_>) -> Option<Range<usize>>),
    /// As `By`; the find ends with the name of a secret and what stands between them, so that a value which an app has
    /// under this name is one.
    Named(fn(&Found<'_>) -> Option<Range<usize>>),
    /// The find, which starts a word, with the letters that go on behind it, at least so many.
    Key(fn(char) -> bool, usize),
}

/// How far a rule looks for the end of a value, in bytes; what is longer is [followed](super::endless).
pub(crate) const LONGEST_VALUE: usize = 16 << 10;

/// How far behind a find the text is looked at, and how far before it, in bytes.
pub(super) const AHEAD: usize = LONGEST_VALUE + (1 << 10);
pub(crate) const BACK: usize = LONGEST_VALUE + (1 << 10);

/// How far before a find its line's start is looked for, in bytes.
const LONGEST_LINE: usize = 1 << 10;

impl Secret {
    pub(crate) fn at(self, found: &Found<'_>) -> Option<Range<usize>> {
        match self {
            Self::Whole => Some(found.place.clone()),
            Self::By(decide) | Self::Named(decide) => decide(&found.behind_escape()),
            Self::Key(..) if !found.starts_word() => None,
            Self::Key(belongs, least) => {
                let key = run(found.after(), LONGEST_VALUE, belongs);
                (key.len() >= least).then(|| found.place.start..found.until(key))
            }
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A place that a pattern has found.
#[derive(Debug)]
pub(crate) struct Found<'t> {
    pub(crate) text: &'t str,
    pub(crate) place: Range<usize>,
    /// What stands before this is settled: it may be looked at, but not be hidden.
    pub(crate) floor: usize,
    /// How far before the find something else may be looked for, in bytes.
    pub(crate) sight: usize,
    /// Whether the text goes on.
    pub(crate) is_cut: bool,
}

impl<'t> Found<'t> {
    /// Patterns take an escape or a `_` for a word's start: it is no part of what is hidden.
    fn behind_escape(&self) -> Self {
        let matched = self.matched();
        let start = self.place.start + escape_length(matched).max(usize::from(matched.starts_with('_')));
        Self {
            place: start..self.place.end,
            ..*self
        }
    }

    pub(crate) fn matched(&self) -> &'t str {
        self.text.get(self.place.clone()).unwrap_or_default()
    }

    pub(crate) fn before(&self) -> &'t str {
        self.text.get(..self.place.start).unwrap_or_default()
    }

    pub(crate) fn after(&self) -> &'t str {
        self.text.get(self.place.end..).unwrap_or_default()
    }

    /// Where `part`, a piece of [`after`](Self::after) from its start on, ends.
    pub(crate) fn until(&self, part: &str) -> usize {
        self.place.end + part.len()
    }

    /// What stands before the find and may go on in it: nothing where an escape does.
    pub(crate) fn joined(&self) -> &'t str {
        let before = self.before();
        let ends = |length: &usize| {
            let last = before.len().checked_sub(*length).and_then(|at| before.get(at..));
            last.is_some_and(|last| escape_length(last) == *length)
        };
        if ESCAPES.iter().any(ends) { "" } else { before }
    }

    /// How far the line is indented that the find starts on, in bytes; as far as none is, where that line is long.
    pub(crate) fn indent(&self) -> usize {
        let before = self.before();
        let near = before.ceil_char_boundary(before.len().saturating_sub(LONGEST_LINE));
        let line = match before[near..].rfind('\n') {
            Some(end) => &before[near + end + 1..],
            None if near == 0 => before,
            None => return usize::MAX,
        };
        run(line, LONGEST_LINE, |letter| letter.is_ascii_whitespace()).len()
    }

    /// Whether the blanks behind an opened bracket lead on to what is in it: on the line of the find, or on one that is
    /// indented deeper. Other lines say something else, where a log cuts the first one short.
    pub(crate) fn goes_on(&self, blanks: &str) -> bool {
        let below = blanks.rsplit_once('\n');
        below.is_none_or(|(_, blank)| blank.len() > self.indent())
    }

    /// Whether the find starts as a word does, or as a part of a name in code: `token_ghp_`.
    pub(crate) fn starts_word(&self) -> bool {
        !self.joined().ends_with(is_alphanumeric)
    }

    pub(crate) fn ends_word(&self) -> bool {
        !self.after().starts_with(is_alphanumeric)
    }
}

/// How long the escapes are that are known.
const ESCAPES: [usize; 3] = [2, 3, 6];

/// The length of an escape that a text starts with: `\n`, `%22`, `\u0022`. The letters of one are no part of a word.
pub(crate) fn escape_length(text: &str) -> usize {
    let is_hex = |digits: Option<&str>| {
        digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    };
    match text.as_bytes() {
        [b'\\', b'n' | b'r' | b't', ..] => 2,
        [b'%', ..] if is_hex(text.get(1..3)) => 3,
        [b'\\', b'u', ..] if is_hex(text.get(2..6)) => 6,
        _ => 0,
    }
}

/// A pattern that starts where a word does, as `\b` does and behind an escape.
macro_rules! at_word {
    ($($pattern:literal),+ $(,)?) => {
        concat!(r"(?:(?-u:\b)|\\[nrt]|%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4})", $($pattern),+)
    };
}
pub(crate) use at_word;

/// As [`at_word`], also behind `_`: where a short name starts that would be part of many others.
macro_rules! at_name {
    ($($pattern:expr),+ $(,)?) => {
        concat!(r"(?:(?-u:\b)|_|\\[nrt]|%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4})", $($pattern),+)
    };
}
pub(crate) use at_name;

/// Hides the find where it is a word of its own.
pub(crate) fn word(found: &Found<'_>) -> Option<Range<usize>> {
    (found.starts_word() && found.ends_word()).then(|| found.place.clone())
}

pub(crate) fn is_word(letter: char) -> bool {
    is_alphanumeric(letter) || letter == '_'
}

/// As the one of `char`, which takes long for letters beyond ASCII: those that most names of secrets have are told at once.
pub(crate) fn is_alphanumeric(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphanumeric(),
        _ => is_common(letter) || letter.is_alphanumeric(),
    }
}

/// The same without numbers.
pub(crate) fn is_alphabetic(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphabetic(),
        _ => is_common(letter) || letter.is_alphabetic(),
    }
}

/// Whether this is a letter of most names that are not ASCII.
fn is_common(letter: char) -> bool {
    matches!(
        letter,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'А'..='ҁ' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='\u{9fff}' | '가'..='힣'
    )
}

/// The start of `text` up to the first letter that does not belong, at most `most` bytes.
pub(crate) fn run(text: &str, most: usize, belongs: impl Fn(char) -> bool) -> &str {
    let text = &text[..text.floor_char_boundary(most)];
    let mut end = 0;
    while let Some(byte) = text.as_bytes().get(end) {
        let letter = match byte {
            0..0x80 => char::from(*byte),
            _ => text[end..].chars().next().unwrap_or_default(),
        };
        if !belongs(letter) {
            break;
        }
        end += letter.len_utf8();
    }
    read(end);
    &text[..end]
}

/// The end of `text` from the last letter on that does not belong, or the escape that this starts, at most `most` bytes.
pub(crate) fn run_back(text: &str, most: usize, belongs: impl Fn(char) -> bool) -> &str {
    let text = &text[text.ceil_char_boundary(text.len().saturating_sub(most))..];
    let mut start = text.len();
    while let Some(before) = start.checked_sub(1) {
        let letter = match text.as_bytes()[before] {
            byte @ 0..0x80 => char::from(byte),
            _ => text[..start].chars().next_back().unwrap_or_default(),
        };
        let at = start - letter.len_utf8();
        if !belongs(letter) {
            // The digits of `\u003c` may belong, and its backslash be next.
            let starts = |start: &usize| text.get(*start..).is_some_and(|text| escape_length(text) == 6);
            let at = at.checked_sub(1).filter(starts).unwrap_or(at);
            let escape = escape_length(&text[at..]).max(letter.len_utf8());
            start = (at + escape).min(text.len());
            break;
        }
        start = at;
    }
    read(text.len() - start);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_as_std_tells_them() {
        for letter in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(letter), letter.is_alphanumeric(), "{letter:?}");
            assert_eq!(is_alphabetic(letter), letter.is_alphabetic(), "{letter:?}");
        }
    }
}
