//! What lets somebody in, told by the words around it: headers, URLs, assignments.

use std::ops::Range;

use super::Entry;
use crate::redact::rule::{Found, LONGEST_VALUE, Secret, is_word, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "token",
        pattern: r#"(?i-u:authorization)[\\"' \t]{0,4}[:=]>?[\\"'\[ \t]{0,6}"#,
        secret: Secret::By(authorization),
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
        ],
        harmless: &[
            "Authorization: required",
            "authorization = on",
            "authorization: Bearer",
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
        name: "cookie",
        pattern: r#"(?i-u:cookie)[\\"']{0,3}[ \t]?[:=][ \t]{0,2}[\\"'\[]{0,3}"#,
        secret: Secret::By(cookie),
        examples: &[
            "Cookie: «session={a20}; theme=dark»",
            "Set-Cookie: «sid={h32}; Path=/; HttpOnly»\r\n",
            r#""cookie":"«a=b»","x":1"#,
        ],
        harmless: &["cookie: enabled; theme=dark", "Set-Cookie: none", "cookies: 5"],
        source: "RFC 6265, sections 4.1 and 4.2",
    },
    Entry {
        name: "login",
        pattern: "://",
        secret: Secret::By(login),
        examples: &[
            "postgres://«maria:{a12}»@db.example.org:5432/notes",
            "https://«{a20}»@example.org/x",
            "redis://«:p%40ss»@cache/0",
            "mysql://«maria:p@ss:{a6}»@db.example.org/x",
        ],
        harmless: &[
            "ssh://git@example.org/x",
            "https://example.org/@maria",
            "https://example.org?to=@x",
        ],
        source: "RFC 3986, section 3.2.1",
    },
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

/// Schemes that have one word behind them, and those that have the rest of the line.
const ONE_WORD: [&str; 9] = [
    "bearer",
    "basic",
    "token",
    "negotiate",
    "ntlm",
    "apikey",
    "api-key",
    "key",
    "jwt",
];
const WHOLE_LINE: [&str; 6] = [
    "digest",
    "oauth",
    "hawk",
    "aws4-hmac-sha256",
    "sharedkey",
    "signature",
];

fn authorization(found: &Found<'_>) -> Option<Range<usize>> {
    let rest = found.after();
    let first = run(rest, LONGEST_VALUE, |letter| !ends_token(letter));
    let scheme = first.to_ascii_lowercase();
    let behind = &rest[first.len()..];
    let gap = run(behind, 4, |letter| letter == ' ' || letter == '\t');
    let start = found.place.end + first.len() + gap.len();
    if WHOLE_LINE.contains(&&*scheme) && !gap.is_empty() {
        return hide(start, line(&behind[gap.len()..]));
    }
    if ONE_WORD.contains(&&*scheme) {
        return hide(
            start,
            run(&behind[gap.len()..], LONGEST_VALUE, |letter| !ends_token(letter)),
        );
    }
    // A token without a scheme; `required` is none.
    let token = first.len() >= 8 && has_digit(first) || first.len() >= 32;
    token.then(|| found.place.end..found.until(first))
}

fn ends_token(letter: char) -> bool {
    letter.is_whitespace() || r#"\"',;&)]}<>"#.contains(letter)
}

fn hide(start: usize, value: &str) -> Option<Range<usize>> {
    (!value.is_empty()).then(|| start..start + value.len())
}

/// The rest of the line.
fn line(text: &str) -> &str {
    run(text, LONGEST_VALUE, |letter| letter != '\r' && letter != '\n').trim_end()
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// With a digit or a mark in it any length is a token; letters alone are one from eight on, so that
/// "bearer of news" stays.
fn bearer(found: &Found<'_>) -> Option<Range<usize>> {
    let value = run(found.after(), LONGEST_VALUE, |letter| {
        letter.is_ascii_alphanumeric() || "._~+/|-=".contains(letter)
    });
    let value = value.trim_end_matches('.');
    let plain = value.bytes().all(|byte| byte.is_ascii_alphabetic());
    let word = value.len() < 8 || value.to_ascii_lowercase().starts_with("auth");
    (found.starts_word() && !(plain && word))
        .then(|| hide(found.place.end, value))
        .flatten()
}

fn basic(found: &Found<'_>) -> Option<Range<usize>> {
    let value = run(found.after(), LONGEST_VALUE, |letter| {
        letter.is_ascii_alphanumeric() || "+/=".contains(letter)
    });
    let secret = found.starts_word() && value.len() >= 8 && is_login(value);
    secret.then(|| hide(found.place.end, value)).flatten()
}

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

fn cookie(found: &Found<'_>) -> Option<Range<usize>> {
    let quote = found
        .matched()
        .chars()
        .next_back()
        .filter(|last| "\"'".contains(*last));
    let ends = |letter: char| Some(letter) == quote || "\r\n".contains(letter);
    let name = run(found.after(), 128, |letter| {
        is_word(letter) || ".-".contains(letter)
    });
    if !found.after()[name.len()..].starts_with('=') {
        return None;
    }
    let value = run(found.after(), LONGEST_VALUE, |letter| !ends(letter));
    hide(found.place.end, value.trim_end_matches(['\\', ' ']))
}

fn login(found: &Found<'_>) -> Option<Range<usize>> {
    let authority = run(found.after(), 1024, |letter| {
        !letter.is_whitespace() && !"/?#\"'<>".contains(letter)
    });
    // The last one: passwords with an `@` of their own are in use.
    let login = &authority[..authority.rfind('@')?];
    (login != "git").then(|| hide(found.place.end, login)).flatten()
}

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
        !letter.is_whitespace() && !"&#\"'<>\\".contains(letter)
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
    letter.is_ascii_alphanumeric() || "_-.=".contains(letter)
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
        !letter.is_whitespace() && !"\"'`<>&".contains(letter)
    });
    let value = value.trim_end_matches('\\');
    let ends = |(at, _): &(usize, &str)| {
        let behind = &value[at + 1..];
        let key = run(behind, 40, |letter| is_word(letter) || ".-".contains(letter));
        behind.is_empty()
            || behind.starts_with(|letter: char| ",;)}]({[|".contains(letter))
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
    let marks = |letter: char| "*x•.#-_?".contains(letter);
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
