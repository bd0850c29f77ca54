//! Times as they stand in all that is written: RFC 3339, UTC, to the millisecond.

use std::fmt::Display;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize as _, Deserializer, Serializer, de};

/// From 1970 to the year 10000, which has a digit too many.
const TOO_LATE: Duration = Duration::from_hours(70_389_528);

/// A time as text.
pub(crate) fn text(time: SystemTime) -> String {
    shown(time).to_string()
}

/// A time to be written as text.
pub(crate) fn shown(time: SystemTime) -> impl Display {
    humantime::format_rfc3339_millis(sane(time))
}

/// The same, to the second.
pub(crate) fn shown_to_second(time: SystemTime) -> impl Display {
    humantime::format_rfc3339_seconds(sane(time))
}

/// The same time, but 1970 for a clock that is before it, or beyond the year 9999.
fn sane(time: SystemTime) -> SystemTime {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) if since < TOO_LATE => time,
        _ => UNIX_EPOCH,
    }
}

#[cfg_attr(
    windows,
    expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde's signature; the time is as small as a reference there"
    )
)]
pub(crate) fn serialize<S: Serializer>(time: &SystemTime, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&text(*time))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SystemTime, D::Error> {
    humantime::parse_rfc3339(&String::deserialize(from)?).map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_clock_can_be_written() {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        for (time, written) in [
            (
                at(1_795_424_558) + Duration::from_millis(123),
                "2026-11-23T09:02:38.123Z",
            ),
            (at(253_402_300_799), "9999-12-31T23:59:59.000Z"),
            (at(253_402_300_800), "1970-01-01T00:00:00.000Z"),
            (UNIX_EPOCH - Duration::from_secs(1), "1970-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(text(time), written);
        }
        assert_eq!(shown_to_second(at(59)).to_string(), "1970-01-01T00:00:59Z");
    }
}
