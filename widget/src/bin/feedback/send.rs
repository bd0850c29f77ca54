//! `feedback send`

use feedback_sdk::{FeedbackClient, Gap, GapReason};

use crate::args::Send;
use crate::outcome::{Outcome, is_stored};
use crate::output::{self, Exit, Failure, Line, State};

pub(crate) fn run(args: Send) -> Result<Exit, Failure> {
    let Send { to, given } = args;
    let client = FeedbackClient::new(given.config(&to)?)?;
    let events = client.subscribe(|| {});
    let draft = given.draft()?;
    if draft.is_empty() {
        return Err(Failure {
            exit: Exit::Usage,
            message: "nothing to send; give --message, --attach or --screenshot".to_owned(),
        });
    }
    let report = client.prepare(draft).wait()?;
    let is_wanted = |gap: &&Gap| !given.log.is_empty() || gap.why != GapReason::NoLogs;
    let mut gaps: Vec<Gap> = report.gaps().iter().filter(is_wanted).cloned().collect();
    for gap in &gaps {
        output::tell(format_args!("not in the report: {}: {}", gap.what, gap.why));
    }
    let id = report.id();
    if let Some(file) = given.save {
        let bytes = client.save(report, file).wait()?;
        output::print(to.json, &Line::new(id, bytes, &State::Saved).with_gaps(&gaps));
        return Ok(Exit::Done);
    }
    let mut not_stored = None;
    if let Err(error) = client.submit(report.clone()).wait() {
        let failure = Failure::from(error);
        if to.wait == 0 {
            return Err(failure);
        }
        // No promise, but it may leave before this program does.
        output::tell(&failure.message);
        not_stored = Some(failure.exit);
        client.send_unstored(report).wait()?;
    }
    let outcome = Outcome::follow(&events, id, to.wait());
    gaps.extend_from_slice(&outcome.gaps);
    let (bytes, state) = (outcome.bytes, outcome.state());
    if let (Some(exit), State::Queued { reason } | State::Refused { reason }) = (not_stored, &state)
        && !is_stored(&client, id)
    {
        return Err(Failure {
            exit,
            message: format!("nor was the report sent: {reason}"),
        });
    }
    output::print(to.json, &Line::new(id, bytes, &state).with_gaps(&gaps));
    Ok(state.exit())
}
