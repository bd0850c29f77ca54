//! The first message is enough: what comes of a log is masked as the whole would be, and what does not is named.

use std::fs;
use std::io::{Read as _, Write as _};
use std::sync::mpsc::channel;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::super::cut::{LEAD, Plan, share_of_start};
use super::parts::STRETCH;
use super::*;
use crate::collect::deadline::Source;
use crate::collect::encoding::Encoding;
use crate::handover::Sender;
use crate::redact::MaskCounts;
use crate::redact::seeds::Dice;
use crate::redact::{Masks, Redactor};

fn patience() -> Duration {
    Duration::from_mins(1)
}

/// What a report has of a file whose bytes are all in memory, by the shortest way.
fn at_once(bytes: &[u8], encoding: Encoding, limit: u64) -> (String, MaskCounts) {
    let (total, newline) = (bytes.len(), encoding.newline());
    let start = &bytes[..total.min(usize::try_from(share_of_start(limit)).unwrap())];
    let plan = Plan::of(total as u64, start, newline, limit);
    let [skip, lead] = [plan.skip, plan.lead].map(|at| usize::try_from(at).unwrap());
    let unit = newline.len();
    let is_line = |at: &usize| *at == 0 || bytes[at - unit..*at] == *newline;
    let first_line = (skip..total).step_by(unit).find(is_line);
    let cut = first_line.unwrap_or_else(|| {
        let inside = |byte: &&u8| unit == 1 && **byte & 0b1100_0000 == 0b1000_0000;
        skip + bytes[skip..].iter().take_while(inside).count()
    });
    let mut counts = MaskCounts::new();
    let mut redactor = Redactor::new(Masks::for_this_machine());
    let start = redactor
        .redact(&Text::of(&bytes[..plan.first], encoding), &mut counts)
        .into_owned();
    let before = Text::of(&bytes[lead..cut], encoding);
    let text = before.clone() + &Text::of(&bytes[cut..], encoding);
    let end = redactor.redact_after(&text, before.len(), &mut counts);
    let mark = cut_mark((cut - plan.first) as u64);
    (format!("{start}{mark}{end}"), counts)
}

/// A log with secrets, colours, letters of all lengths, and some lines longer than what is read at once.
fn log(dice: &mut Dice, bytes: usize) -> String {
    let parts = [
        "12:00 INFO nothing to see\n",
        "anna\u{1b}[1m@example.org wrote 日本語 😀\n",
        "Authorization: Bearer abcdefgh12345678\n",
        "password=correct7horse, ",
        "кириллица ",
        "\u{1b}]0;title\u{7}",
    ];
    let mut log = "\u{feff}version 7 of b@example.org\n".to_owned();
    while log.len() < bytes {
        let times = match dice.roll(60) {
            0 => dice.roll(12_000),
            _ => 1 + dice.roll(20),
        };
        log.push_str(&dice.pick(&parts).repeat(times));
    }
    log
}

#[test]
fn of_a_damaged_file_comes_what_can_be_read_and_it_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().canonicalize().unwrap().join("app.log.1.GZ");
    let text = (0..20_000).fold(String::new(), |text, line| text + &format!("line {line}\n"));
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let mut flipped = packed.clone();
    flipped[packed.len() / 2..][..16].fill(0xff);
    for bytes in [&packed[..packed.len() / 2], &packed[..packed.len() - 8], &flipped] {
        fs::write(&path, bytes).unwrap();
        let mut gathering = Gathering::new(Masks::for_this_machine());
        take(
            &Log::at(path.clone()),
            1 << 20,
            patience(),
            &mut patience(),
            &mut gathering,
        )
        .unwrap();
        let file = &gathering.files[0];
        assert_eq!((file.path(), file.cut()), ("logs/app.log.1", Cut::Tail));
        let content = String::from_utf8(file.content().unwrap()).unwrap();
        assert!(content.starts_with("line 0\nline 1\n") && content.ends_with(&end_mark(&GapReason::Damaged)));
        let [gap] = &gathering.gaps[..] else {
            panic!("one gap")
        };
        assert_eq!(
            (&*gap.what, &gap.why),
            ("the end of log app.log.1.GZ", &GapReason::Damaged)
        );
    }
}

