//! Guards the fuzz itself: it does find a text that is cut, and one that is lost.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use egui::{Context, Event, Plugin, RawInput};

use super::{Act, Run};

/// The words are ‹1› and ‹2›, then `break_it` breaks something, and an act follows. What the run says to that.
fn found(act: &Act, break_it: impl FnOnce(&mut Run)) -> Option<String> {
    let mut run = Run::new(0);
    run.patience = Duration::ZERO;
    run.act(&Act::Type("stays "));
    break_it(&mut run);
    let panic = catch_unwind(AssertUnwindSafe(|| run.act(act))).err()?;
    Some(*panic.downcast::<String>().unwrap())
}

#[test]
fn nothing_is_found_where_nothing_is_broken() {
    assert_eq!(found(&Act::Paste, |_| ()), None);
    assert_eq!(found(&Act::Wait(1.0), |_| ()), None);
}

#[test]
fn a_text_that_an_app_cuts_is_found() {
    let cut = found(&Act::Paste, |run| run.stage.harness.ctx.add_plugin(CutsPastes));
    assert!(cut.unwrap().starts_with("cut: {4}"));
}

#[test]
fn words_that_vanish_are_found_also_where_others_stay() {
    let lost = found(&Act::Wait(1.0), |run| {
        run.message().unwrap().set_text_value_accesskit("‹1›stays");
    });
    assert!(lost.unwrap().starts_with("lost: {2};"));
}

#[test]
fn words_that_vanish_are_found_also_under_a_key_that_takes_none_away() {
    let empties = |run: &mut Run| run.message().unwrap().set_text_value_accesskit("");
    let escape = found(&Act::Key(egui::Modifiers::NONE, egui::Key::Escape), empties);
    assert!(escape.unwrap().starts_with("lost: {1, 2};"));
    let delete = found(&Act::Key(egui::Modifiers::NONE, egui::Key::Delete), empties);
    assert_eq!(delete, None);
}

#[test]
fn a_form_that_an_app_forgets_is_found() {
    let lost = found(&Act::Open, |run| {
        run.stage.app().dialog = feedback_widget::FeedbackDialog::new(run.stage.client.clone());
    });
    assert!(lost.unwrap().starts_with("lost: {1, 2};"));
}

/// Takes the second half of what is pasted.
struct CutsPastes;

impl Plugin for CutsPastes {
    fn debug_name(&self) -> &'static str {
        "CutsPastes"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        for event in &mut input.events {
            if let Event::Paste(text) = event {
                let words = text.split_inclusive('›');
                *text = words.take(1).collect();
            }
        }
    }
}
