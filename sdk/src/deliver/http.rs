//! One attempt over HTTP: the contract's `POST`, and what its answer means.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, Url};
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::time::timeout;

use super::Outcome;
use super::body::{Multipart, Parcel, Progress};
use crate::report::ReportId;
use crate::spool::layout::WaitReason;
use crate::wire::receipt::{Receipt, problem_detail, problem_max_bytes};

/// A phone network in a tunnel needs this long to connect; a dead address needs no longer.
const CONNECT: Duration = Duration::from_secs(15);
/// No byte sent and no answer for this long: the connection is dead.
const STALL: Duration = Duration::from_mins(1);
/// No answer of ours is longer; a log-in page may be endless.
const MAX_ANSWER: usize = 64 << 10;

/// Where reports go, and how.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    pub(crate) url: Url,
    pub(crate) authorization: HeaderValue,
    pub(crate) any_success_is_receipt: bool,
}

/// Makes the client: never follows a redirect (it would take the key along), trusts what the
/// system trusts, and leaves the host's own TLS settings alone.
pub(crate) fn client(endpoint: &Url) -> Result<Client, Box<dyn std::error::Error>> {
    let local = matches!(endpoint.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let builder = Client::builder()
        .tls_backend_preconfigured(tls()?)
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .user_agent(concat!("feedback-sdk/", env!("CARGO_PKG_VERSION")));
    // The default would give up on a silent network before we do.
    #[cfg(any(target_os = "android", target_os = "linux"))]
    let builder = builder.tcp_user_timeout(STALL);
    // A proxy cannot reach this machine's own loopback.
    let builder = if local { builder.no_proxy() } else { builder };
    Ok(builder.build()?)
}

fn tls() -> Result<rustls::ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?;
    Ok(match builder.clone().with_platform_verifier() {
        Ok(builder) => builder.with_no_client_auth(),
        // A machine without any trusted roots can still speak to its own loopback.
        Err(_) => builder
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth(),
    })
}

