//! Private keys as PEM: whole, with only their start, or with only their end, as where a log was cut
//! or rotated inside one.

use std::ops::Range;

use super::{Entry, hide};
use crate::redact::rule::{Found, Secret, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "private_key",
        pattern: r"-----BEGIN (?:[0-9A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----",
        secret: Secret::By(from_begin),
        examples: &[
            "key:\n«-----BEGIN RSA PRIVATE KEY-----\n{b64}\n{b64}\n{b20}==\n-----END RSA PRIVATE KEY-----»\nnext",
            r#"{"key":"«-----BEGIN PRIVATE KEY-----\n{b64}\n{b20}=\n-----END PRIVATE KEY-----»\n"}"#,
            "12:00 «-----BEGIN EC PRIVATE KEY-----\n12:00 {b64}\n12:00 -----END EC PRIVATE KEY-----» next",
            "«-----BEGIN OPENSSH PRIVATE KEY-----\r\n{b70}\r\n{b70}»\r\nnext line",
            "«-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,{h32}\n\n{b64}»",
            "«-----BEGIN PRIVATE KEY-----»\nlost, said maria",
            "«-----BEGIN PRIVATE KEY-----\n12:00 I {b64}\n12:00 I {b64}»\n12:00 I next",
            "«-----BEGIN PRIVATE KEY-----\n12:00 I {b64}\n12:00 I {b22}==»\n12:00 I next",
            "«-----BEGIN PRIVATE KEY-----\\n\"}\n{\"log\":\"{b64}\\n\",\"time\":\"12:00\"}»\n{\"log\":\"next\"}",
            r#"{"key":"«-----BEGIN PRIVATE KEY-----\n{b64}\n{b20}"»}"#,
            "<tls-auth>\n«-----BEGIN OpenVPN Static key V1-----\n{h32}\n{h32}\n-----END OpenVPN Static key V1-----»\n</tls-auth>",
        ],
        harmless: &[
            "-----BEGIN CERTIFICATE-----\n{b64}\n-----END CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----",
        ],
        source: "RFC 7468, section 10; RFC 1421 for the headers; RFC 4880 for BLOCK; OpenVPN's manual for its keys",
    },
    Entry {
        name: "private_key",
        pattern: r"-----END (?:[0-9A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----",
        secret: Secret::By(to_end),
        examples: &[
            "«{b64}\n{b64}\n{b20}==\n-----END RSA PRIVATE KEY-----»\nnext",
            "a line\n«{b30}\n{b64}\n-----END PRIVATE KEY-----»",
            r#"«{b30}\n{b64}\n-----END PRIVATE KEY-----»\n", "x": 1"#,
            "12:00 I ready\n«12:00 I {b64}\n12:00 I {b20}==\n12:00 I -----END PRIVATE KEY-----»\n12:00 I next",
            "{\"log\":\"ready\"}\n«{\"log\":\"{b64}\\n\"}\n{\"log\":\"{b8}\\n\"}\n{\"log\":\"-----END PRIVATE KEY-----»\\n\"}",
        ],
        harmless: &["-----END CERTIFICATE-----"],
        source: "as above; a logger may write each line of a key as one of its own",
    },
    Entry {
        name: "private_key",
        pattern: "LS0tLS1CRUdJTi",
        secret: Secret::By(in_base64_again),
        examples: &[
            "tls.key: «LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tC{b200}»",
            r#""client-key-data":"«LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQp{b99}==»","x":1"#,
            "key=«LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZLS0tLS0{b99}»",
        ],
        harmless: &["certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tC{b99}"],
        source: "how Kubernetes keeps what is PEM: in base64 once more",
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

/// The least of a key's line beside which other text may stand where the key starts or ends in it, in bytes.
const PART: usize = 20;

/// The longest line that may stand between a key's long ones and its end, in bytes.
const SHORT: usize = 256;

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
    let mut lines = body.split_inclusive('\n').peekable();
    let own = lines.next().unwrap_or_default();
    // A line of JSON may hold all of it, and more; one of a logger ends with what is not of the key.
    let goes_on = is_pure(own) || !is_long(own) && lines.peek().is_some_and(|line| is_long(line));
    let mut end = if goes_on { own.len() + key_lines(lines) } else { 0 };
    // The key may end inside the line with the dashes, as in a JSON, or before other text on its last line.
    let more = run(&body[end..], LARGEST, in_key).len();
    let last = body[..end].trim_end().rsplit('\n').next().unwrap_or_default();
    if end == 0 || more >= PART {
        end += more;
    } else if last.is_empty() || !is_pure(last) {
        end += last_line(&body[end..]).len();
    }
    Some(start..found.place.end + body[..end].trim_end().len())
}

