//! `feedback list`: reads the spool, sends nothing.

use crate::args::List;
use crate::output::{self, Exit, Line, State};

pub(crate) fn run(args: &List) -> Exit {
    let mut exit = Exit::Done;
    for folder in args.folders() {
        match feedback_sdk::waiting_in(&folder) {
            Ok(reports) => reports.iter().for_each(|report| {
                let state = State::of(report.state);
                let line = Line::new(report.id, report.bytes, &state).waiting(report.stored_at, &folder);
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
