//! Pictures: raw pixels become a PNG, a PNG stays what it is.

use std::io;
use std::path::Path;

use super::{Gathering, attachments};
use crate::draft::{Picture, Pixels, check_png};
use crate::report::FileKind;

/// Adds `screenshots/1.png`, `screenshots/2.png`, …
pub(crate) fn gather(pictures: &[Picture], limit: u64, gathering: &mut Gathering) {
    for (index, picture) in pictures.iter().enumerate() {
        let name = format!("{}.png", index + 1);
        let encoded = match &picture.0 {
            Pixels::Png(bytes) => Ok(bytes.to_vec()),
            Pixels::File(path) => read(path, limit),
            Pixels::Rgba { width, height, bytes } => {
                encode(*width, *height, bytes).map_err(|error| error.to_string())
            }
        };
        match encoded {
            Ok(png) => {
                gathering.add(FileKind::Screenshot, &name, png);
            }
            Err(why) => gathering.gap(&format!("picture {name}"), why),
        }
    }
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let png = attachments::read(path, limit).map_err(|problem| problem.to_string())?;
    check_png(&png).map_err(|error| error.to_string())?;
    Ok(png)
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
    fn pixels_come_back_as_they_were() {
        let pixels: Vec<u8> = (0..3 * 2 * 4).map(|n| n * 10).collect();
        let png = encode(3, 2, &pixels).unwrap();
        let mut reader = png::Decoder::new(io::Cursor::new(png)).read_info().unwrap();
        let mut back = vec![0; reader.output_buffer_size().unwrap()];
        let facts = reader.next_frame(&mut back).unwrap();
        assert_eq!((facts.width, facts.height), (3, 2));
        assert_eq!(back, pixels);
    }
}
