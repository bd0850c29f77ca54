//! A zip of one file, made as a report's is: for tests with other people's tools, and for our benchmark.

use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;

use zip::ZipWriter;

use crate::bundle::{self, Output};
use crate::pack::Packer;

/// What is read at once: `io::copy` takes 8 KiB where nobody says more.
const PIECE: usize = 64 << 10;

/// Writes a zip with one file in it: its compressed content lies in memory or, of more than 4 MiB, on the disk of
/// `spool` meanwhile.
pub fn zip<W: Write + Seek>(name: &str, content: impl Read, spool: &Path, mut out: W) -> io::Result<W> {
    let mut packer = Packer::new(Some(spool.to_owned()));
    let mut packing = packer.begin(name);
    io::copy(&mut BufReader::with_capacity(PIECE, content), &mut packing)?;
    let content = packing.finish()?;
    let mut zip = ZipWriter::new(&mut out as &mut dyn Output);
    bundle::add(&mut zip, name, &content)?;
    zip.finish()?;
    Ok(out)
}
