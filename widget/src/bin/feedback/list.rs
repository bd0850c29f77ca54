//! `feedback list`: reads the spool, sends nothing.

use std::path::PathBuf;

use crate::args::{List, default_root};
use crate::output::{self, Exit, Failure};

pub(crate) fn run(args: &List) -> Result<Exit, Failure> {
    for folder in folders(args) {
        for report in feedback_sdk::waiting_in(&folder)? {
            output::print_waiting(args.json, &report);
        }
    }
    Ok(Exit::Done)
}

/// `--spool`, or the spools of all endpoints.
fn folders(args: &List) -> Vec<PathBuf> {
    if let Some(folder) = &args.spool {
        return vec![folder.clone()];
    }
    let items = default_root().and_then(|root| std::fs::read_dir(root).ok());
    let mut folders: Vec<PathBuf> = items
        .into_iter()
        .flatten()
        .flatten()
        .map(|item| item.path())
        .collect();
    folders.sort();
    folders
}
