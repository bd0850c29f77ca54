//! Where the text of a log ends: an app may make room for its lines before they come, and leave gigabytes of zeros there.

use std::io::{self, Seek as _, SeekFrom};

use crate::collect::pulse::Watched;

/// So much is looked at first: most logs end in text.
const NEAR: u64 = 16 << 10;
/// So much is looked at at once behind that. A hole of less is read.
const PIECE: u64 = 256 << 10;
/// So many zeros are looked through that are on the disk: 4 MiB, which a slow one gives in time.
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

/// Where the zeros begin that stand at the end of a file of so many bytes; where there are too many to look through, as
/// far as they are known.
pub(super) fn text_end(file: &mut impl Places, bytes: u64) -> io::Result<u64> {
    let (mut end, mut wanted, mut zeros) = (bytes, NEAR, 0_u64);
    while end > 0 && zeros < MOST_ZEROS {
        let at = end.saturating_sub(wanted);
        let piece = file.read_at(at, end - at)?;
        if let Some(last) = piece.iter().rposition(|byte| *byte != 0) {
            // One stays: it may be half of the last letter, since a log may end in UTF-16 however it begins.
            return Ok((at + last as u64 + 2).min(bytes));
        }
        zeros += end - at;
        end = before_hole(file, at);
        wanted = PIECE;
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
                assert_eq!(end, text as u64 + u64::from(text > 0));
                assert!(counted.read <= zeros as u64 + 4 * PIECE, "{} bytes", counted.read);
                assert!(counted.asked < 60, "{} times", counted.asked);
            }
        }
    }

    #[test]
    fn zeros_on_the_disk_are_looked_through_so_far_and_no_log_is_lost_by_them() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        for (zeros, left) in [(0, 0), (1, 1), (3 << 20, 1), (100 << 20, 96 << 20)] {
            let mut file = File::create(&path).unwrap();
            file.write_all(b"text").unwrap();
            file.set_len(4 + zeros).unwrap();
            let mut counted = Counted::new(&file, &path, false);
            let end = text_end(&mut counted, 4 + zeros).unwrap();
            assert!(end - 4 <= left, "{end} of {zeros}");
            assert!(counted.read <= MOST_ZEROS + PIECE);
        }
    }
}