/// The next line where its last word may be the end of a key, behind what a logger writes before it.
fn last_line(text: &str) -> &str {
    let line = run(text, SHORT, |letter| !matches!(letter, '\r' | '\n'));
    let word = run_back(line, SHORT, in_key);
    if word.len() >= PART || line.ends_with('=') {
        line
    } else {
        ""
    }
}

/// How long the lines of a key are that come first.
fn key_lines<'t>(lines: impl Iterator<Item = &'t str>) -> usize {
    lines.take_while(|line| is_key_line(line)).map(str::len).sum()
}

/// `PRIVATE KEY` in base64, by the place of its first letter in three.
const NAMES: [&str; 3] = ["UFJJVkFURSBLRV", "BSSVZBVEUgS0VZ", "QUklWQVRFIEtFW"];

/// A key that is in base64 as a whole, with its dashes.
fn in_base64_again(found: &Found<'_>) -> Option<Range<usize>> {
    let start = run(found.after(), 64, |letter| letter.is_ascii_alphanumeric());
    if !NAMES.iter().any(|name| start.contains(name)) {
        return None;
    }
    let in_key = |letter| u8::try_from(letter).is_ok_and(in_base64);
    Some(found.place.start..found.until(run(found.after(), LARGEST, in_key)))
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
    let length = body.len() - key_start(body, found.floor > 0);
    Some(found.place.start - length..found.place.end)
}

/// Where the key starts that ends with a text. `is_behind` says that something hidden stands before the text.
fn key_start(body: &str, is_behind: bool) -> usize {
    let (mut start, mut at, mut others) = (body.len(), body.len(), 0);
    let mut has_begun = false;
    for line in body.split_inclusive('\n').rev() {
        at -= line.len();
        let is_blank = line.trim().is_empty();
        let is_prefix = !line.ends_with('\n') && line.ends_with(' ');
        if is_blank && !has_begun {
            continue;
        }
        if is_long(line) || is_key_line(line) && !is_prefix && (has_begun || others == 0) {
            (start, has_begun) = (at, true);
            continue;
        }
        // The key may start inside the line, as in a JSON that was cut.
        let words = line.trim_end();
        let word = words
            .rfind(|letter| !in_key(letter))
            .map_or(0, |at| words.ceil_char_boundary(at + 1));
        let part = words.len() - word;
        if start == at + line.len() && (part >= PART || part > 1 && words.len() == line.len()) {
            start = at + word;
        }
        // What a logger writes before the dashes, and the last line of the key, which is mostly short, are of it where a
        // long one stands before them.
        others += 1;
        if has_begun || others > 2 || line.len() > SHORT {
            return start;
        }
    }
    if is_behind { 0 } else { start }
}

/// What stands before the lines of a key: RFC 1421, section 4.6, and RFC 4880, section 6.2.
const HEADERS: [&str; 5] = ["Proc-Type:", "DEK-Info:", "Version:", "Comment:", "Charset:"];

/// Base64 in any wrapping, also beside what a logger writes around each line, or a header.
pub(in crate::redact) fn is_key_line(line: &str) -> bool {
    let line = line.trim();
    let is_header = HEADERS.iter().any(|header| line.starts_with(header));
    is_header || is_pure(line) || is_long(line)
}

fn is_pure(line: &str) -> bool {
    line.trim().chars().all(in_key)
}

/// The least of a key's line beside which anything may stand, in bytes.
pub(in crate::redact) const LONG: usize = 40;

fn is_long(line: &str) -> bool {
    let mut runs = line.as_bytes().split(|byte| !in_base64(*byte));
    runs.any(|run| run.len() >= LONG)
}

pub(in crate::redact) fn in_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)
}

/// The letters of base64, and of line ends that were written as `\n` or wrapped in quotes.
fn in_key(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=' | '\\' | '"' | ',' | '\'')
}
