//! Whether there is room for one more report, and which has waited too long. Pure.
//!
//! A full spool refuses the new report, whose text the person still has before them. It never makes
//! room by dropping an old one.

use std::time::{Duration, SystemTime};

use crate::error::FeedbackError;

/// How much may wait, and how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) reports: usize,
    /// All bundles together.
    pub(crate) bytes: u64,
    /// What has waited longer is sent only when a person asks for it.
    pub(crate) age: Duration,
}

impl Limits {
    pub(crate) const DEFAULT: Self = Self {
        reports: 50,
        bytes: 500_000_000,
        age: Duration::from_hours(60 * 24),
    };

    /// Whether a report that was stored then is old news by now. Nothing is remembered of it, so that a clock
    /// that jumps ahead and back changes nothing. When it was stored by a clock that had lost its battery, nobody knows.
    pub(crate) fn is_too_old(self, stored_at: SystemTime, now: SystemTime) -> bool {
        let is_known = stored_at > SystemTime::UNIX_EPOCH + NO_REPORT_BEFORE;
        let waited = now.duration_since(stored_at);
        is_known && waited.is_ok_and(|waited| waited > self.age)
    }
}

/// 2026-01-01, in time since 1970: this SDK is younger.
const NO_REPORT_BEFORE: Duration = Duration::from_hours(20_454 * 24);

/// Checks whether `new` bytes more fit beside the bundles of these sizes.
pub(crate) fn check(
    limits: Limits,
    waiting: impl Iterator<Item = u64>,
    new: u64,
) -> Result<(), FeedbackError> {
    let (reports, bytes) = waiting.fold((0, 0_u64), |(reports, bytes), size| {
        (reports + 1, bytes.saturating_add(size))
    });
    if reports < limits.reports && bytes.saturating_add(new) <= limits.bytes {
        return Ok(());
    }
    Err(FeedbackError::SpoolFull { reports, bytes })
}

/// How many bytes of evidence, and of reports that wait, may be in memory where no disk takes them: what the logs of one
/// report have by default before they are compressed.
pub(crate) const MEMORY: u64 = 64 << 20;

/// Checks whether `new` bytes more may wait in memory beside these. One report always may, whatever its words
/// take: better much memory than a lost report.
pub(crate) fn check_memory(held: impl Iterator<Item = u64>, new: u64) -> Result<(), FeedbackError> {
    let held: Vec<u64> = held.collect();
    let bytes = held.iter().fold(new, |all, size| all.saturating_add(*size));
    if held.is_empty() || bytes <= MEMORY {
        return Ok(());
    }
    Err(FeedbackError::MemoryFull { reports: held.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_place_and_the_last_byte_can_be_used() {
        let limits = Limits {
            reports: 3,
            bytes: 100,
            ..Limits::DEFAULT
        };
        let fits = |waiting: &[u64], new| check(limits, waiting.iter().copied(), new).is_ok();
        assert!(fits(&[], 100));
        assert!(!fits(&[], 101));
        assert!(fits(&[40, 40], 20));
        assert!(!fits(&[40, 40], 21));
        assert!(!fits(&[1, 1, 1], 1));
        assert!(!fits(&[u64::MAX, u64::MAX], 1));
    }

    #[test]
    fn old_is_what_waited_longer_and_a_clock_that_goes_back_makes_nothing_old() {
        let stored = SystemTime::UNIX_EPOCH + NO_REPORT_BEFORE + Duration::from_hours(24 * 365);
        let is_too_old = |now| Limits::DEFAULT.is_too_old(stored, now);
        let last = stored + Limits::DEFAULT.age;
        assert!(!is_too_old(stored) && !is_too_old(last));
        assert!(is_too_old(last + Duration::from_secs(1)));
        assert!(!is_too_old(SystemTime::UNIX_EPOCH));
    }

    #[test]
    fn a_clock_that_is_put_right_makes_nothing_old() {
        let without_battery = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365 * 45);
        let put_right = SystemTime::UNIX_EPOCH + NO_REPORT_BEFORE + Limits::DEFAULT.age;
        assert!(!Limits::DEFAULT.is_too_old(without_battery, put_right));
    }

    #[test]
    fn memory_takes_one_report_of_any_size_and_more_as_long_as_they_are_small() {
        let fits = |held: &[u64], new| check_memory(held.iter().copied(), new).is_ok();
        assert!(fits(&[], u64::MAX));
        assert!(fits(&[MEMORY - 1], 1));
        assert!(!fits(&[MEMORY - 1], 2));
        assert!(!fits(&[u64::MAX], u64::MAX));
    }

    #[test]
    fn the_refusal_says_what_waits_and_what_to_do() {
        let limits = Limits {
            reports: 1,
            bytes: 100,
            ..Limits::DEFAULT
        };
        let text = check(limits, [2_000_000].into_iter(), 1).unwrap_err().to_string();
        assert!(text.contains("1 report") && text.contains("2.0 MB"), "{text}");
        assert!(text.contains("save this one as a file"), "{text}");
    }
}
