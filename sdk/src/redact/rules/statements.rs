//! What lets somebody in, told by how a server is asked: SQL, FTP, mail, chat, and the files that programs take logins from.

use std::ops::Range;

use super::asked::asked;
use super::mail::{answer, last_words, mail_login, response};
use super::pieces::{bare, quote, quoted};
use super::placeholder::{is_placeholder, looks_secret};
use super::value::value;
use super::{Entry, has_digit, hide};
use crate::redact::effort::read;
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
            "220 ready\nPASS «{a7}1»\n230 ok",
        ],
        harmless: &[
            "PASS src/store.test.js",
            "PASS test_store_of_2026",
            "PASS 12345678 tests",
            "--- PASS: TestStore",
            "> PASS ****",
        ],
        source: "RFC 959, section 4.1.1; RFC 1939, section 7",
    },
    Entry {
        name: "secret",
        pattern: r"(?-u:\b)AUTH(?:ENTICATE)?[ ](?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER)[ ]",
        secret: Secret::By(response),
        examples: &[
            "C: AUTH PLAIN «AG1hcmlhAHMz{b7}A»",
            "> AUTH LOGIN «bWFyaWE=»",
            "a1 AUTHENTICATE XOAUTH2 «dXNlcj1tYXJpYQFhdXRoPUJlYXJlciB5YTI5»",
        ],
        harmless: &[
            "250-AUTH PLAIN LOGIN XOAUTH2",
            "AUTH PLAIN mechanism is off, AUTH LOGIN failed",
        ],
        source: "RFC 4954, section 4; RFC 9051, section 6.2.2",
    },
    Entry {
        name: "secret",
        pattern: r#"(?-u:\b)AUTH(?:[ ]|"[ ])"#,
        secret: Secret::By(redis),
        examples: &[
            "redis> AUTH «{a8}»",
            "127.0.0.1:6379> AUTH «{a8}»\n",
            r#"[0 127.0.0.1:50000] "AUTH" "«{a8}»""#,
            r#""AUTH" "default" "«{a8}»""#,
        ],
        harmless: &[
            "> AUTH PLAIN",
            "> AUTH required",
            "250-AUTH PLAIN LOGIN",
            "AUTH failed for maria",
        ],
        source: "Redis's page of AUTH",
    },
    Entry {
        name: "secret",
        pattern: "334 (?:UGFzc3dvcmQ6|VXNlcm5hbWU6)",
        secret: Secret::By(answer),
        examples: &[
            "S: 334 VXNlcm5hbWU6\r\nC: «bWFyaWEua0BleGFtcGxl»\r\n",
            "S: 334 UGFzc3dvcmQ6\r\nC: «czNjcjN0»\r\n",
            "< 334 UGFzc3dvcmQ6\n> «aHVudGVyMg==»\n",
        ],
        harmless: &["334 UGFzc3dvcmQ6\n535 Authentication failed"],
        source: "how servers of SMTP ask for a name and a password: both words in base64",
    },
    Entry {
        name: "login",
        pattern: r"(?-u:\b)LOGIN[ ]",
        secret: Secret::By(mail_login),
        examples: &[
            "C: A001 LOGIN «maria {a7}1»",
            "a1 LOGIN «\"maria@example.org\" \"{a4} {a8}\"»\r\n",
        ],
        harmless: &[
            "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] LOGIN ok",
            "a1 LOGIN failed for maria",
            "a1 OK LOGIN completed",
        ],
        source: "RFC 9051, section 6.2.3",
    },
    Entry {
        name: "secret",
        pattern: r"(?i-u:identify)[ ]",
        secret: Secret::By(identify),
        examples: &[
            "PRIVMSG NickServ :IDENTIFY «{a8}»",
            "/msg nickserv identify «maria {a7}1»",
        ],
        harmless: &[
            "/msg NickServ IDENTIFY password to identify",
            "cannot identify format",
        ],
        source: "the services of IRC networks",
    },
    Entry {
        name: "secret",
        pattern: r"(?i-u:psk|passw(?:or)?[dt](?:[ ]by)?|passphrase|pin|identified[ ]by)[ ]{1,3}",
        secret: Secret::By(stated),
        examples: &[
            "CREATE USER anna IDENTIFIED BY '«{a8}»'",
            "CREATE USER anna IDENTIFIED BY \"«{a8}»\"",
            "create user anna identified by «{a8}»;",
            "ALTER USER anna IDENTIFIED WITH mysql_native_password BY '«{a8}»'",
            "ALTER ROLE anna WITH ENCRYPTED PASSWORD '«{a8}'' {a8}»' VALID UNTIL 'infinity'",
            "OPTIONS (user 'anna', password '«{a8}»')",
            "machine example.org login maria password «{a8}»",
            "machine example.org\n\tlogin maria\n\tpassword «{a8}»\n",
            "nmcli device wifi connect home password \"«{a4} {a8}»\"",
            "nmcli connection modify home wifi-sec.psk «{a8}»",
            "Password for 'https://git.example.org': «{a7}1»\n",
            "[sudo] password for maria: «{a7}1»",
            "Enter passphrase for key '/etc/ssh/id_x': «{a7}1»",
            "Enter PIN for key 'x y': «{d6}»",
            "password for maria is «{a7}1», said she",
            "Passwort für Konto: «{a7}1»",
            "Password of maria: «{a7}1»",
            "Password of maria is «{a7}1» (note: old)",
            "Passwort von maria (alt: ja) ist «{a7}1».",
            "password of the user maria is \"«{a7}1»\"",
            "SET PASSWORD FOR 'maria'@'%' = '«{a7}1»';",
            "msg=\"password «{a7}1» rejected\"",
            "Invalid password \"«{a8}»\"",
            r#"{"msg":"The password \"«{a8}»\" is wrong"}"#,
        ],
        harmless: &[
            "the password is 'wrong'",
            "identified by its hash, a user is identified by 12 digits",
            "login failed, password is wrong",
            "nmcli: the password is wrong",
            "[sudo] password for maria: \n12:00 password for maria: wrong, 3 tries left, password for x: changed",
            "password for maria: must have 12 letters",
            "no password of the 3 is good2go, at 12:30 all were",
            "Password for database: not_given_in_settings",
            "Failed password for invalid user x from ::1 port 22 ssh2: RSA 12345678",
            "password hash is argon2id, password sha256crypt, password reset1, {\"x\":\"password \",\"y\":\"z\"}",
            "pin for the board is D4, passphrase \"***\", password \"\"",
        ],
        source: "the statements of MySQL, PostgreSQL and Oracle, and the manuals of netrc and nmcli",
    },
    Entry {
        name: "secret",
        pattern: r"(?i-u:pragma[ ](?:re|hex)?key)[ ]?=",
        secret: Secret::By(value),
        examples: &["PRAGMA key = '«{a4} {a8}»';", "PRAGMA rekey=\"«x'{h64}'»\""],
        harmless: &["PRAGMA key = ?", "PRAGMA foreign_keys=1"],
        source: "the pages of SQLCipher",
    },
    Entry {
        name: "secret",
        pattern: r":(?:543[0-9]|\*):",
        secret: Secret::By(in_pgpass),
        examples: &[
            "db.example.org:5432:notes:maria:«{a8}»",
            "*:*:*:maria:«{a8}:{a4}»\n",
        ],
        harmless: &[
            "listening on 127.0.0.1:5432: ok",
            "at db:5432:12:14:15 began",
            "/x:*:/y",
        ],
        source: "PostgreSQL's page of the password file",
    },
    Entry {
        name: "secret",
        pattern: r#":(?i-u:passw(?:or)?d|passphrase|secret|token|api-key)[ ]""#,
        secret: Secret::By(in_quotes),
        examples: &["(:host \"x\" :password \"«{a8}»\")", "{:api-key \"«{a12}»\"}"],
        harmless: &["{:password \"\"}"],
        source: "how Lisp and Clojure print a map",
    },
    Entry {
        name: "secret",
        pattern: r#":[ \t]{1,3}(?:PSK|EAP|XAUTH)[ \t]{1,3}""#,
        secret: Secret::By(in_quotes),
        examples: &[
            ": PSK \"«{a4} {a8}»\"",
            "%any %any : PSK \"«{a8}»\"",
            "maria : EAP \"«{a8}»\"",
        ],
        harmless: &["WPA: PSK \"\"", "security: PSK, EAP"],
        source: "strongSwan's page of ipsec.secrets",
    },
    Entry {
        name: "secret",
        pattern: r#"xmpp-sasl["']>"#,
        secret: Secret::By(response),
        examples: &[
            "<auth mechanism='PLAIN' xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>«AG1hcmlhAHMz{b7}A»</auth>",
            "<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>«dXNlcm5hbWU9Im1hcmlhIg==»</response>",
        ],
        harmless: &["<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'></success>"],
        source: "RFC 6120, section 6.4",
    },
    Entry {
        name: "login",
        pattern: ":thin:",
        secret: Secret::By(oracle),
        examples: &[
            "jdbc:oracle:thin:«scott/{a8}»@//db:1521/orcl",
            "jdbc:oracle:thin:«scott/{a4}@{a8}»@//db:1521/orcl",
        ],
        harmless: &[
            "jdbc:oracle:thin:@db:1521:orcl",
            "jdbc:oracle:thin:@db:1521/orcl,SYSTEM@orcl",
        ],
        source: "Oracle's page of its JDBC driver",
    },
];

