//! The first message is enough: what is taken of a log is of one generation, whole to its end, whatever becomes of its file.

use std::fs::{self, File};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::collect::logs::packed::Packed;
use crate::collect::pulse::Watched;

/// What was told of a file in the end.
#[derive(Default)]
struct Taken {
    /// How often it was begun anew.
    anew: usize,
    total: u64,
    kept: u64,
    start: Vec<u8>,
    text: Vec<u8>,
    cut_off: Option<GapReason>,
}

fn log(path: &Path, limit: u64) -> io::Result<Taken> {
    taken(&mut Log::open(&path.canonicalize()?, &Pulse::new())?, limit)
}

fn taken(file: &mut Log, limit: u64) -> io::Result<Taken> {
    let mut taken = Taken::default();
    read_log(file, limit, &mut |part| {
        match part {
            Part::Outline(outline) => {
                (taken.total, taken.kept, taken.start) = (outline.total, outline.kept, outline.start);
            }
            Part::Text(text) => taken.text.extend(text),
            Part::Anew => {
                let anew = taken.anew + 1;
                taken = Taken {
                    anew,
                    ..Taken::default()
                };
            }
            Part::End { cut_off } => taken.cut_off = cut_off,
            Part::Newest(_) | Part::Lead(_) => {}
        }
        true
    })?;
    assert_eq!(taken.kept, (taken.start.len() + taken.text.len()) as u64);
    Ok(taken)
}

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
                let mut lines = b"the same banner\n".repeat(512);
                for line in 0..20_000 {
                    writeln!(lines, "generation {generation:09} line {line:09}").unwrap();
                }
                // In many small steps, or at once, which takes less time than a report.
                let step = if generation.is_multiple_of(2) {
                    100
                } else {
                    lines.len()
                };
                let mut log = File::create(&path).unwrap();
                for step in lines.chunks(step) {
                    log.write_all(step).unwrap();
                }
            }
        }
    });
    let (mut taken, mut limits) = (0, [50_000, 500_000, 1_000_000].iter().cycle());
    while taken < 1_000_000 {
        let Ok(log) = log(&path, *limits.next().unwrap()) else {
            continue;
        };
        let mut generations = Vec::new();
        for piece in [&log.start, &log.text] {
            let lines = std::str::from_utf8(piece).unwrap().lines();
            let whole = lines.filter(|line| line.len() == 35);
            let whole: Vec<(&str, u32)> = whole
                .map(|line| (&line[..20], line[26..].parse().unwrap()))
                .collect();
            for pair in whole.windows(2) {
                assert_eq!(pair[0].1 + 1, pair[1].1, "without a hole");
                taken += 1; // a pair of lines that stand as they were written
            }
            generations.extend(whole.iter().map(|(generation, _)| *generation));
        }
        generations.dedup();
        assert!(generations.len() <= 1, "of one generation: {generations:?}");
    }
    over.store(true, Ordering::Relaxed);
    writer.join().unwrap();
}

#[test]
fn a_log_that_is_rewritten_between_two_pieces_is_begun_anew_however_alike_it_begins() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().canonicalize().unwrap().join("app.log");
    let banner = "the same banner\n".repeat(4000);
    let generation = |number: u32| banner.clone() + &format!("generation {number}\n").repeat(60_000);
    for rewritten_at in 0..5 {
        fs::write(&path, generation(1)).unwrap();
        let (mut pieces, mut text) = (0, Vec::new());
        read(&path, 8 << 20, &Pulse::new(), &mut |part| {
            match part {
                Part::Outline(_) => {}
                Part::Text(piece) => text.extend(piece),
                Part::Anew => text.clear(),
                Part::Newest(_) | Part::Lead(_) | Part::End { .. } => return true,
            }
            if pieces == rewritten_at {
                fs::write(&path, generation(2)).unwrap();
            }
            pieces += 1;
            true
        })
        .unwrap();
        assert!(text == generation(2).as_bytes(), "rewritten at {rewritten_at}");
    }
}

#[test]
fn zeros_inside_a_log_take_no_line_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("app.log");
    let lines = |from: u32| {
        (from..from + 60_000).fold(String::new(), |text, line| text + &format!("line {line:09}\n"))
    };
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    for (before, behind) in [
        (lines(0).into_bytes(), b"the end\n".to_vec()),
        (wide(&lines(0)), wide("the end\n")),
        (Vec::new(), lines(0).into_bytes()),
    ] {
        for hole in [3 << 20, 10 << 30] {
            let mut file = File::create(&path).unwrap();
            file.write_all(&before).unwrap();
            file.set_len(before.len() as u64 + hole).unwrap();
            file.seek(SeekFrom::End(0)).unwrap();
            file.write_all(&behind).unwrap();
            let text = [before.clone(), behind.clone()].concat();
            let mut taken = log(&path, 8 << 20).unwrap();
            assert!(taken.total <= text.len() as u64 + 1024, "{}", taken.total);
            taken.text.retain(|byte| *byte != 0);
            let plain: Vec<u8> = text.iter().copied().filter(|byte| *byte != 0).collect();
            assert!(taken.text == plain, "a hole of {hole}");

            let taken = log(&path, 100_000).unwrap();
            assert!(taken.kept <= 100_000 && taken.kept > 99_000, "{}", taken.kept);
            assert!(
                taken
                    .text
                    .ends_with(&behind[behind.len().saturating_sub(50_000)..])
            );
            let zeros = taken.text.split(|byte| *byte == 0).count() - 1;
            assert!(zeros < 1024 || before.starts_with(b"l\0"), "{zeros}");
        }
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn a_giant_hole_behind_the_text_costs_no_line_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("app.log");
    let text = "12:00 INFO ready\n".repeat(60_000);
    fs::write(&path, &text).unwrap();
    let file = File::options().write(true).open(&path).unwrap();
    file.set_len(10 << 30).unwrap();
    let taken = log(&path, 2 << 20).unwrap();
    assert!(taken.text == (text + "\0\0").as_bytes());
}

