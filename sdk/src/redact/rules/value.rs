//! The value behind a name: where it starts, in whatever it is wrapped, and where it ends.

use std::ops::Range;

use super::opening::{IN_PLIST, Opening, is_blank, is_element, is_tag};
use super::pieces::{LONGEST_GAP, bare, quoted};
use super::placeholder::{is_file, is_path, is_placeholder, is_selector, is_template};
use super::{has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, is_word, run, run_back};

/// What stands between a name and its value: `password: x`, `"password":"x"`, `:password => x`, `<password>x`,
/// `password%3Dx`, `"password","x"`, `password,x`, `name="password" value="x"`, `<key>password</key><string>x`, what
/// `reg query` has there, the line between a name and its value in YAML, and the empty one between a field of a form and
/// its value. French text has a blank before a colon that no line breaks at.
macro_rules! separator {
    () => {
        concat!(
            r#"(?:(?:[\\"'\]]{0,8}|"\)|\\{1,3}u002[27]|%2[27]|&quot;)[ \t]{0,20}[\u{a0}\u{202f}]?"#,
            r"(?:->|[:.+?]{0,3}=[=>]?|[:>：＝]|%3[ADad]|\\u003[Dd])",
            r#"|\]?\\{0,3}["'](?:[ \t]?(?:[,;]|value=)|(?:\r?\n|\\r\\n){2})|,|</key>"#,
            r"|[ \t]{1,8}REG_SZ|\r?\n[ ]{1,20}value:)",
        )
    };
}
pub(super) use separator;

/// The value behind the find: in quotes of any kind, or up to where it ends without. `None` where there is none, or
/// something that only stands for it.
pub(super) fn value(found: &Found<'_>) -> Option<Range<usize>> {
    value_behind(found, &Opening::of(found))
}

/// As [`value`], behind what opens it.
pub(super) fn value_behind(found: &Found<'_>, opening: &Opening<'_>) -> Option<Range<usize>> {
    let separator = found.matched();
    let rest = &found.after()[opening.length..];
    // `8` in `password > 8` is none, and a key in lines has a rule of its own.
    let blank = is_blank;
    let compared = is_tag(separator)
        && !separator.ends_with(IN_PLIST)
        && (separator.contains(blank) || found.after().starts_with(blank));
    if separator.ends_with('n') || separator.ends_with('\n') {
        return in_form(found);
    }
    let in_list = separator.ends_with([',', ';']) && !opening.is_named;
    // Names in code: `password::Strength`.
    let is_scope = separator.ends_with(':') && found.after().starts_with(':');
    // Swift's `AnyHashable("password"): `; in a sentence the bracket opens further before.
    let is_aside = separator.contains("\")") && !before_name(found).ends_with("(\"");
    if opening.is_object && !in_list
        || is_aside
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
        let is_one =
            is_pair(found, &rest[start.len()..]) || opening.length == 0 && start.len() >= SHORTEST_LISTED;
        if !is_one || !has_digit(start) {
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
    let is_said = opening.quote.is_none() && !is_equals(separator) && starts_sentence(value);
    let is_value = (!in_list || has_digit(value)) && !is_code && !is_said && !is_placeholder(value, bracket);
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

/// Whether a list has nothing but the name and what stands before this: `[password, x]`, as .NET prints it.
fn is_pair(found: &Found<'_>, behind: &str) -> bool {
    before_name(found).ends_with('[') && behind.starts_with(']')
}

/// What stands before all of a name of which the find has the end.
fn before_name<'t>(found: &Found<'t>) -> &'t str {
    let before = found.before();
    &before[..before.len() - run_back(before, 64, is_word).len()]
}

/// Whether a name is set, and not only spoken of: `password=`, `password%3D`.
pub(super) fn is_equals(separator: &str) -> bool {
    separator.ends_with(['=', '＝', 'D', 'd'])
}

/// Whether this is what is said of a name, in a script without blanks: nobody is let in by such letters.
fn starts_sentence(value: &str) -> bool {
    value.starts_with(|letter: char| letter >= '\u{2e80}' && letter.is_alphabetic())
}

/// The text from where the value behind the find starts: for a rule that knows one by its first letters. A value may be
/// long, and what is refused has to cost little.
pub(super) fn first_letters<'t>(found: &Found<'t>) -> &'t str {
    &found.after()[Opening::of(found).length..]
}

/// The shortest that is hidden in a list without quotes, and how far it is looked at before, in bytes.
const SHORTEST_LISTED: usize = 14;
const LISTED: usize = 64;

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
    // More is to be seen of it.
    let is_left = |letter: char| letter.is_ascii_whitespace() || letter == ',' || quote.contains(letter);
    if found.is_cut && text.get(end..).is_none_or(|rest| rest.chars().all(is_left)) {
        return text;
    }
    &text[..end.min(text.len())]
}
