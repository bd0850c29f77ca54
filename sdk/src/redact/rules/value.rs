//! The value behind a name: where it starts, in whatever it is wrapped, and where it ends.

use std::ops::Range;

use super::inside::{key, opened};
use super::placeholder::{is_file, is_path, is_placeholder, is_template};
use super::{has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, is_word, run, run_back};

/// What stands between a name and its value: `password: x`, `"password":"x"`, `:password => x`, `<password>x`,
/// `password%3Dx`, `"password","x"`, `password,x`, `name="password" value="x"`, `<key>password</key><string>x`, and the
/// empty line between a field of a form and its value.
macro_rules! separator {
    () => {
        concat!(
            r#"(?:(?:[\\"'\]]{0,8}|\\{1,3}u002[27]|%2[27]|&quot;)[ \t]{0,20}(?:->|[:.+?]{0,3}=[=>]?|:|>|%3[ADad]|\\u003[Dd])"#,
            r#"|\]?\\{0,3}["'](?:[ \t]?(?:[,;]|value=)|(?:\r?\n|\\r\\n){2})|,|</key>)"#,
        )
    };
}
pub(super) use separator;

/// The value behind the find: in quotes of any kind, or up to where it ends without. `None` where there is none, or
/// something that only stands for it.
pub(super) fn value(found: &Found<'_>) -> Option<Range<usize>> {
    let separator = found.matched();
    let opening = Opening::of(found);
    let rest = &found.after()[opening.length..];
    // `8` in `password > 8` is none, and a key in lines has a rule of its own.
    let blank = [' ', '\t'];
    let compared = is_tag(separator)
        && !separator.ends_with(IN_PLIST)
        && (separator.contains(blank) || found.after().starts_with(blank));
    if separator.ends_with('n') || separator.ends_with('\n') {
        return in_form(found);
    }
    let in_list = separator.ends_with([',', ';']) && !opening.is_named;
    if opening.is_object && !in_list
        || compared
        || rest.starts_with("-----BEGIN")
        || is_file(rest)
        || is_template(rest)
    {
        return None;
    }
    // In a list stand the names of columns too. What is refused may not be long.
    if in_list && opening.quote.is_none() {
        let start = bare(&rest[..rest.floor_char_boundary(LISTED)], false);
        if opening.length > 0 || start.len() < SHORTEST_LISTED || !has_digit(start) {
            return None;
        }
    }
    let value = match opening.quote {
        Some(quote) => quoted(rest, quote),
        None if is_element(found) => element(rest),
        None => bare(rest, separator.contains("%3")),
    };
    // In code stands `storage_key = settings.theme`.
    let is_code = opening.quote.is_none() && separator.ends_with(" =") && is_path(value);
    let is_value = (!in_list || has_digit(value)) && !is_code && !is_placeholder(value, opening.bracket);
    let value = match (opening.quote, opening.bracket) {
        (Some(quote), _) if opening.in_list => list(rest, value, quote),
        (None, Some('[')) => list(rest, value, ""),
        _ => value,
    };
    is_value
        .then(|| hide(found.place.end + opening.length, value))
        .flatten()
}

/// The shortest that is hidden in a list without quotes, and how far it is looked at before, in bytes.
const SHORTEST_LISTED: usize = 14;
const LISTED: usize = 64;

/// Whether a separator ends the tag of an element: `<password>x`.
pub(super) fn is_tag(separator: &str) -> bool {
    separator.ends_with('>') && !["=>", "->"].iter().any(|arrow| separator.ends_with(arrow))
}

/// What stands between a name and its value in a property list of Apple's.
const IN_PLIST: &str = "</key>";

/// The value of a field in a form, below the line with its name: `name="password"`.
fn in_form(found: &Found<'_>) -> Option<Range<usize>> {
    let name = run_back(found.before(), 64, |letter| {
        is_word(letter) || "[.-".contains(letter)
    });
    let before = &found.before()[..found.place.start - name.len()];
    let value = run(found.after(), LONGEST_VALUE, |letter| !"\r\n\\".contains(letter));
    let is_field = before.trim_end_matches(['"', '\'', '\\']).ends_with("name=");
    (is_field && !is_placeholder(value, None))
        .then(|| hide(found.place.end, value))
        .flatten()
}

/// The text of an element.
pub(super) fn element(text: &str) -> &str {
    let text = run(text, LONGEST_VALUE, |letter| letter != '<' && letter != '\n');
    text.split("]]>").next().unwrap_or_default().trim_end()
}

/// Whether the find is a whole tag, which its value may stand below.
pub(super) fn is_element(found: &Found<'_>) -> bool {
    if found.matched().ends_with(IN_PLIST) {
        return true;
    }
    let before = found.before();
    let name = run_back(before, 64, |letter| {
        is_word(letter) || matches!(letter, '-' | '.' | ':')
    });
    is_tag(found.matched()) && before[..before.len() - name.len()].ends_with('<')
}

