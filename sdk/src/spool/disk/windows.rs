//! What Windows does to files that others have open.

use std::io;
use std::thread;
use std::time::Duration;

/// `ERROR_ACCESS_DENIED`, `ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`.
const ACCESS_DENIED: i32 = 5;
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;

/// Whether a file could not be opened because another program has it.
pub(super) fn is_in_use(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION))
}

/// Does it again, for a second at most, while another program is in the way: virus scanners and indexers open a new
/// file for a moment, and let nobody rename or remove it meanwhile.
pub(super) fn patiently<T>(mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for pause in (0..10).map(|turn| Duration::from_millis(1 << turn)) {
        match act() {
            // A rename tells the same in other words.
            Err(error) if is_in_use(&error) || error.raw_os_error() == Some(ACCESS_DENIED) => {
                thread::sleep(pause)
            }
            done => return done,
        }
    }
    act()
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::os::windows::fs::OpenOptionsExt as _;

    use super::*;

    #[test]
    fn a_scanner_that_looks_at_a_new_file_only_delays_its_rename() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        fs::write(&from, "x").unwrap();
        let only_reading = 1;
        let mut scanner = Some(
            File::options()
                .read(true)
                .share_mode(only_reading)
                .open(&from)
                .unwrap(),
        );
        let mut turns = 0;
        let renamed = patiently(|| {
            turns += 1;
            if turns == 3 {
                scanner = None;
            }
            fs::rename(&from, &to)
        });
        renamed.unwrap();
        assert_eq!(turns, 3, "it was in the way, and no longer than it was open");
    }

    #[test]
    fn what_is_wrong_for_good_is_told_at_once() {
        let mut turns = 0;
        let done = patiently(|| {
            turns += 1;
            fs::remove_file("no such file")
        });
        assert_eq!((done.unwrap_err().kind(), turns), (io::ErrorKind::NotFound, 1));
    }
}
