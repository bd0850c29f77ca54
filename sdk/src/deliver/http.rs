//! The network: HTTP over TLS, with the proxies and the trusted roots of the system.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::time::timeout;
use url::Url;

use super::body::Body;
use super::transport::{MAX_ANSWER, Request, Response};
use crate::loopback::is_loopback;

/// A phone network in a tunnel needs this long to connect; a dead address needs no longer.
const CONNECT: Duration = Duration::from_secs(15);

/// Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Client {
    client: reqwest::Client,
    /// How long an answer that has begun may take.
    stall: Duration,
}

impl Client {
    /// Makes the client for an endpoint: never follows a redirect (it would take the key along), trusts what the
    /// system trusts, and leaves the host's own TLS settings alone. Gives no connection up before `stall`.
    pub(super) fn new(endpoint: &Url, stall: Duration) -> Result<Self, Box<dyn std::error::Error>> {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls()?)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT);
        // The default would give up on a silent network before we do.
        #[cfg(any(target_os = "android", target_os = "linux"))]
        let builder = builder.tcp_user_timeout(stall);
        // A proxy cannot reach this machine's own loopback, and may be another one that would read along.
        let builder = if is_loopback(endpoint) {
            builder.no_proxy()
        } else {
            builder
        };
        let client = builder.build()?;
        Ok(Self { client, stall })
    }

    pub(super) async fn send(&self, mut request: Request) -> io::Result<Response> {
        let method = request.method().parse().map_err(io::Error::other)?;
        let mut sending = self.client.request(method, request.url());
        for (name, value) in request.headers() {
            let name: HeaderName = name.parse().map_err(io::Error::other)?;
            let mut value = HeaderValue::from_str(value).map_err(io::Error::other)?;
            value.set_sensitive(name == AUTHORIZATION);
            sending = sending.header(name, value);
        }
        if let Some(body) = request.body.take() {
            sending = sending.body(reqwest::Body::wrap(body));
        }
        let mut response = sending.send().await.map_err(failure)?;
        let body = timeout(self.stall, read(&mut response)).await??;
        let headers = response.headers().iter().filter_map(|(name, value)| {
            let value = value.to_str().ok()?;
            Some((name.to_string(), value.to_owned()))
        });
        Ok(Response {
            status: response.status().as_u16(),
            headers: headers.collect(),
            body,
        })
    }
}

/// As much of an answer's body as is looked at.
async fn read(response: &mut reqwest::Response) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    while body.len() < MAX_ANSWER
        && let Some(chunk) = response.chunk().await.map_err(failure)?
    {
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn tls() -> Result<rustls::ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?;
    Ok(match builder.clone().with_platform_verifier() {
        Ok(builder) => builder.with_no_client_auth(),
        // A machine without any trusted roots can still speak to its own loopback.
        Err(error) => {
            log::warn!("the system's trusted roots cannot be read: {error}");
            builder
                .with_root_certificates(rustls::RootCertStore::empty())
                .with_no_client_auth()
        }
    })
}

/// Why there is no answer, with what is behind it: reqwest's own words are only "error sending request". Without
/// the address, which may hold what a log must not.
fn failure(error: reqwest::Error) -> io::Error {
    let kind = if error.is_connect() {
        io::ErrorKind::NotConnected
    } else if error.is_timeout() {
        io::ErrorKind::TimedOut
    } else {
        io::ErrorKind::ConnectionAborted
    };
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    io::Error::new(kind, text)
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let next = self.next().transpose();
        Poll::Ready(next.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.length() == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length())
    }
}
