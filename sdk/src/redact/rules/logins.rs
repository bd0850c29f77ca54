//! What lets somebody in, told by the address that it stands in: `https://user:password@host`.

use std::ops::Range;

use super::opening::Opening;
use super::value::separator;
use super::{Entry, hide};
use crate::redact::rule::{Found, Secret, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "login",
        pattern: r"(?::(?:\\{0,2}/){2}|%3[Aa]%2[Ff]%2[Ff])",
        secret: Secret::By(login),
        examples: &[
            "postgres://«maria:{a12}»@db.example.org:5432/notes",
            "https://«{a20}»@example.org/x",
            "redis://«:p%40ss»@cache/0",
            "mysql://«maria:p@ss:{a6}»@db.example.org/x",
            "postgres://«maria:p/s#{a6}»@db.example.org:5432/x",
            r"https:\/\/«maria:{a8}»@example.org\/x",
            "ftp%3A%2F%2F«maria%3A{a8}»%40example.org%2Fx",
        ],
        harmless: &[
            "ssh://git@example.org/x",
            "https://example.org/@maria",
            "https://example.org?to=@x",
            "http://localhost:8080/@maria",
            "http://[::1]:80/@x",
        ],
        source: "RFC 3986, section 3.2.1",
    },
    Entry {
        name: "login",
        pattern: concat!("(?i-u:proxy)", separator!()),
        secret: Secret::By(proxy),
        examples: &[
            "HTTP_PROXY=«maria:{a8}»@proxy:3128",
            r#""proxy": "«maria:{a8}»@proxy.example.org:3128""#,
        ],
        harmless: &["proxy: maria@proxy", "proxy=host:80", "proxy: direct, to=a:b @x"],
        source: "how programs take an address without its scheme",
    },
    Entry {
        name: "login",
        pattern: r"@(?:tcp6?|unix)\(",
        secret: Secret::By(before_protocol),
        examples: &[
            "dsn: «maria:{a8}»@tcp(10.0.0.5:3306)/notes",
            "DSN=\"«maria:p@{a8}»@unix(/run/x.sock)/notes\"",
        ],
        harmless: &["user@tcp(10.0.0.5:3306)/notes", "@tcp(10.0.0.5)"],
        source: "the page of Go's driver for MySQL",
    },
];

/// Whether a server's address ends with its port, or has none.
fn has_port(address: &str) -> bool {
    match address.rsplit_once(':') {
        Some((_, port)) => port.bytes().all(|byte| byte.is_ascii_digit() || byte == b']'),
        None => true,
    }
}

/// A login without the scheme that mostly stands before it.
fn proxy(found: &Found<'_>) -> Option<Range<usize>> {
    let opening = Opening::of(found).length;
    let text = found.after().get(opening..)?;
    let near = text.get(..text.floor_char_boundary(128))?;
    if !near.contains('@') {
        return None;
    }
    let address = run(near, 128, |letter| {
        !letter.is_whitespace() && !matches!(letter, '/' | '"' | '\'' | '<' | '>' | ',')
    });
    let (login, _) = address.rsplit_once('@')?;
    login
        .contains(':')
        .then(|| hide(found.place.end + opening, login))
        .flatten()
}

/// The login before the protocol of a database's address.
fn before_protocol(found: &Found<'_>) -> Option<Range<usize>> {
    let before = found.text.get(found.floor..found.place.start)?;
    let login = run_back(before, 128, |letter| {
        !letter.is_whitespace() && !matches!(letter, '"' | '\'' | '=')
    });
    login
        .contains(':')
        .then(|| found.place.start - login.len()..found.place.start)
}

fn login(found: &Found<'_>) -> Option<Range<usize>> {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '<' | '>');
    let (slash, at) = if found.matched().starts_with('%') {
        ("%2", "%40")
    } else {
        ("/", "@")
    };
    let text = found.after();
    let text = text[..text.floor_char_boundary(1024)].split(slash).next()?;
    let authority = run(text, 1024, |letter| !ends(letter) && !matches!(letter, '?' | '#'));
    // The last one: passwords with an `@` of their own are in use. What stands where a port does and is none is the start
    // of one with a slash.
    let login = match authority.rfind(at) {
        Some(end) => &authority[..end],
        None if has_port(authority) => return None,
        None => {
            let address = run(found.after(), authority.len() + 64, |letter| !ends(letter));
            &address[..address.find(at)?]
        }
    };
    (login != "git").then(|| hide(found.place.end, login)).flatten()
}
