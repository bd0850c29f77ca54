//! Secrets that a test plants, and whether any file tells one of them: in whatever spelling, however packed.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use regex_automata::meta::Regex;

use crate::server::KEY;

/// Stands in each line of a planted log that is no secret.
pub const LINE: &str = "10:15:01 INFO";

/// One for each place that a report is made from.
pub const SECRETS: [&str; 24] = [
    "hunter2-in-log",
    "anna.private@example.org",
    "MIIEowIBAAKCAQEAplantedplantedplantedplanted",
    "81.2.69.142",
    KEY,
    "file.private@example.org",
    "hunter2-in-file",
    "log.private@example.org",
    "hunter2-in-context",
    "hunter2-in-ring",
    "ring.private@example.org",
    "hunter2-in-breadcrumb",
    "hunter2-in-config",
    "hunter2-in-client",
    "key.private@example.org",
    "hunter2-in-fact",
    "hunter2-in-text",
    "text.private@example.org",
    "error.private@example.org",
    "hunter2-in-review",
    "why.private@example.org",
    "hunter2-in-panic",
    "thread.private@example.org",
    "hunter2-in-picture",
];

/// What could be read of the files of a folder.
#[derive(Debug, Default, Clone, Copy)]
pub struct Seen {
    /// How many there were.
    pub files: usize,
    /// Those in which lines of the log could be read, so that a secret would have been.
    pub logs: usize,
}

/// Panics if a secret, or one of `typed`, is in any file below a folder, or in its name.
pub fn search(folder: &Path, typed: &[&str], what: &str) -> Seen {
    let mut seen = Seen::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()) {
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if path.is_file() {
                let name = path.to_string_lossy();
                seen.files += 1;
                seen.logs += usize::from(check(&fs::read(&path).unwrap(), typed, what, &name));
                check(name.as_bytes(), typed, what, "a name");
            }
        }
    }
    seen
}

/// Panics if a secret, or one of `typed`, is in these bytes. Answers whether lines of the log could be read in them.
pub fn check(bytes: &[u8], typed: &[&str], what: &str, name: &str) -> bool {
    static PLANTED: LazyLock<Regex> = LazyLock::new(|| any_of(&SECRETS));
    let typed = any_of(typed);
    let mut has_lines = false;
    for layer in layers(bytes, 0) {
        for secrets in [&*PLANTED, &typed] {
            if let Some(found) = secrets.find(&layer) {
                let secret = String::from_utf8_lossy(&layer[found.range()]);
                panic!("{what}: {secret:?} in {name}");
            }
        }
        has_lines |= String::from_utf8_lossy(&layer).contains(LINE);
    }
    has_lines
}

/// All their spellings.
fn any_of(secrets: &[&str]) -> Regex {
    let byte = |byte: u8| format!(r"\x{byte:02x}");
    let spellings = secrets.iter().flat_map(|secret| spellings(secret));
    let patterns: Vec<String> = spellings
        .map(|spelling| spelling.bytes().map(byte).collect::<Vec<_>>().concat())
        .collect();
    Regex::new_many(&patterns).unwrap()
}

/// How a secret of ASCII may stand in a file.
fn spellings(secret: &str) -> BTreeSet<String> {
    let spread = |gap: [&str; 2]| -> String {
        let spelled = secret.chars().map(|letter| gap.join(&letter.to_string()));
        spelled.collect()
    };
    let percent = |is_plain: fn(&char) -> bool, hex: fn(u32) -> String| {
        let spelled = |letter: char| {
            if is_plain(&letter) {
                letter.to_string()
            } else {
                hex(letter.into())
            }
        };
        secret.chars().map(spelled).collect()
    };
    let mut all = BTreeSet::from([secret.to_owned(), spread(["", "\0"]), spread(["\0", ""])]);
    let hex: [fn(u32) -> String; 4] = [
        |letter| format!("%{letter:02X}"),
        |letter| format!("%{letter:02x}"),
        |letter| format!("%25{letter:02X}"),
        |letter| format!("\\u{letter:04x}"),
    ];
    for hex in hex {
        all.extend([
            percent(char::is_ascii_alphanumeric, hex),
            percent(|letter| *letter != '@', hex),
            percent(|_| false, hex),
        ]);
    }
    for before in 0..3 {
        // Where it begins inside a group of three, and without what its neighbours decide too.
        let shifted = [&[0; 2][..before], secret.as_bytes()].concat();
        let own = (before * 8).div_ceil(6)..shifted.len() * 8 / 6;
        all.extend([&STANDARD, &URL_SAFE].map(|engine| engine.encode(&shifted)[own.clone()].to_owned()));
    }
    all
}

