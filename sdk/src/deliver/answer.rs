//! What an answer means. Pure; only a receipt delivers.

use std::time::{Duration, SystemTime};

use super::Outcome;
use super::transport::Response;
use crate::id::ReportId;
use crate::spool::layout::WaitReason;
use crate::wire::receipt::{Receipt, problem_detail, problem_max_bytes};

/// An answer of the server, or of something on the way to it.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) response: Response,
    /// When it came, by this machine's clock.
    pub(super) at: SystemTime,
}

/// What a status says, whatever was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Yes,
    /// A redirect is a log-in page on the way, or a moved server; neither has the report.
    Elsewhere,
    /// Proxy log-in, timeouts, "locked", "too early", "too many", and every trouble of the server's own.
    Later,
    TooLarge,
    No,
}

impl Answer {
    /// The value of a header; the first one, where a hostile server gives it twice.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.response.headers.iter();
        let (_, value) = headers.find(|(have, _)| have.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    pub(super) fn verdict(&self) -> Verdict {
        match self.response.status {
            200..300 => Verdict::Yes,
            // Below 100 no server has spoken.
            0..200 | 300..400 => Verdict::Elsewhere,
            407 | 408 | 421 | 423 | 425 | 429 | 500.. => Verdict::Later,
            413 => Verdict::TooLarge,
            _ => Verdict::No,
        }
    }

    /// What it means for the report: only one with its id and its hash delivers. `sha256` is `None` as long
    /// as not all of the bundle was sent; an answer before that cannot be a receipt for it.
    pub(super) fn judge(&self, id: ReportId, sha256: Option<&str>) -> Outcome {
        match self.verdict() {
            Verdict::Yes => match sha256.and_then(|sha256| Receipt::read(&self.response.body, id, sha256)) {
                Some(receipt) => Outcome::Delivered(receipt),
                None => self.wait(WaitReason::NoReceipt),
            },
            Verdict::Elsewhere => self.wait(WaitReason::NoReceipt),
            Verdict::Later => self.wait(WaitReason::Server(self.response.status)),
            Verdict::TooLarge => Outcome::TooLarge {
                max_bytes: problem_max_bytes(&self.response.body),
            },
            Verdict::No => Outcome::Refused {
                status: self.response.status,
                detail: problem_detail(&self.response.body),
            },
        }
    }

    /// Try again, not before the server wants it.
    pub(super) fn wait(&self, why: WaitReason) -> Outcome {
        Outcome::Wait {
            why,
            retry_after: self.retry_after(),
        }
    }

    /// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3). The server's clock gave the date, so it is that
    /// clock's time that it counts from: this machine's may be wrong by years.
    fn retry_after(&self) -> Option<Duration> {
        let value = self.header("retry-after")?.trim();
        if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
        }
        let until = httpdate::parse_http_date(value).ok()?;
        let date = self
            .header("date")
            .and_then(|date| httpdate::parse_http_date(date).ok());
        until.duration_since(date.unwrap_or(self.at)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA256: &str = "abababababababababababababababababababababababababababababababab";

    fn answer(status: u16, body: &str) -> Answer {
        Answer {
            response: Response {
                status,
                body: body.into(),
                ..Response::default()
            },
            at: SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777), // Sun, 06 Nov 1994 08:49:37 GMT
        }
    }

    #[test]
    fn no_status_delivers_without_a_receipt() {
        let id = ReportId::new();
        for status in 0..=999 {
            for body in ["", "<html>", "{}", r#"{"id":"x","sha256":"y"}"#] {
                let outcome = answer(status, body).judge(id, Some(SHA256));
                assert!(!matches!(outcome, Outcome::Delivered(_)), "{status} {body}");
            }
        }
    }

    #[test]
    fn a_receipt_counts_with_a_2xx_alone_and_after_the_last_byte() {
        let id = ReportId::new();
        let body = format!(r#"{{"id":"{id}","sha256":"{SHA256}","number":"FB-1"}}"#);
        for status in 100..=599 {
            let answer = answer(status, &body);
            let delivers = |sha256| matches!(answer.judge(id, sha256), Outcome::Delivered(_));
            assert_eq!(delivers(Some(SHA256)), (200..300).contains(&status), "{status}");
            assert!(!delivers(None), "{status}");
        }
    }

    #[test]
    fn a_no_is_told_from_not_now() {
        for (status, refused) in [
            (400, true),
            (401, true),
            (403, true),
            (404, true),
            (409, true),
            (415, true),
            (422, true),
            (302, false),
            (407, false),
            (408, false),
            (423, false),
            (425, false),
            (429, false),
            (500, false),
            (503, false),
            (511, false),
        ] {
            let outcome = answer(status, "").judge(ReportId::new(), Some(SHA256));
            assert_eq!(matches!(outcome, Outcome::Refused { .. }), refused, "{status}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let read = |value: &str| {
            let mut answer = answer(503, "");
            answer.response.headers = vec![("Retry-After".to_owned(), value.to_owned())];
            answer.retry_after()
        };
        assert_eq!(read("120"), Some(Duration::from_mins(2)));
        assert_eq!(
            read("Sun, 06 Nov 1994 08:50:37 GMT"),
            Some(Duration::from_mins(1))
        );
        assert_eq!(
            read("Sunday, 06-Nov-94 08:50:37 GMT"),
            Some(Duration::from_mins(1))
        );
        assert_eq!(read("Sun, 06 Nov 1994 08:48:37 GMT"), None);
        assert_eq!(read("soon"), None);
        assert_eq!(read("-1"), None);
        assert_eq!(read(""), None);
        assert_eq!(
            read("99999999999999999999999"),
            Some(Duration::from_secs(u64::MAX))
        );
    }

    #[test]
    fn a_date_counts_from_the_servers_own() {
        let mut answer = answer(503, "");
        let headers = [
            ("Retry-After", "Sat, 01 Aug 2026 10:00:30 GMT"),
            ("Date", "Sat, 01 Aug 2026 10:00:00 GMT"),
        ];
        answer.response.headers = headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        assert_eq!(answer.retry_after(), Some(Duration::from_secs(30)));
        answer.response.headers[1].1 = "yesterday".to_owned();
        assert!(
            answer.retry_after().unwrap() > Duration::from_hours(24),
            "by our clock of 1994"
        );
    }
}
