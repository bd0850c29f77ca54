//! A stored bundle, opened to be shown: its entries, and the bytes of one of them.

use std::io::{self, Read, Write};

use zip::ZipArchive;

use crate::store::{Blob, Slice};

/// The most that is unpacked of one entry, 256 MiB; a log of a whole day fits, a bomb does not.
const ENTRY_BYTES: u64 = 256 * 1024 * 1024;

/// How much of an entry decides what it is; git looks at as much.
const HEAD_BYTES: u64 = 8000;

const PNG_MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A file in the bundle.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its place in the zip; names it in URLs, where its real name could mean something else.
    pub(crate) index: usize,
    pub(crate) name: String,
    pub(crate) bytes: u64,
}

/// What an entry is shown as. A closed list: nothing that a browser would run is on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Png,
    Text,
    Other,
}

impl Content {
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Text => "text/plain; charset=utf-8",
            Self::Other => "application/octet-stream",
        }
    }

    /// Decides by the first bytes, never by the name.
    fn of(head: &[u8]) -> Self {
        let cut_character = |error: std::str::Utf8Error| error.error_len().is_none();
        if head.starts_with(PNG_MAGIC) {
            Self::Png
        } else if !head.contains(&0) && std::str::from_utf8(head).map_or_else(cut_character, |_| true) {
            Self::Text
        } else {
            Self::Other
        }
    }
}

/// A zip that was checked when it came.
pub(crate) struct Bundle(ZipArchive<Slice>);

impl Bundle {
    pub(crate) fn open(blob: &Blob) -> io::Result<Self> {
        Ok(Self(ZipArchive::new(blob.open()?)?))
    }

    /// The files, in the order of the zip.
    pub(crate) fn entries(&mut self) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::with_capacity(self.0.len());
        for index in 0..self.0.len() {
            let entry = self.0.by_index_raw(index)?;
            if entry.is_file() {
                entries.push(Entry {
                    index,
                    name: entry.name()?.into_owned(),
                    bytes: entry.size(),
                });
            }
        }
        Ok(entries)
    }

    /// The name of an entry and what it holds; `None` when there is no such entry.
    pub(crate) fn look(&mut self, index: usize) -> io::Result<Option<(String, Content)>> {
        if index >= self.0.len() {
            return Ok(None);
        }
        let entry = self.0.by_index(index)?;
        let name = entry.name()?.into_owned();
        let mut head = Vec::new();
        entry.take(HEAD_BYTES).read_to_end(&mut head)?;
        Ok(Some((name, Content::of(&head))))
    }

    /// Unpacks an entry into `out`; an error when it is larger than 256 MiB or damaged.
    pub(crate) fn unpack(&mut self, index: usize, out: &mut dyn Write) -> io::Result<()> {
        let mut entry = self.0.by_index(index)?.take(ENTRY_BYTES + 1);
        io::copy(&mut entry, out)?;
        if entry.limit() == 0 {
            return Err(io::Error::other("an entry is larger than 256 MiB"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_what_the_bytes_say() {
        assert_eq!(Content::of(b"\x89PNG\r\n\x1a\n\0\0"), Content::Png);
        assert_eq!(Content::of(b"<html><script>alert(1)</script>"), Content::Text);
        assert_eq!(Content::of(b""), Content::Text);
        assert_eq!(Content::of("grüß".as_bytes()), Content::Text);
        assert_eq!(
            Content::of(&"grüß".as_bytes()[..5]),
            Content::Text,
            "cut inside a character"
        );
        assert_eq!(Content::of(b"\xff\xd8\xff\xe0"), Content::Other);
        assert_eq!(Content::of(b"MZ\0\0"), Content::Other);
    }
}
