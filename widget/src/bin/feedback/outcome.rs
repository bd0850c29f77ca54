//! What becomes of one report.

#[cfg(feature = "window")]
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use feedback_sdk::{DeliveryEvent, Events, FeedbackClient, Gap, ReportId, WaitReason};

use crate::output::{self, State};

/// How often it is seen whether the program is to end, while nothing happens.
const A_MOMENT: Duration = Duration::from_millis(100);

/// What is known of a report.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The size of its bundle.
    pub(crate) bytes: u64,
    /// What it goes without.
    pub(crate) gaps: Vec<Gap>,
    why_waiting: Option<WaitReason>,
    /// It waits for another try.
    is_resting: bool,
    /// How it ended, if it did.
    end: Option<State>,
}

impl Outcome {
    /// Of a report whose bundle has this size, and of which nothing was told yet.
    pub(crate) fn of(bytes: u64) -> Self {
        Self {
            bytes,
            ..Self::default()
        }
    }

    /// Follows a report until it is decided or the time is up.
    pub(crate) fn follow(events: &Events, id: ReportId, wait: Duration) -> Self {
        let mut outcome = Self::default();
        outcome.follow_until(events, id, wait, |outcome| outcome.end.is_some());
        outcome
    }

    /// The same, but not from one try to the next, and until the program is to end.
    #[cfg(feature = "window")]
    pub(crate) fn follow_upload(
        &mut self,
        events: &Events,
        id: ReportId,
        wait: Duration,
        is_end_wanted: &AtomicBool,
    ) {
        self.follow_until(events, id, wait, |outcome| {
            outcome.end.is_some() || outcome.is_resting || is_end_wanted.load(Ordering::Relaxed)
        });
    }

    fn follow_until(
        &mut self,
        events: &Events,
        id: ReportId,
        wait: Duration,
        is_over: impl Fn(&Self) -> bool,
    ) {
        let start = Instant::now();
        loop {
            let left = wait.saturating_sub(start.elapsed());
            let is_over = is_over(self) || left.is_zero();
            // What is told already is heard to its end: after a refusal, a person may have tried again.
            let event = if is_over {
                events.try_next()
            } else {
                events.next_within(left.min(A_MOMENT))
            };
            match event {
                Some(event) => self.told(id, event),
                None if is_over => return,
                None => {}
            }
        }
    }

    /// Hears of a report that is not in the spool any more whether another process has sent it.
    #[cfg(feature = "window")]
    pub(crate) fn ask_after(&mut self, client: &FeedbackClient, events: &Events, id: ReportId) {
        let _ = client.message_of(id).wait();
        while let Some(event) = events.try_next() {
            self.told(id, event);
        }
    }

    pub(crate) fn told(&mut self, id: ReportId, event: DeliveryEvent) {
        match event {
            DeliveryEvent::Stored { id: of, bytes } if of == id => self.bytes = bytes,
            DeliveryEvent::Sending { id: of, total, .. } if of == id => {
                self.bytes = total;
                self.end = None;
                self.is_resting = false;
            }
            DeliveryEvent::Sent(receipt) if receipt.id == id => {
                self.end = Some(State::Sent {
                    number: receipt.number,
                });
            }
            DeliveryEvent::Fitted { id: of, left_out } if of == id => {
                for gap in left_out {
                    output::tell(format_args!("{}: {}", gap.what, gap.why));
                    self.gaps.retain(|known| known.what != gap.what); // cut once more
                    self.gaps.push(gap);
                }
            }
            DeliveryEvent::Refused {
                id: of,
                status,
                detail,
            } if of == id => self.end = Some(State::refused(status, detail.as_deref())),
            DeliveryEvent::Damaged(of) if of == id => self.end = Some(State::damaged()),
            DeliveryEvent::Deleted(of) | DeliveryEvent::Vanished(of) if of == id => {
                self.end = Some(State::Cancelled);
            }
            DeliveryEvent::Waiting { id: of, why, .. } if of == id => {
                self.why_waiting = Some(why);
                self.is_resting = true;
            }
            _ => {}
        }
    }

    /// How it ended, or why it waits, as far as that was told.
    pub(crate) fn known(self) -> Option<State> {
        let waits = |why| State::queued(Some(why));
        self.end.or_else(|| self.why_waiting.map(waits))
    }

    /// How it ended, or why it waits.
    pub(crate) fn state(self) -> State {
        self.known().unwrap_or_else(|| State::queued(None))
    }
}

