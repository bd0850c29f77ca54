//! Where a log has text, and where only zeros: an app may make room for its lines before they come, a power cut leaves zeros in
//! the place of the last ones, and one whose log is cut to nothing writes on where it was. Gigabytes of them take no line its
//! place.

use std::io::{self, Seek as _, SeekFrom};
use std::ops::Range;

use crate::collect::pulse::Watched;

/// So much is looked at first: most logs end in text.
const NEAR: u64 = 16 << 10;
/// So much is looked at at once behind that. Fewer zeros are read.
const PIECE: u64 = 256 << 10;
/// So much at the start of each piece tells whether there may be zeros.
const PROBE: u64 = 512;
/// So many zeros are looked through that are on the disk: 4 MiB, which a slow one gives in time. Behind so many, a piece of zeros
/// stands for all around it.
const MOST_ZEROS: u64 = 4 << 20;

/// A file by its places.
pub(super) trait Places {
    /// Fewer bytes where it ends.
    fn read_at(&mut self, at: u64, bytes: u64) -> io::Result<Vec<u8>>;

    /// Where the first data stand that are not before `at`, and `None` where all behind it is a hole. `at` itself where
    /// the system does not tell.
    fn data_from(&mut self, at: u64) -> Option<u64> {
        Some(at)
    }
}

impl Places for Watched {
    fn read_at(&mut self, at: u64, bytes: u64) -> io::Result<Vec<u8>> {
        let mut piece = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default());
        self.seek(SeekFrom::Start(at))?;
        self.read_up_to(bytes, &mut piece)?;
        Ok(piece)
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    fn data_from(&mut self, at: u64) -> Option<u64> {
        Self::data_from(self, at)
    }
}

/// The pieces of a file that have text, in their order. What is read of them is read as if they were all.
#[derive(Debug, Default)]
pub(super) struct Texts(Vec<Range<u64>>);

impl Texts {
    /// Those of a file of so many bytes, as far as the newest `wanted` bytes of text go: nothing before is looked at.
    pub(super) fn find(file: &mut impl Places, bytes: u64, wanted: u64) -> io::Result<Self> {
        let mut texts = Vec::new();
        let mut end = text_end(file, bytes)?;
        let (mut at, mut text) = (end, 0_u64);
        while at > 0 && text < wanted {
            let piece = at.saturating_sub(PIECE);
            if file
                .read_at(piece, PROBE.min(at - piece))?
                .iter()
                .any(|byte| *byte != 0)
            {
                text += at - piece;
                at = piece;
                continue;
            }
            let zeros = file
                .read_at(piece, at - piece)?
                .iter()
                .take_while(|byte| **byte == 0)
                .count() as u64;
            // Letters of UTF-16 stay whole.
            let next = (piece + zeros) & !1;
            at = text_end(file, piece)?;
            if next > at + PIECE {
                texts.push(next..end);
                end = at;
            }
            text = texts.iter().map(|text| text.end - text.start).sum::<u64>() + end - at;
        }
        texts.push(0..end);
        texts.reverse();
        Ok(Self(texts))
    }

    /// How many bytes they have.
    pub(super) fn bytes(&self) -> u64 {
        self.0.iter().map(|text| text.end - text.start).sum()
    }

    /// Fewer bytes where they end.
    pub(super) fn read_at(&self, file: &mut impl Places, mut at: u64, bytes: u64) -> io::Result<Vec<u8>> {
        let mut read = Vec::new();
        for text in &self.0 {
            let length = text.end - text.start;
            let wanted = (bytes - read.len() as u64).min(length.saturating_sub(at));
            if wanted > 0 {
                let mut piece = file.read_at(text.start + at, wanted)?;
                let is_cut = (piece.len() as u64) < wanted;
                if read.is_empty() {
                    read = piece;
                } else {
                    read.append(&mut piece);
                }
                if is_cut {
                    break;
                }
            }
            at = at.saturating_sub(length);
        }
        Ok(read)
    }
}

/// Where the zeros begin that stand at the end of the first so many bytes of a file.
fn text_end(file: &mut impl Places, bytes: u64) -> io::Result<u64> {
    let (mut end, mut wanted, mut zeros) = (bytes, NEAR, 0_u64);
    while end > 0 && zeros < MOST_ZEROS {
        let at = end.saturating_sub(wanted);
        let piece = file.read_at(at, end - at)?;
        if let Some(last) = piece.iter().rposition(|byte| *byte != 0) {
            // One stays: it may be half of the last letter, since a log may end in UTF-16 however it begins.
            return Ok((at + last as u64 + 2).next_multiple_of(2).min(bytes));
        }
        zeros += end - at;
        end = before_hole(file, at);
        wanted = PIECE;
    }
    let end = last_text(file, end)?;
    if end == 0 { Ok(0) } else { text_end(file, end) }
}

