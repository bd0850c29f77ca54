//! What a report is called, on this machine and on the server.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The name of a report for its whole life: a UUID v7, so ids sort by time.
///
/// The server stores a report once per id, however often it is sent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReportId(Uuid);

impl ReportId {
    pub(crate) fn new() -> Self {
        Self(Uuid::now_v7())
    }
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
