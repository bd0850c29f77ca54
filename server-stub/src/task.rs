//! Work beside the threads that move bytes.

use tokio::task::JoinError;

use crate::problem::Problem;

/// Runs what may block where it may.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    ended(tokio::task::spawn_blocking(work).await)
}

/// Runs to its end even when the client leaves.
pub(crate) async fn detached<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, Problem> {
    ended(tokio::spawn(work).await)
}

fn ended<T>(task: Result<T, JoinError>) -> Result<T, Problem> {
    task.map_err(|_| {
        log::error!("a task ended early: a panic, or the server is stopping");
        Problem::unavailable("The server is stopping or has a fault. Send it again later.")
    })
}
