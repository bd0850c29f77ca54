//! A client with a spool of its own, and the waiting for its events.
//!
//! Without the feature `http` every client here has a transport of the app's, so that each promise is checked with both.

use std::path::PathBuf;
use std::time::Duration;

use feedback_sdk::testing::{Receiver, with_patience};
use feedback_sdk::{DeliveryEvent, Events, FeedbackClient, FeedbackConfig, Report, ReportDraft};

use crate::plain::Plain;

/// Longer than anything here takes, even on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_mins(3);

pub(crate) struct App {
    pub(crate) client: FeedbackClient,
    pub(crate) events: Events,
    pub(crate) spool: PathBuf,
    _folder: tempfile::TempDir,
}

impl App {
    pub(crate) fn new(endpoint: &str) -> Self {
        Self::with(endpoint, |config| config)
    }

    pub(crate) fn with(endpoint: &str, more: impl FnOnce(FeedbackConfig) -> FeedbackConfig) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spool = folder.path().join("spool");
        let config = config(endpoint).spool_dir(&spool);
        let client = FeedbackClient::new(more(config)).unwrap();
        let events = client.subscribe(|| {});
        Self {
            client,
            events,
            spool,
            _folder: folder,
        }
    }

    pub(crate) fn prepare(&self, message: &str) -> Report {
        self.client.prepare(ReportDraft::new(message)).wait().unwrap()
    }

    /// The next event that is not about progress.
    pub(crate) fn event(&self) -> DeliveryEvent {
        loop {
            let event = self.events.next_within(PATIENCE).expect("an event");
            if !matches!(event, DeliveryEvent::Sending { .. }) {
                return event;
            }
        }
    }
}

/// The config of a client that may reach its server.
pub(crate) fn config(endpoint: impl Into<String>) -> FeedbackConfig {
    let config = with_patience(FeedbackConfig::new(endpoint, "pk_test", "Notes", "1.4.0"));
    if cfg!(feature = "http") {
        config
    } else {
        config.transport(Plain)
    }
}

/// An address of this machine where nothing listens.
pub(crate) fn dead_endpoint() -> String {
    let receiver = Receiver::start(|_| feedback_sdk::testing::Reply::HangUp).unwrap();
    receiver.url()
}

/// Bytes that do not compress, the same every time.
pub(crate) fn noise(bytes: usize) -> Vec<u8> {
    let mut noise = vec![0; bytes];
    fastrand::Rng::with_seed(7).fill(&mut noise);
    noise
}
