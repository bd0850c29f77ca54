//! The start and the end of a log file: two pieces of one generation, however it is written, cut or replaced meanwhile.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::read::MultiGzDecoder;

/// What was read of a file.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    /// How large the file is, uncompressed.
    pub(super) total: u64,
    /// Its first bytes.
    pub(super) start: Vec<u8>,
    /// Its last bytes.
    pub(super) end: Vec<u8>,
}

/// So much is read again afterwards, to know whether the file was rewritten while it was read.
const PROOF: usize = 4 << 10;
/// How often a file that is rewritten while it is read is read again.
const TRIES: usize = 5;

/// Reads the first `start` and the last `end` bytes of a file, through gzip where it is compressed so.
pub(super) fn read(path: &Path, start: u64, end: u64) -> io::Result<Pieces> {
    let mut file = open_plain(path)?;
    let mut magic = [0; 2];
    if file.read(&mut magic)? == 2 && magic == *b"\x1f\x8b" {
        file.rewind()?;
        return unpack(file, start, end);
    }
    for _ in 0..TRIES {
        let total = file.metadata()?.len();
        let from = total.saturating_sub(end);
        let pieces = Pieces {
            total,
            start: read_at(&mut file, 0, start.min(total))?,
            end: read_at(&mut file, from, total - from)?,
        };
        if is_still(&mut file, &pieces)? {
            return Ok(pieces);
        }
    }
    Err(io::Error::other("it is rewritten faster than it can be read"))
}

/// Whether the file holds what was read: a log that was cut to nothing and written anew has other bytes in the same
/// places.
fn is_still(file: &mut File, pieces: &Pieces) -> io::Result<bool> {
    if file.metadata()?.len() < pieces.total {
        return Ok(false);
    }
    let at = pieces.total - pieces.end.len() as u64;
    for (at, piece) in [(0, &pieces.start), (at, &pieces.end)] {
        let proof = &piece[..piece.len().min(PROOF)];
        if read_at(file, at, proof.len() as u64)? != proof {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read_at(file: &mut File, at: u64, bytes: u64) -> io::Result<Vec<u8>> {
    let mut piece = Vec::new();
    file.seek(SeekFrom::Start(at))?;
    file.take(bytes).read_to_end(&mut piece)?;
    Ok(piece)
}

/// The most that is unpacked of one file, 1 GiB: more is a bomb, or takes too long.
const MOST_UNPACKED: u64 = 1 << 30;

/// Unpacks a whole gzip file, keeping no more of it than asked for. One that is cut short or damaged gives what could be
/// had.
fn unpack(file: File, start: u64, end: u64) -> io::Result<Pieces> {
    let mut text = MultiGzDecoder::new(file).take(MOST_UNPACKED);
    let mut pieces = Pieces::default();
    let mut last = VecDeque::new();
    let mut chunk = vec![0; 64 << 10];
    loop {
        let read = match text.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => read,
            Err(_) if pieces.total > 0 => break,
            Err(error) => return Err(error),
        };
        pieces.total += read as u64;
        let room = start.saturating_sub(pieces.start.len() as u64);
        let first = usize::try_from(room).unwrap_or(read).min(read);
        pieces.start.extend_from_slice(&chunk[..first]);
        last.extend(&chunk[..read]);
        let excess = (last.len() as u64).saturating_sub(end);
        last.drain(..usize::try_from(excess).unwrap_or(last.len()));
    }
    if pieces.total == MOST_UNPACKED {
        return Err(io::Error::other("it has more than 1 GB when it is unpacked"));
    }
    pieces.end = last.into();
    Ok(pieces)
}

/// Opens without waiting: a pipe put in the log's place must not hang the thread.
fn open_plain(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(O_NONBLOCK);
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "is not a file"))
    }
}

/// `open(2)`: 0o4000 on Linux, 4 on the BSDs and macOS.
#[cfg(any(target_os = "linux", target_os = "android"))]
const O_NONBLOCK: i32 = 0o4000;
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
const O_NONBLOCK: i32 = 4;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn what_is_taken_is_of_one_generation_whatever_the_writer_does() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        fs::write(&path, "").unwrap();
        let over = Arc::new(AtomicBool::new(false));
        let writer = std::thread::spawn({
            let (path, over) = (path.clone(), Arc::clone(&over));
            move || {
                let mut generation = 0_u32;
                while !over.load(Ordering::Relaxed) {
                    generation += 1;
                    // Cut to nothing in place; each third time moved away and made anew.
                    if generation.is_multiple_of(3) {
                        let _ = fs::rename(&path, path.with_extension("log.1"));
                    }
                    let mut log = File::create(&path).unwrap();
                    for line in 0..3000 {
                        writeln!(log, "generation {generation:09} line {line:09}").unwrap();
                    }
                }
            }
        });
        let mut taken = 0;
        while taken < 50_000 {
            let Ok(pieces) = read(&path, 1000, 50_000) else {
                continue;
            };
            for piece in [&pieces.start, &pieces.end] {
                let lines: Vec<&str> = std::str::from_utf8(piece).unwrap().lines().collect();
                let whole = lines.iter().filter(|line| line.len() == 35);
                let whole: Vec<(&str, u32)> = whole
                    .map(|line| (&line[..20], line[26..].parse().unwrap()))
                    .collect();
                for pair in whole.windows(2) {
                    assert_eq!(pair[0].0, pair[1].0, "of one generation");
                    assert_eq!(pair[0].1 + 1, pair[1].1, "without a hole");
                    taken += 1; // a pair of lines that stand as they were written
                }
            }
        }
        over.store(true, Ordering::Relaxed);
        writer.join().unwrap();
    }

    #[test]
    fn a_sparse_giant_is_read_at_its_ends_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        let mut log = File::create(&path).unwrap();
        log.write_all(b"version 7\n").unwrap();
        log.set_len(10 << 30).unwrap();
        log.seek(SeekFrom::End(0)).unwrap();
        log.write_all(b"the end\n").unwrap();
        let pieces = read(&path, 10, 8).unwrap();
        assert_eq!(
            (&*pieces.start, &*pieces.end),
            (&b"version 7\n"[..], &b"the end\n"[..])
        );
        assert_eq!(pieces.total, (10 << 30) + 8);
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
        gz.write_all(text).unwrap();
        gz.finish().unwrap()
    }

    #[test]
    fn gzip_is_read_through_also_where_it_is_cut_short() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log.1.gz");
        let text = (0..100_000)
            .map(|line| format!("line {line}\n"))
            .collect::<Vec<_>>()
            .concat();
        // Two members in one file: what `gzip >>` makes.
        let (one, two) = text.as_bytes().split_at(500_000);
        fs::write(&path, [packed(one), packed(two)].concat()).unwrap();
        let pieces = read(&path, 100, 200_000).unwrap();
        assert_eq!(pieces.total, text.len() as u64);
        assert_eq!(pieces.start, &text.as_bytes()[..100]);
        assert_eq!(pieces.end, &text.as_bytes()[text.len() - 200_000..]);

        let whole = packed(text.as_bytes());
        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        let pieces = read(&path, 100, 1000).unwrap();
        let total = usize::try_from(pieces.total).unwrap();
        assert!(total > 100_000 && total < text.len());
        assert_eq!(pieces.end, &text.as_bytes()[total - 1000..total]);

        fs::write(&path, &whole[..5]).unwrap();
        assert!(read(&path, 100, 1000).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_logs_place_does_not_hang() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("app.log");
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        assert!(read(&path, 1, 1).is_err());
    }
}
