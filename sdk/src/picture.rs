//! Pictures: raw pixels become a PNG, a PNG stays what it is.

pub(crate) mod bare;
mod chunks;
mod jpeg;
#[cfg(feature = "jpeg")]
mod photo;
mod png_file;
mod upright;
mod webp;

use std::fmt;
use std::io::{self, Cursor};
use std::path::PathBuf;
use std::sync::Arc;

use crate::absolute::absolute;
use crate::error::AttachmentProblem;
use png_file::SIGNATURE;

/// A picture to send along. Cheap to clone.
///
/// Raw pixels are turned into a PNG when the report is prepared, on the SDK's thread.
#[derive(Clone, PartialEq)]
pub struct Picture {
    pub(crate) pixels: Pixels,
    pub(crate) number: Option<u64>,
}

impl fmt::Debug for Picture {
    /// Without its pixels and its path, which a log must not hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picture").finish_non_exhaustive()
    }
}

#[derive(Clone, PartialEq)]
pub(crate) enum Pixels {
    Rgba {
        width: u32,
        height: u32,
        bytes: Arc<Vec<u8>>,
    },
    Png(Arc<Vec<u8>>),
    File(PathBuf),
    Lost(PictureError),
}

/// Bytes that are not the picture they were said to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// The number of bytes is not `width` × `height` × 4, or a side is zero.
    #[error("{bytes} bytes are no {width} x {height} RGBA picture; hand in width * height * 4 bytes")]
    Size {
        /// Pixels per row.
        width: u32,
        /// Rows.
        height: u32,
        /// What was handed in.
        bytes: usize,
    },
    /// The bytes do not start as a PNG does.
    #[error("these bytes are no PNG; hand in a whole PNG file")]
    NotPng,
    /// It has more pixels than three 8K monitors, which is told once it is looked at: when the report is prepared.
    #[error("this picture has more pixels than three 8K monitors; make it smaller, or attach it as a file")]
    TooLarge,
    /// Its file cannot be taken, which is told once it is looked at.
    #[error("this picture cannot be taken: {0}")]
    File(AttachmentProblem),
}

impl Picture {
    /// A picture from rows of straight (not premultiplied) RGBA, 8 bits each, top row first.
    pub fn from_rgba(width: u32, height: u32, bytes: Vec<u8>) -> Result<Self, PictureError> {
        let expected = u64::from(width) * u64::from(height) * 4;
        if expected == 0 || expected != bytes.len() as u64 {
            return Err(PictureError::Size {
                width,
                height,
                bytes: bytes.len(),
            });
        }
        Ok(Self::of(Pixels::Rgba {
            width,
            height,
            bytes: Arc::new(bytes),
        }))
    }

    /// Whether all its pixels have one colour. `false` where nobody has looked yet.
    pub(crate) fn is_blank(&self) -> bool {
        let Pixels::Rgba { bytes, .. } = &self.pixels else {
            return false;
        };
        let mut pixels = bytes.chunks_exact(4);
        let first = pixels.next();
        first.is_some() && pixels.all(|pixel| Some(pixel) == first)
    }

    /// A PNG file on disk, read when the report is prepared, and sent as that of [`from_png`](Self::from_png). One that
    /// cannot be read, or is no PNG, becomes a gap in the report: see [`Report::lost_pictures`](crate::Report::lost_pictures).
    pub fn from_file(path: impl Into<PathBuf>) -> Self {
        Self::of(Pixels::File(absolute(path.into())))
    }

    /// A picture that is a PNG file already. Its pixels are sent as they are; texts, times and places in it, further
    /// frames, and what stands behind its end are not: nobody sees them in the window. One of which nothing can be shown
    /// becomes a gap, as does one with more pixels than three 8K monitors.
    pub fn from_png(bytes: Vec<u8>) -> Result<Self, PictureError> {
        check_png(&bytes)?;
        Ok(Self::of(Pixels::Png(Arc::new(bytes))))
    }

    /// A picture of which the person was told that it cannot be had, for this reason: a gap in the report, whatever has become
    /// of its file since.
    pub fn lost(why: PictureError) -> Self {
        Self::of(Pixels::Lost(why))
    }

    /// Has it sent as `screenshots/<number>.png`, where the person knows it by that number. Default: its place in
    /// [`ReportDraft::pictures`](crate::ReportDraft::pictures), from 1.
    #[must_use]
    pub fn numbered(mut self, number: u64) -> Self {
        self.number = Some(number);
        self
    }

    fn of(pixels: Pixels) -> Self {
        Self { pixels, number: None }
    }
}

/// Whether a file is a PNG by its beginning.
pub(crate) fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

