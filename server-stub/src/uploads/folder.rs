//! The folder is the state: `<id>.state` says what an upload is, `<id>.part` holds its bytes and is there until they are
//! a report.
//!
//! A state is two lines: how many bytes count, in twenty digits that are overwritten in place, and the rest as JSON,
//! which is written as a whole. The time of its last change is the time of the upload's last byte.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::secret;
use crate::store::disk;

/// How long an upload waits for its next byte, and a receipt for its last question: a week's holiday without a network.
const LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long an upload with all its bytes may be silent when another one needs its room: longer than any request may
/// take. One with half of them has half the time: who holds room that others need has to fill it.
const LASTS_WHEN_FULL: SignedDuration = SignedDuration::from_hours(2);

/// The least of it, for one that has just begun: the slowest network brings bytes that count meanwhile.
const LASTS_EMPTY: SignedDuration = SignedDuration::from_mins(5);

/// The most uploads that are not reports yet. Each is two files that a new one has to look at: a thousand take some ms.
const MAX_UPLOADS: usize = 1000;

/// The most bytes that these may have together, in uploads of the largest size: 2 GiB by default.
const MAX_FULL_UPLOADS: u64 = 64;

const STATE: &str = "state";
const PART: &str = "part";
/// What a stop leaves while a state is written as a whole.
const HALF_STATE: &str = "state.new";

/// The name of an upload: 256 random bits in hex, so a name that was parsed is safe in a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct UploadId(String);

impl UploadId {
    /// `None` only when the system has no randomness to give.
    pub(super) fn random() -> Option<Self> {
        secret::random().map(Self)
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 64 && text.bytes().all(is_hex)).then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is known of an upload besides its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// The hash of the project key that it belongs to.
    pub(super) key: String,
    pub(super) length: u64,
    /// As the client sent it.
    pub(super) metadata: Option<String>,
    /// The report that it is, or is about to be.
    pub(super) report: Option<Uuid>,
}

/// An upload as it is in the folder.
#[derive(Debug)]
pub(super) struct Upload {
    pub(super) id: UploadId,
    pub(super) state: State,
    /// How many of its bytes the server has.
    pub(super) offset: u64,
    pub(super) stage: Stage,
    /// When its last byte came.
    pub(super) changed: Timestamp,
}

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Bytes are missing.
    Growing,
    /// All bytes are here, and they are not a report yet.
    Whole,
    /// The report exists; of the upload only the state is left.
    Stored(Uuid),
}

/// Why an upload was not made.
#[derive(Debug, thiserror::Error)]
pub(super) enum CreateError {
    #[error("too many unfinished uploads")]
    Full,
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// The folder of all uploads.
pub(super) struct Folder {
    dir: PathBuf,
    /// The largest upload.
    max_bytes: u64,
    /// Held while room is counted and taken: the first of an upload's two files is nobody's until the other is there.
    creating: Mutex<()>,
}

impl Folder {
    pub(super) fn open(dir: PathBuf, max_bytes: u64, now: Timestamp) -> io::Result<Self> {
        disk::make_dir(&dir)?;
        let folder = Self {
            dir,
            max_bytes,
            creating: Mutex::default(),
        };
        folder.sweep(now)?;
        Ok(folder)
    }

    pub(super) fn state(&self, id: &UploadId) -> PathBuf {
        self.path(id, STATE)
    }

    pub(super) fn part(&self, id: &UploadId) -> PathBuf {
        self.path(id, PART)
    }

    fn path(&self, id: &UploadId, ending: &str) -> PathBuf {
        self.dir.join(format!("{id}.{ending}"))
    }

    /// A new upload without bytes; on success it survives a power cut. Where there is no room, those that were silent for
    /// longest beyond their time make it.
    pub(super) fn create(&self, state: &State, now: Timestamp) -> Result<UploadId, CreateError> {
        let _creating = self.creating.lock().unwrap_or_else(PoisonError::into_inner);
        let mut waiting = self.unfinished(now)?;
        waiting.sort_by_key(|upload| beyond_its_time(upload, now));
        while !has_room(&waiting, state.length, self.max_bytes) {
            let is_over = |upload: &Upload| !beyond_its_time(upload, now).is_negative();
            let longest = waiting.pop().filter(is_over).ok_or(CreateError::Full)?;
            if let Err(error) = self.remove(&longest.id) {
                log::warn!("cannot remove {}: {error}", self.state(&longest.id).display());
            }
        }
        let id = UploadId::random().ok_or_else(|| io::Error::other("the system gave no randomness"))?;
        // First, so that the sync of the state's name is that of its name too.
        File::create_new(self.part(&id))?;
        if let Err(error) = self.write(&id, 0, state) {
            self.remove_part(&id)?;
            return Err(error.into());
        }
        Ok(id)
    }

    /// An upload that is there and not too old.
    pub(super) fn find(&self, id: &UploadId, now: Timestamp) -> io::Result<Option<Upload>> {
        let path = self.state(id);
        let (Some(text), Some(changed)) = (there(fs::read(&path))?, changed(&path)?) else {
            return Ok(None);
        };
        if is_over(changed, LASTS, now) {
            return Ok(None);
        }
        let Some((count, about)) = parse(&text) else {
            log::warn!("{} is damaged", path.display());
            return Ok(None);
        };
        let part = there(fs::metadata(self.part(id)))?.map(|part| part.len());
        let (offset, stage) = match (part, about.report) {
            (None, Some(report)) => (about.length, Stage::Stored(report)),
            // On a disk that lost what it had promised, go on from what is there.
            (part, _) => match count.min(part.unwrap_or(0)) {
                offset if offset < about.length => (offset, Stage::Growing),
                _ => (about.length, Stage::Whole),
            },
        };
        Ok(Some(Upload {
            id: id.clone(),
            state: about,
            offset,
            stage,
            changed,
        }))
    }

