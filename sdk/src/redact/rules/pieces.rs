//! The pieces that a value is read by: quotes of any kind, brackets, names in an object, and what stands in and without
//! quotes. Pure.

use crate::redact::effort::read;
use crate::redact::rule::{LONGEST_VALUE, is_alphanumeric, is_word, run};

/// How many blanks and ends of lines may stand between the values of a list, in bytes.
pub(super) const LONGEST_GAP: usize = 64;

/// What opens a value in quotes, or several of it as in a CSV (`""x""`) and in Python (`"""x"""`).
pub(super) fn quote(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    if bytes.first().is_some_and(|byte| !byte.is_ascii()) {
        let (open, _) = PAIRS.iter().find(|(open, _)| text.starts_with(*open))?;
        return text.get(..open.len_utf8());
    }
    let escapes = bytes.iter().take(8).take_while(|byte| **byte == b'\\').count();
    let length = match bytes.get(escapes..)? {
        [b'"' | b'\'' | b'`', ..] => 1,
        [b'%', b'2', b'2' | b'7', ..] => 3,
        [b'u', b'0', b'0', b'2', b'2' | b'7', ..] if escapes > 0 => 5,
        [b'&', b'q', b'u', b'o', b't', b';', ..] => 6,
        _ => return None,
    };
    let first = escapes + length;
    let mark = bytes.get(escapes..first)?;
    let mut end = first;
    for _ in 0..2 {
        if bytes.get(end) == mark.first() && bytes.get(end..end + length) == Some(mark) {
            end += length;
        }
    }
    let is_opened = end > first && text[end..].starts_with(is_word);
    Some(&text[..if is_opened { end } else { first }])
}

/// Quotes that are closed by others, as they are written in many languages.
const PAIRS: [(char, &[char]); 6] = [
    ('「', &['」']),
    ('『', &['』']),
    ('“', &['”']),
    ('„', &['“', '”']),
    ('‘', &['’']),
    ('«', &['»']),
];

/// The bracket or the name that a value is in: `[`, `Some(`, the `b` of `b'x'`, PHP's `s:8:` and `string(8) `, where gdb
/// found it; what YAML has before a value in lines of its own.
pub(super) fn wrapper(text: &str) -> &str {
    match text.as_bytes() {
        [b'[', b']', ..] => return slice(text).unwrap_or(&text[..1]),
        [b'[' | b'{' | b'(', ..] => return &text[..1],
        // Erlang's texts.
        [b'<', b'<', b'"', ..] => return &text[..2],
        [b'<', ..] => {
            let tag = ["<string>", "<data>", "<![CDATA["]
                .iter()
                .find(|tag| text.starts_with(**tag));
            return &text[..tag.map_or(0, |tag| tag.len())];
        }
        [b'!', b'!', ..] => {
            let tag = run(text, 40, |letter| is_word(letter) || letter == '!');
            let is_tag = text[tag.len()..].starts_with(' ');
            return if is_tag { &text[..=tag.len()] } else { "" };
        }
        [b'|' | b'>', ..] => {
            let mark = run(text, 2, |letter| "|>-+".contains(letter));
            let Some(lines) = text[mark.len()..].strip_prefix('\n') else {
                return "";
            };
            let blanks = run(lines, 40, |letter| letter == ' ');
            let length = mark.len() + 1 + blanks.len();
            return if blanks.is_empty() { "" } else { &text[..length] };
        }
        [0x80..=u8::MAX, ..] => {
            if let Some(wide) = text.chars().next().filter(|letter| "（【《〈".contains(*letter)) {
                return &text[..wide.len_utf8()];
            }
        }
        _ => {}
    }
    let name = run(text, 40, |letter| {
        is_word(letter) || matches!(letter, ':' | '.' | '@' | '$')
    });
    if name.is_empty() {
        return "";
    }
    let behind = &text[name.len()..];
    let length = if let Some(inside) = behind.strip_prefix('(') {
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

/// What opens a list in Go: `[]string{`.
fn slice(text: &str) -> Option<&str> {
    let kind = text.strip_prefix("[]")?;
    let kind = run(kind, 40, |letter| is_word(letter) || letter == '.');
    let is_opened = text[2 + kind.len()..].starts_with('{');
    is_opened.then(|| &text[..3 + kind.len()])
}

/// What languages write before the quotes of a text.
fn is_prefix(name: &str) -> bool {
    name.len() <= 2 && name.chars().all(|letter| "bBuUrRfFLN@$".contains(letter))
}

/// Up to the same quote behind as many backslashes as before the first one, or up to the one that closes it.
pub(super) fn quoted<'t>(text: &'t str, quote: &str) -> &'t str {
    let value = until_quote(text, quote);
    read(value.len());
    value
}

