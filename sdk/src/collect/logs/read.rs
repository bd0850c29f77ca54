//! What is kept of a log file: parts of one generation, however it is written, cut or replaced meanwhile. One after the
//! other, so that a log of any size takes no more memory than a small one.

mod log;
mod proof;
#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;

use super::cut::{LEAD, Plan, inside_letter, line_end, share_of_start};
use crate::collect::encoding::Encoding;
use crate::collect::pulse::Pulse;
use crate::report::GapReason;
use log::Log;
use proof::Proof;

/// What is told of a file, in this order.
#[derive(Debug)]
pub(super) enum Part {
    /// All that is told of the newest lines of a long file by themselves, for one whose rest does not come in time.
    Newest(Vec<Part>),
    Outline(Outline),
    /// What stands before the cut, and only helps to mask what follows.
    Lead(Vec<u8>),
    Text(Vec<u8>),
    End {
        /// Why what followed could not be had, where something did.
        cut_off: Option<GapReason>,
    },
    /// The file has been rewritten: what was told of it does not count.
    Anew,
}

/// What there is of a file.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) encoding: Encoding,
    /// How large the file is, uncompressed and without long zeros.
    pub(super) total: u64,
    /// How many bytes of it are kept.
    pub(super) kept: u64,
    /// The first whole lines, where the middle of the file is missing.
    pub(super) start: Vec<u8>,
}

/// So much is read at once.
const PIECE: u64 = 256 << 10;
/// So much of a long file is read before all else: a disk of 150 KB a second gives it in time.
const NEWEST: u64 = 256 << 10;
/// So much is looked at first for the line end at which the cut is made.
const NEAR: u64 = 16 << 10;
/// How often a file that is rewritten while it is read is read again.
const TRIES: usize = 5;

/// Reads at most the newest `limit` bytes of the file at a path without links, through gzip where it is compressed so, and tells them in parts.
/// Ends where `tell` answers that nobody listens any more.
pub(super) fn read(
    path: &Path,
    limit: u64,
    pulse: &Pulse,
    tell: &mut dyn FnMut(Part) -> bool,
) -> io::Result<()> {
    read_log(&mut Log::open(path, pulse)?, limit, tell)
}

fn read_log(file: &mut Log, limit: u64, tell: &mut dyn FnMut(Part) -> bool) -> io::Result<()> {
    // What is compressed has to be read up to its newest lines in any case.
    if limit > NEWEST && matches!(file, Log::Plain(..)) {
        let mut newest = Vec::new();
        let is_one = read_once(file, NEWEST, &mut |part| {
            newest.push(part);
            true
        })?;
        let is_all = matches!(newest.first(), Some(Part::Outline(told)) if told.kept == told.total);
        if is_one && is_all {
            newest.into_iter().all(tell);
            return Ok(());
        }
        if is_one && !tell(Part::Newest(newest)) {
            return Ok(());
        }
    }
    for _ in 0..TRIES {
        if read_once(file, limit, tell)? {
            return Ok(());
        }
        tell(Part::Anew);
    }
    Err(io::Error::other("it is rewritten faster than it can be read"))
}

/// Answers false where the file was rewritten meanwhile, or is larger or smaller than it said.
fn read_once(file: &mut Log, limit: u64, tell: &mut dyn FnMut(Part) -> bool) -> io::Result<bool> {
    let total = file.measure(limit.saturating_add(LEAD))?;
    let first = share_of_start(limit).max(Encoding::START).min(total);
    let mut start = file.read_at(0, first)?;
    let encoding = Encoding::of(&start)?;
    let plan = Plan::of(total, &start, encoding.newline(), limit);
    let wanted = (plan.skip - plan.lead + NEAR).min(total - plan.lead);
    let near = file.read_at(plan.lead, wanted)?;
    if start.len() as u64 != first || near.len() as u64 != wanted {
        return Ok(false); // it was cut meanwhile
    }
    let mut proof = Proof {
        total,
        start: start.clone(),
        seam: (plan.lead, near.clone()),
    };
    let cut = find_cut(file, &plan, &near, total, encoding.newline())?;
    start.truncate(plan.first);
    let outline = Part::Outline(Outline {
        encoding,
        total,
        kept: start.len() as u64 + total - cut,
        start,
    });
    if !proof.holds(file)? {
        return Ok(false);
    }
    if !tell(outline) {
        return Ok(true);
    }
    let (mut at, mut piece) = (plan.lead, near);
    loop {
        let lead = usize::try_from(cut.saturating_sub(at))
            .unwrap_or(usize::MAX)
            .min(piece.len());
        proof.sew(at, &piece);
        at += piece.len() as u64;
        let text = piece.split_off(lead);
        for part in [Part::Lead(piece), Part::Text(text)] {
            if matches!(&part, Part::Lead(bytes) | Part::Text(bytes) if !bytes.is_empty()) && !tell(part) {
                return Ok(true);
            }
        }
        if at == total {
            let ends = file.ends_at(total)?;
            if ends {
                let cut_off = file.cut_off();
                tell(Part::End { cut_off });
            }
            return Ok(ends);
        }
        let wanted = PIECE.min(total - at);
        piece = file.read_at(at, wanted)?;
        if piece.len() as u64 != wanted || !proof.holds(file)? {
            return Ok(false);
        }
    }
}

/// Where the newest lines begin. `near` is what stands at the plan's lead.
fn find_cut(file: &mut Log, plan: &Plan, near: &[u8], total: u64, newline: &[u8]) -> io::Result<u64> {
    if plan.skip == 0 {
        return Ok(0);
    }
    // One code unit earlier tells whether the cut falls on a line end.
    let mut at = plan.skip.saturating_sub(newline.len() as u64).max(plan.lead);
    let behind = |at: u64| {
        near.get(usize::try_from(at - plan.lead).unwrap_or(usize::MAX)..)
            .unwrap_or_default()
    };
    let mut piece = behind(at).to_vec();
    while !piece.is_empty() {
        if let Some(end) = line_end(&piece, newline) {
            let line = at + end as u64;
            if line < total {
                return Ok(line);
            }
            break;
        }
        at += piece.len() as u64;
        piece = file.read_at(at, PIECE.min(total.saturating_sub(at)))?;
    }
    Ok(plan.skip + inside_letter(behind(plan.skip), newline) as u64)
}
