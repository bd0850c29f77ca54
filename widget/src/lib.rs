//! The "Write to us" dialog for egui apps: a person writes what is wrong, and it arrives.
//!
//! ```
//! use feedback_widget::{FeedbackButton, FeedbackDialog, feedback_sdk};
//! use feedback_sdk::{ConfigError, FeedbackClient, FeedbackConfig};
//!
//! struct Notes {
//!     feedback: FeedbackDialog,
//! }
//!
//! impl Notes {
//!     fn new() -> Result<Self, ConfigError> {
//!         let endpoint = "https://feedback.example.com/api/v1/reports";
//!         let config = FeedbackConfig::new(endpoint, "pk_notes", "Notes", env!("CARGO_PKG_VERSION"))
//!             .log("/var/log/notes/*.log");
//!         Ok(Self { feedback: FeedbackDialog::new(FeedbackClient::new(config)?) })
//!     }
//!
//!     fn ui(&mut self, ui: &mut egui::Ui) {
//!         ui.add(FeedbackButton::new(&mut self.feedback));
//!         self.feedback.show(ui.ctx()); // every frame; costs nothing while closed
//!     }
//! }
//! ```
//!
//! # What it promises
//!
//! - It says "Thank you" only with the server's receipt in hand, and "Saved" only when the report
//!   would survive a power cut. What was typed stays until then, also when the dialog is closed, and
//!   comes back if the server refuses the report.
//! - Where the disk does not take a report, it says so and sends it from memory.
//!   [`FeedbackDialog::has_draft`] stays true until it has arrived or is stored.
//! - One click away stands what still waits, also from earlier runs of the app.
//! - A report on its way keeps nobody from writing the next one.
//! - "What will be sent" lists every file that leaves, and those are the files that leave. Nothing
//!   leaves before Send.
//! - A closed dialog looks at one flag per frame. While its report is on its way, it wakes the app at
//!   most once a second, to tell of the arrival. An open one never blocks a frame: logs are read,
//!   pictures encoded and reports sent on the SDK's own thread.
//! - It follows the app's style and works with keyboard and screen reader alone.
//!
//! # Features
//!
//! - `file-dialog` (default): the system's own file picker. Without it, or on a desktop that has
//!   none, the dialog asks for a path; so it does with [`FeedbackDialog::typed_paths`].

mod about;
mod address;
mod button;
mod colour;
mod dialog;
mod phase;
mod pick;
mod text;

pub use button::FeedbackButton;
pub use dialog::{FeedbackDialog, FeedbackResponse};
pub use feedback_sdk;
