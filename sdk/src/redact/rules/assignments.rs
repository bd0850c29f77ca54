//! What lets somebody in, told by the name that it is given: `password=`, `"token":`, `psk=`.

use std::ops::Range;

use super::bytes::bytes;
use super::inside::Inside;
use super::opening::Opening;
use super::phrase::phrase;
use super::placeholder::looks_secret;
use super::value::{is_equals, separator, value, value_behind};
use super::{Entry, has_digit, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, Secret, at_name, is_word, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:pass_?w(?:or)?ds?|pswd|pass[_\-]?phrase|pwd|passcode|secret|secret_key_base|credentials?|creds|_pass",
            r"|(?:admin|db|ftp|http|imap|login|mail|mqtt|proxy|smtp|wifi)pass|(?:api|access|private)[.]key|contribsys__com|key_?material|key content|product key",
            r"|(?:api|app|access|account|auth|private|encryption|signing|shared|master|project|reply|licen[cs]e|storage|webhook",
            r"|function|subscription|session|consumer|client|activation|stream|wep|hmac|aes|deploy)[_\- ]?key",
            r")(?i-u:s|[_\-]?(?:id|key|value|hash|token|text|b64|base64|confirm(?:ation)?|new|old|repeat|[0-9]{1,3})|[_\- ]?string)?",
            separator!(),
        ),
        secret: Secret::Named(assigned),
        examples: &[
            "password=«hunter2»",
            "DB_PASSWORD=«{a12}» ./run",
            r#"{"password": "«correct horse»", "x": 1}"#,
            r#"{\"client_secret\":\"«{a24}»\"}"#,
            r#"{"log":"{\"msg\":\"{\\\"password\\\":\\\"«{a8}»\\\",\\\"x\\\":1}\"}"}"#,
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
            "map[password:[«{d6}7»] user:[maria]]",
            "passwords: [«{d6}1, {d6}1»], x",
            r#"{"password":[«{d6}12»]}"#,
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
            "\"ProxyPass\"=\"«{a8}»\"",
            "api.key=«{a8}»",
            "DefaultPassword    REG_SZ    «{a7}1»",
            "- name: DB_PASSWORD\n  value: «{a7}1»",
            "passphrase: >-\n  «{a4} {a8} {a4}»\nnext: x",
            "api_key,«{a19}7»,",
            "['mysql', '--password', '«{a7}1»']",
            "password_confirmation=«{a8}»&x=1",
            r#"{"passwordConfirm":"«{a8}»","x":1}"#,
            "pass_word: «{a8}»",
            "Ocp-Apim-Subscription-Key: «{h32}»",
            "consumer_key=«{a12}»",
            "license key: «{u5}-{u5}-{d5}»",
            "Product Key : «{u5}-{u5}-{u4}7-{u5}-{u5}»",
            "SECRET_KEY_BASE='«{h32}»'",
            "pass-phrase: \"«{a4} {a8}»\"",
            "wep_key0=\"«{a5}»\"",
            "<keyMaterial>«{a4} {a8}»</keyMaterial>",
            "    Key Content            : «{a8}»\n",
            r#"{"log":"{\\\"password\\\":\\\"«{a8}»\\\"}\n"}"#,
            r#""{\\\\\\\"password\\\\\\\":\\\\\\\"«{a8}»\\\\\\\"}""#,
            "<key>Password</key>\n\t<string>«correct horse»</string>",
            "<password><![CDATA[«{a8} {a4}»]]></password>",
            "<password>«correct horse»</password>",
            "form-data; name=\"password\"\r\n\r\n«correct horse»\r\n--x",
            r#"name=\"user[password]\"\r\n\r\n«{a8}»\r\n--x"#,
            "INSERT password='«it''s {a8}»', x='1'",
            r#"{"password":["«{a8}","{a8}»"],"x":["y"]}"#,
            "passwords: [«{a7}1, {a7}1»]",
            "x\nPassword: «{a7}1 {a4} battery»\nuser: maria",
            r#"{"Key":"DB_PASSWORD","Value":"«{a8}»"}"#,
            r#"QMap(("password", QVariant(QString, "«{a7}1»"))("x", 1))"#,
            r#"{"passwords": {"db": "«{a8}", "mail": "{a8}»"}, "x": {"y": "z"}}"#,
            r#"{\"credentials\":{\"user\":\"maria\",\"key\":\"«{a8}»\"},\"x\":\"y\"}"#,
            r#"{"secrets":[{"name":"db","value":"«{a8}"},{"name":"x","value":"{a8}»"}]}"#,
            "password: !!binary «{a11}=»\nx",
            "secret={api=«{a8}, db={a8}»} x",
            "2026-11-21 10:00:00 [x] password: «{a7} horse battery staple»",
            r#"{"msg":"password: «{a7} dog is brown»","x":1}"#,
            "Password: «the {a7} is not brown»\nx",
            "INFO passphrase: «{a7} horse battery staple of the ten blue birds»\nx",
            "passphrase=«{a7} horse» user=maria",
            "Server=db;Pwd=«{a4} {a4}»;Database=x",
            "Pwd=«{a4} {a4}»;",
            "{\n  \"password\":\n    \"«{a8}»\"\n}",
            "password:\r\n  «{a8}»\r\nuser: maria",
            "\"passwords\":\n{\n  \"db\": \"«{a8}»\"\n}",
            "secrets: [«{a7}1, {a7}1»] x",
            "map[password:map[db:«{a8} mail:{a8}»] user:maria]",
            "API_KEYS=«{a15}7»",
            r#"{"api_keys":"«{a15}7»","JWT_SECRETS":3}"#,
            "JWT_SECRETS=«letmein» ./run",
            "api keys: «{a15}7»",
            "login failed with password=«letmein»: access denied",
            "Password: «correcthorse»: rejected",
            "Invalid credentials: «maria / {a6}7» at x",
            "credentials: Credentials { user: \"maria\", key: Some(\"«{a8}»\") }, x: \"y\"",
            "SigningKey { secret_key: [«157, 97, {d2}, 3, 0, 255»], x: 1 }",
            "SigningKey {\n    secret_key: [\n        «157,\n        {d2},\n        3»,\n    ],\n    x: 1,\n}",
            "secret: Zeroizing([«0x9d, 0x{h2}, 0x0»])",
            "secret: SecretVec(\n    [\n        «157,\n        {d2},\n        3»,\n    ],\n)",
            "{User:maria Password:[«104 1{d2} 110»]}",
            "Password:[]uint8{«0x68, 0x{h2}, 0x6e»}, x",
            "password: <Buffer «68 {h2} 6e»>, x",
            "secretKey: Uint8Array(8) [\n    «157,  97, {d2},\n    12,  13, 14»\n  ],\n  x: 1",
            "secretKey=[«-99, {d2}, -79»], user=maria",
            "private_key: PrivateKey { bits: 256, bytes: [«157, {d2}, 3»] }, x",
            "{ name: 'password', value: '«{a8}»' }",
            "Header{name='X-Api-Key', value='«{a8}»'}",
            "[name=password, value=«{a8}»]",
            "[\"password\":protected]=>\n  string(8) \"«{a8}»\"",
            "[\"password\":\"App\\User\":private]=>\n  string(8) \"«{a8}»\"",
            "    [password:App\\User:private] => «{a8}»\n",
            "#{password => <<\"«{a8}»\">>, x => 1}",
            "[{<<\"password\">>,<<\"«{a8}»\">>}], #{x => 1}",
            "#{<<\"secret\">> => <<\"«{a8}»\">>}",
            "http.Header{\"X-Api-Key\":[]string{\"«{a12}\", \"{a12}»\"}, \"Accept\":[]string{\"*/*\"}}",
            "[AnyHashable(\"password\"): \"«{a8}»\", AnyHashable(\"x\"): 1]",
            "[password, «{a7}1»], [user, maria]",
            "{user=maria, password=«{a8}»}，耗时 3ms",
            "password:«{a8}»，登录成功",
            "登录参数 username：maria，password：«{a8}»",
            "secret＝«{a8}»",
            "password\u{a0}=\u{a0}«{a8}»",
            "password:\u{3000}«{a8}»",
            "\"secret\": {\n    \"id\": 42,\n    \"of\": {\n      \"db\": \"«{a8}»\"\n    }\n  },\n  \"x\": \"y\"",
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
            "license key: MIT, storage key: users/42",
            "type your \"password\"\n\nand press enter",
            "passwords: 12, 3 of them weak, passwords: [12, 3]",
            r#"{"credentials": {"mode": "same-origin"}, "password": {"type": "string", "required": true, "min": 8}}"#,
            r#"{"errors":{"password":{"path":"password","message":"Path `password` is required."}}}"#,
            r#"{"password":["is too short"]}"#,
            "secrets: 3 loaded, secrets: loaded, api_keys=12 secrets: 20261122",
            "Password: must be long, password: wrong for the user",
            "password:\n  user: maria\n  x: y",
            "Password:\n    please type it again\nPassword:\n\tjava.lang.NullPointerException",
            "Password:\n[2026-11-22T10:00:00Z] \"x\"",
            "password: 不能为空，请重新输入, password: 请输入8位密码, password: 필수 항목",
            "passwords: [12, 8, 9], password lengths: [8, 12, 16], password: [8, 12]",
            "[password:protected] => \n    [name] => x, [\"password\":\"User\":private]=>\n  NULL",
            "sort by password, value: 5, columns: name, password, value=3",
            "[password, text2, mail], [password, mail], password: [], x1y2z3: [], \"password\": []string{}, y: []string(nil)",
            "login failed (bad \"password\"): try 5",
            "password：不能为空，password：（必填）",
        ],
        source: "the key names that gitleaks and secretlint look for",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r"(?i-u:token|session[_\-]?id|sessid|sessionkey|csrf|otp|(?:device|user)_code",
            r"|(?:activation|licen[cs]e|invit(?:e|ation)|recovery|backup|verification|redeem)[_\- ]?codes?)(?i-u:s|[_\-]?(?:id|value|[0-9]{1,3})|[_\- ]?string)?",
            separator!(),
        ),
        secret: Secret::Named(assigned_token),
        examples: &[
            r#""token": "«s3cr3t»""#,
            "accessToken：«{a8}7»，已过期",
            "token: [«0x12, 0x{h2}, 0x56»]",
            "access_token=«{a32}»&x=1",
            "refresh_token: «{a24}7»",
            "PHPSESSID=«{h26}»",
            r#"{"session_id":"«{h16}»"}"#,
            "PRIVATE-TOKEN: «abcdefgh»",
            r#"{"accessToken":"«letmein»"}"#,
            r#"{"MY_TOKEN":"«letmein»"}"#,
            "GET /download?token=«abcd» HTTP/1.1",
            "tokenId=«{a11}7»",
            "token_value: «{a11}7»",
            "activation_code=«{u4}-{u4}-{u4}»",
            "verification code: «{d6}»",
            r#"{"user_code":"«{u4}-{u4}»"}"#,
            "{:token=>{:access=>\"«{a15}7»\"}, :x=>\"y\"}",
            "\"token\":\n[\n  \"«{a15}7»\"\n]",
            "auth_tokens: «{a15}7»",
            "AUTH_TOKENS=«{a15}7»",
            "backup_codes=«{a4}-{d4}»",
            "backup codes: «{d8}»",
            r#"{"tokens":{"access":"«{a15}7","refresh":"{a15}7»"},"x":"y"}"#,
            r#"{"token":{"type":"Bearer","expires":3600,"value":"«{a15}7»"},"x":"y"}"#,
        ],
        harmless: &[
            "Unexpected token: identifier",
            "recovery code: none, backup codes: 10, invitation code: wrong",
            "max_token: 4096",
            "tokens: [101, 12, 102], token: [101, 7592, 2003, 1996, 102], token: [1, 2]",
            "token：已过期请重新登录，token：无",
            "token: none",
            "token = 5",
            "tokens: 123456789",
            "io.jsonwebtoken:jjwt-api-0.11.2",
            "token: T_STRING_VARIABLE",
            "invalid_token: expected, next_token: identifier, INVALID_TOKEN: expected",
            "auth_token: missing, access token: granted",
            r#"{"tokens":{"prompt":1200,"model":"example-large-2026"}}, tokens: ["the", "quick", "brown", "fox", "jumps"]"#,
        ],
        source: "the key names that gitleaks and secretlint look for",
    },
    Entry {
        name: "secret",
        pattern: at_name!("(?i-u:pass|(?:bind|root|db|user)?pw|psk)", separator!()),
        secret: Secret::Named(assigned_short),
        examples: &[
            "&pass=«hunter»&x=1",
            r#"{"pass": "«hunter»"}"#,
            "to=%2Fx%3Fv%3D1%26pass%3D«{a8}»%26w",
            "bindpw = «{a9}7»",
            "pw=«{a8}»",
            "psk=\"«correct horse»\"",
            "wpa_psk: «{a9}7»",
            "[wifi-security]\npsk=«{a4} {a8} {a4}»\nx=1",
            "user:maria, pass: «{a9}7»",
            "pass: «hunter2», pw=2",
            "user: maria, pw: «hunter2!»",
            "cmdkey /add:server /user:maria /pass:«hunter»",
            "cmdkey /pass:\"«{a4} {a4}»\" /add:server",
        ],
        harmless: &[
            "render pass: shadow, see first/pass: shadow",
            "render pass: bloom2, see first/pass: bloom2, pass: 2nd5x7",
            "pass=2, pass 3: 15 ms",
            "test result: pass, 5 ignored",
            "[WPA2-PSK-CCMP], PSK identity: None",
        ],
        source: "OpenLDAP's bindpw, wpa_supplicant's psk, and short names of passwords",
    },
    Entry {
        name: "secret",
        pattern: at_name!("(?i-u:session|sid|s?apisid|remember_?me)", separator!()),
        secret: Secret::By(session),
        examples: &[
            "_gitlab_session=«{h31}1»",
            "sid: «{h25}1»",
            "sid=«{d3}abc{h6}»",
            r#"{"session":"«{h31}1»"}"#,
            r#"{"name":"SAPISID","value":"«{a9}/{a7}7»"}"#,
            "remember_me=«{h16}1»",
        ],
        harmless: &[
            "session: 42 opened",
            "session=notes-2026",
            "pam_unix(sshd:session): session opened for user root(uid=0)",
            "SSID: our-network-of-notes-2",
            "remember_me=on, remember_me: true",
        ],
        source: "the names of sessions in Express and Rails",
    },
];