fn until_quote<'t>(text: &'t str, quote: &str) -> &'t str {
    let text = &text[..text.floor_char_boundary(LONGEST_VALUE)];
    if let Some((_, closing)) = PAIRS.iter().find(|(open, _)| quote.starts_with(*open)) {
        return run(text, LONGEST_VALUE, |letter| {
            letter != '\n' && !closing.contains(&letter)
        });
    }
    let mark = quote.trim_start_matches('\\');
    let escapes = quote.len() - mark.len();
    // The first of several.
    let mark = if mark.starts_with(['"', '\'', '`']) {
        &mark[..1]
    } else {
        mark
    };
    let first = mark.bytes().next().unwrap_or(b'\n');
    let backslashes = |inside: &str| inside.bytes().rev().take_while(|byte| *byte == b'\\').count();
    let mut from = 0;
    while let Some(at) = text.as_bytes()[from..]
        .iter()
        .position(|byte| *byte == b'\n' || *byte == first)
    {
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
    let text = &text[..text.floor_char_boundary(LONGEST_VALUE)];
    let mut end = 0;
    loop {
        end += run(&text[end..], LONGEST_VALUE, goes_on).len();
        let Some(letter) = text[end..].chars().next() else {
            break;
        };
        let behind = &text[end + letter.len_utf8()..];
        let over = match letter {
            '"' | '\'' | '`' | '”' | '’' | '»' => {
                !text[..end].ends_with(is_alphanumeric) || !behind.starts_with(is_alphanumeric)
            }
            ',' | ';' | ')' | '}' | ']' | '|' | '&' => starts_anew(behind),
            '%' => in_url && (behind.starts_with("26") || behind.starts_with("22")),
            '\\' => behind.starts_with("u0026") || behind.starts_with("u0022"),
            _ => true,
        };
        if over {
            break;
        }
        end += letter.len_utf8();
    }
    text[..end].trim_end_matches('\\')
}

/// Whether a value without quotes goes on with a letter, whatever stands behind it.
fn goes_on(letter: char) -> bool {
    match u32::from(letter) {
        letter @ 0..128 => PLAIN >> letter & 1 == 1,
        _ => is_alphanumeric(letter) || !ends_beyond_ascii(letter),
    }
}

fn ends_beyond_ascii(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || is_wide_end(letter) || matches!(letter, '”' | '’' | '»')
}

/// A bit for each letter of ASCII that ends no value.
const PLAIN: u128 = {
    let (mut plain, mut ends) = (u128::MAX << 33 & !(1 << 127), b"\"'`,;)}]|&%\\<>".as_slice());
    while let [end, rest @ ..] = ends {
        plain &= !(1 << *end);
        ends = rest;
    }
    plain
};

/// Whether what stands behind a comma, a bracket or an ampersand is no part of a value.
fn starts_anew(behind: &str) -> bool {
    let key = run(behind, 40, |letter| {
        is_word(letter) || matches!(letter, '.' | '-')
    });
    let next = behind[key.len()..].chars().next();
    match next {
        None => key.is_empty(),
        Some('=' | ':' | '&') if !key.is_empty() => true,
        Some(next) => {
            let ends = next.is_whitespace() || is_wide_end(next) || ",;)}]({[|\"'`<>&\\".contains(next);
            key.is_empty() && ends
        }
    }
}

/// The marks of scripts without blanks: right behind one the sentence goes on.
fn is_wide_end(letter: char) -> bool {
    matches!(
        letter,
        '，' | '。' | '；' | '！' | '？' | '、' | '）' | '】' | '」' | '』' | '》' | '〉'
    )
}

/// What opens an object or a map: `{`, `Credentials { `, `Login(`, `map[`.
pub(super) fn opened(text: &str) -> Option<&str> {
    if slice(text).is_some() {
        return None;
    }
    let name = run(text, 40, |letter| is_word(letter) || matches!(letter, ':' | '.'));
    let is_type = || name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphabetic);
    let length = match text.as_bytes().get(name.len()..)? {
        [b'{' | b'[' | b'(', ..] if name.is_empty() || name == "map" || is_type() => 1,
        [b' ', b'{', ..] if is_type() => 2,
        _ => return None,
    };
    Some(&text[..name.len() + length])
}

/// A name in an object, and its length with what stands between it and its value: `"db": `, `db=`.
pub(super) fn key(text: &str) -> Option<(&str, usize)> {
    let near = &text[..text.floor_char_boundary(LONGEST_KEY)];
    let length = near.len();
    // Ruby's `:db => `.
    let near = near.strip_prefix(':').unwrap_or(near);
    let is_bare = near.starts_with(|letter: char| letter.is_ascii_alphabetic() && letter != 'u');
    let mark = if is_bare {
        ""
    } else {
        quote(near).unwrap_or_default()
    };
    let name = match mark {
        "" => run(near, LONGEST_KEY, |letter| {
            is_word(letter) || matches!(letter, '.' | '-')
        }),
        mark => quoted(&near[mark.len()..], mark),
    };
    let behind = near.get(mark.len() + name.len()..)?;
    let value = behind_name(behind, mark).filter(|_| !name.is_empty())?;
    Some((name, length - behind.len() + value))
}

/// How much stands between the name in an object and its value: the rest of the quotes, and what assigns it.
pub(super) fn behind_name(text: &str, mark: &str) -> Option<usize> {
    let behind = if mark.is_empty() {
        text
    } else {
        text.strip_prefix(mark)?
    };
    let behind = behind.trim_start_matches(' ');
    let length = match behind.as_bytes() {
        [b'=', b'>', ..] => 2,
        [b':' | b'=', ..] => 1,
        _ => return None,
    };
    Some(text.len() - behind.len() + length)
}

/// In bytes, with its quotes.
const LONGEST_KEY: usize = 128;