/// Sends one report and reads what became of it.
pub(super) async fn post(
    client: Client,
    endpoint: Endpoint,
    parcel: Parcel,
    progress: Arc<Progress>,
) -> Outcome {
    match try_post(&client, &endpoint, &parcel, &progress).await {
        Ok(outcome) => outcome,
        Err(_) if progress.is_damaged() => Outcome::Damaged,
        Err(failure) => {
            // Without the address: a URL may hold what a log must not.
            log::warn!("report {} is not delivered yet: {failure}", parcel.id);
            Outcome::Wait {
                why: failure.reason(),
                retry_after: None,
            }
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("reading the bundle: {0}")]
    Bundle(#[from] io::Error),
    #[error("{}", causes(.0))]
    Network(#[from] reqwest::Error),
    #[error("no progress for {} seconds", STALL.as_secs())]
    Stalled,
}

/// An error and what is behind it: reqwest's own words are only "error sending request".
fn causes(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

impl Failure {
    fn reason(&self) -> WaitReason {
        match self {
            Self::Stalled => WaitReason::Timeout,
            Self::Network(error) if error.is_timeout() && !error.is_connect() => WaitReason::Timeout,
            Self::Network(_) | Self::Bundle(_) => WaitReason::Offline,
        }
    }
}

async fn try_post(
    client: &Client,
    endpoint: &Endpoint,
    parcel: &Parcel,
    progress: &Arc<Progress>,
) -> Result<Outcome, Failure> {
    let boundary = format!("feedback-{}", ReportId::new());
    let body = Multipart::new(&boundary, parcel, Arc::clone(progress))?;
    let request = client
        .post(endpoint.url.clone())
        .header(AUTHORIZATION, endpoint.authorization.clone())
        .header("Idempotency-Key", format!("\"{}\"", parcel.id))
        .header(CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"))
        .body(reqwest::Body::wrap(body));
    let mut response = pin!(request.send());
    let (mut seen, mut waited) = (0, Duration::ZERO);
    let response = loop {
        match timeout(STALL, &mut response).await {
            Ok(response) => break response.map_err(reqwest::Error::without_url)?,
            Err(_) if progress.sent() > seen => seen = progress.sent(),
            // What is sent may still be on its way out of this machine, or of a proxy.
            Err(_) if progress.is_whole() && waited < drain(parcel.bytes) => waited += STALL,
            Err(_) => return Err(Failure::Stalled),
        }
    };
    let status = response.status();
    let retry_after = retry_after(response.headers(), SystemTime::now());
    let body = timeout(STALL, read_answer(response))
        .await
        .map_err(|_| Failure::Stalled)??;
    let bundle = (parcel.id, progress.sha256());
    Ok(judge(
        status,
        &body,
        retry_after,
        endpoint.any_success_is_receipt,
        bundle,
    ))
}

/// How long the last bytes of an upload may take to leave after they were handed over, at the 16 kB/s of
/// a bad mobile network.
fn drain(bytes: u64) -> Duration {
    Duration::from_secs(bytes / 16_000)
}

/// What an answer means. Only a receipt delivers.
fn judge(
    status: StatusCode,
    body: &[u8],
    retry_after: Option<Duration>,
    any_success_is_receipt: bool,
    (id, sha256): (ReportId, Option<&str>),
) -> Outcome {
    let wait = |why| Outcome::Wait { why, retry_after };
    match status.as_u16() {
        // An answer before all was sent cannot be a receipt for it.
        200..300 => match sha256.and_then(|sha256| Receipt::read(body, id, sha256)) {
            Some(receipt) => Outcome::Delivered(receipt),
            None if any_success_is_receipt && sha256.is_some() => {
                Outcome::Delivered(Receipt { id, number: None })
            }
            None => wait(WaitReason::NoReceipt),
        },
        // A redirect is a log-in page on the way, or a moved server; neither has the report.
        100..200 | 300..400 => wait(WaitReason::NoReceipt),
        // Proxy log-in, timeouts, "too early", "too many", and every trouble of the server's own.
        status @ (407 | 408 | 421 | 425 | 429 | 500..) => wait(WaitReason::Server(status)),
        413 => Outcome::TooLarge {
            max_bytes: problem_max_bytes(body),
        },
        status => Outcome::Refused {
            status,
            detail: problem_detail(body),
        },
    }
}

async fn read_answer(mut response: Response) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(reqwest::Error::without_url)? {
        let room = MAX_ANSWER - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            break;
        }
    }
    Ok(body)
}

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date: Timestamp = rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    SystemTime::from(date).duration_since(now).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA256: &str = "abababababababababababababababababababababababababababababababab";

    #[test]
    fn no_status_delivers_without_a_receipt() {
        let id = ReportId::new();
        for status in 100..=999 {
            let code = StatusCode::from_u16(status).unwrap();
            for body in ["", "<html>", "{}", r#"{"id":"x","sha256":"y"}"#] {
                let outcome = judge(code, body.as_bytes(), None, false, (id, Some(SHA256)));
                assert!(!matches!(outcome, Outcome::Delivered(_)), "{status} {body}");
            }
        }
    }

    #[test]
    fn a_receipt_counts_with_a_2xx_alone() {
        let id = ReportId::new();
        let body = format!(r#"{{"id":"{id}","sha256":"{SHA256}","number":"FB-1"}}"#);
        for status in 100..=599 {
            let code = StatusCode::from_u16(status).unwrap();
            let outcome = judge(code, body.as_bytes(), None, false, (id, Some(SHA256)));
            assert_eq!(
                matches!(outcome, Outcome::Delivered(_)),
                (200..300).contains(&status),
                "{status}"
            );
        }
    }

    #[test]
    fn a_no_is_told_from_not_now() {
        let id = ReportId::new();
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
            (425, false),
            (429, false),
            (500, false),
            (503, false),
            (511, false),
        ] {
            let outcome = judge(
                StatusCode::from_u16(status).unwrap(),
                b"",
                None,
                false,
                (id, Some(SHA256)),
            );
            assert_eq!(matches!(outcome, Outcome::Refused { .. }), refused, "{status}");
        }
    }

    #[test]
    fn a_maker_may_count_any_success() {
        let outcome = judge(
            StatusCode::NO_CONTENT,
            b"",
            None,
            true,
            (ReportId::new(), Some(SHA256)),
        );
        assert!(matches!(
            outcome,
            Outcome::Delivered(Receipt { number: None, .. })
        ));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777); // Sun, 06 Nov 1994 08:49:37 GMT
        let read = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, value.parse().unwrap());
            retry_after(&headers, now)
        };
        assert_eq!(read("120"), Some(Duration::from_mins(2)));
        assert_eq!(
            read("Sun, 06 Nov 1994 08:50:37 GMT"),
            Some(Duration::from_mins(1))
        );
        assert_eq!(read("Sun, 06 Nov 1994 08:48:37 GMT"), None);
        assert_eq!(read("soon"), None);
        assert_eq!(read("-1"), None);
    }
}
