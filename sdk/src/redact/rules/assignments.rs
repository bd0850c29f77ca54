//! What lets somebody in, told by the name that it is given: `password=`, `"token":`, `?sig=`, `--api-key`.

use std::ops::Range;

use super::value::{is_placeholder, separator, value};
use super::{Entry, has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, Secret, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:passw(?:or)?d|passphrase|pwd|passcode|secret|credentials?|creds|_pass|dbpass|contribsys__com",
            r"|(?:api|app|access|account|auth|private|encryption|signing|shared|master|project|reply|license|storage|webhook|function)[_\- ]?key",
            r")(?i-u:[_\-]?(?:id|key|value|hash|token|text|b64|base64|[0-9]{1,3})|[_\- ]?string)?",
            separator!(),
        ),
        secret: Secret::Named(value),
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
            "password=«%s3cr3t!»",
            "password -> «{a8}»",
            "DB_PASSWORD ?= \"«{a8}»\"",
            "var apiKey string = \"«{a8}»\"",
            "password: |\n  «{a12}»\n",
            "password = 0x{h8} \"«{a8}»\", n = 0",
            "<password>\n  «{a12}»\n</password>",
            "creds = «{a12}»",
            "api_key,«{a19}7»,",
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
            r#"password="[REDACTED]" password='(hidden)' password: ['[secret-2]']"#,
            "password={0} password={password} password=(not set)",
            "password=&user=maria",
            "password > 8 characters",
            "password: must be long, password: too short",
            "if password == None:",
            "storage_key = settings.theme",
            "OLDPWD=/usr/lib/notes Trying private key: /etc/notes/id_rsa, pwd=C:\\notes",
            "id,password,token,created_at",
            "wrong password, 2026-11-22T10:15:01Z",
            "-H \"X-Api-Key: $API_KEY\"",
            "-u <user:password> https://example.org",
            r#"columns: "id", "password", "email""#,
            r#"label "Password:" not found"#,
        ],
        source: "the key names that gitleaks and secretlint look for",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:token|session[_\-]?id|sessid|sessionkey|csrf|otp)(?i-u:[_\-]?[0-9]{1,3}|[_\- ]?string)?",
            separator!(),
        ),
        secret: Secret::Named(assigned_token),
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
            "io.jsonwebtoken:jjwt-api-0.11.2",
        ],
        source: "the key names that gitleaks and secretlint look for",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r#"(?:[?&;"]|\\u0026|%26|%3[Ff])(?i-u:key|sig|signature|code|auth|pass|hmac|jwt|assertion|client_assertion|id_token_hint|samlresponse"#,
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
        pattern: r"-(?i-u:pass(?:word|wd|phrase)?|secret|token|(?:api|access|secret|auth|private)-?key)[ \t]{1,3}",
        secret: Secret::By(argument),
        examples: &[
            "run --password «{a8}» --verbose",
            "cli --api-key «{a16}»",
            "x --auth-token «{a15}7»",
            "--passphrase «{a8}» x",
            "aws --secret-key «{b40}»",
        ],
        harmless: &[
            "--token --verbose",
            "usage: --password <PASSWORD>",
            "--token [TOKEN]",
            "--token must be set, -token limit reached",
            "the --password option",
        ],
        source: "how command lines pass what `password=` passes",
    },
    Entry {
        name: "secret",
        pattern: r#"[ \t"']-(?:-user(?:=|[ \t]{1,3}|["'],)|[apu](?:["'],|[ \t])?)"#,
        secret: Secret::By(tool_argument),
        examples: &[
            "curl -u «maria:{a8}» https://example.org",
            "curl -X POST https://example.org \\\n  -u «maria:{a8}»",
            "curl --user maria:'«{a8} {a8}»' -v",
            "curl -X POST --user \"«{a8}\":\"{a8}»\" -v",
            "sshpass -p «{a8}» ssh h",
            "redis-cli -h h -a «{a8}»",
            "mysql -u root -p«{a8}» db",
            r#"execve("/usr/bin/curl", ["curl", "-u", "«maria:{a7}1»", "-v"]"#,
            "['mysql', '-u', 'maria', '-p«{a8}»', 'db']",
        ],
        harmless: &[
            "sort -u notes.txt",
            "docker run -u 1000:1000 -p 80:80",
            "tar -a x",
            "curl -u maria",
            "curl -u ':' https://example.org",
            "curl --user $USER:$PASSWORD",
        ],
        source: "the manuals of the programs",
    },
    Entry {
        name: "secret",
        pattern: r"(?i-u:password(?:[ ]by)?|identified[ ]by)[ ]{1,3}",
        secret: Secret::By(in_quotes),
        examples: &[
            "CREATE USER anna IDENTIFIED BY '«{a8}»'",
            "ALTER USER anna IDENTIFIED WITH mysql_native_password BY '«{a8}»'",
            "ALTER ROLE anna WITH ENCRYPTED PASSWORD '«{a8}'' {a8}»' VALID UNTIL 'infinity'",
            "OPTIONS (user 'anna', password '«{a8}»')",
        ],
        harmless: &["the password is 'wrong'", "identified by its hash"],
        source: "the statements of MySQL and PostgreSQL",
    },
    Entry {
        name: "secret",
        pattern: concat!(r"(?:(?-u:\b)|_)(?i-u:session|sid)", separator!()),
        secret: Secret::By(session),
        examples: &[
            "_gitlab_session=«{h31}1»",
            "sid: «{h25}1»",
            r#"{"session":"«{h31}1»"}"#,
        ],
        harmless: &[
            "session: 42 opened",
            "session=notes-2026",
            "pam_unix(sshd:session): session opened for user root(uid=0)",
            "SSID: our-network-of-notes-2",
        ],
        source: "the names of sessions in Express and Rails",
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
    // Packages that deal with them have it in their names.
    if found.before().ends_with("jsonweb") {
        return None;
    }
    let value = value(found)?;
    let text = found.text.get(value.clone())?;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let word = digits == 0 && text.len() < 20 && !text.contains(['-', '_', '.', '/', '+']);
    let number = digits == text.len() && digits < 6;
    (text.len() >= 4 && !word && !number).then_some(value)
}

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

