//! What the name of a log tells of its rotation. Pure.

use std::cmp::Reverse;

/// What rotations compress with that is not read.
const UNREAD: [&str; 6] = ["zst", "xz", "bz2", "zip", "7z", "lz4"];

/// The name of what `name` holds, where its end says that it is compressed with gzip.
pub(super) fn unpacked(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((plain, end)) if end.eq_ignore_ascii_case("gz") => plain,
        _ => name,
    }
}

/// The name of what `name` holds, where its end says that it is compressed in another way.
pub(super) fn unread(name: &str) -> Option<&str> {
    let (plain, end) = name.rsplit_once('.')?;
    UNREAD
        .iter()
        .any(|unread| end.eq_ignore_ascii_case(unread))
        .then_some(plain)
}

/// Whether `name` is what a rotation made of `log`: a number, a date or a word such as `old` behind the name or before
/// its extension, and perhaps compressed (logrotate, log4rs, `flexi_logger`, tracing-appender, Serilog, winston, Python's
/// handlers).
pub(super) fn is_rotated(log: &str, name: &str) -> bool {
    let plain = unread(name).unwrap_or_else(|| unpacked(name));
    if let Some(added) = plain.strip_prefix(log) {
        return is_turn(added) || (added.is_empty() && plain != name);
    }
    let Some((stem, extension)) = log.rsplit_once('.') else {
        return false;
    };
    let between = plain
        .strip_prefix(stem)
        .and_then(|rest| rest.strip_suffix(extension))
        .and_then(|rest| rest.strip_suffix('.'));
    between.is_some_and(|between| is_turn(between) || is_number(between))
}

/// Whether a part of a name counts or dates a rotation without a sign before it: `20261121`.
fn is_number(part: &str) -> bool {
    part.starts_with(|first: char| first.is_ascii_digit()) && counts(part)
}

/// What all files of a log are called but for what counts or dates their rotation: `app.log` of `app.log.2.gz` and of
/// `app.2026-11-21.log`.
pub(super) fn family(name: &str) -> String {
    let plain = unread(name).unwrap_or_else(|| unpacked(name));
    let log = without_turns(plain, is_turn);
    match log.rsplit_once('.') {
        Some((stem, extension)) => {
            let stem = without_turns(stem, |end| is_turn(end) || is_number(end));
            format!("{stem}.{extension}")
        }
        None => log.to_owned(),
    }
}

/// A name without each end that `is_turn`.
fn without_turns(name: &str, is_turn: fn(&str) -> bool) -> &str {
    let mut ends = name
        .char_indices()
        .filter_map(|(at, _)| name.split_at_checked(at));
    match ends.find(|(_, end)| is_turn(end)) {
        Some((name, _)) => without_turns(name, is_turn),
        None => name,
    }
}

/// Whether a part of a name counts or dates a rotation: `.1`, `-20261121`, `_2026-11-21_10-30-00`, `.old`, `_rCURRENT`.
fn is_turn(part: &str) -> bool {
    let Some(turn) = part.strip_prefix(['.', '-', '_']) else {
        return false;
    };
    let words = ["old", "prev", "previous", "bak", "backup", "last", "rcurrent"];
    words.contains(&turn.to_ascii_lowercase().as_str()) || counts(turn)
}

fn counts(turn: &str) -> bool {
    let counts = |letter: char| letter.is_ascii_digit() || "-_.:,+tzr".contains(letter.to_ascii_lowercase());
    turn.contains(|letter: char| letter.is_ascii_digit()) && turn.chars().all(counts)
}

/// Of two files of one log the smaller is the newer, as far as their names tell: the plain name before `.1`, that before
/// `.2`, and the later date before the earlier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn {
    is_dated: bool,
    count: Vec<u64>,
    date: Reverse<Vec<u64>>,
    letters: usize,
}

impl Turn {
    pub(super) fn of(name: &str) -> Self {
        let plain = unpacked(name);
        let numbers = plain.split(|letter: char| !letter.is_ascii_digit());
        let numbers: Vec<&str> = numbers.filter(|number| !number.is_empty()).collect();
        let values = numbers
            .iter()
            .map(|number| number.parse().unwrap_or(u64::MAX))
            .collect();
        let is_dated = numbers.iter().any(|number| goes_up(number));
        let (count, date) = if is_dated {
            (Vec::new(), values)
        } else {
            (values, Vec::new())
        };
        Self {
            is_dated,
            count,
            date: Reverse(date),
            letters: plain.len(),
        }
    }
}

/// Whether a number grows from one file to the next: a year, a time, or what is filled up with zeros, since nobody
/// renames those at each turn.
fn goes_up(number: &str) -> bool {
    let is_year = number.len() >= 4 && (number.starts_with("19") || number.starts_with("20"));
    is_year || number.len() >= 9 || (number.len() > 1 && number.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_is_known_by_its_name() {
        for rotated in [
            "app.log.1",
            "app.log.12.gz",
            "app.log.12.GZ",
            "app.log.gz",
            "app.log.1.zst",
            "app.log-20261121.xz",
            "app.log.bz2",
            "app-1.log.zip",
            "app.log.old",
            "app.log-20261121",
            "app.log.2026-11-21",
            "app.log.2026-11-21-10",
            "app.log.2026-11-21T10:30:00+0100",
            "app.2026-11-21_10-30-00,123.log",
            "app.2026-11-21.log",
            "app.2026-11-21.log.gz",
            "app20261121.log",
            "app20261121_001.log",
            "app-1.log",
            "app.1.log",
            "app1.log",
            "app_rCURRENT.log",
            "app_r00012.log",
            "app-prev.log",
        ] {
            assert!(is_rotated("app.log", rotated), "{rotated}");
            assert_eq!(family(rotated), "app.log", "{rotated}");
        }
        for other in [
            "app.log",
            "app-audit.log",
            "app2x.log",
            "apps.log",
            "app.log.lock",
            "app.log.1.tmp",
            "app..log",
            "my-app.log",
            "app.1.txt",
            "log",
        ] {
            assert!(!is_rotated("app.log", other), "{other}");
        }
        for (name, log) in [
            ("app.log", "app.log"),
            ("app.log.2.old", "app.log"),
            ("app-audit.log", "app-audit.log"),
            ("app-audit.2.log", "app-audit.log"),
            ("now", "now"),
            ("syslog.2.gz", "syslog"),
            ("2026-11-21.log", ".log"),
        ] {
            assert_eq!(family(name), log);
        }
        assert!(is_rotated("syslog", "syslog.2.gz"));
        assert!(!is_rotated("syslog", "syslogd"));
    }

    #[test]
    fn of_one_log_the_names_tell_which_file_is_newer() {
        for newest_first in [
            ["app.log", "app.log.1", "app.log.2.gz", "app.log.10.gz"],
            ["app.log", "app-prev.log", "app.log.1", "app.log.2"],
            ["app2.log", "app2.log.1", "app2.log.2", "app2.log.3"],
            [
                "app.log",
                "app.2026-11-21.log",
                "app.2026-11-20.log",
                "app.2025-12-31.log",
            ],
            [
                "app20261121_002.log",
                "app20261121_001.log",
                "app20261121.log",
                "app20261120.log",
            ],
            [
                "app_rCURRENT.log",
                "app_r00012.log",
                "app_r00002.log",
                "app_r00001.log.gz",
            ],
        ] {
            let mut names = newest_first;
            names.reverse();
            names.sort_by_key(|name| Turn::of(name));
            assert_eq!(names, newest_first);
        }
    }
}
