//! The file of a run: made at the start, locked while the process lives, gone after a clean end.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use super::record::{self, Line};
use crate::id::ReportId;
use crate::redact::{MaskCounts, Redactor};
use crate::report::AppInfo;
use crate::report::crash::{Crash, Panic};
use crate::sorted::sorted;
use crate::spool::disk::{claim_file, create_file};
use crate::spool::room;

/// Panics kept of one run: the first ones, which may be the cause, and the last, which may be the end.
pub(super) const MOST_PANICS: usize = 8;
/// More than [`MOST_PANICS`] can take.
const MOST_BYTES: u64 = 2 << 20;
/// So many runs with a panic are kept until a report has them, the newest.
const MOST_RUNS: usize = 8;
/// The room on the disk that a run has from its start where there is some, in bytes: a full disk is a common reason to panic.
/// A panic with its log takes half of it, the way to it the rest.
const RESERVED: usize = 64 << 10;

/// This process's file.
#[derive(Debug)]
pub(super) struct RunFile {
    file: File,
    path: PathBuf,
    panics: usize,
    /// Where the line of the last panic begins.
    last_panic: u64,
    /// Where the last line ends. Behind it are spaces, which make no sense and are passed over.
    end: u64,
}

/// A run before this one that did not end as it should, and others whose panics no report has.
#[derive(Debug)]
pub(super) struct Claimed {
    crash: Crash,
    /// Locked, so that another process that starts now does not ask about them too.
    files: Vec<Remains>,
    /// Whether this run has asked for it.
    is_told: AtomicBool,
}

impl Claimed {
    /// What the app is told of it.
    pub(super) fn tell(&self) -> &Crash {
        if !self.is_told.swap(true, Ordering::Relaxed) {
            // The last line may be torn.
            let told = [b"\n", &*Line::Told.to_bytes()].concat();
            for Remains { file, end, .. } in self.files.iter().filter(|remains| !remains.is_told) {
                let mut file = file;
                // Where that fails it is told once more; nothing is lost.
                let _ = file
                    .seek(SeekFrom::Start(*end))
                    .and_then(|_| file.write_all(&told));
            }
        }
        &self.crash
    }

    /// The run that has asked for it ends as it should.
    pub(super) fn end(&self) {
        if self.is_told.load(Ordering::Relaxed) {
            self.crash.forget();
        }
    }
}

/// The file of a run that is no more.
#[derive(Debug)]
struct Remains {
    file: File,
    /// Where the last line ends, and the room behind it begins.
    end: u64,
    /// Whether an earlier run has asked for it.
    is_told: bool,
}

/// A run of which only the file is left.
struct Dead {
    remains: Remains,
    path: PathBuf,
    crash: Crash,
}

impl Dead {
    fn of(file: File, path: PathBuf) -> Self {
        let changed = file.metadata().and_then(|facts| facts.modified());
        let mut bytes = Vec::new();
        let read = (&file).take(MOST_BYTES).read_to_end(&mut bytes);
        // What cannot be read is still a run that has not ended as it should.
        let end = read.map_or(MOST_BYTES, |_| bytes.trim_ascii_end().len() as u64);
        let crash = record::read(&bytes, changed.unwrap_or(SystemTime::UNIX_EPOCH));
        let remains = Remains {
            file,
            end,
            is_told: crash.is_told,
        };
        Self { remains, path, crash }
    }

    /// Of several the one with most is told first.
    fn weight(&self) -> (bool, &Path) {
        (self.crash.panic.is_some() && !self.remains.is_told, &self.path)
    }
}

impl RunFile {
    /// Makes the file of this process. It is not synced: a run whose first seconds a power cut takes away
    /// is no loss.
    pub(super) fn start(spool: &Path, app: &AppInfo, now: SystemTime) -> io::Result<Self> {
        let name = format!("{}.run", ReportId::new());
        // Locked before it has its name, or another process could take it for a dead one's.
        let (temp, path) = (
            own_folder(spool, "tmp")?.join(&name),
            own_folder(spool, "runs")?.join(&name),
        );
        let started = Line::Started {
            at: now,
            app_name: app.name.clone(),
            app_version: app.version.clone(),
        };
        Self::begin(&temp, path, &started, |mut file, spaces| file.write_all(spaces))
    }

