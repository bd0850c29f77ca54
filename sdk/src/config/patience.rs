//! How long is waited for what may hang. Pure.

use std::time::Duration;

#[cfg(any(test, feature = "testing"))]
use super::FeedbackConfig;

/// How long each of it is waited for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// A log file, and the search for all files: a network mount can stall for ever.
    pub(crate) logs: Duration,
    /// The disks and the graphics of the machine.
    pub(crate) machine: Duration,
    /// A panic until it is written, by the thread that panics. The message is on disk after milliseconds; to name the
    /// functions of a backtrace takes seconds where there is much debug information.
    pub(crate) panic: Duration,
}

impl Patience {
    pub(crate) const DEFAULT: Self = Self {
        logs: Duration::from_secs(2),
        machine: Duration::from_millis(500),
        panic: Duration::from_secs(5),
    };

    #[cfg(any(test, feature = "testing"))]
    const LONG: Self = Self {
        logs: LONG,
        machine: LONG,
        panic: LONG,
    };
}

#[cfg(any(test, feature = "testing"))]
const LONG: Duration = Duration::from_mins(1);

/// Waits a minute for everything, also for what the app adds: for tests, which may run on a busy machine.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn patient(config: FeedbackConfig) -> FeedbackConfig {
    FeedbackConfig {
        collect_within: LONG,
        patience: Patience::LONG,
        ..config
    }
}