/// A name of two words is mostly one of a sentence: `storage key: users/42`.
fn assigned(found: &Found<'_>) -> Option<Range<usize>> {
    if let Some(bytes) = bytes(found) {
        return Some(bytes);
    }
    let opening = Opening::of(found);
    if let Some(inside) = Inside::of(found, &opening) {
        return inside.secrets(|_| true);
    }
    let value = value_behind(found, &opening)?;
    let text = found.text.get(value.clone())?;
    if is_said_of_several(found, &value) {
        return None;
    }
    let is_count = found.matched().contains("words") && text.parse::<u16>().is_ok();
    let is_said = found
        .matched()
        .split(' ')
        .nth(1)
        .is_some_and(|word| word.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("key")));
    (!is_count && (!is_said || looks_secret(text)))
        .then(|| value.start..value.end + phrase(found, &value).len())
}

/// Whether the name is that of several, and without a bracket a word stands behind it, or how many there are.
fn is_said_of_several(found: &Found<'_>, value: &Range<usize>) -> bool {
    let name = run(found.matched(), 64, |letter| {
        is_word(letter) || matches!(letter, '-' | ' ')
    });
    let name = name.trim_end().to_ascii_lowercase();
    let are_codes = name.ends_with("codes");
    let are_several = are_codes
        || ["secrets", "tokens", "keys"]
            .iter()
            .any(|several| name.ends_with(several));
    let text = found.text.get(value.clone()).unwrap_or_default();
    let is_count = !are_codes && text.bytes().all(|byte| byte.is_ascii_digit());
    let before = found.text.get(..value.start).unwrap_or_default();
    let is_word = !looks_secret(text) && !before.ends_with(['=', '"', '\'']);
    are_several && (is_count || is_word)
}

