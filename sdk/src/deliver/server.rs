//! The server, as this client knows it: how to ask it, and what it has said of itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::time::timeout;
use url::Url;

use super::answer::{Answer, Verdict};
use super::body::Progress;
use super::carrier::Carrier;
use super::exchange::{Failure, exchange};
use super::transport::{Request, Transport};
use crate::wire::offer::Offer;

/// Longer than this nobody waits for an answer that only makes the way better.
const ASK: Duration = Duration::from_secs(10);

/// Where reports go, and how.
#[derive(Clone)]
pub(crate) struct Endpoint {
    pub(crate) url: Url,
    /// The value of the header, with the key.
    pub(crate) authorization: String,
    pub(crate) any_success_is_receipt: bool,
    /// Bundles of more bytes than this go by tus, where the server offers it.
    pub(crate) resumable_from: u64,
    pub(crate) stall: Duration,
    /// The app's own. Without one, the feature `http`.
    pub(crate) transport: Option<Arc<dyn Transport>>,
}

/// Cheap to clone; all clones know the same.
#[derive(Clone)]
pub(super) struct Server {
    carrier: Carrier,
    pub(super) endpoint: Endpoint,
    known: Arc<Known>,
}

#[derive(Debug)]
struct Known {
    offer: OnceCell<Offer>,
    /// The most that one request of a resumable upload may carry, in bytes.
    piece: AtomicU64,
}

impl Server {
    pub(super) fn new(endpoint: Endpoint) -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self {
            carrier: endpoint.carrier()?,
            endpoint,
            known: Known::nothing(),
        })
    }

    /// What it takes may have changed: asks again before the next large bundle.
    pub(super) fn forget(&mut self) {
        self.known = Known::nothing();
    }

    pub(super) fn request(&self, method: &'static str, url: Url) -> Request {
        Request::new(method, url)
            .header("User-Agent", concat!("feedback-sdk/", env!("CARGO_PKG_VERSION")))
            .header("Accept", "*/*")
            .header("Authorization", self.endpoint.authorization.as_str())
    }

    /// Sends a request and reads its answer; see [`exchange`].
    pub(super) async fn exchange(
        &self,
        request: Request,
        progress: Option<&Progress>,
    ) -> Result<Answer, Failure> {
        exchange(&self.carrier, request, self.endpoint.stall, progress).await
    }

    /// The largest request that it takes, in bytes, once it has been asked and has said so.
    pub(super) fn max_bytes(&self) -> Option<u64> {
        self.known.offer.get()?.max_bytes
    }

    /// What it takes and offers: asked once, and remembered. Nothing where it does not say.
    pub(super) async fn offer(&self) -> Offer {
        let asked = self.known.offer.get_or_try_init(|| self.ask()).await;
        asked.cloned().unwrap_or_default()
    }

    /// An error where another time the answer may be another one.
    async fn ask(&self) -> Result<Offer, ()> {
        let Some(url) = self.endpoint.config() else {
            return Ok(Offer::default());
        };
        let request = self.request("GET", url.clone());
        let Ok(Ok(answer)) = timeout(ASK, self.exchange(request, None)).await else {
            return Err(());
        };
        match answer.verdict() {
            Verdict::Yes => Offer::read(&answer.response.body, &url).ok_or(()),
            Verdict::No | Verdict::TooLarge => Ok(Offer::default()),
            Verdict::Elsewhere | Verdict::Later => Err(()),
        }
    }

    /// The most that one request of a resumable upload may carry, in bytes.
    pub(super) fn piece(&self) -> u64 {
        self.known.piece.load(Ordering::Relaxed)
    }

    /// Something on the way takes no request of `bytes`; from now on they are half as large. `false` where
    /// they are too small for that.
    pub(super) fn halve_piece(&self, bytes: u64) -> bool {
        /// Smaller pieces than this cost more in round trips than they could save; nobody limits to less.
        const LEAST: u64 = 64 << 10;
        let half = bytes / 2;
        let goes = half >= LEAST;
        if goes {
            self.known.piece.fetch_min(half, Ordering::Relaxed);
        }
        goes
    }
}

impl Known {
    fn nothing() -> Arc<Self> {
        Arc::new(Self {
            offer: OnceCell::new(),
            piece: AtomicU64::new(u64::MAX),
        })
    }
}

impl Endpoint {
    fn carrier(&self) -> Result<Carrier, Box<dyn std::error::Error>> {
        if let Some(transport) = &self.transport {
            return Ok(Carrier::app(transport));
        }
        #[cfg(feature = "http")]
        return Ok(Carrier::Http(super::http::Client::new(&self.url, self.stall)?));
        #[cfg(not(feature = "http"))]
        Err("the app brings no transport, and the feature `http` is off".into())
    }

    /// Where a server of ours says what it takes: `config` beside `reports`.
    fn config(&self) -> Option<Url> {
        let ours = self.url.path().ends_with("/reports") && !self.any_success_is_receipt;
        ours.then(|| self.url.join("config").ok()).flatten()
    }
}

#[cfg(test)]
impl Endpoint {
    /// One that `transport` speaks for, or our own HTTP.
    pub(super) fn of(url: &str, transport: Option<Arc<dyn Transport>>) -> Self {
        Self {
            url: Url::parse(url).unwrap(),
            authorization: "Bearer k".to_owned(),
            any_success_is_receipt: false,
            resumable_from: 0,
            stall: super::exchange::STALL,
            transport,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deliver::transport::Response;

    struct Nothing;

    impl Transport for Nothing {
        fn send(&self, _: Request) -> std::io::Result<Response> {
            Err(std::io::ErrorKind::Unsupported.into())
        }
    }

    fn endpoint(url: &str) -> Endpoint {
        Endpoint::of(url, Some(Arc::new(Nothing)))
    }

    #[test]
    fn only_a_server_of_ours_is_asked() {
        let config = |url| endpoint(url).config().map(String::from);
        let ours = config("https://example.com/x/api/v1/reports?secret=1");
        assert_eq!(ours.as_deref(), Some("https://example.com/x/api/v1/config"));
        assert_eq!(config("https://example.com/hook.php"), None);
        assert_eq!(config("https://example.com/reports/"), None);
        let mut webhook = endpoint("https://example.com/reports");
        webhook.any_success_is_receipt = true;
        assert_eq!(webhook.config(), None);
    }

    #[test]
    fn pieces_get_smaller_down_to_64_kib() {
        let server = Server::new(endpoint("http://127.0.0.1:9/reports")).unwrap();
        assert_eq!(server.piece(), u64::MAX);
        let (mut rest, mut sizes) = (5_000_000, Vec::new());
        while server.halve_piece(rest) {
            rest = server.piece();
            sizes.push(rest);
        }
        assert_eq!(sizes, [2_500_000, 1_250_000, 625_000, 312_500, 156_250, 78_125]);
        assert_eq!(server.piece(), 78_125);
    }
}
