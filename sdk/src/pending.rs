//! What comes back from the SDK's thread: one answer per question.

use std::future::Future as _;
use std::pin::pin;
use std::sync::Arc;
use std::task::{self, Context, Poll, Waker};
use std::thread::{self, Thread};

use tokio::sync::oneshot;
use tokio::sync::oneshot::error::TryRecvError;
use tokio::task::unconstrained;

use crate::deliver::events::Listeners;
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
        drop(self.try_give(answer));
    }

    /// The same. The answer comes back where nobody waits for it any more.
    pub(crate) fn try_give(self, answer: Result<T, FeedbackError>) -> Result<(), Result<T, FeedbackError>> {
        let given = self.sender.send(answer);
        self.listeners.wake();
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
