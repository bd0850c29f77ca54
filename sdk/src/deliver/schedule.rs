//! When to try next. Pure: outcome, now and chance go in, a time comes out.

use std::time::Duration;

/// After the first failure, the second, …; the last one repeats.
const DELAYS: [Duration; 5] = [
    Duration::from_secs(10),
    Duration::from_mins(1),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(1),
];

/// No server makes us wait longer than this, whatever it asks for.
const MAX_RETRY_AFTER: Duration = Duration::from_hours(24);

/// How long to wait after the `failures`th failure in a row (1 is the first).
///
/// Full jitter: `chance` in 0..1 picks a point between nothing and the whole delay, so that a
/// million apps do not come back at once. `retry_after`, the server's wish, is the lower bound: the point lies behind it,
/// or those million would all come in the second that it named.
pub(crate) fn delay(failures: u32, retry_after: Option<Duration>, chance: f64) -> Duration {
    let step = (failures.max(1) as usize - 1).min(DELAYS.len() - 1);
    let jittered = DELAYS[step]
        .mul_f64(chance.clamp(0.0, 1.0))
        .max(Duration::from_secs(1));
    jittered + retry_after.unwrap_or_default().min(MAX_RETRY_AFTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_an_hour_and_stay() {
        let seconds: Vec<u64> = (0..8)
            .map(|failures| delay(failures, None, 1.0).as_secs())
            .collect();
        assert_eq!(seconds, [10, 10, 60, 300, 1800, 3600, 3600, 3600]);
        assert_eq!(delay(u32::MAX, None, 1.0).as_secs(), 3600);
    }

    #[test]
    fn jitter_spreads_from_one_second_to_the_whole_delay() {
        assert_eq!(delay(3, None, 0.0).as_secs(), 1);
        assert_eq!(delay(3, None, 0.5).as_secs(), 150);
        assert_eq!(delay(3, None, f64::NAN.clamp(0.0, 1.0).max(0.0)).as_secs(), 1);
    }

    #[test]
    fn the_servers_wish_is_the_lower_bound_up_to_a_day() {
        let wish = |seconds| delay(1, Some(Duration::from_secs(seconds)), 0.5).as_secs();
        assert_eq!(wish(0), 5);
        assert_eq!(wish(120), 125);
        assert_eq!(wish(u64::MAX), 86_405);
    }
}
