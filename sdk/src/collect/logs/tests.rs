//! The first message is enough: of the app's logs the newest come, within the budget, and what is missing is named.

mod bytes;
mod slow;

use std::fs::{self, File};
use std::time::SystemTime;

use super::*;
use crate::report::{Cut, Report, ReportFile};
use crate::{FeedbackConfig, ReportDraft};

fn report(logs: &[&str], per_file: u64, in_all: u64) -> Report {
    let mut config = FeedbackConfig::new("https://example.com/x", "k", "a", "1").log_budget(per_file, in_all);
    for log in logs {
        config = config.log(*log);
    }
    crate::collect::gather(&config, ReportDraft::new("x"), SystemTime::UNIX_EPOCH)
}

fn age_by(path: &Path, seconds: u64) {
    let changed = SystemTime::now() - Duration::from_secs(seconds);
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(changed).unwrap();
}

/// What stands behind the facts.
fn logs(report: &Report) -> &[ReportFile] {
    &report.evidence()[1..]
}

fn gaps(report: &Report) -> Vec<String> {
    report
        .gaps()
        .iter()
        .map(|gap| format!("{}: {}", gap.what, gap.why))
        .collect()
}

#[test]
fn each_pattern_is_judged_by_the_folder_that_its_files_lie_in() {
    for (pattern, folder) in [
        ("/home/anna/nas/*.log", "/home/anna/nas"),
        ("/home/anna/logs/app*", "/home/anna/logs"),
        ("/home/anna/logs/app.log", "/home/anna/logs"),
        ("/home/anna/**/app/*.log", "/home/anna"),
        ("app.log", ""),
    ] {
        assert_eq!(folder_of(Path::new(pattern)), Path::new(folder), "{pattern}");
    }
}

#[test]
fn logs_of_one_name_tell_which_folder_they_are_of() {
    let dir = tempfile::tempdir().unwrap();
    for (name, age) in [
        ("gpu/now.log", 1),
        ("main/now.log", 2),
        ("gpu/now.log.1", 3),
        ("ui/ui.log", 4),
    ] {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, name).unwrap();
        age_by(&path, age);
    }
    let all = dir.path().join("**/*.log*").to_string_lossy().into_owned();
    let report = report(&[&all], 1000, 10_000);
    let names: Vec<&str> = logs(&report).iter().map(ReportFile::path).collect();
    assert_eq!(
        names,
        [
            "logs/ui.log",
            "logs/gpu-now.log.1",
            "logs/main-now.log",
            "logs/gpu-now.log"
        ]
    );
}

#[cfg(unix)]
#[test]
fn the_folder_that_tells_logs_apart_is_masked_and_stands_in_their_gaps_too() {
    let dir = tempfile::tempdir().unwrap();
    for user in ["anna", "bernd"] {
        let path = dir.path().join("home").join(user).join("now.log");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, b"one\ntw\xff\n").unwrap();
    }
    let all = dir.path().join("home/*/*.log").to_string_lossy().into_owned();
    let report = report(&[&all], 10_000, 10_000);
    let mut names: Vec<&str> = logs(&report).iter().map(ReportFile::path).collect();
    names.sort_unstable();
    assert_eq!(names, ["logs/[user-1]-now.log", "logs/[user-2]-now.log"]);
    let gaps = gaps(&report);
    assert!(
        gaps[0].starts_with("2 logs: [user-1]-now.log, [user-2]-now.log: "),
        "{gaps:?}"
    );
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
    let mut paths: Vec<&str> = logs(&report).iter().map(ReportFile::path).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["logs/empty.log", "logs/good.log"]);
    let gaps = gaps(&report).join("\n");
    assert!(gaps.contains("log missing.log: not found"), "{gaps}");
    assert!(
        gaps.contains("log folder.log: there is no file in this folder"),
        "{gaps}"
    );
    assert!(gaps.contains("logs *.nothing: no file matches"), "{gaps}");
    let folder = dir.path().to_string_lossy().into_owned();
    assert!(!gaps.contains(&folder), "folders tell about the person: {gaps}");
}

#[test]
fn a_folder_with_glob_characters_and_any_letters_in_its_name_is_searched() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("notes [old] Заметки");
    fs::create_dir_all(folder.join("deep")).unwrap();
    for name in ["a.log", "б.log", "deep/c.log"] {
        fs::write(folder.join(name), "x\n").unwrap();
    }
    for (pattern, files) in [("*.log", 2), ("**/*.log", 3), ("[aб].log", 2)] {
        let report = report(&[&folder.join(pattern).to_string_lossy()], 100, 1000);
        assert_eq!(logs(&report).len(), files, "{pattern}: {:?}", gaps(&report));
    }
    let report = report(&[&dir.path().join("notes*/?.log").to_string_lossy()], 100, 1000);
    assert_eq!(logs(&report).len(), 2, "{:?}", gaps(&report));
}

#[cfg(unix)]
#[test]
fn a_link_to_the_whole_disk_costs_no_log_of_its_folder() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("app.log"), "x\n").unwrap();
    fs::create_dir(dir.path().join("dosdevices")).unwrap();
    std::os::unix::fs::symlink("/", dir.path().join("dosdevices/z:")).unwrap();
    let [glob, log] =
        ["**/*.log", "app.log"].map(|name| dir.path().join(name).to_string_lossy().into_owned());
    for patterns in [&[&*glob][..], &[&*glob, &*log]] {
        let report = report(patterns, 100, 1000);
        assert_eq!(logs(&report).len(), 1, "{:?}", gaps(&report));
        assert_eq!(
            gaps(&report),
            ["folder z:: is a link out of its folder; name what it leads to"]
        );
    }
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
    assert_eq!(logs(&report).len(), MOST_FILES);
    assert_eq!(logs(&report)[0].path(), "logs/199.log");
    assert_eq!(logs(&report)[MOST_FILES - 1].path(), "logs/000.log");
    assert_eq!(
        gaps(&report),
        ["logs: 3 older files left out: a report takes the newest 200"]
    );
}

