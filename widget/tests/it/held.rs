//! A report that takes as long to collect as a test wants.

use std::error::Error;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use feedback_sdk::{Collected, Collector, FeedbackConfig};

/// Collects until the other end of its channel is gone.
struct Held(Mutex<Receiver<()>>);

impl Collector for Held {
    fn name(&self) -> &'static str {
        "held"
    }

    fn collect(&self, _: &mut Collected) -> Result<(), Box<dyn Error + Send + Sync>> {
        let _ = self.0.lock().unwrap().recv();
        Ok(())
    }
}

/// What has each report be collected for as long as the first of these is kept: the second adds it to a config.
pub(crate) fn held() -> (Sender<()>, impl FnOnce(FeedbackConfig) -> FeedbackConfig) {
    let (release, end) = channel();
    let hold = |config: FeedbackConfig| {
        let config = config.collector(Held(Mutex::new(end)));
        config.collect_within(Duration::from_hours(1))
    };
    (release, hold)
}
