//! What a server needs to know before it starts.

use std::path::PathBuf;
use std::time::Duration;

/// Where to listen, where to keep reports, and whom to believe.
///
/// Every setter replaces or adds one value and gives the configuration back. The defaults are those of the program.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    pub(crate) data_dir: PathBuf,
    pub(crate) listen: String,
    pub(crate) keys: Vec<String>,
    pub(crate) agent_token: Option<String>,
    pub(crate) max_bytes: u64,
    pub(crate) idle_timeout: Duration,
}

impl ServerConfig {
    /// The folder that is used when nobody names one.
    pub const DEFAULT_DATA_DIR: &str = "./feedback-data";

    /// The address that is used when nobody names one: this machine only.
    pub const DEFAULT_LISTEN: &str = "127.0.0.1:8787";

    /// The largest request in bytes, 32 MiB: a full set of cut logs and a few pictures, and still under the 100 MB that
    /// common proxies and content networks let through.
    pub const DEFAULT_MAX_BYTES: u64 = 32 * 1024 * 1024;

    /// How long a client may stay silent, 30 s: longer than a mobile network's hand-over, the usual limit of web servers.
    pub const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_secs(30);

    /// A server that keeps its reports in `data_dir`; the folder is made when it is missing.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            listen: Self::DEFAULT_LISTEN.to_owned(),
            keys: Vec::new(),
            agent_token: None,
            max_bytes: Self::DEFAULT_MAX_BYTES,
            idle_timeout: Self::DEFAULT_IDLE_TIMEOUT,
        }
    }

    /// The `host:port` to listen on; port 0 takes a free one. Default [`Self::DEFAULT_LISTEN`].
    #[must_use]
    pub fn listen(mut self, address: impl Into<String>) -> Self {
        self.listen = address.into();
        self
    }

    /// Adds a project key that may post reports; an empty one is ignored.
    ///
    /// Keys are public and write-only, so one may ship inside an app. Without any, one is generated at the first start
    /// and used again at every later one.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.keys.push(key.into());
        self
    }

    /// The token that opens the inbox and the agent's part of the API, for this run only; an empty one is ignored.
    ///
    /// Without it, one is generated at the first start and only its hash is kept.
    #[must_use]
    pub fn agent_token(mut self, token: impl Into<String>) -> Self {
        self.agent_token = Some(token.into());
        self
    }

    /// The largest request body in bytes, headers of the parts included. Default [`Self::DEFAULT_MAX_BYTES`].
    #[must_use]
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// How long a client may send nothing before it is cut off. Default [`Self::DEFAULT_IDLE_TIMEOUT`].
    #[must_use]
    pub fn idle_timeout(mut self, silence: Duration) -> Self {
        self.idle_timeout = silence;
        self
    }
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self::new(Self::DEFAULT_DATA_DIR)
    }
}
