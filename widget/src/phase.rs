//! Where a report stands, as the person sees it. Pure: what happened goes in, the new phase comes out.

use feedback_sdk::{DeliveryEvent, Receipt, ReportId, WaitReason};

use crate::text;

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The person is writing. After a failure to store, with what went wrong.
    Form { trouble: Option<String> },
    /// Send was pressed; the report is being collected.
    Collecting,
    /// The report was handed to the SDK and is on its way.
    Sending(Upload),
    /// The person has cancelled; the report is being deleted.
    TakingBack(Upload),
    /// The receipt is here.
    Sent(Receipt),
    /// It is kept and will be sent by itself.
    Waiting { id: ReportId, why: WaitReason },
    /// The server said no, in these words. It is kept.
    Refused { id: ReportId, why: String },
}

/// A report on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) id: ReportId,
    /// Bytes handed to the network so far.
    pub(crate) sent: u64,
    /// Bytes in all; 0 while the upload has not started.
    pub(crate) total: u64,
    /// Whether the form still holds what was typed, so that the report can be taken back.
    pub(crate) has_draft: bool,
}

impl Upload {
    /// Whether cancelling can still keep the report from arriving.
    pub(crate) fn can_cancel(&self) -> bool {
        self.has_draft && (self.total == 0 || self.sent < self.total)
    }
}

/// What can happen to a phase.
#[derive(Debug, Clone)]
pub(crate) enum Happened {
    /// Send was pressed.
    SendPressed,
    /// The report was collected and handed to the SDK to store.
    HandedOver(ReportId),
    /// Something new came up while collecting that the person should see first.
    MustLook,
    /// The report could not be stored; nothing was promised.
    NotStored(String),
    /// The SDK tells about some report, ours or another.
    Told(DeliveryEvent),
    /// Cancel was pressed.
    CancelPressed,
    /// The report is deleted, or was gone already.
    TakenBack,
    /// The report could not be deleted.
    NotTakenBack,
    /// "Try again" was pressed.
    RetryPressed,
    /// It could not be tried again, for this reason.
    NotRetried(String),
    /// The dialog was closed.
    Closed,
}

impl Phase {
    pub(crate) const FORM: Self = Self::Form { trouble: None };

    /// The phase after something happened. What makes no sense in a phase changes nothing.
    pub(crate) fn after(self, happened: Happened) -> Self {
        match (self, happened) {
            (Self::Form { .. }, Happened::SendPressed) => Self::Collecting,
            (Self::Collecting, Happened::HandedOver(id)) => Self::Sending(Upload {
                id,
                sent: 0,
                total: 0,
                has_draft: true,
            }),
            (Self::Sending(upload), Happened::CancelPressed) if upload.can_cancel() => {
                Self::TakingBack(upload)
            }
            (phase, Happened::NotStored(trouble)) if !phase.is_end() => Self::Form {
                trouble: Some(trouble),
            },
            (Self::Collecting, Happened::MustLook | Happened::CancelPressed)
            | (Self::TakingBack(_), Happened::TakenBack) => Self::FORM,
            (Self::TakingBack(upload), Happened::NotTakenBack) => Self::Sending(upload),
            (Self::Refused { id, .. }, Happened::RetryPressed) => Self::Sending(Upload {
                id,
                sent: 0,
                total: 0,
                has_draft: false,
            }),
            (Self::Sending(Upload { id, .. }), Happened::NotRetried(why)) => Self::Refused { id, why },
            (phase, Happened::Told(event)) => phase.after_event(event),
            (phase, Happened::Closed) if phase.is_end() => Self::FORM,
            (phase, _) => phase,
        }
    }

    fn after_event(self, event: DeliveryEvent) -> Self {
        let Some(ours) = self.id() else { return self };
        match (self, event) {
            (_, DeliveryEvent::Sent(receipt)) if receipt.id == ours => Self::Sent(receipt),
            (_, DeliveryEvent::Deleted(id)) if id == ours => Self::FORM,
            // A report that waits is tried now and then; only its arrival is worth a word. One that
            // is being deleted: only how that ends.
            (Self::Sending(upload), DeliveryEvent::Sending { id, sent, total }) if id == ours => {
                Self::Sending(Upload {
                    sent,
                    total,
                    ..upload
                })
            }
            (Self::Sending(_), DeliveryEvent::Waiting { id, why, .. }) if id == ours => {
                Self::Waiting { id, why }
            }
            (Self::Sending(_) | Self::Waiting { .. }, DeliveryEvent::Refused { id, status, detail })
                if id == ours =>
            {
                let why = text::refused(status, detail.as_deref());
                Self::Refused { id, why }
            }
            (Self::Sending(_) | Self::Waiting { .. }, DeliveryEvent::Damaged(id)) if id == ours => {
                let why = text::DAMAGED.to_owned();
                Self::Refused { id, why }
            }
            (phase, _) => phase,
        }
    }

    /// The report the phase is about, once it has been handed over.
    pub(crate) fn id(&self) -> Option<ReportId> {
        match self {
            Self::Form { .. } | Self::Collecting => None,
            Self::Sending(upload) | Self::TakingBack(upload) => Some(upload.id),
            Self::Sent(receipt) => Some(receipt.id),
            Self::Waiting { id, .. } | Self::Refused { id, .. } => Some(*id),
        }
    }

