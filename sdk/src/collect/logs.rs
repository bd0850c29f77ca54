//! The app's log files: the newest part of each, masked, within the budget.
//!
//! Nothing here hangs or strays: what cannot be had in time, is no text, or lies elsewhere becomes a named gap.

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

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::deadline::{Folders, Unfinished};
use super::{Gathering, last_name};
use crate::config::FeedbackConfig;
use crate::config::budget::Budget;
use crate::report::{Cut, GapReason};
pub(crate) use cut::{cut_mark, newest};
use find::Found;
use order::{Age, Place, newest_first};
use several::Missing;
use take::{Taken, take};
use turn::unpacked;

/// How many log files a report takes. A server refuses a zip with more than a thousand entries, and
/// nobody reads so many.
const MOST_FILES: usize = 200;

/// How long a file may give nothing, and the search for the files of one pattern may take: a network mount can stall for
/// ever.
const PATIENCE: Duration = Duration::from_secs(2);

static FOLDERS: Folders = Folders::new();

/// How long names are looked at. A folder may have more than there is time for: what has been found by then is taken.
const LOOKING: Duration = Duration::from_millis(1500);

/// Takes every log the app named. What it has named by its own path gets the budget first, then the newest files; in the
/// report the newest stands last.
pub(crate) fn gather(config: &FeedbackConfig, gathering: &mut Gathering) {
    if config.logs.is_empty() && config.log_ring.is_none() {
        gathering.gap("logs", GapReason::NoLogs);
    }
    let files = find_all(&config.logs, gathering);
    let others = gathering.files.len();
    let ages = take_all(files, config.budget, take, gathering);
    let mut taken: Vec<_> = ages.into_iter().zip(gathering.files.drain(others..)).collect();
    taken.sort_by(|(one, _), (other, _)| other.cmp(one));
    gathering.files.extend(taken.into_iter().map(|(_, file)| file));
}

/// What is asked for of a file that comes too slowly: its newest lines, which would have come last. A disk of 100 KB a
/// second gives them in time.
const NEWEST: u64 = 256 << 10;

/// So many files of a folder may come too slowly; each has cost the time that it was waited for.
const MOST_SLOW: usize = 3;

/// Takes what the budget has room for, and answers how old each of it is. Where a file gives nothing, or several come too
/// slowly, their folder is left alone.
fn take_all(
    files: Vec<(Place, PathBuf)>,
    budget: Budget,
    take: impl Fn(&Path, u64, &mut Gathering) -> io::Result<Taken>,
    gathering: &mut Gathering,
) -> Vec<Age> {
    let mut left = budget.log_total;
    let mut slow = BTreeMap::<PathBuf, usize>::new();
    let (mut taken, mut missing) = (Vec::new(), Missing::default());
    for (place, path) in files {
        if left == 0 {
            missing.add(&path, GapReason::NoRoom);
            continue;
        }
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        if slow.get(&folder) >= Some(&MOST_SLOW) {
            missing.add(&path, GapReason::SlowFolder);
            continue;
        }
        let room = budget.log_file.min(left);
        let is_packed = unpacked(&last_name(&path)) != last_name(&path); // has to be read to its end in any case
        let answer = match take(&path, room, gathering) {
            Err(error) if is_too_slow(&error) && room > NEWEST && !is_packed => {
                *slow.entry(folder.clone()).or_default() += 1;
                let newest = take(&path, NEWEST, gathering);
                let is_whole = gathering.files.last().is_some_and(|file| file.cut == Cut::None);
                if newest.is_ok() && !is_whole {
                    gathering.gap(&format!("the older lines of {}", label(&path)), &error);
                }
                newest
            }
            answer => answer,
        };
        match answer {
            Ok(of @ (Taken::Bytes(bytes) | Taken::Foreign(bytes))) => {
                left = left.saturating_sub(bytes);
                taken.push(place.age);
                if of == Taken::Foreign(bytes) {
                    missing.add(&path, GapReason::NotUtf8);
                }
            }
            Ok(Taken::Nothing) => missing.add(&path, GapReason::NoRoom),
            Err(error) => {
                if hangs(&error) || is_too_slow(&error) {
                    *slow.entry(folder).or_default() += if hangs(&error) { MOST_SLOW } else { 1 };
                }
                missing.add(&path, &error);
            }
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
fn find_all(patterns: &[PathBuf], gathering: &mut Gathering) -> Vec<(Place, PathBuf)> {
    let mut all = Found::default();
    for pattern in patterns {
        let (looked_for, started) = (pattern.clone(), Instant::now());
        let look = move || find::find(&looked_for, || started.elapsed() < LOOKING);
        match FOLDERS.source(folder_of(pattern)).within(PATIENCE, look) {
            Ok(found) => {
                all.older += found.older;
                for (path, place) in found.files {
                    all.add(path, place);
                }
                for (what, why) in found.gaps {
                    gathering.gap(&what, why);
                }
            }
            Err(why) => {
                let (what, why) = unfound(pattern, why);
                gathering.gap(&what, why);
            }
        }
    }
    let mut files = newest_first(all.files);
    let older = all.older + files.len().saturating_sub(MOST_FILES);
    if older > 0 {
        let newest = MOST_FILES;
        gathering.gap("logs", GapReason::TooManyFiles { older, newest });
        files.truncate(MOST_FILES);
    }
    files
}

/// What a search that has no answer leaves missing, and why.
fn unfound(pattern: &Path, why: Unfinished) -> (String, GapReason) {
    let why = match why {
        Unfinished::TooSlow => GapReason::SlowSearch {
            seconds: PATIENCE.as_secs(),
        },
        other => GapReason::from(&unread(other)),
    };
    let logs = if find::is_glob(pattern) { "logs" } else { "log" };
    (format!("{logs} {}", last_name(pattern)), why)
}

/// A file that comes, but did not in so much time.
fn too_slow(after: Duration) -> io::Error {
    let seconds = after.as_secs();
    io::Error::other(GapReason::TooSlow { seconds })
}

fn is_too_slow(error: &io::Error) -> bool {
    !hangs(error) && matches!(GapReason::from(error), GapReason::TooSlow { .. })
}

fn hangs(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::TimedOut
}

/// Why a disk has not told what it was asked for.
fn unread(why: Unfinished) -> io::Error {
    match why {
        Unfinished::TooSlow => {
            let seconds = PATIENCE.as_secs();
            io::Error::new(io::ErrorKind::TimedOut, GapReason::TooSlow { seconds })
        }
        Unfinished::Busy(since) => io::Error::new(io::ErrorKind::TimedOut, GapReason::BusyDisk(since)),
        Unfinished::Panicked | Unfinished::NoThread => io::Error::other(GapReason::from(why)),
    }
}

/// A log's name for a gap.
fn label(path: &Path) -> String {
    format!("log {}", last_name(path))
}
