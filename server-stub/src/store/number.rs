//! The names of a report: the number that people say, the id that machines compare.

use std::fmt;
use std::str::FromStr;

use rusqlite::types::{FromSql, FromSqlResult, ValueRef};
use uuid::Uuid;

/// The number of a report, written `FB-1042`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number(pub(crate) i64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FB-{}", self.0)
    }
}

impl FromStr for Number {
    type Err = std::num::ParseIntError;

    /// `FB-1042`, `fb-1042` or `1042`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let prefixed = text
            .get(..3)
            .is_some_and(|prefix| prefix.eq_ignore_ascii_case("fb-"));
        let digits = if prefixed { &text[3..] } else { text };
        digits.parse::<u32>().map(|number| Self(number.into()))
    }
}

impl FromSql for Number {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

/// What a URL calls a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    Number(Number),
    Id(Uuid),
}

impl Reference {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let number = text.parse().map(Self::Number).ok();
        number.or_else(|| Uuid::try_parse(text).map(Self::Id).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_two_names() {
        assert_eq!(Number(1042).to_string(), "FB-1042");
        for text in ["FB-1042", "fb-1042", "1042"] {
            assert_eq!(
                Reference::parse(text),
                Some(Reference::Number(Number(1042))),
                "{text}"
            );
        }
        let id = Uuid::nil();
        assert_eq!(Reference::parse(&id.to_string()), Some(Reference::Id(id)));
        for text in ["", "FB-", "-1", "é1", "99999999999", "../1", "FB-FB-1"] {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
    }
}