pub(crate) fn check_png(bytes: &[u8]) -> Result<(), PictureError> {
    is_png(bytes).then_some(()).ok_or(PictureError::NotPng)
}

/// What is seen of a PNG, and nothing else that its file holds. One that is cut short stays so.
pub(crate) fn bare_png(file: &[u8]) -> Vec<u8> {
    let (mut bare, mut seen) = (png_file::Bare::of(png_file::is_of_picture), Vec::new());
    bare.push(file, &mut seen);
    seen
}

/// The most bytes of pixels that a PNG may make: three 8K monitors.
pub(crate) const MOST_PIXELS: usize = 3 * 7680 * 4320 * 4;

/// Whether [`seen`] reads such a file, by its beginning.
pub(crate) fn is_seen(start: &[u8]) -> bool {
    is_png(start) || (cfg!(feature = "jpeg") && jpeg::is_jpeg(start))
}

/// Width, height and straight RGBA of a file that is a picture: a PNG, or a JPEG where the feature is on. `None` for all
/// else, and for one that would fill the memory.
pub(crate) fn seen(file: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    #[cfg(feature = "jpeg")]
    if jpeg::is_jpeg(file) {
        return photo::rgba(file);
    }
    let (width, height, pixels, turned) = decode(file).ok()?;
    let Some(turned) = turned else {
        return Some((width, height, pixels));
    };
    let pixel = |at: usize| pixels.as_chunks().0.get(at).copied();
    upright::upright([width as usize, height as usize], pixel, turned)
}

/// Width, height and straight RGBA of a PNG of any kind that does not fill the memory, as they lie in it.
pub(crate) fn rgba(png: &[u8]) -> Result<(u32, u32, Vec<u8>), PictureError> {
    let (width, height, pixels, _) = decode(png)?;
    Ok((width, height, pixels))
}

/// The same, and how it is to be turned.
fn decode(png: &[u8]) -> Result<(u32, u32, Vec<u8>, Option<u8>), PictureError> {
    let mut reader = reader(png)?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(PictureError::TooLarge)?];
    let frame = reader.next_frame(&mut pixels).map_err(|_| PictureError::NotPng)?;
    if frame.color_type == png::ColorType::GrayscaleAlpha {
        let mut coloured = Vec::with_capacity(2 * pixels.len());
        for [grey, alpha] in pixels.as_chunks().0 {
            coloured.extend([*grey, *grey, *grey, *alpha]);
        }
        pixels = coloured;
    }
    let _ = reader.finish(); // that may stand behind the pixels; one that is cut short has none there
    let exif = reader.info().exif_metadata.as_deref();
    let turned = exif.and_then(jpeg::exif::orientation);
    Ok((frame.width, frame.height, pixels, turned))
}

/// Whether [`rgba`] gives something, or why not. Row by row, so that it takes no memory.
pub(crate) fn check_seen(png: &[u8]) -> Result<(), PictureError> {
    let mut reader = reader(png)?;
    loop {
        match reader.next_row() {
            Ok(Some(_)) => {}
            Ok(None) => return Ok(()),
            Err(_) => return Err(PictureError::NotPng),
        }
    }
}

/// Reads a PNG that does not fill the memory.
fn reader(png: &[u8]) -> Result<png::Reader<Cursor<&[u8]>>, PictureError> {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let reader = decoder.read_info().map_err(|_| PictureError::NotPng)?;
    // A grey one has fewer bytes until it is shown.
    let (width, height) = reader.info().size();
    let bytes = u64::from(width) * u64::from(height) * 4;
    let fits = bytes <= MOST_PIXELS as u64;
    fits.then_some(reader).ok_or(PictureError::TooLarge)
}

/// A PNG at half its width and height, each pixel the mean of four. `None` where that would be
/// narrower than `least_width`, or the PNG cannot be read.
pub(crate) fn halve(png: &[u8], least_width: u32) -> Option<io::Result<Vec<u8>>> {
    let (whole_width, whole_height, pixels) = rgba(png).ok()?;
    let (width, height) = (whole_width / 2, whole_height / 2);
    if width < least_width || height == 0 {
        return None;
    }
    let row = whole_width as usize * 4;
    let mut half = Vec::with_capacity(pixels.len() / 4);
    for rows in pixels.chunks_exact(2 * row) {
        for x in (0..width as usize).map(|x| x * 8) {
            for channel in x..x + 4 {
                let four = [channel, channel + 4, channel + row, channel + row + 4];
                let sum: u16 = four.iter().map(|at| u16::from(rows[*at])).sum();
                half.push(u8::try_from(sum / 4).unwrap_or(u8::MAX));
            }
        }
    }
    Some(encode(width, height, &half))
}

