//! The pieces that a value is read by: quotes of any kind, brackets, names in an object, and what stands in and without
//! quotes. Pure.

use crate::redact::rule::{LONGEST_VALUE, is_word, run};

/// How many blanks and ends of lines may stand between the values of a list, in bytes.
pub(super) const LONGEST_GAP: usize = 64;

/// What opens a value in quotes, or several of it as in a CSV (`""x""`) and in Python (`"""x"""`).
pub(super) fn quote(text: &str) -> Option<&str> {
    let escapes = run(text, 8, |letter| letter == '\\').len();
    let rest = &text[escapes..];
    if let Some((open, _)) = PAIRS.iter().find(|(open, _)| text.starts_with(*open)) {
        return text.get(..open.len_utf8());
    }
    if !rest.starts_with(['"', '\'', '`', 'u', '%', '&']) {
        return None;
    }
    let mark = ["\"", "'", "`", "u0022", "u0027", "%22", "%27", "&quot;"]
        .into_iter()
        .find(|mark| rest.starts_with(mark) && (escapes > 0 || !mark.starts_with('u')))?;
    let more = rest[mark.len()..].strip_prefix(mark);
    let more = more.map(|rest| rest.strip_prefix(mark).unwrap_or(rest));
    let opened = more.filter(|rest| rest.starts_with(is_word));
    Some(&text[..text.len() - opened.map_or(rest.len() - mark.len(), str::len)])
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
    // Erlang's texts.
    if text.starts_with("<<\"") {
        return &text[..2];
    }
    if text.starts_with('<') {
        let tag = ["<string>", "<data>", "<![CDATA["]
            .iter()
            .find(|tag| text.starts_with(**tag));
        return &text[..tag.map_or(0, |tag| tag.len())];
    }
    if let Some(slice) = slice(text) {
        return slice;
    }
    if text.starts_with("!!") {
        let tag = run(text, 40, |letter| is_word(letter) || letter == '!');
        let is_tag = text[tag.len()..].starts_with(' ');
        return if is_tag { &text[..=tag.len()] } else { "" };
    }
    if let Some(wide) = text.chars().next().filter(|letter| "（【《〈".contains(*letter)) {
        return &text[..wide.len_utf8()];
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
            '"' | '\'' | '`' | '”' | '’' | '»' => {
                !before.is_alphanumeric() || !behind.starts_with(char::is_alphanumeric)
            }
            letter if is_wide_end(letter) => true,
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
