//! What comes of a log in the time that it has.

use std::io;
use std::time::{Duration, Instant};
use std::vec;

use crate::collect::deadline::Running;
use crate::collect::logs::read::Part;
use crate::collect::logs::{too_slow, unread};
use crate::collect::pulse::Pulse;
use crate::report::GapReason;

/// What a file is waited for so long: more is waited for longer.
pub(super) const STRETCH: u64 = 8 << 20;

/// How long so many bytes of logs may be waited for, masking and writing not counted: with this `patience`, by default two
/// seconds, for each 8 MiB.
pub(in super::super) fn patience_for(bytes: u64, patience: Duration) -> Duration {
    patience.saturating_mul(u32::try_from(bytes.div_ceil(STRETCH).max(1)).unwrap_or(u32::MAX))
}

/// What the thread that reads has to tell, and what is left of it where that fails or takes too long.
pub(super) struct Parts {
    running: Running<io::Result<Part>>,
    pulse: Pulse,
    /// How long all of it may be waited for.
    most: Duration,
    /// How long a file may be, and its silence.
    each: Duration,
    /// How long what is known to come may be.
    patience: Duration,
    pub(super) waited: Duration,
    /// What came of the newest lines.
    newest: vec::IntoIter<Part>,
    pub(super) has_newest: bool,
    has_begun: bool,
    /// Why no more comes.
    pub(super) cut_short: Option<io::Error>,
}

impl Parts {
    pub(super) fn new(
        running: Running<io::Result<Part>>,
        pulse: Pulse,
        each: Duration,
        most: Duration,
    ) -> Self {
        Self {
            running,
            pulse,
            most,
            each,
            patience: each,
            waited: Duration::ZERO,
            newest: Vec::new().into_iter(),
            has_newest: false,
            has_begun: false,
            cut_short: None,
        }
    }

    /// Where no more can be had, the newest lines come instead; where nobody has them, what came ends there.
    pub(super) fn next(&mut self) -> io::Result<Part> {
        if self.cut_short.is_some() {
            return self.newest.next().ok_or_else(|| too_slow(self.waited));
        }
        match self.wait() {
            Ok(Part::Newest(newest)) => {
                (self.newest, self.has_newest) = (newest.into_iter(), true);
                self.next()
            }
            Err(error) if self.has_newest || self.has_begun => {
                let end = if self.has_newest {
                    Part::Anew
                } else {
                    let cut_off = Some(GapReason::from(&error));
                    Part::End { cut_off }
                };
                self.cut_short = Some(error);
                Ok(end)
            }
            Ok(part) => {
                match &part {
                    Part::Outline(outline) => {
                        (self.has_begun, self.patience) = (true, patience_for(outline.kept, self.each));
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
        let next = self.running.next_while(&self.pulse, self.each, &mut left);
        self.waited += asked.elapsed();
        next.map_err(|why| unread(why, self.each))?
            .ok_or_else(|| too_slow(self.waited))?
    }
}
