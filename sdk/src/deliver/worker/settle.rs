//! What becomes of a report when its upload has ended.

use std::fmt;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::next::chance;
use super::{Current, Settled, Worker, is_from_the_system};
use crate::bundle::NotRead;
use crate::deliver::events::DeliveryEvent;
use crate::deliver::{Outcome, fit};
use crate::id::ReportId;
use crate::pack::Packer;
use crate::report::Report;
use crate::spool::Spool;
use crate::spool::claim::Claim;
use crate::spool::entry::Entry;
use crate::spool::layout::{self, EntryState, WaitReason};

impl Worker {
    pub(super) fn tell_progress(&mut self) {
        if let Some(current) = &mut self.current {
            let total = current.claim.entry.bytes;
            let sent = current.progress.sent().min(total);
            if current.told != Some(sent) {
                current.told = Some(sent);
                let id = current.claim.entry.name.id;
                self.listeners.tell(&DeliveryEvent::Sending { id, sent, total });
            }
        }
    }

    pub(super) fn settle(&mut self, outcome: Outcome) {
        let Some(Current { claim, .. }) = self.current.take() else {
            return;
        };
        let id = claim.entry.name.id;
        match outcome {
            Outcome::Delivered(receipt) => {
                log::info!("report {id} delivered");
                if !self.ours.contains_key(&id) || self.asked_for.contains(&id) {
                    // Who has stored it sees only that it is gone.
                    claim.entry.sent_note().write(&receipt.note());
                }
                self.remove_delivered(&claim.entry);
                self.note_limit(claim.entry.bytes);
                self.rounds.delivered();
                self.ours.remove(&id);
                self.listeners.tell(&DeliveryEvent::Sent(receipt));
            }
            Outcome::Wait { why, retry_after } => self.wait(claim, why, retry_after),
            Outcome::Damaged => self.set_aside(claim),
            Outcome::Deleted => self.look_at = Instant::now(),
            Outcome::Refused { status, detail } => self.refuse(claim, status, detail),
            Outcome::TooLarge { max_bytes } => {
                let bytes = claim.entry.bytes;
                // A form carries it once more, not compressed.
                let manifest = claim.manifest().map_or(0, |manifest| manifest.len() as u64);
                let told = max_bytes.and_then(|max_bytes| fit::limit_told(bytes, manifest, max_bytes));
                if told.is_some() {
                    // A number holds for every report; a bare no, perhaps a hotel's, for this one alone.
                    self.limit = max_bytes.and_then(fit::limit);
                    self.note_limit(0);
                }
                self.fit(claim, told.unwrap_or(bytes / 2));
            }
        }
    }

    /// Notes what the server takes, for the app's next run to tell before Send. What an earlier run has noted is
    /// forgotten once more was taken.
    fn note_limit(&self, taken: u64) {
        let limit = self.expected_limit().filter(|limit| taken <= *limit);
        let line = limit.map(|limit| limit.to_string());
        self.spool.note(layout::LIMIT, line.as_deref());
    }

    /// Removes a delivered report, and an earlier self of it that a kill has left behind. Not a later one: that
    /// was edited in another process meanwhile.
    fn remove_delivered(&mut self, delivered: &Entry) {
        let id = delivered.name.id;
        let is_gone =
            |entry: &Entry| entry.name.crc32 == delivered.name.crc32 || entry.stored_at < delivered.stored_at;
        let (mut entries, mut is_left) = match self.spool.entries() {
            Ok(entries) => (entries, false),
            Err(_) => (self.spool.held(), true),
        };
        entries.retain(|entry| entry.name.id == id && is_gone(entry));
        for entry in entries {
            if let Err(error) = entry.remove() {
                is_left = true;
                log::warn!(
                    "report {id} was delivered but stays in the spool: {}",
                    error.without_path()
                );
            }
        }
        if is_left {
            self.settled.insert(id, Settled::Remove);
        }
    }

    fn refuse(&mut self, mut claim: Claim, status: u16, detail: Option<String>) {
        let id = claim.entry.name.id;
        log::warn!("report {id} refused: HTTP {status}");
        claim.entry.note().remove(); // the server has nothing of it to go on with
        self.mark(&mut claim, EntryState::Refused(status));
        self.listeners
            .tell(&DeliveryEvent::Refused { id, status, detail });
    }

