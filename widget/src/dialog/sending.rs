//! On the way: a bar, and ways out while there are any.

use std::time::Duration;

use egui::{ProgressBar, Ui};

use super::notice::{self, Notice};
use super::parts::Heading;
use super::row::{self, Row};
use super::{Action, Focus, parts};
use crate::phase::{Journey, Phase, Stage, TimeLeft, Upload};
use crate::words::Words;

/// How often the time that is left is looked at again while nothing moves.
const CLOCK: Duration = Duration::from_secs(1);

/// What the screen needs beside the report.
pub(crate) struct Surroundings<'a> {
    pub(crate) words: &'a Words,
    /// It goes to a file, not to the server.
    pub(crate) is_saved: bool,
    /// How long it takes still, where that is known and worth a word.
    pub(crate) left: Option<TimeLeft>,
    pub(crate) notice: Option<&'a Notice>,
    pub(crate) focus: &'a mut Focus,
}

/// Draws the screen of a report that is on its way.
pub(crate) fn show(ui: &mut Ui, phase: &Phase, around: Surroundings<'_>) -> Option<Action> {
    let Surroundings {
        words,
        is_saved,
        left,
        notice,
        focus,
    } = around;
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
        bar(ui, words, stage, left);
        if phase.journey().is_some_and(|journey| journey.unkept.is_some()) {
            parts::say(ui, &words.sending_unkept);
        } else if matches!(stage, Some(Stage::Sending(_))) {
            parts::quiet(ui, &words.goes_on);
        }
        notice::show(ui, words, notice);
        None
    })
}

fn bar(ui: &mut Ui, words: &Words, stage: Option<&Stage>, left: Option<TimeLeft>) {
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
        Some(_) if upload.is_out() => parts::news(ui, &words.all_out),
        // Not read out: it changes all the time.
        Some(_) if upload.total > 0 => {
            let mut told = words.uploaded(upload.sent, upload.total);
            if let Some(left) = left {
                told = format!("{told} · {}", words.time_left(left));
                ui.ctx().request_repaint_after(CLOCK);
            }
            parts::quiet(ui, &told);
        }
        // Until it begins to leave the line stays: the window keeps its height.
        None | Some(Stage::Storing | Stage::Sending(_)) => parts::news(ui, &words.collecting),
        Some(_) => {}
    }
}
