//! One log on its way from its file into the report: read on a thread of its own, decoded, masked and compressed as it
//! comes.

mod parts;
#[cfg(test)]
mod tests;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::cut::cut_mark;
use super::read::{Outline, Part, read};
use super::text::Text;
use super::turn::{family, unpacked};
use super::{FOLDERS, unread};
use crate::collect::pulse::Pulse;
use crate::collect::rewrite::Form;
use crate::collect::{Gathering, last_name};
use crate::report::origin::Origin;
use crate::report::{Cut, FileKind, GapReason};
use parts::Parts;
pub(super) use parts::patience_for;

/// A log, and what it is called.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Log {
    /// Without links.
    pub(super) path: PathBuf,
    /// What it was called before it was compressed.
    pub(super) name: String,
    /// The folder that tells it from another of its name, masked.
    folder: Option<String>,
}

impl Log {
    pub(super) fn at(path: PathBuf) -> Self {
        let name = unpacked(&last_name(&path)).to_owned();
        Self {
            path,
            name,
            folder: None,
        }
    }

    /// The same, told from another of its name by the folder that it is in.
    pub(super) fn of_folder(self, folder: String) -> Self {
        Self {
            folder: Some(folder),
            ..self
        }
    }

    /// What gaps call it.
    pub(super) fn label(&self) -> String {
        self.named(&last_name(&self.path))
    }

    fn origin(&self) -> Origin {
        let folder = self.path.parent().unwrap_or(&self.path);
        Origin::of_log(folder, &family(&self.name), &self.name)
    }

    /// Its name in the report.
    fn path_in_report(&self) -> String {
        self.named(&self.name)
    }

    fn named(&self, name: &str) -> String {
        match &self.folder {
            Some(folder) => format!("{folder}-{name}"),
            None => name.to_owned(),
        }
    }
}

/// What the report has of a file now.
#[derive(Debug)]
pub(super) struct Taken {
    /// So many of the file's bytes.
    pub(super) bytes: u64,
    /// Some of them are not UTF-8.
    pub(super) is_foreign: bool,
    /// Why no more of it came, where that is so.
    pub(super) cut_short: Option<io::Error>,
}

/// Takes at most the newest `limit` bytes of a log, masked, into the report. The time that it is waited for, by this
/// `patience`, is taken from what is `left`. `None` where there was no room for any line of it.
pub(super) fn take(
    log: &Log,
    limit: u64,
    patience: Duration,
    left: &mut Duration,
    gathering: &mut Gathering,
) -> io::Result<Option<Taken>> {
    let path = &log.path;
    let folder = FOLDERS.source(path.parent().unwrap_or(path));
    let (read_from, pulse) = (path.clone(), Pulse::new());
    let beating = pulse.clone();
    let running = folder.start_parts(patience, move |parts| {
        let mut tell = |part| parts.send(Ok(part)).is_ok();
        if let Err(error) = read(&read_from, limit, &beating, &mut tell) {
            let _ = parts.send(Err(error));
        }
    });
    let running = running.map_err(|why| unread(why, patience))?;
    let mut parts = Parts::new(running, pulse, patience, *left);
    let taken = take_parts(log, &mut parts, gathering);
    *left = left.saturating_sub(parts.waited);
    taken
}

fn take_parts(log: &Log, parts: &mut Parts, gathering: &mut Gathering) -> io::Result<Option<Taken>> {
    loop {
        match take_generation(log, parts, gathering)? {
            Generation::Taken { bytes, is_foreign } => {
                let cut_short = parts.cut_short.take();
                if let Some(why) = &cut_short
                    && parts.has_newest
                {
                    gathering.gap(&format!("the older lines of log {}", log.label()), why);
                }
                return Ok(Some(Taken {
                    bytes,
                    is_foreign,
                    cut_short,
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
fn take_generation(log: &Log, parts: &mut Parts, gathering: &mut Gathering) -> io::Result<Generation> {
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
    let mut came = start.len() as u64;
    let name = log.path_in_report();
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
                came += bytes.len() as u64;
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
    file.origin = log.origin();
    file.original_bytes = total;
    file.cut = match missing {
        _ if cut_off.is_some() => Cut::Tail,
        0 => Cut::None,
        _ => Cut::Head,
    };
    if let Some(why) = cut_off {
        gathering.gap(&format!("the end of log {}", log.label()), why);
    }
    Ok(Generation::Taken {
        bytes: came,
        is_foreign,
    })
}
