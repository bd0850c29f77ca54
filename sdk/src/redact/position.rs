//! How far a text is masked that comes piece by piece. Pure.

use super::endless::Endless;
use super::rule::AHEAD;
use super::search::Reached;
use super::sight::Sight;

/// How far a text is masked, in bytes of it.
#[derive(Debug, Default)]
pub(super) struct Position {
    /// No find before this is missing.
    pub(super) searched: Reached,
    /// What stands before this is settled.
    pub(super) floor: usize,
    /// What stands before this is in the answer, or a part of no answer.
    pub(super) done: usize,
    /// What ends before this is not masked and not counted.
    pub(super) lead: usize,
    /// A find that goes on behind the text.
    pub(super) endless: Option<Endless>,
    pub(super) sight: Sight,
}

impl Position {
    pub(super) fn reach(&mut self, byte: usize) {
        self.searched = self.searched.max(Reached::byte(byte));
    }

    pub(super) fn behind(lead: usize) -> Self {
        Self {
            done: lead,
            lead,
            ..Self::default()
        }
    }
}

/// Where a search of a text that goes on may begin again when it has found nothing.
pub(super) fn settled(text: &str) -> usize {
    text.floor_char_boundary(text.len().saturating_sub(AHEAD))
}
