//! The way that requests go: HTTP of ours, or what the app handed in.

use std::io;
use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::transport::{Request, Response, Transport};

/// Cheap to clone.
#[derive(Clone)]
pub(super) enum Carrier {
    #[cfg(feature = "http")]
    Http(super::http::Client),
    /// The app's own. One call at a time: of a transport that hangs, one thread does.
    App(Arc<dyn Transport>, Arc<Mutex<()>>),
}

impl Carrier {
    pub(super) fn app(transport: &Arc<dyn Transport>) -> Self {
        Self::App(Arc::clone(transport), Arc::default())
    }

    /// Sends a request and takes the answer. Dropping the future ends both.
    pub(super) async fn send(&self, request: Request) -> io::Result<Response> {
        match self {
            #[cfg(feature = "http")]
            Self::Http(client) => client.send(request).await,
            Self::App(transport, turn) => {
                let turn = Arc::clone(turn).lock_owned().await;
                let transport = Arc::clone(transport);
                let sent = spawn_blocking(move || {
                    let response = transport.send(request);
                    drop(turn);
                    response
                });
                // Where the app's code has panicked.
                let sent = sent.await.unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
                sent.map_err(|error| without_words(&error))
            }
        }
    }
}

/// The app's words may hold the address, which a log must not; the system's do not.
fn without_words(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error.kind().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_keeps_its_kind_and_loses_the_apps_words() {
        let told = without_words(&io::Error::new(
            io::ErrorKind::BrokenPipe,
            "https://example.com/?key=secret",
        ));
        assert_eq!(told.kind(), io::ErrorKind::BrokenPipe);
        assert!(!told.to_string().contains("secret"));
        let of_the_system = io::Error::from_raw_os_error(2);
        assert_eq!(
            without_words(&of_the_system).to_string(),
            of_the_system.to_string()
        );
    }
}
