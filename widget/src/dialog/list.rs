//! The list of reports that wait, one click from the form and from the end screens.

use std::time::SystemTime;

use egui::{Label, RichText, Ui};
use feedback_sdk::ReportId;

use super::earlier::{Earlier, Stored};
use super::form::Notice;
use super::row::{self, Heading, Row};
use super::{Action, Focus, parts};
use crate::phase::{Stage, Upload};
use crate::pick::{Picker, Wish};
use crate::text;

/// Whether the list is shown, and what is asked in it.
#[derive(Default)]
pub(crate) struct List {
    pub(crate) is_open: bool,
    /// The report that is deleted if the person says so once more.
    pub(crate) asking: Option<ReportId>,
}

/// What the list needs beside the reports.
pub(crate) struct Surroundings<'a> {
    pub(crate) asking: Option<ReportId>,
    pub(crate) notice: Option<&'a Notice>,
    pub(crate) picker: &'a mut Picker,
    pub(crate) focus: &'a mut Focus,
}

/// The way to the list, where there is anything in it.
pub(crate) fn way_in(ui: &mut Ui, earlier: &[Earlier]) -> Option<Action> {
    let count = earlier.iter().filter(|earlier| earlier.waits()).count();
    if count == 0 {
        return None;
    }
    let words = text::earlier(count);
    let link = parts::button(RichText::new(words).underline()).frame_when_inactive(false);
    let link = parts::reachable(ui.add(link));
    link.clicked().then_some(Action::OpenList)
}

/// Draws the list.
pub(crate) fn show(ui: &mut Ui, earlier: &[Earlier], around: Surroundings<'_>) -> Option<Action> {
    let Surroundings {
        asking,
        notice,
        picker,
        focus,
    } = around;
    let heading = Heading {
        words: text::EARLIER,
        is_news: false,
    };
    let row = Row::default()
        .button(text::CLOSE, Action::Close)
        .primary(text::LEAVE_LIST, Action::LeaveList)
        .focused();
    row::screen(ui, heading, row, focus, |ui, focus| {
        if earlier.is_empty() {
            parts::say(ui, text::NONE_WAITS);
        }
        let mut action = None;
        for (index, earlier) in earlier.iter().enumerate() {
            let place = Place {
                number: index + 1,
                is_asked: asking == Some(earlier.journey.id),
                can_pick: !picker.is_open(),
            };
            let pressed = parts::plate(ui).inner_margin(8).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 4.0;
                place.show(ui, earlier, focus)
            });
            action = pressed.inner.or(action);
        }
        if let Some((wish, paths)) = picker.show(ui) {
            action = Some(Action::Picked(wish, paths));
        }
        parts::notice(ui, notice);
        action
    })
}

/// A report's place in the list.
struct Place {
    /// Counts from 1; it tells one report's buttons from another's.
    number: usize,
    /// Whether the question stands here.
    is_asked: bool,
    can_pick: bool,
}

impl Place {
    fn show(&self, ui: &mut Ui, earlier: &Earlier, focus: &mut Focus) -> Option<Action> {
        head(ui, earlier);
        match &earlier.journey.stage {
            Stage::Waiting { why, next } => {
                parts::news(ui, text::waiting(*why));
                parts::next_try(ui, *next);
            }
            Stage::Refused { why, .. } => parts::complain(ui, why),
            Stage::Sending(Upload { sent, total }) if *total > 0 => {
                parts::quiet(ui, &text::progress(*sent, *total));
            }
            Stage::Sent(proof) => parts::say(ui, &text::it_has_arrived(proof.number())),
            Stage::Storing | Stage::Sending(_) | Stage::TakingBack(_) => {
                parts::quiet(ui, text::SENDING);
            }
        }
        if earlier.journey.unkept.is_some() && earlier.waits() {
            parts::complain(ui, text::UNKEPT);
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
        let can_send = !matches!(earlier.journey.stage, Stage::Refused { again: false, .. });
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            if can_send && self.button(ui, text::SEND_NOW, true).clicked() {
                action = Some(Action::SendNow(id));
            }
            if self.button(ui, text::SAVE, self.can_pick).clicked() {
                action = Some(Action::Pick(Wish::Save(Some(id))));
            }
            if self.button(ui, text::DELETE, true).clicked() {
                action = Some(Action::AskToDelete(Some(id)));
            }
        });
        action
    }

    /// Asked once, since the words are the person's own.
    fn question(&self, ui: &mut Ui, id: ReportId, focus: &mut Focus) -> Option<Action> {
        parts::say(ui, text::DELETE_QUESTION);
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            if self.button(ui, text::DELETE_FOR_GOOD, true).clicked() {
                action = Some(Action::Delete(id));
            }
            let keep = self.button(ui, text::KEEP, true);
            focus.give_to(ui, Focus::Question, keep.id);
            if keep.clicked() {
                action = Some(Action::AskToDelete(None));
            }
        });
        action
    }

    fn button(&self, ui: &mut Ui, words: &str, enabled: bool) -> egui::Response {
        let button = parts::reachable(ui.add_enabled(enabled, parts::button(words)));
        button.accessible_name(text::of_report(words, self.number))
    }
}

/// The first words, where they are known, and what the spool knows.
fn head(ui: &mut Ui, earlier: &Earlier) {
    let facts = earlier.stored.map(|Stored { at, bytes }| {
        let ago = SystemTime::now().duration_since(at).unwrap_or_default();
        format!("{}, {}", text::written(ago.into()), text::size(bytes))
    });
    match (earlier.said.first_words(), facts) {
        (Some(words), facts) => {
            ui.add(Label::new(text::quoted(words)).truncate());
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