/// What stands before a find, as far as a program's name or that of a person is looked for.
pub(super) fn near<'t>(found: &Found<'t>) -> &'t str {
    let before = found.before();
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(found.sight.min(NEAR)))..];
    read(2 * near.len()); // It is looked at closely.
    near
}

/// In bytes.
const NEAR: usize = 200;

/// The rest of the line behind a find, without the end of a text in quotes that it stands in.
fn rest_of_line<'t>(found: &Found<'t>) -> &'t str {
    run(found.after(), LONGEST_VALUE, |letter| {
        !matches!(letter, '\r' | '\n')
    })
    .trim_end()
}

/// Whether a client shows here that it sends a line.
fn is_sent(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t']);
    [">", "Command:", "C:"].iter().any(|mark| before.ends_with(mark))
}

/// A line of FTP or POP3, as their clients show it, or behind one with the name.
fn command(found: &Found<'_>) -> Option<Range<usize>> {
    let before = near(found);
    if !is_sent(before) && !before.contains("USER ") && !is_alone(found) {
        return None;
    }
    let value = rest_of_line(found);
    hide(found.place.end, value).filter(|_| !is_placeholder(value, None))
}

/// Whether all of a line is the command and a word that looks like a password, and not like the name of a test.
fn is_alone(found: &Found<'_>) -> bool {
    let line = run(found.after(), 64, |letter| !matches!(letter, '\r' | '\n'));
    let is_name = line.contains(|letter: char| letter.is_whitespace() || "./:_".contains(letter));
    let starts = found.before().is_empty() || found.before().ends_with('\n');
    starts && looks_secret(line) && has_digit(line) && !is_name
}

