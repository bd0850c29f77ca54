//! One request out, one answer in, each in bounded time and memory.

use std::io;
use std::pin::pin;
use std::time::{Duration, SystemTime};

use tokio::time::timeout;

use super::Outcome;
use super::answer::Answer;
use super::body::Progress;
use super::carrier::Carrier;
use super::transport::{MAX_ANSWER, Request};
use crate::id::ReportId;
use crate::spool::layout::WaitReason;

/// No byte sent and no answer for this long: the connection is dead.
pub(crate) const STALL: Duration = Duration::from_mins(1);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("reading the bundle: {0}")]
    Bundle(#[from] io::Error),
    #[error("{0}")]
    Network(#[source] io::Error),
    #[error("no progress for {} seconds", .0.as_secs())]
    Stalled(Duration),
}

impl Failure {
    /// Whether the other side hung up on a request that had begun. A proxy that takes none of its size may do so
    /// without a word, or with one that is lost as the connection breaks.
    pub(super) fn is_cut(&self) -> bool {
        use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
        let cut = [BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof];
        matches!(self, Self::Network(error) if cut.contains(&error.kind()))
    }

    /// What it means for the report `id`.
    pub(super) fn outcome(&self, id: ReportId) -> Outcome {
        log::warn!("report {id} is not delivered yet: {self}");
        let why = match self {
            Self::Stalled(_) => WaitReason::Timeout,
            Self::Network(error) if error.kind() == io::ErrorKind::TimedOut => WaitReason::Timeout,
            Self::Network(_) => WaitReason::Offline,
            Self::Bundle(_) => WaitReason::Local,
        };
        Outcome::Wait {
            why,
            retry_after: None,
        }
    }
}

/// Sends a request and takes its answer. Gives up when nothing gets on for `stall`, or a few times that where a large
/// body may still be on its way; `progress` is that of the request's body, if it has one.
pub(super) async fn exchange(
    carrier: &Carrier,
    request: Request,
    stall: Duration,
    progress: Option<&Progress>,
) -> Result<Answer, Failure> {
    let drain = progress.map_or(Duration::ZERO, |progress| drain(progress.in_hand(), stall));
    let mut seen = progress.map_or(0, Progress::sent);
    let mut response = pin!(carrier.send(request));
    let mut response = loop {
        let is_out = progress.is_some_and(|progress| progress.in_hand() == 0);
        let patience = if is_out { stall + drain } else { stall };
        match (timeout(patience, &mut response).await, progress) {
            (Ok(response), _) => break response.map_err(Failure::Network)?,
            (Err(_), Some(progress)) if progress.sent() > seen => seen = progress.sent(),
            (Err(_), _) => return Err(Failure::Stalled(patience)),
        }
    };
    response.body.truncate(MAX_ANSWER);
    let at = SystemTime::now();
    Ok(Answer { response, at })
}

/// How long the last bytes of an upload may take to leave after they were handed over, at the 16 kB/s of a bad mobile
/// network. The 4 MB that a socket of this machine holds at most (Linux, `tcp_wmem`) need four times `STALL`; a proxy may
/// hold more, but forwards it faster, and meanwhile no other report goes.
fn drain(bytes: u64, stall: Duration) -> Duration {
    Duration::from_secs(bytes / 16_000).min(4 * stall)
}
