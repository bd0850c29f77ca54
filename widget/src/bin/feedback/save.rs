//! `feedback save`: a copy of a report that waits, for another way to the people it is meant for. It goes on waiting.

use feedback_sdk::{FeedbackClient, waiting_in};

use crate::args::{self, Save};
use crate::output::{self, Exit, Failure, Line, State};

pub(crate) fn run(args: Save) -> Result<Exit, Failure> {
    let Save { id, file, of } = args;
    for folder in of.folders() {
        let reports = match waiting_in(&folder) {
            Ok(reports) => reports,
            // It may be in another one.
            Err(error) => {
                output::tell(error);
                continue;
            }
        };
        if let Some(report) = reports.iter().find(|report| report.id == id) {
            // It sends nothing, so it does not matter where to.
            let config = args::nowhere(None, "feedback", env!("CARGO_PKG_VERSION")).spool_dir(&folder);
            FeedbackClient::new(config)?.save_waiting(id, file).wait()?;
            output::print(of.json, &Line::new(id, report.bytes, &State::Saved));
            return Ok(Exit::Done);
        }
    }
    Err(Failure {
        exit: Exit::Usage,
        message: format!("no report with the id {id} waits; `feedback list` shows those that do"),
    })
}
