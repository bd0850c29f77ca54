//! From the spool to the server: one report at a time, until a receipt comes.

mod answer;
mod attempt;
mod body;
pub(crate) mod exchange;
mod fit;
mod form;
#[cfg(feature = "http")]
mod http;
pub(crate) mod parcel;
mod resumable;
mod rounds;
mod schedule;
pub(crate) mod server;
pub(crate) mod transport;
pub(crate) mod worker;

use std::time::{Duration, SystemTime};

use crate::id::ReportId;
use crate::report::Gap;
use crate::spool::Entry;
use crate::spool::layout::{EntryState, WaitReason};
use crate::wire::receipt::Receipt;

/// What has become of a report. Received from [`FeedbackClient::subscribe`](crate::FeedbackClient::subscribe).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryEvent {
    /// It is on disk and survives a power cut.
    Stored {
        /// Which report.
        id: ReportId,
        /// The size of its bundle in bytes.
        bytes: u64,
    },
    /// Its bytes are on their way.
    Sending {
        /// Which report.
        id: ReportId,
        /// Bytes handed to the network so far.
        sent: u64,
        /// Bytes in all. When `sent` reaches it, only the answer is missing.
        total: u64,
    },
    /// It has arrived, and the server has given a receipt.
    Sent(Receipt),
    /// Another process that shares the spool has sent it (or deleted it); its number is known there.
    SentElsewhere(ReportId),
    /// It could not be delivered now and will be tried again.
    Waiting {
        /// Which report.
        id: ReportId,
        /// Why it has not arrived.
        why: WaitReason,
        /// When it will be tried next, while the app runs.
        next_attempt: SystemTime,
    },
    /// The server said no. It is kept, and can be retried, saved as a file or deleted.
    Refused {
        /// Which report.
        id: ReportId,
        /// The HTTP status.
        status: u16,
        /// The server's reason, one line, if it gave one.
        detail: Option<String>,
    },
    /// It was too large for the server, or for memory where no disk takes it, and goes without some of its files, or with
    /// less of them.
    Fitted {
        /// Which report.
        id: ReportId,
        /// What was left out or made smaller, and how.
        left_out: Vec<Gap>,
    },
    /// Its file on disk is not what was written. It is kept, and not sent.
    Damaged(ReportId),
    /// It has waited for so long that it is not sent by itself any more
    /// ([`FeedbackConfig::send_within`](crate::FeedbackConfig::send_within)). It is kept, and can be retried,
    /// saved as a file or deleted. Told once by each client.
    TooOld(ReportId),
    /// It was cancelled or deleted before it arrived, and is gone from the spool.
    Deleted(ReportId),
}

/// A report in the spool, as [`FeedbackClient::waiting`](crate::FeedbackClient::waiting) lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// It has not been tried yet.
    New,
    /// It was tried, and will be tried again.
    Retry(WaitReason),
    /// The server said no with this HTTP status; it stays until someone does something.
    Refused(u16),
    /// Its file on disk is not what was written; it is kept, and not sent.
    Damaged,
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
        }
    }
}

/// How one attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Delivered(Receipt),
    Wait {
        why: WaitReason,
        retry_after: Option<Duration>,
    },
    Refused {
        status: u16,
        detail: Option<String>,
    },
    /// The server, or a proxy before it, takes no request of this size. `max_bytes` if it told.
    TooLarge {
        max_bytes: Option<u64>,
    },
    Damaged,
}
