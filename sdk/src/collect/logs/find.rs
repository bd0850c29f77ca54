//! Which files a path, a glob or a folder means: with what was rotated away, and nothing outside its folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::label;
use crate::collect::last_name;
use crate::report::GapReason;

/// What one pattern of the maker's names.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Each file once, and when it was last changed.
    pub(super) files: BTreeMap<PathBuf, SystemTime>,
    /// What is missing, and why.
    pub(super) gaps: Vec<(String, GapReason)>,
}

/// Looks for the files of one pattern. Reads folders only.
pub(super) fn find(pattern: &str) -> Found {
    let mut found = Found::default();
    let pattern = without_mark(pattern);
    let path = Path::new(pattern);
    if path.is_dir() {
        found.take_folder(path);
    } else if is_there(path) || !pattern.contains(['*', '?', '[']) {
        found.take_family(path);
    } else {
        found.take_matches(pattern);
    }
    found
}

/// [`Path::canonicalize`] writes a path of Windows as `\\?\C:\logs`, in which a glob finds nothing.
fn without_mark(pattern: &str) -> &str {
    match pattern.strip_prefix(r"\\?\") {
        Some(plain) if cfg!(windows) && plain.as_bytes().get(1) == Some(&b':') => plain,
        _ => pattern,
    }
}

impl Found {
    fn take_folder(&mut self, folder: &Path) {
        let what = label(folder);
        match files_of(folder, |_| true) {
            Ok(files) if files.is_empty() => self.gap(what, GapReason::EmptyFolder),
            Ok(files) => {
                for file in files {
                    self.take(&file, folder);
                }
            }
            Err(error) => self.gap(what, &error),
        }
    }

    /// A log and what was rotated away from it. Where only the rotated ones are there, that is how this app writes.
    fn take_family(&mut self, log: &Path) {
        let folder = match log.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let name = last_name(log);
        let rotated = files_of(folder, |other| is_rotated(&name, other)).unwrap_or_default();
        if rotated.is_empty() || is_there(log) {
            self.take(log, folder);
        }
        for file in rotated {
            self.take(&file, folder);
        }
    }

    fn take_matches(&mut self, pattern: &str) {
        let what = format!("logs {}", last_name(Path::new(pattern)));
        let (folder, pattern) = with_plain_folders(pattern);
        let mut none = true;
        match glob::glob(&pattern) {
            Ok(matches) => {
                for file in matches {
                    none = false;
                    match file {
                        // A glob such as `logs/*` is about files; its folders are nobody's loss.
                        Ok(path) if path.is_dir() => {}
                        Ok(path) => self.take(&path, &folder),
                        Err(error) => self.gap(label(error.path()), error.error()),
                    }
                }
            }
            Err(error) => self.gap(what.clone(), GapReason::Other(error.to_string())),
        }
        if none {
            self.gap(what, GapReason::NoMatch);
        }
    }

    /// Takes a file, unless a symlink leads it out of `folder` or into a place where the system only pretends to
    /// have files.
    fn take(&mut self, path: &Path, folder: &Path) {
        let looked = path.canonicalize().and_then(|real| {
            let facts = fs::metadata(&real)?;
            Ok((real, facts, folder.canonicalize()?))
        });
        match looked {
            Ok((_, facts, _)) if !facts.is_file() => {
                self.gap(label(path), GapReason::NotAFile);
            }
            Ok((real, _, _)) if PRETENDED.iter().any(|place| real.starts_with(place)) => {
                self.gap(label(path), GapReason::NotOnDisk);
            }
            Ok((real, _, folder)) if !real.starts_with(&folder) => {
                self.gap(label(path), GapReason::LinkedElsewhere);
            }
            Ok((_, facts, _)) => {
                let changed = facts.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                self.files.insert(path.to_owned(), changed);
            }
            Err(error) => self.gap(label(path), &error),
        }
    }

    fn gap(&mut self, what: String, why: impl Into<GapReason>) {
        self.gaps.push((what, why.into()));
    }
}

/// Where Linux shows devices and itself as files.
const PRETENDED: [&str; 3] = ["/proc", "/sys", "/dev"];

