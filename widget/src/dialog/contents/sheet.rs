//! What a file of the report looks like: a text, a picture, or neither. Made off the frame.

use egui::ColorImage;
use feedback_sdk::{FileKind, Report, ReportFile};

use super::MANIFEST;
use crate::picture::Pixels;

/// The longest side of a picture, in pixels: what every graphics card takes.
const LONGEST_SIDE: usize = 2048;
/// Where a NUL stands in the first bytes, it is no text: git's own rule (`buffer_is_binary`).
const HEAD: usize = 8000;

/// What is shown of a file.
pub(crate) enum Sheet {
    Text(Text),
    Picture(ColorImage),
    /// Neither text nor a picture that can be drawn.
    Unreadable,
}

/// A text as it leaves.
#[derive(Default)]
pub(crate) struct Text {
    pub(crate) bytes: Vec<u8>,
    /// The names of the rules that have masked something in it.
    pub(crate) rules: Vec<String>,
}

impl Sheet {
    /// Reads a file of the report. `None` where there is none of this path.
    pub(crate) fn of(report: &Report, path: &str) -> Option<Self> {
        let all: Vec<String> = report.masked().keys().cloned().collect();
        if path == MANIFEST {
            let bytes = report.manifest().ok()?;
            return Some(Self::Text(Text { bytes, rules: all }));
        }
        let evidence = report.evidence().iter().find(|file| file.path() == path);
        let file = match evidence {
            Some(file) => file.clone(),
            None => report.files().into_iter().find(|file| file.path() == path)?,
        };
        let Ok(content) = file.content() else {
            return Some(Self::Unreadable);
        };
        if file.kind() == FileKind::Screenshot || content.starts_with(b"\x89PNG") {
            return Some(picture(&file).map_or(Self::Unreadable, Self::Picture));
        }
        let rules = match file.kind() {
            FileKind::System => all,
            _ => file.masked().keys().cloned().collect(),
        };
        let bytes = match utf16(&content) {
            Some(text) => text.into_bytes(),
            None if is_binary(&content) => return Some(Self::Unreadable),
            None => content,
        };
        Some(Self::Text(Text { bytes, rules }))
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(HEAD).any(|byte| *byte == 0)
}

/// A text that begins with the byte order mark of UTF-16, as editors on Windows wrote for twenty years.
fn utf16(bytes: &[u8]) -> Option<String> {
    let unit = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (units, _) = bytes.get(2..)?.as_chunks();
    let units = units.iter().map(|pair| unit(*pair));
    let chars = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(chars.collect())
}

fn picture(file: &ReportFile) -> Option<ColorImage> {
    let (width, height, rgba) = file.rgba()?;
    Some(Pixels::new(width, height, rgba)?.shrunk(LONGEST_SIDE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_windows_is_read_and_a_program_is_not() {
        assert_eq!(utf16(b"\xff\xfeh\0\xe9\0").as_deref(), Some("hé"));
        assert_eq!(utf16(b"\xfe\xff\0h\0\xe9").as_deref(), Some("hé"));
        assert_eq!(utf16(b"\xff\xfe\0\xd8x").as_deref(), Some("\u{fffd}"));
        assert_eq!(utf16(b"hello"), None);
        assert!(is_binary(b"\x7fELF\0"));
        assert!(!is_binary("naïve \u{1f600}".as_bytes()));
        assert!(!is_binary(b"latin-1: \xe9"));
    }
}
