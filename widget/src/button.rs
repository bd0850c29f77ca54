//! The button that opens the dialog.

use egui::{Response, Ui, Widget};

use crate::dialog::FeedbackDialog;

/// A button that opens a [`FeedbackDialog`]. Put it wherever people look for help.
///
/// ```
/// # fn help_menu(ui: &mut egui::Ui, dialog: &mut feedback_widget::FeedbackDialog) {
/// use feedback_widget::FeedbackButton;
///
/// ui.add(FeedbackButton::new(dialog));
/// ui.add(FeedbackButton::new(dialog).label("Report a problem…"));
/// # }
/// ```
#[must_use = "add it to a ui"]
#[derive(Debug)]
pub struct FeedbackButton<'a> {
    dialog: &'a mut FeedbackDialog,
    label: Option<String>,
}

impl<'a> FeedbackButton<'a> {
    /// A button that opens `dialog`.
    pub fn new(dialog: &'a mut FeedbackDialog) -> Self {
        Self { dialog, label: None }
    }

    /// What it says. Default: "Write to us…" in the dialog's language.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

impl Widget for FeedbackButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let response = match self.label {
            Some(label) => ui.button(label),
            None => ui.button(&*self.dialog.words.button),
        };
        if response.clicked() {
            self.dialog.open();
        }
        response
    }
}
