//! Whether a place is this user's own, so that reports may be written and read there. Pure.
//!
//! A link, or a folder that another user owns or everyone may write, would let someone else choose where a person's
//! words go, or what is sent in their name. A group that may write is the owner's choice. Such a place is refused and
//! not repaired: a folder that was given to us (`--spool /tmp`, by root) may be in use by others, who would lose it
//! with its rights. What we make ourselves is the owner's alone. The folders above may be links: many a `/home` is
//! one.

use std::path::Path;

use super::disk::{Facts, Kind};
use crate::error::FeedbackError;

/// Checks the spool folder, or the one for half-written files in it.
pub(super) fn check_folder(path: &Path, facts: Facts) -> Result<(), FeedbackError> {
    let (problem, remedy) = if facts.kind == Kind::Link {
        (
            "is a symbolic link, which reports do not follow",
            "set `spool_dir` to the folder itself",
        )
    } else if facts.is_foreign {
        (
            "belongs to another user",
            "set `spool_dir` to a folder of your own",
        )
    } else if facts.is_open_to_all {
        (
            "can be written by every user of this computer",
            "set `spool_dir` to a folder of your own, or take the right away (chmod o-w)",
        )
    } else {
        return Ok(());
    };
    Err(refused(path, problem, remedy))
}

/// Checks an entry of the spool.
pub(super) fn check_entry(path: &Path, facts: Facts) -> Result<(), FeedbackError> {
    if facts.kind == Kind::File {
        return Ok(());
    }
    Err(refused(
        path,
        "is a symbolic link or a folder, and no report",
        "put the report's file back in its place, or delete what is there now",
    ))
}

fn refused(path: &Path, problem: &'static str, remedy: &'static str) -> FeedbackError {
    FeedbackError::UnsafeSpool {
        path: path.to_owned(),
        problem,
        remedy,
    }
}
