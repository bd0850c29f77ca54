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
//!     fn logic(&mut self, ctx: &egui::Context) {
//!         self.feedback.guard_closing(ctx); // the first try to close the window shows what would be lost
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
//! - What was sent arrives also if the window is minimised, covered or closed before it is collected, as long as the app
//!   keeps its client. It waits for the next [`FeedbackDialog::logic`] or [`FeedbackDialog::guard_closing`], which a window
//!   that is not drawn has as well, only where a copy of it is wanted, or it goes to a file instead, where the app adds
//!   something meanwhile, and where the disk refuses it; and for the window's next frame where a pasted picture is not
//!   ready yet.
//! - Where the disk does not take a report, it says so and sends it from memory.
//!   [`FeedbackDialog::has_draft`] stays true until it has arrived or is stored.
//! - One click away stands what still waits, also from earlier runs of the app.
//! - A report on its way keeps nobody from writing the next one.
//! - "What will be sent" lists every file that leaves, and those are the files that leave. Nothing
//!   leaves before Send.
//! - A closed dialog looks at one flag per frame. While a report waits or is on its way and something becomes of it,
//!   it wakes the app at most once a second, to tell of the arrival, or to put a dot on [`FeedbackButton`]. An open
//!   one never blocks a frame: logs are read, pictures encoded and reports sent on the SDK's own thread.
//! - It follows the app's style and works with keyboard and screen reader alone. egui does not know whether a person
//!   wants less motion: where the app does, and sets its style's `animation_time` to 0, nothing moves here either.
//!
//! # Languages
//!
//! English, German, Spanish, French, Italian, Japanese, Korean, Polish, Portuguese (Brazil), Russian, Turkish,
//! Ukrainian, Chinese (Simplified and Traditional): that of the person's system, or the app's choice
//! ([`FeedbackDialog::set_language`]). The words are in `widget/languages/*.ftl`, and an app can say any of
//! them in its own way ([`FeedbackDialog::replace_words`]). Only a cause that nobody but the system or a
//! collector of the app knows stands there in its own words.
//!
//! egui's own fonts lack Chinese, Japanese and Korean. A host that has eframe's feature `system_fonts` shows them;
//! elsewhere the dialog looks for a font of the system once it is to show a letter that the host's fonts lack, on a
//! thread of its own, and adds it behind them. Until then a window in such a language speaks English. Where there is
//! no font, it says once which to install, and such a letter is a dot. [`FeedbackDialog::fallback_fonts`] looks
//! elsewhere.
//!
//! Writing from right to left is not promised: egui 0.37 shapes Arabic and Hebrew words, but shows neither them nor
//! the caret in the right order. What a person types in them is sent as it was typed.
//!
//! Files that were copied in Windows' Explorer or macOS' Finder cannot be pasted, since egui hands over texts and images
//! alone: they are dropped on the dialog, or chosen. Where a file manager copies their names too, the dialog offers to
//! attach them. Of an image that was copied together with text, egui hands over the text.
//!
//! # Features
//!
//! - `file-dialog` (default): the system's own file picker. Without it, or on a desktop that has
//!   none, the dialog asks for a path; so it does with [`FeedbackDialog::typed_paths`].
//! - `http` (default): the way to the server. Without it the app hands in its own:
//!   [`FeedbackConfig::transport`](feedback_sdk::FeedbackConfig::transport).
//! - `screen` (default): "Add a picture of the whole screen", where the system lets an app take one and the app has
//!   not said [`FeedbackDialog::own_window_only`]. Adds no crate to an eframe app on Linux, two on Windows and eight
//!   on macOS.
//! - `jpeg` (default): photos that are attached are shown and can be edited. Without it they are files like any other.
//! - `system-fonts` (default): letters that the host's fonts lack are drawn with the system's. It adds no crate to a
//!   host that has eframe's `system_fonts`.
//! - `unicode` (default): the app's own masks may say `\d`, `\w`, `(?i)` and `\p{L}`.
//! - `tracing`: `LogRing::layer` of the SDK, for apps that log with tracing.
//! - `cli`: builds the program `feedback`, without a window: the same reports for scripts, and for apps that are not egui.
//! - `window`: `cli`, with `feedback window`: the dialog in a window of its own. Brings eframe.

mod about;
mod address;
mod button;
mod colour;
mod dialog;
mod fonts;
mod handover;
mod phase;
mod pick;
mod picture;
#[cfg(test)]
mod pictured;
mod words;

pub use button::FeedbackButton;
pub use dialog::{FeedbackDialog, FeedbackResponse, Leave, keep_window};
pub use feedback_sdk;
pub use words::WordsError;
