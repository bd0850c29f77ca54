//! What a file of the report looks like: a text, a picture, or neither. Made off the frame.

use egui::ColorImage;
use feedback_sdk::{MaskCounts, Report, ReportFile};

use super::{MANIFEST, all_files};
use crate::picture::Pixels;

/// The longest side of a picture, in pixels: what every graphics card takes.
const LONGEST_SIDE: usize = 2048;

/// What is shown of a file.
pub(crate) enum Sheet {
    Text(Text),
    Picture(ColorImage),
    /// Neither text nor a picture that can be drawn.
    Unreadable,
}

/// A text as it leaves, whatever its encoding is.
#[derive(Default)]
pub(crate) struct Text {
    pub(crate) bytes: Vec<u8>,
    /// The names of the rules that have masked something in it.
    pub(crate) rules: Vec<String>,
}

impl Sheet {
    /// Reads a file of the report. `None` where there is none of this path.
    pub(crate) fn of(report: &Report, path: &str) -> Option<Self> {
        let names = |masked: &MaskCounts| masked.keys().cloned().collect();
        if path == MANIFEST {
            let (bytes, rules) = (report.manifest().ok()?, names(report.masked()));
            return Some(Self::Text(Text { bytes, rules }));
        }
        let file = all_files(report).find(|file| file.path() == path)?;
        if let Some(picture) = picture(&file) {
            return Some(Self::Picture(picture));
        }
        let Ok(Some(text)) = file.text() else {
            return Some(Self::Unreadable);
        };
        let (bytes, rules) = (text.into_bytes(), names(file.masked()));
        Some(Self::Text(Text { bytes, rules }))
    }
}

fn picture(file: &ReportFile) -> Option<ColorImage> {
    let (width, height, rgba) = file.rgba()?;
    Some(Pixels::new(width, height, rgba)?.shrunk(LONGEST_SIDE))
}
