//! How it ended, in one heading and a sentence or two.

use egui::{Button, Ui};
use feedback_sdk::{ReportId, WaitReason};

use super::earlier::Earlier;
use super::form::Notice;
use super::row::{self, Heading, Row};
use super::{Action, Focus, list, parts};
use crate::phase::{Journey, Proof, Stage};
use crate::pick::{Picker, Wish};
use crate::text;

/// What the end screens need beside the report.
pub(crate) struct Surroundings<'a> {
    pub(crate) link: Option<&'a str>,
    pub(crate) earlier: &'a [Earlier],
    pub(crate) notice: Option<&'a Notice>,
    pub(crate) picker: &'a mut Picker,
    pub(crate) focus: &'a mut Focus,
}

/// Draws the screen of a report whose way has ended.
pub(crate) fn show(ui: &mut Ui, journey: &Journey, around: Surroundings<'_>) -> Option<Action> {
    let words = match journey.stage {
        Stage::Sent(Proof::Receipt(_)) => text::SENT,
        Stage::Sent(_) => text::GONE,
        Stage::Refused { .. } => text::REFUSED,
        Stage::Waiting { .. } if journey.unkept.is_some() => text::NOT_SENT,
        _ => text::WAITING,
    };
    let heading = Heading { words, is_news: true };
    let row = match journey.stage {
        Stage::Refused { again, .. } => back(again),
        _ if journey.waits_unkept() => back(true),
        _ => Row::default().primary(text::CLOSE, Action::Close).focused(),
    };
    let Surroundings {
        link,
        earlier,
        notice,
        picker,
        focus,
    } = around;
    row::screen(ui, heading, row, focus, |ui, _| {
        let mut action = match &journey.stage {
            Stage::Sent(proof) => sent(ui, proof, link),
            Stage::Waiting { why, next } => {
                let action = match &journey.unkept {
                    None => {
                        parts::say(ui, text::waiting(*why));
                        None
                    }
                    Some(no_disk) => unkept(ui, journey.id, *why, no_disk, picker),
                };
                parts::next_try(ui, *next);
                action
            }
            Stage::Refused { why, again } => {
                parts::say(ui, why);
                let is_kept = journey.unkept.is_none();
                parts::say(ui, if is_kept { text::KEPT } else { text::REFUSED_UNKEPT });
                again.then(|| save(ui, journey.id, picker)).flatten()
            }
            _ => None,
        };
        if !journey.left_out.is_empty() {
            parts::say(ui, &text::fitted(&journey.left_out));
        }
        if let Some((wish, paths)) = picker.show(ui) {
            action = Some(Action::Picked(wish, paths));
        }
        parts::notice(ui, notice);
        list::way_in(ui, earlier).or(action)
    })
}

/// The way back to the words, and perhaps another try.
fn back(again: bool) -> Row {
    let mut row = Row::default().button(text::CLOSE, Action::Close);
    if again {
        row = row.button(text::RETRY, Action::Retry);
    }
    row.primary(text::BACK, Action::Back).focused()
}

fn sent(ui: &mut Ui, proof: &Proof, link: Option<&str>) -> Option<Action> {
    match proof {
        Proof::Receipt(receipt) => match &receipt.number {
            Some(number) => {
                ui.horizontal_wrapped(|ui| {
                    parts::say(ui, &format!("{} {number}.", text::NUMBER));
                    let copy = parts::reachable(ui.add(Button::new(text::COPY)));
                    if copy.accessible_name(text::copy(number)).clicked() {
                        ui.ctx().copy_text(number.clone());
                    }
                });
            }
            None => parts::say(ui, text::ARRIVED),
        },
        Proof::Elsewhere => parts::say(ui, text::ELSEWHERE),
        Proof::Already => parts::say(ui, text::ALREADY),
    }
    let link = parts::reachable(ui.add(parts::button(link?)));
    link.clicked().then_some(Action::Link)
}

/// Neither sent nor kept: what was written is only here.
fn unkept(
    ui: &mut Ui,
    id: ReportId,
    why: Option<WaitReason>,
    no_disk: &str,
    picker: &Picker,
) -> Option<Action> {
    parts::complain(ui, &text::waiting_unkept(why));
    let action = ui.horizontal_wrapped(|ui| {
        let action = save(ui, id, picker);
        let copy = parts::reachable(ui.add(parts::button(text::COPY_TEXT)));
        action.or(copy.clicked().then_some(Action::CopyText))
    });
    parts::quiet(ui, &text::no_disk(no_disk));
    action.inner
}

fn save(ui: &mut Ui, id: ReportId, picker: &Picker) -> Option<Action> {
    let save = ui.add_enabled(!picker.is_open(), parts::button(text::SAVE));
    let wish = Wish::Save(Some(id));
    parts::reachable(save).clicked().then_some(Action::Pick(wish))
}
