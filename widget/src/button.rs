//! The button that opens the dialog.

use egui::{Response, Stroke, Ui, Widget, vec2};

use crate::colour;
use crate::dialog::{FeedbackDialog, parts};

/// The radius of the dot, in points.
const DOT: f32 = 4.0;

/// A button that opens a [`FeedbackDialog`]. Put it wherever people look for help.
///
/// It has a dot while something in the dialog [needs the person's eye](FeedbackDialog::attention), and is never less than
/// 26 points high, to be hit also by hands that shake. Where it is to be as low as the buttons beside it, take one of these,
/// with [`button_label`](FeedbackDialog::button_label), and [`open`](FeedbackDialog::open) the dialog.
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
        if self.label.is_none() {
            self.dialog.speak_what_can_be_drawn(ui.ctx());
        }
        let words = &self.dialog.words;
        let label = self.label.as_deref().unwrap_or(&words.button);
        let mut response = ui.add(parts::button(label));
        let count = self.dialog.attention();
        if count > 0 {
            let news = words.button_news(label, count as u64);
            response = response.accessible_name(news.as_str()).on_hover_text(news);
            dot(ui, &response);
        }
        if response.clicked() {
            self.dialog.open();
        }
        response
    }
}

/// On the button's corner.
fn dot(ui: &Ui, button: &Response) {
    let centre = button.rect.right_top() + vec2(-DOT / 2.0, DOT / 2.0);
    let edge = Stroke::new(1.5, ui.visuals().panel_fill);
    ui.painter()
        .circle(centre, DOT, colour::error(ui.visuals()), edge);
}
