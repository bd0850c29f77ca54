//! Whether the window may go, or something in it is nowhere else. Pure.

use std::time::Duration;

/// How long a report that is just being stored may take before the person is asked.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// Whether the window may go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Leaving {
    No,
    /// Something would be lost.
    Asking {
        /// In seconds of [`InputState::time`](eframe::egui::InputState::time).
        since: f64,
    },
    Free,
}

impl Leaving {
    /// The person wants to leave.
    pub(super) fn asked(is_safe: bool, now: f64) -> Self {
        if is_safe {
            Self::Free
        } else {
            Self::Asking { since: now }
        }
    }

    /// What would have been lost has arrived, or is stored.
    pub(super) fn is_safe_now(&mut self) {
        if let Self::Asking { .. } = self {
            *self = Self::Free;
        }
    }
}

/// Whether a report that is on its way is still given time to be stored.
pub(super) fn may_still_be_stored(is_sending: bool, since: f64, now: f64) -> bool {
    is_sending && now - since < PATIENCE.as_secs_f64()
}
