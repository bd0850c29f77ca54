//! Whether a bundle is what it says: a small, plain zip with a `report.json`.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, Read, Seek, SeekFrom};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

/// A client packs a few dozen files; a thousand is far beyond any of them and still shown quickly.
const MAX_ENTRIES: usize = 1000;

/// The longest name of an entry; the usual limit of a path's part, with room for the folders.
const MAX_NAME_BYTES: usize = 512;

/// The largest manifest, 8 MiB. A real one has a few KiB; where someone pastes a whole log into the message, the SDK sends
/// the first 512 KiB of it here, at most 3 MiB in JSON, and all of it as `message.txt`.
pub(crate) const MANIFEST_BYTES: u64 = 8 * 1024 * 1024;

/// A check never reads more of a bundle than this: the zip's directory, 1 MiB at the most, `report.json`, 8 MiB, and
/// as much again for the headers. So a hostile zip costs neither memory nor time.
const READ_BYTES: u64 = 16 * 1024 * 1024;

/// Why a bundle is turned away; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CheckError {
    #[error("The bundle is not a readable zip: {0}.")]
    NotAZip(String),
    #[error("The bundle has {0} entries; the most is {MAX_ENTRIES}.")]
    TooManyEntries(usize),
    #[error(
        "The bundle has an entry with a name that cannot be unpacked safely: {0}. Use relative names with `/`."
    )]
    BadName(String),
    #[error("Two entries of the bundle have the same name.")]
    SameName,
    #[error("Entries of the bundle lie over each other.")]
    Overlap,
    #[error("The entry {0} is encrypted, a link, or not packed with `store` or `deflate`.")]
    BadEntry(String),
    #[error("The bundle has no `report.json`.")]
    NoManifest,
    #[error("`report.json` in the bundle differs from the part `report`. Send the same bytes in both.")]
    OtherManifest,
    #[error(
        "`report.json` in the bundle has more than {MANIFEST_BYTES} bytes. Send the beginning of a long message in it, and all of it as `message.txt`."
    )]
    LargeManifest,
    /// Not the client's fault.
    #[error("cannot read the upload")]
    Disk(#[source] io::Error),
}

impl From<ZipError> for CheckError {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) => error.into(),
            error => Self::NotAZip(error.to_string()),
        }
    }
}

impl From<io::Error> for CheckError {
    /// Errors of the operating system carry its number; those of the unpacker do not.
    fn from(error: io::Error) -> Self {
        match error.raw_os_error() {
            Some(_) => Self::Disk(error),
            None => Self::NotAZip(error.to_string()),
        }
    }
}

/// Checks a bundle against the manifest that came beside it.
pub(crate) fn bundle(file: impl Read + Seek, manifest: &[u8]) -> Result<(), CheckError> {
    if report_json(file, manifest.len() as u64 + 1)? == manifest {
        Ok(())
    } else {
        Err(CheckError::OtherManifest)
    }
}

/// Checks a bundle that came alone, and gives the manifest inside it.
pub(crate) fn lone_bundle(file: impl Read + Seek) -> Result<Vec<u8>, CheckError> {
    let manifest = report_json(file, MANIFEST_BYTES + 1)?;
    if manifest.len() as u64 > MANIFEST_BYTES {
        return Err(CheckError::LargeManifest);
    }
    Ok(manifest)
}

/// The first `most` bytes of `report.json`, once the zip around it is found to be safe.
fn report_json(file: impl Read + Seek, most: u64) -> Result<Vec<u8>, CheckError> {
    let mut zip = ZipArchive::new(Frugal {
        inner: file,
        left: READ_BYTES,
    })?;
    if zip.len() > MAX_ENTRIES {
        return Err(CheckError::TooManyEntries(zip.len()));
    }
    if zip.has_duplicate_names() {
        return Err(CheckError::SameName);
    }
    let mut names = HashSet::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index)?;
        let name = entry.name()?;
        if !is_safe(&name) {
            return Err(CheckError::BadName(shown(&name)));
        }
        let plain = matches!(
            entry.compression(),
            CompressionMethod::Stored | CompressionMethod::Deflated
        );
        if !plain || entry.encrypted() || entry.is_symlink() {
            return Err(CheckError::BadEntry(shown(&name)));
        }
        // Two raw names may still be one name once they are decoded.
        if !names.insert(name.into_owned()) {
            return Err(CheckError::SameName);
        }
    }
    if zip.has_overlapping_entries()? {
        return Err(CheckError::Overlap);
    }
    let inside = zip.index_for_name("report.json").ok_or(CheckError::NoManifest)?;
    let entry = zip.by_index(inside)?;
    // In one piece where it says its size; reading on by and by unpacks much slower.
    let mut bytes = Vec::with_capacity(usize::try_from(entry.size().min(most)).unwrap_or_default() + 1);
    entry.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether every desktop can unpack an entry of this name and none puts it outside the folder.