#[test]
fn room_for_lines_to_come_takes_no_line_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("app.log");
    let text = "first\n".repeat(2000) + "the end\n";
    let wide = |write: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(write).collect::<Vec<u8>>();
    for bytes in [
        text.clone().into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ] {
        for zeros in [1, 17, 3 * PIECE] {
            fs::write(&path, &bytes).unwrap();
            let file = File::options().write(true).open(&path).unwrap();
            file.set_len(bytes.len() as u64 + zeros).unwrap();
            let taken = log(&path, 500).unwrap();
            let kept = usize::try_from(taken.total).unwrap() - bytes.len();
            assert!(kept <= 2, "{kept} of {zeros}");
            let text = &taken.text[..taken.text.len() - kept];
            assert!(bytes.ends_with(text) && text.len() > 400);
        }
    }
    fs::write(&path, [0; 1000]).unwrap();
    assert_eq!(log(&path, 500).unwrap().total, 0);
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
    let taken = log(&path, 200_000).unwrap();
    assert_eq!(taken.anew, 2, "its last words were of the second");
    assert_eq!(taken.total, text.len() as u64);
    assert!(!taken.start.is_empty() && text.as_bytes().starts_with(&taken.start));
    assert!(text.as_bytes().ends_with(&taken.text));
    assert!((199_980..=200_000).contains(&(taken.start.len() + taken.text.len())));

    let whole = packed(text.as_bytes());
    fs::write(&path, &whole).unwrap();
    let straight = log(&path, 200_000).unwrap();
    assert_eq!(straight.anew, 0, "it is unpacked once");
    assert_eq!((&taken.cut_off, &straight.cut_off), (&None, &None));
    assert!(straight.total == taken.total && straight.start == taken.start && straight.text == taken.text);

    for told in [
        0,
        1,
        70_000,
        text.len() - 1,
        text.len() + 1,
        2 * text.len(),
        u32::MAX as usize,
    ] {
        let told = u32::try_from(told).unwrap().to_le_bytes();
        fs::write(&path, [&whole[..whole.len() - 4], &told].concat()).unwrap();
        let taken = log(&path, 200_000).unwrap();
        assert!(
            taken.total == straight.total && taken.start == straight.start && taken.text == straight.text
        );
    }

    let (half, zeros) = (&whole[..whole.len() / 2], vec![0; 70_000]);
    for padded in [
        [&whole[..], &zeros].concat(),
        [packed(one), zeros.clone(), packed(two), zeros.clone()].concat(),
    ] {
        fs::write(&path, padded).unwrap();
        let taken = log(&path, 200_000).unwrap();
        assert_eq!((taken.total, &taken.cut_off), (straight.total, &None));
        assert!(taken.start == straight.start && taken.text == straight.text);
    }
    // A power cut leaves zeros in the place of the rest, too.
    fs::write(&path, [half, &zeros].concat()).unwrap();
    assert_eq!(log(&path, 1000).unwrap().cut_off, Some(GapReason::Damaged));

    fs::write(&path, half).unwrap();
    let taken = log(&path, 1000).unwrap();
    let total = usize::try_from(taken.total).unwrap();
    assert!(total > 100_000 && total < text.len());
    assert!(text.as_bytes()[..total].ends_with(&taken.text) && taken.text.len() > 900);
    assert_eq!(taken.cut_off, Some(GapReason::Damaged));

    fs::write(&path, &whole[..5]).unwrap();
    assert!(log(&path, 1000).is_err());
}

#[test]
fn of_a_bomb_comes_what_stands_before_the_bound() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().canonicalize().unwrap().join("app.log.1.gz");
    let text = "12:00 INFO ready\n".repeat(20_000);
    let (one, two) = text.as_bytes().split_at(200_000);
    for bytes in [packed(text.as_bytes()), [packed(one), packed(two)].concat()] {
        fs::write(&path, bytes).unwrap();
        for most in [150_000, 199_999, 200_000, 200_001, 339_999, 340_000, 340_001] {
            let file = Watched::open(&path, &Pulse::new()).unwrap();
            let file = Packed::at_most(most as u64, file).unwrap();
            let taken = taken(&mut Log::Packed(Box::new(file)), 1000).unwrap();
            let kept = text.get(..most).unwrap_or(&text);
            assert_eq!(taken.total, kept.len() as u64);
            assert!(kept.as_bytes().ends_with(&taken.text) && taken.text.len() > 900);
            let is_cut = (kept.len() < text.len()).then_some(GapReason::TooMuchPacked);
            assert_eq!(taken.cut_off, is_cut, "{most}");
        }
    }
}

#[test]
fn a_line_of_any_length_behind_the_cut_is_found_to_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("app.log");
    for long in [NEAR, PIECE - 1, PIECE, 3 * PIECE] {
        let line = "x".repeat(usize::try_from(long).unwrap());
        let text = format!("first\n{line}\nlast\n");
        for packed_too in [false, true] {
            let bytes = text.as_bytes().to_vec();
            fs::write(&path, if packed_too { packed(&bytes) } else { bytes }).unwrap();
            let limit = text.len() as u64 - 10;
            assert_eq!(log(&path, limit).unwrap().text, b"last\n");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_logs_place_does_not_hang() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("app.log");
    let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    assert!(log(&path, 1).is_err());
}