/// The report that was sent last and not taken back; the last at all where each was. `told` are those that a window has
/// told, in their order: it may have gone before it could tell of the last.
#[cfg(feature = "window")]
pub(crate) fn sent_last(told: &[ReportId], events: &[DeliveryEvent]) -> Option<ReportId> {
    let mut sent = told.to_vec();
    for event in events {
        match event {
            DeliveryEvent::Stored { id, .. } if !sent.contains(id) => sent.push(*id),
            _ => {}
        }
    }
    let stays = |id: &&ReportId| !events.contains(&DeliveryEvent::Deleted(**id));
    sent.iter().rfind(stays).or(sent.last()).copied()
}

/// Whether a report is on disk, also one that the disk has taken late.
pub(crate) fn is_stored(client: &FeedbackClient, id: ReportId) -> bool {
    let waiting = client.waiting().wait().unwrap_or_default();
    waiting.iter().any(|report| report.id == id && report.is_stored)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> ReportId {
        "01890a5d-ac96-774b-bcce-b302099a8051".parse().unwrap()
    }

    fn after(events: Vec<DeliveryEvent>) -> State {
        let mut outcome = Outcome::default();
        for event in events {
            outcome.told(id(), event);
        }
        outcome.state()
    }

    #[test]
    fn the_last_word_counts() {
        let refused = || DeliveryEvent::Refused {
            id: id(),
            status: 403,
            detail: None,
        };
        let again = DeliveryEvent::Sending {
            id: id(),
            sent: 0,
            total: 9,
        };
        assert!(matches!(after(vec![refused()]), State::Refused { .. }));
        assert!(matches!(after(vec![refused(), again]), State::Queued { .. }));
        let taken_back = vec![refused(), DeliveryEvent::Deleted(id())];
        assert!(matches!(after(taken_back), State::Cancelled));
        let elsewhere = vec![refused(), DeliveryEvent::Vanished(id())];
        assert!(matches!(after(elsewhere), State::Cancelled));
    }

    #[cfg(feature = "window")]
    #[test]
    fn the_report_that_was_sent_last_counts_also_where_the_window_has_not_told_it() {
        let [a, b] = [1, 2].map(|last| {
            let id: ReportId = format!("01890a5d-ac96-774b-bcce-b302099a805{last}")
                .parse()
                .unwrap();
            id
        });
        let stored = |id| DeliveryEvent::Stored { id, bytes: 9 };
        let deleted = DeliveryEvent::Deleted;
        assert_eq!(sent_last(&[], &[]), None);
        assert_eq!(sent_last(&[], &[stored(a)]), Some(a));
        assert_eq!(sent_last(&[a], &[stored(a), deleted(a)]), Some(a), "nothing else");
        assert_eq!(sent_last(&[a], &[stored(a), deleted(a), stored(b)]), Some(b));
        assert_eq!(sent_last(&[a], &[stored(a), stored(b)]), Some(b));
        assert_eq!(sent_last(&[a, b], &[stored(a)]), Some(b), "it may not be stored");
        assert_eq!(sent_last(&[a, b], &[stored(a), stored(b), deleted(b)]), Some(a));
    }

    #[test]
    fn a_report_rests_from_one_try_to_the_next() {
        let waiting = || DeliveryEvent::Waiting {
            id: id(),
            why: WaitReason::Offline,
            next_attempt: Instant::now(),
        };
        let sending = || DeliveryEvent::Sending {
            id: id(),
            sent: 0,
            total: 9,
        };
        let rests_after = |events: [DeliveryEvent; 2]| {
            let mut outcome = Outcome::default();
            for event in events {
                outcome.told(id(), event);
            }
            outcome.is_resting
        };
        assert!(rests_after([sending(), waiting()]));
        assert!(!rests_after([waiting(), sending()]));
    }

    #[cfg(feature = "window")]
    #[test]
    fn what_another_process_has_sent_is_known_to_be_sent() {
        use feedback_sdk::testing::{Receiver, Reply};
        use feedback_sdk::{FeedbackConfig, ReportDraft};

        let folder = tempfile::tempdir().unwrap();
        let server = Receiver::start(|_| Reply::Receipt(Some("FB-7"))).unwrap();
        let client = |delivers| {
            let config = FeedbackConfig::new(server.url(), "pk", "Notes", "1").spool_dir(folder.path());
            FeedbackClient::new(config.deliver(delivers)).unwrap()
        };
        let window = client(false);
        let events = window.subscribe(|| {});
        let report = window.prepare(ReportDraft::new("x")).wait().unwrap();
        let id = report.id();
        window.submit(report).wait().unwrap();
        client(true).flush(Duration::from_mins(3)).wait().unwrap();
        assert!(!is_stored(&window, id));
        let mut outcome = Outcome::default();
        outcome.ask_after(&window, &events, id);
        let number = Some("FB-7".to_owned());
        assert!(matches!(outcome.state(), State::Sent { number: told } if told == number));
    }
}