    /// Keeps a damaged report out of the way, by name, so that it holds up no other and is not lost.
    pub(super) fn set_aside(&mut self, mut claim: Claim) {
        let id = claim.entry.name.id;
        log::error!("report {id} is damaged on disk; it is kept and not sent");
        self.mark(&mut claim, EntryState::Damaged);
        self.listeners.tell(&DeliveryEvent::Damaged(id));
    }

    /// Makes a report fit, under the same id, and tries it again.
    pub(super) fn fit(&mut self, claim: Claim, limit: u64) {
        let id = claim.entry.name.id;
        let mut packer = Packer::new(self.config.folder());
        let mut report = match claim.report(&mut packer) {
            Ok(report) => report,
            // Written anew by this version, it would lose what only the later one knows of.
            Err(NotRead::Later) => return self.refuse(claim, 413, None),
            Err(NotRead::Bundle(error)) if !is_from_the_system(&error) => return self.set_aside(claim),
            Err(NotRead::Bundle(error) | NotRead::Evidence(error)) => return self.not_fitted(claim, &error),
        };
        let whole = &claim.entry;
        // Where the larger one waits.
        let keep = |spool: &mut Spool, report: &Report| {
            if whole.is_stored {
                spool.enqueue_smaller(report, whole)
            } else {
                spool.hold(report).map(Some)
            }
        };
        match fit::shrink(&mut report, limit, &mut packer) {
            Ok(_) if !whole.is_there() => self.look_at = Instant::now(),
            Ok(Some(left_out)) => match self.keep(&report, keep) {
                Ok(Some(_)) => {
                    log::info!(
                        "report {id} was made to fit, {} files are concerned",
                        left_out.len()
                    );
                    self.rounds.again(id);
                    self.listeners.tell(&DeliveryEvent::Fitted { id, left_out });
                }
                // Deleted by another process just now.
                Ok(None) => self.look_at = Instant::now(),
                Err(error) => self.not_fitted(claim, &error.without_path()),
            },
            Ok(None) => self.refuse(claim, 413, None),
            Err(error) => self.not_fitted(claim, &error),
        }
    }

    /// A report is whole, but there is no room here to make it smaller.
    fn not_fitted(&mut self, claim: Claim, why: &dyn fmt::Display) {
        log::warn!("report {} cannot be made to fit now: {why}", claim.entry.name.id);
        self.wait(claim, WaitReason::Server(413), None);
    }

    pub(super) fn wait(&mut self, mut claim: Claim, why: WaitReason, retry_after: Option<Duration>) {
        let id = claim.entry.name.id;
        self.mark(&mut claim, EntryState::Waiting(why));
        self.last_failure = why;
        let now = Instant::now();
        let pause = self
            .rounds
            .failed(!why.holds_up_others(), retry_after, now, chance());
        let next_attempt = (now + pause).into_std();
        let behind = self.behind(id);
        for id in std::iter::once(id).chain(behind) {
            self.listeners.tell(&DeliveryEvent::Waiting {
                id,
                why,
                next_attempt,
            });
        }
    }

    /// Reports of ours that were not tried yet and wait with the one that has just failed: someone may be
    /// watching them.
    fn behind(&self, failed: ReportId) -> Vec<ReportId> {
        if !self.rounds.is_paused(Instant::now()) {
            return Vec::new();
        }
        let entries = self.spool.at_hand().unwrap_or_default();
        let today = SystemTime::now();
        let is_new = |entry: &&Entry| entry.name.state == EntryState::New && self.may_go(entry, today);
        let ids = entries.iter().filter(is_new).map(|entry| entry.name.id);
        ids.filter(|id| *id != failed && self.ours.contains_key(id))
            .collect()
    }

    /// Writes the state into the entry's name, now or as soon as that works.
    fn mark(&mut self, claim: &mut Claim, state: EntryState) {
        let id = claim.entry.name.id;
        if let Err(error) = claim.entry.set_state(state) {
            log::warn!(
                "the state of report {id} cannot be noted: {}",
                error.without_path()
            );
            if !matches!(state, EntryState::Waiting(_)) {
                self.settled.insert(id, Settled::Mark(state));
            }
        }
    }
}
