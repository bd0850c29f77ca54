//! The app's log files: the newest part of each, masked, within the budget.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::encoding::Encoding;
use super::{Gathering, last_name};
use crate::config::FeedbackConfig;
use crate::report::{Cut, FileKind};

/// How many log files a report takes. A server refuses a zip with more than a thousand entries, and
/// nobody reads so many.
const MOST_FILES: usize = 200;

/// How many bytes before a cut inside a line are looked at, so that a secret which the cut goes
/// through is masked. Even, for UTF-16.
const LEAD: u64 = 4 << 10;

/// Takes every log the app named. The newest files get the budget first; in the report the newest
/// stands last.
pub(crate) fn gather(config: &FeedbackConfig, gathering: &mut Gathering) {
    let mut left = config.budget.log_total;
    let mut taken = Vec::new();
    for path in newest_first(&config.logs, gathering) {
        match read_tail(&path, config.budget.log_file.min(left)) {
            Ok(tail) if tail.bytes == 0 && tail.original > 0 => {
                gathering.gap(
                    &label(&path),
                    "left out: the logs' budget is used up by newer files",
                );
            }
            Ok(tail) => {
                left = left.saturating_sub(tail.bytes);
                taken.push((path, tail));
            }
            Err(error) => gathering.gap(&label(&path), reason(&error)),
        }
    }
    for (path, tail) in taken.into_iter().rev() {
        add(&path, &tail, gathering);
    }
}

/// The files that the patterns name, each once, at most [`MOST_FILES`].
fn newest_first(patterns: &[String], gathering: &mut Gathering) -> Vec<PathBuf> {
    let mut found = BTreeMap::new();
    for pattern in patterns {
        for path in matches(pattern, gathering) {
            match fs::metadata(&path) {
                Ok(facts) if facts.is_file() => {
                    let changed = facts.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                    found.entry(path).or_insert(changed);
                }
                Ok(_) => gathering.gap(
                    &label(&path),
                    "is not a file; name its files, for example with a glob",
                ),
                Err(error) => gathering.gap(&label(&path), reason(&error)),
            }
        }
    }
    if patterns.is_empty() {
        gathering.gap("logs", "the app has named no log files");
    }
    let mut found: Vec<(SystemTime, PathBuf)> =
        found.into_iter().map(|(path, changed)| (changed, path)).collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    let older = found.len().saturating_sub(MOST_FILES);
    if older > 0 {
        let why = format!("{older} older files left out: a report takes the newest {MOST_FILES}");
        gathering.gap("logs", why);
        found.truncate(MOST_FILES);
    }
    found.into_iter().map(|(_, path)| path).collect()
}

fn add(path: &Path, tail: &Tail, gathering: &mut Gathering) {
    let (text, masked) = gathering.mask_file(&tail.text, tail.lead);
    let missing = tail.original.saturating_sub(tail.bytes);
    let text = marked(text.as_bytes(), missing);
    if let Some(file) = gathering.add(FileKind::Log, &last_name(path), text) {
        file.original_bytes = tail.original;
        file.cut = if missing > 0 { Cut::Head } else { Cut::None };
        file.masked = masked;
    }
}

/// The files a pattern names. A path with glob characters in its own name is found as it is, and so
/// is a folder.
fn matches(pattern: &str, gathering: &mut Gathering) -> Vec<PathBuf> {
    if fs::symlink_metadata(pattern).is_ok() || !pattern.contains(['*', '?', '[']) {
        return vec![PathBuf::from(pattern)];
    }
    let what = format!("logs {}", last_name(Path::new(pattern)));
    let mut paths = Vec::new();
    match glob::glob(&with_plain_folders(pattern)) {
        Ok(found) => {
            for entry in found {
                match entry {
                    Ok(path) => paths.push(path),
                    Err(error) => gathering.gap(&label(error.path()), reason(error.error())),
                }
            }
        }
        Err(error) => gathering.gap(&what, error.to_string()),
    }
    if paths.is_empty() {
        gathering.gap(&what, "no file matches");
    }
    paths
}