/// Without an equals sign (also `%3D`) or quotes these names say little, but for an option of Windows: `/pass:x`.
fn assigned_short(found: &Found<'_>) -> Option<Range<usize>> {
    if let Some(bytes) = bytes(found) {
        return Some(bytes);
    }
    let value = value(found)?;
    // A line of its own, as NetworkManager writes it: what is in no quotes may have blanks.
    if found.matched() == "psk=" && value.start == found.place.end && found.before().ends_with('\n') {
        let line = run(found.after(), LONGEST_VALUE, |letter| {
            !matches!(letter, '\r' | '\n')
        });
        return hide(value.start, line.trim_end());
    }
    let text = found.text.get(value.clone())?;
    let is_option = found.before().ends_with('/') && !found.after().starts_with(' ');
    let is_assigned = is_option || is_equals(found.matched()) || found.matched().contains(['"', '\'']);
    let is_count = text.len() < 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_assigned && !is_count || looks_secret(text) || is_noted(found, text)).then_some(value)
}

/// Whether this is a word with a digit, and the name no part of a longer one: `render pass: bloom2`.
fn is_noted(found: &Found<'_>, text: &str) -> bool {
    let before = found.before();
    let name = before.trim_end_matches([' ', '\t']);
    let is_part = if name.len() < before.len() {
        name.ends_with(char::is_alphabetic)
    } else {
        name.ends_with(['_', '-', '/'])
    };
    let is_made = text
        .chars()
        .all(|letter| letter.is_alphanumeric() || "!@#$%^&*?".contains(letter));
    let is_word = text.starts_with(char::is_alphabetic) && has_digit(text) && text.len() >= 6;
    is_word && is_made && !is_part
}

