//! `feedback send`

use std::io::Read as _;
use std::time::{Duration, Instant};

use feedback_sdk::{
    DeliveryEvent, Events, FeedbackClient, FeedbackConfig, Gap, Picture, ReportDraft, ReportId,
};

use crate::args::Send;
use crate::output::{self, Exit, Failure, Line, State};

pub(crate) fn run(args: Send) -> Result<Exit, Failure> {
    let mut config = match args.save {
        // It goes nowhere, so where to does not matter.
        Some(_) => {
            FeedbackConfig::new("https://localhost/", "none", &args.app, &args.app_version).deliver(false)
        }
        None => args.to.config(&args.app, &args.app_version)?,
    };
    for log in &args.log {
        config = config.log(log);
    }
    let client = FeedbackClient::new(config)?;
    let events = client.subscribe(|| {});
    let draft = ReportDraft {
        message: message(args.message)?,
        reply_to: args.reply_to,
        attachments: args.attach.into_iter().map(Into::into).collect(),
        pictures: args.screenshot.map(Picture::from_file).into_iter().collect(),
        context: args.context,
        ..ReportDraft::default()
    };
    if draft.is_empty() {
        return Err(Failure {
            exit: Exit::Usage,
            message: "nothing to send; give --message, --attach or --screenshot".to_owned(),
        });
    }
    let report = client.prepare(draft).wait()?;
    let is_wanted = |gap: &&Gap| !args.log.is_empty() || gap.what != "logs";
    let mut gaps: Vec<Gap> = report.gaps().iter().filter(is_wanted).cloned().collect();
    for gap in &gaps {
        eprintln!("feedback: not in the report: {}: {}", gap.what, gap.why);
    }
    let id = report.id();
    if let Some(file) = args.save {
        let bytes = client.save(report, file).wait()?;
        output::print(
            args.to.json,
            &Line::new(id, bytes, &State::Saved).with_gaps(&gaps),
        );
        return Ok(Exit::Done);
    }
    let stored = client.submit(report.clone()).wait();
    if let Err(error) = &stored
        && args.to.wait > 0
    {
        // No promise, but it may leave before this program does.
        eprintln!("feedback: {error}");
        client.send_unstored(report).wait()?;
    }
    let (bytes, state) = outcome(&events, id, args.to.wait(), &mut gaps);
    if let Err(error) = stored
        && !matches!(state, State::Sent { .. })
        && !is_stored(&client, id)
    {
        return Err(error.into());
    }
    output::print(args.to.json, &Line::new(id, bytes, &state).with_gaps(&gaps));
    Ok(state.exit())
}

/// Whether the disk has taken a report after all.
fn is_stored(client: &FeedbackClient, id: ReportId) -> bool {
    let waiting = client.waiting().wait().unwrap_or_default();
    waiting.iter().any(|report| report.id == id && report.is_stored)
}

fn message(given: Option<String>) -> Result<String, Failure> {
    match given {
        Some(dash) if dash == "-" => {
            let mut bytes = Vec::new();
            std::io::stdin()
                .read_to_end(&mut bytes)
                .map_err(|error| Failure {
                    exit: Exit::Usage,
                    message: format!("cannot read the message from stdin: {error}"),
                })?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
        given => Ok(given.unwrap_or_default()),
    }
}

/// Follows one report until it is decided or the time is up: its bundle's size, and its state. What it goes
/// without is added to the gaps.
fn outcome(events: &Events, id: ReportId, wait: Duration, gaps: &mut Vec<Gap>) -> (u64, State) {
    let start = Instant::now();
    let mut size = 0;
    let mut why_waiting = None;
    while let Some(event) = events.next_within(wait.saturating_sub(start.elapsed())) {
        match event {
            DeliveryEvent::Stored { id: of, bytes }
            | DeliveryEvent::Sending {
                id: of, total: bytes, ..
            } if of == id => {
                size = bytes;
            }
            DeliveryEvent::Sent(receipt) if receipt.id == id => {
                return (
                    size,
                    State::Sent {
                        number: receipt.number,
                    },
                );
            }
            DeliveryEvent::SentElsewhere(of) if of == id => return (size, State::Sent { number: None }),
            DeliveryEvent::Fitted { id: of, left_out } if of == id => {
                for gap in left_out {
                    eprintln!("feedback: {}: {}", gap.what, gap.why);
                    gaps.push(gap);
                }
            }
            DeliveryEvent::Refused {
                id: of,
                status,
                detail,
            } if of == id => {
                return (size, State::refused(status, detail.as_deref()));
            }
            DeliveryEvent::Damaged(of) if of == id => return (size, State::damaged()),
            DeliveryEvent::Waiting { id: of, why, .. } if of == id => why_waiting = Some(why),
            _ => {}
        }
    }
    (size, State::queued(why_waiting))
}