/// What stands before a value's first letter: `Some("`, `{"value":"`, `[b'`.
pub(super) struct Opening<'t> {
    pub(super) length: usize,
    /// With the backslashes before it: `"`, `\"`, `\u0022`.
    pub(super) quote: Option<&'t str>,
    pub(super) bracket: Option<char>,
    /// Whether its quotes are the first in a list: `["`.
    pub(super) in_list: bool,
    /// Behind the first bracket of an object, a map or a list.
    pub(super) inside: Option<usize>,
    /// Whether names stand behind that bracket.
    pub(super) is_object: bool,
    /// Whether it says itself that this is a value.
    is_named: bool,
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
            let rest = if quote(&rest[blanks.len()..]).is_some() {
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
            opening.bracket = wrapper.chars().next().filter(|first| "[({".contains(*first));
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

/// Up to the same quote behind as many backslashes as before the first one.
pub(super) fn quoted<'t>(text: &'t str, quote: &str) -> &'t str {
    let text = &text[..text.floor_char_boundary(LONGEST_VALUE)];
    let mark = quote.trim_start_matches('\\');
    let escapes = quote.len() - mark.len();
    // The first of several.
    let mark = if mark.starts_with(['"', '\'', '`']) {
        &mark[..1]
    } else {
        mark
    };
    let backslashes = |inside: &str| inside.len() - inside.trim_end_matches('\\').len();
    let mut from = 0;
    while let Some(at) = text[from..].find(|letter| letter == '\n' || mark.starts_with(letter)) {
        let (inside, end) = text.split_at(from + at);
        if end.starts_with('\n') {
            return unclosed(inside, escapes > 0);
        }
        from = inside.len() + 1;
        if end.starts_with(mark) && backslashes(inside) == escapes {
            // SQL and CSV write one that belongs to the value twice.
            let is_doubled = quote.len() == 1 && !inside.is_empty() && end[1..].starts_with(mark);
            if !is_doubled {
                return &inside[..inside.len() - escapes];
            }
            from += 1;
        }
    }
    unclosed(text, escapes > 0)
}

/// How many blanks and ends of lines may stand between the values of a list, in bytes.
const LONGEST_GAP: usize = 64;

/// From the first value of a list, which starts `text`, to the last one in the same quotes, or in none.
pub(super) fn list<'t>(text: &'t str, first: &str, quote: &str) -> &'t str {
    let text = &text[..text.floor_char_boundary(LONGEST_VALUE)];
    let gap = |text: &str| run(text, LONGEST_GAP, |letter| letter.is_ascii_whitespace()).len();
    let mut end = first.len();
    let next = |end: usize| {
        let behind = text.get(end..)?.strip_prefix(quote)?;
        let behind = behind[gap(behind)..].strip_prefix(',')?;
        behind[gap(behind)..].strip_prefix(quote)
    };
    while let Some(next) = next(end) {
        let value = if quote.is_empty() {
            bare(next, false)
        } else {
            quoted(next, quote)
        };
        end = text.len() - next.len() + value.len();
    }
    &text[..end.min(text.len())]
}

/// The rest of the line where no quote ends it, or of the text in quotes that it is in itself.
fn unclosed(line: &str, is_inside: bool) -> &str {
    // It was no opening quote, but the end of what the name stands in.
    if line.starts_with(|letter: char| letter.is_whitespace() || ",;.:)]}+".contains(letter)) {
        return "";
    }
    let end = line.find('"').filter(|_| is_inside);
    line[..end.unwrap_or(line.len())]
        .trim_end_matches(|letter: char| letter.is_whitespace() || letter == '\\')
}

/// A value without quotes. A comma or bracket ends it where something else starts behind, and a quote where it does not
/// go on.
pub(super) fn bare(text: &str, in_url: bool) -> &str {
    let mut end = 0;
    let mut before = ' ';
    for letter in text[..text.floor_char_boundary(LONGEST_VALUE)].chars() {
        let behind = &text[end + letter.len_utf8()..];
        let over = match letter {
            '<' | '>' => true,
            '"' | '\'' | '`' => !before.is_alphanumeric() || !behind.starts_with(char::is_alphanumeric),
            ',' | ';' | ')' | '}' | ']' | '|' | '&' => starts_anew(behind),
            '%' => in_url && (behind.starts_with("26") || behind.starts_with("22")),
            '\\' => behind.starts_with("u0026") || behind.starts_with("u0022"),
            letter => letter.is_whitespace() || letter.is_control(),
        };
        if over {
            break;
        }
        before = letter;
        end += letter.len_utf8();
    }
    text[..end].trim_end_matches('\\')
}

/// Whether what stands behind a comma, a bracket or an ampersand is no part of a value.
fn starts_anew(behind: &str) -> bool {
    let key = run(behind, 40, |letter| {
        is_word(letter) || matches!(letter, '.' | '-')
    });
    let next = behind[key.len()..].chars().next();
    match next {
        None => key.is_empty(),
        Some('=' | ':' | '&') if !key.is_empty() => true,
        Some(next) => key.is_empty() && (next.is_whitespace() || ",;)}]({[|\"'`<>&\\".contains(next)),
    }
}
