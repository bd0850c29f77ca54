//! What is seen of a WebP (RFC 9649), a row of chunks in one of RIFF: each has its kind, its length, so many bytes. What is not
//! seen becomes zeros of the same length, since the length of all stands at its start.

use super::chunks::{self, Chunk, Rest};
use super::jpeg::exif;

/// What is seen. Colours too, but no XMP, and nothing that a program keeps in it for itself.
const SEEN: [&[u8; 4]; 5] = [b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ICCP"];

/// A chunk that no reader knows is skipped by all.
const UNKNOWN: &[u8; 4] = b"JUNK";

/// The flag of `VP8X` that tells of XMP.
const HAS_XMP: u8 = 0x04;

/// What stands before the first chunk.
const BEFORE: u64 = 12;
/// The kind of a chunk and its length.
const HEAD: usize = 8;
/// What stands before the chunks of a frame.
const FRAME: u64 = 16;
/// No EXIF of a photo is longer.
const MOST_EXIF: u32 = 64 << 10;

/// A WebP on its way into a report.
pub(crate) type Bare = chunks::Bare<WebP>;

/// What is seen of a WebP.
#[derive(Debug)]
pub(crate) struct WebP;

impl Bare {
    /// For a file that begins so, where that is a WebP.
    pub(super) fn of(start: &[u8]) -> Option<Self> {
        let [b'R', b'I', b'F', b'F', a, b, c, d, b'W', b'E', b'B', b'P', ..] = start else {
            return None;
        };
        let file = u64::from(u32::from_le_bytes([*a, *b, *c, *d])) + HEAD as u64;
        Some(Self::new(WebP, file, BEFORE))
    }
}

impl chunks::Format for WebP {
    fn wanted(head: &[u8]) -> usize {
        match kind_and_length(head) {
            Some((b"VP8X", 1..)) => HEAD + 1,
            Some((b"EXIF", length @ ..=MOST_EXIF)) => HEAD + usize::try_from(length).unwrap_or_default(),
            _ => HEAD,
        }
    }

    fn begin(&self, head: &[u8]) -> Option<Chunk> {
        let (kind, length) = kind_and_length(head)?;
        let body = head.get(HEAD..).unwrap_or_default();
        let mut chunk = Chunk {
            told: head.to_vec(),
            // A byte is added where the length is odd.
            left: u64::from(length).next_multiple_of(2) - body.len() as u64,
            rest: Rest::Seen,
            is_last: false, // the length of all tells that
            has_pixels: matches!(kind, b"VP8 " | b"VP8L"),
        };
        match kind {
            b"VP8X" => {
                let flags = chunk.told.iter_mut().skip(HEAD);
                flags.for_each(|flags| *flags &= !HAS_XMP);
            }
            b"EXIF" if length <= MOST_EXIF => {
                chunk.told.truncate(HEAD);
                chunk
                    .told
                    .extend(exif::tiff(exif::orientation(body).unwrap_or(1)));
                chunk.told.resize(head.len(), 0);
                chunk.rest = Rest::Blank;
            }
            b"ANMF" => chunk.left = chunk.left.min(FRAME), // and chunks as any
            kind if SEEN.contains(&kind) => {}
            _ => {
                chunk.told.splice(..UNKNOWN.len(), *UNKNOWN);
                chunk.rest = Rest::Blank;
            }
        }
        Some(chunk)
    }
}

fn kind_and_length(head: &[u8]) -> Option<(&[u8; 4], u32)> {
    let (kind, rest) = head.split_first_chunk()?;
    Some((kind, u32::from_le_bytes(*rest.first_chunk()?)))
}

#[cfg(test)]
mod tests {
    use super::super::jpeg::exif::tests::photo;
    use super::*;

    fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        let odd = vec![0; data.len() % 2];
        [&kind, &length[..], data, &odd].concat()
    }

    fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
        let chunks = chunks.concat();
        let length = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
        [b"RIFF", length.as_slice(), b"WEBP", &chunks].concat()
    }

    /// What is seen of a file that comes in pieces of this size.
    fn bare(file: &[u8], piece: usize) -> Option<(Vec<u8>, bool)> {
        let (mut bare, mut seen) = (Bare::of(file)?, Vec::new());
        for piece in file.chunks(piece) {
            bare.push(piece, &mut seen);
        }
        Some((seen, bare.finish()?))
    }

    #[test]
    fn of_a_file_only_what_is_seen_stays_in_pieces_of_any_size() {
        let exif = photo(6, b"anna, 52.5163 N 13.3777 E");
        let mut upright = exif::tiff(6).to_vec();
        upright.resize(exif.len(), 0);
        let flags = |flags: u8| chunk(*b"VP8X", &[flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
        let frame = chunk(
            *b"ANMF",
            &[vec![1; 16], chunk(*b"ALPH", b"abc"), chunk(*b"VP8 ", b"pixels")].concat(),
        );
        let private = b"by anna".to_vec();
        let seen = [chunk(*b"ICCP", b"P3"), frame, chunk(*b"VP8L", b"more")].concat();
        let file_of = |flags: Vec<u8>, own: Vec<u8>, exif: &[u8], xmp: Vec<u8>| {
            file(&[flags, own, seen.clone(), chunk(*b"EXIF", exif), xmp])
        };
        let told = file_of(
            flags(0x2c),
            chunk(*b"OWN ", &private),
            &exif,
            chunk(*b"XMP ", &private),
        );
        let blank = chunk(*UNKNOWN, &[0; 7]);
        let expected = file_of(flags(0x28), blank.clone(), &upright, blank);
        let with_more = [told.clone(), b"anna".to_vec()].concat();
        for piece in [1, 2, 3, 7, 64, with_more.len()] {
            assert_eq!(
                bare(&with_more, piece),
                Some((expected.clone(), true)),
                "by {piece}"
            );
            assert_eq!(bare(&told, piece), Some((expected.clone(), true)), "by {piece}");
            assert_eq!(
                bare(&expected, piece),
                Some((expected.clone(), false)),
                "by {piece}"
            );
        }
        for end in 0..told.len() {
            let cut = bare(&told[..end], 5);
            assert!(
                cut.is_none_or(|(seen, _)| expected.starts_with(&seen)),
                "at {end}"
            );
        }
        assert_eq!(bare(&file(&[chunk(*b"EXIF", &exif)]), 9), None, "no pixels");
        assert_eq!(bare(b"RIFF\x10\0\0\0WAVEfmt ", 9), None);
    }

    #[test]
    fn any_bytes_end_without_harm() {
        let exif = photo(8, b"anna");
        let file = file(&[
            chunk(*b"VP8X", &[0xff; 10]),
            chunk(*b"VP8 ", b"x"),
            chunk(*b"EXIF", &exif),
        ]);
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..4000 {
            let mut bytes = file.clone();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..bytes.len());
                bytes[at] = random.u8(..);
            }
            assert_eq!(bare(&bytes, 3), bare(&bytes, bytes.len()));
        }
    }
}
