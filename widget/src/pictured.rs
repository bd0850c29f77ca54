//! Guards the looks of every state: each is named here by what it is in the code, and its pictures are in the repository.

use std::path::Path;

use crate::dialog::notice::Notice;
use crate::phase::{Cause, Phase, Proof, Refusal, Stage, Trouble};

/// The pictures in which the variants of an enum can be seen. Without a wildcard, so that a new one does not compile
/// until it is here. `but` those that name a place on this machine, or that a test cannot bring about.
macro_rules! pictures {
    ($state:ty: $($variant:pat => $picture:literal),+ $(; but $($own:pat),+)?) => {{
        let _all = |state: &$state| match state { $($variant => {})+ $($($own => {})+)? };
        [$($picture),+]
    }};
}

#[test]
fn every_state_has_its_pictures() {
    let phases = pictures!(Phase:
        Phase::Form { trouble: None } => "empty",
        Phase::Form { trouble: Some(_) } => "no-room",
        Phase::Collecting => "collecting",
        Phase::Away(_) => "sent"
    );
    let troubles = pictures!(Trouble:
        Trouble::Collecting(_) => "withheld",
        Trouble::Storing(_) => "no-room",
        Trouble::Saving(_) => "not-filed",
        Trouble::Delivering(_) => "not-delivered"
    );
    let stages = pictures!(Stage:
        Stage::Storing => "collecting", // it looks the same
        Stage::Sending(_) => "sending",
        Stage::TakingBack(_) => "cancelling",
        Stage::Sent(Proof::Receipt(_)) => "sent",
        Stage::Waiting { .. } => "waiting",
        Stage::Refused(_) => "refused";
        but Stage::Sent(Proof::File(_))
    );
    let refusals = pictures!(Refusal:
        Refusal::Server { .. } => "refused",
        Refusal::Damaged => "earlier-kept",
        Refusal::Vanished => "vanished",
        Refusal::TooOld => "earlier-kept",
        Refusal::SetAside => "earlier-kept";
        but Refusal::NotRetried(_)
    );
    let causes = pictures!(Cause:
        Cause::Full(_) => "no-room",
        Cause::Disk { .. } => "not-stored",
        Cause::Save { .. } => "not-saved",
        Cause::Withheld(_) => "withheld";
        but Cause::Stopped, Cause::MemoryFull(_), Cause::Unsafe(_), Cause::NoFolder, Cause::Other(_)
    );
    let notices = pictures!(Notice:
        Notice::WouldBeLost => "would-be-lost",
        Notice::IsLong => "long-text",
        Notice::ForNext => "for-next",
        Notice::Added => "editor-added",
        Notice::Removed(_) => "removed",
        Notice::Copied => "copied",
        Notice::CopiedThis => "copied-this",
        Notice::NoPicture => "no-picture",
        Notice::NoScreen(_) => "no-screen",
        Notice::NoFont(_) => "no-font",
        Notice::WordsAgain => "words-again",
        Notice::NotSaved(_) => "not-saved",
        Notice::SentInstead => "not-saved", // it looks the same
        Notice::NothingToSave => "not-saved"; // so does this
        but Notice::Saved(_), Notice::NotDeleted(_), Notice::NotRead(_)
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/pictures");
    let all: [&[&str]; 6] = [&phases, &troubles, &stages, &refusals, &causes, &notices];
    for state in all.into_iter().flatten() {
        for language in ["", "-de", "-ru", "-ja"] {
            for theme in ["light", "dark"] {
                let picture = folder.join(format!("{state}{language}-{theme}.png"));
                assert!(picture.exists(), "{} is missing", picture.display());
            }
        }
    }
}
