//! One log on its way from its file into the report: read on a thread of its own, decoded, masked and compressed as it
//! comes.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};
use std::vec;

use super::cut::cut_mark;
use super::read::{Outline, Part, read};
use super::text::Text;
use super::turn::unpacked;
use super::{FOLDERS, PATIENCE, label, slowness, too_slow, unread};
use crate::collect::deadline::Running;
use crate::collect::pulse::Pulse;
use crate::collect::rewrite::Form;
use crate::collect::{Gathering, last_name};
use crate::report::{Cut, FileKind, GapReason};

/// What the report has of a file now.
#[derive(Debug)]
pub(super) struct Taken {
    /// So many of the file's bytes.
    pub(super) bytes: u64,
    /// Some of them are not UTF-8.
    pub(super) is_foreign: bool,
    /// Why no more of it came in time, where that is so.
    pub(super) slow: Option<io::Error>,
}

/// What a file is waited for so long: more is waited for longer.
const STRETCH: u64 = 8 << 20;

/// How long so many bytes of logs may be waited for, masking and writing not counted: two seconds for each 8 MiB.
pub(super) fn patience_for(bytes: u64) -> Duration {
    PATIENCE.saturating_mul(u32::try_from(bytes.div_ceil(STRETCH).max(1)).unwrap_or(u32::MAX))
}

/// Takes at most the newest `limit` bytes of the file at a path without links, masked, into the report. The time that it is
/// waited for is taken from `patience`. `None` where there was no room for any line of it.
pub(super) fn take(
    path: &Path,
    limit: u64,
    patience: &mut Duration,
    gathering: &mut Gathering,
) -> io::Result<Option<Taken>> {
    let folder = FOLDERS.source(path.parent().unwrap_or(path));
    let (read_from, pulse) = (path.to_owned(), Pulse::new());
    let beating = pulse.clone();
    let running = folder.start_parts(PATIENCE, move |parts| {
        let mut tell = |part| parts.send(Ok(part)).is_ok();
        if let Err(error) = read(&read_from, limit, &beating, &mut tell) {
            let _ = parts.send(Err(error));
        }
    });
    let mut parts = Parts::new(running.map_err(unread)?, pulse, *patience);
    let taken = take_parts(path, &mut parts, gathering);
    *patience = patience.saturating_sub(parts.waited);
    taken
}

fn take_parts(path: &Path, parts: &mut Parts, gathering: &mut Gathering) -> io::Result<Option<Taken>> {
    loop {
        match take_generation(path, parts, gathering)? {
            Generation::Taken { bytes, is_foreign } => {
                let slow = parts.slow.take();
                if let Some(why) = &slow
                    && parts.has_newest
                {
                    gathering.gap(&format!("the older lines of {}", label(path)), why);
                }
                return Ok(Some(Taken {
                    bytes,
                    is_foreign,
                    slow,
                }));
            }
            Generation::NoRoom => return Ok(None),
            Generation::Over => {}
        }
    }
}

enum Generation {
    Taken {
        bytes: u64,
        is_foreign: bool,
    },
    /// For any line of it.
    NoRoom,
    /// The file was rewritten meanwhile, or is begun anew for another reason.
    Over,
}

/// Stands behind what could be had of a file.
fn end_mark(why: &GapReason) -> String {
    format!("\n[feedback: what follows is missing: {why}]\n")
}