/// Words are no tokens, nor are small numbers: parsers and language models have both.
pub(super) fn assigned_token(found: &Found<'_>) -> Option<Range<usize>> {
    // Packages that deal with them have it in their names.
    if found.before().ends_with("jsonweb") {
        return None;
    }
    if let Some(bytes) = bytes(found) {
        return Some(bytes);
    }
    let opening = Opening::of(found);
    if let Some(inside) = Inside::of(found, &opening) {
        return inside.secrets(looks_secret);
    }
    let value = value_behind(found, &opening)?;
    let text = found.text.get(value.clone())?;
    if is_said_of_several(found, &value) {
        return None;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = digits == 0 && text.len() < 20 && !text.contains(['-', '_', '.', '/', '+']);
    let is_constant = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let is_in = lets_in(found) || is_setting(found) && !is_constant;
    let word = (is_plain || is_constant) && (text.len() < 6 || !is_in);
    let number = digits == text.len() && digits < 6;
    let is_secret = !word && !number || is_parameter(found);
    (text.len() >= 4 && is_secret).then_some(value)
}

/// Whether it is all of a parameter's name: `?token=`.
fn is_parameter(found: &Found<'_>) -> bool {
    found.before().ends_with(['?', '&']) && found.matched().eq_ignore_ascii_case("token=")
}

/// Whether it ends the name of a variable that is set: `MY_TOKEN=`, `"MY_TOKEN":`.
fn is_setting(found: &Found<'_>) -> bool {
    let name = found.matched();
    found.before().ends_with('_') && name.starts_with("TOKEN") && name.contains(['=', '"'])
}

/// What stands before `token` where no parser or model has such.
const LETS_IN: [&str; 14] = [
    "access", "api", "auth", "bearer", "bot", "csrf", "deploy", "oauth", "personal", "private", "refresh",
    "security", "session", "xsrf",
];

/// Whether the name says that the token lets somebody in: `PRIVATE-TOKEN`.
fn lets_in(found: &Found<'_>) -> bool {
    let name = run_back(found.before(), 24, |letter| {
        letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-')
    });
    let name = name.trim_end_matches(['_', '-']).to_ascii_lowercase();
    LETS_IN.iter().any(|kind| name.ends_with(kind))
}

/// What is long and has a digit, or is shorter and all letters and digits: programs name their sessions too.
fn session(found: &Found<'_>) -> Option<Range<usize>> {
    let value = value(found)?;
    let text = found.text.get(value.clone())?;
    let word = run(text, 64, |letter| letter.is_ascii_alphanumeric());
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_mixed = word.len() >= 12 && (3..word.len() - 2).contains(&digits);
    let is_long = text.len() >= 20 && has_digit(text) || text.len() > 64;
    // Nobody else has these names.
    let name = found.matched().to_ascii_lowercase();
    let is_cookie = ["apisid", "remember"].iter().any(|known| name.contains(known)) && looks_secret(text);
    (is_mixed || is_long || is_cookie).then_some(value)
}
