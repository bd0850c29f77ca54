//! What stands in the file of a run: one JSON object a line, each written once. Pure.
//!
//! The file may end anywhere, and hold anything: what makes no sense is passed over.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::collect::escapes;
use crate::redact::{MaskCounts, Redactor, add_counts};
use crate::report::crash::{Crash, Panic};
use crate::wire::rfc3339;

/// The longest message, backtrace and piece of log, in bytes.
const LONGEST_MESSAGE: usize = 8 << 10;
const LONGEST_BACKTRACE: usize = 64 << 10;
pub(super) const LONGEST_LOG: usize = 16 << 10;

/// What the systems call the functions that begin a thread and that call `main`: known also of an app without names.
const STARTERS: [&str; 14] = [
    "_start",
    "start",
    "main",
    "__libc_start_main",
    "__libc_start_call_main",
    "__libc_start_main_impl",
    "start_thread",
    "__clone",
    "__clone3",
    "clone3",
    "thread_start",
    "_pthread_start",
    "BaseThreadInitThunk",
    "RtlUserThreadStart",
];

/// In place of a backtrace of a build that was stripped, or has no tables for unwinding.
const NO_NAMES: &str = "unknown: this build of the app has no names of its functions";

/// A panic so soon after another one follows from it: a poisoned lock, a destructor.
const FOLLOWS: Duration = Duration::from_secs(2);

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    Started {
        #[serde(with = "rfc3339")]
        at: SystemTime,
        app_name: String,
        app_version: String,
    },
    Panicked(Panic),
    /// The last lines of the log ring before the panic above.
    Log(String),
    /// Of the panic above. It takes longest to make, so it comes last.
    Backtrace(String),
    /// What the masks hid in the line above.
    Masked(MaskCounts),
    /// The end of a run that had panics and went on.
    Ended,
    /// A later run of the app has asked how this one ended.
    Told,
}

impl Line {
    /// What is known of a panic at once, masked.
    pub(super) fn panicked(panic: &Panic, redactor: &mut Redactor, counts: &mut MaskCounts) -> Self {
        let mut mask = |text: &str| masked(text, redactor, counts);
        Self::Panicked(Panic {
            message: shortened(mask(&panic.message), LONGEST_MESSAGE),
            location: panic.location.as_deref().map(&mut mask),
            thread: panic.thread.as_deref().map(&mut mask),
            ..*panic
        })
    }

    /// The log before it, masked.
    pub(super) fn log(text: &str, redactor: &mut Redactor, counts: &mut MaskCounts) -> Self {
        Self::Log(masked(text, redactor, counts))
    }

    /// The way to it, masked. A list of what has no name would only look like one.
    pub(super) fn backtrace(text: &str, redactor: &mut Redactor, counts: &mut MaskCounts) -> Self {
        if !text.lines().any(names_a_function) {
            return Self::Backtrace(NO_NAMES.to_owned());
        }
        let masked = redactor.redact(text, counts).into_owned();
        Self::Backtrace(shortened(masked, LONGEST_BACKTRACE))
    }

