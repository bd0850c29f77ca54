//! What lets somebody in, told by the words before it: `my password is`, `API key`, `requirepass`.

use std::ops::Range;

use super::pieces::bare;
use super::placeholder::looks_secret;
use super::value::value;
use super::{Entry, has_digit, hide};
use crate::redact::rule::{Found, Secret, run};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: concat!(
            r#"(?i-u:(?:api|app|access|auth|client|private|secret)[_\- ]?key|token|secret)"#,
            r#"[ \t]{1,3}["'\[]?"#,
        ),
        secret: Secret::By(told),
        examples: &[
            "aws_secret_access_key «aB3{b36}7»",
            "AWS Secret Access Key [«aB3{b36}7»]:",
            "Using API key «3fK{u12}7q» for region eu",
            "invalid access token \"«3fK{u12}7q»\"",
            "ENV JWT_SECRET «3fK{u12}7q»",
            "proxy_set_header X-Auth-Key \"«{h15}1»\";",
        ],
        harmless: &[
            "Unexpected token Uint8ArrayBuffer16",
            "token 550e8400-e29b-41d4-a716-446655440000 expired",
            "secret notes/Server-2026-11-22.log",
        ],
        source: "how programs tell which key they use",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:passw(?:or)?[dt]|kennwort|passcode|passphrase|mot de passe|senha|clave de acceso)",
            r"[ ](?:(?i-u:is|ist|was|lautet|est|es|=)|[è\u{e9}])[ :]{1,3}",
        ),
        secret: Secret::By(said),
        examples: &[
            "my password is «{a7}1»",
            "Password is: «{a7}1», user maria",
            "Das Passwort ist «{a7}1».",
            "Das Passwort lautet «{a7}1»",
            "la password è «{a7}1».",
            "Das Kennwort lautet «{a7}1»",
        ],
        harmless: &[
            "the password is wrong, the password is too-short",
            "password is 8 characters",
        ],
        source: "how people tell their password",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:bindpw|requirepass|masterauth|(?:ro|rw)community|snmp-server community|wpa-psk)",
            r"[ \t]{1,3}",
        ),
        secret: Secret::By(value),
        examples: &[
            "bindpw «{a8}»",
            "requirepass «{a8}»",
            "snmp-server community «{a8}» RO",
            "wpa-psk «{a8}»",
        ],
        harmless: &["requirepass is not set", "bindpw none"],
        source: "the manuals of nslcd, Redis, Net-SNMP, Cisco and ifupdown",
    },
];

/// Made as keys are, of letters of both cases and digits: words and names of files stand here too.
fn told(found: &Found<'_>) -> Option<Range<usize>> {
    let value = run(found.after(), 256, |letter| {
        letter.is_ascii_alphanumeric() || matches!(letter, '_' | '+' | '/' | '=')
    });
    let behind = &found.after()[value.len()..];
    let goes_on = behind.starts_with(['-', '.', '(', ':']);
    let mut words = value.split(|letter: char| !letter.is_ascii_lowercase());
    let is_random = value.len() >= 32 || words.all(|word| word.len() < 5);
    // In quotes of its own it may be in small letters.
    let is_quoted = found.matched().ends_with(['"', '\'']) && behind.starts_with(['"', '\'']);
    let is_hex = value.len() >= 16 && value.bytes().all(|byte| byte.is_ascii_hexdigit()) && has_digit(value);
    (is_random && is_mixed(value) && !goes_on || is_quoted && is_hex)
        .then(|| hide(found.place.end, value))
        .flatten()
}

/// Whether a text is made as keys are, of letters of both cases and digits.
pub(super) fn is_mixed(value: &str) -> bool {
    let count = |kind: fn(&u8) -> bool| value.bytes().filter(kind).count();
    let least = count(u8::is_ascii_uppercase).min(count(u8::is_ascii_lowercase));
    let is_long = value.len() >= 32;
    value.len() >= 16 && least > 0 && count(u8::is_ascii_digit) > usize::from(!is_long)
}

fn said(found: &Found<'_>) -> Option<Range<usize>> {
    let value = bare(found.after(), false).trim_end_matches('.');
    looks_secret(value)
        .then(|| hide(found.place.end, value))
        .flatten()
}