/// What a client of Redis sends, or its monitor has seen.
fn redis(found: &Found<'_>) -> Option<Range<usize>> {
    if found.matched().contains('"') {
        let text = found
            .after()
            .strip_prefix('"')
            .filter(|_| found.before().ends_with('"'))?;
        let name = quoted(text, "\"");
        let password = text[name.len()..]
            .strip_prefix("\" \"")
            .map(|text| (name.len() + 3, quoted(text, "\"")));
        let (start, password) = password.unwrap_or((0, name));
        return hide(found.place.end + 1 + start, password);
    }
    if !found.before().ends_with("> ") {
        return None;
    }
    let value = rest_of_line(found);
    let is_way = value
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || b"-_ ".contains(&byte));
    (!is_way && !is_placeholder(value, None))
        .then(|| hide(found.place.end, value))
        .flatten()
}

/// A password, perhaps behind a name, said to the one who keeps names.
fn identify(found: &Found<'_>) -> Option<Range<usize>> {
    let service = found.before().trim_end_matches([' ', ':']);
    let service = run_back(service, 16, |letter| letter.is_ascii_alphabetic());
    if !service.eq_ignore_ascii_case("nickserv") {
        return None;
    }
    let words = last_words(found.after(), 1).or_else(|| last_words(found.after(), 2))?;
    hide(found.place.end, words)
}

/// A text of SQL in quotes, or a word behind that of who logs in.
fn stated(found: &Found<'_>) -> Option<Range<usize>> {
    let (text, near) = (found.after(), near(found));
    let is_short = found.matched().trim_end().len() == 3;
    if let Some(text) = text.strip_prefix('\'').filter(|_| !is_short) {
        return hide(found.place.end + 1, quoted(text, "'"));
    }
    let is_identified = found.matched().starts_with(['i', 'I']) && {
        let near = near.to_ascii_lowercase();
        ["create user ", "alter user ", " link "]
            .iter()
            .any(|words| near.contains(words))
    };
    let is_login = !is_short && near.split_ascii_whitespace().rev().nth(1) == Some("login");
    if !is_identified && !is_login && !near.contains("nmcli ") {
        return asked(found);
    }
    let quote = quote(text).unwrap_or_default();
    let start = found.place.end + quote.len();
    let value = match quote {
        "" => bare(text, false),
        quote => quoted(&text[quote.len()..], quote),
    };
    (!is_placeholder(value, None))
        .then(|| hide(start, value))
        .flatten()
}

/// The fifth field of a line, of which the port is the second.
fn in_pgpass(found: &Found<'_>) -> Option<Range<usize>> {
    let in_field = |letter: char| !letter.is_whitespace() && !"/:\"'<>".contains(letter);
    let host = run_back(found.before(), 128, in_field);
    let text = found.after();
    let base = run(text, 128, in_field);
    let user = run(text.get(base.len() + 1..)?, 128, in_field);
    let start = base.len() + user.len() + 2;
    let has_colon = |at: usize| text.as_bytes().get(at) == Some(&b':');
    let is_name = |field: &str| field.starts_with(|letter: char| letter.is_alphabetic() || letter == '*');
    if host.is_empty() || !has_colon(base.len()) || !has_colon(start - 1) || !is_name(base) || !is_name(user)
    {
        return None;
    }
    let value = run(text.get(start..)?, LONGEST_VALUE, |letter| {
        !letter.is_whitespace() && !"\"'<>".contains(letter)
    });
    hide(found.place.end + start, value)
}

/// Behind the quote that the find ends with.
fn in_quotes(found: &Found<'_>) -> Option<Range<usize>> {
    hide(found.place.end, quoted(found.after(), "\""))
}

/// A name and a password with a slash between them, before the server.
fn oracle(found: &Found<'_>) -> Option<Range<usize>> {
    let text = run(found.after(), 256, |letter| {
        !letter.is_whitespace() && !"\"'<>".contains(letter)
    });
    // A password may have one too.
    let (login, _) = text.rsplit_once('@')?;
    (login.contains('/') && !login.starts_with('@'))
        .then(|| hide(found.place.end, login))
        .flatten()
}
