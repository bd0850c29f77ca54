//! What lets somebody in, told by the header around it.

use std::ops::Range;

use super::bytes::bytes;
use super::opening::{Opening, fold, is_alone, is_element, is_tag};
use super::pieces::{bare, quoted};
use super::placeholder::{is_placeholder, looks_secret};
use super::value::{list, separator, value};
use super::{Entry, has_digit, hide};
use crate::redact::effort::read;
use crate::redact::rule::{Found, LONGEST_VALUE, Secret, is_word, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "token",
        pattern: concat!("(?i-u:authorization)", separator!()),
        secret: Secret::Named(authorization),
        examples: &[
            "Authorization: Bearer «abc»",
            "Authorization: Basic «bWU6cGFzcw==»",
            r#"{"authorization":"Bearer «{a20}»","x":1}"#,
            r#"{\"Authorization\": \"Bearer «a.b/c==»\"}"#,
            "map[Authorization:[Bearer «abc»]]",
            "authorization=bearer «abc»&x",
            "Proxy-Authorization: Digest «username=\"maria\", response=\"{h32}\"»",
            "Authorization: AWS4-HMAC-SHA256 «Credential={u20}/20261122, Signature={h64}»",
            "authorization: «{a24}1»",
            "Authorization: Custom «{a12}»",
            "Authorization: SSWS «{a12} {a6}»\r\nHost: x",
            "Authorization: Zoho-oauthtoken «1000.{h8}.{h8}»",
            "Authorization: ApiKey-v1 «{a8}»",
            "Authorization: «PVEAPIToken=maria@pam!x={h12}»",
            "Authorization: Token «token=\"{a8}\", nonce=\"def\"»",
            "Authorization: Bearer \"«{a8}»\"",
            "Authorization: Bearer: «{a8}»",
            "Authorization: key=«{a20}»",
            "curl -H 'Authorization: Bot «{a12}»' https://example.org",
            r#"{"name": "Authorization", "value": "SSWS «{a12}»"}"#,
            "('Authorization', 'Bot «{a12}»')",
            "map[Authorization:[GenieKey «{a12}»] Accept:[*/*]]",
            "<Authorization>Splunk «{a12}»</Authorization>",
            "Authorization: [«66, 1{d2}, 97»]",
            "Authorization: Bearer\r\n «{a12}»\r\nHost: x",
            "Authorization: Digest «username=\"maria\",\n  response=\"{h32}\"»\nHost: x",
        ],
        harmless: &[
            "Authorization: required",
            "authorization = on",
            "authorization: Bearer",
            "Authorization: failed for user 5",
            "Authorization: checking the rights of the notebook",
            "Authorization: SSWS <token>",
            "Access-Control-Allow-Headers: authorization, x-notes-2, accept",
            r#"headers: ["Authorization", "X-Content-Sha256"], {"authorization": {"type": "basic"}}"#,
            "authorization > level 5",
        ],
        source: "RFC 9110, section 11.6.2; IANA registry of authentication schemes",
    },
    Entry {
        name: "token",
        pattern: r"(?i-u:bearer)(?:[ \t]{1,3}|%20|\+)",
        secret: Secret::By(bearer),
        examples: &[
            "sent Bearer «eyJhbGciOi.J9-x_y»",
            "bearer «{a8}9», sent",
            "Bearer «a1»",
            "Bearer «12|abcdef»",
            r#"-H "x: Bearer «{a32}»""#,
        ],
        harmless: &[
            "the bearer of news, a bearer token",
            "Bearer authentication failed",
            "forbearer x1",
            r#"WWW-Authenticate: Bearer error="invalid_token", realm="notes""#,
            r#"{"www-authenticate": "Bearer realm=\"notes\""}"#,
        ],
        source: "RFC 6750, section 2.1, and the bar that Laravel puts into its tokens",
    },
    Entry {
        name: "token",
        pattern: r"(?i-u:basic)[ \t]{1,3}",
        secret: Secret::By(basic),
        examples: &["auth: Basic «bWFyaWE6cGFzcw==»"],
        harmless: &["Basic authentication", "basic settings", "basic 12345678"],
        source: "RFC 7617: a base64 of user, colon and password",
    },
    Entry {
        name: "token",
        pattern: concat!("(?i-u:auth)", separator!()),
        secret: Secret::Named(named_login),
        examples: &[
            r#"{"auths":{"registry.example.org":{"auth":"«bWFyaWE6aHVudGVyMg==»"}}}"#,
            "//registry.example.org/:_auth=«bWFyaWE6aHVudGVyMg==»",
            "basic_auth: «maria:{a8}»",
            "auth: «maria:hunter2»",
            r#"{"httpAuth": "«maria:{a8}»"}"#,
            r#"{"name":"auth","value":"«{a15}7»"}"#,
        ],
        harmless: &[
            "auth: required",
            "auth=basic",
            "auth: localhost:8080, auth: pam:session, auth: sha256:abc:1",
            "http_auth: https://example.org",
            "auth: bWFyaWFodW50ZXI=",
        ],
        source: "the settings of Docker and npm: a base64 of user, colon and password",
    },
];

