//! A channel from one thread to another. That of std is three in one, which would be in every app once for each kind of
//! thing.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Where things are handed in. Where it is dropped, no more will come.
pub(crate) struct Sender<T>(Arc<Channel<T>>);

/// Where they come out, in the same order.
pub(crate) struct Receiver<T>(Arc<Channel<T>>);

/// Why nothing comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nothing {
    Yet,
    /// The sender is gone.
    More,
}

struct Channel<T> {
    things: Mutex<Things<T>>,
    /// Something was handed in or taken, or one of the two is gone. Only one of them can be waiting.
    changed: Condvar,
}

struct Things<T> {
    waiting: VecDeque<T>,
    room: usize,
    /// Both ends are there.
    is_whole: bool,
}

/// A channel in which at most `room` things wait.
pub(crate) fn channel<T>(room: usize) -> (Sender<T>, Receiver<T>) {
    let things = Mutex::new(Things {
        waiting: VecDeque::new(),
        room,
        is_whole: true,
    });
    let channel = Arc::new(Channel {
        things,
        changed: Condvar::new(),
    });
    (Sender(Arc::clone(&channel)), Receiver(channel))
}

impl<T> Sender<T> {
    /// Hands `thing` in, and waits while there is no room. Hands it back where the receiver is gone.
    pub(crate) fn send(&self, thing: T) -> Result<(), T> {
        let is_full = |things: &mut Things<T>| things.is_whole && things.waiting.len() >= things.room;
        let mut things = self
            .0
            .changed
            .wait_while(self.0.lock(), is_full)
            .unwrap_or_else(PoisonError::into_inner);
        if !things.is_whole {
            return Err(thing);
        }
        things.waiting.push_back(thing);
        self.0.changed.notify_one();
        Ok(())
    }
}

impl<T> Receiver<T> {
    /// The next thing, waited for at most `limit`.
    pub(crate) fn recv_timeout(&self, limit: Duration) -> Result<T, Nothing> {
        let is_empty = |things: &mut Things<T>| things.is_whole && things.waiting.is_empty();
        let (mut things, _) = self
            .0
            .changed
            .wait_timeout_while(self.0.lock(), limit, is_empty)
            .unwrap_or_else(PoisonError::into_inner);
        let thing = things.waiting.pop_front();
        self.0.changed.notify_one();
        thing.ok_or(if things.is_whole {
            Nothing::Yet
        } else {
            Nothing::More
        })
    }

    /// The next thing, however long it takes. `None` where no more will come.
    pub(crate) fn recv(&self) -> Option<T> {
        self.recv_timeout(Duration::MAX).ok()
    }
}

impl<T> Channel<T> {
    fn lock(&self) -> MutexGuard<'_, Things<T>> {
        self.things.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn part(&self) {
        self.lock().is_whole = false;
        self.changed.notify_one();
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.part();
    }
}

impl<T> Drop for Receiver<T> {
    /// What was not taken is dropped with it: it may hold what its sender waits for.
    fn drop(&mut self) {
        self.0.part();
        let left = std::mem::take(&mut self.0.lock().waiting);
        drop(left); // outside the lock
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
    fn all_comes_in_order_though_only_some_of_it_finds_room() {
        let (sender, receiver) = channel(2);
        let sending = thread::spawn(move || (0..1000).all(|thing| sender.send(thing).is_ok()));
        for thing in 0..1000 {
            assert_eq!(receiver.recv(), Some(thing));
        }
        assert!(sending.join().unwrap());
        assert_eq!(receiver.recv(), None);
        assert_eq!(receiver.recv_timeout(Duration::ZERO), Err(Nothing::More));
    }

    #[test]
    fn what_was_sent_is_there_also_where_its_sender_is_gone() {
        let (sender, receiver) = channel(2);
        assert_eq!(receiver.recv_timeout(Duration::ZERO), Err(Nothing::Yet));
        sender.send(7).unwrap();
        drop(sender);
        assert_eq!(receiver.recv_timeout(Duration::ZERO), Ok(7));
        assert_eq!(receiver.recv(), None);
    }

    #[test]
    fn who_waits_for_room_learns_that_nobody_takes_any_more() {
        let (sender, receiver) = channel(1);
        let held = Arc::new(());
        sender.send(Arc::clone(&held)).unwrap();
        let waiting = {
            let thing = Arc::clone(&held);
            thread::spawn(move || sender.send(thing).is_err())
        };
        drop(receiver);
        assert!(waiting.join().unwrap());
        assert_eq!(Arc::strong_count(&held), 1);
    }
}
