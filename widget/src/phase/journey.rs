//! A report that was handed over, from "not stored yet" to its end. Pure.

use std::path::PathBuf;
use std::time::Instant;

use feedback_sdk::{DeliveryEvent, Gap, Receipt, ReportId, WaitReason, WaitingReport, WaitingState};

use super::{Cause, Happened};

/// A report on its way, or where its way has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Journey {
    pub(crate) id: ReportId,
    pub(crate) stage: Stage,
    /// What it goes without, where it was too large for the server.
    pub(crate) left_out: Vec<Gap>,
    /// It is in memory alone and ends with the app: why it could not be stored.
    pub(crate) unkept: Option<Cause>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It is being stored; nothing is promised yet.
    Storing,
    /// It is stored, and on its way.
    Sending(Upload),
    /// The person has changed their mind; it is being deleted.
    TakingBack(Upload),
    /// It has arrived.
    Sent(Proof),
    /// It is kept and will be sent by itself.
    Waiting {
        /// Why it has not arrived; `None` before the first attempt.
        why: Option<WaitReason>,
        /// When it will be tried next, where that is known.
        next: Option<Instant>,
    },
    /// It is kept and will not be sent by itself.
    Refused(Refusal),
}

/// Why a report will not be sent by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The server said no.
    Server { status: u16, detail: Option<String> },
    /// Its file is not what was written.
    Damaged,
    /// Its file is gone, and nobody says that it has arrived.
    Vanished,
    /// It has waited for too long.
    TooOld,
    /// Another version of the app does not send it.
    SetAside,
    /// It was to be tried again, and could not be.
    NotRetried(Cause),
}

impl Refusal {
    /// Whether it makes sense to try again.
    pub(crate) fn is_worth_a_try(&self) -> bool {
        !matches!(self, Self::Damaged | Self::Vanished)
    }
}

/// How far an upload has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Upload {
    /// Bytes handed to the network so far.
    pub(crate) sent: u64,
    /// Bytes in all; 0 while the upload has not started.
    pub(crate) total: u64,
}

impl Stage {
    fn found(state: WaitingState) -> Self {
        match state {
            WaitingState::Refused(status) => Self::Refused(Refusal::Server { status, detail: None }),
            WaitingState::Damaged => Self::Refused(Refusal::Damaged),
            WaitingState::TooOld => Self::Refused(Refusal::TooOld),
            WaitingState::SetAside => Self::Refused(Refusal::SetAside),
            WaitingState::Retry(why) => Self::Waiting {
                why: Some(why),
                next: None,
            },
            // New, and what a later SDK may add.
            _ => Self::Waiting {
                why: None,
                next: None,
            },
        }
    }

    fn waiting(why: WaitReason, next_attempt: Instant) -> Self {
        Self::Waiting {
            why: Some(why),
            // Who leaves it to another run does not know when that will be.
            next: Some(next_attempt).filter(|_| why != WaitReason::Held),
        }
    }
}

impl Upload {
    /// Whether all bytes are out: the report may have arrived.
    pub(crate) fn is_out(self) -> bool {
        self.total > 0 && self.sent >= self.total
    }
}

/// How it is known that a report has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    Receipt(Receipt),
    /// It was to go no further than this file, and is there.
    File(PathBuf),
}

impl Proof {
    /// The number that the server has given the report, if it gave one.
    pub(crate) fn number(&self) -> Option<&str> {
        match self {
            Self::Receipt(receipt) => receipt.number.as_deref(),
            Self::File(_) => None,
        }
    }
}

impl Journey {
    pub(crate) fn new(id: ReportId) -> Self {
        Self {
            id,
            stage: Stage::Storing,
            left_out: Vec::new(),
            unkept: None,
        }
    }

    /// One that was found in the spool.
    pub(crate) fn found(report: &WaitingReport) -> Self {
        Self {
            stage: Stage::found(report.state),
            unkept: (!report.is_stored).then(|| Cause::Other(String::new())),
            ..Self::new(report.id)
        }
    }

    /// The spool says that it is still there. Another process may have tried it; what is known here
    /// is more than a file name holds.
    pub(crate) fn note(&mut self, report: &WaitingReport) {
        let found = Stage::found(report.state);
        let is_at_rest = matches!(self.stage, Stage::Waiting { .. } | Stage::Refused(_));
        if is_at_rest && std::mem::discriminant(&self.stage) != std::mem::discriminant(&found) {
            self.stage = found;
        }
    }

