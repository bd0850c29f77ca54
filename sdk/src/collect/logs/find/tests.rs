//! The first message is enough: each log that a pattern means is found, and none outside its folder.

use super::*;

fn find_all(pattern: &Path) -> Found {
    find(pattern, || true)
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
    let found = find_all(&log);
    assert_eq!(names(&found), ["app.2026-11-21.log", "app.log.1"]);
    assert!(found.gaps.is_empty(), "{found:?}");
    fs::write(&log, "x").unwrap();
    assert_eq!(
        names(&find_all(&log)),
        ["app.2026-11-21.log", "app.log", "app.log.1"]
    );
}

#[test]
fn where_case_does_not_matter_a_log_is_found_however_it_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let rotated = ["app.log.1", "app.log.2026-11-21T10-30-00Z", "APP_rCURRENT.LOG"];
    for name in rotated {
        fs::write(dir.path().join(name), "x").unwrap();
    }
    for pattern in ["App.log", "*[A-B]pp*", "**/AP?*LOG*"] {
        let found = find_as(&dir.path().join(pattern), || true, false);
        assert_eq!(found.files.len(), rotated.len(), "{pattern}: {found:?}");
    }
    if CASE_MATTERS {
        assert_eq!(find_all(&dir.path().join("App.log")).files.len(), 0);
        assert_eq!(names(&find_all(&dir.path().join("*.LOG"))), ["APP_rCURRENT.LOG"]);
    }
}

#[test]
fn a_path_is_no_glob_by_the_letters_of_its_folders() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("notes [old]");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("app.log.1"), "x").unwrap();
    assert_eq!(names(&find_all(&folder.join("app.log"))), ["app.log.1"]);
    let found = find_all(&folder.join("other.log"));
    assert_eq!(found.gaps, [("log other.log".to_owned(), GapReason::NotFound)]);
}

#[test]
fn a_folder_means_its_files_and_names_the_folders_beside_them() {
    let dir = tempfile::tempdir().unwrap();
    for folder in ["deep", "x.log"] {
        fs::create_dir(dir.path().join(folder)).unwrap();
        fs::write(dir.path().join(folder).join("c.log"), "x").unwrap();
    }
    let gaps = |pattern: &str| find_all(&dir.path().join(pattern)).gaps;
    let folders = |what: &str| (what.to_owned(), GapReason::Subfolder);
    assert_eq!(gaps("")[0].1, GapReason::EmptyFolder);
    assert_eq!(gaps("**"), [], "all of them are looked into");
    assert_eq!(gaps("**/*.log/*.log/*")[0].1, GapReason::NoMatch);
    for name in ["a.log", "b", "deep/d.log"] {
        fs::write(dir.path().join(name), "x").unwrap();
    }
    fs::create_dir(dir.path().join("deep/y.log")).unwrap();
    assert_eq!(names(&find_all(dir.path())), ["a.log", "b"]);
    for pattern in ["", "*"] {
        assert_eq!(gaps(pattern), [folders("2 folders: deep, x.log")]);
    }
    assert_eq!(gaps("*.log"), [folders("folder x.log")]);
    assert_eq!(gaps("*/*.log"), [folders("folder y.log")]);
    for pattern in ["**/*.log", "a.log", "b*"] {
        assert_eq!(gaps(pattern), [], "{pattern}");
    }
    for pattern in ["**", "**/*", "**/**/*"] {
        let found = find_all(&dir.path().join(pattern));
        assert_eq!(
            names(&found),
            ["a.log", "b", "c.log", "d.log", "c.log"],
            "{pattern}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_search_through_folders_stays_below_its_own_and_goes_round_in_no_ring() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let (elsewhere, logs) = (dir.path().join("elsewhere"), dir.path().join("logs"));
    for folder in [&elsewhere, &logs.join("2026/deep")] {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("app.log"), "x").unwrap();
    }
    for (to, link) in [
        (".", "a"),
        ("..", "2026/b"),
        ("2026/deep", "current"),
        ("gone", "c"),
    ] {
        symlink(to, logs.join(link)).unwrap();
    }
    let outside = [&elsewhere, dir.path(), Path::new("/"), Path::new("/proc")];
    for (number, to) in outside.into_iter().enumerate() {
        symlink(to, logs.join(format!("2026/to {number}"))).unwrap();
    }
    for (pattern, files, links) in [
        ("**/*.log", 1, 4),
        ("**/current/*", 1, 4),
        ("cur*/*.log", 1, 0),
        ("*/*/*.log", 1, 4),
        ("*/to */*", 0, 4),
        ("*/?/*.log", 0, 0),
    ] {
        let found = find_all(&logs.join(pattern));
        assert_eq!(found.files.len(), files, "{pattern}: {found:?}");
        let told = found
            .gaps
            .iter()
            .find(|(_, why)| *why == GapReason::LinkedElsewhere);
        let told = told.map(|(what, _)| what.split(':').next().unwrap().to_owned());
        assert_eq!(told, (links > 0).then(|| format!("{links} folders")), "{pattern}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_need_not_be_a_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join(OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir(&folder).unwrap();
    let log = folder.join(OsStr::from_bytes(b"app\xe9.log"));
    fs::write(&log, "x").unwrap();
    for pattern in [log.clone(), folder.join("*.log"), folder] {
        let found = find_all(&pattern);
        assert!(
            found.gaps.is_empty() && found.files.len() == 1,
            "{pattern:?}: {found:?}"
        );
    }
}

#[test]
fn a_path_as_the_system_writes_it_may_have_a_glob() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("app.log"), "x").unwrap();
    let pattern = dir.path().canonicalize().unwrap().join("*.log");
    assert_eq!(names(&find_all(&pattern)), ["app.log"]);
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folder_and_what_is_no_file_is_named() {
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
    symlink("/dev/zero", logs.join("device.log")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(logs.join("socket.log")).unwrap();
    for pattern in [logs.clone(), logs.join("*.log")] {
        let found = find_all(&pattern);
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
                "log device.log: is not a file",
                "log out.log: is a link out of its folder; name what it leads to",
                "log proc.log: is not a file on a disk",
                "log socket.log: is not a file",
            ]
        );
        assert_eq!(names(&found), ["2026.txt"], "once, under its own name");
    }
    let link = dir.path().join("link");
    symlink(&logs, &link).unwrap();
    let found = find_all(&link.join("current.log"));
    assert_eq!(names(&found), ["2026.txt"], "the way to the folder may be a link");
}

#[test]
fn of_very_many_files_the_newest_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let files = 8 * MOST_FILES + 50;
    for age in 0..files as u64 {
        let file = fs::File::create(dir.path().join(format!("{age:05}.log"))).unwrap();
        // The newest stands last, behind many of one age.
        let age = if age + 1 == files as u64 {
            0
        } else {
            10 + age.min(150)
        };
        let changed = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(100_000 - age);
        file.set_modified(changed).unwrap();
    }
    for pattern in [
        dir.path().to_owned(),
        dir.path().join("*.log"),
        dir.path().join("**/*.log"),
    ] {
        let found = find_all(&pattern);
        assert!(found.gaps.is_empty(), "{found:?}");
        assert_eq!(found.files.len() + found.older, files);
        assert!((MOST_FILES..files / 2).contains(&found.files.len()));
        let kept = names(&found);
        assert_eq!(kept.last().unwrap(), &format!("{:05}.log", files - 1));
        let newest = (0..150).map(|age| format!("{age:05}.log"));
        assert!(newest.into_iter().all(|name| kept.contains(&name)), "{kept:?}");
    }
}

