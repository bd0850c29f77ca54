//! One request at a time for each upload, and the newest goes first.
//!
//! A client whose connection died without a word comes back on another one while the server still waits for the first.
//! So a new request does not wait until the old one has been given up: it tells it to stop, unless bytes still come.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard, watch};

use super::folder::UploadId;
use super::part::Mark;

/// All uploads that a request is under way for, or whose running hash is known.
#[derive(Default)]
pub(super) struct Turns(Mutex<HashMap<UploadId, Arc<Queue>>>);

#[derive(Default)]
struct Queue {
    /// The number of the newest request.
    newest: watch::Sender<u64>,
    turn: Arc<AsyncMutex<Option<Mark>>>,
}

/// The right to touch one upload, until it is dropped.
pub(super) struct Turn {
    turns: Arc<Turns>,
    pub(super) id: UploadId,
    queue: Arc<Queue>,
    number: u64,
    newest: watch::Receiver<u64>,
    /// What the last request left for the next one.
    pub(super) memory: OwnedMutexGuard<Option<Mark>>,
}

impl Turns {
    fn all(&self) -> MutexGuard<'_, HashMap<UploadId, Arc<Queue>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops the request that has its turn, and waits until it has.
    pub(super) async fn take(self: Arc<Self>, id: UploadId) -> Turn {
        let queue = Arc::clone(self.all().entry(id.clone()).or_default());
        let mut number = 0;
        queue.newest.send_modify(|newest| {
            *newest += 1;
            number = *newest;
        });
        let memory = Arc::clone(&queue.turn).lock_owned().await;
        Turn {
            turns: self,
            id,
            number,
            newest: queue.newest.subscribe(),
            queue,
            memory,
        }
    }

    /// Forgets the hashes of uploads that are no more.
    pub(super) fn forget(&self, is_gone: impl Fn(&UploadId) -> bool) {
        self.all()
            .retain(|id, queue| Arc::strong_count(queue) > 1 || !is_gone(id));
    }
}

impl Turn {
    /// Ends when a newer request wants the upload.
    pub(super) async fn superseded(&mut self) {
        let number = self.number;
        // An error would mean that the sender is gone; `queue` holds it.
        let _ = self.newest.wait_for(|newest| *newest > number).await;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut all = self.turns.all();
        // The map's and ours: nobody waits, and nobody can come while the map is locked.
        if self.memory.is_none() && Arc::strong_count(&self.queue) == 2 {
            all.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_newer_request_ends_the_older_one_and_gets_its_turn() {
        let turns = Arc::new(Turns::default());
        let id = UploadId::random().unwrap();
        let mut old = Arc::clone(&turns).take(id.clone()).await;
        let new = tokio::spawn(Arc::clone(&turns).take(id.clone()));
        old.superseded().await;
        assert!(!new.is_finished());
        drop(old);
        let mut new = new.await.unwrap();
        tokio::select! {
            biased;
            () = new.superseded() => panic!("nothing is newer"),
            () = std::future::ready(()) => {}
        }
    }

    #[tokio::test]
    async fn only_what_is_worth_remembering_is_remembered() {
        let turns = Arc::new(Turns::default());
        let (plain, hashed) = (UploadId::random().unwrap(), UploadId::random().unwrap());
        drop(Arc::clone(&turns).take(plain.clone()).await);
        assert!(turns.all().is_empty());

        let mut turn = Arc::clone(&turns).take(hashed.clone()).await;
        *turn.memory = Some(Mark::start());
        turns.forget(|_| true);
        assert_eq!(turns.all().len(), 1, "still in use");
        drop(turn);
        turns.forget(|_| false);
        assert_eq!(turns.all().len(), 1);
        turns.forget(|id| *id == hashed);
        assert!(turns.all().is_empty());
    }
}
