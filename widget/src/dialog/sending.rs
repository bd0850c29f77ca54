//! On the way: a bar, and ways out while there are any.

use egui::{ProgressBar, Ui};

use super::notice::{self, Notice};
use super::parts::Heading;
use super::row::{self, Row};
use super::{Action, Focus, parts};
use crate::phase::{Journey, Phase, Stage, Upload};
use crate::words::Words;

/// Draws the screen of a report that is on its way: to the server, or to a file where it `is_saved`.
pub(crate) fn show(
    ui: &mut Ui,
    words: &Words,
    phase: &Phase,
    is_saved: bool,
    notice: Option<&Notice>,
    focus: &mut Focus,
) -> Option<Action> {
    let stage = phase.journey().map(|journey| &journey.stage);
    let taking_back = matches!(stage, Some(Stage::TakingBack(_)));
    let heading = Heading {
        words: if taking_back {
            &words.taking_back
        } else if is_saved {
            &words.collecting
        } else {
            &words.sending
        },
        is_news: true,
    };
    let mut row = Row::default();
    if phase.journey().is_none_or(Journey::can_cancel) {
        row = row.button(&words.dont_send, Action::Cancel);
    }
    let row = row.primary(&words.close, Action::Close).focused();
    row::screen(ui, heading, row, focus, |ui, _| {
        bar(ui, words, stage);
        if phase.journey().is_some_and(|journey| journey.unkept.is_some()) {
            parts::say(ui, &words.sending_unkept);
        } else if matches!(stage, Some(Stage::Sending(_))) {
            parts::quiet(ui, &words.goes_on);
        }
        notice::show(ui, words, notice);
        None
    })
}

fn bar(ui: &mut Ui, words: &Words, stage: Option<&Stage>) {
    let upload = match stage {
        Some(Stage::Sending(upload) | Stage::TakingBack(upload)) => *upload,
        _ => Upload::default(),
    };
    let part = if upload.total == 0 {
        0.0
    } else {
        upload.sent as f32 / upload.total as f32
    };
    ui.add(ProgressBar::new(part).desired_height(8.0))
        .accessible_name(&*words.sending);
    // Beside the bar, not in it: there it could not be read on both of its colours.
    match stage {
        None => parts::news(ui, &words.collecting),
        Some(_) if upload.is_out() => parts::news(ui, &words.all_out),
        // Not read out: it changes all the time.
        Some(_) if upload.total > 0 => {
            parts::quiet(ui, &words.uploaded(upload.sent, upload.total));
        }
        Some(_) => {
            parts::quiet(ui, "");
        }
    }
}
