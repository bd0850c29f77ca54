//! How a report is made to fit what the server takes. Pure but for the time it takes to compress.
//!
//! Old log lines go first, then the picture's size, then attachments, largest first. The person's words
//! never go. Everything left out becomes a gap, so it stands in the manifest and in `message.txt`.

use std::io::{self, Read as _, Write as _};

use crate::bundle;
use crate::collect::logs;
use crate::pack::Packer;
use crate::picture;
use crate::report::{Cut, FileKind, Gap, GapReason, Report, ReportFile};

/// Below this a cut log is not worth its place.
const LEAST_LOG: u64 = 4 << 10;
/// Below this a picture shows nothing any more.
const LEAST_WIDTH: u32 = 400;

/// How far a log that is cut is searched for the start of a line, in bytes; what has none is cut inside it.
const LONGEST_LINE: u64 = 1 << 20;

/// About what a file takes beside its packed bytes: its entry in the manifest.
const HEADERS: u64 = 150;

/// The largest bundle to try when the server takes requests of `max_bytes`. `None` where that makes no sense.
pub(crate) fn limit(max_bytes: u64) -> Option<u64> {
    // The manifest, as most are, and the form's frame come on top of the bundle.
    const AROUND: u64 = 16 << 10;
    let limit = max_bytes.checked_sub(AROUND.max(max_bytes / 64))?;
    (AROUND < limit).then_some(limit)
}

/// The same for one report, whose bundle of `bytes` goes beside `manifest` bytes and is too large so. `None` where the
/// number explains nothing: a proxy has its own limit.
pub(crate) fn limit_told(bytes: u64, manifest: u64, max_bytes: u64) -> Option<u64> {
    let limit = limit(max_bytes)?.checked_sub(manifest)?;
    (limit < bytes).then_some(limit)
}

/// Shrinks `report` until its bundle has at most `limit` bytes. Returns what was left out or cut, or
/// `None` when the words alone are too large.
pub(crate) fn shrink(report: &mut Report, limit: u64, packer: &mut Packer) -> io::Result<Option<Vec<Gap>>> {
    // Neither made smaller nor by that taken in again.
    report.forget_left_out();
    let mut notes = Vec::new();
    loop {
        report.recount();
        let excess = bundle::size(report)?.saturating_sub(limit);
        if excess == 0 {
            return Ok(Some(notes));
        }
        // Measuring costs as much as writing, so it waits until the estimate says that all fits. The
        // estimate promises a little too much: at worst there is another round, never a file too few.
        let goal = weight(report).saturating_sub(excess);
        loop {
            let excess = weight(report).saturating_sub(goal);
            let Some(gap) = step(report, excess, packer)? else {
                return Ok(None);
            };
            note(&mut report.gaps, &gap);
            note(&mut notes, &gap);
            if weight(report) <= goal {
                break;
            }
        }
    }
}

/// About what the evidence takes in the bundle.
fn weight(report: &Report) -> u64 {
    let files = report.evidence.iter();
    files.map(|file| file.content.packed_bytes() + HEADERS).sum()
}

/// Makes one file smaller by up to `excess`, or leaves it out. `None` when there is none any more.
fn step(report: &mut Report, excess: u64, packer: &mut Packer) -> io::Result<Option<Gap>> {
    let oldest_log = position(report, FileKind::Log, |_| 0);
    let picture = position(report, FileKind::Screenshot, |file| file.content.packed_bytes());
    let attachment = position(report, FileKind::Attachment, |file| file.content.packed_bytes());
    let Some(index) = oldest_log.or(picture).or(attachment) else {
        return Ok(None);
    };
    let file = &report.evidence[index];
    let what = file.path.clone();
    let smaller = match file.kind {
        FileKind::Log => shorter_log(file, excess, packer),
        FileKind::Screenshot => smaller_picture(file, packer),
        _ => Ok(None),
    };
    let smaller = match smaller {
        // Not even for the smaller one, beside what it is made of.
        Err(error) if error.kind() == io::ErrorKind::StorageFull => None,
        smaller => smaller?,
    };
    let why = if let Some((smaller, why)) = smaller {
        report.evidence[index] = smaller;
        why
    } else {
        report.evidence.remove(index);
        GapReason::DoesNotFit
    };
    Ok(Some(Gap { what, why }))
}

/// The first file of a kind with the largest `weight`.
fn position(report: &Report, kind: FileKind, weight: impl Fn(&ReportFile) -> u64) -> Option<usize> {
    let of_kind = report
        .evidence
        .iter()
        .enumerate()
        .filter(|(_, file)| file.kind == kind);
    of_kind
        .max_by_key(|(index, file)| (weight(file), usize::MAX - index))
        .map(|(index, _)| index)
}

