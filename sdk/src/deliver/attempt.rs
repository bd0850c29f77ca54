//! One attempt to deliver one bundle: which way it goes, and what became of it.

use std::sync::Arc;

use super::Outcome;
use super::body::{Progress, Shared};
use super::exchange::Failure;
use super::fit::limit_told;
use super::form;
use super::parcel::{Parcel, Reading};
use super::resumable::Resumable;
use super::server::Server;

/// Half of the limit that nginx has by default: what is smaller is taken everywhere, and nobody is asked.
const ASK_FROM: u64 = 512 << 10;

/// Delivers a bundle, or answers why it could not be.
pub(super) async fn deliver(server: Server, parcel: Parcel, progress: Arc<Progress>) -> Outcome {
    let id = parcel.id;
    let bundle = match Reading::of(&parcel) {
        Ok(reading) => Shared::new(reading),
        Err(error) => return Failure::Bundle(error).outcome(id),
    };
    match try_to(&server, &parcel, &bundle, &progress).await {
        Ok(outcome) => outcome,
        Err(_) if bundle.lock().is_damaged() => Outcome::Damaged,
        Err(failure) => failure.outcome(id),
    }
}

async fn try_to(
    server: &Server,
    parcel: &Parcel,
    bundle: &Shared,
    progress: &Arc<Progress>,
) -> Result<Outcome, Failure> {
    let form = form::send(server, parcel, bundle, progress);
    if parcel.bytes <= ASK_FROM {
        return form.await;
    }
    let offer = server.offer().await;
    if let Some(max_bytes) = offer.max_bytes
        && limit_told(parcel.bytes, max_bytes).is_some()
    {
        let max_bytes = Some(max_bytes);
        return Ok(Outcome::TooLarge { max_bytes });
    }
    let Some(uploads) = &offer.uploads else {
        return form.await;
    };
    let resumable = Resumable {
        server,
        uploads,
        parcel,
        bundle,
        progress,
    };
    if parcel.bytes > server.endpoint.resumable_from {
        return match resumable.send().await? {
            Some(outcome) => Ok(outcome),
            None => form.await,
        };
    }
    let answered = form.await;
    // A proxy's no, or one that hung up. In smaller pieces it lets everything through.
    let may_resume = match &answered {
        Ok(Outcome::TooLarge { max_bytes: None }) => server.halve_piece(parcel.bytes),
        Ok(_) => false,
        Err(failure) => failure.is_cut() && !bundle.lock().is_damaged(),
    };
    if may_resume {
        return resumable.send().await?.map_or(answered, Ok);
    }
    answered
}
