//! What rules read of a text, counted on each thread.

use std::cell::Cell;

thread_local! {
    /// What was read on this thread.
    static READ: Cell<usize> = const { Cell::new(0) };
}

/// Counts what is read of a text at once, in bytes: each piece that rules read one by is counted as it is read.
pub(crate) fn read(bytes: usize) {
    READ.set(READ.get().wrapping_add(ONCE + bytes));
}

/// As many bytes take as long as to begin to read.
const ONCE: usize = 8;

/// What was read on this thread, in bytes.
pub(super) fn so_far() -> usize {
    READ.get()
}