fn argument(found: &Found<'_>) -> Option<Range<usize>> {
    let option = run_back(found.before(), 32, |letter| {
        letter.is_ascii_alphanumeric() || letter == '-'
    });
    let value = if found.matched().contains("token") {
        assigned_token(found)?
    } else {
        value(found)?
    };
    ((option.is_empty() || option.starts_with('-')) && !found.after().starts_with('-')).then_some(value)
}

/// Programs, and the letters by which they take a password. Those of curl have the name before it.
const TOOLS: [(&str, &str); 5] = [
    ("curl", "-u"),
    ("curl", "--user"),
    ("sshpass", "-p"),
    ("mysql", "-p"),
    ("redis-cli", "-a"),
];

/// How far before its option a program's name is looked for, in bytes.
const COMMAND: usize = 200;

fn tool_argument(found: &Found<'_>) -> Option<Range<usize>> {
    let before = found.before();
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(COMMAND))..];
    // A backslash at its end goes on with the command in the next line.
    let mut ends = near.rmatch_indices('\n').map(|(end, _)| end);
    let start = ends.find(|end| !near[..*end].ends_with('\\')).unwrap_or_default();
    let option = found.matched().trim_matches([' ', '\t', '=', '"', '\'', ',']);
    let (tool, _) = TOOLS
        .iter()
        .find(|(tool, name)| option == *name && near[start..].contains(tool))?;
    let mut value = value(found)?;
    value.end = behind_password(found.text, value.end);
    let text = found.text.get(value.clone())?;
    // What stands before quotes is the name: `maria:'x'`.
    let name = found.text.get(found.place.end..value.start)?;
    let password = text.split_once(':').map(|(_, password)| password);
    let is_login = name.contains(':') || text.len() > 1 && !text.contains('/') && password.is_some();
    // Another option, a mapping of ports; mysql has its password without a blank.
    let blank = !found.matched().ends_with('p');
    let fits = match *tool {
        "curl" => is_login && !password.is_some_and(|it| !it.is_empty() && is_placeholder(it, None)),
        "mysql" => !blank,
        _ => true,
    };
    (fits && !text.starts_with('-')).then_some(value)
}

/// Where a value ends behind which a password has quotes of its own: `"maria":"x"`.
fn behind_password(text: &str, end: usize) -> usize {
    let rest = text
        .get(end..text.ceil_char_boundary(end + 256))
        .unwrap_or_default();
    let password = ["\":\"", "':'"]
        .iter()
        .find_map(|quotes| rest.strip_prefix(quotes));
    let password = password.and_then(|rest| rest.split(['"', '\'', '\n']).next());
    end + password.map_or(0, |password| 3 + password.len())
}

/// A text of SQL, in which a quote stands twice.
fn in_quotes(found: &Found<'_>) -> Option<Range<usize>> {
    let text = found.after().strip_prefix('\'')?;
    let text = &text[..text.floor_char_boundary(LONGEST_VALUE)];
    let mut end = 0;
    loop {
        end += text[end..].find(['\'', '\n']).unwrap_or(text.len() - end);
        if !text[end..].starts_with("''") {
            return hide(found.place.end + 1, &text[..end]);
        }
        end += "''".len();
    }
}

/// What is long and has a digit: programs name their sessions too.
fn session(found: &Found<'_>) -> Option<Range<usize>> {
    let value = value(found)?;
    let text = found.text.get(value.clone())?;
    (text.len() >= 20 && (has_digit(text) || text.len() > 64)).then_some(value)
}

fn in_jwt(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '=')
}
