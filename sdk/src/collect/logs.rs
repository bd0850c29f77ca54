//! The app's log files: the newest part of each, masked, within the budget.
//!
//! Nothing here hangs or strays: what cannot be had in time, is no text, or lies elsewhere becomes a named gap.

mod apart;
mod cut;
mod find;
mod order;
mod packed;
mod read;
mod several;
mod take;
#[cfg(test)]
mod tests;
mod text;
mod turn;
mod zeros;

use std::io;
use std::iter;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::deadline::{Folders, Running, Unfinished};
use super::{Gathering, last_name};
use crate::config::FeedbackConfig;
use crate::config::budget::Budget;
use crate::report::GapReason;
use crate::sorted::sorted;
pub(crate) use cut::{cut_mark, newest};
use find::Found;
use order::{Age, Place, newest_first};
use several::Missing;
use take::{Log, Taken, patience_for, take};

/// How many log files a report takes. A server refuses a zip with more than a thousand entries, and
/// nobody reads so many.
const MOST_FILES: usize = 200;

/// So many patterns are searched for at once, so that several disks that do not answer cost the time of one.
const AT_ONCE: usize = 32;

static FOLDERS: Folders = Folders::new();

/// Takes every log the app named. What it has named by its own path gets the budget first, then the newest files; in the
/// report the newest stands last.
pub(crate) fn gather(config: &FeedbackConfig, gathering: &mut Gathering) {
    if config.logs.is_empty() && config.log_ring.is_none() {
        gathering.gap("logs", GapReason::NoLogs);
    }
    let patience = config.patience.logs;
    let files = find_all(&config.logs, patience, gathering);
    let others = gathering.files.len();
    let files = told_apart(files, gathering);
    let take = |log: &Log, limit, left: &mut Duration, gathering: &mut Gathering| {
        take(log, limit, patience, left, gathering)
    };
    let ages = take_all(files, config.budget, patience, take, gathering);
    let taken: Vec<_> = ages.into_iter().zip(gathering.files.drain(others..)).collect();
    let taken = sorted(taken, |(one, _), (other, _)| other.cmp(one)); // of one age, in the order of their names
    gathering.files.extend(taken.into_iter().map(|(_, file)| file));
}

/// So many files of a folder may come too slowly; each has cost the time that it was waited for.
const MOST_SLOW: usize = 3;

/// Names each file for the report. Where two have one name, those of their folders stand behind the name of the folder
/// that differs: who reads a report is to know whose they are.
fn told_apart(files: Vec<(Place, PathBuf)>, gathering: &mut Gathering) -> Vec<(Place, Log)> {
    let logs: Vec<_> = files
        .into_iter()
        .map(|(place, path)| (place, Log::at(path)))
        .collect();
    let telling = apart::telling(logs.iter().map(|(_, log)| (&*log.name, &*log.path)));
    let told_apart = logs.into_iter().map(|(place, log)| {
        let folder = log.path.parent().and_then(|folder| {
            let place = telling.binary_search_by(|(known, _)| known.as_path().cmp(folder));
            telling.get(place.ok()?)
        });
        (
            place,
            match folder {
                Some((_, folder)) => log.of_folder(gathering.folder_name(folder)),
                None => log,
            },
        )
    });
    told_apart.collect()
}

/// Takes what the budget has room for, and answers how old each of it is. Where a file gives nothing, or several come too
/// slowly, their folder is left alone; where all of them do, all that are left.
fn take_all(
    files: Vec<(Place, Log)>,
    budget: Budget,
    patience: Duration,
    take: impl Fn(&Log, u64, &mut Duration, &mut Gathering) -> io::Result<Option<Taken>>,
    gathering: &mut Gathering,
) -> Vec<Age> {
    let (mut left, mut in_all) = (
        budget.log_total,
        patience_for(budget.log_total, patience).max(patience * 4),
    );
    // Each so often as it counts.
    let mut slow = Vec::<PathBuf>::new();
    let (mut taken, mut missing) = (Vec::new(), Missing::default());
    for (place, log) in files {
        if left == 0 {
            missing.add(log.label(), GapReason::NoRoom);
            continue;
        }
        let folder = log.path.parent().unwrap_or(Path::new("")).to_owned();
        if in_all.is_zero() || slow.iter().filter(|slow| **slow == folder).count() >= MOST_SLOW {
            missing.add(log.label(), GapReason::SlowLogs);
            continue;
        }
        let answer = take(&log, budget.log_file.min(left), &mut in_all, gathering);
        if let Ok(Some(Taken {
            cut_short: Some(error),
            ..
        }))
        | Err(error) = &answer
        {
            slow.extend(iter::repeat_n(folder, slowness(error)));
        }
        match answer {
            Ok(Some(Taken {
                bytes, is_foreign, ..
            })) => {
                left = left.saturating_sub(bytes);
                taken.push(place.age);
                if is_foreign {
                    missing.add(log.label(), GapReason::NotUtf8);
                }
            }
            Ok(None) => missing.add(log.label(), GapReason::NoRoom),
            Err(error) => missing.add(log.label(), &error),
        }
    }
    for (files, why) in missing.labels() {
        gathering.gap(&files, why);
    }
    taken
}