/// Takes the file as it is now.
fn take_generation(path: &Path, parts: &mut Parts, gathering: &mut Gathering) -> io::Result<Generation> {
    let Part::Outline(outline) = parts.next()? else {
        return Ok(Generation::Over);
    };
    let Outline {
        encoding,
        total,
        kept,
        start,
    } = outline;
    if kept == 0 && total > 0 {
        return Ok(Generation::NoRoom);
    }
    let missing = total.saturating_sub(kept);
    let name = name_in_report(path);
    let mut file = gathering.begin(&name, Form::Utf8);
    let mut plain = String::new();
    let mut first = Text::new(encoding);
    first.push(&start, &mut plain);
    let mut is_foreign = first.finish(&mut plain);
    file.text(&plain)?;
    file.next_text(&cut_mark(missing))?;
    let (mut lead, mut text) = (Some(Text::new(encoding)), Text::new(encoding));
    let cut_off = loop {
        plain.clear();
        let part = parts.next()?;
        if !matches!(part, Part::Lead(_))
            && let Some(lead) = lead.take()
        {
            lead.finish(&mut plain);
            file.lead(&plain);
            plain.clear();
        }
        match (part, &mut lead) {
            (Part::Lead(bytes), Some(lead)) => {
                lead.push(&bytes, &mut plain);
                file.lead(&plain);
            }
            (Part::Text(bytes), _) => {
                text.push(&bytes, &mut plain);
                file.text(&plain)?;
            }
            (Part::End { cut_off }, _) => {
                is_foreign |= text.finish(&mut plain);
                file.text(&plain)?;
                break cut_off;
            }
            _ => return Ok(Generation::Over),
        }
    };
    if let Some(why) = &cut_off {
        file.next_text(&end_mark(why))?;
    }
    let packed = file.finish()?;
    let file = gathering.add_packed(FileKind::Log, &name, packed);
    file.original_bytes = total;
    file.cut = match missing {
        _ if cut_off.is_some() => Cut::Tail,
        0 => Cut::None,
        _ => Cut::Head,
    };
    if let Some(why) = cut_off {
        gathering.gap(&format!("the end of {}", label(path)), why);
    }
    Ok(Generation::Taken {
        bytes: kept,
        is_foreign,
    })
}

/// What the thread that reads has to tell, and what is left of it where that takes too long.
struct Parts {
    running: Running<io::Result<Part>>,
    pulse: Pulse,
    /// How long all of it may be waited for.
    most: Duration,
    /// How long what is known to come may be.
    patience: Duration,
    waited: Duration,
    /// What came of the newest lines.
    newest: vec::IntoIter<Part>,
    has_newest: bool,
    has_begun: bool,
    /// Why no more is waited for.
    slow: Option<io::Error>,
}

impl Parts {
    fn new(running: Running<io::Result<Part>>, pulse: Pulse, most: Duration) -> Self {
        Self {
            running,
            pulse,
            most,
            patience: PATIENCE,
            waited: Duration::ZERO,
            newest: Vec::new().into_iter(),
            has_newest: false,
            has_begun: false,
            slow: None,
        }
    }

    /// Where more does not come in time, the newest lines come instead; where nobody has them, what came ends there.
    fn next(&mut self) -> io::Result<Part> {
        if self.slow.is_some() {
            return self.newest.next().ok_or_else(|| too_slow(self.waited));
        }
        match self.wait() {
            Ok(Part::Newest(newest)) => {
                (self.newest, self.has_newest) = (newest.into_iter(), true);
                self.next()
            }
            Err(error) if slowness(&error) > 0 && (self.has_newest || self.has_begun) => {
                let end = if self.has_newest {
                    Part::Anew
                } else {
                    let cut_off = Some(GapReason::from(&error));
                    Part::End { cut_off }
                };
                self.slow = Some(error);
                Ok(end)
            }
            Ok(part) => {
                match &part {
                    Part::Outline(outline) => {
                        (self.has_begun, self.patience) = (true, patience_for(outline.kept));
                    }
                    Part::Anew => self.has_begun = false,
                    _ => {}
                }
                Ok(part)
            }
            error => error,
        }
    }

    fn wait(&mut self) -> io::Result<Part> {
        let asked = Instant::now();
        let mut left = self.patience.min(self.most).saturating_sub(self.waited);
        let next = self.running.next_while(&self.pulse, PATIENCE, &mut left);
        self.waited += asked.elapsed();
        next.map_err(unread)?.ok_or_else(|| too_slow(self.waited))?
    }
}

