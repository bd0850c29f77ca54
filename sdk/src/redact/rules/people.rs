//! Who somebody is: e-mail addresses, the names in home folders, phone numbers.

use std::ops::Range;

use super::Entry;
use super::machine::ends_name;
use crate::redact::rule::{Found, Secret, escape_length, run, run_back};

pub(super) const RULES: &[Entry] = &[
    Entry {
        name: "email",
        pattern: r"[0-9A-Za-z._%+\-[^\x00-\x7F]](?:@|%40|\\u0040)",
        secret: Secret::By(email),
        examples: &[
            "login as «maria.k+test@mail.example.org» failed",
            "to=<«{a8}@{a8}.example»>, relay",
            "для «почта@пример.рф».",
            "से «संपर्क@उदाहरण.भारत» को",
            "of «re\u{301}ne\u{301}@example.org»",
            r#"{"mail":"«sean.o'brien@example.com»"}"#,
            r"line\n«{a6}@example.com»\n",
            "?to=«{a8}%2Btag%40example.org»&x",
            "%22«maria%40example.org»%22",
            r"\u003c«maria@example.org»\u003e",
        ],
        harmless: &[
            "git@github.com:notes/app.git",
            "icon@2x.png",
            "react@18.2.0",
            "java.lang.Object@1b2c3d4e",
            "MACs ctos: umac-64-etm@openssh.com,hmac-sha2-256-etm@openssh.com",
            "maria @ home",
            "@media print",
            "Started user@1000.service, getty@tty1.service.",
            "foo@latest.tgz, sprite@dark.png, logo@3x.webp",
        ],
        source: "RFC 5321, section 4.5.3.1; quoted local parts are not used in practice",
    },
    Entry {
        name: "user",
        pattern: concat!(
            r"(?:[\\/]|%2[Ff]|%5[Cc])(?:home|Users|(?:run/)?media|Documents and Settings)",
            r"(?:[\\/]{1,4}|%2[Ff]|%5[Cc])",
        ),
        secret: Secret::By(folder_name),
        examples: &[
            "cannot open /home/«maria»/notes.txt",
            "open '/Users/«{a8}»': denied",
            r"cannot open C:\Users\«Maria Petrova»\notes.txt",
            r#"in "C:\Users\«maria petrova»\AppData" now"#,
            r"copied C:\Users\«maria» to logs/x",
            r"copied C:\Users\«maria» to logs\x",
            r"C:\Users\«Maria» To D:\x",
            r"C:/Users/«Sean O'Brien»/x",
            r"no C:\Users\«maria» here",
            "file:///home/«{a8}»",
            "/home/«мария»/x",
            r"\Device\HarddiskVolume3\Users\«{a8}»\AppData",
            r"HOMEPATH=\Users\«{a8}»",
            "USERPROFILE=C:\\Users\\«Maria Petrova»\nx",
            r"C:\Documents and Settings\«Maria Petrova»\x",
            "file=%2Fhome%2F«{a8}»%2Fx",
            "C%3A%5CUsers%5C«{a8}»%5Cx",
            "in /run/media/«{a8}»/stick",
            "mounted /media/«{a8}»/stick",
            "file:///media/«{a8}»/x",
            r#""\/home\/«{a8}»\/x""#,
            "/export/home/«{a8}»/x",
        ],
        harmless: &[
            r"C:\Users\Public\Desktop",
            "/Users/Shared/x",
            "/home is mounted",
            "/media/cdrom/x /media/usb0/x /srv/notes/media/maria/x src=\"/media/uploads/x.png\" /media/x.png",
            "GET /users/list",
            "/home/<user>/x",
            "GET /home/index.html",
            "see https://example.com/home/login",
            r#""POST /api/Users/login" 200, [GET] /Users/42/notes"#,
        ],
        source: "where Linux, macOS and Windows put home folders, and udisks the drives that a person plugs in",
    },
    Entry {
        name: "user",
        pattern: concat!(
            r"(?:[\\/]|%2[Ff]|%5[Cc])(?i-u:users|homes?|profiles)\$?",
            r"(?:[\\/]{1,4}|%2[Ff]|%5[Cc])",
        ),
        secret: Secret::By(shared_folder_name),
        examples: &[
            r#""c:\\users\\«Maria de la Cruz»\\x""#,
            r"open \\server\users\«maria»\x",
            r#""\\\\fs01.corp.example\\data\\users\\«{a8}»\\x""#,
            r"in \\fs01\USERS\«Maria Petrova»\x",
            r"net use h: \\fs01\home$\«{a8}»",
            r"\\fs01\Profiles$\«{a8}.V6»\x",
            r"\\?\UNC\server\users\«{a8}»\x",
            "//server/users/«maria»/x",
            "mounting smb://server/homes/«maria»",
            "<file://server/users/«{a8}»/x>",
            r"<path>\\fs01\users\«{a8}»\x</path>",
            r"in `\\fs01\users\«{a8}»\x`",
            "/drive_c/users/«{a8}»/Temp",
            r"D:\Profiles\«{a8}»\x",
        ],
        harmless: &[
            "GET /users/list, POST //users/42/notes",
            "https://api.example.com/users/maria http://users/42",
            r"see \users\list, \\server\share\users.txt, D:\src\Views\Home\x",
            "/srv/app//api/users/list, notes://users/42",
            r#"".\\src\\users\\list\\x.rs" "..\\..\\app\\users\\x.rs" "./src//app/users/x.rs""#,
            "${HOME}//notes/users/x",
            r"C:\notes\Profiles\maria\x, //cdn.example.com/profiles/maria/x",
            r#""%APPDATA%\\notes\\users\\x""#,
        ],
        source: "how Windows and Samba write the folders of other computers, and Wine its drives",
    },
    Entry {
        name: "phone",
        pattern: r"\+[1-9]",
        secret: Secret::By(phone),
        examples: &[
            "call «+49 30 {d3} {d4}»",
            "tel:«+1{d10}»",
            "«+44 (20) {d4}-{d4}».",
        ],
        harmless: &[
            "+12 points",
            "a+1",
            "2026-11-22T10:00:00+01:00",
            "+100000000000000000000",
        ],
        source: "ITU-T E.164: 7 to 15 digits behind a plus",
    },
];

