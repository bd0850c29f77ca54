//! The value behind a name: where it starts, in whatever it is wrapped, and where it ends.

use std::ops::Range;

use super::opening::Opening;
use super::placeholder::{is_file, is_path, is_placeholder, is_selector, is_template};
use super::{has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, is_word, run, run_back};

/// What stands between a name and its value: `password: x`, `"password":"x"`, `:password => x`, `<password>x`,
/// `password%3Dx`, `"password","x"`, `password,x`, `name="password" value="x"`, `<key>password</key><string>x`, what
/// `reg query` has there, the line between a name and its value in YAML, and the empty one between a field of a form and
/// its value.
macro_rules! separator {
    () => {
        concat!(
            r#"(?:(?:[\\"'\]]{0,8}|\\{1,3}u002[27]|%2[27]|&quot;)[ \t]{0,20}(?:->|[:.+?]{0,3}=[=>]?|:|>|%3[ADad]|\\u003[Dd])"#,
            r#"|\]?\\{0,3}["'](?:[ \t]?(?:[,;]|value=)|(?:\r?\n|\\r\\n){2})|,|</key>"#,
            r"|[ \t]{1,8}REG_SZ|\r?\n[ ]{1,20}value:)",
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
    // Names in code: `password::Strength`.
    let is_scope = separator.ends_with(':') && found.after().starts_with(':');
    if opening.is_object && !in_list
        || compared
        || is_scope
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
    let is_block = matches!(opening.bracket, Some('|' | '>'));
    let bracket = opening.bracket.filter(|_| !is_block);
    let value = match opening.quote {
        Some(quote) => quoted(rest, quote),
        None if is_block => line(rest),
        None if is_element(found) => element(rest),
        None => bare(rest, separator.contains("%3")),
    };
    // In code stands `storage_key = settings.theme`, and `validatePassword:error:`.
    let is_member = separator.ends_with(" =") && is_path(value);
    let is_joined = opening.length == 0
        && separator
            .strip_suffix(':')
            .is_some_and(|name| name.ends_with(is_word));
    let is_code = opening.quote.is_none() && (is_member || is_joined && is_selector(value));
    let is_value = (!in_list || has_digit(value)) && !is_code && !is_placeholder(value, bracket);
    let value = match (opening.quote, bracket) {
        (Some(quote), _) if opening.in_list => list(found, rest, value, quote),
        (None, Some('[')) => list(found, rest, value, ""),
        // The sentence goes on: `password=x: access denied`.
        (None, _) => value.trim_end_matches(':'),
        _ => value,
    };
    is_value
        .then(|| hide(found.place.end + opening.length, value))
        .flatten()
}

/// The text from where the value behind the find starts: for a rule that knows one by its first letters. A value may be
/// long, and what is refused has to cost little.
pub(super) fn first_letters<'t>(found: &Found<'t>) -> &'t str {
    &found.after()[Opening::of(found).length..]
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

/// The rest of a line.
fn line(text: &str) -> &str {
    run(text, LONGEST_VALUE, |letter| !matches!(letter, '\r' | '\n')).trim_end()
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
pub(super) const LONGEST_GAP: usize = 64;

/// From the first value of a list, which starts `text`, to the last one in the same quotes, or in none.
pub(super) fn list<'t>(found: &Found<'_>, text: &'t str, first: &str, quote: &str) -> &'t str {
    let text = &text[..text.floor_char_boundary(LONGEST_VALUE)];
    let blanks = |text| run(text, LONGEST_GAP, |letter: char| letter.is_ascii_whitespace());
    let next = |end: usize| {
        let behind = text.get(end..)?.strip_prefix(quote)?;
        let behind = behind[blanks(behind).len()..].strip_prefix(',')?;
        let gap = Some(blanks(behind)).filter(|gap| found.goes_on(gap))?;
        behind[gap.len()..].strip_prefix(quote)
    };
    let mut end = first.len();
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