/// Schemes that have one word behind them; others have the rest of the line.
const ONE_WORD: [&str; 10] = [
    "bearer",
    "basic",
    "token",
    "negotiate",
    "ntlm",
    "apikey",
    "api-key",
    "api-token",
    "key",
    "jwt",
];

/// The scheme stays, what it carries does not.
fn authorization(found: &Found<'_>) -> Option<Range<usize>> {
    if let Some(bytes) = bytes(found) {
        return Some(bytes);
    }
    let header = Header::of(found)?;
    let scheme = run(header.rest, 40, |letter| is_word(letter) || letter == '-');
    let is_known = ONE_WORD.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let blank = |letter| matches!(letter, ' ' | '\t');
    let gap = run(&header.rest[scheme.len()..], 8, |letter| {
        blank(letter) || is_known && ":=\"'\\".contains(letter)
    });
    let folded = fold(&header.rest[scheme.len() + gap.len()..]);
    let folded = if is_known && is_alone(&header.rest[scheme.len() + gap.len() + folded..]) {
        folded
    } else {
        0
    };
    let gap = &header.rest[scheme.len()..][..gap.len() + folded];
    if gap.is_empty() || !is_known && !is_scheme(scheme) {
        // A token without a scheme; `required` is none.
        let token = bare(header.rest, false);
        let is_token = token.len() >= 8 && has_digit(token) || token.len() >= 32;
        let is_name = found.matched().ends_with(',') && is_scheme(token);
        return (is_token && !is_name).then(|| header.start..header.start + token.len());
    }
    if is_placeholder(scheme, None) {
        return None;
    }
    let start = header.start + scheme.len() + gap.len();
    let carried = &header.rest[scheme.len() + gap.len()..];
    let token = run(carried, LONGEST_VALUE, |letter| !ends_token(letter));
    if is_known && !is_parameter(token, &carried[token.len()..]) {
        return hide(start, token).filter(|_| !is_placeholder(token, None));
    }
    let carried = header.value().get(scheme.len() + gap.len()..)?;
    let is_said = is_placeholder(carried, None) || is_prose(carried);
    (!is_said).then(|| hide(start, carried)).flatten()
}

/// Whether this names a scheme, and is no token: `AWS4-HMAC-SHA256`, `Zoho-oauthtoken`.
fn is_scheme(word: &str) -> bool {
    word.split(['-', '_']).all(|part| {
        let name = part.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let letters = name.bytes().all(|byte| byte.is_ascii_alphabetic());
        letters && (1..=16).contains(&name.len()) && part.len() <= name.len() + 3
    })
}

/// Whether this is the name of a parameter, and no padding: `realm="notes"`.
fn is_parameter(token: &str, behind: &str) -> bool {
    let name = token.strip_suffix('=').unwrap_or_default();
    let value = behind.trim_start_matches('\\').strip_prefix('"');
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        && value.is_some_and(|value| value.starts_with(char::is_alphanumeric))
}

/// Whether these are several words of a sentence.
fn is_prose(text: &str) -> bool {
    let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    text.contains(' ') && text.trim_end_matches(['.', ',', ':']).split(' ').all(is_plain)
}

/// A header's value, which may be long: what is refused may be told by its start alone.
pub(super) struct Header<'f, 't> {
    found: &'f Found<'t>,
    pub(super) start: usize,
    /// All that stands from its start on.
    pub(super) rest: &'t str,
    quote: Option<&'t str>,
    in_list: bool,
    /// The quote that the header itself stands in.
    outer: Option<char>,
    bracket: Option<char>,
}

impl<'f, 't> Header<'f, 't> {
    pub(super) fn of(found: &'f Found<'t>) -> Option<Self> {
        let opening = Opening::of(found);
        let (before, separator) = (found.before(), found.matched());
        let in_tag = is_tag(separator);
        // In a list stand the names of headers.
        if separator.ends_with(',') && opening.quote.is_none() || in_tag && !is_element(found) {
            return None;
        }
        let name = run_back(before, 40, |letter| is_word(letter) || letter == '-');
        let outer = before[..before.len() - name.len()].chars().next_back();
        Some(Self {
            found,
            start: found.place.end + opening.length,
            rest: &found.after()[opening.length..],
            quote: opening.quote,
            in_list: opening.in_list,
            outer: outer.filter(|quote| "\"'".contains(*quote) && !separator.contains(*quote)),
            bracket: in_tag.then_some('<').or(opening.bracket.map(|_| ']')),
        })
    }

