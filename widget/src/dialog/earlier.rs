//! Reports that go on without a screen of their own, so that the next one can be written.

use egui::Ui;
use feedback_sdk::DeliveryEvent;

use super::said::Said;
use super::{Action, FeedbackDialog, parts};
use crate::phase::{Happened, Journey, Phase, Proof, Stage};
use crate::text;

/// A report that was handed over, and what was said in it for the case that it is refused.
pub(crate) struct Earlier {
    pub(crate) journey: Journey,
    said: Said,
}

impl Earlier {
    /// Something has become of some report. Whether this one is still there.
    pub(crate) fn told(&mut self, event: &DeliveryEvent) -> bool {
        if *event == DeliveryEvent::Deleted(self.journey.id) {
            return false;
        }
        self.happened(Happened::Told(event.clone()));
        true
    }

    pub(crate) fn happened(&mut self, happened: Happened) {
        self.journey = self.journey.clone().after(happened);
        if self.journey.is_sent() {
            self.said = Said::default();
        }
    }

    fn sentence(&self) -> Option<String> {
        Some(match &self.journey.stage {
            Stage::Sending(_) => text::EARLIER_SENDING.to_owned(),
            Stage::Waiting(why) => text::earlier_waiting(*why),
            Stage::Sent(Proof::Receipt(receipt)) => text::earlier_sent(receipt.number.as_deref()),
            Stage::Sent(_) => text::earlier_sent(None),
            Stage::Refused { .. } => text::EARLIER_REFUSED.to_owned(),
            Stage::Storing | Stage::TakingBack(_) => return None,
        })
    }
}

/// What has become of earlier reports, each in a quiet line.
pub(super) fn show(ui: &mut Ui, earlier: &[Earlier], can_switch: bool) -> Option<Action> {
    let mut last = None;
    for earlier in earlier {
        let sentence = earlier.sentence();
        match &sentence {
            // Several that wait for the same reason need no line each.
            Some(_) if sentence == last => {}
            Some(words) if earlier.journey.is_refused() => parts::complain(ui, words),
            Some(words) => parts::news(ui, words),
            None => {}
        }
        last = sentence;
    }
    let is_refused = earlier.iter().any(|earlier| earlier.journey.is_refused());
    let can_switch = can_switch && is_refused;
    (can_switch && parts::reachable(ui.add(parts::button(text::SHOW))).clicked()).then_some(Action::Show)
}

impl FeedbackDialog {
    /// A report that is safe makes room for the next one.
    pub(super) fn step_aside(&mut self) {
        if let Phase::Away(journey) = &self.phase
            && journey.can_step_aside()
        {
            let journey = journey.clone();
            let said = std::mem::take(&mut self.away);
            self.earlier.push(Earlier { journey, said });
            self.phase = Phase::FORM;
        }
    }

    /// A report that was refused meanwhile comes back, unless another one is being written.
    pub(super) fn bring_back(&mut self) {
        let is_free = self.phase == Phase::FORM && self.form.said.is_empty();
        let refused = self
            .earlier
            .iter()
            .position(|earlier| earlier.journey.is_refused());
        if let Some(index) = refused.filter(|_| is_free) {
            let Earlier { journey, said } = self.earlier.remove(index);
            self.phase = Phase::Away(journey);
            self.away = said;
            self.focus = self.focus_of_phase();
        }
    }
}
