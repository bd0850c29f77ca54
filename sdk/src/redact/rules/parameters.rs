//! What lets somebody in as a part of an address: `?sig=`, `&code=`, and the tokens that are passed so.

use std::ops::Range;

use super::{Entry, has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, Secret, run};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: concat!(
            r#"(?:[?&;"]|\\u0026|%26|%3[Ff])(?i-u:key|sig|signature|code|auth|hmac|jwt|assertion|client_assertion|id_token_hint|samlresponse"#,
            r"|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|awsaccesskeyid)(?:=|%3[Dd]|\\u003[Dd])",
        ),
        secret: Secret::By(parameter),
        examples: &[
            "GET /x?sig=«{a20}»&v=1",
            "https://example.org/cb?code=«{a16}» HTTP/1.1",
            "&X-Amz-Signature=«{h64}»",
            "http args: \"code=«{a15}1»&email=x\"",
            r#""https://h.example/x?v=1\u0026sig=«{a40}»\u0026w=2""#,
            "to=%2Fx%3Fv%3D1%26sig%3D«{a40}»%26w",
        ],
        harmless: &["?code=404&x", "?key=id&sort=name", "&auth=on"],
        source: "RFC 6749 (`code`), and the signed addresses of AWS, Azure and Google Cloud",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?:[/_\-](?i-u:(?:reset|verify|confirm|activate)(?:[_\-](?:password|email))?|invit(?:e|ation)|magic(?:[_\-]link)?)/",
            r"|[?&](?i-u:ticket|invit(?:e|ation)|magic)=)",
        ),
        secret: Secret::By(link),
        examples: &[
            "https://example.org/reset/«{u4}{a17}7»?x=1",
            "https://example.org/reset-password/«{h32}7»",
            "GET /login/verify/«{u4}{a17}7» HTTP/1.1",
            "https://example.org/accounts/password-reset/MQ/«{a5}1-{h32}7»/",
            "\"/invite/«550e8400-e29b-41d4-a716-{h8}4400»\"",
            "https://cas.example/x?ticket=«ST-{d7}-a{u8}{a8}»&x=1",
            "https://example.org/x?invite=«{u4}{a17}7»",
        ],
        harmless: &[
            "/x/reset/password-of-the-account-2 /verify/notes-2026-11-22.log",
            "GET /reset/settings, /verify/00123, ?ticket=NOTES-4711, /src/verify/certificate_chain_v2.rs",
        ],
        source: "the links that services send to those who have forgotten a password, and CAS's tickets",
    },
    Entry {
        name: "jwt",
        pattern: "eyJ",
        secret: Secret::Key(in_jwt, 12),
        examples: &[
            "«eyJ{a33}.eyJ{a40}.{a43}»",
            "id «eyJ{a20}..{a16}.{a60}.{a22}», next",
        ],
        harmless: &["eyJust", "heyJude0123456789abcdef"],
        source: "RFC 7519: three base64url parts, of which the first starts with `{\"`",
    },
];

fn parameter(found: &Found<'_>) -> Option<Range<usize>> {
    let text = found.after();
    let text = &text[..text.floor_char_boundary(LONGEST_VALUE)];
    let is_escaped = found.matched().contains('%');
    let end = text.char_indices().find(|(at, letter)| {
        // An escaped sign of the value itself is escaped twice.
        letter.is_whitespace()
            || matches!(letter, '&' | '#' | '"' | '\'' | '<' | '>' | '\\')
            || is_escaped && *letter == '%' && !text[*at..].starts_with("%25")
    });
    let value = end.map_or(text, |(end, _)| &text[..end]);
    (value.len() >= 6 && (has_digit(value) || value.len() >= 16))
        .then(|| hide(found.place.end, value))
        .flatten()
}

/// What nobody can guess, behind the name of a link that works once; the number of a person may stand between.
fn link(found: &Found<'_>) -> Option<Range<usize>> {
    let text = found.after();
    let segment = |text| {
        run(text, 512, |letter: char| {
            letter.is_ascii_alphanumeric() || "_-.~=".contains(letter)
        })
    };
    let first = segment(text);
    let second = text[first.len()..]
        .strip_prefix('/')
        .filter(|_| first.len() < SHORTEST);
    let (start, value) = match second {
        Some(rest) => (first.len() + 1, segment(rest)),
        None => (0, first),
    };
    is_unguessable(value.trim_end_matches('.'))
        .then(|| hide(found.place.end + start, value.trim_end_matches('.')))
        .flatten()
}

/// In bytes.
const SHORTEST: usize = 16;

/// Whether this is made by chance, and neither words nor a file: in letters of both cases, in one long part, or a UUID.
fn is_unguessable(value: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| value.bytes().any(|byte| kind(&byte));
    let is_mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let is_long = |part: &str| part.len() >= SHORTEST && has_digit(part);
    let is_uuid = value.len() == 36 && value.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let is_file = value.rsplit_once('.').is_some_and(|(_, end)| end.len() <= 4);
    let is_made = is_mixed || is_uuid || value.split(['-', '_']).any(is_long);
    value.len() >= SHORTEST && has_digit(value) && is_made && !is_file
}

fn in_jwt(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '=')
}
