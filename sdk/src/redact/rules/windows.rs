//! What lets somebody in, told by how Windows is asked: `net use`, `net user`, `ConvertTo-SecureString`.

use std::iter;
use std::ops::Range;

use super::pieces::{bare, quote, quoted};
use super::placeholder::{is_placeholder, looks_secret};
use super::statements::near;
use super::{Entry, hide};
use crate::redact::rule::{Found, Secret, run};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: r"(?i-u:net1?(?:\.exe)?[ ]{1,3}user)[ ]",
        secret: Secret::By(net_user),
        examples: &[
            "net user maria «{a8}» /add",
            "cmd /c \"net user maria «{a8}»\"",
            r"C:\Windows\System32\net.exe user /domain maria '«{a8} {a4}»' /add",
            "<Data>NET USER maria «{a8}»</Data>",
        ],
        harmless: &[
            "net user maria * /add",
            "net user maria /delete",
            "net user growth was 5 percent, net user maria",
            "the .net user interface is closed",
        ],
        source: "Microsoft's page of `net user`",
    },
    Entry {
        name: "secret",
        pattern: r"(?i-u:[ ]/user:)",
        secret: Secret::By(net_use),
        examples: &[
            r"net use x: \\server\share «{a8}» /user:maria",
            r"NET USE \\server\share /user:OFFICE\maria «{a7}1»",
            r#""net use * \\\\server\\share \"«{a8} {a4}»\" /user:maria""#,
        ],
        harmless: &[
            r"net use x: \\server\share /user:maria /persistent:no",
            r"net use \\server\share * /user:maria",
            r"net use \\server\share /user:maria failed with error 86",
            "net use x: /user:maria",
            "runas /user:maria cmd",
        ],
        source: "Microsoft's page of `net use`",
    },
    Entry {
        name: "secret",
        pattern: r"(?i-u:ConvertTo-SecureString)[ ]",
        secret: Secret::By(secure_string),
        examples: &[
            "ConvertTo-SecureString \"«{a4} {a8}»\" -AsPlainText -Force",
            "ConvertTo-SecureString -AsPlainText -Force -String '«{a8}»'",
            "(ConvertTo-SecureString -String «{a8}» -AsPlainText -Force)",
        ],
        harmless: &[
            "ConvertTo-SecureString $plain -AsPlainText -Force",
            "ConvertTo-SecureString : Input string was not in a correct format",
            "ConvertTo-SecureString failed on this computer",
        ],
        source: "Microsoft's page of `ConvertTo-SecureString`",
    },
];

/// The most arguments before the name of a person.
const ARGUMENTS: usize = 8;

/// How much of a command is looked at behind its start, in bytes.
const NEAR: usize = 256;

/// The arguments at the start of a text up to the end of its line, and where each starts and ends without its quotes.
fn arguments(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    iter::from_fn(move || {
        let rest = text.get(at..)?.trim_start_matches([' ', '\t']);
        let quote = quote(rest).unwrap_or_default();
        let start = text.len() - rest.len() + quote.len();
        let value = match quote {
            "" => bare(rest, false),
            quote => quoted(&rest[quote.len()..], quote),
        };
        at = start + value.len() + quote.len();
        (!value.is_empty() && start < NEAR).then_some(start..start + value.len())
    })
}

/// The argument behind the name of a person.
fn net_user(found: &Found<'_>) -> Option<Range<usize>> {
    if !found.starts_word() || found.before().ends_with('.') {
        return None;
    }
    let text = found.after();
    let password = arguments(text)
        .filter(|place| !text[place.clone()].starts_with('/'))
        .nth(1)?;
    password_at(found, password)
}

/// The last argument before the name of a person where that is no share, or else the one behind it.
fn net_use(found: &Found<'_>) -> Option<Range<usize>> {
    let near = near(found);
    let command = ["net use ", "NET USE ", "Net Use "]
        .iter()
        .filter_map(|name| near.rfind(name))
        .max()?;
    let text = &near[command + "net use ".len()..];
    if text.contains('\n') {
        return None;
    }
    let place = arguments(text)
        .take(ARGUMENTS)
        .filter(|place| !text[place.clone()].starts_with('/'))
        .last();
    let start = place
        .as_ref()
        .map_or(0, |place| found.place.start - text.len() + place.start);
    let last = &text[place?];
    match last {
        "*" => None,
        drive if drive.len() == 2 && drive.ends_with(':') => None,
        share if share.starts_with(r"\\") => password_at(found, arguments(found.after()).nth(1)?),
        password => hide(start, password).filter(|_| start >= found.floor),
    }
}

/// The place of an argument behind the find that is a password: one that looks so, or behind which at most options follow.
/// The words of a sentence go on.
fn password_at(found: &Found<'_>, place: Range<usize>) -> Option<Range<usize>> {
    let (password, behind) = (&found.after()[place.clone()], &found.after()[place.end..]);
    let quote = found.after()[..place.start].chars().next_back();
    let behind = quote
        .filter(|quote| "\"'".contains(*quote))
        .map_or(behind, |quote| {
            behind.trim_start_matches('\\').trim_start_matches(quote)
        });
    let next = behind.trim_start_matches(' ').chars().next();
    let is_last = next.is_none_or(|letter| "/\r\n\\\"'<>|&;)".contains(letter));
    ((is_last || looks_secret(password)) && !password.starts_with(['/', '*']))
        .then(|| hide(found.place.end + place.start, password))
        .flatten()
}

/// The text in quotes, or without where it is said to be a plain one.
fn secure_string(found: &Found<'_>) -> Option<Range<usize>> {
    let text = found.after();
    let line = || run(text, 2 * NEAR, |letter| letter != '\n').to_ascii_lowercase();
    let place = arguments(text).find(|place| !text[place.clone()].starts_with('-'))?;
    let value = &text[place.clone()];
    let is_quoted = text[..place.start].ends_with(['"', '\'']);
    let is_text = is_quoted || line().contains("-asplaintext");
    let is_code = value.starts_with(['$', '(', ':']) || is_placeholder(value, None);
    (is_text && !is_code)
        .then(|| hide(found.place.end + place.start, value))
        .flatten()
}
