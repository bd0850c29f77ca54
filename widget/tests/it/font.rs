//! A font for any letters, so that these tests need none installed, and a source that gives it.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use egui::{FallbackRequest, FontData, FontDefinitions, FontInsert, FontProvider};

/// A font that has these letters: egui's own with another `cmap`, where all of them are one glyph.
pub(crate) fn with(letters: &str) -> FontData {
    let fonts = FontDefinitions::default();
    let mut font = (*fonts.font_data["Ubuntu-Light"].font).as_ref().to_vec();
    let cmap = cmap(letters);
    let place = [size(font.len()), size(cmap.len())]
        .map(u32::to_be_bytes)
        .concat();
    // The table directory of OpenType: 12 bytes, then 16 for each table: tag, checksum, offset, length.
    let records = font[12..].chunks_exact_mut(16);
    let record = records
        .into_iter()
        .find(|record| record.starts_with(b"cmap"))
        .unwrap();
    record[8..].copy_from_slice(&place);
    font.extend(cmap);
    FontData::from_owned(font)
}

/// OpenType's `cmap` with one subtable of format 12.
fn cmap(letters: &str) -> Vec<u8> {
    const GLYPH: u32 = 40;
    let letters: BTreeSet<u32> = letters.chars().map(u32::from).collect();
    let count = size(letters.len());
    let mut table: Vec<u8> = [0, 1, 3, 10, 0, 12, 12, 0]
        .into_iter()
        .flat_map(u16::to_be_bytes)
        .collect();
    let head = [16 + 12 * count, 0, count].into_iter();
    let groups = letters.into_iter().flat_map(|letter| [letter, letter, GLYPH]);
    table.extend(head.chain(groups).flat_map(u32::to_be_bytes));
    table
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap()
}

/// Gives one font, or none, and tells for which letters and on which thread it was asked.
pub(crate) struct Source {
    font: Option<FontData>,
    asked: Mutex<Sender<(String, Option<String>)>>,
}

/// What a [`Source`] was asked: the letters, and the name of the thread.
pub(crate) type Asked = Receiver<(String, Option<String>)>;

impl Source {
    pub(crate) fn new(font: Option<FontData>) -> (Arc<Self>, Asked) {
        let (sender, asked) = channel();
        let source = Self {
            font,
            asked: Mutex::new(sender),
        };
        (Arc::new(source), asked)
    }

    /// One that has what the window says in any of its languages, and the words that tests write.
    pub(crate) fn for_all_languages() -> Arc<Self> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/languages");
        let files = std::fs::read_dir(folder).unwrap();
        let all: Vec<String> = files
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
            .collect();
        Self::new(Some(with(&(all.concat() + "日本語안녕سلام")))).0
    }
}

impl FontProvider for Source {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let thread = thread::current().name().map(str::to_owned);
        // The test may have seen enough.
        let _ = self
            .asked
            .lock()
            .unwrap()
            .send((request.cluster.to_owned(), thread));
        Some(FontInsert {
            name: "fallback".to_owned(),
            data: self.font.clone()?,
            families: Vec::new(),
        })
    }
}
