//! One attempt to deliver one bundle: which way it goes, and what became of it.

use std::sync::Arc;

use super::Outcome;
use super::body::{Progress, Shared};
use super::exchange::Failure;
use super::fit::limit_told;
use super::form;
use super::parcel::{Broken, Parcel, Reading};
use super::resumable::Resumable;
use super::server::Server;

/// Half of the limit that nginx has by default: what is smaller is taken everywhere, and nobody is asked.
const ASK_FROM: u64 = 512 << 10;

/// Delivers a bundle, or answers why it could not be.
pub(super) async fn deliver(server: Server, parcel: Parcel, progress: Arc<Progress>) -> Outcome {
    let id = parcel.id();
    let bundle = match Reading::of(&parcel) {
        Ok(reading) => Shared::new(reading),
        Err(error) => return Failure::Bundle(error).outcome(id),
    };
    let tried = try_to(&server, &parcel, &bundle, &progress).await;
    let broken = bundle.lock().broken();
    match (tried, broken) {
        (Ok(outcome), _) => outcome,
        (Err(_), Some(Broken::Damaged)) => Outcome::Damaged,
        (Err(_), Some(Broken::Deleted)) => Outcome::Deleted,
        (Err(Failure::Network(error)), Some(Broken::Unreadable)) => Failure::Bundle(error).outcome(id),
        (Err(failure), _) => failure.outcome(id),
    }
}

async fn try_to(
    server: &Server,
    parcel: &Parcel,
    bundle: &Shared,
    progress: &Arc<Progress>,
) -> Result<Outcome, Failure> {
    let form = form::send(server, parcel, bundle, progress);
    if parcel.bytes() <= ASK_FROM {
        return form.await;
    }
    let offer = server.offer().await;
    let uploads = offer.uploads.as_ref();
    let large = uploads.filter(|_| parcel.bytes() > server.endpoint.resumable_from);
    let beside = if large.is_some() {
        0
    } else {
        parcel.manifest.len() as u64
    };
    if let Some(max_bytes) = offer.max_bytes
        && limit_told(parcel.bytes(), beside, max_bytes).is_some()
    {
        let max_bytes = Some(max_bytes);
        return Ok(Outcome::TooLarge { max_bytes });
    }
    let Some(uploads) = uploads else {
        return form.await;
    };
    let resumable = Resumable {
        server,
        uploads,
        parcel,
        bundle,
        progress,
    };
    if large.is_some() {
        return match resumable.send().await? {
            Some(outcome) => Ok(outcome),
            None => form.await,
        };
    }
    let answered = form.await;
    // A proxy's no, or one that hung up. In smaller pieces it lets everything through.
    let may_resume = match &answered {
        Ok(Outcome::TooLarge { max_bytes: None }) => server.halve_piece(parcel.bytes()),
        Ok(_) => false,
        Err(failure) => failure.is_cut() && bundle.lock().broken().is_none(),
    };
    if may_resume {
        return resumable.send().await?.map_or(answered, Ok);
    }
    answered
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{self, Read as _};

    use super::*;
    use crate::deliver::server::Endpoint;
    use crate::deliver::transport::{Request, Response, Transport};
    use crate::spool::disk::Bundle;
    use crate::spool::entry::Entry;
    use crate::spool::layout::WaitReason;

    /// Offers uploads, and tells of a request that ended early what clients of HTTP tell: it was cut.
    struct Cut;

    impl Transport for Cut {
        fn send(&self, mut request: Request) -> io::Result<Response> {
            let read = request.read_to_end(&mut Vec::new());
            let cut = |_| io::Error::from(io::ErrorKind::ConnectionAborted);
            read.map_err(cut).map(|_| Response {
                status: 201,
                headers: vec![("Location".to_owned(), "/api/v1/uploads/1".to_owned())],
                body: br#"{"uploads":"/api/v1/uploads"}"#.to_vec(),
            })
        }
    }

    #[tokio::test]
    async fn a_bundle_that_the_system_does_not_read_is_no_trouble_of_the_network() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bundle.zip");
        // As a form, and by tus.
        for bytes in [1000, ASK_FROM + 1] {
            // Open for writing alone: every read fails, as of a disk that is failing.
            let bundle = Bundle::File(File::create(&path).unwrap());
            let parcel = Parcel {
                entry: Entry::of_test(bytes),
                manifest: b"{}".to_vec(),
                bundle,
            };
            let endpoint = Endpoint::of("http://127.0.0.1:9/api/v1/reports", Some(Arc::new(Cut)));
            let server = Server::new(endpoint).unwrap();
            let outcome = deliver(server, parcel, Arc::default()).await;
            let is_local = matches!(
                outcome,
                Outcome::Wait {
                    why: WaitReason::Local,
                    ..
                }
            );
            assert!(is_local, "{outcome:?}");
        }
    }
}
