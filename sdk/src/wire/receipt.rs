//! What an answer of the server means. Only one with our id and our hash is a receipt.

use serde::Deserialize;

use crate::id::ReportId;

/// The server's word that it has the whole report, safely stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// The report it is for.
    pub id: ReportId,
    /// The number to quote to a human, such as `FB-1042`. `None` where the endpoint gives none
    /// (see [`any_success_is_receipt`](crate::FeedbackConfig::any_success_is_receipt)).
    pub number: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    id: String,
    sha256: String,
    /// A word or a number, as the server likes.
    number: Option<serde_json::Value>,
}

/// The longest number that is shown to a person; a hostile server might send a novel.
const MAX_NUMBER: usize = 40;

impl Receipt {
    /// Reads a 2xx body. `None` unless it is JSON with just this id and this hash.
    pub(crate) fn read(body: &[u8], id: ReportId, sha256: &str) -> Option<Self> {
        let answer: Answer = serde_json::from_slice(body).ok()?;
        let ours = answer.id.parse() == Ok(id) && answer.sha256.eq_ignore_ascii_case(sha256);
        ours.then(|| Self {
            id,
            number: answer.number.as_ref().and_then(shown),
        })
    }

    /// As a line for another process of this app.
    pub(crate) fn note(&self) -> String {
        format!("{SENT} {}", self.number.as_deref().unwrap_or_default())
    }

    /// Reads what [`note`](Self::note) wrote. `None` for anything else.
    pub(crate) fn noted(line: &str, id: ReportId) -> Option<Self> {
        let number = line.strip_prefix(SENT)?.trim();
        let number = shown(&serde_json::Value::from(number));
        Some(Self { id, number })
    }
}

/// Begins the line.
const SENT: &str = "sent";

/// A report's number as a person can read it.
fn shown(number: &serde_json::Value) -> Option<String> {
    let text = match number {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let text: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_NUMBER)
        .collect();
    (!text.is_empty()).then_some(text)
}

/// The `title` and `detail` of an `application/problem+json` answer (RFC 9457), as one line.
/// `None` for anything else, such as a proxy's HTML.
pub(crate) fn problem_detail(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Problem {
        title: Option<String>,
        detail: Option<String>,
    }
    let problem: Problem = serde_json::from_slice(body).ok()?;
    let text = problem.detail.or(problem.title)?;
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(300)
        .collect();
    (!line.trim().is_empty()).then_some(line)
}

/// The `max_bytes` of a 413 answer: the largest request the server takes.
pub(crate) fn problem_max_bytes(body: &[u8]) -> Option<u64> {
    #[derive(Deserialize)]
    struct TooLarge {
        max_bytes: u64,
    }
    serde_json::from_slice(body)
        .ok()
        .map(|TooLarge { max_bytes }| max_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_id_and_our_hash_make_a_receipt() {
        let id = ReportId::new();
        let other = ReportId::new();
        let body =
            |id: ReportId, hash: &str| format!(r#"{{"id":"{id}","sha256":"{hash}","number":"FB-1042"}}"#);
        let receipt = Receipt::read(body(id, "ab12").as_bytes(), id, "ab12").unwrap();
        assert_eq!(receipt.number.as_deref(), Some("FB-1042"));
        let numeric = body(id, "ab12").replace("\"FB-1042\"", "1042");
        assert_eq!(
            Receipt::read(numeric.as_bytes(), id, "ab12")
                .unwrap()
                .number
                .as_deref(),
            Some("1042")
        );
        for wrong in [
            body(other, "ab12"),
            body(id, "ab13"),
            format!(r#"{{"id":"{id}"}}"#),
            "<html>Welcome to the hotel</html>".to_owned(),
            String::new(),
            "[]".to_owned(),
            "{".repeat(10_000),
        ] {
            assert_eq!(Receipt::read(wrong.as_bytes(), id, "ab12"), None, "{wrong}");
        }
    }

    #[test]
    fn another_process_reads_the_same_receipt() {
        let id = ReportId::new();
        for number in [
            None,
            Some("FB-1042".to_owned()),
            Some("number 7, please".to_owned()),
        ] {
            let receipt = Receipt { id, number };
            assert_eq!(Receipt::noted(&receipt.note(), id), Some(receipt));
        }
        assert_eq!(Receipt::noted("se", id), None);
    }

    #[test]
    fn a_problem_is_one_short_line_and_html_is_none() {
        let body = format!(r#"{{"title":"x","detail":"wrong\nkey {}"}}"#, "!".repeat(9999));
        let line = problem_detail(body.as_bytes()).unwrap();
        assert!(line.starts_with("wrong key"), "{line}");
        assert_eq!(line.chars().count(), 300);
        assert_eq!(problem_detail(b"<html>413</html>"), None);
    }
}
