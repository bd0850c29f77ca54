//! What one thread hands to another, in order. std's own channels are for many threads and three kinds of room: they would
//! be in every app once for each kind of thing.

use std::collections::VecDeque;
use std::fmt;
use std::mem;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Where things are handed in. Where it is dropped, nothing more will come.
pub(crate) struct Sender<T>(Arc<Shared<T>>);

/// Where they come out. Where it is dropped, nothing more is taken.
pub(crate) struct Receiver<T>(Arc<Shared<T>>);

struct Shared<T> {
    queue: Mutex<Queue<T>>,
    /// Something was handed in or taken, or one side is gone.
    changed: Condvar,
}

struct Queue<T> {
    things: VecDeque<T>,
    /// How many may wait.
    room: usize,
    /// Whether one side is gone.
    is_over: bool,
}

/// Both ends, with room for so many things on their way.
pub(crate) fn channel<T>(room: usize) -> (Sender<T>, Receiver<T>) {
    let queue = Mutex::new(Queue {
        things: VecDeque::new(),
        room,
        is_over: false,
    });
    let changed = Condvar::new();
    let shared = Arc::new(Shared { queue, changed });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

impl<T> Sender<T> {
    /// Hands a thing in, and waits where there is no room. Gives it back where nobody takes it any more.
    pub(crate) fn send(&self, thing: T) -> Result<(), T> {
        let is_full = |queue: &mut Queue<T>| queue.things.len() >= queue.room && !queue.is_over;
        let queue = self.0.changed.wait_while(self.0.lock(), is_full);
        let mut queue = queue.unwrap_or_else(PoisonError::into_inner);
        if queue.is_over {
            return Err(thing);
        }
        queue.things.push_back(thing);
        self.0.changed.notify_all();
        Ok(())
    }

    /// Whether someone may still take what is handed in.
    pub(crate) fn is_wanted(&self) -> bool {
        !self.0.lock().is_over
    }
}

impl<T> Receiver<T> {
    /// The next thing if it is there. Never waits.
    pub(crate) fn try_recv(&self) -> Option<T> {
        self.0.take(&mut self.0.lock())
    }

    /// The next thing, waited for. `None` where none will come.
    pub(crate) fn recv(&self) -> Option<T> {
        self.recv_timeout(Duration::MAX).ok()
    }

    /// The next thing, waited for at most that long.
    pub(crate) fn recv_timeout(&self, patience: Duration) -> Result<T, RecvTimeoutError> {
        let is_empty = |queue: &mut Queue<T>| queue.things.is_empty() && !queue.is_over;
        let waited = self
            .0
            .changed
            .wait_timeout_while(self.0.lock(), patience, is_empty);
        let (mut queue, _) = waited.unwrap_or_else(PoisonError::into_inner);
        self.0.take(&mut queue).ok_or(if queue.is_over {
            RecvTimeoutError::Disconnected
        } else {
            RecvTimeoutError::Timeout
        })
    }
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, Queue<T>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, queue: &mut Queue<T>) -> Option<T> {
        let thing = queue.things.pop_front()?;
        self.changed.notify_all();
        Some(thing)
    }

    fn end(&self) -> MutexGuard<'_, Queue<T>> {
        let mut queue = self.lock();
        queue.is_over = true;
        self.changed.notify_all();
        queue
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        drop(self.0.end());
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        // The other side may hold the queue for hours.
        let untaken = mem::take(&mut self.0.end().things);
        drop(untaken);
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sender")
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receiver")
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn things_come_in_order_and_what_was_handed_in_comes_also_from_who_is_gone() {
        let (sender, receiver) = channel(3);
        assert_eq!(receiver.try_recv(), None);
        assert_eq!(
            receiver.recv_timeout(Duration::ZERO),
            Err(RecvTimeoutError::Timeout)
        );
        sender.send(1).unwrap();
        sender.send(2).unwrap();
        assert_eq!(receiver.try_recv(), Some(1));
        drop(sender);
        assert_eq!(receiver.recv(), Some(2));
        assert_eq!(receiver.recv(), None);
        let over = receiver.recv_timeout(Duration::MAX);
        assert_eq!(over, Err(RecvTimeoutError::Disconnected));
    }

    #[test]
    fn who_finds_no_room_waits_until_there_is_some_and_who_finds_nothing_until_it_comes() {
        let (sender, receiver) = channel(1);
        let sends = thread::spawn(move || (0..1000).all(|n| sender.send(n).is_ok()));
        for n in 0..1000 {
            assert_eq!(receiver.recv(), Some(n));
        }
        assert!(sends.join().unwrap());
        assert_eq!(receiver.recv(), None);
    }

    #[test]
    fn what_nobody_takes_any_more_is_given_back_and_what_was_not_taken_is_let_go() {
        let (sender, receiver) = channel(1);
        let thing = Arc::new(());
        sender.send(Arc::clone(&thing)).unwrap();
        let waits = thread::spawn({
            let thing = Arc::clone(&thing);
            move || {
                let is_back = sender.send(thing).is_err();
                (is_back, sender.is_wanted())
            }
        });
        drop(receiver);
        assert_eq!(waits.join().unwrap(), (true, false));
        assert_eq!(Arc::strong_count(&thing), 1);
    }
}
