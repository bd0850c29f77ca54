//! What lets somebody in as a part of an address: `?sig=`, `&code=`, and the tokens that are passed so.

use std::ops::Range;

use super::{Entry, has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, Secret};

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

fn in_jwt(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '=')
}
