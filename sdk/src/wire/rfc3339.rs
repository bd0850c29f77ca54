//! Times as they stand in all that is written: RFC 3339, UTC, to the millisecond.

use std::time::SystemTime;

use jiff::Timestamp;
use serde::{Deserialize as _, Deserializer, Serializer, de};

/// A time as text.
pub(crate) fn text(time: SystemTime) -> String {
    Timestamp::try_from(time).map_or_else(
        |_| "1970-01-01T00:00:00.000Z".to_owned(), // a clock beyond the year 9999
        |time| format!("{time:.3}"),
    )
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
    let time: Timestamp = String::deserialize(from)?.parse().map_err(de::Error::custom)?;
    Ok(time.into())
}
