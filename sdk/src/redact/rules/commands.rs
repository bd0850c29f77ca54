//! What lets somebody in, told by how a program is asked: `--password x`, `curl -u`.

use std::ops::Range;

use super::assigned::assigned_token;
use super::pieces::quoted;
use super::placeholder::is_placeholder;
use super::programs::How::{Joined, Login, Word};
use super::programs::taken_by;
use super::statements::near;
use super::value::value;
use super::{Entry, hide};
use crate::redact::rule::{Found, Secret, is_word, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: concat!(
            r"-(?i-u:(?:store|key)?pass(?:word|wd|phrase|in|out)?|secret|token",
            r"|(?:api|app|access|auth|client|private|refresh)[_\-]?token|(?:api|access|secret|auth|private)[_\-]?key)[ \t]{1,3}",
        ),
        secret: Secret::By(argument),
        examples: &[
            "run --password «{a8}» --verbose",
            "cli --api-key «{a16}»",
            "x --auth-token «{a15}7»",
            "java -jar x.jar --accessToken «{a15}7» --uuid 5",
            "--passphrase «{a8}» x",
            "aws --secret-key «{b40}»",
            "cli --api_key «{a16}» --client_id x",
            "keytool -storepass «{a8}» -alias x",
            "openssl req -passin «pass:{a8}» -new",
        ],
        harmless: &[
            "--token --verbose",
            "usage: --password <PASSWORD>",
            "--token [TOKEN]",
            "--token must be set, -token limit reached",
            "the --password option",
            "openssl req -passin env:PASS -passout file:x",
        ],
        source: "how command lines pass what `password=` passes",
    },
    Entry {
        name: "secret",
        pattern: concat!(
            r#"[ \t"'](?:-(?:-(?:user|auth)(?:=|[ \t]{1,3}|["'],)"#,
            r#"|(?:pw[ \t]|(?:[aNpPUw]|[fgikLNOsSvX]{0,5}u)(?:["'],|[ \t])?))|/r?p[: ])"#,
        ),
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
            "mariadb-dump -p'«{a8} {a4}»' db",
            "curl -sSLu «maria:{a8}» https://example.org",
            "curl -fsSLu «maria:{a8}» https://example.org",
            "curl -sSNOgu «maria:{a8}» https://example.org",
            "curl -H \"Content-Type: application/json; charset=utf-8\" -u «maria:{a8}» https://example.org",
            "curl -b 'a=1; b=2' -d \"it's x & y\" -u «maria:{a8}» https://example.org",
            r#"{"cmd":"curl -b \"a=1; b=2\" -u «maria:{a8}» https://example.org"}"#,
            "mysql -u root -e \"show tables; select 1\" -p«{a8}» db",
            "sh -c \"echo x; mysql -e 'select 1; select 2' -p«{a8}» db\"",
            "mysqlimport -u root -p«{a8}» db",
            "mysqlbinlog -u root -p«{a8}» x.000001",
            "mysqlsh -u root -p«{a8}» --sql",
            "http --auth «maria:{a8}» example.org",
            "C:\\Program Files\\7-Zip\\7z.exe a \"-p«{a8} {a4}»\" x.7z",
            "unzip -P «{a8}» x.zip",
            "docker login -u maria -p «{a8}» registry.example.org",
            "ldapsearch -x -D cn=maria -w «{a8}» -b dc=example",
            "smbclient //server/x -U «maria%{a8}»",
            "plink.exe -ssh maria@host -pw «{a8}» ls",
            "sqlcmd -S server -U sa -P \"«{a8} {a4}»\"",
            "security add-generic-password -a maria -s x -w «{a8}»",
            "xfreerdp /u:maria /p:«{a8}» /v:host",
            "schtasks /create /ru maria /rp «{a8}» /tn x",
            "PsExec64.exe \\\\server -u maria -p «{a8}» cmd",
        ],
        harmless: &[
            "sort -u notes.txt",
            "docker run -u 1000:1000 -p 80:80",
            "tar -a x",
            "curl -u maria",
            "curl -u ':' https://example.org",
            "curl --user $USER:$PASSWORD",
            "docker run --name mongo -p 27017:27017 mongo",
            "unzip x.zip && scp -P 2222 y host",
            "unzip \"x y.zip\"; scp -P 2222 \"a; b\" host",
            "sh -c 'unzip x.zip; scp -P 2222 y host'",
            "login of maria, then ssh -p 2222 host",
            "see x.7z -p1, https://example.org -a maria:x",
        ],
        source: "the manuals of the programs",
    },
];

/// Where openssl takes a password from.
const SOURCES: [&str; 4] = ["env:", "file:", "fd:", "stdin"];

fn argument(found: &Found<'_>) -> Option<Range<usize>> {
    let option = run_back(found.before(), 32, |letter| is_word(letter) || letter == '-');
    let is_option = option.is_empty() || option.starts_with('-');
    let is_elsewhere = SOURCES.iter().any(|source| found.after().starts_with(source));
    if !is_option || is_elsewhere || found.after().starts_with('-') {
        return None;
    }
    if found.matched().contains("oken") {
        assigned_token(found)
    } else {
        value(found)
    }
}

fn tool_argument(found: &Found<'_>) -> Option<Range<usize>> {
    if found.after().starts_with('-') {
        return None;
    }
    let matched = found.matched();
    let option = matched.trim_matches([' ', '\t', '=', '"', '\'', ',', ':']);
    // Several in one: `-sSu`.
    let option = if option.starts_with("--") || !option.ends_with('u') {
        option
    } else {
        "-u"
    };
    let at = near(found).len();
    let command = found.text.get(found.place.start - at..found.place.end)?;
    let how = taken_by(command, at, option)?;
    let mut value = match matched.chars().next().filter(|quote| "\"'".contains(*quote)) {
        // All of the argument is in quotes: `"-px y"`.
        Some(quote) if matched.ends_with(option) => hide(
            found.place.end,
            quoted(found.after(), quote.encode_utf8(&mut [0; 4])),
        )?,
        _ => value(found)?,
    };
    value.end = behind_password(found.text, value.end);
    let text = found.text.get(value.clone())?;
    let fits = match how {
        Word => !is_ports(text),
        Joined => matched.ends_with(option),
        // What stands before quotes is the name: `maria:'x'`.
        Login(mark) => match text.split_once(mark) {
            Some((_, password)) => {
                text.len() > 1
                    && !text.contains('/')
                    && (password.is_empty() || !is_placeholder(password, None))
            }
            None => found.text.get(found.place.end..value.start)?.contains(mark),
        },
    };
    (fits && !text.starts_with('-')).then_some(value)
}

/// Whether these are the ports of a computer and of what runs in it: `8080:80`.
fn is_ports(text: &str) -> bool {
    text.contains(':')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b":.".contains(&byte))
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
