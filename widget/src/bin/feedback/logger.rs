//! Log records on stderr: warnings, and with `--verbose` every attempt. Never what a person wrote.

use log::{LevelFilter, Log, Metadata, Record};

use crate::output;

struct Stderr;

/// Starts to print log records.
pub(crate) fn start(verbose: bool) {
    let level = if verbose {
        LevelFilter::Debug
    } else {
        LevelFilter::Warn
    };
    // Fails only when a logger is set already; nothing here sets another.
    let _ = log::set_logger(&Stderr).map(|()| log::set_max_level(level));
}

impl Log for Stderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("feedback")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let level = record.level().as_str().to_lowercase();
            output::tell(format_args!("{level}: {}", record.args()));
        }
    }

    fn flush(&self) {}
}