/// A file in place of another, and what is told about it.
type Smaller = Option<(ReportFile, GapReason)>;

fn shorter_log(file: &ReportFile, excess: u64, packer: &mut Packer) -> io::Result<Smaller> {
    let whole = file.content.packed_bytes();
    let room = whole.saturating_sub(excess);
    if room < LEAST_LOG {
        return Ok(None);
    }
    // A little less than its share, since the newest lines may compress worse.
    let bytes = file.bytes();
    let keep = u128::from(bytes) * u128::from(room) / u128::from(whole.max(1)) * 9 / 10;
    let keep = u64::try_from(keep).unwrap_or(bytes);
    // One byte earlier tells whether the cut falls on a line's end.
    let skip = bytes.saturating_sub(keep + 1);
    let mut content = file.reader();
    io::copy(&mut (&mut content).take(skip), &mut io::sink())?;
    let mut next = Vec::new();
    (&mut content).take(LONGEST_LINE).read_to_end(&mut next)?;
    let kept = logs::newest(&next, next.len().saturating_sub(1));
    let cut = skip + (next.len() - kept.len()) as u64;
    let missing = (file.original_bytes + cut).saturating_sub(bytes);
    let mut packing = packer.begin(&file.path);
    packing.write_all(logs::cut_mark(missing).as_bytes())?;
    packing.write_all(kept)?;
    io::copy(&mut content, &mut packing)?;
    let mut shorter = ReportFile {
        original_bytes: file.original_bytes,
        cut: Cut::Head,
        masked: file.masked.clone(),
        ..ReportFile::of(file.path.clone(), file.kind, packing.finish()?)
    };
    shorter.recount()?;
    Ok(Some((shorter, GapReason::Shortened)))
}

/// Halves the picture's sides; one that is small already is left out.
fn smaller_picture(file: &ReportFile, packer: &mut Packer) -> io::Result<Smaller> {
    let Some(half) = picture::halve(&file.content()?, LEAST_WIDTH) else {
        return Ok(None);
    };
    let smaller = ReportFile {
        original_bytes: file.original_bytes,
        ..ReportFile::of(file.path.clone(), file.kind, packer.pack(&file.path, [&half?])?)
    };
    Ok(Some((smaller, GapReason::MadeSmaller)))
}

