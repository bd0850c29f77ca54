//! What the program says: a line or a JSON object per report, and the exit status.

use std::io::{self, Write as _};
use std::process::ExitCode;

use feedback_sdk::{ConfigError, FeedbackError, ReportId, WaitReason, WaitingReport, WaitingState};
use serde_json::{Map, Value};

/// What became of the reports, as the numbers of `sysexits.h` say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All sent, or saved as a file.
    Done = 0,
    /// Wrong usage; nothing was done.
    Usage = 64,
    /// The server said no; the report is kept and can be saved as a file.
    Refused = 65,
    /// Could not be stored: nothing was promised.
    NotStored = 74,
    /// On disk, and will be tried again.
    Queued = 75,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why the program gives up, and the status it says so with.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) message: String,
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let remedy = error
            .remedy
            .replace("allow_plain_http(true)", "--allow-plain-http");
        let ConfigError { field, problem, .. } = error;
        Self {
            exit: Exit::Usage,
            message: format!("`{field}` {problem}; {remedy}"),
        }
    }
}

impl From<FeedbackError> for Failure {
    fn from(error: FeedbackError) -> Self {
        let exit = match error {
            FeedbackError::Empty => Exit::Usage,
            _ => Exit::NotStored,
        };
        Self {
            exit,
            message: error.to_string(),
        }
    }
}

/// What became of one report.
#[derive(Debug)]
pub(crate) enum State {
    Sent { number: Option<String> },
    Saved,
    Queued { reason: String },
    Refused { reason: String },
}

impl State {
    pub(crate) fn queued(why: Option<WaitReason>) -> Self {
        let reason = why.map_or_else(|| "not tried yet".to_owned(), |why| why.to_string());
        Self::Queued { reason }
    }

    pub(crate) fn refused(status: u16, detail: Option<&str>) -> Self {
        let detail = detail.map(|detail| format!(": {detail}")).unwrap_or_default();
        Self::Refused {
            reason: format!("HTTP {status}{detail}"),
        }
    }

    pub(crate) fn damaged() -> Self {
        Self::Refused {
            reason: "its file is damaged".to_owned(),
        }
    }

    pub(crate) fn of(waiting: WaitingState) -> Self {
        match waiting {
            WaitingState::Retry(why) => Self::queued(Some(why)),
            WaitingState::Refused(status) => Self::refused(status, None),
            WaitingState::Damaged => Self::damaged(),
            WaitingState::TooOld => Self::Queued {
                reason: "it has waited too long to be sent by itself; `feedback flush` sends it".to_owned(),
            },
            _ => Self::queued(None),
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Sent { .. } | Self::Saved => Exit::Done,
            Self::Queued { .. } => Exit::Queued,
            Self::Refused { .. } => Exit::Refused,
        }
    }
}

/// Prints one report's line.
pub(crate) fn print(json: bool, id: ReportId, bytes: u64, state: &State) {
    let (word, key, detail) = match state {
        State::Sent { number } => ("sent", "number", number.as_deref()),
        State::Saved => ("saved", "", None),
        State::Queued { reason } => ("queued", "reason", Some(reason.as_str())),
        State::Refused { reason } => ("refused", "reason", Some(reason.as_str())),
    };
    let line = if json {
        let mut object = Map::new();
        object.insert("id".to_owned(), id.to_string().into());
        object.insert("state".to_owned(), word.into());
        object.insert("bytes".to_owned(), bytes.into());
        if let Some(detail) = detail {
            object.insert(key.to_owned(), detail.into());
        }
        Value::Object(object).to_string()
    } else {
        let detail = detail.map(|detail| format!(" ({detail})")).unwrap_or_default();
        format!("{word} {id}{detail}, {bytes} bytes")
    };
    // Whoever reads it may have gone; the exit status still tells.
    let _ = writeln!(io::stdout(), "{line}");
}

/// Prints a waiting report's line.
pub(crate) fn print_waiting(json: bool, report: &WaitingReport) {
    print(json, report.id, report.bytes, &State::of(report.state));
}