/// A PNG of straight RGBA. `Fast` takes 41 ms for a 4K picture and is a tenth larger than the default.
pub(crate) fn encode(width: u32, height: u32, rgba: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(rgba.len() / 4);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().map_err(io::Error::other)?;
    writer.write_image_data(rgba).map_err(io::Error::other)?;
    writer.finish().map_err(io::Error::other)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_picture_has_the_mean_of_each_four_pixels() {
        let row = [
            [0, 0, 0, 255],
            [100, 40, 0, 255],
            [8, 8, 8, 255],
            [8, 8, 8, 255],
            [1, 1, 1, 255],
        ];
        let pixels: Vec<u8> = [row, row, row].concat().concat();
        let half = halve(&encode(5, 3, &pixels).unwrap(), 2).unwrap().unwrap();
        let (_, _, back) = rgba(&half).unwrap();
        assert_eq!(back, [50, 20, 0, 255, 8, 8, 8, 255]);
        assert!(halve(&encode(5, 3, &pixels).unwrap(), 3).is_none());
    }

    #[test]
    fn pixels_come_back_as_they_were() {
        let pixels: Vec<u8> = (0..3 * 2 * 4).map(|n| n * 10).collect();
        let png = encode(3, 2, &pixels).unwrap();
        assert_eq!(rgba(&png), Ok((3, 2, pixels)));
    }

    #[test]
    fn a_png_of_any_kind_gives_its_pixels() {
        let mut grey = Vec::new();
        let mut encoder = png::Encoder::new(&mut grey, 2, 1);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&[7, 9]).unwrap();
        let seen = vec![7, 7, 7, 255, 9, 9, 9, 255];
        assert_eq!(rgba(&grey), Ok((2, 1, seen)));
        for length in 0..=grey.len() {
            let part = &grey[..length];
            assert_eq!(check_seen(part).is_ok(), rgba(part).is_ok(), "{length}");
        }
        assert_eq!(rgba(&grey[..40]), Err(PictureError::NotPng));
        assert_eq!(rgba(b"GIF89a"), Err(PictureError::NotPng));
    }

    #[test]
    fn a_png_that_lies_on_its_side_is_shown_the_right_way_up_as_others_show_it() {
        let lying: Vec<u8> = [3, 6, 2, 5, 1, 4].map(|number| [number; 4]).concat();
        let plain = encode(2, 3, &lying).unwrap();
        let exif = [b"eXIf", &jpeg::exif::tiff(6)[..]].concat();
        let exif = [&[0, 0, 0, 26], &exif[..], &crc32fast::hash(&exif).to_be_bytes()].concat();
        let upright: Vec<u8> = [1, 2, 3, 4, 5, 6].map(|number| [number; 4]).concat();
        for at in [SIGNATURE.len() + 25, plain.len() - 12] {
            let (before, behind) = plain.split_at(at);
            let file = [before, &exif, behind].concat();
            assert_eq!(seen(&file), Some((3, 2, upright.clone())), "at {at}");
            assert_eq!(rgba(&file), Ok((2, 3, lying.clone())), "as it lies");
        }
        assert_eq!(seen(&plain), Some((2, 3, lying)));
    }

    #[test]
    fn of_a_png_only_what_is_seen_stays() {
        let plain = encode(1, 1, &[1, 2, 3, 255]).unwrap();
        let (header, picture) = plain.split_at(SIGNATURE.len() + 25);
        let more = |kind: &[u8; 4], data: &[u8]| {
            let length = u32::try_from(data.len()).unwrap().to_be_bytes();
            [&length, kind.as_slice(), data, &[0; 4]].concat()
        };
        let texts =
            [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP", b"acTL"].map(|kind| more(kind, b"Author\0anna"));
        let (time, frame) = (more(b"tIME", &[7; 7]), more(b"fdAT", b"anna"));
        let file = [header, &texts.concat(), &time, &frame, picture, &plain, b"anna"].concat();
        assert_eq!(bare_png(&file), plain);
        assert_eq!(bare_png(&file[..file.len() - 20]), plain);
        let short = &plain[..plain.len() - 20];
        assert_eq!(bare_png(short), short, "what there is of it");
        assert_eq!(bare_png(&[SIGNATURE, &[0xff; 12]].concat()), SIGNATURE);
    }

    #[test]
    fn one_pixel_that_differs_makes_a_picture_of_it() {
        let of = |bytes: Vec<u8>| Picture::from_rgba(2, 2, bytes).unwrap();
        assert!(of([1, 2, 3, 255].repeat(4)).is_blank());
        let mut bytes = [1, 2, 3, 255].repeat(4);
        bytes[14] = 4;
        assert!(!of(bytes).is_blank());
        assert!(!Picture::from_file("1.png").is_blank(), "nobody has looked");
    }
}
