//! How much a report may hold. Pure.

/// How much of each kind of evidence, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    pub(crate) log_file: u64,
    pub(crate) log_total: u64,
    pub(crate) attachment: u64,
}

impl Budget {
    pub(crate) const DEFAULT: Self = Self {
        log_file: 8 << 20,
        log_total: 64 << 20,
        attachment: 25_000_000,
    };
}
