//! `feedback flush`: everything that waits is tried again, also what was refused before, has waited too
//! long to go by itself or was set aside by another version.

use std::collections::HashMap;

use feedback_sdk::{DeliveryEvent, FeedbackClient, WaitingState};

use crate::args::Flush;
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
    let mut numbers = HashMap::new();
    let mut told = HashMap::new();
    while let Some(event) = events.try_next() {
        match event {
            DeliveryEvent::Sent(receipt) => {
                numbers.insert(receipt.id, receipt.number);
            }
            DeliveryEvent::Refused { id, status, detail } => {
                told.insert(id, State::refused(status, detail.as_deref()));
            }
            DeliveryEvent::Waiting { id, why, .. } => {
                told.insert(id, State::queued(Some(why)));
            }
            _ => {}
        }
    }
    let mut exit = Exit::Done;
    for report in before {
        let state = match (numbers.remove(&report.id), after.get(&report.id)) {
            (Some(number), _) => State::Sent { number },
            (None, Some(left)) => told.remove(&report.id).unwrap_or_else(|| State::of(left.state)),
            (None, None) => {
                output::tell(format_args!(
                    "{} is gone: another program has sent or deleted it",
                    report.id
                ));
                continue;
            }
        };
        output::print(args.to.json, &Line::new(report.id, report.bytes, &state));
        exit = worse(exit, state.exit());
    }
    Ok(exit)
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
