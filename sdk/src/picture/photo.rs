//! The pixels of a photo (JPEG) as they are seen where it arrives: the right way up. Pure.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::MOST_PIXELS;
use super::jpeg::Bare;
use super::upright::upright;

/// Width, height and straight RGBA. `None` for what is no JPEG, and for one that would fill the memory.
pub(super) fn rgba(file: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let (mut bare, mut seen) = (Bare::default(), Vec::new());
    bare.push(file, &mut seen);
    let (turned, is_progressive) = (bare.turned(), bare.is_progressive());
    bare.finish(&mut seen).ok()?;

    // RGB: of a picture that is made for print the decoder gives no RGBA.
    let options = DecoderOptions::new_safe()
        .set_max_width(u16::MAX.into())
        .set_max_height(u16::MAX.into())
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&seen), options);
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    let fits = fits(width as u64 * height as u64, is_progressive); // more than a `usize` where that has 32 bits
    // Of one with two colours it gives two bytes for each pixel.
    let is_known = matches!(decoder.info()?.components, 1 | 3 | 4);
    let rgb = (fits && is_known).then(|| decoder.decode().ok())??;
    let pixel = |at: usize| {
        let [red, green, blue] = *rgb.as_chunks().0.get(at)?;
        Some([red, green, blue, u8::MAX])
    };
    upright([width, height], pixel, turned)
}

/// Whether so many pixels may be read. Beside the RGBA that comes of them the decoder keeps their RGB, and of those that come
/// in several passes three numbers of 16 bits each: all that is held at once is at most twice what the pixels may be.
fn fits(pixels: u64, is_progressive: bool) -> bool {
    let most = MOST_PIXELS as u64;
    let held = 4 + 3 + if is_progressive { 6 } else { 0 };
    (1..=most / 4).contains(&pixels) && pixels <= 2 * most / held
}

#[cfg(test)]
mod tests {
    //! Guards "what you see is what is sent" for photos of every kind, and that none of them ends the app.

    use super::*;

    const BASELINE: &[u8] = include_bytes!("../../tests/data/photos/baseline.jpg");
    const PROGRESSIVE: &[u8] = include_bytes!("../../tests/data/photos/progressive.jpg");
    const GREY: &[u8] = include_bytes!("../../tests/data/photos/grey.jpg");
    const PRINT: &[u8] = include_bytes!("../../tests/data/photos/print.jpg");
    const ON_ITS_SIDE: &[u8] = include_bytes!("../../tests/data/photos/on_its_side.jpg");

    /// The middles of its quarters, row by row.
    fn quarters(file: &[u8]) -> [[u8; 4]; 4] {
        let (width, height, rgba) = rgba(file).unwrap();
        assert_eq!((width, height, rgba.len()), (24, 16, 24 * 16 * 4));
        [[6, 4], [18, 4], [6, 12], [18, 12]].map(|[x, y]| rgba.as_chunks().0[y * 24 + x])
    }

    fn is_near(is: [[u8; 4]; 4], wanted: [[u8; 3]; 4]) -> bool {
        let is_near = |(is, wanted): (&[u8; 4], &[u8; 3])| {
            is[3] == u8::MAX
                && is
                    .iter()
                    .zip(wanted)
                    .all(|(is, wanted)| is.abs_diff(*wanted) < 20)
        };
        is.iter().zip(&wanted).all(is_near)
    }

    /// Red and green above blue and yellow.
    const QUARTERS: [[u8; 3]; 4] = [[220, 30, 30], [30, 200, 40], [40, 50, 220], [230, 220, 50]];

    #[test]
    fn a_photo_of_any_kind_gives_its_pixels_the_right_way_up() {
        for file in [BASELINE, PROGRESSIVE, PRINT, ON_ITS_SIDE] {
            let is = quarters(file);
            assert!(is_near(is, QUARTERS), "{is:?}");
        }
        let is = quarters(GREY);
        assert!(is_near(is, [[87; 3], [131; 3], [66; 3], [204; 3]]), "{is:?}");
    }

    #[test]
    fn one_that_would_fill_the_memory_is_refused_before_it_is_read() {
        let mut huge = BASELINE.to_vec();
        let frame = huge.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
        huge[frame + 5..frame + 9].fill(0xff);
        assert_eq!(rgba(&huge), None);
    }

    #[test]
    fn a_photo_that_takes_more_memory_than_its_pixels_is_read_up_to_a_smaller_size() {
        let camera = 48_000_000;
        assert!(fits(camera, false) && fits(camera, true));
        assert!(fits(99_000_000, false) && !fits(99_000_000, true));
        assert!(!fits(0, false) && !fits(100_000_000, false) && !fits(u64::MAX, false));
        let is_progressive = |file| {
            let mut bare = Bare::default();
            bare.push(file, &mut Vec::new());
            bare.is_progressive()
        };
        assert!(is_progressive(PROGRESSIVE) && !is_progressive(BASELINE));
    }

    #[test]
    fn a_photo_that_is_damaged_or_made_to_harm_ends_without_it() {
        let mut random = fastrand::Rng::with_seed(11);
        for file in [BASELINE, PROGRESSIVE, GREY, PRINT, ON_ITS_SIDE] {
            for end in 0..file.len() {
                rgba(&file[..end]);
            }
            let frame = file
                .windows(2)
                .position(|two| matches!(two, [0xff, 0xc0 | 0xc2]))
                .unwrap();
            for _ in 0..3000 {
                let mut bytes = file.to_vec();
                for _ in 0..random.usize(1..8) {
                    let at = random.usize(2..bytes.len());
                    bytes[at] = random.u8(..);
                }
                // Small, so that each is soon done: what is larger has its own test.
                bytes[frame..frame + 4].copy_from_slice(&file[frame..frame + 4]);
                bytes[frame + 5] = 0;
                bytes[frame + 7] = 0;
                rgba(&bytes);
            }
        }
    }
}