    /// Whether the form still holds what this phase's report was made from.
    pub(crate) fn has_draft(&self) -> bool {
        match self {
            Self::Form { .. } | Self::Collecting => true,
            Self::Sending(upload) | Self::TakingBack(upload) => upload.has_draft,
            Self::Sent(_) | Self::Waiting { .. } | Self::Refused { .. } => false,
        }
    }

    /// Whether the person's part is over.
    pub(crate) fn is_end(&self) -> bool {
        matches!(self, Self::Sent(_) | Self::Waiting { .. } | Self::Refused { .. })
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    fn id(last: char) -> ReportId {
        format!("01890a5d-ac96-774b-bcce-b302099a805{last}")
            .parse()
            .unwrap()
    }

    fn sending(sent: u64, total: u64) -> Phase {
        Phase::Sending(Upload {
            id: id('1'),
            sent,
            total,
            has_draft: true,
        })
    }

    fn progress(id: ReportId, sent: u64, total: u64) -> Happened {
        Happened::Told(DeliveryEvent::Sending { id, sent, total })
    }

    fn waiting(id: ReportId) -> Happened {
        Happened::Told(DeliveryEvent::Waiting {
            id,
            why: WaitReason::Offline,
            next_attempt: SystemTime::UNIX_EPOCH,
        })
    }

    fn refused(id: ReportId) -> Happened {
        Happened::Told(DeliveryEvent::Refused {
            id,
            status: 401,
            detail: None,
        })
    }

    #[test]
    fn the_straight_way_ends_in_an_end_and_gives_up_the_draft() {
        for (told, end) in [(waiting(id('1')), "Waiting"), (refused(id('1')), "Refused")] {
            let phase = Phase::FORM.after(Happened::SendPressed);
            assert_eq!(phase, Phase::Collecting);
            let phase = phase.after(Happened::HandedOver(id('1')));
            assert_eq!(phase, sending(0, 0));
            let phase = phase.after(progress(id('1'), 3, 10));
            assert_eq!(phase, sending(3, 10));
            let phase = phase.after(told);
            assert!(format!("{phase:?}").starts_with(end), "{phase:?}");
            assert!(phase.is_end() && !phase.has_draft());
            assert_eq!(phase.after(Happened::Closed), Phase::FORM);
        }
    }

    #[test]
    fn other_reports_change_nothing() {
        for phase in [Phase::FORM, Phase::Collecting, sending(1, 2)] {
            for told in [progress(id('2'), 9, 9), waiting(id('2')), refused(id('2'))] {
                assert_eq!(phase.clone().after(told), phase);
            }
        }
    }

    #[test]
    fn what_was_typed_comes_back_unless_it_was_given_up() {
        let back = sending(1, 9).after(Happened::CancelPressed);
        assert!(matches!(back, Phase::TakingBack(_)));
        assert_eq!(back.clone().after(Happened::TakenBack), Phase::FORM);
        assert_eq!(
            back.clone()
                .after(Happened::Told(DeliveryEvent::Deleted(id('1')))),
            Phase::FORM
        );
        assert_eq!(back.clone().after(Happened::NotTakenBack), sending(1, 9));
        assert_eq!(back.clone().after(waiting(id('1'))), back);

        // Refused, then tried again: the form is empty by now, so there is nothing to go back to.
        let again = sending(1, 9)
            .after(refused(id('1')))
            .after(Happened::RetryPressed)
            .after(progress(id('1'), 1, 9));
        assert!(matches!(again, Phase::Sending(_)) && !again.has_draft());
        assert_eq!(again.clone().after(Happened::CancelPressed), again);
    }

    #[test]
    fn a_report_that_waits_shows_its_arrival_and_no_attempt() {
        let waits = sending(1, 9).after(waiting(id('1')));
        assert_eq!(waits.clone().after(progress(id('1'), 1, 9)), waits);
        assert_eq!(waits.clone().after(waiting(id('1'))), waits);
        let refused = waits.after(refused(id('1')));
        assert!(matches!(refused, Phase::Refused { .. }));
    }

    #[test]
    fn when_all_bytes_are_out_there_is_no_way_back() {
        assert_eq!(sending(9, 9).after(Happened::CancelPressed), sending(9, 9));
    }

    #[test]
    fn closing_keeps_what_goes_on() {
        for phase in [Phase::FORM, Phase::Collecting, sending(1, 2)] {
            assert_eq!(phase.clone().after(Happened::Closed), phase);
        }
    }

    #[test]
    fn a_report_that_cannot_be_stored_is_back_in_the_form() {
        let trouble = || "disk full".to_owned();
        for phase in [sending(0, 0), sending(0, 0).after(Happened::CancelPressed)] {
            assert_eq!(
                phase.after(Happened::NotStored(trouble())),
                Phase::Form {
                    trouble: Some(trouble())
                }
            );
        }
        assert_eq!(Phase::Collecting.after(Happened::MustLook), Phase::FORM);
    }
}