    /// As it stands in the file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// Whether a line of a backtrace, such as `  12: app::save`, has the name of a function that tells the way.
fn names_a_function(line: &str) -> bool {
    let line = line.trim();
    let name = match line.split_once(": ") {
        Some((number, name)) if number.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => line,
    };
    let is_place = name.starts_with("at ");
    // glibc has them by several versions: `__libc_start_main@@GLIBC_2.34`.
    let plain = name.split('@').next().unwrap_or_default();
    !(is_place || plain.is_empty() || plain.ends_with("<unknown>") || STARTERS.contains(&plain))
}

fn masked(text: &str, redactor: &mut Redactor, counts: &mut MaskCounts) -> String {
    redactor.redact(&escapes::without(text), counts).into_owned()
}

/// After masking, so that no cut goes through a secret.
fn shortened(mut text: String, longest: usize) -> String {
    if text.len() > longest {
        text.truncate(text.floor_char_boundary(longest));
        text.push_str("\n[feedback: the rest is not in this report]");
    }
    text
}

/// What the file of a run that nobody holds tells. `changed` is when it was written last.
pub(super) fn read(bytes: &[u8], changed: SystemTime) -> Crash {
    let mut crash = Crash::of_run(changed);
    for line in bytes.split(|byte| *byte == b'\n') {
        match serde_json::from_slice(line) {
            Ok(Line::Started {
                at,
                app_name,
                app_version,
            }) => {
                let _ = writeln!(
                    crash.text,
                    "{app_name} {app_version}, started at {}",
                    rfc3339::text(at)
                );
                crash.started_at = at;
                crash.app_version = app_version;
            }
            Ok(Line::Panicked(panic)) => {
                write_panic(&mut crash.text, &panic);
                crash.other_panics += usize::from(crash.panic.is_some());
                let follows =
                    |first: &Panic| panic.at.duration_since(first.at).is_ok_and(|gap| gap < FOLLOWS);
                if !crash.panic.as_ref().is_some_and(follows) {
                    crash.panic = Some(panic);
                }
            }
            Ok(Line::Log(log)) => {
                let _ = write!(crash.text, "\nThe log before it:\n{log}");
            }
            Ok(Line::Backtrace(backtrace)) => {
                let _ = write!(crash.text, "\nThe way to the panic above:\n{backtrace}\n");
            }
            Ok(Line::Masked(counts)) => add_counts(&mut crash.masked, &counts),
            Ok(Line::Ended) => crash.went_on = true,
            Ok(Line::Told) => crash.is_told = true,
            Err(_) => {}
        }
    }
    if crash.panic.is_none() {
        crash.text.clear();
    }
    crash
}

fn write_panic(text: &mut String, panic: &Panic) {
    let _ = write!(
        text,
        "\nPanic at {}, {} s after the start, in thread {}, at {}:\n{}\n",
        rfc3339::text(panic.at),
        panic.uptime,
        panic.thread.as_deref().unwrap_or("without a name"),
        panic.location.as_deref().unwrap_or("an unknown place"),
        panic.message
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::Masks;

    fn panic(at: u64, message: &str) -> Panic {
        Panic {
            at: SystemTime::UNIX_EPOCH + Duration::from_secs(at),
            uptime: 10,
            message: message.to_owned(),
            location: Some("src/main.rs:1:2".to_owned()),
            thread: Some("main".to_owned()),
        }
    }

    fn file() -> Vec<u8> {
        let mut redactor = Redactor::of_crash(Masks::for_this_machine());
        let mut counts = MaskCounts::new();
        let mut lines = vec![
            Line::Started {
                at: SystemTime::UNIX_EPOCH + Duration::from_mins(1),
                app_name: "Notes".to_owned(),
                app_version: "1.4.0".to_owned(),
            },
            Line::panicked(&panic(63, "first"), &mut redactor, &mut counts),
            Line::panicked(&panic(70, "mail a@b.example"), &mut redactor, &mut counts),
            Line::log("Bearer abc.\u{1b}[1mdef-1\n", &mut redactor, &mut counts),
            Line::backtrace(
                "0: app::save\n at /home/maria/src/x.rs",
                &mut redactor,
                &mut counts,
            ),
        ];
        lines.extend([Line::Masked(counts.clone()), Line::Masked(counts)]);
        lines.iter().flat_map(Line::to_bytes).collect()
    }

    #[test]
    fn a_crash_comes_back_masked() {
        let bytes = file();
        let crash = read(&bytes, SystemTime::UNIX_EPOCH);
        assert_eq!(crash.app_version, "1.4.0");
        assert_eq!(crash.other_panics, 1);
        assert!(!crash.went_on);
        assert_eq!(crash.panic.unwrap().message, "mail [crash-email-1]");
        let counts = ["email", "token", "user"].map(|rule| crash.masked[rule]);
        assert_eq!(counts, [2, 2, 2], "of both lines");
        assert!(
            crash
                .text
                .starts_with("Notes 1.4.0, started at 1970-01-01T00:01:00.000Z\n")
        );
        for part in [
            "Panic at 1970-01-01T00:01:03.000Z, 10 s after the start, in thread main, at src/main.rs:1:2:\nfirst\n",
            "The log before it:\nBearer [crash-token-1]\n",
            "The way to the panic above:\n0: app::save\n at /home/[crash-user-1]/src/x.rs\n",
        ] {
            assert!(crash.text.contains(part), "{part} in {}", crash.text);
        }
        let text = String::from_utf8(bytes).unwrap();
        for secret in ["a@b", "abc.def", "maria"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }

    #[test]
    fn a_way_without_a_name_is_said_to_be_unknown() {
        let mut redactor = Redactor::new(Masks::for_this_machine());
        for (told, names) in [
            ("", false),
            ("   0: <unknown>\n   1: <unknown>\n", false),
            (
                "   0: <unknown>\n   1: BaseThreadInitThunk\n   2: RtlUserThreadStart\n",
                false,
            ),
            (
                "   0: <unknown>\n   1: __libc_start_main@@GLIBC_2.34\n             at ./csu/libc-start.c:360:3\n   2: _start\n",
                false,
            ),
            (
                "   0: <unknown>\n   1: app::save\n             at src/main.rs:1:2\n",
                true,
            ),
        ] {
            let line = Line::backtrace(told, &mut redactor, &mut MaskCounts::new());
            let kept = matches!(&line, Line::Backtrace(text) if text == told);
            let unknown = matches!(&line, Line::Backtrace(text) if text == NO_NAMES);
            assert_eq!((kept, unknown), (names, !names), "{told}");
        }
    }

    #[test]
    fn of_panics_that_follow_from_another_that_one_is_told() {
        let mut redactor = Redactor::new(Masks::for_this_machine());
        let mut lines = |panics: &[(u64, &str)]| {
            let line = |(at, message): &(u64, &str)| {
                Line::panicked(&panic(*at, message), &mut redactor, &mut MaskCounts::new())
            };
            let bytes: Vec<u8> = panics.iter().map(line).flat_map(|line| line.to_bytes()).collect();
            read(&bytes, SystemTime::UNIX_EPOCH)
        };
        let crash = lines(&[
            (10, "caught"),
            (70, "the cause"),
            (70, "poisoned"),
            (71, "and more"),
        ]);
        assert_eq!(
            (crash.panic.unwrap().message.as_str(), crash.other_panics),
            ("the cause", 3)
        );
        assert_eq!(lines(&[(70, "a"), (72, "b")]).panic.unwrap().message, "b");
        assert_eq!(
            lines(&[(70, "a"), (20, "the clock was set back")])
                .panic
                .unwrap()
                .at,
            panic(20, "").at
        );
    }

    #[test]
    fn a_file_that_ends_anywhere_or_holds_anything_is_read_as_far_as_it_makes_sense() {
        let whole = file();
        for end in 0..whole.len() {
            let crash = read(&whole[..end], SystemTime::UNIX_EPOCH);
            assert!(crash.other_panics <= 1);
        }
        let unknown = [&whole, &b"{\"later\":1}\n\xff\0{{{{\n"[..], &whole].concat();
        assert_eq!(read(&unknown, SystemTime::UNIX_EPOCH).other_panics, 3);
        let nothing = read(b"", SystemTime::UNIX_EPOCH);
        assert_eq!((nothing.panic, nothing.text), (None, String::new()));
    }

    #[test]
    fn what_is_long_is_cut() {
        let mut redactor = Redactor::new(Masks::for_this_machine());
        let long = panic(70, &"я".repeat(1 << 20));
        let Line::Panicked(panic) = Line::panicked(&long, &mut redactor, &mut MaskCounts::new()) else {
            unreachable!()
        };
        assert!(panic.message.len() < LONGEST_MESSAGE + 100 && panic.message.ends_with("report]"));
    }
}
