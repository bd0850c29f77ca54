//! How a report is made to fit what the server takes. Pure but for the time it takes to compress.
//!
//! Old log lines go first, then the picture's size, then attachments, largest first. The person's words
//! never go. Everything left out becomes a gap, so it stands in the manifest and in `message.txt`.

use std::io::{self, Cursor};

use crate::bundle;
use crate::collect::{logs, picture};
use crate::report::{Cut, FileKind, Gap, Report, ReportFile};

/// Below this a cut log is not worth its place.
const LEAST_LOG: u64 = 4 << 10;
/// Below this a picture shows nothing any more.
const LEAST_WIDTH: u32 = 400;

/// Shrinks `report` until its bundle has at most `limit` bytes. Answers what was left out or cut, or
/// `None` when the words alone are too large.
pub(crate) fn shrink(report: &mut Report, limit: u64) -> io::Result<Option<Vec<Gap>>> {
    let before = report.gaps.len();
    loop {
        let excess = bundle::size(report)?.saturating_sub(limit);
        if excess == 0 {
            return Ok(Some(report.gaps[before..].to_vec()));
        }
        let oldest_log = position(report, FileKind::Log, |_| 0);
        let picture = position(report, FileKind::Screenshot, |file| file.packed.len());
        let attachment = position(report, FileKind::Attachment, |file| file.packed.len());
        if let Some(index) = oldest_log {
            shorten_log(report, index, excess)?;
        } else if let Some(index) = picture {
            shrink_picture(report, index)?;
        } else if let Some(index) = attachment {
            leave_out(report, index);
        } else {
            return Ok(None);
        }
    }
}

/// The first file of a kind with the largest `weight`.
fn position(report: &Report, kind: FileKind, weight: impl Fn(&ReportFile) -> usize) -> Option<usize> {
    let of_kind = report
        .evidence
        .iter()
        .enumerate()
        .filter(|(_, file)| file.kind == kind);
    of_kind
        .max_by_key(|(index, file)| (weight(file), usize::MAX - index))
        .map(|(index, _)| index)
}

fn shorten_log(report: &mut Report, index: usize, excess: u64) -> io::Result<()> {
    let file = &report.evidence[index];
    let packed = file.packed.len() as u64;
    let room = packed.saturating_sub(excess);
    if room < LEAST_LOG {
        leave_out(report, index);
        return Ok(());
    }
    // A little less than its share, since the newest lines may compress worse.
    let bytes = file.content.len() as u64;
    let keep = (u128::from(bytes) * u128::from(room) / u128::from(packed) * 9 / 10) as usize;
    let tail = logs::newest(&file.content, keep);
    let text = logs::marked(tail, file.original_bytes.saturating_sub(tail.len() as u64));
    let shorter = ReportFile {
        original_bytes: file.original_bytes,
        cut: Cut::Head,
        masked: file.masked.clone(),
        ..bundle::file(file.path.clone(), file.kind, text)?
    };
    note(
        report,
        index,
        "its older lines were left out to fit what the server takes",
    );
    report.evidence[index] = shorter;
    Ok(())
}

/// Halves the picture's sides; one that is small already is left out.
fn shrink_picture(report: &mut Report, index: usize) -> io::Result<()> {
    let file = &report.evidence[index];
    let Some(smaller) = picture::halve(Cursor::new(&*file.content), LEAST_WIDTH) else {
        leave_out(report, index);
        return Ok(());
    };
    let smaller = ReportFile {
        original_bytes: file.original_bytes,
        ..bundle::file(file.path.clone(), file.kind, smaller?)?
    };
    note(report, index, "made smaller to fit what the server takes");
    report.evidence[index] = smaller;
    Ok(())
}

fn leave_out(report: &mut Report, index: usize) {
    note(report, index, "left out to fit what the server takes");
    report.evidence.remove(index);
}

/// Names what happened to a file, once.
fn note(report: &mut Report, index: usize, why: &str) {
    let gap = Gap {
        what: report.evidence[index].path.clone(),
        why: why.to_owned(),
    };
    report.gaps.retain(|known| known.what != gap.what);
    report.gaps.push(gap);
}