fn is_safe(name: &str) -> bool {
    let path = name.strip_suffix('/').unwrap_or(name); // a folder of its own
    let drive = path.as_bytes().get(1) == Some(&b':');
    let parts_are_names = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    let plain = !path.contains(|c: char| c == '\\' || c.is_control());
    path.len() <= MAX_NAME_BYTES && parts_are_names && plain && !drive
}

/// A name for an error text: short, and nothing in it that moves a terminal's cursor.
fn shown(name: &str) -> String {
    let mut text = String::from("`");
    for c in name.chars().take(80) {
        let _ = write!(text, "{}", c.escape_debug()); // a String takes everything
    }
    text.push('`');
    text
}

/// A reader that stops after so many bytes.
struct Frugal<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Frugal<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !into.is_empty() {
            return Err(io::Error::other("its directory or its report.json is too large"));
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        let read = self.inner.read(&mut into[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}

impl<R: Seek> Seek for Frugal<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    const MANIFEST: &[u8] = br#"{"schema": 1}"#;

    fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn check(bytes: &[u8]) -> Result<(), CheckError> {
        bundle(Cursor::new(bytes), MANIFEST)
    }

    #[test]
    fn the_manifest_inside_must_be_the_one_beside() {
        check(&zip_of(&[("report.json", MANIFEST), ("logs/app.log", b"hi")])).unwrap();
        let longer = [MANIFEST, b" "].concat();
        for other in [&b""[..], b"{}", &longer, &MANIFEST[..5]] {
            assert!(matches!(
                check(&zip_of(&[("report.json", other)])),
                Err(CheckError::OtherManifest)
            ));
        }
        assert!(matches!(
            check(&zip_of(&[("a/report.json", MANIFEST)])),
            Err(CheckError::NoManifest)
        ));
    }

    #[test]
    fn a_bundle_alone_gives_its_manifest() {
        let zip = zip_of(&[("report.json", MANIFEST), ("logs/app.log", b"hi")]);
        assert_eq!(lone_bundle(Cursor::new(&zip)).unwrap(), MANIFEST);
    }

    #[test]
    fn names_that_leave_the_folder_are_refused() {
        let evil = [
            "../a",
            "/etc/passwd",
            "a/../../b",
            "a\\b",
            "C:/a",
            "a//b",
            "a\nb",
            "./a",
            "..",
            "a/\u{7f}",
            "",
        ];
        for name in evil {
            assert!(!is_safe(name), "{name:?}");
        }
        for name in [
            "report.json",
            "logs/app.log",
            "attachments/",
            "attachments/Größe (1) …日本.txt",
            "a..b",
            "12:30",
        ] {
            assert!(is_safe(name), "{name:?}");
        }
        let zip = zip_of(&[("report.json", MANIFEST), ("../../etc/cron.d/x", b"evil")]);
        assert!(matches!(check(&zip), Err(CheckError::BadName(_))));
    }

    #[test]
    fn a_truncated_or_scrambled_zip_is_refused_and_never_panics() {
        let zip = zip_of(&[("report.json", MANIFEST), ("logs/app.log", &[b'x'; 5000])]);
        for end in 0..zip.len() {
            assert!(check(&zip[..end]).is_err(), "cut at {end}");
        }
        for at in 0..zip.len() {
            let mut scrambled = zip.clone();
            scrambled[at] ^= 0xff;
            let _ = check(&scrambled); // some bytes do not matter; none may panic
        }
    }

    #[test]
    fn a_huge_directory_is_not_read_to_its_end() {
        let many: Vec<String> = (0..=MAX_ENTRIES).map(|n| format!("logs/{n}")).collect();
        let entries: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert!(matches!(
            check(&zip_of(&entries)),
            Err(CheckError::TooManyEntries(1001))
        ));
        let noise = vec![0x50; 20 * 1024 * 1024];
        assert!(matches!(check(&noise), Err(CheckError::NotAZip(_))));
    }

    #[test]
    fn a_bomb_is_compared_and_dropped() {
        let bomb = zip_of(&[("report.json", &vec![b'{'; 50_000_000])]);
        assert!(matches!(check(&bomb), Err(CheckError::OtherManifest)));
        assert!(matches!(
            lone_bundle(Cursor::new(&bomb)),
            Err(CheckError::LargeManifest)
        ));
    }
}
