//! Reports that go on without a screen of their own, so that the next one can be written: those of
//! this dialog, and what else waits in the spool.

use std::time::SystemTime;

use egui::Ui;
use feedback_sdk::{DeliveryEvent, FeedbackClient, Pending, ReportId, WaitingReport};

use super::said::{Said, first_words};
use super::{Action, FeedbackDialog, parts};
use crate::phase::{Happened, Journey, Phase, Stage};
use crate::words::Words;

/// A report that was handed over, and what was said in it for the case that it is refused.
pub(crate) struct Earlier {
    pub(crate) journey: Journey,
    /// Nothing, where it is of an earlier run of the app.
    pub(crate) said: Said,
    /// How it begins, where it is of an earlier run.
    beginning: Beginning,
    /// Once the spool was read.
    pub(crate) stored: Option<Stored>,
    /// Whether the person has sent it here, or it has arrived now, so that this is worth a word above the form.
    pub(crate) is_followed: bool,
    /// Whether the person has looked at how it was refused.
    is_seen: bool,
}

/// The first words of a report of an earlier run, which tell it from the others.
#[derive(Default)]
enum Beginning {
    #[default]
    NotAsked,
    Asked(Pending<String>),
    Known(Option<String>),
    /// It cannot be read now: another process may hold it.
    Unread,
}

/// What the spool knows of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) at: SystemTime,
    pub(crate) bytes: u64,
}

impl From<&WaitingReport> for Stored {
    fn from(report: &WaitingReport) -> Self {
        Self {
            at: report.stored_at,
            bytes: report.bytes,
        }
    }
}

impl Earlier {
    /// One that the person has sent here, or that arrives now.
    pub(super) fn followed(journey: Journey, said: Said) -> Self {
        Self {
            journey,
            said,
            beginning: Beginning::default(),
            stored: None,
            is_followed: true,
            is_seen: false,
        }
    }

    /// One that was found in the spool.
    fn found(report: &WaitingReport) -> Self {
        Self {
            stored: Some(report.into()),
            is_followed: false,
            ..Self::followed(Journey::found(report), Said::default())
        }
    }

    /// Asks how it begins, where nobody here knows. Whether the answer is still to come.
    fn learn_its_beginning(&mut self, client: &FeedbackClient) -> bool {
        let is_unknown = self.is_unknown();
        match &mut self.beginning {
            Beginning::NotAsked if is_unknown => {
                self.beginning = Beginning::Asked(client.message_of(self.journey.id));
            }
            Beginning::Asked(asked) => match asked.poll() {
                None => {}
                Some(Err(_)) => self.beginning = Beginning::Unread,
                Some(Ok(message)) => {
                    let first = first_words(&message).map(str::to_owned);
                    self.beginning = Beginning::Known(first);
                }
            },
            Beginning::NotAsked | Beginning::Known(_) | Beginning::Unread => {}
        }
        matches!(self.beginning, Beginning::Asked(_))
    }

    /// Whether how it begins is known by the spool alone.
    fn is_unknown(&self) -> bool {
        self.waits() && self.said.first_words().is_none()
    }

    /// Its first words, in quotes; a place for them until they are known.
    pub(crate) fn quoted(&self, words: &Words) -> Option<String> {
        let read = match &self.beginning {
            Beginning::Asked(_) => return Some(parts::NOT_YET.to_owned()),
            // One is asked after the other, and none is to grow below the pointer.
            Beginning::NotAsked if self.is_unknown() => return Some(parts::NOT_YET.to_owned()),
            Beginning::NotAsked | Beginning::Unread => None,
            Beginning::Known(first) => first.as_deref(),
        };
        self.said.first_words().or(read).map(|first| words.quoted(first))
    }

    /// Something has become of some report. Whether this one is still there.
    pub(crate) fn told(&mut self, event: &DeliveryEvent) -> bool {
        if *event == DeliveryEvent::Deleted(self.journey.id) {
            return false;
        }
        self.is_followed |= matches!(event, DeliveryEvent::Sent(receipt) if receipt.id == self.journey.id);
        self.happened(Happened::Told(event.clone()));
        true
    }

    pub(crate) fn happened(&mut self, happened: Happened) {
        self.journey = self.journey.clone().after(happened);
        if self.journey.is_sent() {
            if let Some(first) = self.said.first_words() {
                self.beginning = Beginning::Known(Some(first.to_owned())); // it stands in the list until that is closed
            }
            self.said = Said::default();
        }
    }

    /// Whether the person may want to change what they said in it.
    pub(crate) fn has_words_to_take_up(&self) -> bool {
        self.journey.is_refused()
            && (!self.said.is_empty() || matches!(self.beginning, Beginning::Known(Some(_))))
    }

