//! What becomes of all reports, told to everyone who wants to know.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::handover::{Receiver, Sender, channel};
use crate::id::ReportId;
use crate::report::Gap;
use crate::spool::layout::WaitReason;
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
    /// It has arrived, and the server has given a receipt: here, or in another process that shares the spool.
    Sent(Receipt),
    /// It is no longer in the spool, and was not sent: it was deleted in another process that shares the spool, or
    /// someone has cleaned it away.
    Vanished(ReportId),
    /// It could not be delivered now and will be tried again.
    Waiting {
        /// Which report.
        id: ReportId,
        /// Why it has not arrived.
        why: WaitReason,
        /// When it will be tried next, while the app runs. Changes of the system's clock do not move it.
        next_attempt: Instant,
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

/// The stream of [`DeliveryEvent`]s of one subscriber. Dropping it ends the subscription.
#[derive(Debug)]
#[must_use = "dropping it ends the subscription"]
pub struct Events(Receiver<DeliveryEvent>);

impl Events {
    /// The next event if there is one. Never blocks.
    pub fn try_next(&self) -> Option<DeliveryEvent> {
        self.0.try_recv()
    }

    /// Waits for the next event, at most `timeout`. `None` when none came.
    pub fn next_within(&self, timeout: Duration) -> Option<DeliveryEvent> {
        self.0.recv_timeout(timeout).ok()
    }
}

type Wake = Arc<dyn Fn() + Send + Sync>;

struct Listener {
    sender: Sender<DeliveryEvent>,
    wake: Wake,
}

/// Everyone who wants to know.
#[derive(Default)]
pub(crate) struct Listeners(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    listeners: Vec<Listener>,
    /// What happened before anyone listened; the first listener takes it.
    backlog: Vec<DeliveryEvent>,
    anyone_yet: bool,
}

/// More than the default spool holds.
const MAX_BACKLOG: usize = 100;

impl Listeners {
    /// Tells an event to all, forgets those who have gone, and wakes the rest.
    pub(crate) fn tell(&self, event: &DeliveryEvent) {
        let mut inner = self.lock();
        if !inner.anyone_yet && !matches!(event, DeliveryEvent::Sending { .. }) {
            if let DeliveryEvent::Waiting { id, .. } = event {
                // Only the last one of a report is still true. Weeks offline would leave no place for its end.
                let is_past = |told: &_| matches!(told, DeliveryEvent::Waiting { id: of, .. } if of == id);
                inner.backlog.retain(|told| !is_past(told));
            }
            if inner.backlog.len() == MAX_BACKLOG {
                inner.backlog.remove(0);
            }
            inner.backlog.push(event.clone());
        }
        inner
            .listeners
            .retain(|listener| listener.sender.send(event.clone()).is_ok());
        drop(inner);
        self.wake();
    }

    /// Adds a subscriber, who also gets what happened before anyone listened.
    pub(crate) fn subscribe(&self, wake: impl Fn() + Send + Sync + 'static) -> Events {
        let (sender, receiver) = channel(usize::MAX);
        let mut inner = self.lock();
        inner.anyone_yet = true;
        for event in std::mem::take(&mut inner.backlog) {
            let _ = sender.send(event);
        }
        inner.listeners.push(Listener {
            sender,
            wake: Arc::new(wake),
        });
        Events(receiver)
    }

    /// Wakes all who still listen; outside the lock, since a wake may subscribe.
    pub(crate) fn wake(&self) {
        let mut inner = self.lock();
        inner.listeners.retain(|listener| listener.sender.is_wanted());
        let wakes: Vec<Wake> = inner
            .listeners
            .iter()
            .map(|listener| Arc::clone(&listener.wake))
            .collect();
        drop(inner);
        for wake in wakes {
            wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Listeners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listeners").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_weeks_without_a_listener_the_first_one_gets_what_is_still_true() {
        let listeners = Listeners::default();
        let (id, why) = (ReportId::new(), WaitReason::Offline);
        let next_attempt = Instant::now();
        for _ in 0..2 * MAX_BACKLOG {
            listeners.tell(&DeliveryEvent::Waiting {
                id,
                why,
                next_attempt,
            });
        }
        for _ in 0..MAX_BACKLOG {
            listeners.tell(&DeliveryEvent::Damaged(id));
        }
        listeners.tell(&DeliveryEvent::Deleted(id));
        let events = listeners.subscribe(|| {});
        let told: Vec<_> = std::iter::from_fn(|| events.try_next()).collect();
        assert_eq!(told.len(), MAX_BACKLOG);
        assert_eq!(told.last(), Some(&DeliveryEvent::Deleted(id)));
    }
}
