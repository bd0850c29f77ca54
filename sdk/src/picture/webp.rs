//! What is seen of a WebP (RFC 9649), a row of chunks in one of RIFF: each has its kind, its length, so many bytes. What is not
//! seen becomes zeros of the same length, since the length of all stands at its start. Pure, and piece by piece.

use super::jpeg::exif;

/// What is seen. Colours too, but no XMP, and nothing that a program keeps in it for itself.
const SEEN: [&[u8; 4]; 5] = [b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ICCP"];

/// A chunk that no reader knows is skipped by all.
const UNKNOWN: &[u8; 4] = b"JUNK";

/// The flag of `VP8X` that tells of XMP.
const HAS_XMP: u8 = 0x04;

/// The kind of a chunk and its length.
const HEAD: usize = 8;
/// What stands before the chunks of a frame.
const FRAME: u64 = 16;
/// No EXIF of a photo is longer.
const MOST_EXIF: u32 = 64 << 10;

/// A WebP on its way into a report.
#[derive(Debug)]
pub(crate) struct Bare {
    /// So much follows of the picture.
    file: u64,
    /// The start of a chunk that is not told yet.
    head: Vec<u8>,
    /// So much follows of a chunk,
    left: u64,
    /// which goes along, or as zeros.
    goes: bool,
    has_pixels: bool,
    left_out: bool,
}

impl Bare {
    /// For a file that begins so, where that is a WebP.
    pub(super) fn of(start: &[u8]) -> Option<Self> {
        let [b'R', b'I', b'F', b'F', a, b, c, d, b'W', b'E', b'B', b'P', ..] = start else {
            return None;
        };
        Some(Self {
            file: u64::from(u32::from_le_bytes([*a, *b, *c, *d])) + HEAD as u64,
            head: Vec::new(),
            left: 12,
            goes: true,
            has_pixels: false,
            left_out: false,
        })
    }

    /// Takes more of the file, and adds what is seen of it to `seen`.
    pub(super) fn push(&mut self, bytes: &[u8], seen: &mut Vec<u8>) {
        let here = bytes.len().min(usize::try_from(self.file).unwrap_or(usize::MAX));
        let (mut bytes, behind) = bytes.split_at(here);
        self.file -= here as u64;
        self.left_out |= !behind.is_empty();
        while !bytes.is_empty() {
            let wanted = match self.left {
                0 => self.wanted() - self.head.len(),
                left => usize::try_from(left).unwrap_or(usize::MAX),
            };
            let (here, behind) = bytes.split_at(wanted.min(bytes.len()));
            bytes = behind;
            if self.left > 0 {
                self.left -= here.len() as u64;
                self.tell(here, seen);
                continue;
            }
            self.head.extend_from_slice(here);
            if self.head.len() == self.wanted() {
                let head = std::mem::take(&mut self.head);
                self.begin(&head, seen);
            }
        }
    }

    /// Whether something was left out, and `None` where there are no pixels.
    pub(super) fn finish(self) -> Option<bool> {
        self.has_pixels.then_some(self.left_out || !self.head.is_empty())
    }

    fn tell(&mut self, bytes: &[u8], seen: &mut Vec<u8>) {
        if self.goes {
            seen.extend_from_slice(bytes);
        } else {
            self.left_out |= bytes.iter().any(|byte| *byte != 0);
            seen.resize(seen.len() + bytes.len(), 0);
        }
    }

    /// How much of a chunk is looked at before it is told.
    fn wanted(&self) -> usize {
        match kind_and_length(&self.head) {
            Some((b"VP8X", 1..)) => HEAD + 1,
            Some((b"EXIF", length @ ..=MOST_EXIF)) => HEAD + usize::try_from(length).unwrap_or_default(),
            _ => HEAD,
        }
    }

    fn begin(&mut self, head: &[u8], seen: &mut Vec<u8>) {
        let Some((kind, length)) = kind_and_length(head) else {
            return;
        };
        let body = head.get(HEAD..).unwrap_or_default();
        let mut told = head.to_vec();
        self.goes = true;
        // A byte is added where the length is odd.
        self.left = u64::from(length).next_multiple_of(2) - body.len() as u64;
        self.has_pixels |= matches!(kind, b"VP8 " | b"VP8L");
        match kind {
            b"VP8X" => told.iter_mut().skip(HEAD).for_each(|flags| *flags &= !HAS_XMP),
            b"EXIF" if length <= MOST_EXIF => {
                told.truncate(HEAD);
                told.extend(exif::tiff(exif::orientation(body).unwrap_or(1)));
                told.resize(head.len(), 0);
                self.goes = false;
            }
            b"ANMF" => self.left = self.left.min(FRAME), // and chunks as any
            kind if SEEN.contains(&kind) => {}
            _ => {
                told.splice(..UNKNOWN.len(), *UNKNOWN);
                self.goes = false;
            }
        }
        self.left_out |= told != head;
        seen.extend(told);
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
