//! Names of widgets that must be found again. No two dialogs of an app share one, whichever windows show them: egui
//! keeps cursors, undo and scrolling for all windows by name.

use std::fmt::Debug;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};

use egui::Id;

/// The names of one part of one dialog.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ids(u64);

impl Ids {
    pub(crate) fn of(self, widget: impl Hash + Debug) -> Id {
        Id::unique(("feedback", self.0, widget))
    }
}

impl Default for Ids {
    fn default() -> Self {
        static MADE: AtomicU64 = AtomicU64::new(0);
        Self(MADE.fetch_add(1, Ordering::Relaxed))
    }
}