/// The bytes of a file, and all that can be unpacked of them: also of what was not finished.
fn layers(bytes: &[u8], depth: usize) -> Vec<Vec<u8>> {
    let mut inner = Vec::new();
    if depth < 3 {
        inner.extend(streams(bytes));
        for at in 0..bytes.len() {
            let rest = &bytes[at..];
            match rest {
                [b'P', b'K', 3, 4, ..] => inner.extend(entry(rest)),
                [0x1f, 0x8b, 8, ..] => inner.push(all_of(GzDecoder::new(rest))),
                [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => inner.push(all_of(ZlibDecoder::new(rest))),
                [0x89, b'P', b'N', b'G', ..] => inner.extend(pixels(rest)),
                _ => {}
            }
        }
    }
    let mut layers = vec![bytes.to_vec()];
    for bytes in inner.iter().filter(|bytes| bytes.len() > 8) {
        layers.extend(self::layers(bytes, depth + 1));
    }
    layers
}

/// The streams of deflate that stand one after the other, as those that wait for Send do.
fn streams(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut streams = Vec::new();
    while !bytes.is_empty() {
        let mut stream = DeflateDecoder::new(bytes);
        let text = all_of(&mut stream);
        let packed = usize::try_from(stream.total_in()).unwrap();
        if text.is_empty() || packed == 0 {
            break;
        }
        streams.push(text);
        bytes = &bytes[packed..];
    }
    streams
}

/// As much as comes.
fn all_of(from: impl Read) -> Vec<u8> {
    let mut all = Vec::new();
    let _ = from.take(256 << 20).read_to_end(&mut all);
    all
}

/// The file at the start of a zip.
fn entry(mut zip: &[u8]) -> Option<Vec<u8>> {
    zip::read::read_zipfile_from_stream(&mut zip)
        .ok()
        .flatten()
        .map(all_of)
}

/// What is seen of a picture, three bytes a pixel.
fn pixels(png: &[u8]) -> Option<Vec<u8>> {
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let samples = reader.info().color_type.samples();
    let _ = reader.next_frame(&mut pixels);
    let rgb = pixels
        .chunks_exact(samples)
        .flat_map(|pixel| &pixel[..samples.min(3)]);
    Some(rgb.copied().collect())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder};

    use super::*;

    const SECRET: &str = SECRETS[1];

    fn is_found(bytes: &[u8]) -> bool {
        let found = std::panic::catch_unwind(|| check(bytes, &[], "", ""));
        found.is_err()
    }

    #[test]
    fn a_secret_is_found_in_every_spelling() {
        assert!(!is_found(format!("{LINE} nothing").as_bytes()));
        let text = |secret: &str| format!("{LINE} password={secret} and so on");
        let wide = |to: fn(u16) -> [u8; 2]| text(SECRET).encode_utf16().flat_map(to).collect::<Vec<u8>>();
        assert!(is_found(&wide(u16::to_le_bytes)) && is_found(&wide(u16::to_be_bytes)));
        for spelling in [
            SECRET,
            "anna%2Eprivate%40example%2Eorg",
            "anna%2eprivate%40example%2eorg",
            "anna.private%40example.org",
            "anna.private%2540example.org",
        ] {
            assert!(is_found(text(spelling).as_bytes()), "{spelling}");
        }
        for at in 0..7 {
            let encoded = STANDARD.encode(format!("{}{}", "ÿ?".repeat(at), text(SECRET)));
            assert!(is_found(encoded.as_bytes()), "{encoded}");
        }
    }

    #[test]
    fn a_secret_is_found_however_it_is_packed() {
        let text = format!("{LINE} {SECRET} and so on").repeat(50);
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(b"nothing").unwrap();
        let first = packed.finish().unwrap();
        let mut packed = DeflateEncoder::new(first, Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        assert!(is_found(&packed.finish().unwrap()), "the second of two streams");

        let mut packed = GzEncoder::new(b"a name".to_vec(), Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        assert!(is_found(&packed) && is_found(&packed[..packed.len() - 20]));

        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("first.txt", options).unwrap();
        zip.write_all(b"nothing").unwrap();
        zip.start_file("second.gz", options).unwrap();
        zip.write_all(&packed).unwrap();
        let zip = zip.finish().unwrap().into_inner();
        assert!(is_found(&zip[..zip.len() - 100]), "of a zip without its end");
    }

    #[test]
    fn a_secret_is_found_in_the_pixels_of_a_picture() {
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, 6, 1);
        encoder.set_color(png::ColorType::Rgba);
        let secret = b"hunter2-in-picture"
            .chunks(3)
            .flat_map(|rgb| [rgb, &[255]].concat());
        let pixels: Vec<u8> = secret.collect();
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        assert!(is_found(&png));
    }
}
