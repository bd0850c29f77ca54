//! What every request can reach.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::HeaderMap;

use crate::door::Door;
use crate::problem::Problem;
use crate::secret::{SecretHash, bearer};
use crate::store::Store;
use crate::uploads::unfinished::Uploads;

pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) uploads: Uploads,
    pub(crate) agent_token: SecretHash,
    pub(crate) max_bytes: u64,
    pub(crate) idle_timeout: Duration,
    pub(crate) keys: Vec<SecretHash>,
    pub(crate) door: Mutex<Door>,
}

impl App {
    /// The project key of a request that may post.
    pub(crate) fn project_key(&self, headers: &HeaderMap) -> Result<SecretHash, Problem> {
        // Looks at all of them, whichever fits.
        let takes = |key: &&str| {
            self.keys
                .iter()
                .fold(false, |found, known| found | known.matches(key))
        };
        let key = bearer(headers).filter(takes).map(SecretHash::of);
        key.ok_or_else(|| {
            Problem::unauthorized(
                "The project key is missing or unknown. Send it as `Authorization: Bearer <project key>`.",
            )
        })
    }

    pub(crate) fn door(&self) -> MutexGuard<'_, Door> {
        self.door.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
