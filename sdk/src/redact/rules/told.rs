//! What lets somebody in, told by the words before it: `my password is`, `API key`, `requirepass`.

use std::ops::Range;

use super::placeholder::looks_secret;
use super::value::{bare, value};
use super::{Entry, hide};
use crate::redact::rule::{Found, Secret, run};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        // No name that starts before one of those above: what is refused here is not asked there.
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
        pattern: r"(?i-u:passw(?:or)?[dt]|passcode|passphrase)[ ](?i-u:is|ist|lautet|was|=)[ :]{1,3}",
        secret: Secret::By(said),
        examples: &[
            "my password is «{a7}1»",
            "Password is: «{a7}1», user maria",
            "Das Passwort ist «{a7}1».",
            "Das Passwort lautet «{a7}1»",
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
    let count = |kind: fn(&u8) -> bool| value.bytes().filter(kind).count();
    let mut words = value.split(|letter: char| !letter.is_ascii_lowercase());
    let is_random = value.len() >= 32 || count(u8::is_ascii_digit) >= 2 && words.all(|word| word.len() < 5);
    let is_mixed = count(u8::is_ascii_digit)
        .min(count(u8::is_ascii_uppercase))
        .min(count(u8::is_ascii_lowercase))
        > 0;
    let goes_on = found.after()[value.len()..].starts_with(['-', '.', '(', ':']);
    let is_key = value.len() >= 16 && is_random && is_mixed && !goes_on;
    is_key.then(|| hide(found.place.end, value)).flatten()
}

fn said(found: &Found<'_>) -> Option<Range<usize>> {
    let value = bare(found.after(), false).trim_end_matches('.');
    looks_secret(value)
        .then(|| hide(found.place.end, value))
        .flatten()
}