/// The pattern with those of its folders that exist as they are written taken by their letters: a
/// folder may be called `notes [old]`.
fn with_plain_folders(pattern: &str) -> String {
    let folders = Path::new(pattern).ancestors().skip(1);
    for folder in folders.filter(|folder| folder.is_dir()) {
        if let (Some(folder), Ok(rest)) = (folder.to_str(), Path::new(pattern).strip_prefix(folder)) {
            let plain = Path::new(&glob::Pattern::escape(folder)).join(rest);
            return plain.to_string_lossy().into_owned();
        }
    }
    pattern.to_owned()
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

/// The newest whole lines of a text, at most `limit` bytes; the end of the last line where that
/// alone is longer.
pub(crate) fn newest(text: &[u8], limit: usize) -> &[u8] {
    match text.len().saturating_sub(limit) {
        0 => text,
        skip => &text[start_after(text, skip, b"\n").0..],
    }
}

/// Where to start after leaving out at least `skip` bytes, and whether a line starts there. If none
/// does, it is inside the last line, between two letters.
fn start_after(text: &[u8], skip: usize, newline: &[u8]) -> (usize, bool) {
    // One code unit earlier tells whether the cut falls on a line end.
    let unit = newline.len();
    let from = skip.min(text.len()).saturating_sub(unit);
    let line_end = text[from..].chunks_exact(unit).position(|end| end == newline);
    let line = line_end.map(|end| from + (end + 1) * unit);
    if let Some(line) = line.filter(|line| *line < text.len()) {
        return (line, true);
    }
    let skip = skip.min(text.len());
    let inside = |byte: &&u8| unit == 1 && **byte & 0b1100_0000 == 0b1000_0000;
    (
        skip + text[skip..].iter().take(3).take_while(inside).count(),
        false,
    )
}

/// The end of a file.
struct Tail {
    text: String,
    /// So many bytes of the text stand before the cut and only help to mask what follows.
    lead: usize,
    /// How many bytes of the file are kept.
    bytes: u64,
    original: u64,
}

/// The last `limit` bytes of a file, cut at a line end if there is one. A file that grows meanwhile
/// is read to the length it had.
fn read_tail(path: &Path, limit: u64) -> io::Result<Tail> {
    let mut file = open_plain(path)?;
    let original = file.metadata()?.len();
    let mut start = Vec::new();
    file.by_ref().take(Encoding::START).read_to_end(&mut start)?;
    let encoding = Encoding::of(&start)?;
    let newline = encoding.newline();
    let skip = original
        .saturating_sub(limit)
        .next_multiple_of(newline.len() as u64);
    let from = skip.saturating_sub(LEAD);
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(original.saturating_sub(from)).read_to_end(&mut bytes)?;
    let (cut, on_line) = match usize::try_from(skip - from).unwrap_or(usize::MAX) {
        0 => (0, true),
        skip => start_after(&bytes, skip, newline),
    };
    let (before, kept) = bytes.split_at(cut);
    let mut text = if on_line {
        String::new()
    } else {
        encoding.decode(before)
    };
    let lead = text.len();
    text.push_str(&encoding.decode(kept));
    Ok(Tail {
        text,
        lead,
        bytes: kept.len() as u64,
        original,
    })
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

/// A log's name for a gap.
fn label(path: &Path) -> String {
    format!("log {}", last_name(path))
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

    fn age_by(path: &Path, seconds: u64) {
        let changed = SystemTime::now() - std::time::Duration::from_secs(seconds);
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(changed).unwrap();
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
        assert!(gaps.contains("logs *.nothing: no file matches"), "{gaps}");
        let folder = dir.path().to_string_lossy().into_owned();
        assert!(!gaps.contains(&folder), "folders tell about the person: {gaps}");
    }

    #[test]
    fn a_folder_with_glob_characters_in_its_name_is_searched() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("notes [old]");
        fs::create_dir_all(folder.join("deep")).unwrap();
        for name in ["a.log", "b.log", "deep/c.log"] {
            fs::write(folder.join(name), "x\n").unwrap();
        }
        for (pattern, files) in [("*.log", 2), ("**/*.log", 3), ("[ab].log", 2)] {
            let report = report(&[&folder.join(pattern).to_string_lossy()], 100, 1000);
            assert_eq!(report.evidence().len(), files, "{pattern}: {:?}", gaps(&report));
        }
        let report = report(&[&dir.path().join("notes*/?.log").to_string_lossy()], 100, 1000);
        assert_eq!(report.evidence().len(), 2, "{:?}", gaps(&report));
    }

    #[test]
    fn too_many_files_leave_the_oldest_out_and_say_how_many() {
        let dir = tempfile::tempdir().unwrap();
        for age in 0..MOST_FILES as u64 + 3 {
            let path = dir.path().join(format!("{age:03}.log"));
            fs::write(&path, "x\n").unwrap();
            age_by(&path, age * 10);
        }
        let report = report(&[&dir.path().join("*.log").to_string_lossy()], 1000, 100_000);
        assert_eq!(report.evidence().len(), MOST_FILES);
        assert_eq!(report.evidence()[0].path(), "logs/199.log");
        assert_eq!(report.evidence()[MOST_FILES - 1].path(), "logs/000.log");
        assert_eq!(
            gaps(&report),
            ["logs: 3 older files left out: a report takes the newest 200"]
        );
    }

    #[test]
    fn utf_16_is_decoded_before_it_is_masked_and_cut() {
        let dir = tempfile::tempdir().unwrap();
        let text = "\u{feff}ещё line\r\nuser a@b.example, Ċ \u{d0a}\r\nlast\r\n";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let path = dir.path().join("app.log");
            let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
            fs::write(&path, &bytes).unwrap();
            let content = |limit| {
                let report = report(&[&path.to_string_lossy()], limit, 1000);
                let file = &report.evidence()[0];
                assert_eq!(file.original_bytes(), bytes.len() as u64);
                String::from_utf8(file.content().to_vec()).unwrap()
            };
            assert_eq!(content(1000), "ещё line\r\nuser [email-1], Ċ \u{d0a}\r\nlast\r\n");
            let missing = bytes.len() - 12;
            for limit in 12..16 {
                assert_eq!(
                    content(limit),
                    format!("[feedback: {missing} older bytes are not in this report]\nlast\r\n")
                );
            }
        }
    }

    #[test]
    fn what_is_no_text_is_a_gap_and_no_ruin() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
        fs::write(path("app.log.gz"), b"\x1f\x8b\x08\x00text").unwrap();
        fs::write(path("app.db"), b"SQLite format 3\0\x10\0\x01\x01").unwrap();
        let report = report(&[&path("app.log.gz"), &path("app.db")], 1000, 1000);
        assert!(report.evidence().is_empty());
        let mut gaps = gaps(&report);
        gaps.sort_unstable();
        assert_eq!(
            gaps,
            ["log app.db: is not a text file", "log app.log.gz: is compressed"]
        );
    }

    #[test]
    fn a_line_longer_than_the_budget_keeps_its_end() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        for end in ["", "\n"] {
            let line = format!("first\n{}{end}", "яx".repeat(5000));
            fs::write(&path, &line).unwrap();
            for limit in [100, 101, 102, 6000] {
                let report = report(&[&path.to_string_lossy()], limit, 100_000);
                assert!(report.gaps().is_empty(), "{:?}", gaps(&report));
                let text = std::str::from_utf8(report.evidence()[0].content()).unwrap();
                let (_, kept) = text.split_once('\n').unwrap();
                assert!(line.ends_with(kept));
                assert!(
                    (limit - 1..=limit).contains(&(kept.len() as u64)),
                    "{}",
                    kept.len()
                );
            }
        }
    }

    #[test]
    fn a_secret_that_the_cut_goes_through_stays_hidden() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        let text = format!(
            "{} a@b.example Authorization: Bearer {}, then",
            "x".repeat(9000),
            "secret".repeat(9)
        );
        fs::write(&path, text).unwrap();
        let report = report(&[&path.to_string_lossy()], 30, 1000);
        let content = String::from_utf8_lossy(report.evidence()[0].content());
        assert!(content.ends_with("report]\n[token-1], then"), "{content}");
        assert_eq!(
            report.evidence()[0].masked().len(),
            1,
            "what is not sent is not counted"
        );
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
        assert_eq!(&tail.text[tail.lead..], "bbbb\n");
    }

    #[test]
    fn newer_files_get_the_budget_first_and_stand_last() {
        let dir = tempfile::tempdir().unwrap();
        for (name, age) in [("old.log", 300), ("mid.log", 200), ("new.log", 100)] {
            let path = dir.path().join(name);
            fs::write(&path, format!("{name}\n").repeat(10)).unwrap();
            age_by(&path, age);
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
        fs::write(&path, b"ok \xff\xfe\x01 a@b.example\r\n").unwrap();
        let report = report(&[&path.to_string_lossy()], 1000, 1000);
        let text = String::from_utf8(report.evidence()[0].content().to_vec()).unwrap();
        assert!(text.ends_with("[email-1]\r\n"), "{text:?}");
        assert_eq!(report.masked()["email"], 1);
    }
}
