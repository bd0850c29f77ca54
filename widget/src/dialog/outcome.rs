//! How it ended, in one heading and a sentence or two.

use egui::Ui;
use feedback_sdk::{ReportId, WaitReason};

use super::earlier::Earlier;
use super::notice::{self, Notice};
use super::parts::Heading;
use super::row::{self, Row};
use super::{Action, Focus, list, parts};
use crate::phase::{Journey, Proof, Refusal, Stage};
use crate::pick::{Picker, Wish};
use crate::words::Words;

/// What the end screens need beside the report.
pub(crate) struct Surroundings<'a> {
    pub(crate) words: &'a Words,
    pub(crate) link: Option<&'a str>,
    pub(crate) earlier: &'a [Earlier],
    pub(crate) notice: Option<&'a Notice>,
    pub(crate) picker: &'a mut Picker,
    pub(crate) focus: &'a mut Focus,
}

/// Draws the screen of a report whose way has ended.
pub(crate) fn show(ui: &mut Ui, journey: &Journey, around: Surroundings<'_>) -> Option<Action> {
    let Surroundings {
        words,
        link,
        earlier,
        notice,
        picker,
        focus,
    } = around;
    let heading = Heading {
        words: match journey.stage {
            Stage::Sent(Proof::Receipt(_)) => &words.sent,
            Stage::Refused(_) => &words.refused,
            Stage::Waiting { .. } if journey.unkept.is_some() => &words.not_sent,
            _ => &words.waiting,
        },
        is_news: true,
    };
    let row = match &journey.stage {
        Stage::Refused(refusal) => back(words, refusal.is_worth_a_try()),
        _ if journey.waits_unkept() => back(words, true),
        _ => Row::default().primary(&words.close, Action::Close).focused(),
    };
    row::screen(ui, heading, row, focus, |ui, _| {
        let mut action = match &journey.stage {
            Stage::Sent(proof) => sent(ui, words, proof, link),
            Stage::Waiting { why, .. } => {
                let action = waiting(ui, words, journey, *why, picker);
                parts::next_try(ui, words, journey);
                action
            }
            Stage::Refused(refusal) => refused(ui, words, journey, refusal, picker),
            _ => None,
        };
        parts::left_out(ui, words, &journey.left_out);
        if let Some(picked) = picker.show(ui, words) {
            action = Some(Action::Picked(picked));
        }
        notice::show(ui, words, notice);
        list::way_in(ui, words, earlier).or(action)
    })
}

/// The way back to the words, and perhaps another try.
fn back(words: &Words, again: bool) -> Row<'_> {
    let mut row = Row::default().button(&words.close, Action::Close);
    if again {
        row = row.button(&words.retry, Action::Retry);
    }
    row.primary(&words.back, Action::Back).focused()
}

fn sent(ui: &mut Ui, words: &Words, proof: &Proof, link: Option<&str>) -> Option<Action> {
    let mut action = None;
    match proof {
        Proof::Receipt(receipt) => match &receipt.number {
            Some(number) => {
                ui.horizontal_wrapped(|ui| {
                    parts::say(ui, &words.number(number));
                    let copy = parts::reachable(ui.add(parts::button(&*words.copy)));
                    if copy.accessible_name(words.copy_number(number)).clicked() {
                        action = Some(Action::CopyNumber(number.clone()));
                    }
                });
            }
            None => parts::say(ui, &words.arrived),
        },
        Proof::File(path) => parts::say(ui, &words.saved(&path.to_string_lossy())),
    }
    if let Some(link) = link
        && parts::reachable(ui.add(parts::button(link))).clicked()
    {
        action = Some(Action::Link);
    }
    action
}

fn waiting(
    ui: &mut Ui,
    words: &Words,
    journey: &Journey,
    why: Option<WaitReason>,
    picker: &Picker,
) -> Option<Action> {
    let Some(no_disk) = &journey.unkept else {
        parts::say(ui, &words.waits(why));
        return None;
    };
    // Neither sent nor kept: what was written is only here.
    parts::complain(ui, &words.waits_unkept(why));
    let action = ui.horizontal_wrapped(|ui| {
        let action = save(ui, words, journey.id, picker);
        let copy = parts::reachable(ui.add(parts::button(&*words.copy_text)));
        action.or(copy.clicked().then_some(Action::CopyText))
    });
    parts::quiet(ui, &words.no_disk(&words.cause(no_disk)));
    action.inner
}

fn refused(
    ui: &mut Ui,
    words: &Words,
    journey: &Journey,
    refusal: &Refusal,
    picker: &Picker,
) -> Option<Action> {
    parts::say(ui, &words.refusal(refusal));
    match (refusal, &journey.unkept) {
        (Refusal::Vanished, _) => {}
        (_, None) => parts::say(ui, &words.kept),
        (_, Some(_)) => parts::say(ui, &words.refused_unkept),
    }
    let again = refusal.is_worth_a_try();
    again.then(|| save(ui, words, journey.id, picker)).flatten()
}

fn save(ui: &mut Ui, words: &Words, id: ReportId, picker: &Picker) -> Option<Action> {
    let save = ui.add_enabled(!picker.is_open(), parts::button(&*words.save));
    let wish = Wish::Save(Some(id));
    parts::reachable(save).clicked().then_some(Action::Pick(wish))
}
