//! What a report is called, on this machine and on the server.

use std::fmt;
use std::str::FromStr;
use std::sync::Mutex;
use std::time::SystemTime;

use uuid::{ContextV7, Timestamp, Uuid};

/// The name of a report for its whole life: a UUID v7, so ids sort by time.
///
/// The server stores a report once per id, however often it is sent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReportId(Uuid);

impl ReportId {
    pub(crate) fn new() -> Self {
        Self(unique(SystemTime::now()))
    }
}

/// A UUID v7 that no other has. [`Uuid::now_v7`] would end the app where a dead battery has the clock stand before 1970.
pub(crate) fn unique(now: SystemTime) -> Uuid {
    /// Those of one millisecond sort by the order in which they were made.
    static CONTEXT: Mutex<ContextV7> = Mutex::new(ContextV7::new());
    let passed = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(
        &CONTEXT,
        passed.as_secs(),
        passed.subsec_nanos(),
    ))
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ReportId {
    type Err = ParseReportIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let id = Uuid::parse_str(text).map_err(|_| ParseReportIdError(()))?;
        Ok(Self(id))
    }
}

/// Why a text is no [`ReportId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no report's id, such as 0197f3c0-7a3b-7c5e-9d52-3f0a6b1c2d4e")]
pub struct ParseReportIdError(());

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_before_1970_makes_ids_too() {
        let before = SystemTime::UNIX_EPOCH - Duration::from_hours(1);
        let ids = [before, before, SystemTime::UNIX_EPOCH, SystemTime::now()].map(unique);
        assert!(ids.is_sorted_by(|one, next| one < next), "{ids:?}");
    }
}
