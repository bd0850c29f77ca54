//! The network: one request out, one answer in, each in bounded time and memory.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::header::HeaderValue;
use reqwest::{Client, RequestBuilder, Response, Url};
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::time::timeout;

use super::Outcome;
use super::answer::Answer;
use super::body::Progress;
use crate::report::ReportId;
use crate::spool::layout::WaitReason;

/// A phone network in a tunnel needs this long to connect; a dead address needs no longer.
const CONNECT: Duration = Duration::from_secs(15);
/// No byte sent and no answer for this long: the connection is dead.
pub(crate) const STALL: Duration = Duration::from_mins(1);
/// No answer of ours is longer; a log-in page may be endless.
const MAX_ANSWER: usize = 64 << 10;

/// Where reports go, and how.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    pub(crate) url: Url,
    pub(crate) authorization: HeaderValue,
    pub(crate) any_success_is_receipt: bool,
    /// Bundles of more bytes than this go by tus, where the server offers it.
    pub(crate) resumable_from: u64,
    pub(crate) stall: Duration,
}

/// Makes the client: never follows a redirect (it would take the key along), trusts what the
/// system trusts, and leaves the host's own TLS settings alone.
pub(crate) fn client(endpoint: &Endpoint) -> Result<Client, Box<dyn std::error::Error>> {
    let local = matches!(endpoint.url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let builder = Client::builder()
        .tls_backend_preconfigured(tls()?)
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .user_agent(concat!("feedback-sdk/", env!("CARGO_PKG_VERSION")));
    // The default would give up on a silent network before we do.
    #[cfg(any(target_os = "android", target_os = "linux"))]
    let builder = builder.tcp_user_timeout(endpoint.stall);
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

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("reading the bundle: {0}")]
    Bundle(#[from] io::Error),
    #[error("{}", causes(.0))]
    Network(#[from] reqwest::Error),
    #[error("no progress for {} seconds", .0.as_secs())]
    Stalled(Duration),
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
    /// Whether the other side hung up on a request that had begun. A proxy that takes none of its size may do so
    /// without a word, or with one that is lost as the connection breaks.
    pub(super) fn is_cut(&self) -> bool {
        matches!(self, Self::Network(error) if !error.is_connect() && !error.is_timeout())
    }

    /// What it means for the report `id`.
    pub(super) fn outcome(&self, id: ReportId) -> Outcome {
        // Without the address: a URL may hold what a log must not.
        log::warn!("report {id} is not delivered yet: {self}");
        let why = match self {
            Self::Stalled(_) => WaitReason::Timeout,
            Self::Network(error) if error.is_timeout() && !error.is_connect() => WaitReason::Timeout,
            Self::Network(_) | Self::Bundle(_) => WaitReason::Offline,
        };
        Outcome::Wait {
            why,
            retry_after: None,
        }
    }
}

/// Sends a request and reads its answer. Gives up when nothing gets on for `stall`; `progress` is that of
/// the request's body, if it has one.
pub(super) async fn exchange(
    request: RequestBuilder,
    stall: Duration,
    progress: Option<&Progress>,
) -> Result<Answer, Failure> {
    let drain = progress.map_or(Duration::ZERO, |progress| drain(progress.in_hand()));
    let (mut seen, mut waited) = (0, Duration::ZERO);
    let mut response = pin!(request.send());
    let response = loop {
        match (timeout(stall, &mut response).await, progress) {
            (Ok(response), _) => break response.map_err(reqwest::Error::without_url)?,
            (Err(_), Some(progress)) if progress.sent() > seen => seen = progress.sent(),
            // What is sent may still be on its way out of this machine, or of a proxy.
            (Err(_), Some(progress)) if progress.in_hand() == 0 && waited < drain => waited += stall,
            (Err(_), _) => return Err(Failure::Stalled(stall)),
        }
    };
    let (status, headers) = (response.status(), response.headers().clone());
    let body = timeout(stall, read_answer(response))
        .await
        .map_err(|_| Failure::Stalled(stall))??;
    let at = SystemTime::now();
    Ok(Answer {
        status,
        headers,
        body,
        at,
    })
}

/// How long the last bytes of an upload may take to leave after they were handed over, at the 16 kB/s of
/// a bad mobile network.
fn drain(bytes: u64) -> Duration {
    Duration::from_secs(bytes / 16_000)
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
