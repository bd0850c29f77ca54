//! What is seen of a PNG (W3C, third edition), a row of chunks: each has its length, its kind, so many bytes, a checksum.

use super::chunks::{self, Chunk, Rest};
use super::jpeg::exif;

/// A PNG begins so, section 5.2.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that make a picture. Not its colour profile: that has texts, such as the name of the display.
const OF_PICTURE: [&[u8; 4]; 12] = [
    b"IHDR", b"PLTE", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"IDAT",
    b"IEND",
];

/// What more is seen of a file that somebody chose: its colours, its size on paper, the frames of an animation, and of its
/// EXIF which way up it is.
const OF_FILE: [&[u8; 4]; 8] = [
    b"iCCP", b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT", EXIF,
];
const EXIF: &[u8; 4] = b"eXIf";
/// No EXIF of a photo is longer.
const MOST_EXIF: u32 = 64 << 10;

/// Whether a chunk is seen of a picture of the screen, which nobody has seen elsewhere.
pub(super) fn is_of_picture(kind: [u8; 4]) -> bool {
    OF_PICTURE.contains(&&kind)
}

/// Whether a chunk is seen of any PNG: not texts, times, and what a program keeps in it for itself.
pub(super) fn is_seen(kind: [u8; 4]) -> bool {
    let is_must = kind[0].is_ascii_uppercase();
    is_must || is_of_picture(kind) || OF_FILE.contains(&&kind)
}

/// A PNG on its way into a report.
pub(crate) type Bare = chunks::Bare<Png>;

/// What is seen of a PNG, by the kinds of its chunks.
#[derive(Debug)]
pub(crate) struct Png(fn([u8; 4]) -> bool);

impl Bare {
    /// For a PNG of which these kinds of chunks are seen.
    pub(super) fn of(is_seen: fn([u8; 4]) -> bool) -> Self {
        Self::new(Png(is_seen), u64::MAX, SIGNATURE.len() as u64)
    }
}

/// The length and the kind of a chunk.
const HEAD: usize = 8;
const CHECKSUM: usize = 4;

impl chunks::Format for Png {
    fn wanted(head: &[u8]) -> usize {
        match length_and_kind(head) {
            Some((length @ ..=MOST_EXIF, EXIF)) => {
                HEAD + usize::try_from(length).unwrap_or_default() + CHECKSUM
            }
            _ => HEAD,
        }
    }

    fn begin(&self, head: &[u8]) -> Option<Chunk> {
        let (length, kind) = length_and_kind(head).filter(|(length, _)| *length < 1 << 31)?;
        let body = head.get(HEAD..).unwrap_or_default();
        let told = match kind {
            kind if !(self.0)(*kind) => Vec::new(),
            EXIF => exif::orientation(body).map(upright).unwrap_or_default(), // nothing where it is too long
            _ => head.to_vec(),
        };
        Some(Chunk {
            rest: if told.is_empty() {
                Rest::LeftOut
            } else {
                Rest::Seen
            },
            told,
            left: u64::from(length) + CHECKSUM as u64 - body.len() as u64,
            is_last: kind == b"IEND",
            has_pixels: kind == b"IDAT",
        })
    }
}

fn length_and_kind(head: &[u8]) -> Option<(u32, &[u8; 4])> {
    let (length, rest) = head.split_first_chunk()?;
    Some((u32::from_be_bytes(*length), rest.first_chunk()?))
}

/// A chunk that says which way up the picture is, and nothing else.
fn upright(turned: u8) -> Vec<u8> {
    let said = [&EXIF[..], &exif::tiff(turned)].concat();
    let checksum = crc32fast::hash(&said).to_be_bytes();
    [&[0, 0, 0, 26], &said[..], &checksum].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{SIGNATURE, encode};

    fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], &kind, data, &[0; 4]].concat()
    }

    /// What is seen of a file that comes in pieces of this size.
    fn bare(file: &[u8], piece: usize) -> Option<(Vec<u8>, bool)> {
        let (mut bare, mut seen) = (Bare::of(is_seen), Vec::new());
        for piece in file.chunks(piece) {
            bare.push(piece, &mut seen);
        }
        Some((seen, bare.finish()?))
    }

    #[test]
    fn of_a_file_only_what_is_seen_stays_in_pieces_of_any_size() {
        let plain = encode(1, 1, &[1, 2, 3, 255]).unwrap();
        let (header, pixels) = plain.split_at(SIGNATURE.len() + 25);
        let told = [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"prVW"].map(|kind| chunk(*kind, b"anna"));
        let kept = [b"iCCP", b"pHYs", b"acTL", b"fdAT", b"CgBI"].map(|kind| chunk(*kind, b"seen"));
        let file = [
            header,
            &told.concat(),
            &kept.concat(),
            &told.concat(),
            pixels,
            b"anna",
        ]
        .concat();
        let turned = exif::tests::photo(6, b"anna");
        let file = [
            &file[..header.len()],
            &chunk(*EXIF, &turned),
            &file[header.len()..],
        ]
        .concat();
        let expected = [header, &upright(6), &kept.concat(), pixels].concat();
        for piece in [1, 2, 3, 7, 64, file.len()] {
            assert_eq!(bare(&file, piece), Some((expected.clone(), true)), "by {piece}");
            assert_eq!(
                bare(&expected, piece),
                Some((expected.clone(), false)),
                "by {piece}"
            );
        }
        for end in 0..file.len() {
            let cut = bare(&file[..end], 5);
            assert!(
                cut.is_none_or(|(seen, _)| expected.starts_with(&seen)),
                "at {end}"
            );
        }
    }

    #[test]
    fn any_bytes_end_without_harm() {
        let file = [encode(2, 2, &[7; 16]).unwrap(), chunk(*b"eXIf", b"anna")].concat();
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..2000 {
            let mut bytes = file.clone();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..bytes.len());
                bytes[at] = random.u8(..);
            }
            assert_eq!(bare(&bytes, 3), bare(&bytes, bytes.len()));
        }
        assert_eq!(
            bare(&[SIGNATURE, &[0xff; 30]].concat(), 4),
            None,
            "no length, and no pixels"
        );
    }
}
