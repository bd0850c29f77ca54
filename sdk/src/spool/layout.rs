//! The names of spool entries. Pure.
//!
//! `<uuid>.<crc32 of the file, 8 hex>.<state>.zip`, where the state is `new`, or `wait-<why>` after a
//! failed attempt, `refused-<status>` when the server said no, `damaged` when the file is not what
//! was written. Whatever else a later version writes there in letters, digits and hyphens, it is a report of ours: an
//! unknown `wait-<why>` waits as others do, any other word is kept and not sent.
//!
//! Beside it, while a resumable upload is on its way, `<uuid>.<crc32>.upload`; and after it, for the process
//! that has stored what another has sent, `<uuid>.sent`. For later runs, `reply-to` and `limit`. See
//! [`note`](super::note).

use std::fmt;

use crate::id::ReportId;

/// All that is known of an entry, in its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryName {
    pub(crate) id: ReportId,
    /// Of the whole file. Tells a file that the disk has damaged; costs nothing beside writing it.
    pub(crate) crc32: u32,
    pub(crate) state: EntryState,
}

/// What has become of an entry so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryState {
    /// Not tried yet.
    New,
    /// Tried; will be tried again.
    Waiting(WaitReason),
    /// The server said no with this status; kept until the person or the maker does something.
    Refused(u16),
    /// The file is not what was written; kept, and never sent.
    Damaged,
    /// A word of another version; kept until the person does something.
    SetAside,
}

/// Why a report has not arrived yet. It will be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitReason {
    /// The server could not be reached: offline, no route, refused connection, bad certificate.
    Offline,
    /// The server, or the way to it, stopped answering.
    Timeout,
    /// Something answered that gave no receipt, such as a hotel's log-in page.
    NoReceipt,
    /// This computer is in the way: it cannot read the report's file now, or not begin to send it.
    Local,
    /// Delivery is switched off here ([`FeedbackConfig::deliver`](crate::FeedbackConfig::deliver)); a
    /// later run, or another process, will send it.
    Held,
    /// Another version has tried it, and noted a reason that this one does not know.
    Unknown,
    /// The server answered with this HTTP status: busy, in trouble, or asking to wait. With 407 and 511 it was the network,
    /// which asks for a password first. With 413 it takes no report so large, and there was no room yet to make it smaller.
    Server(u16),
}

impl WaitReason {
    /// Whether the other reports wait for as long, since none could leave.
    #[must_use]
    pub const fn holds_up_others(self) -> bool {
        !matches!(self, Self::Local | Self::Server(_))
    }
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offline => f.write_str("the server cannot be reached"),
            Self::Timeout => f.write_str("the server stopped answering"),
            Self::NoReceipt => f.write_str("something other than the server answered (a log-in page?)"),
            Self::Local => f.write_str("something on this computer keeps it from being sent now"),
            Self::Held => f.write_str("it is left to another run to send it"),
            Self::Unknown => f.write_str("another version has tried it"),
            Self::Server(413) => {
                f.write_str("it is too large for the server, and could not be made smaller yet")
            }
            Self::Server(status) => {
                let why = match status {
                    407 | 511 => "the network asks for a password before it lets anything out",
                    408 | 423 | 425 | 429 | 503 => "the server is busy",
                    507 => "the server has no room left",
                    500.. => "the server has a problem of its own",
                    _ => "the server did not take it this time",
                };
                write!(f, "{why} (HTTP {status})")
            }
        }
    }
}

impl EntryName {
    /// Reads a file name; `None` for anything that is no entry.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let mut parts = name.strip_suffix(".zip")?.split('.');
        let (id, crc32, state) = (parts.next()?, parts.next()?, parts.next()?);
        let hex = crc32.len() == 8 && crc32.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if parts.next().is_some() || !hex {
            return None;
        }
        Some(Self {
            id: id.parse().ok()?,
            crc32: u32::from_str_radix(crc32, 16).ok()?,
            state: EntryState::parse(state)?,
        })
    }
}

/// The name of the file with the address for answers.
pub(crate) const REPLY_TO: &str = "reply-to";
/// The name of the file with the most bytes that the server takes.
pub(crate) const LIMIT: &str = "limit";

/// The name of the file that says that a report was sent.
pub(crate) fn sent_note(id: ReportId) -> String {
    format!("{id}.sent")
}

/// Whether a file says that some report was sent.
pub(crate) fn is_sent_note(name: &str) -> bool {
    let id = name.strip_suffix(".sent").map(str::parse::<ReportId>);
    id.is_some_and(|id| id.is_ok())
}

impl EntryName {
    /// The name of the file that says where the upload of these bytes goes on; see [`note`](super::note).
    pub(crate) fn upload_note(&self) -> String {
        format!("{}.{:08x}.upload", self.id, self.crc32)
    }

    /// The entry that a note belongs to, whatever its state by now; `None` for anything that is no note.
    pub(crate) fn of_note(name: &str) -> Option<Self> {
        Self::parse(&format!("{}.new.zip", name.strip_suffix(".upload")?))
    }
}

