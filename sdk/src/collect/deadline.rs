//! A bound on work that the system may never finish, such as a read from a network mount whose server is gone.

use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// Work on a thread of its own.
#[derive(Debug)]
pub(crate) struct Running<T> {
    result: Receiver<T>,
    started: Instant,
    limit: Duration,
}

/// Why there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfinished {
    TooSlow,
    Panicked,
}

/// Starts `work`, which may take `limit` from now on. `None` where the system gives no thread.
///
/// Nothing can stop a thread that the kernel holds: it is left behind and ends when the system lets go.
pub(crate) fn start<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<Running<T>> {
    let (done, result) = sync_channel(1);
    thread::Builder::new()
        .name("feedback-reading".to_owned())
        .spawn(move || done.send(work()))
        .ok()?;
    Some(Running {
        result,
        started: Instant::now(),
        limit,
    })
}

impl<T> Running<T> {
    /// Waits for the result until the limit.
    pub(crate) fn wait(self) -> Result<T, Unfinished> {
        let left = self.limit.saturating_sub(self.started.elapsed());
        self.result.recv_timeout(left).map_err(|error| match error {
            RecvTimeoutError::Timeout => Unfinished::TooSlow,
            RecvTimeoutError::Disconnected => Unfinished::Panicked,
        })
    }
}

/// Does `work` on a thread of its own and waits for it at most `limit`. `None` when it takes longer, or panics.
pub(crate) fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    start(limit, work)?.wait().ok()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn what_never_ends_is_left_behind() {
        let (never, wait) = channel::<()>();
        assert_eq!(
            within(Duration::from_millis(1), move || wait.recv().is_ok()),
            None
        );
        drop(never);
        let panics = start(Duration::from_mins(1), || {
            std::panic::resume_unwind(Box::new("as a panic does"))
        });
        assert_eq!(panics.unwrap().wait(), Err::<(), _>(Unfinished::Panicked));
        assert_eq!(within(Duration::MAX, || 7), Some(7));
    }
}
