//! The app that the dialog is in, and what the dialog told it.

use std::time::Duration;

use feedback_sdk::{Receipt, ReportId};
use feedback_widget::{FeedbackButton, FeedbackDialog, Leave};

use super::cpu::{cpu_time, cpu_time_since};

/// What the app shows and nobody else is to see.
pub(crate) const PRIVATE: &str = "Account 4711";

/// The app: a button, the dialog, and what the dialog told it.
pub(crate) struct App {
    pub(crate) dialog: FeedbackDialog,
    pub(crate) opened: u32,
    pub(crate) closed: u32,
    pub(crate) stored: Vec<ReportId>,
    pub(crate) sent: Vec<Receipt>,
    pub(crate) sending: Vec<ReportId>,
    pub(crate) refused: Vec<ReportId>,
    pub(crate) saved: Vec<ReportId>,
    pub(crate) not_stored: Vec<String>,
    pub(crate) link_clicks: u32,
    /// The window holds nothing but the dialog.
    pub(crate) is_alone: bool,
    /// It is minimised or covered, and not drawn.
    pub(crate) is_hidden: bool,
    /// It is to go, and the person is asked.
    pub(crate) is_leaving: bool,
    pub(crate) answers: Vec<Leave>,
    /// The processor's time that the dialog has taken in each frame.
    pub(crate) costs: Vec<Duration>,
}

impl App {
    pub(crate) fn new(dialog: FeedbackDialog) -> Self {
        Self {
            dialog,
            opened: 0,
            closed: 0,
            stored: Vec::new(),
            sent: Vec::new(),
            sending: Vec::new(),
            refused: Vec::new(),
            saved: Vec::new(),
            not_stored: Vec::new(),
            link_clicks: 0,
            is_alone: false,
            is_hidden: false,
            is_leaving: false,
            answers: Vec::new(),
            costs: Vec::new(),
        }
    }

    pub(crate) fn ui(&mut self, ui: &mut egui::Ui) {
        if self.is_leaving {
            self.answers.extend(self.dialog.ask_to_leave(ui));
            return;
        }
        if !self.is_alone {
            self.dialog.guard_closing(ui.ctx()); // as in eframe's `App::logic`, which comes first
            if self.is_hidden {
                return;
            }
            ui.add(FeedbackButton::new(&mut self.dialog));
            if !self.dialog.is_taking_picture() {
                ui.label(PRIVATE);
            }
        }
        let start = cpu_time();
        let response = if self.is_alone {
            self.dialog.show_inside(ui)
        } else {
            self.dialog.show(ui.ctx())
        };
        let cost = cpu_time_since(start);
        match self.costs.last_mut() {
            Some(frame) if ui.ctx().current_pass_index() > 0 => *frame += cost,
            _ => self.costs.push(cost),
        }
        self.opened += u32::from(response.opened);
        self.closed += u32::from(response.closed);
        self.stored.extend(response.stored);
        self.sent.extend(response.sent);
        self.sending.extend(response.sending);
        self.refused.extend(response.refused);
        self.saved.extend(response.saved);
        self.not_stored.extend(response.not_stored);
        self.link_clicks += u32::from(response.thank_you_link_clicked);
    }
}
