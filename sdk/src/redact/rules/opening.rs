//! What stands before a value's first letter: quotes of any kind, brackets, the ends of lines, and what languages write there.

use super::pieces::{LONGEST_GAP, key, opened, quote, wrapper};
use super::placeholder::is_path;
use crate::redact::rule::{Found, LONGEST_VALUE, is_word, run, run_back};

/// What stands between words on a line: also where no line breaks, as before a colon in French, and as wide as a sign.
pub(super) fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{3000}')
}

/// What stands before a value's first letter: `Some("`, `{"value":"`, `[b'`.
pub(super) struct Opening<'t> {
    pub(super) length: usize,
    /// With the backslashes before it: `"`, `\"`, `\u0022`.
    pub(super) quote: Option<&'t str>,
    /// `|` or `>` where the value has lines of its own, as in YAML.
    pub(super) bracket: Option<char>,
    /// Whether its quotes are the first in a list: `["`.
    pub(super) in_list: bool,
    /// Behind the first bracket of an object, a map or a list.
    pub(super) inside: Option<usize>,
    /// Whether names stand behind that bracket.
    pub(super) is_object: bool,
    /// Whether it says itself that this is a value.
    pub(super) is_named: bool,
}

impl<'t> Opening<'t> {
    pub(super) fn of(found: &Found<'t>) -> Self {
        let text = found.after();
        let goes_on = found.matched().ends_with(',') || found.matched().ends_with("=>") || is_element(found);
        let blank = |letter: char| is_blank(letter) || goes_on && matches!(letter, '\r' | '\n');
        let mut opening = Self {
            length: run(text, 40, blank).len(),
            quote: None,
            bracket: None,
            in_list: false,
            inside: None,
            is_object: false,
            is_named: false,
        };
        opening.length += below(&text[opening.length..], found.matched());
        opening.length += aside(found);
        if let Some(value) = field(found, &text[opening.length..]) {
            opening.length = text.len() - value.len();
            opening.is_named = true;
        }
        // `{"value":Some("` is the most that anybody writes.
        for _ in 0..4 {
            opening.look_inside(text);
            let in_list = opening.bracket == Some('[');
            let rest = &text[opening.length..];
            let blanks = run(rest, LONGEST_GAP, |letter| {
                in_list && letter.is_ascii_whitespace()
            });
            let is_below = !blanks.is_empty() && quote(&rest[blanks.len()..]).is_some();
            let rest = if is_below && found.goes_on(blanks) {
                opening.length += blanks.len();
                &rest[blanks.len()..]
            } else {
                rest
            };
            if let Some(quote) = quote(rest) {
                let Some(behind) = behind_value(&rest[quote.len()..], quote) else {
                    opening.length += quote.len();
                    opening.quote = Some(quote);
                    opening.bracket = None;
                    opening.in_list = in_list;
                    break;
                };
                opening.length += rest.len() - behind.len();
                opening.is_named = true;
                continue;
            }
            let wrapper = wrapper(rest);
            if wrapper.is_empty() {
                break;
            }
            opening.length += wrapper.len();
            let bracket = wrapper.chars().next().map(|first| match first {
                '（' => '(',
                '【' => '[',
                first => first,
            });
            opening.bracket = bracket.filter(|first| "[({|>".contains(*first));
        }
        opening
    }

    /// Notes the bracket that opens here, if one does.
    fn look_inside(&mut self, text: &str) {
        let Some(bracket) = text.get(self.length..).and_then(opened) else {
            return;
        };
        let start = self.length + bracket.len();
        let rest = &text[start..];
        let named = |text: &str| {
            let blanks = run(text, LONGEST_GAP, |letter| letter.is_ascii_whitespace());
            key(&text[blanks.len()..]).is_some()
        };
        let blanks = run(rest, LONGEST_GAP, |letter| letter.is_ascii_whitespace());
        let rest = &rest[blanks.len()..];
        let is_object = named(rest) || opened(rest).is_some_and(|opened| named(&rest[opened.len()..]));
        if self.inside.is_none() && (is_object || bracket == "[") {
            (self.inside, self.is_object) = (Some(start), is_object);
        }
    }
}

