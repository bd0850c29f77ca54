//! Pictures: raw pixels become a PNG, a PNG stays what it is.

use std::borrow::Cow;
use std::io::{self, BufRead, Cursor, Seek};
use std::path::Path;

use super::{Gathering, attachments};
use crate::draft::{Picture, Pixels, check_png};
use crate::report::{FileKind, GapReason};

/// Adds `screenshots/1.png`, `screenshots/2.png`, …
pub(crate) fn gather(pictures: &[Picture], limit: u64, gathering: &mut Gathering) {
    for (index, picture) in pictures.iter().enumerate() {
        let name = format!("{}.png", index + 1);
        let encoded = match &picture.0 {
            Pixels::Png(bytes) => Ok(bytes.to_vec()),
            Pixels::File(path) => read(path, limit),
            Pixels::Rgba { width, height, bytes } => {
                encode(*width, *height, bytes).map_err(|error| GapReason::Other(error.to_string()))
            }
        };
        match encoded {
            Ok(png) => {
                gathering.add(FileKind::Screenshot, &name, [&png]);
            }
            Err(why) => gathering.gap(&format!("picture {name}"), why),
        }
    }
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>, GapReason> {
    let png = attachments::read(path, limit)?;
    check_png(&png).map_err(|error| GapReason::Other(error.to_string()))?;
    Ok(png)
}

/// The pixels of a picture, as [`rgba`] gives them.
pub(crate) fn pixels(picture: &Picture) -> Option<(u32, u32, Cow<'_, [u8]>)> {
    let png = match &picture.0 {
        Pixels::Rgba { width, height, bytes } => return Some((*width, *height, Cow::Borrowed(bytes))),
        Pixels::Png(bytes) => Cow::Borrowed(bytes.as_slice()),
        Pixels::File(path) => Cow::Owned(read(path, MOST_PIXELS as u64).ok()?),
    };
    let (width, height, pixels) = rgba(Cursor::new(png))?;
    Some((width, height, Cow::Owned(pixels)))
}

/// The most bytes of pixels that a PNG may make: three 8K monitors.
const MOST_PIXELS: usize = 3 * 7680 * 4320 * 4;

/// Width, height and straight RGBA of a PNG of any kind. `None` for what is none, and for one that would fill the
/// memory.
pub(crate) fn rgba(png: impl BufRead + Seek) -> Option<(u32, u32, Vec<u8>)> {
    let mut decoder = png::Decoder::new(png);
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let size = reader.output_buffer_size().filter(|size| *size <= MOST_PIXELS)?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).ok()?;
    if frame.color_type == png::ColorType::GrayscaleAlpha {
        let grey = |pixel: &[u8]| [pixel[0], pixel[0], pixel[0], pixel[1]];
        pixels = pixels.chunks_exact(2).flat_map(grey).collect();
    }
    Some((frame.width, frame.height, pixels))
}

/// A PNG at half its width and height, each pixel the mean of four. `None` where that would be
/// narrower than `least_width`, or the PNG cannot be read.
pub(crate) fn halve(png: impl BufRead + Seek, least_width: u32) -> Option<io::Result<Vec<u8>>> {
    let (whole_width, whole_height, pixels) = rgba(png)?;
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
fn encode(width: u32, height: u32, rgba: &[u8]) -> io::Result<Vec<u8>> {
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
        let half = halve(Cursor::new(encode(5, 3, &pixels).unwrap()), 2)
            .unwrap()
            .unwrap();
        let (_, _, back) = rgba(Cursor::new(half)).unwrap();
        assert_eq!(back, [50, 20, 0, 255, 8, 8, 8, 255]);
        assert!(halve(Cursor::new(encode(5, 3, &pixels).unwrap()), 3).is_none());
    }

    #[test]
    fn pixels_come_back_as_they_were() {
        let pixels: Vec<u8> = (0..3 * 2 * 4).map(|n| n * 10).collect();
        let png = encode(3, 2, &pixels).unwrap();
        assert_eq!(rgba(Cursor::new(png)), Some((3, 2, pixels)));
    }

    #[test]
    fn a_png_of_any_kind_gives_its_pixels() {
        let mut grey = Vec::new();
        let mut encoder = png::Encoder::new(&mut grey, 2, 1);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&[7, 9]).unwrap();
        let seen = vec![7, 7, 7, 255, 9, 9, 9, 255];
        assert_eq!(rgba(Cursor::new(&grey)), Some((2, 1, seen)));
        assert_eq!(rgba(Cursor::new(&grey[..40])), None);
        assert_eq!(rgba(Cursor::new(b"GIF89a")), None);
    }
}
