//! From a configuration to a listening server: the folder, the router, the thread, and its end.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::oneshot;

use crate::app::App;
use crate::config::ServerConfig;
use crate::secret::SecretHash;
use crate::store::Store;
use crate::uploads;
use crate::uploads::unfinished::Uploads;

mod accept;
mod credentials;
mod router;

/// How long a stop waits for requests under way; a client that is cut off sends again.
const GRACE: Duration = Duration::from_secs(3);

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The configuration cannot work: a key that nobody could send, an agent token that is a project key, a size in which
    /// there is no room.
    #[error("the {what} {problem}; {remedy}")]
    Config {
        /// Which part of it, such as `agent token`.
        what: &'static str,
        /// What is wrong with it.
        problem: &'static str,
        /// What to give instead.
        remedy: &'static str,
    },
    /// The data folder cannot be used: not writable, in use by another server, or its database is damaged.
    #[error("cannot use the data folder {}: {source}", path.display())]
    Data {
        /// The folder.
        path: PathBuf,
        /// What the system or the database said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The address is taken, not ours, or not an address.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address, as configured.
        address: String,
        /// What the system said.
        source: io::Error,
    },
    /// The system gave no thread or no randomness.
    #[error("cannot start: {0}")]
    System(#[source] io::Error),
}

impl StartError {
    pub(crate) fn token_is_key() -> Self {
        Self::Config {
            what: "agent token",
            problem: "is a project key too, which everyone can read in the app: with it they could read every report",
            remedy: "give another one",
        }
    }
}

/// A server that is listening; stops when it is dropped.
///
/// A stop takes up to a few seconds while requests under way end, and blocks for that long.
#[must_use = "dropping it stops the server"]
pub struct Server {
    address: SocketAddr,
    app: Arc<App>,
    project_keys: Vec<String>,
    token: credentials::Token,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Opens the data folder, binds the port, and serves on a thread of its own.
    ///
    /// Returns once the port is open. The first start in a folder generates what was not given: a project key, an agent
    /// token.
    pub fn start(config: ServerConfig) -> Result<Self, StartError> {
        config.check()?;
        let listen = |source| StartError::Listen {
            address: config.listen.clone(),
            source,
        };
        let listener = TcpListener::bind(&config.listen).map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        listener.set_nonblocking(true).map_err(listen)?;

        let path = config.data_dir.clone();
        let data = |source| StartError::Data {
            path: path.clone(),
            source,
        };
        let store = Store::open(&path).map_err(|error| data(error.into()))?;
        let uploads = Uploads::open(&path, config.max_bytes, Timestamp::now());
        let uploads = uploads.map_err(|error| data(error.into()))?;
        let project_keys =
            credentials::project_keys(&path, config.keys).map_err(|error| data(error.into()))?;
        // After all that a person can mend: a token made by a start that fails would never be shown.
        let token =
            credentials::agent_token(&path, config.agent_token).map_err(|error| data(error.into()))?;
        if project_keys.iter().any(|key| token.hash.matches(key)) {
            return Err(StartError::token_is_key()); // one that was given is one that is stored
        }
        let app = Arc::new(App {
            store,
            uploads,
            agent_token: token.hash,
            max_bytes: config.max_bytes,
            idle_timeout: config.idle_timeout,
            keys: project_keys.iter().map(|key| SecretHash::of(key)).collect(),
            door: Mutex::default(),
        });

        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2) // they only move bytes; files and SQL have the pool of blocking threads
            .thread_name("feedback-server")
            .enable_all()
            .build()
            .map_err(StartError::System)?;
        runtime.spawn(uploads::sweep_hourly(Arc::clone(&app)));
        let (stop, stopped) = oneshot::channel();
        let serve = accept::serve(
            listener,
            router::router(&app),
            config.idle_timeout,
            GRACE,
            stopped,
        );
        let thread = std::thread::Builder::new()
            .name("feedback-server".to_owned())
            .spawn(move || {
                if let Err(error) = runtime.block_on(serve) {
                    log::error!("the server stopped: {error}");
                }
                runtime.shutdown_timeout(GRACE);
            });
        let thread = thread.map_err(StartError::System)?;
        log::info!("listening on {address}, data in {}", path.display());
        Ok(Self {
            address,
            app,
            project_keys,
            token,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The address it listens on, with the real port when 0 was asked for.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// The address as a URL, without a slash at its end: `http://127.0.0.1:8787`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The keys that may post: those of the configuration, or the generated one. At least one.
    pub fn project_keys(&self) -> &[String] {
        &self.project_keys
    }

    /// The agent's token when this process knows it: it was configured, or this start generated it.
    ///
    /// `None` at every later start, since only its hash is stored.
    pub fn agent_token(&self) -> Option<&str> {
        self.token.text.as_deref()
    }

    /// Whether [`agent_token`](Self::agent_token) was made by this start and is not shown again.
    pub fn agent_token_is_new(&self) -> bool {
        self.token.new
    }

    /// A link that signs a browser in and opens the inbox: once, within ten minutes. Each call makes a new one.
    pub fn inbox_url(&self) -> String {
        match self.app.door().ticket(Timestamp::now()) {
            Some(ticket) => format!("{}/sign-in?token={ticket}", self.url()),
            None => format!("{}/inbox", self.url()), // no randomness: the page asks for the token
        }
    }

    /// Stops: takes no new request, lets those under way end for up to three seconds, and releases the folder.
    pub fn shutdown(self) {
        drop(self);
    }
}

impl std::fmt::Debug for Server {
    /// Without keys and tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(()); // an error means that it has stopped by itself
        }
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            log::error!("the server's thread panicked");
        }
    }
}
