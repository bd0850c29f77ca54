//! An upload on its way: a temporary file that is hashed while it is written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ring::digest::{Context, SHA256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::secret::hex;

/// A file in `tmp` that is removed when it is dropped, unless it was moved away.
#[derive(Debug)]
pub(crate) struct Temp(pub(super) PathBuf);

impl Drop for Temp {
    fn drop(&mut self) {
        // Gone already when it was kept. What stays after an error is swept at the next start.
        let _ = fs::remove_file(&self.0);
    }
}

/// A bundle that is still being written.
pub(crate) struct Incoming {
    temp: Temp,
    file: File,
    digest: Context,
    bytes: u64,
}

/// A bundle that is written; not yet synced, not yet a report.
#[derive(Debug)]
pub(crate) struct Received {
    pub(super) temp: Temp,
    pub(crate) file: fs::File,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
}

impl Incoming {
    pub(super) async fn create(tmp: &Path) -> io::Result<Self> {
        let path = tmp.join(format!("{}.part", Uuid::now_v7()));
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(&path)
            .await?;
        Ok(Self {
            temp: Temp(path),
            file,
            digest: Context::new(&SHA256),
            bytes: 0,
        })
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file.write_all(bytes).await
    }

    pub(crate) async fn finish(mut self) -> io::Result<Received> {
        self.file.flush().await?;
        let sha256 = hex(self.digest.finish().as_ref());
        let file = self.file.into_std().await;
        Ok(Received {
            temp: self.temp,
            file,
            sha256,
            bytes: self.bytes,
        })
    }
}