/// How far below its name a value starts: what is in quotes or a bracket, or the only word of an indented line.
fn below(text: &str, separator: &str) -> usize {
    let blanks = fold(text);
    if blanks == 0 {
        return 0;
    }
    let rest = &text[blanks..];
    let in_json = separator.contains('"');
    let is_indented = text[..blanks].ends_with([' ', '\t']);
    let is_value = match rest.chars().next() {
        Some('{' | '[') => in_json,
        Some(_) if quote(rest).is_some() => in_json || is_indented,
        _ => is_indented && separator.ends_with(':') && is_alone(rest),
    };
    if separator.ends_with([':', '=']) && is_value {
        blanks
    } else {
        0
    }
}

/// The length of the end of a line and of the blanks that the next one starts with.
pub(super) fn fold(text: &str) -> usize {
    let line = run(text, 2, |letter| matches!(letter, '\r' | '\n'));
    if !matches!(line, "\n" | "\r\n") {
        return 0;
    }
    let blanks = run(&text[line.len()..], 80, |letter| matches!(letter, ' ' | '\t'));
    line.len() + blanks.len()
}

/// Whether a line has one word, and this is no name of something else, nor one in code.
pub(super) fn is_alone(text: &str) -> bool {
    let word = run(text, LONGEST_VALUE, |letter| !letter.is_whitespace());
    let line = text[word.len()..].trim_start_matches([' ', '\t']);
    let is_last = line.is_empty() || line.starts_with(['\r', '\n']);
    is_last && !word.is_empty() && !word.ends_with(':') && !is_path(word)
}

/// The length of what languages print between a name and the sign behind it, with that: PHP's `protected]=>` and
/// `"User":private]=>`, the second of Erlang's brackets in `<<"password">> =>`.
fn aside(found: &Found<'_>) -> usize {
    let (name, text) = (found.matched(), found.after());
    let who = run(text, 160, |letter| is_word(letter) || "\\\"':".contains(letter));
    let is_member = name.ends_with(':') && (who == "protected" || who.ends_with(":private"));
    let rest = match text[who.len()..].strip_prefix([']', '>']) {
        Some(rest) if is_member || name.ends_with("\">") && who.is_empty() => rest,
        _ => return 0,
    };
    let rest = rest.trim_start_matches(' ');
    let behind = rest.strip_prefix("=>");
    let Some(behind) = behind.or_else(|| rest.strip_prefix(',').filter(|_| !is_member)) else {
        return 0;
    };
    text.len() - behind.len() + run(behind, 40, is_blank).len().max(fold(behind))
}

/// What stands behind `value:` in an object that has the name in another field: `{ name: 'password', value: 'x' }`.
fn field<'t>(found: &Found<'_>, text: &'t str) -> Option<&'t str> {
    let value = behind_value(text, "").filter(|_| found.matched().ends_with([',', ';']))?;
    let before = found.before();
    let name = run_back(before, 64, |letter| {
        is_word(letter) || matches!(letter, '-' | '.' | '"' | '\'' | ' ')
    });
    let field = before[..before.len() - name.len()].strip_suffix([':', '='])?;
    let is_field = ["name", "Name", "key", "Key"]
        .iter()
        .any(|known| field.ends_with(known));
    is_field.then_some(value)
}

/// What follows `value":` of another object's field, which names this as the value.
fn behind_value<'t>(text: &'t str, quote: &str) -> Option<&'t str> {
    let behind = ["value", "Value"]
        .iter()
        .find_map(|name| text.strip_prefix(name))?
        .strip_prefix(quote)?
        .trim_start_matches(' ');
    Some(behind.strip_prefix([':', '='])?.trim_start_matches(' '))
}

/// Whether a separator ends the tag of an element: `<password>x`.
pub(super) fn is_tag(separator: &str) -> bool {
    separator.ends_with('>') && !["=>", "->"].iter().any(|arrow| separator.ends_with(arrow))
}

/// What stands between a name and its value in a property list of Apple's.
pub(super) const IN_PLIST: &str = "</key>";

/// Whether the find is a whole tag, which its value may stand below.
pub(super) fn is_element(found: &Found<'_>) -> bool {
    if found.matched().ends_with(IN_PLIST) {
        return true;
    }
    if !is_tag(found.matched()) {
        return false;
    }
    let before = found.before();
    let name = run_back(before, 64, |letter| {
        is_word(letter) || matches!(letter, '-' | '.' | ':')
    });
    before[..before.len() - name.len()].ends_with('<')
}
