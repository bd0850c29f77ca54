//! The loop that takes connections. hyper's own server, since `axum::serve` sets no limit to how long headers may take.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

/// The most that is read at once, 64 KiB: a small report whole. More would not stay in the processor's cache, and each
/// larger buffer is new memory.
const READ_BYTES: usize = 64 * 1024;

/// Out of file handles: wait for some to come back instead of asking again at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Serves until `stop` speaks or its sender is gone, then waits up to `grace` for the requests under way.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    header_timeout: Duration,
    grace: Duration,
    mut stop: oneshot::Receiver<()>,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(header_timeout);
    protocol.max_buf_size(READ_BYTES);
    protocol.half_close(true); // a client may say that it has sent everything, and still wait for the answer
    let connections = GracefulShutdown::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    log::warn!("cannot take a connection: {error}");
                    sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            },
            _ = &mut stop => break,
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = connections.watch(protocol.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                log::debug!("a connection ended early: {error}");
            }
        });
    }
    drop(listener);
    if timeout(grace, connections.shutdown()).await.is_err() {
        log::warn!("requests were cut off by the stop");
    }
    Ok(())
}
