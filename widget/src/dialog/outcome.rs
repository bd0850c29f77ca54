//! How it ended, in one heading and a sentence or two.

use egui::{Button, Ui};
use feedback_sdk::Receipt;

use super::form::Notice;
use super::{Action, Focus, parts};
use crate::phase::Phase;
use crate::pick::{Picker, Wish};
use crate::text;

/// What the end screens need beside the phase.
pub(crate) struct Surroundings<'a> {
    pub(crate) link: Option<&'a str>,
    pub(crate) notice: Option<&'a Notice>,
    pub(crate) picker: &'a mut Picker,
    pub(crate) focus: &'a mut Focus,
}

/// Draws the screen of a phase that is an end.
pub(crate) fn show(ui: &mut Ui, phase: &Phase, around: &mut Surroundings<'_>) -> Option<Action> {
    let mut action = match phase {
        Phase::Sent(receipt) => sent(ui, receipt, around.link),
        Phase::Waiting { why, .. } => {
            parts::heading(ui, text::WAITING, true);
            parts::say(ui, text::waiting(*why));
            None
        }
        Phase::Refused { why, .. } => {
            parts::heading(ui, text::REFUSED, true);
            parts::say(ui, why);
            parts::say(ui, text::KEPT);
            None
        }
        _ => None,
    };
    if let Some((wish, paths)) = around.picker.show(ui) {
        action = Some(Action::Picked(wish, paths));
    }
    match around.notice {
        Some(Notice::Good(sentence)) => parts::say(ui, sentence),
        Some(Notice::Bad(sentence)) => parts::complain(ui, sentence),
        None => {}
    }
    let refused = matches!(phase, Phase::Refused { .. });
    let name = if refused { "refused" } else { "end" };
    let pressed = parts::button_row(ui, name, None, |ui| {
        let mut pressed = None;
        if refused {
            if ui.add(parts::row_button(text::RETRY)).clicked() {
                pressed = Some(Action::Retry);
            }
            let save = parts::row_button(text::SAVE);
            if ui.add_enabled(!around.picker.is_open(), save).clicked() {
                pressed = Some(Action::Pick(Wish::Save));
            }
        }
        let close = ui.add(parts::primary(ui, text::CLOSE));
        // A held Enter that sent the report must not close its answer.
        if !ui.input(|input| input.key_down(egui::Key::Enter)) {
            around.focus.give_to(ui, Focus::Close, close.id);
        }
        if close.clicked() {
            pressed = Some(Action::Close);
        }
        pressed
    });
    pressed.or(action)
}

fn sent(ui: &mut Ui, receipt: &Receipt, link: Option<&str>) -> Option<Action> {
    parts::heading(ui, text::SENT, true);
    match &receipt.number {
        Some(number) => {
            ui.horizontal_wrapped(|ui| {
                parts::say(ui, &format!("{} {number}.", text::NUMBER));
                if ui.add(Button::new(text::COPY)).clicked() {
                    ui.ctx().copy_text(number.clone());
                }
            });
        }
        None => parts::say(ui, text::ARRIVED),
    }
    let link = link?;
    ui.link(link).clicked().then_some(Action::Link)
}
