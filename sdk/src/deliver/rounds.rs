//! Which report to try next, and when. Pure: what waits, what happened and now go in.
//!
//! In a round each waiting report is tried once, so that one that always fails holds up no other. A
//! failed round, and every failure of the network, is followed by a pause that grows.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::Instant;

use super::schedule;
use crate::id::ReportId;
use crate::sorted::sorted;

/// How often to look whether another process has left a report behind.
pub(super) const LOOK_AGAIN: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub(super) struct Rounds {
    tried: HashSet<ReportId>,
    /// The report that a person has asked for: it is the next, and no pause holds it up.
    first: Option<ReportId>,
    /// Something has failed in this round, and no pause has followed yet.
    failed: bool,
    /// Pauses since the last delivery.
    failures: u32,
    resume_at: Instant,
    /// The server's own wish (`Retry-After`); only a person may pass it.
    not_before: Instant,
}

impl Rounds {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            tried: HashSet::new(),
            first: None,
            failed: false,
            failures: 0,
            resume_at: now,
            not_before: now,
        }
    }

    /// When to look for the next report.
    pub(super) fn resume_at(&self) -> Instant {
        self.resume_at.max(self.not_before)
    }

    /// Whether what waits may be tried now, or only after a pause.
    pub(super) fn is_paused(&self, now: Instant) -> bool {
        self.first.is_none() && now < self.resume_at()
    }

    /// Of the waiting reports, those to try now, the first one first. `is_new`: never tried, so
    /// someone may be watching.
    pub(super) fn order(&mut self, waiting: &[(ReportId, bool)], now: Instant, chance: f64) -> Vec<ReportId> {
        let first = self.first.take();
        if waiting.is_empty() {
            self.look_again(LOOK_AGAIN, now, chance);
            return Vec::new();
        }
        if waiting.iter().all(|(id, _)| self.tried.contains(id)) {
            self.tried.clear();
            if self.failed {
                self.pause(now, None, chance);
                return Vec::new();
            }
        }
        let order = waiting.iter().filter(|(id, _)| !self.tried.contains(id));
        let turn = |(id, is_new): &(ReportId, bool)| (Some(*id) != first, !is_new, *id);
        let order = sorted(order.collect(), |one, other| turn(one).cmp(&turn(other)));
        order.into_iter().map(|(id, _)| *id).collect()
    }

    /// None of the reports in order could be taken: others hold them. That ends the round, so what has failed
    /// in it gets its pause.
    pub(super) fn look_again(&mut self, after: Duration, now: Instant, chance: f64) {
        self.tried.clear();
        if self.failed {
            self.pause(now, None, chance);
        } else {
            self.resume_at = now + after;
        }
    }

    pub(super) fn started(&mut self, id: ReportId) {
        self.tried.insert(id);
    }

    /// It goes again at once, in another shape.
    pub(super) fn again(&mut self, id: ReportId) {
        self.tried.remove(&id);
    }

    pub(super) fn delivered(&mut self) {
        self.failures = 0;
    }

    /// A report could not be delivered now. `others_may`: the server has answered, or was not asked, so it may
    /// take another one. Returns about how long this one will have to wait.
    pub(super) fn failed(
        &mut self,
        others_may: bool,
        retry_after: Option<Duration>,
        now: Instant,
        chance: f64,
    ) -> Duration {
        if others_may && retry_after.is_none() {
            self.failed = true;
            return schedule::delay(self.failures.saturating_add(1), None, 1.0);
        }
        self.pause(now, retry_after, chance);
        self.resume_at().saturating_duration_since(now)
    }

    fn pause(&mut self, now: Instant, retry_after: Option<Duration>, chance: f64) {
        self.failed = false;
        self.failures = self.failures.saturating_add(1);
        self.resume_at = now + schedule::delay(self.failures, retry_after, chance);
        if retry_after.is_some() {
            self.not_before = self.resume_at;
        }
    }

    /// A new report: everything may be tried at once, unless the server has asked to wait.
    pub(super) fn rush(&mut self, now: Instant) {
        self.tried.clear();
        self.failed = false;
        self.failures = 0;
        self.resume_at = now;
    }

    /// A person wants everything now, and `first` before all, whatever the server has asked for.
    pub(super) fn rush_for_a_person(&mut self, first: Option<ReportId>, now: Instant) {
        self.first = first.or(self.first);
        self.not_before = now;
        self.rush(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn ids() -> [ReportId; 3] {
        let mut ids = [ReportId::new(), ReportId::new(), ReportId::new()];
        ids.sort();
        ids
    }

    /// The longest possible pause.
    const CHANCE: f64 = 1.0;

    #[test]
    fn without_a_network_each_report_gets_its_turn() {
        let [a, b, c] = ids();
        let waiting = [(a, false), (b, false), (c, false)];
        let mut now = Instant::now();
        let mut rounds = Rounds::new(now);
        let mut turns = Vec::new();
        for _ in 0..6 {
            let next = rounds.order(&waiting, now, CHANCE)[0];
            turns.push(next);
            rounds.started(next);
            now += rounds.failed(false, None, now, CHANCE);
            assert!(!rounds.is_paused(now));
        }
        assert_eq!(turns, [a, b, c, a, b, c]);
    }

    #[test]
    fn when_the_server_answers_the_others_go_on_and_the_pause_follows_the_round() {
        let [a, b, _] = ids();
        let now = Instant::now();
        let mut rounds = Rounds::new(now);
        assert_eq!(rounds.order(&[(a, false), (b, false)], now, CHANCE), [a, b]);
        rounds.started(a);
        rounds.failed(true, None, now, CHANCE);
        assert_eq!(rounds.order(&[(a, false), (b, false)], now, CHANCE), [b]);
        rounds.started(b);
        rounds.delivered();
        assert!(rounds.order(&[(a, false)], now, CHANCE).is_empty());
        assert_eq!(rounds.resume_at(), now + 10 * SECOND);
        assert_eq!(rounds.order(&[(a, false)], now + 10 * SECOND, CHANCE), [a]);
    }

    #[test]
    fn while_others_hold_a_report_one_that_fails_keeps_its_pauses() {
        let [failing, held, _] = ids();
        let waiting = [(failing, false), (held, false)];
        let mut now = Instant::now();
        let mut rounds = Rounds::new(now);
        let mut attempts = Vec::new();
        let end = now + 600 * SECOND;
        while now < end {
            for id in rounds.order(&waiting, now, CHANCE) {
                if id == held {
                    rounds.look_again(SECOND, now, CHANCE);
                } else {
                    attempts.push(now);
                    rounds.started(id);
                    rounds.failed(true, None, now, CHANCE);
                }
            }
            now = rounds.resume_at().max(now);
        }
        assert_eq!(attempts.len(), 4, "at once, after 10 s, 1 min and 5 min");
    }

    #[test]
    fn new_reports_go_first() {
        let [a, b, c] = ids();
        let mut rounds = Rounds::new(Instant::now());
        let order = rounds.order(&[(a, false), (b, false), (c, true)], Instant::now(), CHANCE);
        assert_eq!(order, [c, a, b]);
    }

    #[test]
    fn what_a_person_asks_for_goes_before_all_once() {
        let [a, b, c] = ids();
        let now = Instant::now();
        let waiting = [(a, false), (b, false), (c, true)];
        let mut rounds = Rounds::new(now);
        rounds.rush_for_a_person(Some(b), now);
        rounds.rush_for_a_person(None, now);
        rounds.failed(true, Some(SECOND), now, CHANCE); // of the one that was on its way
        assert!(!rounds.is_paused(now));
        assert_eq!(rounds.order(&waiting, now, CHANCE), [b, c, a]);
        assert!(rounds.is_paused(now));
        assert_eq!(rounds.order(&waiting, now, CHANCE), [c, a, b]);
    }

    #[test]
    fn only_a_person_passes_the_servers_wish() {
        let [a, ..] = ids();
        let now = Instant::now();
        let mut rounds = Rounds::new(now);
        rounds.started(a);
        let pause = rounds.failed(true, Some(3600 * SECOND), now, CHANCE);
        assert!(pause >= 3600 * SECOND);
        rounds.rush(now);
        assert_eq!(rounds.resume_at(), now + pause);
        rounds.rush_for_a_person(None, now);
        assert!(!rounds.is_paused(now));
    }

    #[test]
    fn pauses_grow_until_something_is_delivered() {
        let [a, ..] = ids();
        let mut now = Instant::now();
        let mut rounds = Rounds::new(now);
        let mut pauses = Vec::new();
        for _ in 0..4 {
            rounds.started(a);
            let pause = rounds.failed(false, None, now, CHANCE);
            pauses.push(pause.as_secs());
            now += pause;
        }
        assert_eq!(pauses, [10, 60, 300, 1800]);
        rounds.delivered();
        assert_eq!(rounds.failed(false, None, now, CHANCE).as_secs(), 10);
    }
}
