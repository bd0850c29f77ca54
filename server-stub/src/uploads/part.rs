//! The bytes of one upload. Those up to the last [`Part::keep`] count: they are synced before anyone is told of them.
//!
//! So an offset that a client was told is true after a power cut too, and bytes that still wait for the rest of their
//! checksum are forgotten by a crash.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

use ring::digest::{Context, SHA256};

use super::folder::{Folder, Upload, first_line};
use super::headers::Checksum;
use crate::secret::hex;
use crate::store::{Received, sha256_of};

/// How much is sent again at most when the server dies, 1 MiB: a second of a good mobile network.
const KEEP_BYTES: u64 = 1024 * 1024;

/// A place in an upload.
#[derive(Clone)]
pub(super) struct Mark {
    bytes: u64,
    /// Of all bytes before; unknown when another process wrote them.
    sha256: Option<Context>,
}

impl Mark {
    pub(super) fn start() -> Self {
        Self {
            bytes: 0,
            sha256: Some(Context::new(&SHA256)),
        }
    }

    /// The place at `bytes`, with its hash if `memory` is of this very place.
    fn at(bytes: u64, memory: Option<Self>) -> Self {
        match memory {
            Some(mark) if mark.bytes == bytes => mark,
            _ if bytes == 0 => Self::start(),
            _ => Self { bytes, sha256: None },
        }
    }
}

/// An upload while a request adds bytes to it.
pub(super) struct Part {
    state: File,
    file: File,
    kept: Mark,
    written: Mark,
    checksum: Option<Checksum>,
}

impl Part {
    /// Goes on where the upload is; what lies behind is cut off. With a checksum, all bytes of the request count or none.
    pub(super) fn open(
        folder: &Folder,
        upload: &Upload,
        memory: Option<Mark>,
        checksum: Option<Checksum>,
    ) -> io::Result<Self> {
        let state = File::options().write(true).open(folder.state(&upload.id))?;
        let mut file = open_or_make(folder, upload)?;
        file.set_len(upload.offset)?;
        file.seek(SeekFrom::Start(upload.offset))?;
        let mark = Mark::at(upload.offset, memory);
        Ok(Self {
            state,
            file,
            kept: mark.clone(),
            written: mark,
            checksum,
        })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.written.bytes += bytes.len() as u64;
        if let Some(sha256) = &mut self.written.sha256 {
            sha256.update(bytes);
        }
        match &mut self.checksum {
            Some(checksum) => checksum.update(bytes),
            None if self.written.bytes - self.kept.bytes >= KEEP_BYTES => self.keep()?,
            None => {}
        }
        Ok(())
    }

    /// Makes what came count; false when the checksum is not that of the bytes. The mark is for the next request.
    pub(super) fn end(mut self) -> io::Result<(Mark, bool)> {
        let right = self.checksum.take().is_none_or(Checksum::matches);
        if right {
            self.keep()?;
        } else {
            self.file.set_len(self.kept.bytes)?;
        }
        Ok((self.kept, right))
    }

    fn keep(&mut self) -> io::Result<()> {
        self.file.sync_data()?;
        self.state.seek(SeekFrom::Start(0))?;
        // Not synced: a power cut may bring an older offset back, which is as true.
        self.state.write_all(first_line(self.written.bytes).as_bytes())?;
        self.kept = self.written.clone();
        Ok(())
    }
}

/// The bundle of a whole upload. It is read again only if nobody remembers its hash.
pub(super) fn bundle(folder: &Folder, upload: &Upload, memory: Option<Mark>) -> io::Result<Received> {
    let file = open_or_make(folder, upload)?;
    let sha256 = match Mark::at(upload.offset, memory).sha256 {
        Some(sha256) => sha256,
        None => sha256_of(file)?,
    };
    Received::from_file(folder.part(&upload.id), hex(sha256.finish().as_ref()))
}

/// Made anew on a disk that lost it.
fn open_or_make(folder: &Folder, upload: &Upload) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    options.open(folder.part(&upload.id))
}
