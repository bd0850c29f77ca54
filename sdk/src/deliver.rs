//! From the spool to the server: one report at a time, until a receipt comes.

mod answer;
mod attempt;
mod body;
mod carrier;
pub(crate) mod events;
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
pub(crate) mod waiting;
pub(crate) mod worker;

use std::time::Duration;

use crate::spool::layout::WaitReason;
use crate::wire::receipt::Receipt;

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
    /// It was deleted meanwhile, by another process.
    Deleted,
}
