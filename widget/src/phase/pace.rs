//! How long an upload takes still, from how fast it has gone lately. Pure.

use std::time::{Duration, Instant};

use super::Upload;

/// What was sent this many seconds ago counts for a third of what is sent now.
const MEMORY: f64 = 20.0;
/// What was watched for fewer seconds tells nothing: at first bytes go no further than into the system's own buffer.
const LEAST: f64 = 4.0;
/// Nobody asks how long these seconds take.
const SHORT: f64 = 10.0;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// How fast an upload goes.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    upload: Upload,
    at: Option<Instant>,
    /// What was sent, and in how many seconds; the longer ago, the less it counts.
    bytes: f64,
    seconds: f64,
    /// What was told last, in seconds.
    told: Option<u64>,
}

/// How long it takes still, as roughly as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeLeft {
    /// In tens.
    Seconds(u64),
    Minutes(u64),
    Hours(u64),
}

impl Pace {
    /// The upload is this far now. One that begins anew is measured anew.
    pub(crate) fn note(&mut self, upload: Upload, now: Instant) {
        match self.at {
            Some(at) if upload.total == self.upload.total && upload.sent >= self.upload.sent => {
                let sent = upload.sent - self.upload.sent;
                (self.bytes, self.seconds) = self.after(now.saturating_duration_since(at), sent);
            }
            _ => *self = Self::default(),
        }
        self.upload = upload;
        self.at = Some(now);
    }

    /// How long it takes still. `None` while that is not known, not worth a word, or more than a day.
    ///
    /// What was told stays until it is wrong by more than rounding: a number that jumps tells nothing.
    pub(crate) fn left(&mut self, now: Instant) -> Option<TimeLeft> {
        let seconds = self.seconds_left(now).filter(|left| {
            let is_asked = self.told.is_some() || *left > SHORT;
            is_asked && *left < (24 * HOUR) as f64
        });
        self.told = seconds.map(|left| {
            let step = step(left);
            let rounded = (left / step).round() * step;
            let told = self.told.map(|told| told as f64);
            let is_near = |told: &f64| (told - left).abs() < 0.75 * step.min(self::step(*told));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "less than a day, in seconds"
            )]
            let seconds = told.filter(is_near).unwrap_or(rounded) as u64;
            seconds
        });
        Some(match self.told? {
            0 => return None,
            seconds @ ..MINUTE => TimeLeft::Seconds(seconds),
            seconds @ ..HOUR => TimeLeft::Minutes(seconds / MINUTE),
            seconds => TimeLeft::Hours(seconds / HOUR),
        })
    }

    fn seconds_left(&self, now: Instant) -> Option<f64> {
        let (bytes, seconds) = self.after(now.saturating_duration_since(self.at?), 0);
        let rest = self.upload.total.saturating_sub(self.upload.sent) as f64;
        (seconds >= LEAST && bytes > 0.0).then(|| rest / (bytes / seconds))
    }

    /// Bytes and seconds as they count after so much time in which this was sent.
    fn after(&self, later: Duration, sent: u64) -> (f64, f64) {
        let later = later.as_secs_f64();
        let weight = (-later / MEMORY).exp();
        let seconds = MEMORY * (1.0 - weight);
        let share = if later > 0.0 { seconds / later } else { 1.0 };
        (
            self.bytes * weight + sent as f64 * share,
            self.seconds * weight + seconds,
        )
    }
}

/// To how many seconds a time is rounded.
fn step(seconds: f64) -> f64 {
    let unit = match seconds {
        ..60.0 => 10,
        ..3600.0 => MINUTE,
        _ => HOUR,
    };
    unit as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOTAL: u64 = 100_000_000;

    /// What is told in each second of an upload, of which this many bytes have left by then.
    fn told(seconds: u64, sent: impl Fn(u64) -> u64) -> Vec<Option<TimeLeft>> {
        let start = Instant::now();
        let mut pace = Pace::default();
        let each = (0..seconds).map(|second| {
            let now = start + Duration::from_secs(second);
            pace.note(
                Upload {
                    sent: sent(second).min(TOTAL),
                    total: TOTAL,
                },
                now,
            );
            pace.left(now)
        });
        each.collect()
    }

    #[test]
    fn at_an_even_pace_it_is_known_soon_and_counts_down_to_nothing() {
        let told = told(200, |second| second * 500_000);
        assert_eq!(told[..5], [None; 5], "nobody knows yet");
        assert_eq!(told[5], Some(TimeLeft::Minutes(3)));
        assert_eq!(told[80], Some(TimeLeft::Minutes(2)));
        assert_eq!(told[170], Some(TimeLeft::Seconds(30)));
        assert_eq!(told[199], None);
        let mut texts = told;
        texts.dedup();
        assert_eq!(texts.len(), 1 + 3 + 5 + 1, "{texts:?}");
    }

    #[test]
    fn a_short_one_needs_no_word() {
        assert_eq!(told(12, |second| second * 10_000_000), [None; 12]);
    }

    #[test]
    fn where_the_pace_swings_the_words_do_not() {
        // Three times as much in one second as in the next.
        let mut told = told(60, |second| second * 500_000 + second % 2 * 250_000);
        told.retain(Option::is_some);
        told.dedup();
        assert_eq!(told, [Some(TimeLeft::Minutes(3))]);
    }

    #[test]
    fn while_nothing_moves_it_grows_until_nobody_knows() {
        let told = told(400, |second| second.min(20) * 1_000_000);
        assert_eq!(told[20], Some(TimeLeft::Minutes(2)));
        assert!(matches!(told[40], Some(TimeLeft::Minutes(minutes)) if minutes >= 5));
        assert_eq!(told[399], None);
    }

    #[test]
    fn what_begins_anew_is_measured_anew() {
        let start = Instant::now();
        let at = |second| start + Duration::from_secs(second);
        let mut pace = Pace::default();
        let mut note = |sent, second| {
            pace.note(Upload { sent, total: TOTAL }, at(second));
            pace.left(at(second))
        };
        note(0, 0);
        assert!(note(1_000_000, 5).is_some());
        assert_eq!(note(0, 6), None);
        assert_eq!(note(10, 7), None);
    }

    #[test]
    fn nothing_sent_tells_nothing() {
        assert_eq!(told(60, |_| 0), [None; 60]);
        assert_eq!(Pace::default().left(Instant::now()), None);
    }
}