impl fmt::Display for EntryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:08x}.{}.zip", self.id, self.crc32, self.state)
    }
}

impl EntryState {
    fn parse(text: &str) -> Option<Self> {
        let ours = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if text.is_empty() || !text.bytes().all(ours) {
            return None;
        }
        let (word, detail) = text.split_once('-').unwrap_or((text, ""));
        Some(match (word, detail) {
            ("new", "") => Self::New,
            ("damaged", "") => Self::Damaged,
            ("refused", status) => status.parse().map_or(Self::SetAside, Self::Refused),
            ("wait", "offline") => Self::Waiting(WaitReason::Offline),
            ("wait", "timeout") => Self::Waiting(WaitReason::Timeout),
            ("wait", "noreceipt") => Self::Waiting(WaitReason::NoReceipt),
            ("wait", "local") => Self::Waiting(WaitReason::Local),
            ("wait", "held") => Self::Waiting(WaitReason::Held),
            ("wait", status) => Self::Waiting(status.parse().map_or(WaitReason::Unknown, WaitReason::Server)),
            _ => Self::SetAside,
        })
    }
}

impl fmt::Display for EntryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("new"),
            Self::Damaged => f.write_str("damaged"),
            Self::SetAside => f.write_str("set-aside"),
            Self::Waiting(WaitReason::Offline) => f.write_str("wait-offline"),
            Self::Waiting(WaitReason::Timeout) => f.write_str("wait-timeout"),
            Self::Waiting(WaitReason::NoReceipt) => f.write_str("wait-noreceipt"),
            Self::Waiting(WaitReason::Local) => f.write_str("wait-local"),
            Self::Waiting(WaitReason::Held) => f.write_str("wait-held"),
            Self::Waiting(WaitReason::Unknown) => f.write_str("wait-unknown"),
            Self::Waiting(WaitReason::Server(status)) => write!(f, "wait-{status}"),
            Self::Refused(status) => write!(f, "refused-{status}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_everything_and_reads_back() {
        for state in [
            EntryState::New,
            EntryState::Waiting(WaitReason::Offline),
            EntryState::Waiting(WaitReason::Timeout),
            EntryState::Waiting(WaitReason::NoReceipt),
            EntryState::Waiting(WaitReason::Local),
            EntryState::Waiting(WaitReason::Held),
            EntryState::Waiting(WaitReason::Unknown),
            EntryState::Waiting(WaitReason::Server(503)),
            EntryState::Refused(401),
            EntryState::Damaged,
            EntryState::SetAside,
        ] {
            let name = EntryName {
                id: ReportId::new(),
                crc32: 0xab,
                state,
            };
            assert_eq!(EntryName::parse(&name.to_string()), Some(name));
        }
    }

    #[test]
    fn only_a_server_that_says_so_is_called_busy() {
        let told = |status| WaitReason::Server(status).to_string();
        for status in [408, 429, 503] {
            assert!(told(status).contains("busy"), "{status}");
        }
        for (status, why) in [
            (407, "the network"),
            (413, "too large"),
            (500, "problem"),
            (502, "problem"),
            (507, "no room"),
            (511, "the network"),
            (403, "did not take it"),
        ] {
            assert!(told(status).contains(why), "{status}");
        }
    }

    #[test]
    fn what_a_later_version_writes_is_a_report_too() {
        for (word, state) in [
            ("wait-moon", EntryState::Waiting(WaitReason::Unknown)),
            ("wait-99999", EntryState::Waiting(WaitReason::Unknown)),
            ("wait", EntryState::Waiting(WaitReason::Unknown)),
            ("parked", EntryState::SetAside),
            ("parked-for-2-days", EntryState::SetAside),
            ("refused-99999", EntryState::SetAside),
            ("new-moon", EntryState::SetAside),
        ] {
            let name = EntryName::parse(&format!("{}.0123abcd.{word}.zip", ReportId::new()));
            assert_eq!(name.unwrap().state, state, "{word}");
        }
    }

    #[test]
    fn foreign_names_are_no_entries() {
        let id = ReportId::new();
        let hash = "0123abcd".to_owned();
        for name in [
            String::new(),
            ".zip".to_owned(),
            "holiday.zip".to_owned(),
            format!("{id}.zip"),
            format!("{id}.{hash}.zip"),
            format!("{id}.{hash}.new"),
            format!("{id}.{hash}.new.zip.part"),
            format!("{id}.{hash}.new.more.zip"),
            format!("{id}.{hash}..zip"),
            format!("{id}.{hash}.NEW.zip"),
            format!("{id}.{hash}.new (1).zip"),
            format!("{id}.{}.new.zip", &hash[1..]),
            format!("{id}.{}.new.zip", hash.to_uppercase()),
        ] {
            assert_eq!(EntryName::parse(&name), None, "{name}");
        }
    }
}
