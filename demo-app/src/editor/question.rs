//! "Save the changes?"

use eframe::egui::{Context, Id, Modal, Ui};

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Save,
    GiveUp,
    Stay,
}

/// Asks over everything else, until there is an answer. Escape stays.
pub(super) fn show(ctx: &Context, name: &str) -> Option<Answer> {
    let modal = Modal::new(Id::unique("unsaved question")).show(ctx, |ui: &mut Ui| {
        ui.set_width(340.0);
        ui.heading(format!("Save the changes to “{name}”?"));
        ui.add_space(4.0);
        ui.label("What you do not save is lost.");
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            let save = ui.button("Save").clicked().then_some(Answer::Save);
            let give_up = ui.button("Don’t save").clicked().then_some(Answer::GiveUp);
            let stay = ui.button("Cancel").clicked().then_some(Answer::Stay);
            save.or(give_up).or(stay)
        })
        .inner
    });
    let stay = modal.should_close().then_some(Answer::Stay);
    modal.inner.or(stay)
}
