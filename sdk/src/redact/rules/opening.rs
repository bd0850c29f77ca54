//! What stands before a value's first letter: quotes of any kind, brackets, the ends of lines, and what languages write there.

use super::inside::{key, opened};
use super::placeholder::is_path;
use super::value::{LONGEST_GAP, is_element};
use crate::redact::rule::{Found, LONGEST_VALUE, is_word, run};

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
        let goes_on = [",", "=>"].iter().any(|end| found.matched().ends_with(end)) || is_element(found);
        let blank = |letter: char| matches!(letter, ' ' | '\t') || goes_on && matches!(letter, '\r' | '\n');
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
        // `{"value":Some("` is the most that anybody writes.
        for _ in 0..4 {
            opening.look_inside(text);
            let in_list = opening.bracket == Some('[');
            let rest = &text[opening.length..];
            let blanks = run(rest, LONGEST_GAP, |letter| {
                in_list && letter.is_ascii_whitespace()
            });
            let rest = if quote(&rest[blanks.len()..]).is_some() && found.goes_on(blanks) {
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
            opening.bracket = wrapper.chars().next().filter(|first| "[({|>".contains(*first));
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
    let rest = &text[blanks..];
    let in_json = separator.contains('"');
    let is_indented = text[..blanks].ends_with([' ', '\t']);
    let is_value = match rest.chars().next() {
        Some('{' | '[') => in_json,
        Some(_) if quote(rest).is_some() => in_json || is_indented,
        _ => is_indented && separator.ends_with(':') && is_alone(rest),
    };
    if blanks > 0 && separator.ends_with([':', '=']) && is_value {
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

/// What follows `value":` of another object's field, which names this as the value.
fn behind_value<'t>(text: &'t str, quote: &str) -> Option<&'t str> {
    let behind = ["value", "Value"]
        .iter()
        .find_map(|name| text.strip_prefix(name))?
        .strip_prefix(quote)?
        .trim_start_matches(' ');
    Some(behind.strip_prefix([':', '='])?.trim_start_matches(' '))
}

/// What opens a value in quotes, or several of it as in a CSV (`""x""`) and in Python (`"""x"""`).
pub(super) fn quote(text: &str) -> Option<&str> {
    let escapes = run(text, 8, |letter| letter == '\\').len();
    let rest = &text[escapes..];
    let mark = ["\"", "'", "`", "u0022", "u0027", "%22", "%27", "&quot;"]
        .into_iter()
        .find(|mark| rest.starts_with(mark) && (escapes > 0 || !mark.starts_with('u')))?;
    let more = rest[mark.len()..].strip_prefix(mark);
    let more = more.map(|rest| rest.strip_prefix(mark).unwrap_or(rest));
    let opened = more.filter(|rest| rest.starts_with(is_word));
    Some(&text[..text.len() - opened.map_or(rest.len() - mark.len(), str::len)])
}

/// The bracket or the name that a value is in: `[`, `Some(`, the `b` of `b'x'`, PHP's `s:8:` and `string(8) `, where gdb
/// found it; what YAML has before a value in lines of its own.
pub(super) fn wrapper(text: &str) -> &str {
    if let Some(tag) = ["<string>", "<data>", "<![CDATA["]
        .iter()
        .find(|tag| text.starts_with(**tag))
    {
        return &text[..tag.len()];
    }
    if text.starts_with("!!") {
        let tag = run(text, 40, |letter| is_word(letter) || letter == '!');
        let is_tag = text[tag.len()..].starts_with(' ');
        return if is_tag { &text[..=tag.len()] } else { "" };
    }
    let mark = run(text, 2, |letter| "|>-+".contains(letter));
    if text.starts_with(['|', '>']) && text[mark.len()..].starts_with("\n ") {
        let blanks = run(&text[mark.len() + 1..], 40, |letter| letter == ' ');
        return &text[..mark.len() + 1 + blanks.len()];
    }
    let name = run(text, 40, |letter| {
        is_word(letter) || matches!(letter, ':' | '.' | '@' | '$')
    });
    let behind = &text[name.len()..];
    let length = if behind.starts_with(['[', '{', '(']) && name.is_empty() {
        1
    } else if let Some(inside) = behind.strip_prefix('(') {
        let size = run(inside, 9, |letter| letter.is_ascii_digit());
        let is_type = name.starts_with(char::is_uppercase);
        // Qt writes the type first: `QVariant(QString, "x")`.
        let of_qt = if inside.starts_with("QString, ") {
            "QString, ".len()
        } else {
            0
        };
        match inside[size.len()..].strip_prefix(") ") {
            Some(rest) if quote(rest).is_some() => text.len() - rest.len(),
            _ if is_type || quote(inside).is_some() => name.len() + 1 + of_qt,
            _ => 0,
        }
    } else if quote(behind).is_some() && (is_prefix(name) || name.ends_with(':')) {
        name.len()
    } else if name.starts_with("0x") && behind.starts_with(" \"") {
        name.len() + 1
    } else {
        0
    };
    &text[..length]
}

/// What languages write before the quotes of a text.
fn is_prefix(name: &str) -> bool {
    name.len() <= 2 && name.chars().all(|letter| "bBuUrRfFLN@$".contains(letter))
}
