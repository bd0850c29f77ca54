//! Which logs come first when there is not room for all. Pure.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::turn::Turn;
use crate::sorted::sorted;

/// A log's place: what the maker has named by its own path comes before what was found, and the newer before the older.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    is_found: bool,
    pub(super) age: Age,
}

/// The smaller, the newer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Age {
    changed: Reverse<SystemTime>,
    /// What was copied, or unpacked from an archive, has often one time.
    turn: Turn,
}

impl Place {
    pub(super) fn of(name: &str, changed: SystemTime, is_named: bool) -> Self {
        Self {
            is_found: !is_named,
            age: Age {
                changed: Reverse(changed),
                turn: Turn::of(name),
            },
        }
    }
}

/// Clocks of file servers are a little ahead, and some disks round times up.
const AHEAD: Duration = Duration::from_mins(1);

/// The files by their places. Where a file of a folder was changed after `now`, the clock has been wrong, and no time in
/// that folder says which of its files is newer: there the names alone do.
pub(super) fn newest_first(files: BTreeMap<PathBuf, Place>, now: SystemTime) -> Vec<(Place, PathBuf)> {
    let is_ahead = |place: &Place| {
        place
            .age
            .changed
            .0
            .duration_since(now)
            .is_ok_and(|ahead| ahead > AHEAD)
    };
    let folder = |path: &Path| path.parent().map(Path::to_owned);
    let ahead = files.iter().filter(|(_, place)| is_ahead(place));
    let mut unsure: Vec<_> = ahead.map(|(path, _)| folder(path)).collect();
    unsure.dedup();
    let mut files: Vec<(Place, PathBuf)> = files.into_iter().map(|(path, place)| (place, path)).collect();
    for folder_of_these in unsure {
        let is_there = |path: &Path| folder(path) == folder_of_these;
        let sure = files
            .iter()
            .filter(|(place, path)| is_there(path) && !is_ahead(place));
        // As new as the newest of them that can be relied on.
        let newest = sure.map(|(place, _)| place.age.changed.0).max().unwrap_or(now);
        for (place, _) in files.iter_mut().filter(|(_, path)| is_there(path)) {
            place.age.changed = Reverse(newest);
        }
    }
    sorted(files, Ord::cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_clock_was_wrong_the_names_tell_which_log_is_newer() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let order = |changed: [i64; 4]| {
            let names = ["a/app.log", "a/app.log.1", "a/app.log.2", "b/other.log"];
            let files = names.into_iter().zip(changed).map(|(path, changed)| {
                let apart = Duration::from_secs(changed.unsigned_abs());
                let changed = if changed < 0 { now - apart } else { now + apart };
                let (_, name) = path.split_once('/').unwrap();
                (path.into(), Place::of(name, changed, false))
            });
            let paths = newest_first(files.collect(), now).into_iter();
            paths
                .map(|(_, path)| path.display().to_string())
                .collect::<Vec<_>>()
        };
        let by_time = ["a/app.log.2", "b/other.log", "a/app.log.1", "a/app.log"];
        assert_eq!(order([-9, -8, 30, -7]), by_time, "a little ahead");
        let by_name = ["b/other.log", "a/app.log", "a/app.log.1", "a/app.log.2"];
        assert_eq!(order([-9, 90_000, 90_001, -7]), by_name, "the clock was set back");
        assert_eq!(
            order([-9, -8, -7, 90_000])[1..],
            ["a/app.log.2", "a/app.log.1", "a/app.log"]
        );
    }
}
