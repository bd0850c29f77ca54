//! From the body of a request to the file of its upload, a few hundred kilobytes in memory at a time.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use super::folder::Upload;
use super::headers::Checksum;
use super::part::Part;
use super::turns::Turn;
use crate::app::App;
use crate::body::{BodyError, LONGEST, PoliteBody};
use crate::problem::Problem;
use crate::task::blocking;

/// How much is gathered before the disk is asked, 256 KiB: fewer thread hops, and little to hold for many slow clients.
const BATCH_BYTES: usize = 256 * 1024;

/// How long a newer request waits for a byte of an older one, 100 ms: a client that is still there sends.
const SILENCE: Duration = Duration::from_millis(100);

/// Adds a body to an upload. What came before a body broke off is kept, unless it has a checksum.
pub(super) async fn append(
    app: &App,
    turn: &mut Turn,
    upload: Upload,
    checksum: Option<Checksum>,
    mut body: PoliteBody,
) -> Result<(), Problem> {
    body.at_most(upload.state.length - upload.offset);
    let memory = turn.memory.take();
    let all_or_nothing = checksum.is_some();
    let folder = Arc::clone(&app.uploads.folder);
    let open = move || Part::open(&folder, &upload, memory, checksum);
    let mut part = blocking(open).await??;

    let mut longest = Box::pin(sleep(LONGEST));
    let mut batch = Vec::new();
    let ended = loop {
        let next = tokio::select! {
            biased;
            () = &mut longest => break Err(Problem::too_slow("The request took more than an hour. Go on with the next.")),
            next = body.next() => next,
            () = falls_silent(turn) => break Err(superseded()),
        };
        match next {
            None => break Ok(()),
            Some(Ok(bytes)) => batch.extend_from_slice(&bytes),
            Some(Err(error)) => break Err(broken(app, &error)),
        }
        if batch.len() >= BATCH_BYTES {
            part = write(part, &mut batch).await?;
        }
    };
    if all_or_nothing && let Err(problem) = ended {
        return Err(problem);
    }
    part = write(part, &mut batch).await?;
    let (mark, right) = blocking(move || part.end()).await??;
    *turn.memory = Some(mark);
    ended?;
    right.then_some(()).ok_or_else(Problem::wrong_checksum)
}

/// Ends when a newer request waits and nothing comes any more. What does come counts: requests that ended each other at
/// once would get nowhere together.
async fn falls_silent(turn: &mut Turn) {
    turn.superseded().await;
    sleep(SILENCE).await;
}

async fn write(mut part: Part, batch: &mut Vec<u8>) -> Result<Part, Problem> {
    let bytes = mem::take(batch);
    let write = move || part.write(&bytes).map(|()| part);
    Ok(blocking(write).await??)
}

fn superseded() -> Problem {
    Problem::other_offset(
        "A newer request goes on with this upload. Ask for its offset with `HEAD`.".to_owned(),
    )
}

pub(super) fn too_many() -> Problem {
    Problem::bad_request("There are more bytes than the upload's length has left.")
}

fn broken(app: &App, error: &BodyError) -> Problem {
    match error {
        BodyError::TooLarge => too_many(),
        BodyError::TooSlow => {
            let seconds = app.idle_timeout.as_secs();
            Problem::too_slow(&format!(
                "Not a byte came for {seconds} s. Ask for the offset with `HEAD` and go on."
            ))
        }
        BodyError::Broken(_) => {
            Problem::incomplete("The request ended before its end. Ask for the offset with `HEAD` and go on.")
        }
    }
}
