//! What lets somebody in, told by the name that it is given: `password=`, `"token":`, `?sig=`, `--api-key`.

use std::ops::Range;

use super::{Entry, has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, Secret, is_word, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:passw(?:or)?d|passphrase|pwd|passcode|secret|credentials?|_pass|dbpass",
            r"|(?:api|app|access|account|auth|private|encryption|signing|shared|master|project|reply|license|storage|webhook|function)[_\- ]?key",
            r")(?i-u:[_\-]?(?:id|key|value|hash|token|text|b64|base64|[0-9]))?",
            // `password: x`, `"password":"x"`, `:password => x`, `<password>x`, `password[x]` of debuggers
            r#"[\\"'\]]{0,3}[ \t]{0,3}(?:=>|:=|==|=|:|>)[ \t]{0,3}"#,
        ),
        secret: Secret::By(assigned),
        examples: &[
            "password=«hunter2»",
            "DB_PASSWORD=«{a12}» ./run",
            r#"{"password": "«correct horse»", "x": 1}"#,
            r#"{\"client_secret\":\"«{a24}»\"}"#,
            "api_key: «{a16}»",
            "X-Api-Key: «{a32}»\r\n",
            "config { password: Some(\"«{a8}»\") }",
            "<password>«{a10}»</password>",
            "password='«it is, mine»'",
            "pwd=«{a8}»;server=db",
            "passwd := «y7»",
            r"password=«a\b{a6}» in \\server",
            "?user=a&password=«{a8}»&x=1",
            "AccountKey=«{b86}==»;EndpointSuffix=x",
            "aws_secret_access_key = «{b40}»",
        ],
        harmless: &[
            "password=",
            "password: null",
            "password=***",
            "password: [REDACTED]",
            "password=${DB_PASSWORD}",
            "the password is wrong",
            "secretary: Anna",
            "password: required",
        ],
        source: "the key names that gitleaks and secretlint look for",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:token|session[_\-]?id|sessid|sessionkey|csrf|otp)",
            r#"[\\"'\]]{0,3}[ \t]{0,3}(?:=>|:=|=|:|>)[ \t]{0,3}"#,
        ),
        secret: Secret::By(assigned_token),
        examples: &[
            r#""token": "«s3cr3t»""#,
            "access_token=«{a32}»&x=1",
            "refresh_token: «{a24}7»",
            "PHPSESSID=«{h26}»",
            r#"{"session_id":"«{h16}»"}"#,
        ],
        harmless: &[
            "Unexpected token: identifier",
            "max_token: 4096",
            "token: none",
            "token = 5",
            "tokens: 123456789",
        ],
        source: "the key names that gitleaks and secretlint look for",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r"[?&;](?i-u:key|sig|signature|code|auth|pass|hmac|jwt|assertion|client_assertion|id_token_hint|samlresponse",
            r"|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|awsaccesskeyid)=",
        ),
        secret: Secret::By(parameter),
        examples: &[
            "GET /x?sig=«{a20}»&v=1",
            "https://example.org/cb?code=«{a16}» HTTP/1.1",
            "&X-Amz-Signature=«{h64}»",
        ],
        harmless: &["?code=404&x", "?key=id&sort=name", "&auth=on"],
        source: "RFC 6749 (`code`), and the signed addresses of AWS, Azure and Google Cloud",
    },
    Entry {
        name: "secret",
        pattern: r"-(?i-u:password|passwd|secret|token|api-?key)[ \t]{1,3}",
        secret: Secret::By(argument),
        examples: &[
            "run --password «{a8}» --verbose",
            "cli --api-key «{a16}»",
            "x --auth-token «{a16}»",
        ],
        harmless: &[
            "--token --verbose",
            "usage: --password <PASSWORD>",
            "--token [TOKEN]",
        ],
        source: "how command lines pass what `password=` passes",
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

fn assigned(found: &Found<'_>) -> Option<Range<usize>> {
    let value = value(found)?;
    let text = found.text.get(value.clone())?;
    (!is_placeholder(text)).then_some(value)
}

/// Words are no tokens, nor are small numbers: parsers and language models have both.
fn assigned_token(found: &Found<'_>) -> Option<Range<usize>> {
    let value = assigned(found)?;
    let text = found.text.get(value.clone())?;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let word = digits == 0 && text.len() < 20 && !text.contains(['-', '_', '.', '/', '+']);
    let number = digits == text.len() && digits < 6;
    (text.len() >= 4 && !word && !number).then_some(value)
}

fn parameter(found: &Found<'_>) -> Option<Range<usize>> {
    let value = run(found.after(), LONGEST_VALUE, |letter| {
        !letter.is_whitespace() && !matches!(letter, '&' | '#' | '"' | '\'' | '<' | '>' | '\\')
    });
    (value.len() >= 6 && (has_digit(value) || value.len() >= 16))
        .then(|| hide(found.place.end, value))
        .flatten()
}

fn argument(found: &Found<'_>) -> Option<Range<usize>> {
    let option = run_back(found.before(), 32, |letter| {
        letter.is_ascii_alphanumeric() || letter == '-'
    });
    let value = assigned(found)?;
    ((option.is_empty() || option.starts_with('-')) && !found.after().starts_with('-')).then_some(value)
}

fn in_jwt(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '=')
}

