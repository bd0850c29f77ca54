//! `feedback flush`: everything that waits is tried again, also what was refused before, has waited too
//! long to go by itself or was set aside by another version.

use std::collections::HashMap;
use std::path::PathBuf;

use feedback_sdk::{FeedbackClient, WaitingState};

use crate::args::Flush;
use crate::outcome::Outcome;
use crate::output::{self, Exit, Failure, Line, State};

pub(crate) fn run(args: &Flush) -> Result<Exit, Failure> {
    // Only for the config's sake: the waiting reports name their own app.
    let client = FeedbackClient::new(args.to.config("feedback", env!("CARGO_PKG_VERSION"))?)?;
    let events = client.subscribe(|| {});
    let before = client.waiting().wait()?;
    for report in &before {
        let is_parked = matches!(
            report.state,
            WaitingState::Refused(_) | WaitingState::Damaged | WaitingState::TooOld | WaitingState::SetAside
        );
        if is_parked && args.to.wait > 0 {
            // Another process may have taken it up meanwhile; the list below tells.
            let _ = client.retry(report.id).wait();
        }
    }
    client.flush(args.to.wait()).wait()?;
    let after: HashMap<_, _> = client
        .waiting()
        .wait()?
        .into_iter()
        .map(|report| (report.id, report))
        .collect();
    let mut outcomes: HashMap<_, _> = before
        .iter()
        .map(|report| (report.id, Outcome::of(report.bytes)))
        .collect();
    while let Some(event) = events.try_next() {
        for (id, outcome) in &mut outcomes {
            outcome.told(*id, event.clone());
        }
    }
    let mut exit = Exit::Done;
    for report in before {
        let outcome = outcomes.remove(&report.id).unwrap_or_default();
        let (bytes, gaps) = (outcome.bytes, outcome.gaps.clone());
        let state = match (outcome.known(), after.get(&report.id)) {
            (Some(sent @ State::Sent { .. }), _) => sent,
            (Some(known @ (State::Refused { .. } | State::Queued { .. })), Some(_)) => known,
            (_, Some(left)) => State::of(left.state),
            (_, None) => {
                output::tell(format_args!(
                    "{} is gone: another program has sent or deleted it",
                    report.id
                ));
                continue;
            }
        };
        output::print(
            args.to.json,
            &Line::new(report.id, bytes, &state).with_gaps(&gaps),
        );
        exit = worse(exit, state.exit());
    }
    tell_of_others(&args.to.other_folders());
    Ok(exit)
}

/// An app's new version with another endpoint or key leaves behind what waits in the default folder of the old ones. Whose
/// reports those are cannot be told from here, so they go nowhere by themselves.
fn tell_of_others(folders: &[PathBuf]) {
    for folder in folders {
        let count = feedback_sdk::waiting_in(folder).map_or(0, |waiting| waiting.len());
        if count > 0 {
            output::tell(format_args!(
                "in {}, for another endpoint or key, {count} more wait; if they are this app's, send them with --spool",
                folder.display()
            ));
        }
    }
}

/// A refusal needs someone's hand, waiting does not.
fn worse(a: Exit, b: Exit) -> Exit {
    let rank = |exit| match exit {
        Exit::Done => 0,
        Exit::Queued => 1,
        _ => 2,
    };
    if rank(b) > rank(a) { b } else { a }
}