/// Where the files of a pattern lie, as far as it says without a look at the disk.
fn folder_of(pattern: &Path) -> &Path {
    // Of `logs/app*` and `logs/*` the folder is `logs`; of `logs/app.log` and of the folder `logs/app` too.
    let mut folders = pattern.ancestors().skip(1);
    folders
        .find(|folder| !find::is_glob(folder))
        .unwrap_or(Path::new(""))
}

/// The files that the patterns name, each once, at most [`MOST_FILES`].
fn find_all(patterns: &[PathBuf], patience: Duration, gathering: &mut Gathering) -> Vec<(Place, PathBuf)> {
    let (mut all, mut gaps) = (Found::default(), Vec::new());
    // A folder may have more names than there is time for: what has been found by then is taken.
    let looking = patience * 3 / 4;
    for patterns in patterns.chunks(AT_ONCE) {
        let started = Instant::now();
        let searches = patterns.iter().map(|pattern| {
            let looked_for = pattern.clone();
            let look = move || find::find(&looked_for, || started.elapsed() < looking);
            (pattern, FOLDERS.source(folder_of(pattern)).start(patience, look))
        });
        for (pattern, search) in searches.collect::<Vec<_>>() {
            match search.and_then(Running::wait) {
                Ok(found) => {
                    all.older += found.older;
                    for (path, place) in found.files {
                        all.add(path, place);
                    }
                    gaps.extend(found.gaps);
                }
                Err(why) => gaps.push(unfound(pattern, why, patience)),
            }
        }
    }
    // Several patterns may mean one file.
    let mut told = Vec::new();
    for (what, why) in gaps {
        if !told.contains(&(what.clone(), why.clone())) {
            gathering.gap(&what, why.clone());
            told.push((what, why));
        }
    }
    let mut files = newest_first(all.files, SystemTime::now());
    let older = all.older + files.len().saturating_sub(MOST_FILES);
    if older > 0 {
        let newest = MOST_FILES;
        gathering.gap("logs", GapReason::TooManyFiles { older, newest });
        files.truncate(MOST_FILES);
    }
    files
}

/// What a search that has no answer leaves missing, and why.
fn unfound(pattern: &Path, why: Unfinished, patience: Duration) -> (String, GapReason) {
    let why = match why {
        Unfinished::TooSlow => GapReason::SlowSearch {
            seconds: patience.as_secs(),
        },
        other => GapReason::from(&unread(other, patience)),
    };
    let logs = if find::is_glob(pattern) { "logs" } else { "log" };
    (format!("{logs} {}", last_name(pattern)), why)
}

/// A file that comes, but did not in so much time.
fn too_slow(after: Duration) -> io::Error {
    let seconds = after.as_secs().max(1);
    io::Error::other(GapReason::TooSlow { seconds })
}

/// For how many slow files of its folder one counts that has failed so.
fn slowness(error: &io::Error) -> usize {
    match GapReason::from(error) {
        _ if error.kind() == io::ErrorKind::TimedOut => MOST_SLOW, // it hangs
        GapReason::TooSlow { .. } => 1,
        _ => 0,
    }
}

/// Why a disk has not told what it was asked for.
fn unread(why: Unfinished, patience: Duration) -> io::Error {
    match why {
        Unfinished::TooSlow => {
            let seconds = patience.as_secs();
            io::Error::new(io::ErrorKind::TimedOut, GapReason::TooSlow { seconds })
        }
        Unfinished::Busy(since) => io::Error::new(io::ErrorKind::TimedOut, GapReason::BusyDisk(since)),
        Unfinished::Panicked | Unfinished::NoThread => io::Error::other(GapReason::from(why)),
    }
}

/// A log for a gap.
fn label(path: &Path) -> String {
    format!("log {}", last_name(path))
}