/// What comes of a log of which no more than these two parts can be had in time.
fn slow(told: Vec<io::Result<Part>>, gathering: &mut Gathering) -> io::Result<Option<Taken>> {
    let (sent, all_sent) = channel();
    let (over, wait) = channel::<()>();
    let works = move |parts: &Sender<io::Result<Part>>| {
        for part in told {
            let _ = parts.send(part);
        }
        let _ = sent.send(());
        let _ = wait.recv();
    };
    let running = Source::default().start_parts(patience(), works).unwrap();
    all_sent.recv().unwrap();
    let mut parts = Parts::new(running, Pulse::new(), patience(), Duration::ZERO);
    let taken = take_parts(&Log::at("/logs/app.log".into()), &mut parts, gathering);
    drop(over);
    taken
}

fn outline(total: u64, kept: u64) -> Part {
    Part::Outline(Outline {
        encoding: Encoding::Utf8,
        total,
        kept,
        start: Vec::new(),
    })
}

#[test]
fn of_a_log_that_cannot_be_had_to_its_end_the_newest_lines_come_or_what_there_is() {
    let text = |text: &str| Part::Text(text.into());
    let newest = || {
        let end = Part::End { cut_off: None };
        Part::Newest(vec![
            outline(90, 9),
            Part::Lead(b"older\n".to_vec()),
            text("the newest\n"),
            end,
        ])
    };
    let late = GapReason::TooSlow { seconds: 1 };
    let damaged = GapReason::Other("bad sector".to_owned());
    let fails = || Err(io::Error::other("bad sector"));
    let newest_only = "[feedback: 81 older bytes are not in this report]\nthe newest\n";
    let begun = format!("the oldest\n{}", end_mark(&late));
    let nothing = end_mark(&damaged);
    let whole = || outline(90, 90);
    for (told, content, cut, why) in [
        (vec![Ok(newest())], newest_only, Cut::Head, &late),
        (vec![Ok(newest()), Ok(whole())], newest_only, Cut::Head, &late),
        (vec![Ok(newest()), fails()], newest_only, Cut::Head, &damaged),
        (
            vec![Ok(whole()), Ok(text("the oldest\n"))],
            &*begun,
            Cut::Tail,
            &late,
        ),
        (vec![Ok(whole()), fails()], &*nothing, Cut::Tail, &damaged),
    ] {
        let mut gathering = Gathering::new(Masks::for_this_machine());
        let taken = slow(told, &mut gathering).unwrap().unwrap();
        assert_eq!(GapReason::from(&taken.cut_short.unwrap()), *why);
        let [file] = &gathering.files[..] else {
            panic!("one file")
        };
        assert_eq!(str::from_utf8(&file.content().unwrap()), Ok(content));
        assert_eq!((file.cut, file.original_bytes), (cut, 90));
        let [gap] = &gathering.gaps[..] else {
            panic!("one gap")
        };
        let what = match cut {
            Cut::Head => "the older lines of log app.log",
            _ => "the end of log app.log",
        };
        assert_eq!((&*gap.what, &gap.why), (what, why));
    }
    for (told, why) in [
        (vec![], &late),
        (vec![fails()], &damaged),
        (vec![Ok(whole()), Ok(Part::Anew)], &late),
    ] {
        let mut gathering = Gathering::new(Masks::for_this_machine());
        assert_eq!(GapReason::from(&slow(told, &mut gathering).unwrap_err()), *why);
        assert!(gathering.files.is_empty());
    }
}

