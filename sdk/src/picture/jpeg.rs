//! What is seen of a JPEG, without what its file tells beside that: where and when a photo was taken, by which device
//! of whom, smaller copies of it, and what stands behind its end. Pure, and piece by piece.

pub(super) mod exif;

/// Whether a file is a JPEG by its beginning.
pub(crate) fn is_jpeg(start: &[u8]) -> bool {
    start.starts_with(&[0xff, SOI, 0xff])
}

/// There are no pixels, whatever the bytes begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotJpeg;

/// The bytes do not begin with a marker.
struct Stray;

/// Markers by their second byte: ITU-T T.81, table B.1.
const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const PROGRESSIVE: u8 = 0xc2;
const SOS: u8 = 0xda;
const COM: u8 = 0xfe;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const APP15: u8 = 0xef;

/// What such a segment begins with.
const JFIF: &[u8] = b"JFIF\0";
const EXIF: &[u8] = b"Exif\0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
const ADOBE: &[u8] = b"Adobe";

/// A JPEG on its way into a report. Holds no more of it than a segment, which has 64 KiB at most.
#[derive(Debug, Default)]
pub(crate) struct Bare {
    /// What was told and does not make a whole yet.
    rest: Vec<u8>,
    place: Place,
    has_scan: bool,
    left_out: bool,
    turned: Option<u8>,
    is_progressive: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before a marker.
    #[default]
    Markers,
    /// In the pixels.
    Scan,
    End,
}

impl Bare {
    /// Takes more of the file, and adds what is seen of it to `seen`.
    pub(crate) fn push(&mut self, bytes: &[u8], seen: &mut Vec<u8>) {
        self.rest.extend_from_slice(bytes);
        let rest = std::mem::take(&mut self.rest);
        let mut left = rest.as_slice();
        loop {
            let taken = match self.place {
                Place::Markers => self.segment(left, seen),
                Place::Scan => self.scan(left, seen),
                Place::End => {
                    self.left_out |= !left.is_empty();
                    return;
                }
            };
            let Some(taken) = taken else { break };
            left = left.get(taken..).unwrap_or_default();
        }
        self.rest = left.to_vec();
    }

    /// Whether it comes in several passes, which a reader must keep beside its pixels.
    #[cfg(feature = "jpeg")]
    pub(crate) fn is_progressive(&self) -> bool {
        self.is_progressive
    }

    /// Which way up the picture lies, 1 to 8 as EXIF counts them.
    #[cfg(feature = "jpeg")]
    pub(crate) fn turned(&self) -> u8 {
        self.turned.unwrap_or(1)
    }

    /// Ends the file; one that is cut short stays so. Whether something was left out.
    pub(crate) fn finish(self, seen: &mut Vec<u8>) -> Result<bool, NotJpeg> {
        if !self.has_scan {
            return Err(NotJpeg);
        }
        if self.place == Place::Scan {
            seen.extend(&self.rest);
            return Ok(self.left_out);
        }
        Ok(self.left_out || !self.rest.is_empty())
    }

    /// Takes pixels up to the next marker. How many bytes that was; `None` where more are needed.
    fn scan(&mut self, bytes: &[u8], seen: &mut Vec<u8>) -> Option<usize> {
        let plain = bytes.iter().position(|byte| *byte == 0xff).unwrap_or(bytes.len());
        let taken = match bytes.get(plain..) {
            // A byte of the pixels that is 0xff, and where a decoder may restart.
            Some([_, 0x00 | 0xd0..=0xd7, ..]) => plain + 2,
            Some([_, 0xff, ..]) => plain + 1,
            Some([_, _, ..]) => {
                self.place = Place::Markers;
                plain
            }
            _ if plain > 0 => plain,
            _ => return None,
        };
        seen.extend(bytes.iter().take(taken));
        Some(taken)
    }

    /// As [`marked`](Self::marked). What is none is skipped, as decoders do; behind the first pixels it is taken as
    /// pixels that are damaged.
    fn segment(&mut self, bytes: &[u8], seen: &mut Vec<u8>) -> Option<usize> {
        match self.marked(bytes, seen) {
            Ok(taken) => taken,
            Err(Stray) if self.has_scan => {
                self.place = Place::Scan;
                seen.extend(bytes.first());
                Some(1)
            }
            Err(Stray) => {
                self.left_out = true;
                let stray = bytes.iter().skip(1).take_while(|byte| **byte != 0xff);
                Some(1 + stray.count())
            }
        }
    }

