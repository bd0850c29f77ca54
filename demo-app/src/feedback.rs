//! How this app embeds the feedback window. This is all of it; the tutorial is to read this file.
//!
//! 1. Once, at the start: a [`FeedbackConfig`] says where reports go and what belongs to them, and
//!    [`dialog`] makes the window from it. Where the last run has crashed, it opens and asks.
//! 2. In the menu, where people look for help: `self.feedback.open();`
//! 3. In every frame: `let response = self.feedback.show(ui.ctx());`, which costs nothing while it is
//!    closed. The response tells what has happened.
//! 4. Before the window closes: `self.feedback.guard_closing(ctx);`, so that no message is lost with it.
//!
//! Steps 2 to 4 are in [`crate::app`].

use std::path::PathBuf;

use feedback_sdk::{ConfigError, FeedbackClient, FeedbackConfig, RunGuard, install_panic_hook};
use feedback_widget::FeedbackDialog;

/// What differs from run to run. An app of yours has most of it as constants.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The full address of the intake.
    pub endpoint: String,
    /// The project key. It is public and can only be used to write, so it may ship inside the app.
    pub key: String,
    /// Where the app's log files are.
    pub logs: PathBuf,
    /// Where reports wait until they are delivered. `None`: the system's place for such things.
    pub spool: Option<PathBuf>,
    /// The language of the window. `None`: that of the system.
    pub language: Option<&'static str>,
    /// A machine to tell about in place of this one, where pictures are to be the same everywhere.
    pub machine: Option<fn(FeedbackConfig) -> FeedbackConfig>,
}

/// The feedback window, and what remembers how this run of the app ends: keep both until then.
pub fn dialog(settings: &Settings) -> Result<(FeedbackDialog, RunGuard), ConfigError> {
    let mut config = FeedbackConfig::new(
        &settings.endpoint,
        &settings.key,
        crate::APP_NAME,
        env!("CARGO_PKG_VERSION"),
    )
    .log(crate::logging::pattern(&settings.logs)) // all of them: the crash may have been yesterday
    .log_ring(crate::logging::ring()) // what is too much for a file
    .context("edition", "tutorial"); // whatever helps you to understand a report
    if let Some(spool) = &settings.spool {
        config = config.spool_dir(spool);
    }
    if let Some(machine) = settings.machine {
        config = machine(config);
    }
    let run = install_panic_hook(&config); // from here on
    let mut dialog = FeedbackDialog::new(FeedbackClient::new(config)?);
    if let Some(language) = settings.language {
        dialog.set_language(language);
    }
    // Killed without a panic it may have been by the person, or by the system.
    if let Some(crash) = run.crashed_last_run().filter(|crash| crash.panic.is_some()) {
        dialog.open_after_crash(crash.clone());
    }
    Ok((dialog, run))
}