    /// Up to the quote, bracket or tag that it stands in, or else the end of its line, and of those that it is folded to.
    pub(super) fn value(&self) -> &'t str {
        let line = || {
            let mut end = 0;
            loop {
                let rest = &self.rest[end..];
                let line = run(rest, LONGEST_VALUE.saturating_sub(end), |letter| {
                    !matches!(letter, '\r' | '\n') && self.bracket != Some(letter)
                });
                let next = fold(&rest[line.len()..]);
                let behind = &rest[line.len() + next..];
                end += line.len();
                let is_folded = rest[..line.len() + next].ends_with([' ', '\t']);
                if next == 0 || !is_folded || !line.ends_with([';', ',']) || names_header(behind) {
                    return &self.rest[..end];
                }
                end += next;
            }
        };
        let value = match (self.quote, self.outer) {
            (Some(quote), _) if self.in_list => list(self.found, self.rest, quoted(self.rest, quote), quote),
            (Some(quote), _) => quoted(self.rest, quote),
            (None, Some(outer)) => until_outer(line(), outer),
            (None, None) => line(),
        };
        value.trim_end_matches(['\\', ' '])
    }
}

/// Whether a line starts with the name of a header.
fn names_header(line: &str) -> bool {
    let name = run(line, 64, |letter| is_word(letter) || letter == '-');
    line[name.len()..].starts_with(':')
}

fn ends_token(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\\' | '"' | '\'' | ',' | ';' | '&' | ')' | ']' | '}' | '<' | '>'
        )
}

/// With a digit or a mark in it any length is a token; letters alone are one from eight on, so that
/// "bearer of news" stays.
fn bearer(found: &Found<'_>) -> Option<Range<usize>> {
    let value = run(found.after(), LONGEST_VALUE, |letter| {
        letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '~' | '+' | '/' | '|' | '-' | '=')
    });
    let value = value.trim_end_matches('.');
    if is_parameter(value, &found.after()[value.len()..]) {
        return None;
    }
    let plain = value.bytes().all(|byte| byte.is_ascii_alphabetic());
    let word = value.len() < 8 || value.to_ascii_lowercase().starts_with("auth");
    (found.starts_word() && !(plain && word) && !is_placeholder(value, None))
        .then(|| hide(found.place.end, value))
        .flatten()
}

fn basic(found: &Found<'_>) -> Option<Range<usize>> {
    let value = run(found.after(), LONGEST_VALUE, |letter| {
        letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=')
    });
    let secret = found.starts_word() && value.len() >= 8 && is_login(value);
    secret.then(|| hide(found.place.end, value)).flatten()
}

fn named_login(found: &Found<'_>) -> Option<Range<usize>> {
    let opening = Opening::of(found);
    // `{"name":"auth","value":"x"}`
    if opening.is_named {
        let value = value(found)?;
        let is_secret = found.text.get(value.clone()).is_some_and(looks_secret);
        return is_secret.then_some(value);
    }
    let opening = opening.length;
    let text = &found.after()[opening..];
    let login = bare(text, false);
    if let Some((user, password)) = login.split_once(':') {
        let way = found.before().trim_end_matches(['_', '-']);
        let is_known = ["basic", "Basic", "http", "HTTP"]
            .iter()
            .any(|known| way.ends_with(known));
        if is_known || is_noted(user, password) {
            let is_login = !user.is_empty() && !password.starts_with('/') && !is_placeholder(password, None);
            return hide(found.place.end + opening, login).filter(|_| is_login);
        }
    }
    let login = run(text, LONGEST_LOGIN, |letter| {
        letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/')
    });
    let padding = run(&text[login.len()..], 2, |letter| letter == '=');
    let is_whole = (6..LONGEST_LOGIN).contains(&login.len());
    (is_whole && is_login(login))
        .then(|| hide(found.place.end + opening, &text[..login.len() + padding.len()]))
        .flatten()
}

/// Whether these are a user and a password, and neither a host and its port nor a way to log in and its name.
fn is_noted(user: &str, password: &str) -> bool {
    let is_user =
        user.starts_with(char::is_alphabetic) && user.chars().all(|letter| is_word(letter) || letter == '.');
    let has_letter = password.contains(char::is_alphabetic);
    is_user && has_digit(password) && has_letter && password.len() >= 6 && !password.contains([':', '/', '.'])
}

/// The longest in base64, in bytes.
const LONGEST_LOGIN: usize = 512;

/// Whether a base64 has a colon in it.
fn is_login(base64: &str) -> bool {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits = base64.trim_end_matches('=').as_bytes();
    let has_colon = |four: &[u8]| {
        let bits = four.iter().fold(0, |bits, byte| bits << 6 | digit(*byte)) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..].contains(&b':')
    };
    digits.chunks(4).any(has_colon)
}

/// Up to the quote that the header itself stands in. One behind an equals sign or a blank opens a parameter's value.
fn until_outer(line: &str, quote: char) -> &str {
    read(line.len());
    let mut from = 0;
    while let Some(at) = line[from..].find(quote) {
        let (inside, end) = line.split_at(from + at);
        if !inside.ends_with(['=', ' ']) {
            return inside;
        }
        let Some(length) = end[1..].find(quote) else {
            return line;
        };
        from = inside.len() + length + 2;
    }
    line
}