/// What was compressed stands in the report as the text it holds.
fn name_in_report(path: &Path) -> String {
    let name = last_name(path);
    unpacked(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use crate::handover::Sender;
    use std::fs;
    use std::io::{Read as _, Write as _};
    use std::sync::mpsc::channel;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::super::cut::{LEAD, Plan, share_of_start};
    use super::*;
    use crate::collect::deadline::Source;
    use crate::collect::encoding::Encoding;
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
            take(&path, 1 << 20, &mut patience(), &mut gathering).unwrap();
            let file = &gathering.files[0];
            assert_eq!((file.path(), file.cut()), ("logs/app.log.1", Cut::Tail));
            let content = String::from_utf8(file.content().unwrap()).unwrap();
            assert!(
                content.starts_with("line 0\nline 1\n") && content.ends_with(&end_mark(&GapReason::Damaged))
            );
            let [gap] = &gathering.gaps[..] else {
                panic!("one gap")
            };
            assert_eq!(
                (&*gap.what, &gap.why),
                ("the end of log app.log.1.GZ", &GapReason::Damaged)
            );
        }
    }

    /// What comes of a log on a disk that gives no more than these two parts in time.
    fn slow(told: Vec<Part>, gathering: &mut Gathering) -> io::Result<Option<Taken>> {
        let (sent, all_sent) = channel();
        let (over, wait) = channel::<()>();
        let works = move |parts: &Sender<io::Result<Part>>| {
            for part in told {
                let _ = parts.send(Ok(part));
            }
            let _ = sent.send(());
            let _ = wait.recv();
        };
        let running = Source::default().start_parts(PATIENCE, works).unwrap();
        all_sent.recv().unwrap();
        let mut parts = Parts::new(running, Pulse::new(), Duration::ZERO);
        let taken = take_parts(Path::new("/logs/app.log"), &mut parts, gathering);
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
    fn of_a_log_that_comes_too_slowly_the_newest_lines_come_or_what_there_is() {
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
        let why = GapReason::TooSlow { seconds: 1 };
        let newest_only = "[feedback: 81 older bytes are not in this report]\nthe newest\n";
        let begun = format!("the oldest\n{}", end_mark(&why));
        for (told, content, cut, what) in [
            (
                vec![newest()],
                newest_only,
                Cut::Head,
                "the older lines of log app.log",
            ),
            (
                vec![newest(), outline(90, 90)],
                newest_only,
                Cut::Head,
                "the older lines of log app.log",
            ),
            (
                vec![outline(90, 90), text("the oldest\n")],
                &*begun,
                Cut::Tail,
                "the end of log app.log",
            ),
        ] {
            let mut gathering = Gathering::new(Masks::for_this_machine());
            let taken = slow(told, &mut gathering);
            assert!(slowness(&taken.unwrap().unwrap().slow.unwrap()) > 0);
            let [file] = &gathering.files[..] else {
                panic!("one file")
            };
            assert_eq!(str::from_utf8(&file.content().unwrap()), Ok(content));
            assert_eq!((file.cut, file.original_bytes), (cut, 90));
            let [gap] = &gathering.gaps[..] else {
                panic!("one gap")
            };
            assert_eq!((&*gap.what, &gap.why), (what, &why));
        }
        for told in [vec![], vec![outline(90, 90), Part::Anew]] {
            let mut gathering = Gathering::new(Masks::for_this_machine());
            let taken = slow(told, &mut gathering);
            assert_eq!(GapReason::from(&taken.unwrap_err()), why);
            assert!(gathering.files.is_empty());
        }
    }

    #[test]
    fn what_is_more_is_waited_for_longer() {
        for (bytes, seconds) in [(0, 2), (1, 2), (STRETCH, 2), (STRETCH + 1, 4), (64 << 20, 16)] {
            assert_eq!(patience_for(bytes), Duration::from_secs(seconds), "{bytes}");
        }
        assert!(patience_for(u64::MAX) > Duration::from_hours(1));
    }

    #[test]
    fn of_a_log_that_ends_in_another_encoding_the_last_letter_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().canonicalize().unwrap().join("app.log");
        let ready = "12:00 INFO ready\n".repeat(20);
        let added = "added by a script".encode_utf16().flat_map(u16::to_le_bytes);
        fs::write(&path, ready.bytes().chain(added).collect::<Vec<u8>>()).unwrap();
        let mut gathering = Gathering::new(Masks::for_this_machine());
        take(&path, 1000, &mut patience(), &mut gathering).unwrap();
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
                take(&path, 900, &mut patience(), &mut gathering).unwrap();
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
                let taken = take(&path, limit, &mut patience(), &mut gathering).unwrap();
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
}
