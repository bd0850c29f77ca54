//! One file of the report as it leaves, on a screen of its own.

use std::sync::mpsc::TryRecvError;

use egui::{Context, Id, Image, TextureHandle, TextureOptions, Ui};
use feedback_sdk::Report;

use super::page::Page;
use super::sheet::Sheet;
use crate::dialog::background::in_background;
use crate::dialog::parts::Heading;
use crate::dialog::row::{self, Row};
use crate::dialog::{Action, Focus, parts};
use crate::handover::Receiver;
use crate::words::Words;

/// The file that the person reads.
pub(crate) struct Reader {
    path: String,
    /// What had the keyboard, and gets it back.
    pub(crate) opener: Id,
    view: View,
}

enum View {
    Coming(Receiver<Sheet>),
    Text(Page),
    Picture(TextureHandle),
    Unreadable,
}

impl Reader {
    /// Opens a file of the report.
    pub(crate) fn new(ctx: &Context, report: Report, path: String, opener: Id) -> Self {
        let wanted = path.clone();
        let coming = in_background(ctx, "feedback-reader", move || Sheet::of(&report, &wanted));
        Self {
            path,
            opener,
            view: View::Coming(coming),
        }
    }

    pub(crate) fn show(&mut self, ui: &mut Ui, words: &Words, focus: &mut Focus) -> Option<Action> {
        self.take(ui.ctx());
        let heading = Heading {
            words: &self.path,
            is_news: false,
        };
        // Nothing here closes the dialog: it would be taken for the file's.
        let mut row = Row::default().primary(&words.leave_list, Action::LeaveFile);
        if !matches!(self.view, View::Coming(_) | View::Text(_)) {
            row = row.focused();
        }
        row::page(ui, heading, row, focus, |ui, focus, height| {
            match &mut self.view {
                View::Coming(_) => parts::news(ui, &words.collecting),
                View::Text(page) => page.show(ui, words, &words.text_of(&self.path), height, focus),
                View::Picture(texture) => {
                    let room = egui::vec2(ui.available_width(), height);
                    let size = texture.size_vec2();
                    let size = size * (room / size).min_elem().min(1.0);
                    let image = Image::new(&*texture).fit_to_exact_size(size);
                    ui.add(image.alt_text(&self.path));
                }
                View::Unreadable => parts::say(ui, &words.not_text),
            }
            None
        })
    }

    fn take(&mut self, ctx: &Context) {
        let View::Coming(coming) = &self.view else {
            return;
        };
        self.view = match coming.try_recv() {
            Err(TryRecvError::Empty) => return,
            Ok(Sheet::Text(text)) => View::Text(Page::new(text)),
            Ok(Sheet::Picture(image)) => {
                View::Picture(ctx.load_texture("feedback-reader", image, TextureOptions::LINEAR))
            }
            Ok(Sheet::Unreadable) | Err(TryRecvError::Disconnected) => View::Unreadable,
        };
    }
}