/// Names what happened to a file, once: the last word stands.
fn note(gaps: &mut Vec<Gap>, gap: &Gap) {
    gaps.retain(|known| known.what != gap.what);
    gaps.push(gap.clone());
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::collect;
    use crate::{FeedbackConfig, ReportDraft};

    fn report(files: Vec<ReportFile>) -> Report {
        let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1");
        let mut report = collect::gather(&config, ReportDraft::new("x"), SystemTime::UNIX_EPOCH);
        report.evidence = files;
        report
    }

    /// Hexadecimal digits in lines: they pack to about half.
    fn log(name: &str, lines: usize) -> ReportFile {
        let text: String = (0..lines).fold(String::new(), |mut text, line| {
            text.push_str(&crate::hex::hex(
                ring::digest::digest(&ring::digest::SHA256, format!("{name}{line}").as_bytes()).as_ref(),
            ));
            text.push('\n');
            text
        });
        file(format!("logs/{name}"), &text)
    }

    fn file(path: String, text: &str) -> ReportFile {
        let content = packer().pack(&path, [text.as_bytes()]).unwrap();
        ReportFile::of(path, FileKind::Log, content)
    }

    fn packer() -> Packer {
        Packer::in_memory()
    }

    #[test]
    fn the_answer_names_what_this_call_did_also_where_an_earlier_one_did_too() {
        let mut report = report(vec![log("a.log", 2000), log("b.log", 10)]);
        let half = bundle::size(&report).unwrap() / 2;
        let first = shrink(&mut report, half, &mut packer()).unwrap().unwrap();
        let second = shrink(&mut report, half / 2, &mut packer()).unwrap().unwrap();
        for left_out in [first, second] {
            assert_eq!(left_out.len(), 1, "{left_out:?}");
            assert_eq!(left_out[0].what, "logs/a.log");
        }
        let told = report.gaps.iter().filter(|gap| gap.what == "logs/a.log");
        assert_eq!(told.count(), 1);
        assert!(bundle::size(&report).unwrap() <= half / 2);
    }

    #[test]
    fn of_a_thousand_logs_no_more_than_needed_goes() {
        let masked = |file| ReportFile {
            masked: [("email".to_owned(), 1)].into(),
            ..file
        };
        let files = (0..1000).map(|n| masked(log(&format!("{n}.log"), 5))).collect();
        let mut report = report(files);
        report.masked.insert("email".to_owned(), 1000);
        let limit = bundle::size(&report).unwrap() / 2;
        let left_out = shrink(&mut report, limit, &mut packer()).unwrap().unwrap();
        assert_eq!(left_out.len() + report.evidence.len(), 1000);
        assert_eq!(report.masked["email"], report.evidence.len() as u64);
        assert_eq!(left_out[0].what, "logs/0.log", "the oldest goes first");
        let size = bundle::size(&report).unwrap();
        assert!(size <= limit && size > limit * 95 / 100, "{size} of {limit}");
    }

    #[test]
    fn of_a_log_that_is_cut_only_the_masks_that_stay_are_counted() {
        let mut file = log("a.log", 2000);
        let text = String::from_utf8(file.content().unwrap()).unwrap();
        file = self::file(file.path, &text.replace("0\n", "0 [email-1]\n"));
        let count = |file: &ReportFile| {
            let text = String::from_utf8(file.content().unwrap()).unwrap();
            text.matches("[email-1]").count() as u64
        };
        file.masked.insert("email".to_owned(), count(&file));
        let mut report = report(vec![file]);
        let half = bundle::size(&report).unwrap() / 2;
        shrink(&mut report, half, &mut packer()).unwrap().unwrap();
        let file = &report.evidence[0];
        assert_eq!(file.cut, Cut::Head);
        assert_eq!(file.masked["email"], count(file));
        assert_eq!(report.masked, file.masked);
    }

    #[test]
    fn one_long_line_keeps_its_end() {
        let mut file = log("a.log", 2000);
        let line = String::from_utf8(file.content().unwrap())
            .unwrap()
            .replace('\n', "");
        file = self::file(file.path, &line);
        let mut report = report(vec![file]);
        let half = bundle::size(&report).unwrap() / 2;
        shrink(&mut report, half, &mut packer()).unwrap().unwrap();
        let content = report.evidence[0].content().unwrap();
        assert!(content.len() > line.len() / 4, "{}", content.len());
        assert!(content.ends_with(&line.as_bytes()[line.len() - 1000..]));
    }

    #[test]
    fn what_the_person_left_out_stays_out() {
        let picture = |name: &str, side: u32| {
            let mut dice = fastrand::Rng::with_seed(u64::from(side));
            let pixels: Vec<u8> = (0..side * side * 4).map(|_| dice.u8(..)).collect();
            let png = picture::encode(side, side, &pixels).unwrap();
            let path = format!("screenshots/{name}.png");
            let content = packer().pack(&path, [&png]).unwrap();
            ReportFile::of(path, FileKind::Screenshot, content)
        };
        let mut report = report(vec![log("a.log", 2000), picture("1", 1600), picture("2", 1400)]);
        assert!(report.leave_out("logs/a.log", true) && report.leave_out("screenshots/1.png", true));
        let limit = bundle::size(&report).unwrap() / 2;
        let made_smaller = shrink(&mut report, limit, &mut packer()).unwrap().unwrap();
        assert_eq!(made_smaller.len(), 1, "{made_smaller:?}");
        let paths: Vec<&str> = report.evidence().iter().map(ReportFile::path).collect();
        assert_eq!(paths, ["screenshots/2.png"]);
        let left_out = report.gaps().iter().filter(|gap| gap.why == GapReason::LeftOut);
        assert_eq!(left_out.count(), 2);
    }

    #[test]
    fn what_memory_has_no_room_for_in_a_smaller_form_goes() {
        let mut report = report(vec![log("a.log", 2000), log("b.log", 10)]);
        let half = bundle::size(&report).unwrap() / 2;
        let left_out = shrink(&mut report, half, &mut Packer::in_room(1000))
            .unwrap()
            .unwrap();
        assert_eq!(left_out[0].why, GapReason::DoesNotFit);
        let paths: Vec<&str> = report.evidence().iter().map(ReportFile::path).collect();
        assert_eq!(paths, ["logs/b.log"]);
    }

    #[test]
    fn words_alone_cannot_shrink() {
        let mut report = report(vec![log("a.log", 5)]);
        assert_eq!(shrink(&mut report, 10, &mut packer()).unwrap(), None);
    }
}
