//! The app's log: one file a day in one folder, the newest seven kept.
//!
//! This is what a real app writes anyway, and what makes a report useful. The app logs what it did
//! and to which file; the feedback window masks what is private in it before anything is sent.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::LevelFilter;

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
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::INFO)
        .with_ansi(false)
        .with_writer(files) // not buffered: the last line before a crash matters most
        .finish();
    let folder = FOLDER.get_or_init(|| folder.to_owned());
    // Takes the records of `log` too, so the SDK's are in the same file.
    tracing_subscriber::util::SubscriberInitExt::try_init(subscriber).map_err(io::Error::other)?;
    Ok(folder)
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