#[test]
fn what_several_patterns_miss_is_told_once() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("app.log"), "x\n").unwrap();
    fs::write(dir.path().join("app.log.1.zst"), "x").unwrap();
    let patterns = ["", "*", "app.log", "none*", "none*"].map(|name| dir.path().join(name));
    let patterns = patterns.each_ref().map(|path| path.to_str().unwrap());
    let report = report(&patterns.repeat(AT_ONCE), 100, 1000);
    assert_eq!(logs(&report).len(), 1);
    assert_eq!(
        gaps(&report),
        [
            "log app.log.1.zst: compressed in a way that is not read; gzip is",
            "logs none*: no file matches"
        ]
    );
}

#[test]
fn a_compressed_rotation_and_a_long_start_are_in_the_report() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("app.log");
    let lines = "a@b.example asks, c\u{1b}[1m@d.example answers\n".repeat(2000);
    fs::write(&log, format!("version 7 of a@b.example\n{lines}")).unwrap();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    io::Write::write_all(&mut gz, b"older\n").unwrap();
    fs::write(dir.path().join("app.log.1.gz"), gz.finish().unwrap()).unwrap();
    age_by(&dir.path().join("app.log.1.gz"), 100);

    let report = report(&[&log.to_string_lossy()], 32_000, 100_000);
    assert!(report.gaps().is_empty(), "{:?}", gaps(&report));
    let [older, newer] = logs(&report) else {
        panic!("both files of the family");
    };
    assert_eq!(
        (older.path(), older.content().unwrap()),
        ("logs/app.log.1", b"older\n".to_vec())
    );
    let text = String::from_utf8(newer.content().unwrap()).unwrap();
    assert!(
        text.starts_with("version 7 of [email-1]\n[email-1] asks, [email-2] answers\n"),
        "{text}"
    );
    assert_eq!(text.matches("\n[feedback: ").count(), 1);
    assert!(text.ends_with("\n[email-1] asks, [email-2] answers\n"));
    assert_eq!(newer.masked()["email"], text.matches("[email-").count() as u64);
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
            let text = String::from_utf8(logs(&report)[0].content().unwrap()).unwrap();
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
    let content = String::from_utf8(logs(&report)[0].content().unwrap()).unwrap();
    assert!(content.ends_with("report]\n[token-1], then"), "{content}");
    assert_eq!(
        logs(&report)[0].masked().len(),
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
    let file = &logs(&report)[0];
    assert_eq!(
        String::from_utf8(file.content().unwrap()).unwrap(),
        "[feedback: 23 older bytes are not in this report]\nthird line\n"
    );
    assert_eq!((file.cut(), file.original_bytes()), (Cut::Head, 34));
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
    let paths: Vec<&str> = logs(&report).iter().map(ReportFile::path).collect();
    assert_eq!(paths, ["logs/mid.log", "logs/new.log"]);
    assert!(
        gaps(&report)[0].starts_with("log old.log: left out"),
        "{:?}",
        gaps(&report)
    );
}

#[test]
fn what_has_no_room_is_one_line_and_what_was_named_by_its_path_has_room_first() {
    let dir = tempfile::tempdir().unwrap();
    for number in 0..30 {
        let path = dir.path().join(format!("trace-{number:02}.log"));
        fs::write(&path, "trace\n".repeat(10)).unwrap();
    }
    let app = dir.path().join("app.log");
    fs::write(&app, "app\n".repeat(10)).unwrap();
    age_by(&app, 1000);
    let glob = dir.path().join("*.log");
    let report = report(&[&glob.to_string_lossy(), &app.to_string_lossy()], 1000, 100);
    let paths: Vec<&str> = logs(&report).iter().map(ReportFile::path).collect();
    assert_eq!(paths.len(), 2);
    assert_eq!(paths[0], "logs/app.log", "the oldest stands first");
    let gaps = gaps(&report);
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert!(gaps[0].starts_with("29 logs: trace-"), "{gaps:?}");
    assert!(
        gaps[0].ends_with(", …: left out: the logs' budget is used up"),
        "{gaps:?}"
    );
}

#[test]
fn files_of_one_time_are_taken_as_their_names_tell() {
    let dir = tempfile::tempdir().unwrap();
    let names = ["app.log", "app.log.1", "app.log.2", "app.log.10"];
    let now = SystemTime::now();
    for name in names {
        let file = File::create(dir.path().join(name)).unwrap();
        fs::write(dir.path().join(name), "text\n").unwrap();
        file.set_modified(now).unwrap();
    }
    let report = report(&[&dir.path().to_string_lossy()], 1000, 10);
    let paths: Vec<&str> = logs(&report).iter().map(ReportFile::path).collect();
    assert_eq!(paths, ["logs/app.log.1", "logs/app.log"]);
    assert_eq!(
        gaps(&report),
        ["2 logs: app.log.10, app.log.2: left out: the logs' budget is used up"]
    );
}
