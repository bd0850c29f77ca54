//! The app's log files: the newest part of each, masked, within the budget.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::Gathering;
use crate::config::FeedbackConfig;
use crate::report::{Cut, FileKind};

/// Takes every log the app named. The newest files get the budget first; in the report the newest
/// stands last.
pub(crate) fn gather(config: &FeedbackConfig, gathering: &mut Gathering) {
    let mut found: Vec<(SystemTime, PathBuf)> = Vec::new();
    for pattern in &config.logs {
        for path in matches(pattern, gathering) {
            match fs::metadata(&path) {
                Ok(facts) if facts.is_file() => {
                    let changed = facts.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                    if !found.iter().any(|(_, known)| *known == path) {
                        found.push((changed, path));
                    }
                }
                Ok(_) => gathering.gap(
                    &label(&path),
                    "is not a file; name its files, for example with a glob",
                ),
                Err(error) => gathering.gap(&label(&path), reason(&error)),
            }
        }
    }
    if config.logs.is_empty() {
        gathering.gap("logs", "the app has named no log files");
    }
    found.sort();
    let mut left = config.budget.log_total;
    let mut taken = Vec::new();
    for (_, path) in found.into_iter().rev() {
        match read_tail(&path, config.budget.log_file.min(left)) {
            Ok(tail) if tail.bytes.is_empty() && tail.original > 0 => {
                gathering.gap(
                    &label(&path),
                    "left out: the logs' budget is used up by newer files",
                );
            }
            Ok(tail) => {
                left = left.saturating_sub(tail.bytes.len() as u64);
                taken.push((path, tail));
            }
            Err(error) => gathering.gap(&label(&path), reason(&error)),
        }
    }
    for (path, tail) in taken.into_iter().rev() {
        add(&path, &tail, gathering);
    }
}

fn add(path: &Path, tail: &Tail, gathering: &mut Gathering) {
    let (text, masked) = gathering.mask_file(&String::from_utf8_lossy(&tail.bytes));
    let missing = tail.original.saturating_sub(tail.bytes.len() as u64);
    let text = marked(text.as_bytes(), missing);
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    if let Some(file) = gathering.add(FileKind::Log, &name, text) {
        file.original_bytes = tail.original;
        file.cut = if missing > 0 { Cut::Head } else { Cut::None };
        file.masked = masked;
    }
}

/// The files a pattern names. A path with glob characters in its own name is found as it is.
fn matches(pattern: &str, gathering: &mut Gathering) -> Vec<PathBuf> {
    if fs::symlink_metadata(pattern).is_ok() || !pattern.contains(['*', '?', '[']) {
        return vec![PathBuf::from(pattern)];
    }
    let mut paths = Vec::new();
    match glob::glob(pattern) {
        Ok(found) => {
            for entry in found {
                match entry {
                    Ok(path) => paths.push(path),
                    Err(error) => gathering.gap(&label(error.path()), reason(error.error())),
                }
            }
        }
        Err(error) => gathering.gap(&format!("logs {pattern}"), error.to_string()),
    }
    if paths.is_empty() {
        gathering.gap(&format!("logs {pattern}"), "no file matches");
    }
    paths
}

/// The text behind a line that says how much is missing before it.
pub(crate) fn marked(text: &[u8], missing: u64) -> Vec<u8> {
    if missing == 0 {
        return text.to_vec();
    }
    let mut marked = format!("[feedback: {missing} older bytes are not in this report]\n").into_bytes();
    marked.extend_from_slice(text);
    marked
}

/// The newest whole lines of a text, at most `limit` bytes.
pub(crate) fn newest(text: &[u8], limit: usize) -> &[u8] {
    let skip = text.len().saturating_sub(limit);
    if skip == 0 {
        return text;
    }
    // One byte earlier tells whether the cut falls on a line end.
    let line_end = text[skip - 1..].iter().position(|byte| *byte == b'\n');
    line_end.map_or(&[], |end| &text[skip + end..])
}

struct Tail {
    bytes: Vec<u8>,
    original: u64,
}

/// The last `limit` bytes of a file, cut at a line end. A file that grows meanwhile is read to
/// the length it had.
fn read_tail(path: &Path, limit: u64) -> io::Result<Tail> {
    let mut file = open_plain(path)?;
    let original = file.metadata()?.len();
    let skip = original.saturating_sub(limit);
    // One byte earlier tells whether the cut falls on a line end.
    let from = skip.saturating_sub(1);
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(original - from).read_to_end(&mut bytes)?;
    if skip > 0 {
        let line_end = bytes.iter().position(|byte| *byte == b'\n');
        let start = line_end.map_or(1, |end| end + 1).min(bytes.len());
        bytes.drain(..start);
    }
    Ok(Tail { bytes, original })
}

