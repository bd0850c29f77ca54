//! What lets somebody in, told by the column that it is stored in: `INSERT INTO users (name, password) VALUES ('maria', '..')`.

use std::ops::Range;

use super::Entry;
use super::pieces::{quote, quoted};
use super::placeholder::is_placeholder;
use super::vocabulary::names_secret;
use crate::redact::rule::{Found, LONGEST_VALUE, Secret, is_word, run};

pub(super) const RULES: &[Entry] = &[Entry {
    name: "secret",
    pattern: "(?i-u:insert[ ]into)[ ]",
    secret: Secret::By(inserted),
    examples: &[
        "INSERT INTO users (name, password) VALUES ('maria', '«{a8}»');",
        "INSERT INTO `users` (`id`,`password`,`name`) VALUES (3,'«it''s {a8}»','maria')",
        "insert into public.tokens (id, token)\n  values (1, '«{a15}7»')",
        "INSERT INTO users (name, password) VALUES ('maria', '«{a8}'), ('anna', '{a8}»'), ('x', NULL)",
        r#"{"sql":"INSERT INTO users (password) VALUES ('«{a8}»')"}"#,
    ],
    harmless: &[
        "INSERT INTO users (name, password) VALUES (?, ?), ($1, $2), (:name, :password), (NULL, 3)",
        "INSERT INTO notes (id, title) VALUES (1, 'of the password1'); INSERT INTO password_rules (id, name) VALUES (1, 'x1')",
        "INSERT INTO users (name, password) SELECT name, 'x1y2z3' FROM old",
    ],
    source: "ISO 9075-2, section 14.11",
}];

/// The names of columns, and a value without quotes, in bytes.
const LONGEST_LIST: usize = 2 << 10;

/// So far behind one secret is the next row looked for, in bytes.
const LONGEST_ROW: usize = 1 << 10;

/// From the first to the last text in a column whose name is that of a secret.
fn inserted(found: &Found<'_>) -> Option<Range<usize>> {
    let text = found.after();
    let text = &text[..text.floor_char_boundary(LONGEST_VALUE)];
    let table = run(text, 128, |letter| {
        is_word(letter) || ".`\"[] \\".contains(letter)
    });
    let columns = text[table.len()..].strip_prefix('(')?;
    let columns = run(columns, LONGEST_LIST, |letter| letter != ')');
    let mut rest = text[table.len() + 1 + columns.len()..]
        .strip_prefix(')')?
        .trim_start();
    let values = rest.get(.."values".len())?;
    rest = rest[values.len()..].trim_start();
    if !values.eq_ignore_ascii_case("values") {
        return None;
    }
    let are_secret: Vec<bool> = columns.split(',').map(is_secret).collect();
    if !are_secret.contains(&true) {
        return None;
    }
    let mut hidden: Option<Range<usize>> = None;
    // Where the last secret ends, or the first row starts.
    let mut behind = text.len() - rest.len();
    while let Some(row) = rest.strip_prefix('(')
        && text.len() - rest.len() < behind + LONGEST_ROW
    {
        rest = row;
        for is_secret in &are_secret {
            rest = rest.trim_start();
            let mark = quote(rest).unwrap_or_default();
            let value = match mark {
                "" => run(rest, LONGEST_LIST, |letter| !",)\n".contains(letter)),
                mark => quoted(&rest[mark.len()..], mark),
            };
            let start = found.place.end + text.len() - rest.len() + mark.len();
            if *is_secret && !mark.is_empty() && !value.is_empty() && !is_placeholder(value, None) {
                let first = hidden.map_or(start, |hidden| hidden.start);
                hidden = Some(first..start + value.len());
                behind = start + value.len() - found.place.end;
            }
            rest = rest[mark.len() + value.len()..]
                .strip_prefix(mark)
                .unwrap_or_default()
                .trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest);
        }
        rest = rest.strip_prefix(')').unwrap_or_default().trim_start();
        rest = rest.strip_prefix(',').unwrap_or_default().trim_start();
    }
    hidden
}

/// Whether a column has something that lets somebody in.
fn is_secret(column: &str) -> bool {
    let column = column
        .trim_matches(|letter| !is_word(letter))
        .to_ascii_lowercase();
    let words = [
        "password",
        "passwd",
        "pwd",
        "secret",
        "token",
        "api_key",
        "apikey",
        "private_key",
    ];
    let kind = ["_digest", "_hash"]
        .iter()
        .find_map(|kind| column.strip_suffix(kind));
    let name = kind.unwrap_or(&column);
    words.iter().any(|word| name.ends_with(word)) || names_secret(name)
}
