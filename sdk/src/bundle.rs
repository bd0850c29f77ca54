//! Writes a report as the zip of the contract.
//!
//! ```text
//! report.json  message.txt  system.json  logs/…  screenshots/…  attachments/…
//! ```
//!
//! Evidence is compressed once, when the report is prepared ([`Packer`]); writing the bundle only
//! copies it, so that Send costs little more than the disk's own time.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use ring::digest::{self, SHA256};
use zip::read::{ZipFile, read_zipfile_from_stream_with_options};
use zip::{DateTime, ZipReadOptions, ZipWriter};

use crate::error::FeedbackError;
use crate::hex::hex;
use crate::pack::{Content, Packer, Packing};
use crate::report::system_info::SystemInfo;
use crate::report::{BundleInfo, FileKind, Report, ReportFile, StoredFacts};
use crate::wire::manifest::{Manifest, SCHEMA, StoredManifest};

/// The manifest's name in the zip.
pub(crate) const MANIFEST: &str = "report.json";
/// The name of the person's words in the zip.
const MESSAGE: &str = "message.txt";

/// Where a zip goes. One type for all of them: the zip crate's code is made once, and not for each.
pub(crate) trait Output: Write + Seek {}
impl<W: Write + Seek> Output for W {}

/// Where a zip comes from, likewise.
type Input<'r> = &'r mut dyn Read;

/// Writes the whole bundle, front to back.
pub(crate) fn write_bundle<W: Write + Seek>(report: &Report, mut out: W) -> io::Result<W> {
    write_to(&mut out, report)?;
    Ok(out)
}

/// Returns how many bytes the manifest has.
fn write_to(out: &mut dyn Output, report: &Report) -> io::Result<u64> {
    let message = message_file(report)?;
    let manifest = Packer::in_memory().pack(MANIFEST, [&manifest(report, &message)?])?;
    let files = std::iter::once(&message).chain(report.sent_evidence());
    let mut zip = ZipWriter::new(out);
    add(&mut zip, MANIFEST, &manifest)?;
    for file in files {
        add(&mut zip, &file.path, &file.content)?;
    }
    zip.finish()?;
    Ok(manifest.bytes())
}

impl Report {
    /// Every file of the zip but the manifest itself, in the order of the zip: the person's words
    /// as they stand now, then the evidence that goes along.
    pub fn files(&self) -> Vec<ReportFile> {
        let evidence = self.sent_evidence().cloned();
        message_file(self).into_iter().chain(evidence).collect()
    }

    /// The manifest, `report.json`, as it will be sent: the list of all this.
    ///
    /// Made anew by each call, and hashes and compresses the person's words for it: not for a thread that draws.
    pub fn manifest(&self) -> Result<Vec<u8>, FeedbackError> {
        let manifest = message_file(self).and_then(|message| manifest(self, &message));
        manifest.map_err(FeedbackError::Bundle)
    }
}

/// Adds what is compressed already.
pub(crate) fn add(zip: &mut ZipWriter<&mut dyn Output>, path: &str, content: &Content) -> io::Result<()> {
    let known = ZipReadOptions::new()
        .override_compressed_size(content.packed_bytes())
        .override_uncompressed_size(content.bytes())
        .override_crc(content.crc32);
    let mut entry: Input<'_> = &mut local_header(path)?.chain(content.packed());
    let entry = next(&mut entry, known)?;
    Ok(zip.raw_copy_file_touch(entry, DateTime::default(), Some(0o644))?)
}

/// What stands before the data of an entry (APPNOTE 4.3.7). Raw data goes into a zip only from another, so this makes
/// one of it.
fn local_header(path: &str) -> io::Result<Cursor<Vec<u8>>> {
    let length = u16::try_from(path.len()).map_err(io::Error::other)?;
    // Version 2.0, of Unix: of any other, `unzip` takes names for those of DOS, whatever the flag says. A name in UTF-8,
    // and checksum and sizes told otherwise; deflated.
    let mut header = b"PK\x03\x04\x14\x03\x08\x08\x08\0".to_vec();
    header.extend([0; 16]);
    header.extend(length.to_le_bytes());
    header.extend([0; 2]);
    header.extend(path.as_bytes());
    Ok(Cursor::new(header))
}