/// Opens without waiting: a pipe put in the log's place must not hang the thread.
fn open_plain(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(O_NONBLOCK);
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"))
    }
}

/// `open(2)`: 0o4000 on Linux, 4 on the BSDs and macOS.
#[cfg(any(target_os = "linux", target_os = "android"))]
const O_NONBLOCK: i32 = 0o4000;
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
const O_NONBLOCK: i32 = 4;

/// A log's name for a gap: the file name alone, since folders tell about the person.
fn label(path: &Path) -> String {
    format!(
        "log {}",
        path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
    )
}

/// An I/O error in words that hold on every system.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "not found".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Report, ReportFile};
    use crate::{FeedbackConfig, ReportDraft};

    fn report(logs: &[&str], per_file: u64, in_all: u64) -> Report {
        let mut config =
            FeedbackConfig::new("https://example.com/x", "k", "a", "1").log_budget(per_file, in_all);
        for log in logs {
            config = config.log(*log);
        }
        super::super::gather(&config, ReportDraft::new("x"), SystemTime::UNIX_EPOCH)
    }

    fn gaps(report: &Report) -> Vec<String> {
        report
            .gaps()
            .iter()
            .map(|gap| format!("{}: {}", gap.what, gap.why))
            .collect()
    }

    #[test]
    fn what_cannot_be_had_is_named_and_the_rest_comes() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
        fs::write(path("good.log"), "hello\n").unwrap();
        fs::write(path("empty.log"), "").unwrap();
        fs::create_dir(path("folder.log")).unwrap();
        let report = report(
            &[
                &path("good.log"),
                &path("empty.log"),
                &path("missing.log"),
                &path("folder.log"),
                &path("*.nothing"),
            ],
            1000,
            1000,
        );
        let mut paths: Vec<&str> = report.evidence().iter().map(ReportFile::path).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["logs/empty.log", "logs/good.log"]);
        let gaps = gaps(&report).join("\n");
        assert!(gaps.contains("log missing.log: not found"), "{gaps}");
        assert!(gaps.contains("log folder.log: is not a file"), "{gaps}");
        assert!(gaps.contains("*.nothing: no file matches"), "{gaps}");
    }

    #[test]
    fn no_log_at_all_is_a_gap() {
        assert_eq!(
            gaps(&report(&[], 10, 10)),
            ["logs: the app has named no log files"]
        );
    }

    #[test]
    fn a_long_log_keeps_its_newest_whole_lines_and_says_what_is_missing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        fs::write(&path, "first line\nsecond line\nthird line\n").unwrap();
        let report = report(&[&path.to_string_lossy()], 15, 1000);
        let file = &report.evidence()[0];
        assert_eq!(
            String::from_utf8_lossy(file.content()),
            "[feedback: 23 older bytes are not in this report]\nthird line\n"
        );
        assert_eq!((file.cut(), file.original_bytes()), (Cut::Head, 34));
    }

    #[test]
    fn a_cut_on_a_line_end_loses_no_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        fs::write(&path, "aaaa\nbbbb\n").unwrap();
        let tail = read_tail(&path, 5).unwrap();
        assert_eq!(tail.bytes, b"bbbb\n");
    }

    #[test]
    fn newer_files_get_the_budget_first_and_stand_last() {
        let dir = tempfile::tempdir().unwrap();
        for (name, age) in [("old.log", 300), ("mid.log", 200), ("new.log", 100)] {
            let path = dir.path().join(name);
            fs::write(&path, format!("{name}\n").repeat(10)).unwrap();
            let changed = SystemTime::now() - std::time::Duration::from_secs(age);
            File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_modified(changed)
                .unwrap();
        }
        let report = report(&[&dir.path().join("*.log").to_string_lossy()], 1000, 160);
        let paths: Vec<&str> = report.evidence().iter().map(ReportFile::path).collect();
        assert_eq!(paths, ["logs/mid.log", "logs/new.log"]);
        assert!(
            gaps(&report)[0].starts_with("log old.log: left out"),
            "{:?}",
            gaps(&report)
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_logs_place_does_not_hang() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        assert!(open_plain(&path).is_err());
        let report = report(&[&path.to_string_lossy()], 10, 10);
        assert_eq!(report.gaps().len(), 1);
    }

    #[test]
    fn any_bytes_become_text() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        fs::write(&path, b"ok \xff\xfe\x00 a@b.example\r\n").unwrap();
        let report = report(&[&path.to_string_lossy()], 1000, 1000);
        let text = String::from_utf8(report.evidence()[0].content().to_vec()).unwrap();
        assert!(text.ends_with("[email-1]\r\n"), "{text:?}");
        assert_eq!(report.masked()["email"], 1);
    }
}
