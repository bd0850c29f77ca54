//! A file that a person chose, read on a thread of its own and told in parts: as the text it is, as what is seen of a
//! photo, or as its bytes.

use std::io::Seek as _;
use std::path::Path;
use std::time::Duration;

use super::super::deadline::{Running, Unfinished};
use super::super::encoding::Encoding;
use super::super::escapes::Escapes;
use super::super::pulse::{Pulse, Watched};
use super::super::rewrite::Form;
use super::{PATIENCE, disk, look, problem, unread};
use crate::error::AttachmentProblem;
use crate::picture::bare::Bare;

/// So much is read at once.
pub(super) const PIECE: u64 = 256 << 10;

/// How long one that comes, but slowly, is waited for, and how much longer for each [`PIECE`] of it: 128 KB a second.
const LONG: Duration = Duration::from_mins(1);
const LONGER: Duration = Duration::from_secs(2);

/// What is told of a file, in this order.
pub(super) enum Part {
    /// It is of this form. What was told before does not count.
    As(Form),
    Text(String),
    /// What is no text.
    Bytes(Vec<u8>),
    End(End),
}

/// What is known of a file once all of it is read.
pub(super) struct End {
    /// How many it had.
    pub(super) bytes: u64,
    /// It is a picture, and only what is seen of it was told.
    pub(super) is_bare: bool,
}

/// A file that is read on a thread of its own.
pub(super) struct Parts {
    running: Running<Result<Part, AttachmentProblem>>,
    pulse: Pulse,
    /// How long the rest may be waited for.
    patience: Duration,
}

impl Parts {
    pub(super) fn of(path: &Path, limit: u64, as_text: bool) -> Result<Self, AttachmentProblem> {
        let (path, pulse) = (path.to_owned(), Pulse::new());
        let beating = pulse.clone();
        let running = disk(&path).start_parts(PATIENCE, move |parts| {
            let mut tell = |part| parts.send(Ok(part)).is_ok();
            if let Err(problem) = read_parts(&path, limit, as_text, &beating, &mut tell) {
                let _ = parts.send(Err(problem));
            }
        });
        Ok(Self {
            running: running.map_err(unread)?,
            pulse,
            patience: LONG,
        })
    }

    pub(super) fn next(&mut self) -> Result<Part, AttachmentProblem> {
        let next = self.running.next_while(&self.pulse, PATIENCE, &mut self.patience);
        let part = next
            .and_then(|part| part.ok_or(Unfinished::TooSlow))
            .map_err(unread)??;
        if !matches!(part, Part::As(_)) {
            self.patience += LONGER;
        }
        Ok(part)
    }
}

/// Tells a file in parts. Ends where `tell` answers that nobody listens any more.
fn read_parts(
    path: &Path,
    limit: u64,
    as_text: bool,
    pulse: &Pulse,
    tell: &mut dyn FnMut(Part) -> bool,
) -> Result<(), AttachmentProblem> {
    look(path, limit)?;
    let mut file = Watched::open(path, pulse).map_err(|error| problem(&error))?;
    let mut form = Form::Bytes;
    if as_text {
        let mut start = Vec::new();
        file.read_up_to(Encoding::START, &mut start)
            .map_err(|error| problem(&error))?;
        if let Some(bare) = Bare::of(&start)
            && read_bare(bare, &mut file, limit, tell)?
        {
            return Ok(());
        }
        form = Form::of(&start);
    }
    while let Some(other) = read_as(form, &mut file, limit, tell)? {
        form = other;
    }
    Ok(())
}

/// Tells what is seen of a picture. Whether it is one: what was told does not count else.
fn read_bare(
    mut bare: Bare,
    file: &mut Watched,
    limit: u64,
    tell: &mut dyn FnMut(Part) -> bool,
) -> Result<bool, AttachmentProblem> {
    let mut goes_on = tell(Part::As(Form::Bytes));
    file.rewind().map_err(|error| problem(&error))?;
    let (mut bytes, mut piece) = (0, Vec::new());
    while goes_on {
        let is_all = read_piece(file, limit, &mut bytes, &mut piece)?;
        let mut seen = Vec::new();
        bare.push(&piece, &mut seen);
        piece.clear();
        if is_all {
            let Some(is_bare) = bare.finish(&mut seen) else {
                return Ok(false);
            };
            tell(Part::Bytes(seen));
            tell(Part::End(End { bytes, is_bare }));
            break;
        }
        goes_on = tell(Part::Bytes(seen));
    }
    Ok(true)
}

/// Reads on, and counts. Whether that was all of it.
fn read_piece(
    file: &mut Watched,
    limit: u64,
    bytes: &mut u64,
    piece: &mut Vec<u8>,
) -> Result<bool, AttachmentProblem> {
    let read = file.read_up_to(PIECE, piece).map_err(|error| problem(&error))?;
    *bytes += read;
    if *bytes > limit {
        return Err(AttachmentProblem::TooLarge { bytes: *bytes, limit }); // it has grown since the look
    }
    Ok(read == 0)
}

/// Tells a file in its form. Answers another one where the file turns out to be of that.
fn read_as(
    mut form: Form,
    file: &mut Watched,
    limit: u64,
    tell: &mut dyn FnMut(Part) -> bool,
) -> Result<Option<Form>, AttachmentProblem> {
    let mut goes_on = tell(Part::As(form));
    file.rewind().map_err(|error| problem(&error))?;
    let (mut bytes, mut rest, mut escapes) = (0, Vec::new(), Escapes::default());
    while goes_on {
        let is_all = read_piece(file, limit, &mut bytes, &mut rest)?;
        let mut text = String::new();
        if let Err(other) = form.decode(&mut rest, is_all, &mut text) {
            return Ok(Some(other));
        }
        let mut plain = String::new();
        escapes.take_out(&text, is_all, &mut plain);
        if !plain.is_empty() {
            goes_on = tell(Part::Text(plain));
        }
        if !rest.is_empty() && (is_all || form == Form::Bytes) {
            goes_on &= tell(Part::Bytes(std::mem::take(&mut rest)));
        }
        if is_all {
            tell(Part::End(End {
                bytes,
                is_bare: false,
            }));
            break;
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::super::super::deadline::Source;
    use super::*;
    use crate::handover::Sender;

    #[test]
    fn one_that_trickles_is_given_up_and_each_part_gives_it_longer() {
        let ((both, are_told), (over, end)) = (channel(), channel::<()>());
        let works = move |parts: &Sender<_>| {
            let _ = parts.send(Ok(Part::As(Form::Utf8)));
            let _ = parts.send(Ok(Part::Text("a".to_owned())));
            let _ = both.send(());
            let _ = end.recv();
        };
        let mut parts = Parts {
            running: Source::default().start_parts(LONG, works).unwrap(),
            pulse: Pulse::new(),
            patience: LONG,
        };
        are_told.recv().unwrap();
        assert!(matches!(parts.next(), Ok(Part::As(_))));
        assert!(parts.patience <= LONG, "a form is no part of the file");
        assert!(matches!(parts.next(), Ok(Part::Text(_))));
        assert!(parts.patience > LONG);
        // It shows that it goes on, and brings nothing.
        parts.patience = Duration::from_millis(1);
        assert!(matches!(parts.next(), Err(AttachmentProblem::Unreadable(_))));
        drop(over);
    }
}