    /// Whether cancelling can still keep the report from arriving.
    pub(crate) fn can_cancel(&self) -> bool {
        match self.stage {
            Stage::Storing => true,
            Stage::Sending(upload) => !upload.is_out(),
            _ => false,
        }
    }

    /// Whether it is on its way right now.
    pub(crate) fn is_moving(&self) -> bool {
        matches!(
            self.stage,
            Stage::Storing | Stage::Sending(_) | Stage::TakingBack(_)
        )
    }

    /// Whether its end is still to come by itself.
    pub(crate) fn is_open(&self) -> bool {
        !self.is_sent() && !self.is_refused()
    }

    /// Whether the report can go on without a screen of its own: it is safe on disk, or has arrived.
    pub(crate) fn can_step_aside(&self) -> bool {
        match self.stage {
            Stage::Sending(_) | Stage::Waiting { .. } => self.unkept.is_none(),
            Stage::Sent(_) => true,
            Stage::Storing | Stage::TakingBack(_) | Stage::Refused(_) => false,
        }
    }

    /// Whether it waits and is in memory alone: its words are nowhere else.
    pub(crate) fn waits_unkept(&self) -> bool {
        matches!(self.stage, Stage::Waiting { .. }) && self.unkept.is_some()
    }

    /// When it is tried next, where that is known and can be relied on: what is in memory alone ends with the app.
    pub(crate) fn next_try(&self) -> Option<Instant> {
        match self.stage {
            Stage::Waiting { next, .. } if self.unkept.is_none() => next,
            _ => None,
        }
    }

