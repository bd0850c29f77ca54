//! Programs that take a password by an option, and how: `mysql -p`, `curl -u`. Pure.

use std::ops::Range;

use crate::redact::rule::escape_length;

/// How a program takes its password.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum How {
    /// Behind the option, with a blank or without.
    Word,
    /// Right behind the option: what follows a blank is something else.
    Joined,
    /// Behind the name of who logs in, and this letter.
    Login(char),
}

use How::{Joined, Login, Word};

/// Programs that take a password by one of these options.
struct Way {
    options: &'static [&'static str],
    how: How,
    programs: &'static [&'static str],
}

const WAYS: [Way; 12] = [
    Way {
        options: &["-u", "--user"],
        how: Login(':'),
        programs: &["curl"],
    },
    Way {
        options: &["-a", "--auth"],
        how: Login(':'),
        programs: &["http", "https"],
    },
    Way {
        options: &["-U"],
        how: Login('%'),
        programs: &["smbclient"],
    },
    Way {
        options: &["-u"],
        how: Login(','),
        programs: &["lftp"],
    },
    Way {
        options: &["-p"],
        how: Joined,
        programs: &[
            "mysql",
            "mysqladmin",
            "mysqlbinlog",
            "mysqlcheck",
            "mysqldump",
            "mysqlimport",
            "mysqlpump",
            "mysqlsh",
            "mysqlshow",
            "mysqlslap",
            "mariadb",
            "mariadb-admin",
            "mariadb-dump",
            "7z",
            "7za",
            "7zz",
            "rar",
            "unrar",
        ],
    },
    Way {
        options: &["-p"],
        how: Word,
        // `login` is that of docker, podman, helm, az and oc.
        programs: &[
            "sshpass",
            "mongo",
            "mongosh",
            "mongodump",
            "psexec",
            "psexec64",
            "rdesktop",
            "twine",
            "login",
            "unlock-keychain",
            "yt-dlp",
            "youtube-dl",
        ],
    },
    Way {
        options: &["-P"],
        how: Word,
        programs: &[
            "zip",
            "unzip",
            "sqlcmd",
            "bcp",
            "ipmitool",
            "mosquitto_pub",
            "mosquitto_sub",
        ],
    },
    Way {
        options: &["-w"],
        how: Word,
        programs: &[
            "ldapsearch",
            "ldapmodify",
            "ldapadd",
            "ldapwhoami",
            "add-generic-password",
            "add-internet-password",
        ],
    },
    Way {
        options: &["-a"],
        how: Word,
        programs: &["redis-cli"],
    },
    Way {
        options: &["-pw"],
        how: Word,
        programs: &["plink", "pscp", "psftp", "putty"],
    },
    Way {
        options: &["-N"],
        how: Word,
        programs: &["ssh-keygen"],
    },
    Way {
        options: &["/p", "/rp"],
        how: Word,
        programs: &["xfreerdp", "wfreerdp", "schtasks"],
    },
];

/// How a program takes a password by an option.
fn takes(option: &str, program: &str) -> Option<How> {
    let first = program.as_bytes().first()?.to_ascii_lowercase();
    if LENGTHS.get(usize::from(first))? >> program.len().min(31) & 1 == 0 {
        return None;
    }
    let has = |way: &&Way| way.programs.iter().any(|name| name.eq_ignore_ascii_case(program));
    let mut ways = WAYS.iter().filter(has);
    ways.find(|way| way.options.contains(&option)).map(|way| way.how)
}

/// For each first letter of a program's name a bit for each length: most words of a command are told by that alone.
static LENGTHS: [u32; 128] = {
    let (mut lengths, mut way) = ([0; 128], 0);
    while way < WAYS.len() {
        let mut programs = WAYS[way].programs;
        while let [program, rest @ ..] = programs {
            lengths[program.as_bytes()[0] as usize] |= 1 << program.len();
            programs = rest;
        }
        way += 1;
    }
    lengths
};

/// How the program of a command takes a password by the option that stands at `at`. Byte by byte, for logs may have many
/// options.
pub(super) fn taken_by(command: &str, at: usize, option: &str) -> Option<How> {
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let bytes = command.as_bytes();
    let mut end = bytes.len();
    // Where the quotes open that stand last before the option: what is in them ends no command.
    let mut quotes = at;
    for start in (0..=bytes.len()).rev() {
        let before = start.checked_sub(1).and_then(|at| bytes.get(at).copied());
        if before.is_some_and(in_name) {
            continue;
        }
        let first = bytes.get(start).copied();
        if end - start > 1 && first != Some(b'-') {
            let how = by_name(command, start..end, option);
            if how.is_some() {
                return how;
            }
        }
        // A backslash at its end goes on with the command in the next line.
        let is_line =
            before == Some(b'\n') && start.checked_sub(2).and_then(|at| bytes.get(at)) != Some(&b'\\');
        let ends = matches!(before, Some(b';' | b'|' | b'&')) && first == Some(b' ');
        if is_line || ends && !is_in_quotes(command, start, &mut quotes) {
            return None;
        }
        end = start.saturating_sub(1);
    }
    None
}

/// How the program that a word of a command names takes a password by an option.
fn by_name(command: &str, word: Range<usize>, option: &str) -> Option<How> {
    let (start, name) = (word.start, command.get(word.clone())?);
    let how = takes(option, name).or_else(|| {
        // Behind the letter of an escape: `\nmysql`.
        let letters = escape_length(command.get(start.checked_sub(1)?..)?).checked_sub(1)?;
        takes(option, name.get(letters..)?)
    })?;
    let (before, behind) = (command.get(..start)?, command.get(word.end..)?);
    // `x.7z` and `https://` are no programs, and what is said of a login is none.
    let is_said = name == "login" && !behind.starts_with(" -");
    (!before.ends_with('.') && !behind.starts_with(':') && !is_said).then_some(how)
}

/// Whether `at` is in quotes that close before the option. `quotes` is where those open that were found so far.
fn is_in_quotes(command: &str, at: usize, quotes: &mut usize) -> bool {
    while *quotes >= at {
        let between = command.as_bytes().get(at..*quotes).unwrap_or_default();
        let Some(close) = between.iter().rposition(|byte| matches!(byte, b'"' | b'\'')) else {
            return false;
        };
        *quotes = opening(command, at + close).unwrap_or(at + close);
    }
    true
}

/// Where the quote stands that the one at `end` closes: behind as many backslashes.
fn opening(command: &str, end: usize) -> Option<usize> {
    let bytes = command.as_bytes();
    let slashes = |at: usize| {
        let before = bytes.get(..at).unwrap_or_default();
        before.iter().rev().take_while(|byte| **byte == b'\\').count()
    };
    let (quote, depth) = (bytes.get(end), slashes(end));
    (0..end - depth)
        .rev()
        .find(|at| bytes.get(*at) == quote && slashes(*at) == depth)
}
