//! Takes the pictures in: as PNGs, also those that came as pixels.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use super::{Gathering, attachments};
use crate::draft::Attachment;
use crate::error::AttachmentProblem;
use crate::picture::{
    MOST_PIXELS, Picture, PictureError, Pixels, bare_png, check_png, check_seen, encode, is_png, is_seen,
    rgba,
};
use crate::report::{FileKind, GapReason};

/// Adds `screenshots/1.png`, `screenshots/2.png`, … by their numbers. Those that cannot be seen come back, and are gaps.
pub(crate) fn gather(
    pictures: &[Picture],
    limit: u64,
    gathering: &mut Gathering,
) -> Vec<(u64, PictureError)> {
    let mut lost = Vec::new();
    for (place, picture) in (1..).zip(pictures) {
        let number = picture.number.unwrap_or(place);
        let name = format!("{number}.png");
        match encoded(&picture.pixels, limit) {
            Ok(png) => {
                gathering.add(FileKind::Screenshot, &name, [&png]);
            }
            Err(error) => {
                let why = match &error {
                    PictureError::File(problem) => problem.clone().into(),
                    error => GapReason::Other(error.to_string()),
                };
                gathering.gap(&format!("picture {name}"), why);
                lost.push((number, error));
            }
        }
    }
    lost
}

/// The PNG that is sent.
fn encoded(pixels: &Pixels, limit: u64) -> Result<Vec<u8>, PictureError> {
    match pixels {
        Pixels::Png(bytes) => seen(bytes),
        Pixels::File(path) => seen(&read(path, limit)?),
        Pixels::Lost(why) => Err(why.clone()),
        Pixels::Rgba { width, height, bytes } => {
            let unreadable = |error: io::Error| AttachmentProblem::Unreadable(error.to_string());
            encode(*width, *height, bytes).map_err(|error| PictureError::File(unreadable(error)))
        }
    }
}

/// What is seen of a PNG. Where that is nothing, the window cannot show what would be sent.
fn seen(png: &[u8]) -> Result<Vec<u8>, PictureError> {
    let bare = bare_png(png);
    check_seen(&bare)?;
    Ok(bare)
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>, PictureError> {
    let png = attachments::read(path, limit, is_png).map_err(PictureError::File)?;
    check_png(&png)?;
    Ok(png)
}

impl Picture {
    /// Width, height and straight RGBA, of whatever it is made. An error for what is no PNG or cannot be read, and for a
    /// picture larger than three 8K monitors.
    ///
    /// At once for one that is made [`from_rgba`](Self::from_rgba), as all pictures of the screen are. Else it reads
    /// the file where there is one, of another kind of file no more than the beginning, and takes some 40 ms for a 4K
    /// picture: not for a thread that draws.
    pub fn rgba(&self) -> Result<(u32, u32, Cow<'_, [u8]>), PictureError> {
        let png = match &self.pixels {
            Pixels::Rgba { width, height, bytes } => return Ok((*width, *height, Cow::Borrowed(bytes))),
            Pixels::Png(bytes) => Cow::Borrowed(bytes.as_slice()),
            Pixels::File(path) => Cow::Owned(read(path, MOST_PIXELS as u64)?),
            Pixels::Lost(why) => return Err(why.clone()),
        };
        let (width, height, pixels) = rgba(&png)?;
        Ok((width, height, Cow::Owned(pixels)))
    }
}

impl Attachment {
    /// What is seen of the file, where it is a PNG, or with the feature `jpeg` a photo (JPEG), the right way up. `None`
    /// for all else, and for a picture larger than three 8K monitors.
    ///
    /// Of another kind of file it reads no more than the beginning. A photo of 12 million pixels takes a tenth of a second:
    /// not for a thread that draws.
    pub fn picture(&self) -> Option<Picture> {
        let file = attachments::read(self.path(), MOST_PIXELS as u64, is_seen).ok()?;
        let (width, height, pixels) = crate::picture::seen(&file)?;
        Picture::from_rgba(width, height, pixels).ok()
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
            Picture::lost(PictureError::TooLarge),
        ];
        let mut gathering = Gathering::new(Masks::for_this_machine());
        let lost = gather(&pictures, 10_000, &mut gathering);
        let gone = PictureError::File(AttachmentProblem::Gone);
        let expected = [1, 2, 7].map(|number| (number, PictureError::NotPng));
        let told = [(4, gone), (6, PictureError::TooLarge)];
        assert_eq!(lost, [&expected[..], &told].concat());
        assert_eq!(gathering.files.len(), 1);
        assert_eq!(gathering.gaps.len(), 5);
    }

    #[test]
    fn a_picture_with_too_many_pixels_is_not_called_broken() {
        for color in [png::ColorType::Rgba, png::ColorType::Grayscale] {
            let mut large = Vec::new();
            let mut encoder = png::Encoder::new(&mut large, 20_000, 9_950);
            encoder.set_color(color);
            let mut writer = encoder.write_header().unwrap();
            writer.write_chunk(png::chunk::IDAT, &[]).unwrap();
            drop(writer);
            let mut gathering = Gathering::new(Masks::for_this_machine());
            let pictures = [Picture::from_png(large).unwrap()];
            let lost = gather(&pictures, 10_000, &mut gathering);
            assert_eq!(lost, [(1, PictureError::TooLarge)]);
            assert_eq!(pictures[0].rgba(), Err(PictureError::TooLarge));
            let why = gathering.gaps[0].why.to_string();
            assert!(why.contains("three 8K monitors"), "{why}");
        }
    }
}
