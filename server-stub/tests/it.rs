//! Guards the receiver's side of the first promise: every report arrives, once.
//!
//! A `201` is for ever; a refusal leaves nothing behind; no bytes from outside make the server panic, wait for ever, or
//! show a report to someone without the token. Everything here goes through real sockets.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of tests state what they expect by unwrapping"
)]

#[path = "it/agent.rs"]
mod agent;
#[path = "it/client.rs"]
mod client;
#[path = "it/inbox.rs"]
mod inbox;
#[path = "it/intake.rs"]
mod intake;
#[path = "it/life.rs"]
mod life;
#[path = "it/limits.rs"]
mod limits;
#[path = "it/log.rs"]
mod log;
#[path = "it/report.rs"]
mod report;
#[path = "it/resume.rs"]
mod resume;
#[path = "it/tus.rs"]
mod tus;
#[path = "it/uploads.rs"]
mod uploads;
#[path = "it/uploads_creation.rs"]
mod uploads_creation;
#[path = "it/uploads_hostile.rs"]
mod uploads_hostile;
