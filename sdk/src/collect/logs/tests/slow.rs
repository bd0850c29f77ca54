//! The first message is enough: a disk that gives nothing, or little, costs a bounded time and no other log its place.

use std::cell::RefCell;
use std::fs;
use std::sync::mpsc::channel;
use std::time::SystemTime;

use super::super::*;
use crate::collect::attachments;
use crate::config::patience::Patience;
use crate::redact::Masks;

const PATIENCE: Duration = Patience::DEFAULT.logs;

/// Which of these files are asked for, and what is told of the others, where `take` takes them and each has cost so much
/// waiting.
fn taken(
    files: &[&str],
    waited: Duration,
    take: impl Fn(&Path) -> io::Result<Taken>,
) -> (Vec<PathBuf>, Vec<String>) {
    taken_of(Budget::DEFAULT, files, waited, take)
}

fn taken_of(
    budget: Budget,
    files: &[&str],
    waited: Duration,
    take: impl Fn(&Path) -> io::Result<Taken>,
) -> (Vec<PathBuf>, Vec<String>) {
    let asked = RefCell::new(Vec::new());
    let take = |log: &Log, _: u64, patience: &mut Duration, _: &mut Gathering| {
        asked.borrow_mut().push(log.path.clone());
        *patience = patience.saturating_sub(waited);
        take(&log.path).map(Some)
    };
    let mut gathering = Gathering::new(Masks::for_this_machine());
    let place = |name: &str| Place::of(name, SystemTime::UNIX_EPOCH, false);
    let files = files
        .iter()
        .map(|name| (place(name), Log::at(name.into())))
        .collect();
    take_all(files, budget, PATIENCE, take, &mut gathering);
    let gaps = gathering.gaps.iter().map(|gap| gap.why.to_string());
    (asked.into_inner(), gaps.collect())
}

fn whole() -> Taken {
    Taken {
        bytes: 0,
        is_foreign: false,
        cut_short: None,
    }
}

fn only_the_newest() -> Taken {
    Taken {
        cut_short: Some(too_slow(PATIENCE)),
        ..whole()
    }
}

const LEFT_ALONE: &str = "left out: newer logs could not be read in time";

#[test]
fn a_folder_that_does_not_answer_costs_one_wait_and_no_other_folder_its_logs() {
    let files = ["/mount/b.log", "/here/b.log", "/mount/a.log", "/here/a.log"];
    let small = Budget {
        log_total: 1 << 20,
        ..Budget::DEFAULT
    };
    for budget in [Budget::DEFAULT, small] {
        let (asked, gaps) = taken_of(budget, &files, PATIENCE, |path| {
            if path.starts_with("/mount") {
                return Err(unread(Unfinished::TooSlow, PATIENCE));
            }
            Ok(whole())
        });
        let not_twice = ["/mount/b.log", "/here/b.log", "/here/a.log"];
        assert_eq!(asked, not_twice.map(PathBuf::from));
        assert_eq!(gaps, ["could not be read within 2 seconds", LEFT_ALONE]);
    }
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
        take(
            &Log::at(log.clone()),
            100,
            PATIENCE,
            &mut PATIENCE.clone(),
            &mut gathering
        )
        .unwrap_err()
        .kind(),
        io::ErrorKind::TimedOut
    );
    assert_eq!(attachments::check(&log, 100), Ok(4));
    assert_eq!(attachments::read(&log, 100, |_| true), Ok(b"text".to_vec()));
    drop(never);
}

#[test]
fn a_search_that_does_not_end_is_told_as_one() {
    let told = |pattern: &str, why| {
        let (what, why) = unfound(Path::new(pattern), why, PATIENCE);
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
    let files = ["/logs/5.gz", "/logs/4", "/logs/3.gz", "/logs/2", "/logs/1"];
    let (asked, gaps) = taken(&files, PATIENCE, |path| match path.to_str() {
        Some("/logs/4") => Ok(whole()),
        Some("/logs/2") => Ok(only_the_newest()),
        _ => Err(too_slow(PATIENCE)),
    });
    assert_eq!(asked, files[..4].iter().map(PathBuf::from).collect::<Vec<_>>());
    assert_eq!(gaps, ["could not be read within 2 seconds", LEFT_ALONE]);
}

#[test]
fn disks_that_are_slow_in_any_number_of_folders_cost_a_bounded_time() {
    let files: Vec<String> = (0..50).map(|folder| format!("/mount/{folder}/app.log")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    for slow in [too_slow, |_| unread(Unfinished::TooSlow, PATIENCE)] {
        let (asked, gaps) = taken(&files, PATIENCE, |_| Err(slow(PATIENCE)));
        assert_eq!(asked.len(), 8, "two seconds for each 8 MiB of 64");
        assert_eq!(gaps, ["could not be read within 2 seconds", LEFT_ALONE]);
    }
    let (asked, gaps) = taken(&files, Duration::from_millis(80), |_| Ok(whole()));
    assert_eq!((asked.len(), gaps.len()), (50, 0), "a disk as any");
}

#[test]
fn a_file_that_the_app_may_not_read_is_named_and_the_next_one_comes() {
    let (asked, gaps) = taken(&["/logs/2", "/logs/1"], PATIENCE, |path| {
        if path.ends_with("2") {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(whole())
    });
    assert_eq!(asked.len(), 2);
    assert_eq!(gaps, ["no permission to read it"]);
}
