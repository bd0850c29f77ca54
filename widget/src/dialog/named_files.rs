//! Files that were pasted: what a file manager copies is, as a text, their names.
//!
//! The text goes where it was pasted, as every text does. Where it names files that are there, they are
//! offered to be attached in its place.

use std::path::{Component, Path, PathBuf, Prefix};

use feedback_sdk::{AttachmentProblem, FeedbackClient, FeedbackError, Pending};
use percent_encoding::percent_decode_str;

/// Nobody attaches more files at once, and each is looked for.
const MOST: usize = 20;
/// A longer line names no file: Linux and macOS know no longer path (`PATH_MAX`), also percent-encoded.
const LONGEST: usize = 3 * 4096;

type Check = Pending<Result<u64, AttachmentProblem>>;
type Answer = Result<Result<u64, AttachmentProblem>, FeedbackError>;

/// A text that names files, as it was pasted.
pub(crate) struct NamedFiles {
    pub(crate) text: String,
    pub(crate) paths: Vec<PathBuf>,
    /// How many of them are there, from the first on.
    found: usize,
    /// The one that is looked for. One at a time: on a drive that does not answer, each takes as long as it likes.
    check: Option<Check>,
}

impl NamedFiles {
    /// Looks for the files that a text names, if it names files and nothing else.
    pub(crate) fn in_text(client: &FeedbackClient, text: &str) -> Option<Self> {
        if text.len() > MOST * LONGEST {
            return None; // also of nothing but line ends
        }
        let paths = paths(text)?;
        Some(Self {
            text: text.to_owned(),
            check: paths.first().map(|path| client.check_attachment(path)),
            paths,
            found: 0,
        })
    }

    /// Takes the answer that has come, and looks for the next one. `false` where one of the files is not there.
    pub(crate) fn poll(&mut self, client: &FeedbackClient) -> bool {
        let Some(answer) = self.check.as_mut().and_then(Pending::poll) else {
            return true;
        };
        self.answered(client, &answer)
    }

    fn answered(&mut self, client: &FeedbackClient, answer: &Answer) -> bool {
        self.check = None;
        if !is_there(answer) {
            return false;
        }
        self.found += 1;
        let next = self.paths.get(self.found);
        self.check = next.map(|path| client.check_attachment(path));
        true
    }

    /// Whether all of them are there.
    pub(crate) fn are_found(&self) -> bool {
        self.found == self.paths.len()
    }
}

/// Also one that is too large: that is told once it is attached.
fn is_there(answer: &Answer) -> bool {
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

/// The file that a line names: by its address, or its absolute path.
pub(crate) fn path(line: &str) -> Option<PathBuf> {
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
    Some(PathBuf::from(path)).filter(|path| path.is_absolute() && is_of_this_machine(path))
}

/// Whether looking for it asks no other machine, which would learn who asks: Windows logs in to `\\host\share`.
fn is_of_this_machine(path: &Path) -> bool {
    match path.components().next() {
        Some(Component::Prefix(prefix)) => matches!(prefix.kind(), Prefix::Disk(_) | Prefix::VerbatimDisk(_)),
        _ => true,
    }
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
    use feedback_sdk::FeedbackConfig;

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

    /// On a drive that does not answer, twenty questions would keep reports waiting for ten minutes.
    #[test]
    fn files_are_looked_for_one_after_the_other_until_one_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let config = FeedbackConfig::new("https://example.org", "pk_test", "Notes", "1")
            .spool_dir(folder.path().join("spool"));
        let client = FeedbackClient::new(config).unwrap();
        let here = folder.path().join("here.txt");
        std::fs::write(&here, b"x").unwrap();
        let here = here.display();
        let text = format!("{here}\n{here}.gone\n{here}");
        let mut named = NamedFiles::in_text(&client, &text).unwrap();
        let mut asked = 0;
        while let Some(check) = named.check.take() {
            let answer = check.wait();
            asked += 1;
            if !named.answered(&client, &answer) {
                break;
            }
        }
        assert_eq!((asked, named.check.is_none()), (2, true));
        assert!(!named.are_found());
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

#[cfg(all(test, windows))]
mod windows_tests {
    use super::*;

    #[test]
    fn what_another_machine_has_is_not_looked_for() {
        for text in [r"C:\a.txt", r"\\?\C:\a.txt", "file:///C:/a.txt"] {
            assert!(paths(text).is_some(), "{text}");
        }
        for text in [
            r"\\host\share\a.txt",
            r"\\?\UNC\host\share\a.txt",
            r"\\.\pipe\a",
            "file:////host/share/a.txt",
            "//host/share/a.txt",
        ] {
            assert_eq!(paths(text), None, "{text}");
        }
    }
}
