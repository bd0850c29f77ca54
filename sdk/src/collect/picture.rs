//! Takes the pictures in: as PNGs, also those that came as pixels.

use std::borrow::Cow;
use std::io::Cursor;
use std::path::Path;

use super::{Gathering, attachments};
use crate::picture::{MOST_PIXELS, Picture, Pixels, bare_png, check_png, check_seen, encode, is_png, rgba};
use crate::report::{FileKind, GapReason};

/// Adds `screenshots/1.png`, `screenshots/2.png`, … by their numbers. Those that cannot be seen come back, and are gaps.
pub(crate) fn gather(pictures: &[Picture], limit: u64, gathering: &mut Gathering) -> Vec<u64> {
    let mut lost = Vec::new();
    for (place, picture) in (1..).zip(pictures) {
        let number = picture.number.unwrap_or(place);
        let name = format!("{number}.png");
        let encoded = match &picture.pixels {
            Pixels::Png(bytes) => seen(bytes),
            Pixels::File(path) => read(path, limit).and_then(|png| seen(&png)),
            Pixels::Rgba { width, height, bytes } => {
                encode(*width, *height, bytes).map_err(|error| GapReason::Other(error.to_string()))
            }
        };
        match encoded {
            Ok(png) => {
                gathering.add(FileKind::Screenshot, &name, [&png]);
            }
            Err(why) => {
                gathering.gap(&format!("picture {name}"), why);
                lost.push(number);
            }
        }
    }
    lost
}

/// What is seen of a PNG. Where that is nothing, the window cannot show what would be sent.
fn seen(png: &[u8]) -> Result<Vec<u8>, GapReason> {
    let bare = bare_png(png);
    check_seen(Cursor::new(&bare)).map_err(|error| GapReason::Other(error.to_string()))?;
    Ok(bare)
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>, GapReason> {
    let png = attachments::read(path, limit, is_png)?;
    check_png(&png).map_err(|error| GapReason::Other(error.to_string()))?;
    Ok(png)
}

impl Picture {
    /// Width, height and straight RGBA, of whatever it is made. `None` for what is no PNG or cannot be read, and for a
    /// picture larger than three 8K monitors.
    ///
    /// At once for one that is made [`from_rgba`](Self::from_rgba), as all pictures of the screen are. Else it reads
    /// the file where there is one, of another kind of file no more than the beginning, and takes some 40 ms for a 4K
    /// picture: not for a thread that draws.
    pub fn rgba(&self) -> Option<(u32, u32, Cow<'_, [u8]>)> {
        let png = match &self.pixels {
            Pixels::Rgba { width, height, bytes } => return Some((*width, *height, Cow::Borrowed(bytes))),
            Pixels::Png(bytes) => Cow::Borrowed(bytes.as_slice()),
            Pixels::File(path) => Cow::Owned(read(path, MOST_PIXELS as u64).ok()?),
        };
        let (width, height, pixels) = rgba(Cursor::new(png))?;
        Some((width, height, Cow::Owned(pixels)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::Masks;

    #[test]
    fn a_png_says_nothing_that_is_not_seen_wherever_it_comes_from() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("screen.png");
        let plain = encode(1, 1, &[1, 2, 3, 255]).unwrap();
        let file = [&plain, b"what was cropped".as_slice()].concat();
        std::fs::write(&path, &file).unwrap();
        let mut gathering = Gathering::new(Masks::for_this_machine());
        let pictures = [Picture::from_file(path), Picture::from_png(file).unwrap()];
        gather(&pictures, 10_000, &mut gathering);
        for picture in &gathering.files {
            assert_eq!(picture.content().unwrap(), plain);
        }
        assert_eq!(gathering.files.len(), 2);
    }

    #[test]
    fn what_the_window_cannot_show_is_a_gap_and_told() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str, content: &[u8]| {
            let path = dir.path().join(name);
            std::fs::write(&path, content).unwrap();
            path
        };
        let plain = encode(1, 1, &[1, 2, 3, 255]).unwrap();
        let broken = &plain[..plain.len() / 2];
        let pictures = [
            Picture::from_file(path("photo.jpg", b"\xff\xd8\xff\xe0")),
            Picture::from_file(path("broken.png", broken)),
            Picture::from_png(broken.to_vec()).unwrap().numbered(7),
            Picture::from_file(dir.path().join("gone.png")),
            Picture::from_png(plain).unwrap(),
        ];
        let mut gathering = Gathering::new(Masks::for_this_machine());
        assert_eq!(gather(&pictures, 10_000, &mut gathering), [1, 2, 7, 4]);
        assert_eq!(gathering.files.len(), 1);
        assert_eq!(gathering.gaps.len(), 4);
    }

    #[test]
    fn a_picture_with_too_many_pixels_is_not_called_broken() {
        let mut large = Vec::new();
        let encoder = png::Encoder::new(&mut large, 20_000, 10_000);
        let mut writer = encoder.write_header().unwrap();
        writer.write_chunk(png::chunk::IDAT, &[]).unwrap();
        drop(writer);
        let mut gathering = Gathering::new(Masks::for_this_machine());
        let pictures = [Picture::from_png(large).unwrap()];
        assert_eq!(gather(&pictures, 10_000, &mut gathering), [1]);
        let why = gathering.gaps[0].why.to_string();
        assert!(why.contains("three 8K monitors"), "{why}");
    }
}
