//! What comes back from the SDK's thread: one answer per question.

use std::fmt;
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
    receiver: Option<oneshot::Receiver<Given<T>>>,
}

impl<T> Pending<T> {
    /// The answer if it is there. `None` while it is not, and after it was taken. Never blocks.
    pub fn poll(&mut self) -> Option<Result<T, FeedbackError>> {
        let answer = match self.receiver.as_mut()?.try_recv() {
            Ok(given) => given.taken(),
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
                Poll::Ready(given) => return given.map_or(Err(FeedbackError::Stopped), Given::taken),
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
    sender: oneshot::Sender<Given<T>>,
    listeners: Arc<Listeners>,
}

impl<T> Answer<T> {
    /// Waits until nobody waits for the answer.
    pub(crate) async fn unwanted(&mut self) {
        self.sender.closed().await;
    }

    /// Gives the answer and wakes whoever waits. Nobody may be waiting any more.
    pub(crate) fn give(self, answer: Result<T, FeedbackError>) {
        self.send(Given {
            answer: Some(answer),
            untaken: None,
        });
    }

    /// The same. Where nobody takes the answer, now or later, `untaken` has it, on whichever thread that turns out.
    pub(crate) fn give_or(
        self,
        answer: Result<T, FeedbackError>,
        untaken: impl FnOnce(Result<T, FeedbackError>) + Send + 'static,
    ) {
        self.send(Given {
            answer: Some(answer),
            untaken: Some(Box::new(untaken)),
        });
    }

    fn send(self, given: Given<T>) {
        drop(self.sender.send(given));
        self.listeners.wake();
    }
}

type Untaken<T> = Box<dyn FnOnce(Result<T, FeedbackError>) + Send>;

/// An answer that was given, until somebody takes it, and what is done with it where nobody does.
struct Given<T> {
    answer: Option<Result<T, FeedbackError>>,
    untaken: Option<Untaken<T>>,
}

impl<T> Given<T> {
    fn taken(mut self) -> Result<T, FeedbackError> {
        self.answer.take().unwrap_or(Err(FeedbackError::Stopped))
    }
}

impl<T> Drop for Given<T> {
    fn drop(&mut self) {
        if let (Some(answer), Some(untaken)) = (self.answer.take(), self.untaken.take()) {
            untaken(answer);
        }
    }
}

impl<T> fmt::Debug for Given<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

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
    fn an_answer_that_nobody_takes_is_told_of_whenever_that_turns_out() {
        let (tell, untaken) = mpsc::channel();
        for (comes_first, is_taken) in [(false, false), (true, false), (true, true)] {
            let (answer, pending) = question::<u8>(&Arc::default());
            let tell = tell.clone();
            let give = || answer.give_or(Ok(7), move |answer| tell.send(answer.unwrap()).unwrap());
            if comes_first {
                give();
                assert!(untaken.try_recv().is_err(), "it may be taken yet");
                if is_taken {
                    pending.wait().unwrap();
                } else {
                    drop(pending);
                }
            } else {
                drop(pending);
                give();
            }
            assert_eq!(untaken.try_recv().is_err(), is_taken);
        }
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
