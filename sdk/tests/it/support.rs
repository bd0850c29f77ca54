//! A client with a spool of its own, and the waiting for its events.

use std::path::PathBuf;
use std::time::Duration;

use feedback_sdk::testing::Receiver;
use feedback_sdk::{DeliveryEvent, Events, FeedbackClient, FeedbackConfig, Report, ReportDraft};

/// Longer than anything here takes, even on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

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
        let config = FeedbackConfig::new(endpoint, "pk_test", "Notes", "1.4.0").spool_dir(&spool);
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

/// An address of this machine where nothing listens.
pub(crate) fn dead_endpoint() -> String {
    let receiver = Receiver::start(|_| feedback_sdk::testing::Reply::HangUp).unwrap();
    receiver.url()
}

/// Bytes that do not compress, the same every time (xorshift, Marsaglia 2003).
pub(crate) fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    (0..bytes)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state & 0xff) as u8
        })
        .collect()
}

/// A generator with a fixed seed: the same run every time (Knuth's MMIX constants).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}