/// The most bytes of an address before the `@`, and behind it.
const LOCAL_PART: usize = 64;
const DOMAIN: usize = 255;

fn email(found: &Found<'_>) -> Option<Range<usize>> {
    let mark = ["@", "%40", r"\u0040"];
    let mark = mark.iter().find(|mark| found.matched().ends_with(*mark))?;
    let at = found.place.end - mark.len();
    let local = local_part(found.text.get(found.floor..at)?, mark.starts_with('%'));
    let domain = run(found.after(), DOMAIN, |letter| {
        is_letter(letter) || matches!(letter, '.' | '-')
    });
    let domain = domain.trim_end_matches(['.', '-']);
    let (names, top) = domain.rsplit_once('.')?;
    let is_top = top.chars().count() >= 2
        && (top.starts_with("xn--")
            || top
                .chars()
                .all(|letter| is_letter(letter) && !letter.is_numeric()));
    // `git@host` is everyone.
    let harmless = local == "git" || NO_DOMAINS.contains(&top) || ALGORITHMS.contains(&domain);
    (is_top && !names.starts_with('.') && !local.is_empty() && !harmless)
        .then(|| at - local.len()..found.until(domain))
}

/// What ends units of systemd (`getty@tty1.service`) and files (`icon@2x.png`), and no name on the internet.
const NO_DOMAINS: [&str; 12] = [
    "service", "socket", "slice", "scope", "timer", "mount", "png", "jpg", "svg", "webp", "tgz", "js",
];

/// Who names algorithms of SSH so: `aes256-gcm@openssh.com` (RFC 4251, section 6).
const ALGORITHMS: [&str; 2] = ["openssh.com", "libssh.org"];

/// What of `text` stands before the `@`. Not the quote that opens it, nor the letters of an escape.
fn local_part(text: &str, in_url: bool) -> &str {
    let belongs = |letter: char| is_letter(letter) || matches!(letter, '.' | '_' | '%' | '+' | '-' | '\'');
    let local = run_back(text, LOCAL_PART, belongs).trim_start_matches(['\'', '.']);
    match local.rfind('%').map(|at| &local[at..]) {
        Some(escape) if in_url && !escape.starts_with("%2B") => &escape[escape_length(escape)..],
        _ => local,
    }
}

