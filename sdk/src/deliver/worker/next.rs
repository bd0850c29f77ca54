//! Which report goes next, and how its upload begins.

use std::sync::Arc;
use std::time::SystemTime;

use tokio::time::Instant;

use super::{Current, HELD_BY_ANOTHER, Settled, Upload, Worker, is_from_the_system};
use crate::deliver::attempt;
use crate::deliver::body::Progress;
use crate::deliver::events::DeliveryEvent;
use crate::deliver::parcel::Parcel;
use crate::deliver::rounds::LOOK_AGAIN;
use crate::id::ReportId;
use crate::spool::claim::{Claim, NotClaimed};
use crate::spool::entry::Entry;
use crate::spool::layout::{EntryState, WaitReason};
use crate::wire::receipt::Receipt;

/// Why an upload did not begin.
enum NotStarted {
    Damaged,
    Now(Box<dyn std::error::Error>),
}

impl From<Box<dyn std::error::Error>> for NotStarted {
    fn from(error: Box<dyn std::error::Error>) -> Self {
        Self::Now(error)
    }
}

impl Worker {
    /// Takes the next report whose turn it is. Looks after our reports also while none may go, or one is on its way.
    pub(super) fn start_next(&mut self) {
        let now = Instant::now();
        let may_go = self.current.is_none() && self.config.deliver && !self.rounds.is_paused(now);
        if !may_go && now < self.look_at {
            return;
        }
        self.look_at = now + LOOK_AGAIN;
        self.store_held();
        let mut entries = self.spool.entries().unwrap_or_else(|_| {
            // A folder that cannot be read now may be readable later; nothing is concluded from it.
            self.spool.held()
        });
        self.notice_vanished(&entries);
        if !may_go {
            return;
        }
        let today = SystemTime::now();
        self.tell_too_old(&entries, today);
        entries.retain_mut(|entry| !self.is_settled(entry) && self.may_go(entry, today));
        let waiting: Vec<_> = entries
            .iter()
            .map(|entry| (entry.name.id, entry.name.state == EntryState::New))
            .collect();
        let order = self.rounds.order(&waiting, now, chance());
        let mut held = false;
        for id in &order {
            let Some(entry) = entries.iter().find(|entry| entry.name.id == *id) else {
                continue;
            };
            match entry.clone().claim() {
                Ok(claim) => {
                    self.rounds.started(*id);
                    self.start(claim);
                    return;
                }
                Err(NotClaimed::Held) => held = true,
                Err(NotClaimed::Unusable) => self.listeners.tell(&DeliveryEvent::Waiting {
                    id: *id,
                    why: WaitReason::Local,
                    next_attempt: (now + LOOK_AGAIN).into_std(),
                }),
            }
        }
        if !order.is_empty() {
            let after = if held { HELD_BY_ANOTHER } else { LOOK_AGAIN };
            self.rounds.look_again(after, now, chance());
        }
    }

    /// Tells, once, of reports that have waited too long.
    fn tell_too_old(&mut self, entries: &[Entry], now: SystemTime) {
        for entry in entries {
            let id = entry.name.id;
            if self.is_too_old(entry, now) && self.told_too_old.insert(id) {
                self.listeners.tell(&DeliveryEvent::TooOld(id));
            }
        }
    }

    /// Finishes what could not be finished when the report was decided.
    fn is_settled(&mut self, entry: &mut Entry) -> bool {
        let Some(left) = self.settled.get(&entry.name.id) else {
            return false;
        };
        let done = match *left {
            Settled::Remove => entry.remove(),
            Settled::Mark(state) => entry.set_state(state),
        };
        if done.is_ok() {
            self.settled.remove(&entry.name.id);
        }
        true
    }

    /// Stores what could not be stored before, if the disk takes it by now.
    fn store_held(&mut self) {
        for entry in self.spool.store_held() {
            self.tell_stored(&entry);
        }
    }

    /// Tells of reports of ours that someone else has taken out of the spool.
    fn notice_vanished(&mut self, entries: &[Entry]) {
        let gone = |entries: &[Entry], id: ReportId| entries.iter().all(|entry| entry.name.id != id);
        let missing: Vec<ReportId> = self
            .ours
            .keys()
            .copied()
            .filter(|id| gone(entries, *id))
            .collect();
        if missing.is_empty() {
            return;
        }
        // A name that was changed while the folder was read can be missing from one reading.
        let Ok(again) = self.spool.entries() else { return };
        for id in missing.into_iter().filter(|id| gone(&again, *id)) {
            self.ours.remove(&id);
            if !self.tell_sent_elsewhere(id) {
                self.listeners.tell(&DeliveryEvent::Vanished(id));
            }
        }
    }

    /// Tells of a report that another process has sent. Whether one has.
    pub(super) fn tell_sent_elsewhere(&mut self, id: ReportId) -> bool {
        let noted = self.spool.take_sent_note(id);
        let receipt = noted.and_then(|line| Receipt::noted(&line, id));
        let was_sent = receipt.is_some();
        if let Some(receipt) = receipt {
            self.ours.remove(&id);
            self.listeners.tell(&DeliveryEvent::Sent(receipt));
        }
        was_sent
    }

    pub(super) fn start(&mut self, claim: Claim) {
        if let Some(limit) = self.limit.filter(|limit| claim.entry.bytes > *limit) {
            self.fit(claim, limit);
            return;
        }
        match self.upload(&claim) {
            Ok((upload, progress)) => {
                self.current = Some(Current {
                    claim,
                    upload,
                    progress,
                    told: None,
                });
                // However soon it ends, its size is told.
                self.tell_progress();
            }
            Err(NotStarted::Damaged) => self.set_aside(claim),
            Err(NotStarted::Now(error)) => {
                log::warn!("report {} cannot be sent now: {error}", claim.entry.name.id);
                self.wait(claim, WaitReason::Local, None);
            }
        }
    }

    fn upload(&mut self, claim: &Claim) -> Result<(Upload, Arc<Progress>), NotStarted> {
        let server = self.server()?;
        let manifest = claim.manifest().map_err(|error| {
            if is_from_the_system(&error) {
                NotStarted::Now(error.into())
            } else {
                NotStarted::Damaged
            }
        })?;
        let parcel = Parcel {
            entry: claim.entry.clone(),
            manifest,
            bundle: claim
                .bundle
                .try_clone()
                .map_err(|error| NotStarted::Now(error.into()))?,
        };
        let progress = Arc::new(Progress::default());
        let upload = attempt::deliver(server, parcel, Arc::clone(&progress));
        Ok((Box::pin(upload), progress))
    }
}

/// A number in 0..1. Chance for spreading load needs no better source than the hasher's.
pub(super) fn chance() -> f64 {
    use std::hash::{BuildHasher as _, Hasher as _};
    let bits = std::hash::RandomState::new().build_hasher().finish();
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}
