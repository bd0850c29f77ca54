//! Which logs come first when there is not room for all. Pure.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::SystemTime;

use super::turn::Turn;

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

/// The files by their places.
pub(super) fn newest_first(files: BTreeMap<PathBuf, Place>) -> Vec<(Place, PathBuf)> {
    let mut files: Vec<(Place, PathBuf)> = files.into_iter().map(|(path, place)| (place, path)).collect();
    files.sort_unstable();
    files
}