/// The list of all this, as it stands in the bundle.
fn manifest(report: &Report, message: &ReportFile) -> io::Result<Vec<u8>> {
    Ok(serde_json::to_vec(&Manifest::of(report, message))?)
}

/// How many bytes the bundle would have.
pub(crate) fn size(report: &Report) -> io::Result<u64> {
    write_bundle(report, Seen::by(|_| {})).map(|seen| seen.bytes)
}

/// What the bundle would be.
pub(crate) fn info(report: &Report) -> io::Result<BundleInfo> {
    let mut sha256 = digest::Context::new(&SHA256);
    let mut seen = Seen::by(|bytes| sha256.update(bytes));
    let manifest_bytes = write_to(&mut seen, report)?;
    Ok(BundleInfo {
        bytes: seen.bytes,
        manifest_bytes,
        sha256: hex(sha256.finish().as_ref()),
    })
}

/// Looks at what is written to it, and keeps nothing.
struct Seen<F> {
    bytes: u64,
    look: F,
}

impl<F: FnMut(&[u8])> Seen<F> {
    fn by(look: F) -> Self {
        Self { bytes: 0, look }
    }
}

impl<F: FnMut(&[u8])> Write for Seen<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (self.look)(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<F> Seek for Seen<F> {
    /// A zip writer only asks where it is.
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Ok(self.bytes)
    }
}

/// Why a report did not come back out of its bundle.
#[derive(Debug)]
pub(crate) enum NotRead {
    /// The bundle cannot be read, or makes no sense.
    Bundle(io::Error),
    /// A later version has written it in a way that this one does not know.
    Later,
    /// There is no place for its evidence.
    Evidence(io::Error),
}

impl<E: Into<io::Error>> From<E> for NotRead {
    fn from(error: E) -> Self {
        Self::Bundle(error.into())
    }
}

/// Reads a whole report back out of its bundle, front to back as it was written.
pub(crate) fn read(mut bundle: impl Read + Seek, packer: &mut Packer) -> Result<Report, NotRead> {
    bundle.rewind()?;
    let mut bundle: Input<'_> = &mut bundle;
    let manifest = manifest_of(&mut bundle, MAX_MANIFEST)?;
    let manifest: StoredManifest = match serde_json::from_slice(&manifest) {
        Ok(manifest) => manifest,
        Err(error) if error.is_data() => return Err(NotRead::Later),
        Err(error) => return Err(error.into()),
    };
    if manifest.schema > SCHEMA {
        return Err(NotRead::Later);
    }
    let mut message = manifest.message;
    let mut evidence = Vec::new();
    for stored in manifest.files {
        let mut file = named(&mut bundle, &stored.path)?;
        if stored.kind == FileKind::Message {
            // Made anew from the rest; but of many words the manifest has only the beginning.
            if let Some(bytes) = manifest.message_bytes {
                message = words(&mut file, bytes)?;
            }
            continue;
        }
        let content = pack(&mut file, packer.begin(&stored.path))?;
        evidence.push(ReportFile {
            original_bytes: stored.original_bytes,
            cut: stored.cut,
            masked: stored.masked,
            ..ReportFile::of(stored.path.clone(), stored.kind, content)
        });
    }
    let no_id = |_| io::Error::new(io::ErrorKind::InvalidData, "the manifest has no id");
    Ok(Report {
        id: manifest.id.parse().map_err(no_id)?,
        created_at: manifest.created_at,
        app: manifest.app,
        message,
        reply_to: manifest.reply_to,
        system: SystemInfo::default(),
        context: BTreeMap::new(),
        crash: None,
        stored: Some(StoredFacts {
            locale: manifest.locale,
            system: manifest.system,
            context: manifest.context,
            crash: manifest.crash,
        }),
        evidence,
        gaps: manifest.gaps,
        masked: manifest.masked,
        attachment_problems: Vec::new(),
        lost_pictures: Vec::new(),
        limit: None,
    })
}

