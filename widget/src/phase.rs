//! What the dialog shows, as the person meets it. Pure: what happened goes in, the new phase comes out.

mod cause;
mod journey;
mod pace;

use std::path::PathBuf;

use feedback_sdk::{DeliveryEvent, ReportId};

pub(crate) use self::cause::Cause;
pub(crate) use self::journey::{Journey, Proof, Refusal, Stage, Upload};
pub(crate) use self::pace::{Pace, TimeLeft};

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The person is writing.
    Form { trouble: Option<Trouble> },
    /// Send was pressed; the report is being collected.
    Collecting,
    /// The report was handed to the SDK.
    Away(Journey),
}

/// What went wrong with the last attempt to send what stands in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    Collecting(Cause),
    Storing(Cause),
    /// As a file.
    Saving(Cause),
    /// It was stored, and is back in the form.
    Delivering(Refusal),
}

/// How to keep the words nevertheless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// As a file.
    Save,
    /// By the clipboard: the SDK does nothing any more.
    Copy,
}

impl Trouble {
    pub(crate) fn remedy(&self) -> Remedy {
        match self {
            Self::Collecting(Cause::Stopped)
            | Self::Storing(Cause::Stopped)
            | Self::Saving(Cause::Stopped) => Remedy::Copy,
            _ => Remedy::Save,
        }
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
    /// The report is in the file that it was to go to instead of being sent.
    Saved(PathBuf),
    /// The report could not be stored, for this reason, and is sent from memory instead.
    Unkept(Cause),
    /// The report could not be collected or stored; nothing was promised.
    NotStored(Trouble),
    /// The SDK tells about some report, ours or another.
    Told(DeliveryEvent),
    /// "Don't send" was pressed.
    CancelPressed,
    /// The app ends, and what is in memory alone is not to go with it.
    GivenUp,
    /// The report is deleted, or was gone already.
    TakenBack,
    /// The report could not be deleted.
    NotTakenBack,
    /// "Back to my message" was pressed.
    BackPressed,
    /// "Try again" was pressed.
    RetryPressed,
    /// This report could not be tried again, for this reason.
    NotRetried(ReportId, Cause),
    /// This report was to be tried again, and is not in the spool any more.
    GoneAlready(ReportId),
    /// The dialog was closed.
    Closed,
}

impl Phase {
    pub(crate) const FORM: Self = Self::Form { trouble: None };

    /// The phase after something happened. What makes no sense in a phase changes nothing.
    pub(crate) fn after(self, happened: Happened) -> Self {
        match (self, happened) {
            (Self::Form { .. }, Happened::SendPressed) => Self::Collecting,
            (Self::Collecting, Happened::HandedOver(id)) => Self::Away(Journey::new(id)),
            (Self::Collecting, Happened::MustLook | Happened::CancelPressed) => Self::FORM,
            (Self::Away(journey), happened) => Self::after_handing_over(journey, happened),
            (_, Happened::NotStored(trouble)) => Self::Form {
                trouble: Some(trouble),
            },
            (phase, _) => phase,
        }
    }

    fn after_handing_over(journey: Journey, happened: Happened) -> Self {
        match (&journey.stage, happened) {
            (_, Happened::NotStored(trouble)) if journey.is_moving() => Self::Form {
                trouble: Some(trouble),
            },
            (Stage::TakingBack(_), Happened::TakenBack)
            | (Stage::Refused(_), Happened::BackPressed)
            | (Stage::Sent(_), Happened::Closed) => Self::FORM,
            (_, Happened::BackPressed) if journey.waits_unkept() => Self::FORM,
            (_, Happened::Told(DeliveryEvent::Deleted(id))) if id == journey.id => Self::FORM,
            (Stage::Refused(refusal), Happened::Closed) => Self::Form {
                trouble: Some(Trouble::Delivering(refusal.clone())),
            },
            (_, happened) => Self::Away(journey.after(happened)),
        }
    }

    /// The report that the phase is about, once it has been handed over.
    pub(crate) fn journey(&self) -> Option<&Journey> {
        match self {
            Self::Away(journey) => Some(journey),
            Self::Form { .. } | Self::Collecting => None,
        }
    }

    /// Whether the person waits for something.
    pub(crate) fn is_moving(&self) -> bool {
        matches!(self, Self::Collecting) || self.journey().is_some_and(Journey::is_moving)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A report for each last digit.
    pub(crate) fn report(last: char) -> ReportId {
        format!("01890a5d-ac96-774b-bcce-b302099a805{last}")
            .parse()
            .unwrap()
    }

    fn id() -> ReportId {
        report('1')
    }

    fn stored() -> Phase {
        let stored = DeliveryEvent::Stored { id: id(), bytes: 10 };
        Phase::FORM
            .after(Happened::SendPressed)
            .after(Happened::HandedOver(id()))
            .after(Happened::Told(stored))
    }

    fn refused() -> Phase {
        stored().after(Happened::Told(DeliveryEvent::Refused {
            id: id(),
            status: 401,
            detail: None,
        }))
    }

    fn trouble() -> Trouble {
        Trouble::Storing(Cause::Other("disk full".to_owned()))
    }

    #[test]
    fn from_the_form_and_back() {
        let phase = Phase::FORM.after(Happened::SendPressed);
        assert_eq!(phase, Phase::Collecting);
        assert_eq!(phase.clone().after(Happened::MustLook), Phase::FORM);
        assert_eq!(phase.after(Happened::CancelPressed), Phase::FORM);

        let back = stored().after(Happened::CancelPressed);
        assert_eq!(back.clone().after(Happened::TakenBack), Phase::FORM);
        let deleted = Happened::Told(DeliveryEvent::Deleted(id()));
        assert_eq!(back.after(deleted), Phase::FORM);
    }

    #[test]
    fn closing_keeps_what_goes_on() {
        for phase in [Phase::FORM, Phase::Collecting, stored()] {
            assert_eq!(phase.clone().after(Happened::Closed), phase);
        }
    }

    #[test]
    fn from_a_refusal_every_way_leads_back_to_the_words() {
        assert_eq!(refused().after(Happened::BackPressed), Phase::FORM);
        let Phase::Form { trouble: Some(_) } = refused().after(Happened::Closed) else {
            panic!("closing must show the form, and why it is there");
        };
        assert_eq!(refused().after(Happened::RetryPressed), stored());
    }

    #[test]
    fn from_memory_a_way_leads_back_to_the_words_as_well() {
        let waits = Phase::Collecting
            .after(Happened::HandedOver(id()))
            .after(Happened::Unkept(Cause::NoFolder))
            .after(Happened::Told(DeliveryEvent::Waiting {
                id: id(),
                why: feedback_sdk::WaitReason::Offline,
                next_attempt: std::time::Instant::now(),
            }));
        assert_eq!(waits.clone().after(Happened::Closed), waits, "it is tried on");
        assert_eq!(waits.after(Happened::BackPressed), Phase::FORM);
    }

    #[test]
    fn a_report_that_cannot_be_stored_is_back_in_the_form() {
        let handed_over = Phase::Collecting.after(Happened::HandedOver(id()));
        for phase in [
            Phase::Collecting,
            handed_over.clone(),
            handed_over.after(Happened::CancelPressed),
        ] {
            let trouble = trouble();
            let back = phase.after(Happened::NotStored(trouble.clone()));
            let trouble = Some(trouble);
            assert_eq!(back, Phase::Form { trouble });
        }
        assert_eq!(
            refused().after(Happened::NotStored(trouble())),
            refused(),
            "that was another one"
        );
    }
}