    /// Whether words would be lost if the app were to end now.
    pub(crate) fn is_unsafe(&self) -> bool {
        !self.journey.can_step_aside() && !self.said.is_empty()
    }

    /// Whether it was refused, and the person does not know how.
    pub(crate) fn needs_the_eye(&self) -> bool {
        self.journey.is_refused() && !self.is_seen
    }

    /// It stands on the screen as it is.
    pub(crate) fn seen(&mut self) {
        self.is_seen = self.journey.is_refused();
    }

    /// Whether it waits for the network, or for someone to do something.
    pub(crate) fn waits(&self) -> bool {
        matches!(self.journey.stage, Stage::Waiting { .. } | Stage::Refused(_))
    }

    /// Those that wait need no word above the form: the way to the list is there.
    fn sentence(&self, words: &Words) -> Option<String> {
        Some(match &self.journey.stage {
            Stage::Sending(_) => words.earlier_sending.clone(),
            Stage::Sent(proof) => words.earlier_sent(proof),
            Stage::Refused(_) if !self.said.is_empty() => words.earlier_refused.clone(),
            _ => return None,
        })
    }
}

/// Brings the reports up to date with what the spool holds, but for those that are `elsewhere`.
pub(crate) fn update(earlier: &mut Vec<Earlier>, listed: &[WaitingReport], elsewhere: &[ReportId]) {
    let find = |id: ReportId| listed.iter().find(|report| report.id == id);
    for earlier in &mut *earlier {
        if let Some(report) = find(earlier.journey.id) {
            if matches!(earlier.beginning, Beginning::Unread) {
                earlier.beginning = Beginning::NotAsked;
            }
            earlier.stored = Some(report.into());
            earlier.journey.note(report);
        }
    }
    earlier
        .retain(|earlier| !earlier.waits() || !earlier.said.is_empty() || find(earlier.journey.id).is_some());
    for report in listed {
        let is_known = earlier.iter().any(|earlier| earlier.journey.id == report.id);
        if !is_known && !elsewhere.contains(&report.id) {
            earlier.push(Earlier::found(report));
        }
    }
}

/// So many stand above the form, the last ones, and all that were refused; fifty may arrive at once.
const MOST_TOLD: usize = 5;

/// What has become of earlier reports, each in a quiet line.
pub(super) fn show(ui: &mut Ui, words: &Words, earlier: &[Earlier], can_switch: bool) -> Option<Action> {
    for (journey, sentence) in told(words, earlier) {
        if journey.is_refused() {
            parts::complain(ui, &sentence);
        } else {
            parts::news(ui, &sentence);
        }
        if journey.is_sent() {
            parts::left_out(ui, words, &journey.left_out);
        }
    }
    let can_switch = can_switch && earlier.iter().any(is_refused_with_words);
    (can_switch && parts::reachable(ui.add(parts::button(&*words.show))).clicked()).then_some(Action::Show)
}

fn told<'e>(words: &Words, earlier: &'e [Earlier]) -> Vec<(&'e Journey, String)> {
    let followed = earlier.iter().filter(|earlier| earlier.is_followed);
    let told = followed.filter_map(|earlier| Some((&earlier.journey, earlier.sentence(words)?)));
    let mut told: Vec<_> = told.collect();
    // Several that are as far need no line each.
    told.dedup_by(|next, before| next.1 == before.1 && next.0.left_out.is_empty());
    let mut left = told.len();
    told.retain(|(journey, _)| {
        left -= 1;
        left < MOST_TOLD || journey.is_refused()
    });
    told
}

fn is_refused_with_words(earlier: &Earlier) -> bool {
    earlier.journey.is_refused() && !earlier.said.is_empty()
}

impl FeedbackDialog {
    /// A report that is safe makes room for the next one.
    pub(super) fn step_aside(&mut self) {
        if let Phase::Away(journey) = &self.phase
            && journey.can_step_aside()
        {
            self.earlier
                .push(Earlier::followed(journey.clone(), std::mem::take(&mut self.away)));
            self.phase = Phase::FORM;
        }
    }

    /// A report that was refused meanwhile comes back, unless another one is being written.
    pub(super) fn bring_back(&mut self) {
        let refused = self.earlier.iter().position(is_refused_with_words);
        if let Some(index) = refused.filter(|_| self.is_free()) {
            let Earlier { journey, said, .. } = self.earlier.remove(index);
            self.phase = Phase::Away(journey);
            self.away = said;
            self.focus = self.focus_of_screen();
        }
    }

    /// Whether nothing else is being written.
    fn is_free(&self) -> bool {
        self.phase == Phase::FORM && self.form.said.is_blank()
    }

