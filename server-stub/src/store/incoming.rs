//! An upload on its way, hashed while it arrives: a small one in memory, a large one in a temporary file.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::mem;
use std::path::{Path, PathBuf};

use ring::digest::{Context, SHA256};
use uuid::Uuid;

use super::aligned::{Aligned, BLOCK};
use super::direct::DirectFile;
use super::record::{self, LINE_BYTES};
use crate::check::{self, CheckError};
use crate::secret::hex;

/// The largest bundle that is held in memory and shares a segment with others, 256 KiB.
///
/// A sync costs as much as writing about this much, so sharing one is a gain below and none above. Most reports,
/// a text with cut logs, are far below; those with a picture are above.
pub(crate) const SMALL_BYTES: usize = 256 * 1024;

/// A file in the data folder that is not a report yet.
#[derive(Debug)]
pub(crate) struct Temp {
    pub(super) path: PathBuf,
    /// Whether to remove it when it is dropped.
    ours: bool,
}

impl Temp {
    /// A file that is gone again when this is dropped, unless it was moved away.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, ours: true }
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        if self.ours {
            // Gone already when it was kept. What stays after an error is swept at the next start.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A bundle that is still being written.
pub(crate) struct Incoming {
    tmp: PathBuf,
    /// What is not written yet: a small bundle behind the room for its line, the next part of a large one.
    part: Aligned,
    large: Option<(Temp, DirectFile)>,
    digest: Context,
    bytes: u64,
}

/// A bundle that has arrived; not yet a report. A file is synced.
#[derive(Debug)]
pub(crate) struct Received {
    pub(super) content: Content,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
}

/// Where the bytes of a received bundle are.
#[derive(Debug)]
pub(super) enum Content {
    /// Behind the room for its line.
    Memory(Aligned),
    File(Temp, File),
}

impl Incoming {
    /// For a bundle of at most `bytes`, as far as the client said so.
    pub(super) fn new(tmp: &Path, bytes: Option<u64>) -> Self {
        let expected = bytes.and_then(|bytes| usize::try_from(bytes).ok());
        Self {
            tmp: tmp.to_owned(),
            part: record::room(expected.unwrap_or_default().min(SMALL_BYTES)),
            large: None,
            digest: Context::new(&SHA256),
            bytes: 0,
        }
    }

    pub(crate) async fn write(mut self, bytes: &[u8]) -> io::Result<Self> {
        if self.part.len() + bytes.len() > LINE_BYTES + SMALL_BYTES {
            self = blocking(|| self.spill()).await?;
        }
        self.bytes += bytes.len() as u64;
        self.part.extend(bytes);
        Ok(self)
    }

    /// Hashes the whole blocks and writes them, both on a thread that may block: many at once, so that few hops do.
    fn spill(mut self) -> io::Result<Self> {
        let (_, file) = match &mut self.large {
            Some(large) => large,
            none => {
                self.part.remove_first(LINE_BYTES);
                none.insert(create(&self.tmp)?)
            }
        };
        let whole = self.part.len() / BLOCK * BLOCK;
        let blocks = &self.part[..whole];
        file.write([blocks])?;
        self.digest.update(blocks);
        self.part.remove_first(whole);
        Ok(self)
    }

    /// Whether to finish it may block.
    pub(crate) fn is_file(&self) -> bool {
        self.large.is_some()
    }

    /// The end of the bundle. A file is synced here, and so beside others; what is in memory is synced with its segment.
    pub(crate) fn finish(mut self) -> io::Result<Received> {
        let content = if let Some((temp, file)) = self.large {
            self.digest.update(&self.part);
            let file = file.finish(self.part, self.bytes)?;
            file.sync_all()?;
            Content::File(temp, file)
        } else {
            self.digest.update(&self.part[LINE_BYTES..]);
            Content::Memory(self.part)
        };
        Ok(Received {
            content,
            sha256: hex(self.digest.finish().as_ref()),
            bytes: self.bytes,
        })
    }
}

/// The hash of all that can be read, not finished yet.
pub(crate) fn sha256_of(mut from: impl Read) -> io::Result<Context> {
    let mut sha256 = Context::new(&SHA256);
    let mut buffer = vec![0; SMALL_BYTES];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(sha256),
            read => sha256.update(&buffer[..read]),
        }
    }
}

fn create(tmp: &Path) -> io::Result<(Temp, DirectFile)> {
    let path = tmp.join(format!("{}.part", Uuid::now_v7()));
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    let file = options.open(&path)?;
    Ok((Temp::new(path), DirectFile::new(file)))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(io::Error::other)?
}

impl Received {
    /// A bundle that lies in the data folder already, of the hash that the caller has found.
    ///
    /// Keeping it moves the file. When it is not kept, or was here before, the file stays where it is.
    pub(crate) fn from_file(path: PathBuf, sha256: String) -> io::Result<Self> {
        let file = File::options().read(true).write(true).open(&path)?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        Ok(Self {
            content: Content::File(Temp { path, ours: false }, file),
            sha256,
            bytes,
        })
    }

    /// What of it goes into the log, with room for the line. Once.
    pub(super) fn take_record(&mut self) -> Aligned {
        match &mut self.content {
            Content::Memory(record) => mem::take(record),
            Content::File(..) => record::room(0),
        }
    }

    pub(super) fn is_file(&self) -> bool {
        matches!(self.content, Content::File(..))
    }

    /// Checks the bundle against the manifest that came beside it.
    pub(crate) fn check(&self, manifest: &[u8]) -> Result<(), CheckError> {
        match &self.content {
            Content::Memory(record) => check::bundle(Cursor::new(&record[LINE_BYTES..]), manifest),
            Content::File(_, file) => check::bundle(file, manifest),
        }
    }

    /// Checks a bundle that came alone, and gives the manifest inside it.
    pub(crate) fn manifest(&self) -> Result<Vec<u8>, CheckError> {
        match &self.content {
            Content::Memory(record) => check::lone_bundle(Cursor::new(&record[LINE_BYTES..])),
            Content::File(_, file) => check::lone_bundle(file),
        }
    }
}