/// The value behind `password=`: in quotes of any kind, or up to where it ends without.
fn value(found: &Found<'_>) -> Option<Range<usize>> {
    let rest = found.after();
    let inner = rest.strip_prefix("Some(").unwrap_or(rest);
    let escapes = run(inner, 8, |letter| letter == '\\');
    let quote = inner[escapes.len()..]
        .chars()
        .next()
        .filter(|letter| "\"'`".contains(*letter));
    let Some(quote) = quote else {
        return hide(found.place.end + rest.len() - inner.len(), bare(inner));
    };
    let opening = rest.len() - inner.len() + escapes.len() + quote.len_utf8();
    let text = &rest[opening..];
    let start = found.place.end + opening;
    // The same quote behind as many backslashes as before the first one.
    for (at, end) in text
        .match_indices([quote, '\n'])
        .take_while(|(at, _)| *at < LONGEST_VALUE)
    {
        let inside = &text[..at];
        if end == "\n" {
            break;
        }
        if run_of_backslashes(inside) == escapes.len() {
            return hide(start, &inside[..at - escapes.len()]);
        }
    }
    hide(start, bare(text))
}

fn run_of_backslashes(text: &str) -> usize {
    text.len() - text.trim_end_matches('\\').len()
}

/// A value without quotes. A comma or bracket ends it where something else starts behind.
fn bare(text: &str) -> &str {
    let value = run(text, LONGEST_VALUE, |letter| {
        !letter.is_whitespace() && !matches!(letter, '"' | '\'' | '`' | '<' | '>' | '&')
    });
    let value = value.trim_end_matches('\\');
    let ends = |(at, _): &(usize, &str)| {
        let behind = &value[at + 1..];
        let key = run(behind, 40, |letter| {
            is_word(letter) || matches!(letter, '.' | '-')
        });
        behind.is_empty()
            || behind.starts_with(|letter: char| {
                matches!(letter, ',' | ';' | ')' | '}' | ']' | '(' | '{' | '[' | '|')
            })
            || (!key.is_empty() && behind[key.len()..].starts_with(['=', ':']))
    };
    match value.match_indices([',', ';', ')', '}', ']', '|']).find(ends) {
        Some((end, _)) => &value[..end],
        None => value,
    }
}

/// What stands where a secret would, and is none.
const PLACEHOLDERS: [&str; 34] = [
    "null",
    "none",
    "nil",
    "undefined",
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "empty",
    "set",
    "unset",
    "required",
    "missing",
    "invalid",
    "expired",
    "incorrect",
    "wrong",
    "changed",
    "ok",
    "failed",
    "not",
    "n/a",
    "redacted",
    "masked",
    "hidden",
    "filtered",
    "string",
    "str",
    "is",
    "include",
    "omit",
    "same-origin",
];

fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let marks = |letter: char| matches!(letter, '*' | 'x' | '•' | '.' | '#' | '-' | '_' | '?');
    let template =
        |open: &str, close: &str| value.starts_with(open) && (value.ends_with(close) || close.is_empty());
    value.is_empty()
        || value.chars().all(marks)
        || PLACEHOLDERS.iter().any(|word| value.eq_ignore_ascii_case(word))
        || [
            ("[", "]"),
            ("<", ">"),
            ("${", ""),
            ("{", "}"),
            ("$(", ""),
            ("%s", ""),
            ("(", ")"),
            ("&", ""),
            ("[", ""),
        ]
        .iter()
        .any(|(open, close)| template(open, close))
}
