//! A channel for one thing. That of std, which is for many, would be in every app once for each kind of thing.

use std::sync::mpsc::TryRecvError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Slot<T> = Mutex<Result<T, TryRecvError>>;

/// Where the thing is handed in. Where it is dropped before, nothing will come.
pub(crate) struct Sender<T>(Arc<Slot<T>>);

/// Where it comes out.
pub(crate) struct Receiver<T>(Arc<Slot<T>>);

pub(crate) fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let slot = Arc::new(Mutex::new(Err(TryRecvError::Empty)));
    (Sender(Arc::clone(&slot)), Receiver(slot))
}

impl<T> Sender<T> {
    pub(crate) fn send(self, thing: T) {
        *lock(&self.0) = Ok(thing);
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut slot = lock(&self.0);
        if slot.is_err() {
            *slot = Err(TryRecvError::Disconnected);
        }
    }
}

impl<T> Receiver<T> {
    /// The thing if it is there, once. Never waits.
    pub(crate) fn try_recv(&self) -> Result<T, TryRecvError> {
        let mut slot = lock(&self.0);
        match *slot {
            Err(nothing) => Err(nothing),
            Ok(_) => std::mem::replace(&mut slot, Err(TryRecvError::Disconnected)),
        }
    }
}

fn lock<T>(slot: &Slot<T>) -> MutexGuard<'_, Result<T, TryRecvError>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_comes_once_and_never_where_its_sender_is_gone() {
        let (sender, receiver) = channel();
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
        sender.send(7);
        assert_eq!(receiver.try_recv(), Ok(7));
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
        let (sender, receiver) = channel::<u8>();
        drop(sender);
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
    }
}
