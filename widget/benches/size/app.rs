//! The smallest eframe app, and the same with a "Write to us" button: what is between their sizes is ours.

use eframe::egui;

#[derive(Default)]
struct App {
    #[cfg(feature = "widget")]
    feedback: Option<feedback_widget::FeedbackDialog>,
}

#[cfg(feature = "widget")]
impl App {
    fn new() -> Self {
        use feedback_widget::feedback_sdk::{FeedbackClient, FeedbackConfig};
        let config = FeedbackConfig::new("https://example.com/api/v1/reports", "pk_app", "App", "1");
        #[cfg(not(feature = "all"))]
        let config = config.transport(Own);
        let client = FeedbackClient::new(config).ok();
        Self {
            feedback: client.map(feedback_widget::FeedbackDialog::new),
        }
    }
}

/// In place of the HTTP client that an app has anyway, which would be in all sizes.
#[cfg(all(feature = "widget", not(feature = "all")))]
struct Own;

#[cfg(all(feature = "widget", not(feature = "all")))]
impl feedback_widget::feedback_sdk::transport::Transport for Own {
    fn send(
        &self,
        _: feedback_widget::feedback_sdk::transport::Request,
    ) -> std::io::Result<feedback_widget::feedback_sdk::transport::Response> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

#[cfg(not(feature = "widget"))]
impl App {
    fn new() -> Self {
        Self::default()
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        ui.heading("Hello");
        #[cfg(feature = "widget")]
        if let Some(feedback) = &mut self.feedback {
            ui.add(feedback_widget::FeedbackButton::new(feedback));
            feedback.show(ui.ctx());
        }
    }
}

fn main() -> eframe::Result {
    eframe::run_native(
        "app",
        eframe::NativeOptions::default(),
        Box::new(|_| Ok(Box::new(App::new()))),
    )
}
