//! The app's log: one file a day in one folder, the newest seven kept.
//!
//! This is what a real app writes anyway, and what makes a report useful. The app logs what it did
//! and to which file; the feedback window masks what is private in it before anything is sent.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use feedback_sdk::LogRing;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

/// Files to keep: a week shows what has changed since it still worked.
const DAYS: usize = 7;

/// A process has one log.
static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// Where the app logs to when nobody says otherwise: beside the place where reports wait.
pub fn default_folder() -> Option<PathBuf> {
    let reports = feedback_sdk::default_spool_dir(crate::APP_NAME)?;
    Some(reports.parent()?.join("logs"))
}

/// Starts to log into `folder`, or goes on in the folder where this process logs already. Answers
/// the folder.
pub fn start(folder: &Path) -> io::Result<&'static Path> {
    if let Some(started) = FOLDER.get() {
        return Ok(started);
    }
    std::fs::create_dir_all(folder)?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("notes")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)
        .map_err(io::Error::other)?;
    let file = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(files) // not buffered: the last line before a crash matters most
        .with_filter(LevelFilter::INFO);
    // Memory costs no disk: the app's own lines in full.
    let all_of_ours = Targets::new()
        .with_default(LevelFilter::INFO)
        .with_target("demo_app", LevelFilter::TRACE);
    let subscriber = tracing_subscriber::registry()
        .with(file)
        .with(ring().layer().with_filter(all_of_ours));
    let folder = FOLDER.get_or_init(|| folder.to_owned());
    // Takes the records of `log` too, so the SDK's are in the same file.
    subscriber.try_init().map_err(io::Error::other)?;
    Ok(folder)
}

/// The newest lines in memory, for the feedback window, and for the record of a crash.
pub fn ring() -> &'static LogRing {
    static RING: OnceLock<LogRing> = OnceLock::new();
    RING.get_or_init(LogRing::new)
}

/// The pattern of the log files in a folder, for the feedback window to collect.
pub fn pattern(folder: &Path) -> String {
    // The folder's own name is no pattern, whatever it holds.
    let folder: String = folder
        .to_string_lossy()
        .chars()
        .map(|letter| match letter {
            '*' | '?' | '[' | ']' => format!("[{letter}]"),
            _ => letter.to_string(),
        })
        .collect();
    Path::new(&folder).join("notes.*.log").display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_brackets_is_no_pattern() {
        assert_eq!(
            pattern(Path::new("a[1]")),
            Path::new("a[[]1[]]").join("notes.*.log").display().to_string()
        );
    }
}
