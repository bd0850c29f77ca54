//! What a server needs to know before it starts.

use std::path::PathBuf;
use std::time::Duration;

use crate::server::StartError;

/// In less than this, in bytes, there is no room for any report.
const LEAST_MAX_BYTES: u64 = 500;

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

    /// Adds a project key that may post reports: letters, digits and punctuation of ASCII.
    ///
    /// Keys are public and write-only, so one may ship inside an app. Without any, one is generated at the first start
    /// and used again at every later one.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.keys.push(key.into());
        self
    }

    /// The token that opens the inbox and the agent's part of the API, for this run only: letters, digits and punctuation of
    /// ASCII, and no project key.
    ///
    /// Without it, one is generated at the first start and only its hash is kept.
    #[must_use]
    pub fn agent_token(mut self, token: impl Into<String>) -> Self {
        self.agent_token = Some(token.into());
        self
    }

    /// The largest request body in bytes, headers of the parts included; at least 500. Default [`Self::DEFAULT_MAX_BYTES`].
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

    /// Whether a server can work with this, as far as it can be told before one starts.
    pub(crate) fn check(&self) -> Result<(), StartError> {
        let keys = self.keys.iter().map(|key| ("project key", key));
        let token = self.agent_token.iter().map(|token| ("agent token", token));
        for (what, secret) in keys.chain(token) {
            if secret.is_empty() || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
                let problem =
                    "is empty, or has a space or a character that is not ASCII, so no client could send it";
                return Err(StartError::Config {
                    what,
                    problem,
                    remedy: "give letters and digits",
                });
            }
        }
        if self
            .agent_token
            .as_ref()
            .is_some_and(|token| self.keys.contains(token))
        {
            return Err(StartError::token_is_key());
        }
        if self.max_bytes < LEAST_MAX_BYTES {
            return Err(StartError::Config {
                what: "largest request",
                problem: "has no room for any report",
                remedy: "give its size in bytes, such as 33554432",
            });
        }
        Ok(())
    }
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self::new(Self::DEFAULT_DATA_DIR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_work_is_named_and_no_secret_repeated() {
        let config = || ServerConfig::default().key("pk_notes").agent_token("of-the-desk");
        config().check().unwrap();
        for (wrong, what) in [
            (config().key(""), "project key"),
            (config().key("a b"), "project key"),
            (config().key("clé"), "project key"),
            (config().key("a\n"), "project key"),
            (config().agent_token(" "), "agent token"),
            (config().agent_token("pk_notes"), "agent token"),
            (config().max_bytes(0), "largest request"),
            (config().max_bytes(LEAST_MAX_BYTES - 1), "largest request"),
        ] {
            let error = wrong.check().unwrap_err().to_string();
            assert!(error.contains(what) && !error.contains("clé"), "{error}");
        }
        config().max_bytes(LEAST_MAX_BYTES).check().unwrap();
    }
}
