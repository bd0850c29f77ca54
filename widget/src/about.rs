//! Lengths of time, as roughly as people say them. Pure.

use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A length of time, rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// Less than a minute.
    Moment,
    Minutes(u64),
    Hours(u64),
    Days(u64),
}

impl From<Duration> for About {
    fn from(length: Duration) -> Self {
        let seconds = length.as_secs();
        let rounded = |unit: u64| (seconds + unit / 2) / unit;
        match (rounded(MINUTE), rounded(HOUR)) {
            _ if seconds < MINUTE => Self::Moment,
            (minutes @ ..60, _) => Self::Minutes(minutes),
            (_, hours @ ..24) => Self::Hours(hours),
            _ => Self::Days(rounded(DAY)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_rounded_to_what_people_say() {
        for (seconds, about) in [
            (0, About::Moment),
            (59, About::Moment),
            (60, About::Minutes(1)),
            (89, About::Minutes(1)),
            (299, About::Minutes(5)),
            (59 * MINUTE, About::Minutes(59)),
            (59 * MINUTE + 30, About::Hours(1)),
            (23 * HOUR, About::Hours(23)),
            (24 * HOUR - 1, About::Days(1)),
            (60 * DAY, About::Days(60)),
        ] {
            assert_eq!(About::from(Duration::from_secs(seconds)), about, "{seconds}");
        }
    }
}
