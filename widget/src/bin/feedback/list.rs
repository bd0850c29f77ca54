//! `feedback list`: reads the spool, sends nothing.

use std::path::PathBuf;

use crate::args::{List, default_root};
use crate::output::{self, Exit, Line, State};

pub(crate) fn run(args: &List) -> Exit {
    let mut exit = Exit::Done;
    for folder in folders(args) {
        match feedback_sdk::waiting_in(&folder) {
            Ok(reports) => reports.iter().for_each(|report| {
                let state = State::of(report.state);
                let line = Line::new(report.id, report.bytes, &state).since(report.stored_at);
                output::print(args.json, &line);
            }),
            // One folder that cannot be read does not hide the others.
            Err(error) => {
                output::tell(error);
                exit = Exit::NotStored;
            }
        }
    }
    exit
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
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}