#[test]
fn a_search_without_an_end_gives_what_it_has_found_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    for number in 0..50 {
        fs::write(dir.path().join(format!("app.log.{number}")), "x").unwrap();
    }
    fs::write(dir.path().join("app.log"), "x").unwrap();
    for pattern in [
        dir.path().to_owned(),
        dir.path().join("*"),
        dir.path().join("app.log"),
    ] {
        let looks = std::cell::Cell::new(0);
        let found = find(&pattern, || {
            looks.set(looks.get() + 1);
            looks.get() <= 30
        });
        assert!((20..=31).contains(&found.files.len()), "{found:?}");
        let [(_, why)] = &found.gaps[..] else {
            panic!("one gap: {found:?}");
        };
        assert_eq!(
            why.to_string(),
            "only 30 names were looked at in time; newer files may be missing"
        );
    }
    let family = find(&dir.path().join("app.log"), || false);
    assert_eq!(names(&family), ["app.log"], "the log itself is always looked at");
}

#[test]
fn a_search_through_folders_asks_for_its_time_at_each_name() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("app.log"), "x").unwrap();
    for number in 0..50 {
        fs::create_dir_all(dir.path().join(format!("{number}/deep"))).unwrap();
    }
    let looks = std::cell::Cell::new(0);
    let found = find(&dir.path().join("**/*.log"), || {
        looks.set(looks.get() + 1);
        looks.get() <= 60
    });
    assert_eq!(names(&found), ["app.log"], "what is near comes first");
    assert_eq!(found.gaps[0].1, GapReason::TooManyNames { names: 60 });
}

#[cfg(unix)]
#[test]
fn a_folder_of_broken_links_does_not_fill_the_report() {
    let dir = tempfile::tempdir().unwrap();
    for number in 0..3 * MOST_GAPS {
        std::os::unix::fs::symlink("gone", dir.path().join(format!("{number}.log"))).unwrap();
    }
    let found = find_all(dir.path());
    assert_eq!((found.files.len(), found.gaps.len()), (0, MOST_GAPS + 1));
    let (_, why) = found.gaps.last().unwrap();
    assert_eq!(
        why.to_string(),
        format!("{} more of its files could not be taken", 2 * MOST_GAPS)
    );
}