    /// Begins a file under its own name, with as much room as `reserve` can have.
    fn begin(
        temp: &Path,
        path: PathBuf,
        started: &Line,
        reserve: impl FnOnce(&File, &[u8]) -> io::Result<()>,
    ) -> io::Result<Self> {
        let mut file = create_file(temp)?;
        let started = started.to_bytes();
        let written = file.write_all(&started);
        if let Err(error) = written.and_then(|()| fs::rename(temp, &path)) {
            let _ = fs::remove_file(temp);
            return Err(error);
        }
        let end = started.len();
        if reserve(&file, &vec![b' '; RESERVED.saturating_sub(end)]).is_err() {
            // The last of a full disk is not for what may never come.
            let _ = file.set_len(end as u64);
        }
        Ok(Self {
            file,
            path,
            panics: 0,
            last_panic: 0,
            end: end as u64,
        })
    }

    /// Writes what is known of a panic at once, and syncs it.
    pub(super) fn write_panic(
        &mut self,
        panic: &Panic,
        log: &str,
        redactor: &mut Redactor,
    ) -> io::Result<()> {
        let mut counts = MaskCounts::new();
        let line = Line::panicked(panic, redactor, &mut counts);
        if self.panics < MOST_PANICS {
            self.panics += 1;
            self.last_panic = self.end;
        }
        self.write(self.last_panic, &[line, Line::Masked(counts)])?;
        if log.is_empty() {
            return Ok(());
        }
        let mut counts = MaskCounts::new();
        let line = Line::log(log, redactor, &mut counts);
        self.write(self.end, &[line, Line::Masked(counts)])
    }

    /// Writes the way to the panic that was written last, and syncs it.
    pub(super) fn write_backtrace(&mut self, backtrace: &str, redactor: &mut Redactor) -> io::Result<()> {
        let mut counts = MaskCounts::new();
        let line = Line::backtrace(backtrace, redactor, &mut counts);
        self.write(self.end, &[line, Line::Masked(counts)])
    }

    /// The end of a run as it should be. Nothing is written of it any more.
    pub(super) fn end(mut self) -> io::Result<()> {
        if self.panics == 0 {
            fs::remove_file(&self.path)
        } else {
            self.write(self.end, &[Line::Ended])
        }
    }

    /// Writes these lines in place of all from there on, and syncs them. Nothing is taken away before they are there.
    fn write(&mut self, from: u64, lines: &[Line]) -> io::Result<()> {
        let mut bytes: Vec<u8> = lines.iter().flat_map(Line::to_bytes).collect();
        let end = from + bytes.len() as u64;
        let left = self.end.saturating_sub(end);
        bytes.resize(bytes.len() + usize::try_from(left).unwrap_or_default(), b' ');
        self.file.seek(SeekFrom::Start(from))?;
        self.file.write_all(&bytes)?;
        self.end = end;
        self.file.sync_all()
    }
}

/// The newest run of which only the file is left; before it, the newest with a panic that no run has asked for. The
/// panics of others go with it. What tells nothing is removed.
pub(super) fn claim_last(spool: &Path) -> Option<Claimed> {
    let dead = fs::read_dir(own_folder(spool, "runs").ok()?)
        .ok()?
        .flatten()
        .map(|item| item.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "run"))
        .filter_map(|path| Some((claim_file(&path).ok()?, path)));
    let dead = dead.map(|(file, path)| Dead::of(file, path)).collect();
    // Names are UUIDs of version 7: they sort by time.
    let dead: Vec<Dead> = sorted(dead, |one, other| other.weight().cmp(&one.weight()));
    let mut dead = dead.into_iter();
    let last = dead.next()?;
    let (mut crash, mut files) = (last.crash, vec![last.remains]);
    crash.files.push(last.path);
    let mut others = BTreeMap::new();
    for other in dead {
        if other.crash.panic.is_none() || files.len() >= MOST_RUNS {
            // Where that fails it is looked at once more; nothing is lost.
            let _ = fs::remove_file(&other.path);
            continue;
        }
        crash.files.push(other.path.clone());
        files.push(other.remains);
        others.insert(other.path, other.crash);
    }
    crash.join(others.into_values());
    Some(Claimed {
        crash,
        files,
        is_told: AtomicBool::new(false),
    })
}

