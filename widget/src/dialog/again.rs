//! Words of a report that is not sent by itself come back into the form, and go again: once, whatever another process has
//! made of that report meanwhile.

use feedback_sdk::{DeliveryEvent, Pending, Receipt, ReportId};

use super::earlier::Earlier;
use super::notice::Notice;
use super::said::Said;
use super::{FeedbackDialog, FeedbackResponse};
use crate::phase::{Cause, Happened, Journey, Phase};

impl FeedbackDialog {
    /// What was said in a report that is not sent by itself comes back into the form, before what stands there.
    pub(super) fn take_up(&mut self, id: ReportId) {
        let is_here = |earlier: &Earlier| earlier.journey.id == id && !earlier.said.is_empty();
        let Some(index) = self.earlier.iter().position(is_here) else {
            self.list.reading = Some(self.client.message_of(id));
            return;
        };
        let Earlier {
            journey, mut said, ..
        } = self.earlier.remove(index);
        said.refused.extend(self.give_up(&journey));
        self.say_again(said);
    }

    /// The words of an earlier run's report are here. It stays in the list: what else is in it, nobody has but it.
    pub(super) fn take_words(&mut self) {
        let Some(words) = self.list.reading.as_mut().and_then(Pending::poll) else {
            return;
        };
        self.list.reading = None;
        self.form.notice = match words {
            Ok(words) => {
                let is_there = self.form.said.has_part(&words);
                self.say_again(if is_there {
                    Said::default()
                } else {
                    Said::of(words)
                });
                Some(Notice::WordsAgain)
            }
            Err(error) => Some(Notice::NotRead(Cause::from(&error))),
        };
    }

    fn say_again(&mut self, said: Said) {
        self.hold_back();
        self.step_aside();
        self.put_back(said);
        self.turn_list(false);
    }

    /// Puts back what was said, and notes what the form is like then.
    pub(super) fn put_back(&mut self, said: Said) {
        let is_alone = self.form.said.is_blank();
        if is_alone {
            self.form.said.refused.clear(); // nothing of them stands there any more
        }
        self.form.put_back(said);
        self.came_back = is_alone.then(|| self.as_it_stands());
    }

    fn as_it_stands(&self) -> (u64, String) {
        (self.fingerprint(), self.form.reply_to.clone())
    }

    /// Whether the words of this report are in the form again, or in another report.
    pub(super) fn says_again(&self, id: ReportId) -> bool {
        [&self.form.said, &self.away]
            .iter()
            .any(|said| said.refused.contains(&id))
    }

    /// Asks what has become of the refused reports whose words stand in the form again.
    pub(super) fn ask_after_refused(&mut self) {
        let refused = self.form.said.refused.iter();
        let asked = refused.map(|id| self.client.message_of(*id));
        self.sdk.asking_after.extend(asked);
    }

    /// A report whose words are said again has arrived: another process has sent it. Where they are what they were, they need
    /// not be sent once more.
    pub(super) fn arrived_after_all(&mut self, receipt: &Receipt) {
        let in_form = self.form.said.refused.contains(&receipt.id);
        for said in [&mut self.form.said, &mut self.away] {
            said.refused.retain(|id| *id != receipt.id);
        }
        let journey = Journey::new(receipt.id).after(Happened::Told(DeliveryEvent::Sent(receipt.clone())));
        if in_form {
            self.hold_back();
            let was_sending = self.phase == Phase::Collecting;
            if let Phase::Collecting | Phase::Form { .. } = self.phase {
                self.phase = Phase::FORM; // it was delivered
            }
            if self.phase == Phase::FORM && self.came_back == Some(self.as_it_stands()) {
                drop(self.form.take());
                self.contents.forget();
                self.phase = Phase::Away(journey);
                self.focus = self.focus_of_screen();
                return;
            }
            if was_sending && self.phase == Phase::FORM {
                self.open();
            }
        }
        self.earlier.push(Earlier::followed(journey, Said::default()));
    }

    /// A report is given up for its words. The one that is to be deleted once these are stored anew.
    pub(super) fn give_up(&self, journey: &Journey) -> Option<ReportId> {
        if journey.is_refused() && journey.unkept.is_none() {
            return Some(journey.id);
        }
        // From memory; what waits there would still be sent.
        drop(self.client.delete(journey.id));
        None
    }

    /// Whether what is to be sent has not arrived already, as far as that is known: another process may have sent the
    /// refused report that the words were in.
    pub(super) fn is_said_for_the_first_time(&mut self, response: &mut FeedbackResponse) -> bool {
        self.sdk.asking_after.retain_mut(|asked| asked.poll().is_none());
        if self.phase != Phase::Collecting || self.form.said.refused.is_empty() {
            return true;
        }
        self.take_events(response); // its receipt comes before the answer
        let is_all_told = response.sent.is_none() && response.refused.is_none();
        self.sdk.asking_after.is_empty() && is_all_told
    }
}