    /// A report of an earlier run that was refused stands in the list alone.
    pub(super) fn show_what_needs_the_eye(&mut self) {
        self.list.is_open = self.is_free() && self.earlier.iter().any(Earlier::needs_the_eye);
    }

    /// Has the list tell how each report begins, once it is open. One question at a time: what the person does meanwhile
    /// is not to wait for fifty answers.
    pub(super) fn learn_beginnings(&mut self) {
        if self.list.is_open {
            let mut earlier = self.earlier.iter_mut();
            earlier.any(|earlier| earlier.learn_its_beginning(&self.client));
        }
    }

    /// Brings the earlier reports up to date with what the spool holds.
    pub(super) fn spool_was_read(&mut self, listed: &[WaitingReport]) {
        // The one that has the screen, and those whose words stand in the form again.
        let screen = self.phase.journey().map(|journey| journey.id);
        let mut elsewhere: Vec<ReportId> = screen.into_iter().collect();
        for said in [&mut self.form.said, &mut self.away] {
            if said.is_blank() {
                said.refused.clear(); // nothing of them stands there any more: they are listed, and others do not take their place
            }
            elsewhere.extend(&said.refused);
        }
        let is_gone = |id: &ReportId| listed.iter().all(|report| report.id != *id);
        if self.form.said.refused.iter().any(is_gone) {
            self.ask_after_refused();
        }
        update(&mut self.earlier, listed, &elsewhere);
    }
}

#[cfg(test)]
mod tests {
    use feedback_sdk::{WaitReason, WaitingState};

    use super::*;
    use crate::phase::Proof;
    use crate::phase::tests::report as id;

    fn listed(last: char, state: WaitingState) -> WaitingReport {
        feedback_sdk::testing::waiting(id(last), state)
    }

    const OFFLINE: WaitingState = WaitingState::Retry(WaitReason::Offline);

    #[test]
    fn what_waits_is_found_once_and_not_where_it_is_on_the_screen() {
        let mut earlier = Vec::new();
        let spool = [listed('1', OFFLINE), listed('2', WaitingState::Refused(401))];
        update(&mut earlier, &spool, &[id('2')]);
        update(&mut earlier, &spool, &[id('2')]);
        assert_eq!(earlier.len(), 1);
        assert!(earlier[0].waits() && !earlier[0].is_unsafe());
    }

    #[test]
    fn those_that_say_nothing_take_no_room_and_a_refusal_is_always_told() {
        let words = Words::in_language("en");
        let mut earlier: Vec<Earlier> = "0123456789abcdef"
            .chars()
            .map(|last| Earlier {
                is_followed: true,
                ..Earlier::found(&listed(last, OFFLINE))
            })
            .collect();
        assert!(told(&words, &earlier).is_empty(), "they wait");
        earlier[0].journey = Journey::found(&listed('0', WaitingState::Refused(401)));
        earlier[0].said.message = "x".to_owned();
        for (last, earlier) in "abcdef".chars().zip(&mut earlier[10..]) {
            earlier.journey.stage = Stage::Sent(Proof::File(format!("{last}.zip").into()));
        }
        let told: Vec<String> = told(&words, &earlier).into_iter().map(|(_, told)| told).collect();
        assert_eq!(told.len(), 1 + MOST_TOLD);
        assert!(
            told[0].contains("was not delivered") && told[5].contains("f.zip"),
            "{told:?}"
        );
    }

    #[test]
    fn each_has_a_place_for_its_words_before_they_are_asked() {
        let mut earlier = Vec::new();
        update(&mut earlier, &[listed('1', OFFLINE)], &[]);
        assert_eq!(
            earlier[0].quoted(&Words::default()).as_deref(),
            Some(parts::NOT_YET)
        );
    }

    #[test]
    fn another_process_changes_them_and_takes_them_away() {
        let mut earlier = Vec::new();
        update(&mut earlier, &[listed('1', OFFLINE), listed('2', OFFLINE)], &[]);
        earlier[1].happened(Happened::RetryPressed);
        update(&mut earlier, &[listed('1', WaitingState::Refused(401))], &[]);
        assert!(earlier[0].journey.is_refused());
        assert!(earlier[1].journey.is_moving(), "what has become of it is told");
        update(&mut earlier, &[], &[]);
        assert_eq!(earlier.len(), 1, "what was on its way, until the dialog closes");
    }

    #[test]
    fn words_are_never_dropped_for_what_the_spool_says() {
        let mut earlier = Vec::new();
        update(&mut earlier, &[listed('1', WaitingState::Refused(401))], &[]);
        earlier[0].said.message = "still here".to_owned();
        update(&mut earlier, &[], &[]);
        assert_eq!(earlier[0].said.message, "still here");
    }
}