/// Whether a name may have this: also accents that stand behind their letter, and the signs of Indian and Arabic scripts,
/// which no letters are to Unicode.
fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter,
            '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}'
            | '\u{900}'..='\u{963}' | '\u{981}'..='\u{9e3}' | '\u{a01}'..='\u{bff}' | '\u{c00}'..='\u{df3}'
            | '\u{e31}'..='\u{e4e}' | '\u{eb1}'..='\u{ecd}' | '\u{f71}'..='\u{f84}' | '\u{102b}'..='\u{103e}'
            | '\u{17b4}'..='\u{17d3}' | '\u{200c}'..='\u{200d}' | '\u{3099}'..='\u{309a}' | '\u{fe00}'..='\u{fe0f}')
}

/// The longest folder name of a person that is looked for, in bytes.
const FOLDER: usize = 128;

/// Folders beside those of people.
const NOBODY: [&str; 6] = ["Public", "Shared", "Default", "All", "linuxbrew", "runner"];

/// The name of a home folder. Those of Windows may have the spaces of their people's names; it is told
/// from the words of a sentence by its capitals, or by the quotes around the path.
fn folder_name(found: &Found<'_>) -> Option<Range<usize>> {
    let found = with_slashes(found);
    folder_behind(&found, in_path(&found))
}

/// A find with all the slashes that its folder stands behind: it starts at the last of them, so that it is one find.
fn with_slashes<'t>(found: &Found<'t>) -> Found<'t> {
    let slashes = run_back(found.before(), 3, |letter| matches!(letter, '/' | '\\'));
    let start = found.place.start - slashes.len();
    Found {
        place: start..found.place.end,
        ..*found
    }
}

fn folder_behind(found: &Found<'_>, path: &str) -> Option<Range<usize>> {
    let (start, mut rest) = (found.place.end, found.after());
    if found.matched().contains('%') {
        rest = &rest[..rest.floor_char_boundary(FOLDER)];
        rest = rest.split("%2").next().and_then(|rest| rest.split("%5").next())?;
    }
    let first = run(rest, FOLDER, |letter| {
        !ends_name(letter) || matches!(letter, '\'' | '%')
    });
    let first = if first.contains('\'') {
        with_apostrophe(first)
    } else {
        first
    };
    let in_media = found.matched().contains("media") && !found.matched().contains("run");
    if first.is_empty()
        || NOBODY.contains(&first)
        || is_route(found, path)
        || in_media && !is_mounted(found, path, first)
    {
        return None;
    }
    let of_windows = found.matched().contains('\\') || is_on_drive(found);
    let long = of_windows.then(|| spaced_name(rest, first, found, path));
    Some(start..start + long.flatten().unwrap_or(first.len()))
}

/// Whether a drive of this person is mounted here: other folders have such a name too, and servers their pictures there.
fn is_mounted(found: &Found<'_>, path: &str, name: &str) -> bool {
    let is_root = matches!(path.trim_end_matches('/'), "" | "file:");
    let device = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    is_root && found.after()[name.len()..].starts_with('/') && !MEDIA.contains(&device)
}

/// What stands in `/media` beside the folders of people.
const MEDIA: [&str; 16] = [
    "audio", "avatars", "cache", "cdrom", "dvd", "files", "floppy", "images", "img", "nas", "photos", "sd",
    "static", "uploads", "usb", "videos",
];

/// As [`folder_name`], where many folders have such a name: the one of a drive, or of another computer.
fn shared_folder_name(found: &Found<'_>) -> Option<Range<usize>> {
    // Asked about already.
    if ["home", "Users"].contains(&found.matched().trim_matches(['/', '\\'])) {
        return None;
    }
    let found = &with_slashes(found);
    let before = found.before();
    // Servers have pages of that name.
    let is_profile = found.matched().contains("rofiles") && !found.matched().contains('$');
    let path = in_path(found);
    let is_ours = is_on_drive(found) || !is_profile && (before.ends_with("drive_c") || is_on_server(path));
    is_ours.then(|| folder_behind(found, path)).flatten()
}

/// Whether it is the folder of a drive, whose letter and colon stand before it.
fn is_on_drive(found: &Found<'_>) -> bool {
    let mut colons = [":", "%3A", "%3a"].iter();
    let drive = colons.find_map(|colon| found.before().strip_suffix(colon));
    let drive = drive.filter(|drive| drive.ends_with(|letter: char| letter.is_ascii_alphabetic()));
    drive.is_some_and(|drive| {
        let place = drive.len() - 1..found.place.start;
        Found { place, ..*found }.starts_word()
    })
}

