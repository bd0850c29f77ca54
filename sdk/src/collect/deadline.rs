//! A bound on work that the system may never finish, such as a read from a network mount whose server is gone.

use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

/// Does `work` on a thread of its own and waits for it at most `limit`. `None` when it takes longer, or panics.
///
/// Nothing can stop a thread that the kernel holds: it is left behind and ends when the system lets go.
pub(crate) fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (done, result) = sync_channel(1);
    thread::Builder::new()
        .name("feedback-reading".to_owned())
        .spawn(move || done.send(work()))
        .ok()?;
    result.recv_timeout(limit).ok()
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
        assert_eq!(within(Duration::from_mins(1), || 7), Some(7));
    }
}
