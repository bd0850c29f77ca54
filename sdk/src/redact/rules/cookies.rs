//! Cookies: in a header, in a list of them, and as programs show one.

use std::ops::Range;

use super::headers::Header;
use super::inside::Inside;
use super::opening::Opening;
use super::pieces::{bare, quote, quoted};
use super::placeholder::is_placeholder;
use super::value::separator;
use super::{Entry, hide};
use crate::redact::rule::{Found, Secret, is_word, run};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "cookie",
        pattern: concat!("(?i-u:cookie2?)", separator!()),
        secret: Secret::Named(cookie),
        examples: &[
            "Cookie: «session={a20}; theme=dark»",
            "Set-Cookie: «sid={h32}; Path=/; HttpOnly»\r\n",
            r#""cookie":"«a=b»","x":1"#,
            r#"{"name":"Cookie","value":"«sid={h32}»"}"#,
            "(b'Set-Cookie', b'«sid={h32}; Path=/»')",
            "Cookie:[«a=b»]",
            r#""Set-Cookie": ["«a=b; Path=/", "sess={a12}; HttpOnly»"], "x": ["y"]"#,
            "'set-cookie': [ '«sid={a12}; Path=/', 'auth={a12}; Secure»' ]",
            "\"set-cookie\": [\n    \"«sid={a12}; Path=/\",\n    \"auth={a12}»\"\n  ],",
            r#"{\"Set-Cookie\":[\"«a=b\",\"sess={a12}»\"]}"#,
            "Set-Cookie2: «id={a12}; Version=1»",
            "Cookie: «a=b;\r\n sid={a12}»\r\nHost: x",
            "  Cookie: «sid={a12};»\n  Host: x",
            "Cookie: «sid={a12}»\n\tat x",
        ],
        harmless: &[
            "cookie: enabled; theme=dark",
            "Set-Cookie: none",
            "cookies: 5",
            "no cookie, code=5",
        ],
        source: "RFC 6265, sections 4.1 and 4.2",
    },
    Entry {
        name: "cookie",
        pattern: concat!("(?i-u:cookies)", separator!()),
        secret: Secret::By(cookies),
        examples: &[
            r#""cookies":[{"name":"SSID","value":"«{a17}","path":"/"},{"name":"x.Identity","value":"CfDJ8{a20}»"}],"x":"y""#,
            "\"cookies\": [\n  {\n    \"name\": \"auth\",\n    \"value\": \"«{a12}»\"\n  }\n],\n\"x\": \"y\"",
            r"request cookies: {'csrftoken': '«{a12}', 'auth': '{a12}»'}, 'x'",
            r#"{\"cookies\":[{\"name\":\"a\",\"value\":\"«{a12}»\"}]}"#,
        ],
        harmless: &[
            "cookies: 5, cookies=enabled, cookies: [], cookies: {}",
            r#"{"cookies":{"enabled":true,"count":12},"cookies":[]}"#,
        ],
        source: "the HAR format, and how browsers that are driven by programs and frameworks list them",
    },
    Entry {
        name: "cookie",
        pattern: r"(?i-u:cookie)[\[{(]name=",
        secret: Secret::By(cookie_of_code),
        examples: &[
            "Cookie[name=auth, value=«{a16}»]",
            "[Cookie{name='x', value='«{a16}»', path='/'}]",
        ],
        harmless: &["Cookie[name=auth, path=/]", "Cookie[name=auth, value=]"],
        source: "how classes of Java show a cookie",
    },
];

fn cookie(found: &Found<'_>) -> Option<Range<usize>> {
    let header = Header::of(found)?;
    let name = run(header.rest, 128, |letter| {
        is_word(letter) || matches!(letter, '.' | '-')
    });
    header.rest[name.len()..]
        .starts_with('=')
        .then(|| hide(header.start, header.value()))
        .flatten()
}

/// Each of them, or the values of all that stand here with their names.
fn cookies(found: &Found<'_>) -> Option<Range<usize>> {
    Inside::of(found, &Opening::of(found))?.secrets(|_| true)
}

/// What stands behind a cookie's name in the same brackets.
fn cookie_of_code(found: &Found<'_>) -> Option<Range<usize>> {
    let near = run(found.after(), 256, |letter| !"\r\n]})".contains(letter));
    let start = near.find("value=")? + "value=".len();
    let rest = &found.after()[start..];
    let mark = quote(rest).unwrap_or_default();
    let value = match mark {
        "" => bare(rest, false),
        mark => quoted(&rest[mark.len()..], mark),
    };
    (!is_placeholder(value, None))
        .then(|| hide(found.place.end + start + mark.len(), value))
        .flatten()
}
