//! What lets somebody in, told by the name that it is given: `password=`, `"token":`, `?sig=`, `--api-key`.

use std::ops::Range;

use super::value::{separator, value};
use super::{Entry, has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, Secret, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:passw(?:or)?d|passphrase|pwd|passcode|secret|credentials?|_pass|dbpass",
            r"|(?:api|app|access|account|auth|private|encryption|signing|shared|master|project|reply|license|storage|webhook|function)[_\- ]?key",
            r")(?i-u:[_\-]?(?:id|key|value|hash|token|text|b64|base64|[0-9]))?",
            separator!(),
        ),
        secret: Secret::By(value),
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
            "map[password:[«{a8}»] user:[maria]]",
            r#"{"X-Api-Key":["«{a32}»"]}"#,
            "password=«&{a8}»",
            "?password=«{a8}»&x=1",
            "password=b'«{a8}»'",
            "password: SecretString(\"«{a8}»\")",
            r#""Password":{"value":"«{a8}»"}"#,
            r#"["password"]=> string(8) "«{a8}»""#,
            r#"s:8:"password";s:8:"«{a7}1»";"#,
            "password = \"\"\"«{a8}»\"\"\"",
            "Password       : «{a8}»",
            "password:     «{a8}»",
            "password=\"«correct horse battery staple»\nnext line",
            "password=«ab\"{a8}»",
            "pwd={«{a4};2x»};x=1",
            r"\u0022password\u0022:\u0022«{a8}»\u0022,",
            "&password%3D«{a8}»%26x",
            r#"{"key":"DB_PASSWORD","value":"«correct horse»"}"#,
            "{\n  \"name\": \"X-Api-Key\",\n  \"value\": \"«{a32}»\"\n}",
            "<add key=\"password\" value=\"«{a8}»\" />",
            "(b'x-api-key', b'«{a31}1»')",
            r#"["--password","«{a7}1»"]"#,
            "['mysql', '--password', '«{a7}1»']",
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
            "password: [secret-1]",
            "password=[TOKEN]",
            "password={0} password={password} password=(not set)",
            "password=&user=maria",
            "password > 8 characters",
            "password: must be long, password: too short",
            r#"columns: "id", "password", "email""#,
            r#"label "Password:" not found"#,
        ],
        source: "the key names that gitleaks and secretlint look for",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:token|session[_\-]?id|sessid|sessionkey|csrf|otp)",
            separator!(),
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

/// Words are no tokens, nor are small numbers: parsers and language models have both.
fn assigned_token(found: &Found<'_>) -> Option<Range<usize>> {
    let value = value(found)?;
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
    let value = value(found)?;
    ((option.is_empty() || option.starts_with('-')) && !found.after().starts_with('-')).then_some(value)
}

fn in_jwt(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '=')
}
