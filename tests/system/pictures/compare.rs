//! A picture beside the one in the repository.

use std::path::{Path, PathBuf};

use demo_app::painter::encode_png;
use eframe::egui::ColorImage;

/// Differences up to this are rounding, in steps of 255 per colour.
const ROUNDING: u8 = 2;

/// Compares with the picture in the repository, or replaces it where that is asked for.
pub(super) fn compare(name: &str, image: &ColorImage) {
    let wanted = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("pictures")
        .join(format!("{name}.png"));
    let png = encode_png(image).unwrap();
    if std::env::var_os("FEEDBACK_UPDATE_PICTURES").is_some() {
        std::fs::write(&wanted, png).unwrap();
        return;
    }
    let here = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
    std::fs::write(&here, &png).unwrap();
    let old = std::fs::read(&wanted).unwrap_or_default();
    let same = old == png || differing(&old, &png) == Some(0);
    assert!(
        same,
        "{} looks different from {}",
        here.display(),
        wanted.display()
    );
}

/// How many bytes of the pixels differ by more than rounding; `None` where the size differs.
fn differing(a: &[u8], b: &[u8]) -> Option<usize> {
    let (a, b) = (pixels(a)?, pixels(b)?);
    let differ = |(a, b): &(&u8, &u8)| a.abs_diff(**b) > ROUNDING;
    (a.len() == b.len()).then(|| a.iter().zip(&b).filter(differ).count())
}

fn pixels(file: &[u8]) -> Option<Vec<u8>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    reader.next_frame(&mut pixels).ok()?;
    Some(pixels)
}
