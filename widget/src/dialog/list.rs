//! The list of reports that wait, one click from the form and from the end screens.

use std::time::SystemTime;

use egui::{Label, RichText, Ui};
use feedback_sdk::{Pending, ReportId};

use super::earlier::{Earlier, Stored};
use super::notice::{self, Notice};
use super::parts::Heading;
use super::row::{self, Row};
use super::{Action, Focus, parts};
use crate::phase::{Stage, Upload};
use crate::pick::{Picker, Wish};
use crate::words::Words;

/// Whether the list is shown, and what is asked in it.
#[derive(Default)]
pub(crate) struct List {
    pub(crate) is_open: bool,
    /// The report that is deleted if the person says so once more.
    pub(crate) asking: Option<ReportId>,
    /// The words of an earlier run's report, which are wanted in the form.
    pub(crate) reading: Option<Pending<String>>,
}

/// What the list needs beside the reports.
pub(crate) struct Surroundings<'a> {
    pub(crate) words: &'a Words,
    pub(crate) asking: Option<ReportId>,
    /// Whether there is a form for words to come back into.
    pub(crate) has_form: bool,
    pub(crate) notice: Option<&'a Notice>,
    pub(crate) picker: &'a mut Picker,
    pub(crate) focus: &'a mut Focus,
}

/// The way to the list, where there is anything in it.
pub(crate) fn way_in(ui: &mut Ui, words: &Words, earlier: &[Earlier]) -> Option<Action> {
    let count = earlier.iter().filter(|earlier| earlier.waits()).count();
    if count == 0 {
        return None;
    }
    let label = words.earlier_count(count as u64);
    let link = parts::button(RichText::new(label).underline()).frame_when_inactive(false);
    let link = parts::reachable(ui.add(link));
    link.clicked().then_some(Action::OpenList)
}

/// Draws the list.
pub(crate) fn show(ui: &mut Ui, earlier: &[Earlier], around: Surroundings<'_>) -> Option<Action> {
    let Surroundings {
        words,
        asking,
        has_form,
        notice,
        picker,
        focus,
    } = around;
    let heading = Heading {
        words: &words.earlier,
        is_news: false,
    };
    let row = Row::default()
        .button(&words.close, Action::Close)
        .primary(&words.leave_list, Action::LeaveList)
        .focused();
    row::screen(ui, heading, row, focus, |ui, focus| {
        if earlier.is_empty() {
            parts::say(ui, &words.none_waits);
        }
        let mut action = None;
        for (index, earlier) in earlier.iter().enumerate() {
            let place = Place {
                words,
                number: index as u64 + 1,
                is_asked: asking == Some(earlier.journey.id),
                can_take_up: has_form && earlier.has_words_to_take_up(),
                can_pick: !picker.is_open(),
            };
            let pressed = parts::plate(ui).inner_margin(8).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 4.0;
                place.show(ui, earlier, focus)
            });
            action = pressed.inner.or(action);
        }
        if let Some(picked) = picker.show(ui, words) {
            action = Some(Action::Picked(picked));
        }
        notice::show(ui, words, notice);
        action
    })
}

/// A report's place in the list.
struct Place<'a> {
    words: &'a Words,
    /// Counts from 1; it tells one report's buttons from another's.
    number: u64,
    /// Whether the question stands here.
    is_asked: bool,
    can_take_up: bool,
    can_pick: bool,
}

impl Place<'_> {
    fn show(&self, ui: &mut Ui, earlier: &Earlier, focus: &mut Focus) -> Option<Action> {
        let words = self.words;
        head(ui, words, earlier);
        match &earlier.journey.stage {
            Stage::Waiting { why, .. } => {
                parts::news(ui, &words.waits(*why));
                parts::next_try(ui, words, &earlier.journey);
            }
            Stage::Refused(refusal) => parts::complain(ui, &words.refusal(refusal)),
            Stage::Sending(Upload { sent, total }) if *total > 0 => {
                parts::quiet(ui, &words.uploaded(*sent, *total));
            }
            Stage::Sent(proof) => {
                parts::say(ui, &words.it_has_arrived(proof));
                parts::left_out(ui, words, &earlier.journey.left_out);
            }
            Stage::Storing | Stage::Sending(_) | Stage::TakingBack(_) => {
                parts::quiet(ui, &words.sending);
            }
        }
        if earlier.journey.unkept.is_some() && earlier.waits() {
            parts::complain(ui, &words.unkept);
        }
        if !earlier.waits() {
            return None;
        }
        if self.is_asked {
            return self.question(ui, earlier.journey.id, focus);
        }
        self.buttons(ui, earlier)
    }

    fn buttons(&self, ui: &mut Ui, earlier: &Earlier) -> Option<Action> {
        ui.add_space(2.0);
        let id = earlier.journey.id;
        let can_send = match &earlier.journey.stage {
            Stage::Refused(refusal) => refusal.is_worth_a_try(),
            _ => true,
        };
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            if can_send && self.button(ui, &self.words.send_now, true).clicked() {
                action = Some(Action::SendNow(id));
            }
            if self.can_take_up && self.button(ui, &self.words.back, true).clicked() {
                action = Some(Action::TakeUp(id));
            }
            if self.button(ui, &self.words.save, self.can_pick).clicked() {
                action = Some(Action::Pick(Wish::Save(Some(id))));
            }
            if self.button(ui, &self.words.delete, true).clicked() {
                action = Some(Action::AskToDelete(Some(id)));
            }
        });
        action
    }

    /// Asked once, since the words are the person's own.
    fn question(&self, ui: &mut Ui, id: ReportId, focus: &mut Focus) -> Option<Action> {
        parts::say(ui, &self.words.delete_question);
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            if self.button(ui, &self.words.delete_for_good, true).clicked() {
                action = Some(Action::Delete(id));
            }
            let keep = self.button(ui, &self.words.keep, true);
            focus.give_to(ui, Focus::Question, keep.id);
            if keep.clicked() {
                action = Some(Action::AskToDelete(None));
            }
        });
        action
    }

    fn button(&self, ui: &mut Ui, label: &str, enabled: bool) -> egui::Response {
        let button = parts::reachable(ui.add_enabled(enabled, parts::button(label)));
        button.accessible_name(self.words.of_report(label, self.number))
    }
}

/// The first words, where they are known, and what the spool knows.
fn head(ui: &mut Ui, words: &Words, earlier: &Earlier) {
    let facts = earlier.stored.map(|Stored { at, bytes }| {
        let ago = SystemTime::now().duration_since(at).unwrap_or_default();
        format!("{}, {}", words.written(ago.into()), words.size(bytes))
    });
    match (earlier.quoted(words), facts) {
        (Some(first), facts) => {
            ui.add(Label::new(first).truncate());
            if let Some(facts) = facts {
                parts::quiet(ui, &facts);
            }
        }
        (None, Some(facts)) => {
            ui.label(facts);
        }
        (None, None) => {}
    }
}
