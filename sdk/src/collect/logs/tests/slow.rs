//! The first message is enough: a disk that gives nothing, or little, costs a bounded time and no other log its place.

use std::cell::RefCell;
use std::fs;
use std::sync::mpsc::channel;
use std::time::SystemTime;

use super::super::*;
use crate::collect::attachments;
use crate::redact::Masks;

/// Which of these files are asked for, and what is told of the others, where `take` takes them.
fn taken(files: &[&str], take: impl Fn(&Path) -> io::Result<Taken>) -> (Vec<PathBuf>, Vec<String>) {
    let (asked, gaps) = taken_of(files, 100, |path, _| take(path));
    (asked.into_iter().map(|(path, _)| path).collect(), gaps)
}

/// The same, with how much of each is asked for, where there is room for so much.
fn taken_of(
    files: &[&str],
    room: u64,
    take: impl Fn(&Path, u64) -> io::Result<Taken>,
) -> (Vec<(PathBuf, u64)>, Vec<String>) {
    let asked = RefCell::new(Vec::new());
    let take = |path: &Path, limit: u64, _: &mut Gathering| {
        asked.borrow_mut().push((path.to_owned(), limit));
        take(path, limit)
    };
    let budget = Budget {
        log_file: room,
        log_total: room,
        attachment: room,
    };
    let mut gathering = Gathering::new(Masks::for_this_machine());
    let place = |name: &str| Place::of(name, SystemTime::UNIX_EPOCH, false);
    let files = files
        .iter()
        .map(|name| (place(name), PathBuf::from(name)))
        .collect();
    take_all(files, budget, take, &mut gathering);
    let gaps = gathering.gaps.iter().map(|gap| gap.why.to_string());
    (asked.into_inner(), gaps.collect())
}

const LEFT_ALONE: &str = "left out: a newer file of its folder could not be read in time";

#[test]
fn a_folder_that_does_not_answer_costs_one_wait_and_no_other_folder_its_logs() {
    let files = ["/mount/b.log", "/here/b.log", "/mount/a.log", "/here/a.log"];
    let (asked, gaps) = taken(&files, |path| {
        if path.starts_with("/mount") {
            return Err(unread(Unfinished::TooSlow));
        }
        Ok(Taken::Bytes(0))
    });
    assert_eq!(
        asked,
        ["/mount/b.log", "/here/b.log", "/here/a.log"].map(PathBuf::from)
    );
    assert_eq!(gaps, ["could not be read within 2 seconds", LEFT_ALONE]);
}

#[test]
fn what_a_person_chose_is_asked_for_also_where_the_logs_have_given_up() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().canonicalize().unwrap();
    let log = folder.join("app.log");
    fs::write(&log, "text").unwrap();
    let (never, wait) = channel::<()>();
    let hangs = move || wait.recv().is_ok();
    let hung = FOLDERS.source(&folder).within(Duration::ZERO, hangs);
    assert_eq!(hung, Err(Unfinished::TooSlow));
    let mut gathering = Gathering::new(Masks::for_this_machine());
    assert_eq!(
        take(&log, 100, &mut gathering).unwrap_err().kind(),
        io::ErrorKind::TimedOut
    );
    assert_eq!(attachments::check(&log, 100), Ok(4));
    assert_eq!(attachments::read(&log, 100, |_| true), Ok(b"text".to_vec()));
    drop(never);
}

#[test]
fn a_search_that_does_not_end_is_told_as_one() {
    let told = |pattern: &str, why| {
        let (what, why) = unfound(Path::new(pattern), why);
        format!("{what}: {why}")
    };
    assert_eq!(
        told("/mount/*.log", Unfinished::TooSlow),
        "logs *.log: the search for it did not end within 2 seconds"
    );
    let busy = told("/mount/app.log", Unfinished::Busy(SystemTime::UNIX_EPOCH));
    assert_eq!(
        busy,
        "log app.log: its disk is still busy since 1970-01-01T00:00:00Z"
    );
}

#[test]
fn a_file_that_comes_slowly_costs_no_other_its_place_and_many_do() {
    let files = ["/logs/5.gz", "/logs/4", "/logs/3.gz", "/logs/2.gz", "/logs/1"];
    let take = |path: &Path| match path.extension() {
        Some(_) => Err(too_slow(Duration::from_secs(4))),
        None => Ok(Taken::Bytes(0)),
    };
    let (asked, gaps) = taken(&files, take);
    assert_eq!(asked, files[..4].iter().map(PathBuf::from).collect::<Vec<_>>());
    assert_eq!(gaps, ["could not be read within 4 seconds", LEFT_ALONE]);
}

#[test]
fn of_a_file_that_comes_too_slowly_the_newest_lines_come() {
    let slow = |path: &Path, limit: u64| match limit {
        NEWEST if !path.ends_with("3") => Ok(Taken::Bytes(limit)),
        _ => Err(too_slow(Duration::from_secs(4))),
    };
    let names = ["/logs/5", "/logs/4.gz", "/logs/3", "/logs/2"];
    let (asked, gaps) = taken_of(&names, 8 << 20, slow);
    let expected = [
        ("/logs/5", 8 << 20),
        ("/logs/5", NEWEST),
        ("/logs/4.gz", (8 << 20) - NEWEST),
        ("/logs/3", (8 << 20) - NEWEST),
        ("/logs/3", NEWEST),
    ];
    assert_eq!(asked, expected.map(|(path, limit)| (PathBuf::from(path), limit)));
    let slow = "could not be read within 4 seconds"; // the older lines of one, and two files
    assert_eq!(gaps, [slow, slow, LEFT_ALONE]);
}

#[test]
fn a_file_that_the_app_may_not_read_is_named_and_the_next_one_comes() {
    let (asked, gaps) = taken(&["/logs/2", "/logs/1"], |path| {
        if path.ends_with("2") {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(Taken::Bytes(0))
    });
    assert_eq!(asked.len(), 2);
    assert_eq!(gaps, ["no permission to read it"]);
}