    pub(crate) fn is_sent(&self) -> bool {
        matches!(self.stage, Stage::Sent(_))
    }

    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.stage, Stage::Refused(_))
    }

    /// The journey after something happened. What makes no sense, or is about another report,
    /// changes nothing.
    pub(crate) fn after(mut self, happened: Happened) -> Self {
        let stage = match (self.stage, happened) {
            (Stage::Storing, Happened::CancelPressed) => Stage::TakingBack(Upload::default()),
            // Whether it arrives, nobody will be there to hear.
            (Stage::Sending(upload), Happened::GivenUp) => Stage::TakingBack(upload),
            (Stage::Sending(upload), Happened::CancelPressed) if !upload.is_out() => {
                Stage::TakingBack(upload)
            }
            (Stage::TakingBack(upload), Happened::NotTakenBack) => Stage::Sending(upload),
            (Stage::Storing, Happened::Saved(file)) => Stage::Sent(Proof::File(file)),
            (Stage::Storing, Happened::Unkept(why)) => {
                self.unkept = Some(why);
                Stage::Sending(Upload::default())
            }
            (Stage::Refused(refusal), Happened::RetryPressed) if refusal.is_worth_a_try() => {
                Stage::Sending(Upload::default())
            }
            (Stage::Waiting { .. }, Happened::RetryPressed) => Stage::Sending(Upload::default()),
            (Stage::Sending(_), Happened::NotRetried(id, cause)) if id == self.id => {
                Stage::Refused(Refusal::NotRetried(cause))
            }
            (Stage::Sending(_), Happened::GoneAlready(id)) if id == self.id => {
                Stage::Refused(Refusal::Vanished)
            }
            (stage, Happened::Told(event)) => return Self { stage, ..self }.told(event),
            (stage, _) => stage,
        };
        Self { stage, ..self }
    }

    fn told(mut self, event: DeliveryEvent) -> Self {
        let ours = self.id;
        if matches!(event, DeliveryEvent::Stored { id, .. } if id == ours) {
            self.unkept = None; // the disk has taken it after all
        }
        self.stage = match (self.stage, event) {
            (_, DeliveryEvent::Sent(receipt)) if receipt.id == ours => Stage::Sent(Proof::Receipt(receipt)),
            (Stage::Sent(proof), _) => Stage::Sent(proof),
            (stage, DeliveryEvent::Fitted { id, left_out }) if id == ours => {
                // What was cut once more is told as it is now.
                let again = |known: &Gap| left_out.iter().any(|gap| gap.what == known.what);
                self.left_out.retain(|known| !again(known));
                self.left_out.extend(left_out);
                stage
            }
            // A report that waits is tried now and then; only its end is worth a word. One that is
            // being deleted: only how that ends.
            (stage @ (Stage::TakingBack(_) | Stage::Refused(_)), _) => stage,
            (Stage::Storing, DeliveryEvent::Stored { id, .. }) if id == ours => {
                Stage::Sending(Upload::default())
            }
            (Stage::Storing | Stage::Sending(_), DeliveryEvent::Sending { id, sent, total })
                if id == ours =>
            {
                Stage::Sending(Upload { sent, total })
            }
            (
                _,
                DeliveryEvent::Waiting {
                    id,
                    why,
                    next_attempt,
                },
            ) if id == ours => Stage::waiting(why, next_attempt),
            // Where one cannot leave, those behind it wait for the same time.
            (
                Stage::Sending(upload),
                DeliveryEvent::Waiting {
                    why, next_attempt, ..
                },
            ) if upload.total == 0 && why.holds_up_others() => Stage::waiting(why, next_attempt),
            (_, DeliveryEvent::Refused { id, status, detail }) if id == ours => {
                Stage::Refused(Refusal::Server { status, detail })
            }
            (_, DeliveryEvent::TooOld(id)) if id == ours => Stage::Refused(Refusal::TooOld),
            (_, DeliveryEvent::Damaged(id)) if id == ours => Stage::Refused(Refusal::Damaged),
            (_, DeliveryEvent::Vanished(id)) if id == ours => Stage::Refused(Refusal::Vanished),
            (stage, _) => stage,
        };
        self
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use feedback_sdk::GapReason;

    use super::super::tests::report as id;
    use super::*;

    fn at(stage: Stage) -> Journey {
        Journey {
            stage,
            ..Journey::new(id('1'))
        }
    }

    /// One and the same moment.
    fn then() -> Instant {
        static THEN: LazyLock<Instant> = LazyLock::new(Instant::now);
        *THEN
    }

    fn offline() -> Stage {
        Stage::waiting(WaitReason::Offline, then())
    }

    fn sending(sent: u64, total: u64) -> Journey {
        at(Stage::Sending(Upload { sent, total }))
    }

    fn progress(last: char, sent: u64, total: u64) -> Happened {
        let id = id(last);
        Happened::Told(DeliveryEvent::Sending { id, sent, total })
    }

    fn waiting(last: char) -> Happened {
        Happened::Told(DeliveryEvent::Waiting {
            id: id(last),
            why: WaitReason::Offline,
            next_attempt: then(),
        })
    }

    fn refused(last: char) -> Happened {
        Happened::Told(DeliveryEvent::Refused {
            id: id(last),
            status: 401,
            detail: None,
        })
    }

    #[test]
    fn the_straight_way() {
        let stored = DeliveryEvent::Stored {
            id: id('1'),
            bytes: 10,
        };
        let journey = Journey::new(id('1'));
        assert!(!journey.can_step_aside(), "nothing is promised yet");
        let journey = journey.after(Happened::Told(stored));
        assert_eq!(journey, sending(0, 0));
        assert!(journey.can_step_aside());
        let journey = journey.after(progress('1', 3, 10));
        assert_eq!(journey, sending(3, 10));
        assert_eq!(journey.after(waiting('1')), at(offline()));
    }

    #[test]
    fn one_that_is_to_be_a_file_ends_there() {
        let saved = |journey: Journey| journey.after(Happened::Saved("report.zip".into()));
        let file = Stage::Sent(Proof::File("report.zip".into()));
        assert_eq!(saved(Journey::new(id('1'))), at(file));
        let back = Journey::new(id('1')).after(Happened::CancelPressed);
        assert_eq!(saved(back.clone()), back, "the person has changed their mind");
    }

    #[test]
    fn other_reports_change_nothing() {
        for journey in [Journey::new(id('1')), sending(1, 2)] {
            for happened in [
                progress('2', 9, 9),
                waiting('2'),
                refused('2'),
                Happened::Told(DeliveryEvent::Vanished(id('2'))),
                Happened::GoneAlready(id('2')),
                Happened::NotRetried(id('2'), Cause::Stopped),
            ] {
                assert_eq!(journey.clone().after(happened), journey);
            }
        }
    }

    #[test]
    fn without_a_network_one_that_has_not_begun_waits_with_the_others() {
        assert_eq!(sending(0, 0).after(waiting('2')), at(offline()));
        let busy = Happened::Told(DeliveryEvent::Waiting {
            id: id('2'),
            why: WaitReason::Server(503),
            next_attempt: then(),
        });
        assert_eq!(sending(0, 0).after(busy), sending(0, 0), "its turn comes now");
    }

    #[test]
    fn what_is_in_memory_alone_has_no_place_but_the_screen() {
        let stored = Happened::Told(DeliveryEvent::Stored {
            id: id('1'),
            bytes: 10,
        });
        let unkept = Journey::new(id('1')).after(Happened::Unkept(Cause::NoFolder));
        assert!(!unkept.can_step_aside());
        let waits = unkept.clone().after(waiting('1'));
        assert!(waits.waits_unkept() && !waits.can_step_aside());
        assert_eq!(waits.next_try(), None, "the next start knows nothing of it");
        assert_eq!(waits.clone().after(stored.clone()).next_try(), Some(then()));
        let refused = unkept.clone().after(refused('1'));
        for journey in [unkept, waits, refused] {
            let kept = journey.clone().after(stored.clone());
            assert_eq!(kept.unkept, None, "the disk has taken it after all");
            assert_eq!(kept.stage, journey.stage);
            assert_eq!(kept.can_step_aside(), !kept.is_refused());
        }
    }

    #[test]
    fn nobody_knows_when_another_run_will_be() {
        let next = then();
        let why = Some(WaitReason::Held);
        assert_eq!(
            Stage::waiting(WaitReason::Held, next),
            Stage::Waiting { why, next: None }
        );
    }

    #[test]
    fn a_report_that_is_taken_back_shows_no_attempt() {
        let back = sending(1, 9).after(Happened::CancelPressed);
        assert_eq!(back.clone().after(waiting('1')), back);
        assert_eq!(back.clone().after(progress('1', 2, 9)), back);
        assert_eq!(back.after(Happened::NotTakenBack), sending(1, 9));
    }

    #[test]
    fn when_all_bytes_are_out_there_is_no_way_back() {
        assert_eq!(sending(9, 9).after(Happened::CancelPressed), sending(9, 9));
        let given_up = sending(9, 9).after(Happened::GivenUp);
        assert!(
            matches!(given_up.stage, Stage::TakingBack(_)),
            "but at the app's end"
        );
    }

    #[test]
    fn a_report_that_waits_shows_its_end_and_no_attempt() {
        let waits = sending(1, 9).after(waiting('1'));
        assert_eq!(waits.clone().after(progress('1', 1, 9)), waits);
        assert_eq!(waits.clone().after(waiting('1')), waits);
        assert!(waits.after(refused('1')).is_refused());
    }

    #[test]
    fn what_was_refused_can_be_tried_again_and_may_be_gone_by_then() {
        let again = sending(1, 9).after(refused('1')).after(Happened::RetryPressed);
        assert_eq!(again, sending(0, 0));
        assert!(again.can_cancel());
        assert_eq!(
            again.clone().after(Happened::GoneAlready(id('1'))),
            at(Stage::Refused(Refusal::Vanished))
        );
        let failed = again.after(Happened::NotRetried(id('1'), Cause::Stopped));
        assert!(failed.is_refused());

        let damaged = sending(1, 9).after(Happened::Told(DeliveryEvent::Damaged(id('1'))));
        assert_eq!(damaged.clone().after(Happened::RetryPressed), damaged);
    }

    #[test]
    fn what_another_process_deletes_is_not_sent() {
        let gone = sending(0, 0).after(Happened::Told(DeliveryEvent::Vanished(id('1'))));
        assert_eq!(gone, at(Stage::Refused(Refusal::Vanished)));
        assert_eq!(gone.clone().after(waiting('1')), gone);
        assert_eq!(gone.clone().after(Happened::RetryPressed), gone);
    }

    #[test]
    fn what_was_left_out_is_known_as_it_was_cut_last() {
        let gap = |what: &str, why: GapReason| Gap::new(what, why);
        let fitted = |left_out: &[Gap]| {
            let id = id('1');
            let left_out = left_out.to_vec();
            Happened::Told(DeliveryEvent::Fitted { id, left_out })
        };
        let journey = sending(9, 9)
            .after(fitted(&[
                gap("log", GapReason::Shortened),
                gap("picture", GapReason::MadeSmaller),
            ]))
            .after(fitted(&[gap("log", GapReason::DoesNotFit)]));
        assert_eq!(
            journey.left_out,
            [
                gap("picture", GapReason::MadeSmaller),
                gap("log", GapReason::DoesNotFit)
            ]
        );
    }
}
