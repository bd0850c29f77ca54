//! What comes back from the SDK's thread: one answer per question, and the events of all reports.

use std::fmt;
use std::future::Future as _;
use std::pin::pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{self, Context, Poll, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::sync::oneshot::error::TryRecvError;
use tokio::task::unconstrained;

use crate::deliver::DeliveryEvent;
use crate::error::FeedbackError;

/// An answer that comes from the SDK's thread. Poll it each frame, or wait. Dropping it does not take the question
/// back, except where that is said.
#[derive(Debug)]
#[must_use = "poll or wait for the answer"]
pub struct Pending<T> {
    /// Its end tells the thread that nobody waits for the answer any more. `None` once that was taken.
    receiver: Option<oneshot::Receiver<Result<T, FeedbackError>>>,
}

impl<T> Pending<T> {
    /// The answer if it is there. `None` while it is not, and after it was taken. Never blocks.
    pub fn poll(&mut self) -> Option<Result<T, FeedbackError>> {
        let answer = match self.receiver.as_mut()?.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Closed) => Err(FeedbackError::Stopped),
        };
        self.receiver = None;
        Some(answer)
    }

    /// Blocks until the answer is there. Not for a thread that draws.
    pub fn wait(self) -> Result<T, FeedbackError> {
        let Some(receiver) = self.receiver else {
            return Err(FeedbackError::Stopped);
        };
        // Its own way to block panics within a runtime of the host's, whose budget for a task is none of our business.
        let mut answer = pin!(unconstrained(receiver));
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        loop {
            match answer.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(answer) => return answer.unwrap_or(Err(FeedbackError::Stopped)),
                Poll::Pending => thread::park(),
            }
        }
    }
}

/// Wakes the thread that waits.
struct Unpark(Thread);

impl task::Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The stream of [`DeliveryEvent`]s of one subscriber. Dropping it ends the subscription.
#[derive(Debug)]
pub struct Events {
    receiver: Receiver<DeliveryEvent>,
    _alive: Arc<()>,
}

impl Events {
    /// The next event if there is one. Never blocks.
    pub fn try_next(&self) -> Option<DeliveryEvent> {
        self.receiver.try_recv().ok()
    }

    /// Waits for the next event, at most `timeout`. `None` when none came.
    pub fn next_within(&self, timeout: Duration) -> Option<DeliveryEvent> {
        self.receiver.recv_timeout(timeout).ok()
    }
}

/// A question to the thread: the place for its answer, and what the asker holds meanwhile.
pub(crate) fn question<T>(listeners: &Arc<Listeners>) -> (Answer<T>, Pending<T>) {
    let (sender, receiver) = oneshot::channel();
    let listeners = Arc::clone(listeners);
    let receiver = Some(receiver);
    (Answer { sender, listeners }, Pending { receiver })
}

/// The place for one answer.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    sender: oneshot::Sender<Result<T, FeedbackError>>,
    listeners: Arc<Listeners>,
}

impl<T> Answer<T> {
    /// Waits until nobody waits for the answer.
    pub(crate) async fn unwanted(&mut self) {
        self.sender.closed().await;
    }

    /// Gives the answer and wakes whoever waits. Nobody may be waiting any more.
    pub(crate) fn give(self, answer: Result<T, FeedbackError>) {
        let _ = self.sender.send(answer);
        self.listeners.wake();
    }
}

type Wake = Arc<dyn Fn() + Send + Sync>;

struct Listener {
    sender: Sender<DeliveryEvent>,
    wake: Wake,
    /// Gone with the subscriber's [`Events`].
    alive: Weak<()>,
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
        let (sender, receiver) = channel();
        let alive = Arc::new(());
        let mut inner = self.lock();
        inner.anyone_yet = true;
        for event in std::mem::take(&mut inner.backlog) {
            let _ = sender.send(event);
        }
        inner.listeners.push(Listener {
            sender,
            wake: Arc::new(wake),
            alive: Arc::downgrade(&alive),
        });
        Events {
            receiver,
            _alive: alive,
        }
    }

    /// Wakes all who still listen; outside the lock, since a wake may subscribe.
    fn wake(&self) {
        let mut inner = self.lock();
        inner
            .listeners
            .retain(|listener| listener.alive.strong_count() > 0);
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
    use std::time::SystemTime;

    use super::*;
    use crate::id::ReportId;
    use crate::spool::layout::WaitReason;

    #[test]
    fn after_weeks_without_a_listener_the_first_one_gets_what_is_still_true() {
        let listeners = Listeners::default();
        let (id, why) = (ReportId::new(), WaitReason::Offline);
        let next_attempt = SystemTime::UNIX_EPOCH;
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

    #[test]
    fn an_answer_comes_to_who_waits_also_within_a_runtime_and_also_when_none_is_given() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            for gives in [true, false] {
                let (answer, pending) = question::<u8>(&Arc::default());
                let thread = thread::spawn(move || {
                    if gives {
                        answer.give(Ok(7));
                    }
                });
                match pending.wait() {
                    Ok(answer) => assert!(gives && answer == 7),
                    Err(error) => assert!(!gives && matches!(error, FeedbackError::Stopped)),
                }
                thread.join().unwrap();
            }
        });
        let (answer, mut pending) = question::<u8>(&Arc::default());
        assert!(pending.poll().is_none());
        answer.give(Ok(7));
        assert!(matches!(pending.poll(), Some(Ok(7))));
        assert!(pending.poll().is_none(), "taken");
        assert!(matches!(pending.wait(), Err(FeedbackError::Stopped)));
    }

    #[test]
    fn who_works_for_an_answer_learns_that_nobody_waits_for_it() {
        let (mut answer, pending) = question::<()>(&Arc::default());
        let mut unwanted = pin!(answer.unwanted());
        let mut context = Context::from_waker(Waker::noop());
        assert!(unwanted.as_mut().poll(&mut context).is_pending());
        drop(pending);
        assert!(unwanted.as_mut().poll(&mut context).is_ready());
    }
}