/// A place behind the last text before `end` and not far from it, where there have been only zeros for long: text is looked for
/// in larger and larger steps, and then its end. 0 where there is none.
fn last_text(file: &mut impl Places, mut end: u64) -> io::Result<u64> {
    let mut has_text = |at: u64| Ok::<_, io::Error>(file.read_at(at, NEAR)?.iter().any(|byte| *byte != 0));
    let (mut text, mut step) = (end, PIECE);
    while text > 0 {
        text = end.saturating_sub(step);
        if has_text(text)? {
            break;
        }
        (end, step) = (text, step * 2);
    }
    while end > text + NEAR {
        let middle = text + (end - text) / 2;
        if has_text(middle)? {
            text = middle;
        } else {
            end = middle;
        }
    }
    Ok(end)
}

/// Where the hole begins that ends at `end`, at most a piece behind it; `end` where there is none.
fn before_hole(file: &mut impl Places, end: u64) -> u64 {
    let (mut data, mut hole) = (0, end);
    let mut at = end.saturating_sub(PIECE);
    while hole - data > PIECE {
        match file.data_from(at) {
            Some(next) if next < hole => data = next.max(at) + 1,
            _ => hole = at,
        }
        at = data + (hole - data) / 2;
    }
    hole
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write as _;
    use std::path::Path;

    use super::*;
    use crate::collect::pulse::Pulse;

    /// Counts what is asked of a file.
    struct Counted {
        file: Watched,
        knows_holes: bool,
        read: u64,
        asked: usize,
    }

    impl Counted {
        fn new(file: &File, path: &Path, knows_holes: bool) -> Self {
            file.sync_all().unwrap();
            Self {
                file: Watched::open(path, &Pulse::new()).unwrap(),
                knows_holes,
                read: 0,
                asked: 0,
            }
        }
    }

    impl Places for Counted {
        fn read_at(&mut self, at: u64, bytes: u64) -> io::Result<Vec<u8>> {
            self.read += bytes;
            Places::read_at(&mut self.file, at, bytes)
        }

        fn data_from(&mut self, at: u64) -> Option<u64> {
            self.asked += 1;
            if self.knows_holes {
                Places::data_from(&mut self.file, at)
            } else {
                Some(at)
            }
        }
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    #[test]
    fn a_hole_of_any_size_is_stepped_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        for text in [1 << 20, 1, 0] {
            for zeros in [0, 1 << 20] {
                let mut file = File::create(&path).unwrap();
                file.write_all(&vec![b'x'; text]).unwrap();
                file.set_len(5 << 30).unwrap();
                // Zeros on the disk, between two holes.
                file.seek(SeekFrom::End(0)).unwrap();
                file.write_all(&vec![0; zeros]).unwrap();
                file.set_len(10 << 30).unwrap();
                let mut counted = Counted::new(&file, &path, true);
                let end = text_end(&mut counted, 10 << 30).unwrap();
                assert_eq!(end, (text as u64 + u64::from(text > 0)).next_multiple_of(2));
                assert!(counted.read <= zeros as u64 + 4 * PIECE, "{} bytes", counted.read);
                assert!(counted.asked < 60, "{} times", counted.asked);
            }
        }
    }

    #[test]
    fn of_zeros_on_the_disk_few_are_read_and_none_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        for zeros in [0, 1, 3 << 20, 100 << 20, 10 << 30] {
            for text in [4, 100_000, 9 << 20] {
                let mut file = File::create(&path).unwrap();
                file.write_all(&vec![b'x'; text]).unwrap();
                let bytes = text as u64 + zeros;
                file.set_len(bytes).unwrap();
                let mut counted = Counted::new(&file, &path, false);
                let end = text_end(&mut counted, bytes).unwrap();
                assert!((0..=2).contains(&(end - text as u64)), "{end} of {zeros}");
                assert!(counted.read <= MOST_ZEROS + 4 * PIECE, "{} bytes", counted.read);
            }
        }
    }

    #[test]
    fn what_is_read_of_the_texts_is_read_as_if_they_were_all() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        let piece = usize::try_from(PIECE).unwrap();
        let (text, zeros) = (vec![b'x'; 3 * piece], vec![0; 5 * piece]);
        let all = [&text, &zeros, &text[..99], &zeros, &zeros[..77], &text, &zeros].concat();
        std::fs::write(&path, &all).unwrap();
        let mut counted = Counted::new(&File::open(&path).unwrap(), &path, false);
        let texts = Texts::find(&mut counted, all.len() as u64, u64::MAX).unwrap();
        assert_eq!(texts.0.len(), 3, "{texts:?}");
        let whole = texts.read_at(&mut counted, 0, u64::from(u32::MAX)).unwrap();
        assert_eq!(whole.len() as u64, texts.bytes());
        assert_eq!(whole.split(|byte| *byte == b'x').count(), 6 * piece + 100);
        assert!(whole.len() < 6 * piece + 99 + 1024);
        for at in (0..whole.len()).step_by(100_001) {
            let part = texts.read_at(&mut counted, at as u64, 200_000).unwrap();
            assert!(part == whole[at..whole.len().min(at + 200_000)]);
        }
        let newest = Texts::find(&mut counted, all.len() as u64, PIECE).unwrap();
        assert_eq!(newest.0.len(), 1, "what is not wanted is not looked at");
    }
}