/// A folder beside the waiting reports.
fn own_folder(spool: &Path, name: &str) -> io::Result<PathBuf> {
    room::own_folder(spool, name).map_err(|error| io::Error::other(error.without_path()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::redact::Masks;

    fn start(spool: &Path) -> RunFile {
        let app = AppInfo {
            name: "Notes".to_owned(),
            version: "1.4.0".to_owned(),
        };
        RunFile::start(spool, &app, SystemTime::now()).unwrap()
    }

    fn panic(number: usize) -> Panic {
        Panic {
            at: SystemTime::UNIX_EPOCH + Duration::from_mins(number as u64),
            uptime: 1,
            message: format!("panic {number}."),
            location: None,
            thread: None,
        }
    }

    #[test]
    fn a_run_that_lives_or_has_ended_is_none_that_crashed() {
        let folder = tempfile::tempdir().unwrap();
        assert!(claim_last(folder.path()).is_none());
        let one = start(folder.path());
        let two = start(folder.path());
        assert!(claim_last(folder.path()).is_none());
        one.end().unwrap();
        assert!(claim_last(folder.path()).is_none());
        drop(two); // as a kill does: the lock is gone, the file is not
        let claimed = claim_last(folder.path()).unwrap();
        let crash = claimed.tell();
        assert_eq!((&crash.panic, &*crash.app_version), (&None, "1.4.0"));
        assert!(
            claim_last(folder.path()).is_none(),
            "another process asks about it already"
        );
        claimed.crash.forget();
        drop(claimed);
        assert!(claim_last(folder.path()).is_none());
    }

    #[test]
    fn the_newest_run_is_asked_about_and_the_panics_of_the_others_go_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut redactor = Redactor::new(Masks::for_this_machine());
        for number in 0..12 {
            let mut run = start(folder.path());
            if number != 5 {
                run.write_panic(&panic(number), "", &mut redactor).unwrap();
            }
        }
        let runs = || fs::read_dir(folder.path().join("runs")).unwrap().count();
        let claimed = claim_last(folder.path()).unwrap();
        let Crash {
            panic,
            other_panics,
            text,
            ..
        } = claimed.tell();
        assert_eq!(panic.as_ref().unwrap().message, "panic 11.");
        assert_eq!((*other_panics, runs()), (MOST_RUNS - 1, MOST_RUNS));
        let at = |number| text.find(&format!("panic {number}."));
        let order = [3, 4, 6, 7, 8, 9, 10, 11].map(at);
        assert!(order.is_sorted() && order[0].is_some(), "the newest last: {text}");
        assert_eq!(text.matches("Another run of the app:\n").count(), 7);
        assert_eq!(text.matches("The run that the report tells of:\n").count(), 1);
        claimed.end();
        assert_eq!(runs(), 0);
    }

    #[test]
    fn in_what_several_runs_tell_one_mask_is_one_value_and_each_run_has_its_heading() {
        let folder = tempfile::tempdir().unwrap();
        for (number, name) in [(1, "anna"), (2, "bernd")] {
            let mut redactor = Redactor::of_crash(Masks::for_this_machine());
            let message = format!("no mail of {name}@example.org");
            let panic = Panic {
                message,
                ..panic(number)
            };
            let mut run = start(folder.path());
            run.write_panic(&panic, "", &mut redactor).unwrap();
        }
        let claimed = claim_last(folder.path()).unwrap();
        let Crash { panic, text, .. } = claimed.tell();
        assert_eq!(panic.as_ref().unwrap().message, "no mail of [crash-email-1]");
        let (anna, bernd) = (text.find("[crash-email-2]"), text.find("[crash-email-1]"));
        assert!(anna.is_some() && anna < bernd, "{text}");

        drop((claimed, start(folder.path()))); // it is killed
        let claimed = claim_last(folder.path()).unwrap();
        let Crash { panic, text, .. } = claimed.tell();
        assert_eq!(*panic, None);
        assert!(
            text.starts_with("Another run of the app:\nNotes 1.4.0, started at "),
            "{text}"
        );
        assert_eq!(text.matches("Another run of the app:\n").count(), 2);
        assert!(
            text.contains("[crash-email-1]") && text.contains("[crash-email-2]"),
            "{text}"
        );
    }

    /// As on a full disk.
    #[test]
    fn a_panic_takes_no_room_that_the_run_does_not_have_already() {
        let folder = tempfile::tempdir().unwrap();
        let mut redactor = Redactor::new(Masks::for_this_machine());
        let mut run = start(folder.path());
        let size = |run: &RunFile| run.file.metadata().unwrap().len();
        let reserved = size(&run);
        let log = "a line \"of\" the log\n".repeat(16 << 10 >> 4);
        for number in 0..100 {
            run.write_panic(&panic(number), if number == 0 { &log } else { "" }, &mut redactor)
                .unwrap();
        }
        run.write_backtrace(&"0: app::main\n".repeat(500), &mut redactor)
            .unwrap();
        assert_eq!(size(&run), reserved);
    }

    #[test]
    fn a_run_begins_also_where_the_disk_has_no_room_to_keep_and_leaves_nothing_where_it_cannot() {
        let folder = tempfile::tempdir().unwrap();
        let [temp, path, nowhere] = ["a.tmp", "a.run", "none/a.run"].map(|name| folder.path().join(name));
        let no_room = |mut file: &File, spaces: &[u8]| {
            file.write_all(&spaces[..4096])?;
            Err(io::ErrorKind::StorageFull.into())
        };
        let run = RunFile::begin(&temp, path, &Line::Ended, no_room).unwrap();
        assert_eq!(run.file.metadata().unwrap().len(), run.end);
        assert!(!temp.exists());
        RunFile::begin(&temp, nowhere, &Line::Ended, no_room).unwrap_err();
        assert!(!temp.exists());
    }

    #[test]
    fn a_panic_is_kept_until_it_was_asked_for_whatever_becomes_of_later_runs() {
        let folder = tempfile::tempdir().unwrap();
        let mut redactor = Redactor::new(Masks::for_this_machine());
        let message = |claimed: &Claimed| Some(claimed.crash.panic.as_ref()?.message.clone());
        let mut run = start(folder.path());
        run.write_panic(&panic(1), "", &mut redactor).unwrap();
        drop(run);
        for _ in 0..2 {
            let claimed = claim_last(folder.path()).unwrap();
            assert_eq!(message(&claimed).as_deref(), Some("panic 1."));
            claimed.end();
            drop((claimed, start(folder.path()))); // that run is killed
        }
        let claimed = claim_last(folder.path()).unwrap();
        claimed.tell();
        drop((claimed, start(folder.path())));
        let killed = claim_last(folder.path()).unwrap();
        assert_eq!(message(&killed), None, "it was told; this was killed since");
        let Crash {
            other_panics, text, ..
        } = killed.tell();
        assert!(
            *other_panics == 1 && text.contains("panic 1."),
            "no report has it yet: {text}"
        );
        killed.end();
        drop(killed);
        assert!(claim_last(folder.path()).is_none());
    }

    #[test]
    fn that_it_was_told_is_noted_once_behind_a_line_that_is_torn_and_takes_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let mut redactor = Redactor::new(Masks::for_this_machine());
        let mut run = start(folder.path());
        run.write_panic(&panic(1), "", &mut redactor).unwrap();
        let path = run.path.clone();
        let (mut file, end) = (run.file, run.end);
        let torn = br#"{"log":"no room left for mo"#;
        file.seek(SeekFrom::Start(end)).unwrap();
        file.write_all(torn).unwrap();
        drop(file);
        let size = || fs::metadata(&path).unwrap().len();
        let noted = || fs::read_to_string(&path).unwrap().matches("\n\"told\"").count();
        let reserved = size();
        for _ in 0..2 {
            let claimed = claim_last(folder.path()).unwrap();
            assert!(claimed.tell().panic.is_some());
            drop(claimed);
            assert_eq!((noted(), size()), (1, reserved));
        }
        assert!(claim_last(folder.path()).unwrap().files[0].is_told);
    }

    #[test]
    fn a_run_that_panics_for_ever_keeps_the_first_panics_and_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let mut redactor = Redactor::new(Masks::for_this_machine());
        let mut run = start(folder.path());
        for number in 0..100 {
            run.write_panic(&panic(number), "a line\n", &mut redactor)
                .unwrap();
            run.write_backtrace("the way", &mut redactor).unwrap();
        }
        run.end().unwrap();
        let Claimed { crash, .. } = claim_last(folder.path()).unwrap();
        assert!(crash.went_on);
        assert_eq!(crash.other_panics, MOST_PANICS - 1);
        assert_eq!(crash.panic.unwrap().message, "panic 99.");
        assert!(
            crash.text.contains("panic 6.") && !crash.text.contains("panic 7."),
            "{}",
            crash.text
        );
        assert_eq!(crash.text.matches("the way").count(), MOST_PANICS);
    }
}