    /// Takes a marker, with its segment where it has one. How many bytes that was; `None` where more are needed.
    fn marked(&mut self, bytes: &[u8], seen: &mut Vec<u8>) -> Result<Option<usize>, Stray> {
        let (marker, length) = match bytes {
            [0xff, 0xff, ..] => {
                seen.push(0xff); // any number of them may stand before a marker
                return Ok(Some(1));
            }
            [0xff, 0x00, ..] => return Err(Stray),
            [0xff, marker @ (0x01 | 0xd0..=EOI), ..] => {
                if *marker == EOI {
                    self.place = Place::End;
                }
                seen.extend([0xff, *marker]);
                return Ok(Some(2));
            }
            [] | [0xff] | [0xff, _] | [0xff, _, _] => return Ok(None),
            [0xff, marker, high, low, ..] => (*marker, usize::from(u16::from_be_bytes([*high, *low]))),
            _ => return Err(Stray),
        };
        if length < 2 {
            return Err(Stray);
        }
        let Some(segment) = bytes.get(..2 + length) else {
            return Ok(None);
        };
        let data = segment.get(4..).unwrap_or_default();
        let before = seen.len();
        match marker {
            APP0 if data.starts_with(JFIF) => jfif(data, seen),
            APP1 if data.starts_with(EXIF) => {
                if let Some(turned) = exif::orientation(data) {
                    exif::write(turned, seen);
                    self.turned.get_or_insert(turned);
                }
            }
            APP2 if data.starts_with(ICC) => seen.extend_from_slice(segment),
            APP14 if data.starts_with(ADOBE) => seen.extend_from_slice(segment),
            APP0..=APP15 | COM => {}
            _ => seen.extend_from_slice(segment),
        }
        self.left_out |= seen.get(before..) != Some(segment);
        self.is_progressive |= marker == PROGRESSIVE;
        if marker == SOS {
            (self.place, self.has_scan) = (Place::Scan, true);
        }
        Ok(Some(segment.len()))
    }
}

/// The segment of JFIF without its small copy of the picture, which may show what was cropped away since.
fn jfif(data: &[u8], seen: &mut Vec<u8>) {
    if let Some(facts) = data.get(..12) {
        seen.extend([0xff, APP0, 0, 16]);
        seen.extend(facts);
        seen.extend([0, 0]);
    }
}

#[cfg(test)]
mod tests {
    use super::exif::tests::photo;
    use super::*;

