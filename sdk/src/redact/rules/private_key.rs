//! Private keys as PEM: whole, with only their start, or with only their end, as where a log was cut
//! or rotated inside one.

use std::ops::Range;

use super::{Entry, hide};
use crate::redact::rule::{Found, Secret, run};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "private_key",
        pattern: r"-----BEGIN [0-9A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----",
        secret: Secret::By(from_begin),
        examples: &[
            "key:\n«-----BEGIN RSA PRIVATE KEY-----\n{b64}\n{b64}\n{b20}==\n-----END RSA PRIVATE KEY-----»\nnext",
            r#"{"key":"«-----BEGIN PRIVATE KEY-----\n{b64}\n{b20}=\n-----END PRIVATE KEY-----»\n"}"#,
            "12:00 «-----BEGIN EC PRIVATE KEY-----\n12:00 {b64}\n12:00 -----END EC PRIVATE KEY-----» next",
            "«-----BEGIN OPENSSH PRIVATE KEY-----\r\n{b70}\r\n{b70}»\r\nnext line",
            "«-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,{h32}\n\n{b64}»",
            "«-----BEGIN PRIVATE KEY-----»\nlost, said maria",
            "«-----BEGIN PRIVATE KEY-----\n12:00 I {b64}\n12:00 I {b64}»\n12:00 I next",
            r#"{"key":"«-----BEGIN PRIVATE KEY-----\n{b64}\n{b20}"»}"#,
        ],
        harmless: &[
            "-----BEGIN CERTIFICATE-----\n{b64}\n-----END CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----",
        ],
        source: "RFC 7468, section 10; RFC 1421 for the headers; RFC 4880 for BLOCK",
    },
    Entry {
        name: "private_key",
        pattern: r"-----END [0-9A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----",
        secret: Secret::By(to_end),
        examples: &[
            "«{b64}\n{b64}\n{b20}==\n-----END RSA PRIVATE KEY-----»\nnext",
            "a line\n«{b30}\n{b64}\n-----END PRIVATE KEY-----»",
            r#"«{b30}\n{b64}\n-----END PRIVATE KEY-----»\n", "x": 1"#,
        ],
        harmless: &["-----END CERTIFICATE-----"],
        source: "as above",
    },
    Entry {
        name: "private_key",
        pattern: r"Private-Lines:[ \t]",
        secret: Secret::By(putty),
        examples: &[
            "Private-Lines: 2\n«{b64}\n{b20}=»\nPrivate-MAC: {h64}",
            "Private-Lines: 1\r\n«{b48}»\r\nPrivate-MAC: {h64}",
        ],
        harmless: &["Private-Lines: none", "Private-Lines: 1\nlost, said maria"],
        source: "appendix C of PuTTY's manual",
    },
];

/// How far the end of a key is looked for, in bytes: one of 16384 bits for RSA has 12.7 kB as PEM.
const LARGEST: usize = 16 << 10;

/// The least of a key's line beside which other text may stand, in bytes.
const PART: usize = 20;

#[expect(clippy::unnecessary_wraps, reason = "the shape of every rule's function")]
fn from_begin(found: &Found<'_>) -> Option<Range<usize>> {
    let start = found.place.start;
    let body = found.after();
    let body = &body[..body.floor_char_boundary(LARGEST)];
    // The next dashes end the key, whatever stands before its lines; other dashes are not its own.
    let dashes = body.find("-----").unwrap_or(body.len());
    if let Some(label) = body[dashes..].strip_prefix("-----END ")
        && let Some(end) = run(label, 80, |letter| letter != '\n').find("-----")
    {
        return Some(start..found.place.end + dashes + "-----END ".len() + end + "-----".len());
    }
    let body = &body[..dashes];
    let mut end = key_lines(body.split_inclusive('\n'));
    // The key may end inside the line with the dashes, as in a JSON, or before other text on its last line.
    let more = run(&body[end..], LARGEST, in_key).len();
    if end == 0 || more >= PART {
        end += more;
    }
    Some(start..found.place.end + body[..end].trim_end().len())
}

/// How long the lines of a key are that come first.
fn key_lines<'t>(lines: impl Iterator<Item = &'t str>) -> usize {
    lines.take_while(|line| is_key_line(line)).map(str::len).sum()
}

/// The lines below the one that tells how many there are.
fn putty(found: &Found<'_>) -> Option<Range<usize>> {
    let text = found.after();
    let count = run(text, 8, |letter| letter != '\n');
    let lines = text[count.len()..].strip_prefix('\n')?;
    let lines = lines[..lines.floor_char_boundary(LARGEST)].split_inclusive('\n');
    let length = key_lines(lines.take(count.trim_end().parse().ok()?));
    let start = found.until(count) + 1;
    hide(start, found.text.get(start..start + length)?.trim_end())
}

fn to_end(found: &Found<'_>) -> Option<Range<usize>> {
    let body = found.text.get(found.floor..found.place.start)?;
    let body = &body[body.ceil_char_boundary(body.len().saturating_sub(LARGEST))..];
    let mut start = body.len();
    for line in body.split_inclusive('\n').rev() {
        if !is_key_line(line) {
            // The key may start inside the line, as in a JSON that was cut.
            let words = line.trim_end();
            let word = words.rfind(|letter| !in_key(letter)).map_or(0, |at| at + 1);
            let word = line.ceil_char_boundary(word);
            if words.len() == line.len() || words.len() - word >= PART {
                start -= line.len() - word;
            }
            break;
        }
        start -= line.len();
    }
    Some(found.place.start - (body.len() - start)..found.place.end)
}

/// What stands before the lines of a key: RFC 1421, section 4.6, and RFC 4880, section 6.2.
const HEADERS: [&str; 5] = ["Proc-Type:", "DEK-Info:", "Version:", "Comment:", "Charset:"];

/// Base64 in any wrapping, also behind what a logger writes before each line, or a header.
fn is_key_line(line: &str) -> bool {
    let line = line.trim();
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_header = HEADERS.iter().any(|header| line.starts_with(header));
    is_header || (last.len() == line.len() || last.len() >= 40) && last.chars().all(in_key)
}

/// The letters of base64, and of line ends that were written as `\n` or wrapped in quotes.
fn in_key(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=' | '\\' | '"' | ',' | '\'')
}
