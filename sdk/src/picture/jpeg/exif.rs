//! Which way up a photo is: the one thing in its EXIF that is seen.

use super::{APP1, EXIF};

/// Exif 2.32, section 4.6.4: the tag of the orientation, and the kind of a number of two bytes.
const ORIENTATION: usize = 0x0112;
const SHORT: usize = 3;

/// How a picture is to be turned or mirrored, 1 to 8, as TIFF data says, with or without what stands before them in a JPEG. 1,
/// which is not at all, needs no words.
pub(in crate::picture) fn orientation(exif: &[u8]) -> Option<u8> {
    let tiff = exif.strip_prefix(EXIF).unwrap_or(exif);
    let is_big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let number = |at: usize, bytes: usize| {
        let bytes = tiff.get(at..at.checked_add(bytes)?)?;
        let add = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
        Some(if is_big {
            bytes.iter().fold(0, add)
        } else {
            bytes.iter().rev().fold(0, add)
        })
    };
    let first = number(4, 4)?;
    let entries = (0..number(first, 2)?).map(|index| first.checked_add(2 + index * 12));
    for entry in entries {
        let entry = entry?;
        if (number(entry, 2)?, number(entry + 2, 2)?) == (ORIENTATION, SHORT) {
            let turned = u8::try_from(number(entry + 8, 2)?).ok();
            return turned.filter(|turned| (2..=8).contains(turned));
        }
    }
    None
}

/// TIFF data that say so and nothing else.
pub(in crate::picture) fn tiff(turned: u8) -> [u8; 26] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    tiff[19] = turned;
    tiff
}

/// Writes a segment that says so and nothing else.
pub(super) fn write(turned: u8, seen: &mut Vec<u8>) {
    seen.extend([0xff, APP1, 0, 34]);
    seen.extend(EXIF);
    seen.extend(tiff(turned));
}

#[cfg(test)]
pub(in crate::picture) mod tests {
    use super::*;

    /// The data of a photo's segment: its maker, its orientation, and where something private stands.
    pub(in crate::picture) fn photo(turned: u8, private: &[u8]) -> Vec<u8> {
        let length = u8::try_from(private.len()).unwrap();
        let entries = [
            [0x0f, 0x01, 2, 0, length, 0, 0, 0, 38, 0, 0, 0],
            [0x12, 0x01, 3, 0, 1, 0, 0, 0, turned, 0, 0, 0],
        ];
        [
            EXIF,
            b"II*\0\x08\0\0\0\x02\0",
            entries.as_flattened(),
            &[0; 4],
            private,
        ]
        .concat()
    }

    fn read(data: &[u8]) -> Option<u8> {
        data.strip_prefix(EXIF).and_then(orientation)
    }

    #[test]
    fn the_orientation_is_found_and_comes_back() {
        for turned in 2..=8 {
            assert_eq!(read(&photo(turned, b"anna")), Some(turned));
            let mut segment = Vec::new();
            write(turned, &mut segment);
            assert_eq!(segment.len(), 2 + 34);
            assert_eq!(read(&segment[4..]), Some(turned));
        }
        for none in [0, 1, 9, 255] {
            assert_eq!(read(&photo(none, b"anna")), None);
        }
    }

    #[test]
    fn what_says_nothing_of_it_is_not_turned() {
        let whole = photo(6, b"");
        for end in 0..whole.len() - 7 {
            assert_eq!(read(&whole[..end]), None, "cut at {end}");
        }
        assert_eq!(orientation(b"MM\0*\xff\xff\xff\xff"), None);
        assert_eq!(orientation(b"II*\0\x08\0\0\0\xff\xff"), None);
        assert_eq!(orientation(b"PNG"), None);
    }
}
