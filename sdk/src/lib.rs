//! Collects, masks, bundles and delivers what an app's user writes to its makers: once, whatever
//! the network does.
//!
//! ```no_run
//! use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let config = FeedbackConfig::new("https://feedback.example.com/api/v1/reports", "pk_notes", "Notes", "1.4.0")
//!     .log("/var/log/notes/*.log");
//! let client = FeedbackClient::new(config)?;
//! let report = client.prepare(ReportDraft::new("The export is empty")).wait()?; // what will be sent
//! let id = client.submit(report).wait()?; // now it survives a power cut
//! # Ok(())
//! # }
//! ```
//!
//! Nothing here draws; the window is the crate `feedback-widget`. All work is done on one thread,
//! `feedback-delivery`, and every call returns at once.
//!
//! # What leaves the machine
//!
//! Only a submitted [`Report`], and only what [`Report::files`] lists: the person's words, the files
//! and pictures they chose, the app's log files, what the app tells of itself (a [`LogRing`], breadcrumbs, a
//! [`Collector`], a [`Crash`]), and the facts of [`SystemInfo`]. In what comes from the app and in chosen text
//! files secrets are masked before anything touches the disk: see [`Masking`]. Nothing is sent before
//! [`FeedbackClient::submit`].
//!
//! # Features
//!
//! None of them makes a report larger.
//!
//! - `http` (default): the way to the server. Without it the app hands in its own: [`FeedbackConfig::transport`].
//! - `jpeg` (default): photos that are attached can be shown; see [`Attachment::picture`]. What is sent of a photo is the same
//!   without it.
//! - `own-masks` (default): masks of the app's own, by patterns: [`Masking::add`] and `Masking::keep_matching`. 0.4 MB.
//! - `screen`: pictures of the screen ([`FeedbackClient::take_screen`]). Adds no crate to an eframe app on Linux.
//! - `tracing`: `LogRing::layer`, for apps that log with tracing.
//! - `testing`: `feedback_sdk::testing`, a receiver that misbehaves on request, for tests of apps.
//!
//! # What the log tells
//!
//! The [`log`] records of this crate name report ids, sizes and HTTP statuses. What a person wrote,
//! file names, addresses and keys never appear in them.

mod absolute;
mod bundle;
mod client;
mod collect;
mod config;
mod deliver;
mod destination;
mod devices;
mod draft;
mod error;
mod handover;
mod hex;
mod id;
mod loopback;
mod pack;
mod pending;
mod picture;
mod redact;
mod report;
mod sorted;
mod spool;
mod submission;
#[cfg(feature = "testing")]
pub mod testing;
mod thread;
mod wire;

pub use client::FeedbackClient;
pub use collect::collector::{Collected, Collector};
pub use collect::crash::{RunGuard, install_panic_hook};
#[cfg(feature = "tracing")]
pub use collect::log_ring::LogRingLayer;
pub use collect::log_ring::{LogRing, LogRingLogger};
pub use collect::review::{Review, Verdict};
pub use collect::screen::{Screen, ScreenError, ScreenKind};
pub use collect::system_info::system_locales;
pub use config::FeedbackConfig;
pub use deliver::events::{DeliveryEvent, Events};
pub use deliver::waiting::{WaitingReport, WaitingState, waiting_in};
pub use draft::{Attachment, ReportDraft};
pub use error::{AttachmentProblem, ConfigError, FeedbackError};
pub use id::{ParseReportIdError, ReportId};
pub use pending::Pending;
pub use picture::{Picture, PictureError};
pub use redact::{MaskCounts, Masking};
pub use report::crash::{Crash, Panic};
pub use report::left_out::FileLeftOut;
pub use report::system_info::{Gpu, Monitor, SystemInfo};
pub use report::{BundleInfo, Cut, FileKind, Gap, GapReason, Report, ReportFile, Treatment};
pub use spool::default_dir::default_spool_dir;
pub use spool::layout::WaitReason;
pub use submission::Submission;
pub use wire::receipt::Receipt;

/// The app's own HTTP client, in place of the feature `http`.
pub mod transport {
    pub use crate::deliver::transport::{Request, Response, Transport};
}