/// As [`io::copy`], but it is known which of the two has failed.
fn pack(from: &mut dyn Read, mut to: Packing<'_>) -> Result<Content, NotRead> {
    let mut piece = vec![0; 64 << 10];
    loop {
        match from.read(&mut piece)? {
            0 => return to.finish().map_err(NotRead::Evidence),
            read => to.write_all(&piece[..read]).map_err(NotRead::Evidence)?,
        }
    }
}

/// The person's words: the first `bytes` of `message.txt`.
fn words(file: &mut dyn Read, bytes: u64) -> io::Result<String> {
    let mut words = String::new();
    let read = file.take(bytes).read_to_string(&mut words)?;
    if read as u64 == bytes {
        return Ok(words);
    }
    let why = "the message is not whole";
    Err(io::Error::new(io::ErrorKind::InvalidData, why))
}

/// Reads the manifest's bytes back out of a bundle: they are also the `report` part of the request.
pub(crate) fn read_manifest(mut bundle: impl Read + Seek) -> io::Result<Vec<u8>> {
    bundle.rewind()?;
    manifest_of(&mut (&mut bundle as Input<'_>), MAX_MANIFEST)
}

/// The entry that a zip goes on with. The zip's list of them is not looked at: a bundle's manifest comes first and has a list
/// of its own.
fn next<'z, 'r>(zip: &'z mut Input<'r>, known: ZipReadOptions<'z>) -> io::Result<ZipFile<'z, Input<'r>>> {
    let entry = read_zipfile_from_stream_with_options(zip, known)?;
    entry.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the bundle has no more files"))
}

/// The file that a bundle goes on with, which must be called `name`.
fn named<'z, 'r>(bundle: &'z mut Input<'r>, name: &str) -> io::Result<ZipFile<'z, Input<'r>>> {
    let file = next(bundle, ZipReadOptions::new())?;
    if file.name()? == name {
        return Ok(file);
    }
    let why = format!("{name} is not where it should be in the bundle");
    Err(io::Error::new(io::ErrorKind::InvalidData, why))
}

/// Far more than a manifest has: one that was stored by an earlier version may hold a whole log, pasted into the message. A
/// damaged spool entry might claim anything.
const MAX_MANIFEST: u64 = 64 << 20;

/// The whole manifest, or an error where it has more than `limit` bytes: never a part of it.
fn manifest_of(bundle: &mut Input<'_>, limit: u64) -> io::Result<Vec<u8>> {
    let mut manifest = Vec::new();
    // One byte over the limit tells.
    named(bundle, MANIFEST)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut manifest)?;
    if manifest.len() as u64 > limit {
        let why = format!("the manifest has more than {limit} bytes");
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    Ok(manifest)
}

/// `message.txt` as it stands now: the words change until they are sent.
fn message_file(report: &Report) -> io::Result<ReportFile> {
    let text = message_text(report).into_bytes();
    let content = Packer::in_memory().pack(MESSAGE, [&text])?;
    Ok(ReportFile::of(MESSAGE.to_owned(), FileKind::Message, content))
}

/// The person's words, readable without any tool, with what a reader would ask next.
fn message_text(report: &Report) -> String {
    let mut text = report.message.clone();
    text.push_str("\n\n-- \n");
    let _ = writeln!(text, "{} {}", report.app.name, report.app.version);
    if let Some(address) = &report.reply_to {
        let _ = writeln!(text, "Answer to: {address}");
    }
    for gap in &report.gaps {
        let _ = writeln!(text, "Missing: {} ({})", gap.what, gap.why);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::collect;
    use crate::wire::manifest::MESSAGE_BYTES;
    use crate::{FeedbackConfig, ReportDraft};

    fn report(message: &str) -> Report {
        let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1");
        collect::gather(&config, ReportDraft::new(message), SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn a_message_of_any_length_comes_back_whole() {
        // Up to the limit, at it, and over it in the middle of a letter.
        for message in [
            "x".to_owned(),
            "x".repeat(MESSAGE_BYTES),
            format!("é{}", "é".repeat(MESSAGE_BYTES / 2)),
            format!("x{}\n\n-- \nits own end", "é".repeat(MESSAGE_BYTES)),
        ] {
            let report = report(&message);
            let listed: serde_json::Value = serde_json::from_slice(&report.manifest().unwrap()).unwrap();
            let beginning = listed["message"].as_str().unwrap();
            assert!(message.starts_with(beginning));
            assert!(beginning.len() + 2 > message.len().min(MESSAGE_BYTES));
            let told = listed.get("message_bytes").and_then(serde_json::Value::as_u64);
            let is_whole = beginning.len() == message.len();
            assert_eq!(told, (!is_whole).then_some(message.len() as u64));

            let bundle = write_bundle(&report, Cursor::new(Vec::new())).unwrap();
            let read = read(bundle, &mut Packer::in_memory()).unwrap();
            assert!(read.message == message, "{} bytes", read.message.len());
        }
    }

    #[test]
    fn facts_and_crash_are_handed_on_as_they_stand() {
        let mut report = report("x");
        report.context.insert("plan".to_owned(), "pro".to_owned());
        report.crash = Some(serde_json::from_str(CRASH).unwrap());
        let told = |report: &Report| -> serde_json::Value {
            serde_json::from_slice(&report.manifest().unwrap()).unwrap()
        };
        for leave_out in [false, true] {
            report.leave_out("system.json", leave_out);
            let bundle = write_bundle(&report, Cursor::new(Vec::new())).unwrap();
            let read = read(bundle, &mut Packer::in_memory()).unwrap();
            assert_eq!(told(&read), told(&report));
            assert_eq!(told(&read)["crash"]["app_version"], "0.9");
            assert_eq!(told(&read)["context"].get("plan").is_none(), leave_out);
        }
    }

    const CRASH: &str =
        r#"{"app_version": "0.9", "started_at": "2026-11-01T10:00:00Z", "other_panics": 0, "went_on": true}"#;

    #[test]
    fn a_long_message_counts_in_what_is_said_of_the_size() {
        let mut dice = fastrand::Rng::with_seed(1);
        let words: String = (0..2 << 20).map(|_| dice.digit(16)).collect();
        for message in [words.as_str(), &words[..100_000], "x"] {
            let report = report(message);
            let (told, is) = (report.packed_bytes(), size(&report).unwrap());
            assert!(told < 2 * is && is < 2 * told, "{told} was told of {is}");
        }
    }

    #[test]
    fn no_message_makes_a_manifest_that_the_server_does_not_take() {
        /// What `server-stub` takes.
        const TAKEN: usize = 8 << 20;
        let longest_in_json = "\u{1}".repeat(20 << 20);
        let manifest = report(&longest_in_json).manifest().unwrap();
        assert!(manifest.len() < TAKEN / 2, "{} bytes", manifest.len());
    }

    #[test]
    fn a_manifest_comes_back_whole_or_not_at_all() {
        let manifest = Packer::in_memory().pack(MANIFEST, [&[b' '; 100]]).unwrap();
        let mut file = Cursor::new(Vec::new());
        let mut zip = ZipWriter::new(&mut file as &mut dyn Output);
        add(&mut zip, MANIFEST, &manifest).unwrap();
        zip.finish().unwrap();
        let mut read = |limit| {
            file.rewind().unwrap();
            manifest_of(&mut (&mut file as Input<'_>), limit)
        };
        assert_eq!(read(100).unwrap().len(), 100);
        let error = read(99).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
