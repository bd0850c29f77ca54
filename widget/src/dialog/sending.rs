//! On the way: a bar, and ways out while there are any.

use egui::{ProgressBar, Ui};

use super::{Action, parts};
use crate::phase::{Phase, Upload};
use crate::text;

/// Draws the screen of a report that is on its way.
pub(crate) fn show(ui: &mut Ui, phase: &Phase) -> Option<Action> {
    let taking_back = matches!(phase, Phase::TakingBack(_));
    let upload = match phase {
        Phase::Sending(upload) | Phase::TakingBack(upload) => Some(upload),
        _ => None,
    };
    let title = if taking_back {
        text::TAKING_BACK
    } else {
        text::SENDING
    };
    parts::heading(ui, title, true);
    ui.add_space(8.0);
    bar(ui, upload);
    parts::quiet(ui, text::GOES_ON);
    let can_cancel = !taking_back && upload.is_none_or(Upload::can_cancel);
    let name = if can_cancel { "sending" } else { "sent" };
    parts::button_row(ui, name, None, |ui| {
        let cancel = can_cancel && ui.add(parts::row_button(text::CANCEL)).clicked();
        let close = ui.add(parts::row_button(text::CLOSE)).clicked();
        match (cancel, close) {
            (true, _) => Some(Action::Cancel),
            (_, true) => Some(Action::Close),
            _ => None,
        }
    })
}

fn bar(ui: &mut Ui, upload: Option<&Upload>) {
    let (part, words) = match upload {
        None => (0.0, text::COLLECTING.to_owned()),
        Some(upload) if upload.total == 0 => (0.0, String::new()),
        Some(upload) if upload.sent >= upload.total => (1.0, text::ALL_OUT.to_owned()),
        Some(upload) => (
            upload.sent as f32 / upload.total as f32,
            text::progress(upload.sent, upload.total),
        ),
    };
    ui.add(ProgressBar::new(part).desired_height(8.0))
        .accessible_name(text::SENDING);
    // Beside the bar, not in it: there it could not be read on both of its colours.
    parts::quiet(ui, &words);
}