#[test]
fn what_is_more_is_waited_for_longer() {
    for (bytes, seconds) in [(0, 2), (1, 2), (STRETCH, 2), (STRETCH + 1, 4), (64 << 20, 16)] {
        let patience = patience_for(bytes, Duration::from_secs(2));
        assert_eq!(patience, Duration::from_secs(seconds), "{bytes}");
    }
    assert!(patience_for(u64::MAX, Duration::from_secs(2)) > Duration::from_hours(1));
}

#[test]
fn of_a_log_that_ends_in_another_encoding_the_last_letter_stays() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().canonicalize().unwrap().join("app.log");
    let ready = "12:00 INFO ready\n".repeat(20);
    let added = "added by a script".encode_utf16().flat_map(u16::to_le_bytes);
    fs::write(&path, ready.bytes().chain(added).collect::<Vec<u8>>()).unwrap();
    let mut gathering = Gathering::new(Masks::for_this_machine());
    take(
        &Log::at(path.clone()),
        1000,
        patience(),
        &mut patience(),
        &mut gathering,
    )
    .unwrap();
    let content = gathering.files[0].content().unwrap();
    assert_eq!(str::from_utf8(&content).unwrap(), ready + "added by a script");
}

#[test]
fn of_a_long_secret_that_the_cut_goes_through_no_piece_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().canonicalize().unwrap().join("app.log");
    for (before, long) in [("Authorization: Bearer ", 6_000), ("\"token\":\"", 15_000)] {
        for unit in [1, 2] {
            let line = format!("12:00 INFO ready\n{before}{}", "secret7".repeat(long / 7));
            let bytes = match unit {
                1 => line.into_bytes(),
                _ => [0xfeff]
                    .into_iter()
                    .chain(line.encode_utf16())
                    .flat_map(u16::to_le_bytes)
                    .collect(),
            };
            fs::write(&path, bytes).unwrap();
            let mut gathering = Gathering::new(Masks::for_this_machine());
            take(
                &Log::at(path.clone()),
                900,
                patience(),
                &mut patience(),
                &mut gathering,
            )
            .unwrap();
            let mut content = String::new();
            gathering.files[0].reader().read_to_string(&mut content).unwrap();
            assert!(!content.contains("secret7"), "{content}");
        }
    }
}

#[test]
fn in_parts_a_log_becomes_the_bytes_that_it_becomes_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().canonicalize().unwrap().join("app.log");
    let mut dice = Dice::new(31);
    for round in 0..6 {
        let text = log(&mut dice, 600_000);
        let (bytes, encoding): (Vec<u8>, _) = match round % 3 {
            0 => (text.into_bytes(), Encoding::Utf8),
            1 => (
                text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                Encoding::Utf16Le,
            ),
            _ => (
                text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                Encoding::Utf16Be,
            ),
        };
        if round % 2 == 0 {
            fs::write(&path, &bytes).unwrap();
        } else {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&bytes).unwrap();
            fs::write(&path, packed.finish().unwrap()).unwrap();
        }
        for limit in [
            bytes.len() as u64,
            bytes.len() as u64 - 1,
            1 + dice.roll(100) as u64,
            1 + dice.roll(bytes.len()) as u64,
            bytes.len() as u64 - LEAD + 3,
        ] {
            let mut gathering = Gathering::new(Masks::for_this_machine());
            let taken = take(
                &Log::at(path.clone()),
                limit,
                patience(),
                &mut patience(),
                &mut gathering,
            )
            .unwrap();
            let (expected, counts) = at_once(&bytes, encoding, limit);
            if taken.is_none() {
                assert!(gathering.files.is_empty() && limit < 4, "{limit}");
                continue;
            }
            let [file] = &gathering.files[..] else {
                panic!("one file");
            };
            let mut content = String::new();
            file.reader().read_to_string(&mut content).unwrap();
            assert!(content == expected, "round {round}, limit {limit}: {taken:?}");
            assert_eq!(file.masked, counts);
        }
    }
}