    /// A marker with its segment.
    pub(super) fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], data].concat()
    }

    const PROFILE: &[u8] = b"ICC_PROFILE\0\x01\x01Display P3";
    const ADOBE_RGB: &[u8] = b"Adobe\0\x64\0\0\0\0\0";
    const PLAIN_JFIF: &[u8] = b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0";

    /// Tables, a progressive frame, and two scans with restarts, a 0xff in the pixels, and more tables between them.
    fn pixels() -> Vec<u8> {
        let scan = [7, 0xff, 0x00, 9, 0xff, 0xd0, 1, 2, 0xff, 0xd7, 0xff, 0x00];
        [
            segment(0xdb, &[1; 65]),
            segment(0xdd, &[0, 2]),
            segment(0xc2, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
            segment(0xc4, &[0; 19]),
            segment(SOS, &[1, 1, 0, 0, 0, 0]),
            scan.to_vec(),
            segment(0xc4, &[0x10; 19]),
            vec![0xff, 0xff],
            segment(SOS, &[1, 1, 0, 1, 63, 0])[1..].to_vec(),
            scan.to_vec(),
            vec![0xff, 0xff, EOI],
        ]
        .concat()
    }

    fn file(segments: &[Vec<u8>]) -> Vec<u8> {
        [&[0xff, SOI], &segments.concat()[..], &pixels()].concat()
    }

    /// What is seen of a file that comes in pieces of this size, and whether something was left out.
    fn bare(file: &[u8], piece: usize) -> Result<(Vec<u8>, bool), NotJpeg> {
        let (mut bare, mut seen) = (Bare::default(), Vec::new());
        for piece in file.chunks(piece) {
            bare.push(piece, &mut seen);
        }
        let left_out = bare.finish(&mut seen)?;
        Ok((seen, left_out))
    }

    #[test]
    fn of_a_photo_only_what_is_seen_stays_in_pieces_of_any_size() {
        let private = b"anna, 52.5163 N 13.3777 E";
        let thumbnail = [&PLAIN_JFIF[..12], &[1, 1, 200, 100, 50]].concat();
        let with_all = [
            segment(APP0, &thumbnail),
            segment(APP0, b"JFXX\0\x10small copy"),
            segment(APP1, &photo(6, private)),
            segment(APP1, &[b"http://ns.adobe.com/xap/1.0/\0", &private[..]].concat()),
            segment(APP2, PROFILE),
            segment(APP2, b"MPF\0another picture"),
            segment(0xed, private),
            segment(APP14, ADOBE_RGB),
            segment(0xe5, private),
            segment(COM, private),
        ];
        let behind = file(&[segment(APP1, &photo(1, private))]);
        let photo = [file(&with_all), behind].concat();
        let mut turned = Vec::new();
        exif::write(6, &mut turned);
        let expected = file(&[
            segment(APP0, PLAIN_JFIF),
            turned,
            segment(APP2, PROFILE),
            segment(APP14, ADOBE_RGB),
        ]);
        for piece in [1, 2, 3, 5, 64, photo.len()] {
            assert_eq!(bare(&photo, piece), Ok((expected.clone(), true)), "by {piece}");
            assert_eq!(
                bare(&expected, piece),
                Ok((expected.clone(), false)),
                "by {piece}"
            );
        }
    }

    #[test]
    fn what_stands_between_two_scans_is_looked_at_too() {
        let pixels = pixels();
        let at = pixels.windows(2).rposition(|two| two == [0xff, 0xc4]).unwrap();
        let (before, after) = pixels.split_at(at);
        let secret = segment(COM, b"anna");
        let file = [&[0xff, SOI], before, &secret, after].concat();
        let plain = [&[0xff, SOI], before, after].concat();
        assert_eq!(bare(&file, 4), Ok((plain, true)));
    }

    #[test]
    fn bytes_that_decoders_skip_bring_nothing_along() {
        let exif = segment(APP1, &photo(1, b"anna"));
        let plain = file(&[]);
        for stray in [&b"anna"[..], &[0xff, 0], &[0xff, COM, 0, 0], &[0xff, 0xe1, 0, 1]] {
            let file = file(&[stray.to_vec(), exif.clone(), stray.to_vec()]);
            for piece in [1, 3, file.len()] {
                assert_eq!(
                    bare(&file, piece),
                    Ok((plain.clone(), true)),
                    "{stray:?} by {piece}"
                );
            }
        }
    }

    #[test]
    fn one_that_is_cut_short_stays_so_and_tells_no_more() {
        let whole = file(&[segment(COM, b"anna")]);
        let plain = file(&[]);
        let header = whole.windows(2).position(|two| two == [0xff, SOS]).unwrap() + 10;
        for end in header..whole.len() {
            let (seen, left_out) = bare(&whole[..end], 8).unwrap();
            assert!(left_out && plain.starts_with(&seen), "at {end}");
        }
        for end in 0..header {
            assert_eq!(
                bare(&whole[..end], 8),
                Err(NotJpeg),
                "there is no picture at {end}"
            );
        }
    }

    #[test]
    fn lengths_that_lie_do_no_harm() {
        let after = |bytes: &[u8]| bare(&[&[0xff, SOI], bytes].concat(), 4);
        assert_eq!(after(&[0xff, COM, 0, 0]), Err(NotJpeg));
        assert_eq!(
            after(&[0xff, COM, 0, 1, 0xff, EOI]),
            Err(NotJpeg),
            "it ends before any"
        );
        assert_eq!(after(&[0xff, COM, 0xff, 0xff, 1, 2, 3]), Err(NotJpeg));
        assert_eq!(after(&[0xff, COM, 0, 3, 7, 8]), Err(NotJpeg), "no marker follows");
        assert_eq!(after(&[0xff, 0]), Err(NotJpeg));
        assert_eq!(after(b"and a text"), Err(NotJpeg));
        // Segments that are too short for what they say they are.
        let short = [segment(APP0, JFIF), segment(APP1, EXIF), segment(APP2, ICC)];
        let (seen, left_out) = bare(&file(&short), 9).unwrap();
        assert!(left_out && seen.ends_with(&pixels()));
        assert_eq!(bare(&seen, 9), Ok((seen, false)));
    }

    #[test]
    fn damaged_pixels_stay_and_bring_nothing_back() {
        let mut damaged = file(&[segment(APP1, &photo(1, b"anna"))]);
        let scan = damaged.windows(2).position(|two| two == [0xff, SOS]).unwrap() + 10;
        damaged.splice(scan..scan, [0xff, 1, 2, 0xff, 0xfe, 0, 0, 0xff, 0xc5]);
        let (seen, left_out) = bare(&damaged, 8).unwrap();
        assert!(left_out && !seen.windows(4).any(|part| part == b"anna"));
    }

    #[test]
    fn any_bytes_end_without_harm() {
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..2000 {
            let mut bytes = file(&[segment(APP1, &photo(8, b"anna")), segment(APP0, PLAIN_JFIF)]);
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..bytes.len());
                bytes[at] = random.u8(..);
            }
            let whole = bare(&bytes, bytes.len());
            assert_eq!(bare(&bytes, 3), whole);
        }
    }
}
