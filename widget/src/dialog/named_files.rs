//! Files that were pasted: what a file manager copies is, as a text, their names.
//!
//! The text goes where it was pasted, as every text does. Where it names files that are there, they are
//! offered to be attached in its place.

use std::path::PathBuf;

use feedback_sdk::{AttachmentProblem, FeedbackClient, FeedbackError, Pending};
use percent_encoding::percent_decode_str;

/// Nobody attaches more files at once, and each is looked for.
const MOST: usize = 20;
/// A longer line names no file: Linux and macOS know no longer path (`PATH_MAX`), also percent-encoded.
const LONGEST: usize = 3 * 4096;

type Check = Pending<Result<u64, AttachmentProblem>>;

/// A text that names files, as it was pasted.
pub(crate) struct NamedFiles {
    pub(crate) text: String,
    pub(crate) paths: Vec<PathBuf>,
    /// Those that are still looked for.
    checks: Vec<Check>,
}

impl NamedFiles {
    /// Looks for the files that a text names, if it names files and nothing else.
    pub(crate) fn in_text(client: &FeedbackClient, text: &str) -> Option<Self> {
        let paths = paths(text)?;
        Some(Self {
            text: text.to_owned(),
            checks: paths.iter().map(|path| client.check_attachment(path)).collect(),
            paths,
        })
    }

    /// Takes the answers that have come. `false` where one of the files is not there.
    pub(crate) fn poll(&mut self) -> bool {
        let mut are_there = true;
        self.checks.retain_mut(|check| {
            let answer = check.poll();
            are_there &= answer.as_ref().is_none_or(is_there);
            answer.is_none()
        });
        are_there
    }

    /// Whether all of them are there.
    pub(crate) fn are_found(&self) -> bool {
        self.checks.is_empty()
    }
}

/// Also one that is too large: that is told once it is attached.
fn is_there(answer: &Result<Result<u64, AttachmentProblem>, FeedbackError>) -> bool {
    matches!(answer, Ok(Ok(_) | Err(AttachmentProblem::TooLarge { .. })))
}

/// The files that a text names: addresses or absolute paths, one a line, and nothing else.
fn paths(text: &str) -> Option<Vec<PathBuf>> {
    let mut lines = text.lines().filter(|line| !line.is_empty()).peekable();
    // GNOME's file manager before version 43; the next line tells whether to copy or to move.
    if lines.next_if_eq(&"x-special/nautilus-clipboard").is_some() {
        lines.next();
    }
    let paths: Option<Vec<PathBuf>> = lines.take(MOST + 1).map(path).collect();
    paths.filter(|paths| (1..=MOST).contains(&paths.len()))
}

fn path(line: &str) -> Option<PathBuf> {
    if line.len() > LONGEST {
        return None;
    }
    // As Windows copies a path.
    let line = line
        .strip_prefix('"')
        .and_then(|line| line.strip_suffix('"'))
        .unwrap_or(line);
    let path = match line.strip_prefix("file://") {
        Some(address) => of_address(address)?,
        None => line.to_owned(),
    };
    Some(PathBuf::from(path)).filter(|path| path.is_absolute())
}

/// The path of an address of this machine (RFC 8089).
fn of_address(address: &str) -> Option<String> {
    let path = address.strip_prefix("localhost").unwrap_or(address);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    // `/C:/…`
    let path = path.strip_prefix('/').filter(|_| cfg!(windows)).unwrap_or(&path);
    Some(path.to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_file_managers_copy_is_understood() {
        for text in [
            "/home/anna/a b.txt",
            "\"/home/anna/a b.txt\"",
            "file:///home/anna/a%20b.txt",
            "file://localhost/home/anna/a%20b.txt\r\n",
            "x-special/nautilus-clipboard\ncopy\nfile:///home/anna/a%20b.txt\n",
        ] {
            let path = PathBuf::from("/home/anna/a b.txt");
            assert_eq!(paths(text), Some(vec![path]), "{text}");
        }
        assert_eq!(
            paths("file:///a\n/b"),
            Some(vec![PathBuf::from("/a"), PathBuf::from("/b")])
        );
    }

    #[test]
    fn what_is_said_is_no_file() {
        let many = "/a\n".repeat(MOST + 1);
        let long = format!("/{}", "a".repeat(LONGEST));
        for text in [
            "",
            "\n",
            "hello",
            "see /etc/hosts",
            "/etc/hosts\nis wrong",
            "https://example.org/a",
            "file://server/share/a",
            "file:///a%ff",
            "x-special/nautilus-clipboard",
            &many,
            &long,
        ] {
            assert_eq!(paths(text), None, "{text}");
        }
    }
}
