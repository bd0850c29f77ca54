//! What waits in the spool, as the app sees it.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::FeedbackError;
use crate::id::ReportId;
use crate::spool::Spool;
use crate::spool::entry::Entry;
use crate::spool::layout::{EntryState, WaitReason};
use crate::spool::limits::Limits;

/// A report in the spool, as [`FeedbackClient::waiting`](crate::FeedbackClient::waiting) lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaitingReport {
    /// Which report.
    pub id: ReportId,
    /// The size of its bundle in bytes.
    pub bytes: u64,
    /// When it was stored, or taken into memory.
    pub stored_at: SystemTime,
    /// Whether it is on disk. `false` for one that only waits in memory
    /// ([`send_unstored`](crate::FeedbackClient::send_unstored)) and ends with the app.
    pub is_stored: bool,
    /// Why it is still here.
    pub state: WaitingState,
}

/// Why a report is still in the spool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitingState {
    /// No try has ended yet; the first may be under way.
    New,
    /// It was tried, and will be tried again.
    Retry(WaitReason),
    /// The server said no with this HTTP status; it stays until someone does something.
    Refused(u16),
    /// Its file on disk is not what was written; it is kept, and not sent.
    Damaged,
    /// Another version has set it aside, for a reason that this one does not know; it is kept, and sent only when
    /// someone asks for it.
    SetAside,
    /// It has waited longer than [`FeedbackConfig::send_within`](crate::FeedbackConfig::send_within); it is
    /// sent only when someone asks for it.
    TooOld,
}

impl WaitingReport {
    pub(crate) fn of(entry: &Entry, is_too_old: bool) -> Self {
        Self {
            id: entry.name.id,
            bytes: entry.bytes,
            stored_at: entry.stored_at,
            is_stored: entry.is_stored,
            state: if is_too_old {
                WaitingState::TooOld
            } else {
                entry.name.state.into()
            },
        }
    }
}

impl From<EntryState> for WaitingState {
    fn from(state: EntryState) -> Self {
        match state {
            EntryState::New => Self::New,
            EntryState::Waiting(why) => Self::Retry(why),
            EntryState::Refused(status) => Self::Refused(status),
            EntryState::Damaged => Self::Damaged,
            EntryState::SetAside => Self::SetAside,
        }
    }
}

/// The reports that wait in a spool folder, oldest first, without a client: nothing is created and
/// nothing is sent. A folder that does not exist holds none.
///
/// Too old is what waits for more than 60 days; [`FeedbackConfig::waiting`](crate::FeedbackConfig::waiting) knows what
/// the app has set instead.
pub fn waiting_in(spool_dir: &Path) -> Result<Vec<WaitingReport>, FeedbackError> {
    waiting(Some(spool_dir.to_owned()), Limits::DEFAULT)
}

pub(crate) fn waiting(
    spool_dir: Option<PathBuf>,
    limits: Limits,
) -> Result<Vec<WaitingReport>, FeedbackError> {
    let now = SystemTime::now();
    let entries = Spool::at(spool_dir, limits).entries()?;
    let list = |entry: &Entry| {
        let is_too_old = entry.is_waiting() && limits.is_too_old(entry.stored_at, now);
        WaitingReport::of(entry, is_too_old)
    };
    Ok(entries.iter().map(list).collect())
}