/// Also a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The files in a folder whose names are wanted. No other one is looked at: a log may lie beside a million files.
fn files_of(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> io::Result<Vec<PathBuf>> {
    let items = fs::read_dir(folder)?.flatten();
    Ok(items
        .filter(|item| is_wanted(&item.file_name().to_string_lossy()))
        .map(|item| item.path())
        .filter(|path| !path.is_dir())
        .collect())
}

/// Whether `name` is what a rotation made of `log`: a number, a date or a word such as `old` behind the name or before
/// its extension, and perhaps `.gz` (logrotate, log4rs, `flexi_logger`, tracing-appender, Python's handlers).
fn is_rotated(log: &str, name: &str) -> bool {
    let plain = name.strip_suffix(".gz").unwrap_or(name);
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
    between.is_some_and(is_turn)
}

/// Whether a part of a name counts or dates a rotation: `.1`, `-20261121`, `_2026-11-21_10-30-00`, `.old`, `_rCURRENT`.
fn is_turn(part: &str) -> bool {
    let Some(turn) = part.strip_prefix(['.', '-', '_']) else {
        return false;
    };
    let words = ["old", "prev", "previous", "bak", "backup", "last", "rcurrent"];
    let counts = |letter: char| letter.is_ascii_digit() || "-_.:TZr".contains(letter);
    words.contains(&turn.to_ascii_lowercase().as_str())
        || (turn.contains(|letter: char| letter.is_ascii_digit()) && turn.chars().all(counts))
}

/// The folder that all matches are in, and the pattern with this folder taken by its letters: one may be called
/// `notes [old]`.
fn with_plain_folders(pattern: &str) -> (PathBuf, String) {
    let folders = Path::new(pattern).ancestors().skip(1);
    for folder in folders.filter(|folder| folder.is_dir()) {
        if let (Some(plain), Ok(rest)) = (folder.to_str(), Path::new(pattern).strip_prefix(folder)) {
            let plain = Path::new(&glob::Pattern::escape(plain)).join(rest);
            return (folder.to_owned(), plain.to_string_lossy().into_owned());
        }
    }
    (PathBuf::from("."), pattern.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_is_known_by_its_name() {
        for rotated in [
            "app.log.1",
            "app.log.12.gz",
            "app.log.gz",
            "app.log.old",
            "app.log-20261121",
            "app.log.2026-11-21",
            "app.log.2026-11-21-10",
            "app.2026-11-21.log",
            "app.2026-11-21.log.gz",
            "app-1.log",
            "app_rCURRENT.log",
            "app_r00012.log",
            "app-prev.log",
        ] {
            assert!(is_rotated("app.log", rotated), "{rotated}");
        }
        for other in [
            "app.log",
            "app2.log",
            "app-audit.log",
            "app.log.lock",
            "app.log.1.tmp",
            "app..log",
            "my-app.log",
            "app.1.txt",
            "log",
        ] {
            assert!(!is_rotated("app.log", other), "{other}");
        }
        assert!(is_rotated("syslog", "syslog.2.gz"));
        assert!(!is_rotated("syslog", "syslogd"));
    }

    fn names(found: &Found) -> Vec<String> {
        let names = found.files.keys().map(|path| last_name(path).into_owned());
        names.collect()
    }

    #[test]
    fn a_path_means_its_family_also_where_only_that_is_there() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["app.log.1", "app.2026-11-21.log", "other.log", "app.log.lock"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let log = dir.path().join("app.log");
        let found = find(&log.to_string_lossy());
        assert_eq!(names(&found), ["app.2026-11-21.log", "app.log.1"]);
        assert!(found.gaps.is_empty(), "{found:?}");
        fs::write(&log, "x").unwrap();
        assert_eq!(
            names(&find(&log.to_string_lossy())),
            ["app.2026-11-21.log", "app.log", "app.log.1"]
        );
    }

    #[test]
    fn a_folder_means_its_files_and_not_its_folders() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("deep")).unwrap();
        fs::write(dir.path().join("deep/c.log"), "x").unwrap();
        let found = find(&dir.path().to_string_lossy());
        assert_eq!(found.gaps[0].1, GapReason::EmptyFolder);
        for name in ["a.log", "b"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let found = find(&dir.path().to_string_lossy());
        assert_eq!(names(&found), ["a.log", "b"]);
        assert!(found.gaps.is_empty(), "{found:?}");
    }

    #[test]
    fn a_path_as_the_system_writes_it_may_have_a_glob() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("app.log"), "x").unwrap();
        let pattern = dir.path().canonicalize().unwrap().join("*.log");
        assert_eq!(names(&find(&pattern.to_string_lossy())), ["app.log"]);
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out_of_the_folder() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let logs = dir.path().join("logs");
        fs::create_dir(&logs).unwrap();
        fs::write(dir.path().join("secret"), "x").unwrap();
        fs::write(logs.join("2026.txt"), "x").unwrap();
        symlink("2026.txt", logs.join("current.log")).unwrap();
        symlink("../secret", logs.join("out.log")).unwrap();
        symlink("gone", logs.join("dangling.log")).unwrap();
        symlink("/proc/self/environ", logs.join("proc.log")).unwrap();
        for pattern in [logs.clone(), logs.join("*.log")] {
            let found = find(&pattern.to_string_lossy());
            let mut gaps: Vec<String> = found
                .gaps
                .iter()
                .map(|(what, why)| format!("{what}: {why}"))
                .collect();
            gaps.sort_unstable();
            assert_eq!(
                gaps,
                [
                    "log dangling.log: not found",
                    "log out.log: is a link out of its folder; name the file that it leads to",
                    "log proc.log: is not a file on a disk",
                ]
            );
            assert!(names(&found).contains(&"current.log".to_owned()), "{found:?}");
        }
        let link = dir.path().join("link");
        symlink(&logs, &link).unwrap();
        let found = find(&link.join("current.log").to_string_lossy());
        assert_eq!(
            names(&found),
            ["current.log"],
            "the way to the folder may be a link"
        );
    }
}
