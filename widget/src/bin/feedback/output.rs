//! What the program says: a line or a JSON object per report, and the exit status.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use feedback_sdk::{ConfigError, FeedbackError, Gap, ReportId, WaitReason, WaitingState};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

/// Says something beside the results. A stderr that is closed or full is no reason to lose a report.
pub(crate) fn tell(what: impl Display) {
    let _ = writeln!(io::stderr(), "feedback: {what}");
}

/// What became of the reports, as the numbers of `sysexits.h` say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All sent, or saved as a file.
    Done = 0,
    /// A person closed the window without sending: what `zenity` and `kdialog` say for it.
    Cancelled = 1,
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
    Sent {
        number: Option<String>,
    },
    Saved,
    Queued {
        reason: String,
    },
    Refused {
        reason: String,
    },
    /// A person has taken it back.
    Cancelled,
}

impl State {
    pub(crate) fn queued(why: Option<WaitReason>) -> Self {
        // A first try may be under way, here or in another process.
        let reason = why.map_or_else(|| "not sent yet".to_owned(), |why| why.to_string());
        Self::Queued { reason }
    }

    pub(crate) fn refused(status: u16, detail: Option<&str>) -> Self {
        let detail = detail.map(|detail| format!(": {detail}")).unwrap_or_default();
        let no = match status {
            401 => "the server does not know this key",
            404 | 410 => "nothing takes reports at this address",
            413 => "it is too large for the server, also without its files",
            _ => "the server does not accept it",
        };
        Self::Refused {
            reason: format!("{no} (HTTP {status}){detail}"),
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
                reason: "it has waited too long to be sent by itself".to_owned(),
            },
            WaitingState::SetAside => Self::Refused {
                reason: "another version has set it aside".to_owned(),
            },
            _ => Self::queued(None),
        }
    }

    /// The word for it, and what there is to add under which key.
    fn words(&self) -> (&'static str, &'static str, Option<&str>) {
        match self {
            Self::Sent { number } => ("sent", "number", number.as_deref()),
            Self::Saved => ("saved", "", None),
            Self::Queued { reason } => ("queued", "reason", Some(reason)),
            Self::Refused { reason } => ("refused", "reason", Some(reason)),
            Self::Cancelled => ("cancelled", "", None),
        }
    }

    /// What will become of one that waits. No program runs in between, so no time can be told.
    fn next(&self) -> Option<&'static str> {
        match self {
            Self::Sent { .. } | Self::Saved | Self::Cancelled => None,
            Self::Queued { .. } => Some("`feedback flush` with its --endpoint and --key sends it"),
            Self::Refused { .. } => Some(
                "kept; `feedback flush` with its --endpoint and --key tries it again, `feedback save` writes it to a file",
            ),
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Sent { .. } | Self::Saved => Exit::Done,
            Self::Queued { .. } => Exit::Queued,
            Self::Refused { .. } => Exit::Refused,
            Self::Cancelled => Exit::Cancelled,
        }
    }
}

/// What is said of one report.
pub(crate) struct Line<'a> {
    /// Its id and the size of its bundle. `None`: there is no report.
    report: Option<(ReportId, u64)>,
    state: &'a State,
    gaps: &'a [Gap],
    /// Since when it waits, and in which folder.
    waits: Option<(SystemTime, &'a Path)>,
}

impl<'a> Line<'a> {
    pub(crate) fn new(id: ReportId, bytes: u64, state: &'a State) -> Self {
        Self {
            report: Some((id, bytes)),
            ..Self::nothing(state)
        }
    }

    /// For a report that never came to be.
    pub(crate) fn nothing(state: &'a State) -> Self {
        Self {
            report: None,
            state,
            gaps: &[],
            waits: None,
        }
    }

    /// What is not in the report, for programs; people read it on stderr.
    pub(crate) fn with_gaps(self, gaps: &'a [Gap]) -> Self {
        Self { gaps, ..self }
    }

    /// Since when it waits, and in which folder.
    pub(crate) fn waiting(self, since: SystemTime, folder: &'a Path) -> Self {
        let waits = Some((since, folder));
        Self { waits, ..self }
    }

    fn json(&self) -> Value {
        let (word, key, detail) = self.state.words();
        let mut object = Map::new();
        object.insert("state".to_owned(), word.into());
        if let Some((id, bytes)) = self.report {
            object.insert("id".to_owned(), id.to_string().into());
            object.insert("bytes".to_owned(), bytes.into());
        }
        if let Some(detail) = detail {
            object.insert(key.to_owned(), detail.into());
        }
        if let Some((since, folder)) = self.waits {
            if let Ok(since) = Timestamp::try_from(since) {
                object.insert("stored_at".to_owned(), format!("{since:.0}").into());
            }
            object.insert("spool".to_owned(), folder.to_string_lossy().into());
        }
        if !self.gaps.is_empty() {
            let gap = |gap: &Gap| json!({ "what": gap.what, "why": gap.why.to_string() });
            object.insert("gaps".to_owned(), self.gaps.iter().map(gap).collect());
        }
        Value::Object(object)
    }

    fn text(&self, now: SystemTime) -> String {
        let (word, _, detail) = self.state.words();
        let detail = detail.map(|detail| format!(" ({detail})")).unwrap_or_default();
        let waits = self.waits.map(|(since, folder)| {
            let next = self.state.next().map(|next| format!("; {next}"));
            let (folder, age) = (folder.display(), age(since, now));
            format!(", in {folder}, {age}{}", next.unwrap_or_default())
        });
        let Some((id, bytes)) = self.report else {
            return word.to_owned();
        };
        let waits = waits.unwrap_or_default();
        format!("{word} {id}{detail}, {bytes} bytes{waits}")
    }
}

/// "2h 5m ago".
fn age(at: SystemTime, now: SystemTime) -> String {
    let seconds = now.duration_since(at).unwrap_or_default().as_secs();
    let minutes = i64::try_from(seconds / 60).unwrap_or_default();
    match minutes {
        0 => "just now".to_owned(),
        minutes => format!("{:#} ago", SignedDuration::from_mins(minutes)),
    }
}

/// Prints one report's line.
pub(crate) fn print(json: bool, line: &Line<'_>) {
    let line = if json {
        line.json().to_string()
    } else {
        line.text(SystemTime::now())
    };
    // Whoever reads it may have gone; the exit status still tells.
    let _ = writeln!(io::stdout(), "{line}");
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_age_is_read_at_a_glance() {
        let at = SystemTime::UNIX_EPOCH;
        let age = |seconds| age(at, at + Duration::from_secs(seconds));
        assert_eq!(age(59), "just now");
        assert_eq!(age(2 * 3600 + 5 * 60 + 7), "2h 5m ago");
        assert_eq!(
            super::age(at + Duration::from_secs(9), at),
            "just now",
            "a clock that was set back"
        );
    }
}