    /// Says which report an upload is about to be, before it is one: after a crash in between, its receipt is found.
    pub(super) fn name_report(&self, upload: &mut Upload, report: Uuid) -> io::Result<()> {
        upload.state.report = Some(report);
        self.write(&upload.id, upload.offset, &upload.state)
    }

    fn write(&self, id: &UploadId, bytes: u64, state: &State) -> io::Result<()> {
        let json = serde_json::to_string(state)?;
        disk::write_whole(&self.state(id), &format!("{}{json}", first_line(bytes)))
    }

    /// Removes an upload, its state first: bytes without a state are nobody's.
    pub(super) fn remove(&self, id: &UploadId) -> io::Result<()> {
        there(fs::remove_file(self.state(id)))?;
        self.remove_part(id)
    }

    pub(super) fn remove_part(&self, id: &UploadId) -> io::Result<()> {
        there(fs::remove_file(self.part(id))).map(drop)
    }

    /// Removes what nobody came back for, and what a stop left half. Foreign files stay, and what cannot be removed:
    /// it takes room, and is no reason to take no reports.
    pub(super) fn sweep(&self, now: Timestamp) -> io::Result<()> {
        let _creating = self.creating.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, ending) in self.files()? {
            if let Err(error) = self.sweep_one(&id, &ending, now) {
                let path = self.path(&id, &ending);
                log::warn!("cannot sweep {}: {error}", path.display());
            }
        }
        Ok(())
    }

    fn sweep_one(&self, id: &UploadId, ending: &str, now: Timestamp) -> io::Result<()> {
        match ending {
            STATE if is_old(&self.state(id), now)? => self.remove(id),
            PART if !self.exists(id) => self.remove_part(id),
            HALF_STATE if is_old(&self.path(id, HALF_STATE), now)? => {
                there(fs::remove_file(self.path(id, HALF_STATE))).map(drop)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn exists(&self, id: &UploadId) -> bool {
        self.state(id).exists()
    }

    /// Without a look at those that are reports: a week's receipts are many.
    fn unfinished(&self, now: Timestamp) -> io::Result<Vec<Upload>> {
        let files = self.files()?.into_iter();
        let parts = files.filter(|(_, ending)| ending == PART);
        let known = |(id, _): (UploadId, String)| {
            self.find(&id, now).unwrap_or_else(|error| {
                log::warn!("cannot read {}: {error}", self.state(&id).display());
                None
            })
        };
        Ok(parts.filter_map(known).collect())
    }

    /// The names of our files, each as its upload and its ending.
    fn files(&self) -> io::Result<Vec<(UploadId, String)>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            let name = entry?.file_name();
            if let Some((id, ending)) = name.to_str().and_then(|name| name.split_once('.'))
                && let Some(id) = UploadId::parse(id)
            {
                found.push((id, ending.to_owned()));
            }
        }
        Ok(found)
    }
}

/// When an upload is removed whose last byte came at `changed`.
pub(super) fn expires(changed: Timestamp) -> Timestamp {
    changed.checked_add(LASTS).unwrap_or(Timestamp::MAX)
}

/// The line that says how many bytes count; always as long, so that it can be overwritten in place, and at the start of
/// the file, where no disk writes half of it.
pub(super) fn first_line(bytes: u64) -> String {
    format!("{bytes:020}\n")
}

fn parse(text: &[u8]) -> Option<(u64, State)> {
    let (bytes, state) = str::from_utf8(text).ok()?.split_once('\n')?;
    Some((bytes.parse().ok()?, serde_json::from_str(state).ok()?))
}

/// Whether one more upload of this length is within the bounds.
fn has_room(waiting: &[Upload], length: u64, max_bytes: u64) -> bool {
    let lengths = waiting.iter().map(|upload| upload.state.length);
    let bytes = lengths.fold(length, u64::saturating_add);
    waiting.len() < MAX_UPLOADS && bytes <= max_bytes.saturating_mul(MAX_FULL_UPLOADS)
}

/// For how long an upload has been silent beyond what it may be when others need its room.
fn beyond_its_time(upload: &Upload, now: Timestamp) -> SignedDuration {
    let whole = upload.state.length.max(1);
    let share = upload.offset.min(whole) as f64 / whole as f64;
    let may_be = LASTS_WHEN_FULL.mul_f64(share).max(LASTS_EMPTY);
    silence(upload.changed, now) - may_be
}

/// When a file was last written; `None` when there is none.
fn changed(path: &Path) -> io::Result<Option<Timestamp>> {
    let Some(file) = there(fs::metadata(path))? else {
        return Ok(None);
    };
    Timestamp::try_from(file.modified()?)
        .map(Some)
        .map_err(io::Error::other)
}

fn is_old(path: &Path, now: Timestamp) -> io::Result<bool> {
    Ok(changed(path)?.is_some_and(|changed| is_over(changed, LASTS, now)))
}

fn is_over(since: Timestamp, lasts: SignedDuration, now: Timestamp) -> bool {
    silence(since, now) >= lasts
}

/// A clock that was set back makes an upload older, never immortal.
fn silence(since: Timestamp, now: Timestamp) -> SignedDuration {
    now.duration_since(since).abs()
}

/// `None` when there is no such file.
fn there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
