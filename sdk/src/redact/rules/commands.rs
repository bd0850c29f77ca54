//! What lets somebody in, told by how a program or a server is asked: `--password x`, `curl -u`, `PASS x`, netrc, SQL.

use std::ops::Range;

use super::assignments::assigned_token;
use super::placeholder::is_placeholder;
use super::value::{bare, quoted, value};
use super::{Entry, hide};
use crate::redact::rule::{Found, LONGEST_VALUE, Secret, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "secret",
        pattern: r"(?-u:\b)PASS[ ]",
        secret: Secret::By(command),
        examples: &[
            "> USER maria\n> PASS «{a8}»\n",
            "Command: PASS «{a8} {a4}»",
            "USER maria\r\n331 ok\r\nPASS «{a8}»\r\n",
        ],
        harmless: &["PASS src/store.test.js", "--- PASS: TestStore", "> PASS ****"],
        source: "RFC 959, section 4.1.1; RFC 1939, section 7",
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
        secret: Secret::By(stated),
        examples: &[
            "CREATE USER anna IDENTIFIED BY '«{a8}»'",
            "ALTER USER anna IDENTIFIED WITH mysql_native_password BY '«{a8}»'",
            "ALTER ROLE anna WITH ENCRYPTED PASSWORD '«{a8}'' {a8}»' VALID UNTIL 'infinity'",
            "OPTIONS (user 'anna', password '«{a8}»')",
            "machine example.org login maria password «{a8}»",
            "machine example.org\n\tlogin maria\n\tpassword «{a8}»\n",
        ],
        harmless: &[
            "the password is 'wrong'",
            "identified by its hash",
            "login failed, password is wrong",
        ],
        source: "the statements of MySQL and PostgreSQL, and the manual of netrc",
    },
];

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

/// What stands before a find, as far as a program's name or that of a person is looked for.
fn near<'t>(found: &Found<'t>) -> &'t str {
    let before = found.before();
    &before[before.ceil_char_boundary(before.len().saturating_sub(200))..]
}

fn tool_argument(found: &Found<'_>) -> Option<Range<usize>> {
    let near = near(found);
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

/// A text of SQL in quotes, or a word behind that of who logs in.
fn stated(found: &Found<'_>) -> Option<Range<usize>> {
    let text = found.after();
    if let Some(text) = text.strip_prefix('\'') {
        return hide(found.place.end + 1, quoted(text, "'"));
    }
    let mut words = near(found).split_ascii_whitespace().rev();
    let value = bare(text, false);
    (words.nth(1) == Some("login") && !is_placeholder(value, None))
        .then(|| hide(found.place.end, value))
        .flatten()
}

/// A line of FTP or POP3, as their clients show it, or behind one with the name.
fn command(found: &Found<'_>) -> Option<Range<usize>> {
    let before = near(found);
    let is_sent = [">", "Command:", "C:"]
        .iter()
        .any(|mark| before.trim_end_matches([' ', '\t']).ends_with(mark));
    if !is_sent && !before.contains("USER ") {
        return None;
    }
    let value = run(found.after(), LONGEST_VALUE, |letter| {
        letter != '\r' && letter != '\n'
    });
    hide(found.place.end, value.trim_end()).filter(|_| !is_placeholder(value, None))
}