/// What an address of a folder on another computer starts with, before its slashes.
const SHARES: [&str; 7] = ["", "file:", "smb:", "cifs:", "afp:", "nfs:", "sftp:"];

/// Whether a path on another computer stands here: `\\\\server\data`, `smb://server`.
fn is_on_server(path: &str) -> bool {
    let mut pairs = path.as_bytes().windows(2);
    let Some(start) = pairs.position(|pair| matches!(pair, br"\\" | b"//")) else {
        return false;
    };
    let (scheme, path) = path.split_at(start);
    // What a path may have before is no other computer's: `.\\src\\users`.
    let scheme = run_back(scheme, 8, |letter| {
        letter.is_alphanumeric() || ".:~_-$)}/%".contains(letter)
    });
    let server = path.trim_start_matches(['/', '\\', '?']);
    SHARES.contains(&scheme) && server.starts_with(char::is_alphanumeric)
}

/// What stands before the find as part of its path.
fn in_path<'t>(found: &Found<'t>) -> &'t str {
    run_back(found.before(), found.sight.min(128), |letter| {
        !letter.is_whitespace() && !matches!(letter, '"' | '\'' | '(' | '[' | '<' | '=' | ',' | ';')
    })
}

/// Whether what follows is a page of a server: `GET /home/x`, `https://example.com/home/x`, `/api/Users/x`.
fn is_route(found: &Found<'_>, path: &str) -> bool {
    if path.is_empty() {
        let word = found.before().trim_end_matches([' ', '"', '\'', ']']);
        let word = run_back(word, 16, |letter| letter.is_ascii_alphabetic());
        return METHODS.contains(&word);
    }
    let has = |part: &[u8]| path.as_bytes().windows(part.len()).any(|bytes| bytes == part);
    path.starts_with("http") && has(b"://") || has(b"/api")
}

/// What a log of requests has before a path.
const METHODS: [&str; 8] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "route",
];

/// `O'Brien`, but not `maria'` at the end of a quoted path.
fn with_apostrophe(word: &str) -> &str {
    let inside = |at: usize| word[at + 1..].starts_with(char::is_alphabetic);
    match word.match_indices('\'').find(|(at, _)| !inside(*at)) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

fn quoted(found: &Found<'_>, path: &str) -> bool {
    let before = found.before();
    before[..before.len() - path.len()].ends_with(['"', '\''])
}

/// How long the name is if it has several words and the path goes on behind them.
fn spaced_name(rest: &str, first: &str, found: &Found<'_>, path: &str) -> Option<usize> {
    let name = run(rest, FOLDER, |letter| {
        !ends_name(letter) || letter == ' ' || letter == '\''
    });
    let behind = &rest[name.len()..];
    let ends = behind.is_empty() || behind.starts_with(['\r', '\n']);
    let is_folder = behind.starts_with(['/', '\\']) || ends && is_variable(found);
    if !is_folder || !name.contains(' ') || name.contains("' ") {
        return None;
    }
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let small = |word: &&str| word.starts_with(char::is_lowercase);
    let is_name = match words.split_last() {
        Some((last, others)) => {
            !small(last)
                && !small(&first)
                && others.iter().all(|word| !small(word) || PARTICLES.contains(word))
        }
        None => false,
    };
    (words.len() <= 6 && (is_name || quoted(found, path))).then_some(name.len())
}

/// Whether the path is all of a variable's value: `USERPROFILE=C:\Users\Maria Petrova`.
fn is_variable(found: &Found<'_>) -> bool {
    run_back(found.before(), 2, |letter| {
        letter.is_ascii_alphabetic() || letter == ':'
    })
    .len()
        == 2
        && found.before()[..found.place.start - 2].ends_with('=')
}

/// What stands in small letters inside people's names.
const PARTICLES: [&str; 20] = [
    "al", "bin", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "e", "el", "la", "le",
    "van", "von", "y", "zu",
];

fn phone(found: &Found<'_>) -> Option<Range<usize>> {
    let number = run(found.text.get(found.place.start + 1..)?, 32, |letter| {
        letter.is_ascii_digit() || matches!(letter, ' ' | '.' | '(' | ')' | '/' | '-')
    });
    let number = number.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (found.starts_word() && (7..=15).contains(&digits))
        .then(|| found.place.start..found.place.start + 1 + number.len())
}
