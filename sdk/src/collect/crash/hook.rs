//! The panic hook: takes down what is known at the place of the panic, and lets a thread of its own mask and
//! write it. That thread has a whole stack, and may panic itself without ending the process.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;
use std::panic::{self, PanicHookInfo};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::record::LONGEST_LOG;
use super::run::{Claimed, MOST_PANICS, RunFile, claim_last};
use crate::collect::log_ring;
use crate::collect::words::shortened;
use crate::config::FeedbackConfig;
use crate::handover::channel;
use crate::redact::Redactor;
use crate::report::crash::{Crash, Panic};

/// So much of a message is looked at, in bytes: one may hold a whole file, and to mask 100 MB takes longer than anybody
/// waits.
const LONGEST_NOTED: usize = 64 << 10;

/// Beyond the first [`MOST_PANICS`], one of each place in the code is written in this time.
const SOON: Duration = Duration::from_secs(1);

/// Remembers how this run of the app ends, and how the last one did. Keep it until the app ends.
///
/// ```no_run
/// use feedback_sdk::{FeedbackClient, FeedbackConfig, ReportDraft, install_panic_hook};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let config = FeedbackConfig::new("https://feedback.example.com/api/v1/reports", "pk_notes", "Notes", "1.4.0");
/// let run = install_panic_hook(&config); // first of all
/// let client = FeedbackClient::new(config)?;
/// // Without a panic it was killed, perhaps by a system that shut down: no reason to trouble anyone.
/// if let Some(crash) = run.crashed_last_run().filter(|crash| crash.panic.is_some()) {
///     let mut draft = ReportDraft::new("It crashed."); // what the person says to it
///     draft.crash = Some(crash.clone());
///     let report = client.prepare(draft).wait()?;
///     client.submit(report).wait()?; // and the crash is forgotten
/// }
/// // … the app runs …
/// drop(run); // a clean end
/// # Ok(())
/// # }
/// ```
///
/// Dropping it is the clean end. An app that leaves by [`std::process::exit`], which drops nothing, drops it
/// before.
#[must_use = "dropping it is the clean end of the run"]
pub struct RunGuard {
    run: Option<Arc<ThisRun>>,
    last: Option<Claimed>,
}

/// What the hook needs.
struct ThisRun {
    started: Instant,
    config: FeedbackConfig,
    /// `None` once the run has ended.
    file: Mutex<Option<RunFile>>,
    /// Held by the one who writes a panic and, when it has found it out, the way to it.
    writer: Mutex<Option<Redactor>>,
    pace: Mutex<Pace>,
}

/// How often a panic is written: an app may catch one in every frame.
#[derive(Debug, Default)]
struct Pace {
    written: usize,
    /// When one was written last, for each place in the app's code.
    last: HashMap<String, Instant>,
}

/// What to do about a panic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worth {
    /// It may be the end.
    Waiting,
    /// The app has survived it before; nothing waits until it is written.
    Writing,
    Nothing,
}

impl Pace {
    fn worth(&mut self, place: &str, now: Instant) -> Worth {
        let is_one_of_many = self.written >= MOST_PANICS;
        let last = self.last.get(place);
        let is_known = last.is_some();
        let is_soon = last.is_some_and(|last| now.saturating_duration_since(*last) < SOON);
        if is_one_of_many && is_soon {
            return Worth::Nothing;
        }
        self.written += 1;
        self.last.insert(place.to_owned(), now);
        if is_one_of_many && is_known {
            Worth::Writing
        } else {
            Worth::Waiting
        }
    }
}

/// Remembers panics of this process, from now on, in a file beside the waiting reports, masked and synced
/// before the process can end. The hook that was there before, the app's own or Rust's, still runs, after
/// this one; but not for the panic of a value that the [ring](crate::LogRing) alone formats, and catches.
///
/// Call it once, early, with the config that the client gets: it makes one small file, in a millisecond or less.
/// It never fails: where the folder cannot be written, nothing is remembered and a line in the log says so.
pub fn install_panic_hook(config: &FeedbackConfig) -> RunGuard {
    let Some(spool) = config.folder() else {
        log::warn!("the system names no home folder; a crash will not be remembered");
        return RunGuard {
            run: None,
            last: None,
        };
    };
    let last = claim_last(&spool);
    let file = match RunFile::start(&spool, &config.app, SystemTime::now()) {
        Ok(file) => file,
        Err(error) => {
            log::warn!("a crash will not be remembered: {error}");
            return RunGuard { run: None, last };
        }
    };
    let run = Arc::new(ThisRun {
        started: Instant::now(),
        config: config.clone(),
        file: Mutex::new(Some(file)),
        writer: Mutex::default(),
        pace: Mutex::default(),
    });
    // From a thread that panics, the hook could not be changed.
    if !thread::panicking() {
        let of_hook = Arc::downgrade(&run);
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if is_caught() {
                return;
            }
            if let Some(run) = of_hook.upgrade() {
                run.remember(info);
            }
            before(info);
        }));
    }
    RunGuard { run: Some(run), last }
}

impl RunGuard {
    /// The run before this one, if it did not end as it should and no other process of the app has been
    /// told of it; or an earlier one with a panic that nobody has asked for since. The panics of others that no report
    /// has, as of several processes of the app, stand in its text too. The same answer as long as this run lasts.
    pub fn crashed_last_run(&self) -> Option<&Crash> {
        self.last.as_ref().map(Claimed::tell)
    }
}

impl Drop for RunGuard {
    fn drop(&mut self) {
        if thread::panicking() {
            return; // on the way out of `main`: that is no clean end
        }
        if let Some(last) = &self.last {
            last.end();
        }
        let file = self.run.as_ref().and_then(|run| lock(&run.file).take());
        if let Some(Err(error)) = file.map(RunFile::end) {
            log::warn!("the clean end of the app could not be noted: {error}");
        }
    }
}

impl fmt::Debug for RunGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunGuard").finish_non_exhaustive()
    }
}

/// Whether this is the panic of a value that the ring formats. It catches that, unless a panic cannot be caught, and the
/// line says so. An app that filters the line out would not have met it, and its own hook may end the process.
fn is_caught() -> bool {
    cfg!(panic = "unwind") && log_ring::is_formatting()
}

thread_local! {
    /// Whether this is a thread that writes a panic. One of its own is not written.
    static IS_WRITING: Cell<bool> = const { Cell::new(false) };
}

impl ThisRun {
    fn remember(self: Arc<Self>, info: &PanicHookInfo<'_>) {
        if IS_WRITING.try_with(Cell::get).unwrap_or(true) {
            return;
        }
        let location = info.location().map(ToString::to_string);
        let worth = lock(&self.pace).worth(location.as_deref().unwrap_or_default(), Instant::now());
        // One of many is not worth a disk that hangs, either.
        if worth == Worth::Nothing || worth == Worth::Writing && is_held(&self.writer) {
            return;
        }
        let panic = Panic {
            at: SystemTime::now(),
            uptime: self.started.elapsed().as_secs(),
            message: shortened(
                info.payload_as_str().unwrap_or("(a value that is no text)"),
                LONGEST_NOTED,
            ),
            location,
            thread: thread::current().name().map(str::to_owned),
        };
        let noted = Arc::new((panic, Backtrace::force_capture()));
        let (done, is_done) = channel(1);
        let (run, of_thread) = (Arc::clone(&self), Arc::clone(&noted));
        let writer = crate::thread::start("feedback-crash", move || {
            run.write(&of_thread);
            let _ = done.send(());
        });
        match writer {
            Ok(()) if worth == Worth::Writing => {}
            // Also over when the writer itself has panicked.
            Ok(()) => drop(is_done.recv_timeout(self.config.patience.panic)),
            Err(_) => self.write(&noted),
        }
    }

    fn write(&self, (panic, backtrace): &(Panic, Backtrace)) {
        let _ = IS_WRITING.try_with(|is_writing| is_writing.set(true));
        let ring = self.config.log_ring.as_ref();
        let log = ring.map(|ring| ring.recent(LONGEST_LOG).text);
        let mut writer = lock(&self.writer);
        let redactor = writer.get_or_insert_with(|| Redactor::of_crash(self.config.masks()));
        // There is nobody to tell of an error: the app's own hook says what has happened.
        let write = |file: &mut RunFile| file.write_panic(panic, &log.unwrap_or_default(), redactor);
        let written = lock(&self.file).as_mut().map(write);
        if let Some(Ok(())) = written {
            // Takes seconds, for which the end of the run does not wait.
            let backtrace = backtrace.to_string();
            let write = |file: &mut RunFile| file.write_backtrace(&backtrace, redactor);
            let _ = lock(&self.file).as_mut().map(write);
        }
        let _ = IS_WRITING.try_with(|is_writing| is_writing.set(false));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether somebody holds it. One who has panicked meanwhile does not.
fn is_held<T>(mutex: &Mutex<T>) -> bool {
    matches!(mutex.try_lock(), Err(TryLockError::WouldBlock))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_that_is_still_written_when_the_run_ends_neither_delays_nor_undoes_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1").spool_dir(folder.path());
        let file = RunFile::start(folder.path(), &config.app, SystemTime::now()).unwrap();
        let run = Arc::new(ThisRun {
            started: Instant::now(),
            config,
            file: Mutex::new(Some(file)),
            writer: Mutex::default(),
            pace: Mutex::default(),
        });
        let write = |number: usize| {
            let panic = Panic {
                at: SystemTime::now(),
                uptime: 1,
                message: format!("panic {number}."),
                location: None,
                thread: None,
            };
            run.write(&(panic, Backtrace::disabled()));
        };
        (0..MOST_PANICS).for_each(write);
        let guard = RunGuard {
            run: Some(Arc::clone(&run)),
            last: None,
        };
        let names_functions = lock(&run.writer);
        drop(guard);
        drop(names_functions);
        write(MOST_PANICS);
        let last = claim_last(folder.path()).unwrap();
        let crash = last.tell();
        assert!(crash.went_on);
        assert!(crash.text.contains("panic 7.") && !crash.text.contains("panic 8."));
    }

    #[test]
    fn a_writer_that_has_panicked_is_not_busy_for_ever() {
        let mutex = Mutex::new(());
        let held = mutex.lock().unwrap();
        assert!(is_held(&mutex));
        drop(held);
        let poisoned = panic::catch_unwind(|| {
            let _held = mutex.lock();
            panic::resume_unwind(Box::new("a writer's own"));
        });
        assert!(poisoned.is_err() && mutex.is_poisoned() && !is_held(&mutex));
    }

    #[test]
    fn an_app_that_catches_a_panic_in_every_frame_pays_for_few_of_them() {
        let start = Instant::now();
        let mut pace = Pace::default();
        let mut worth = |place: &str, seconds| {
            let now = start + Duration::from_secs_f64(seconds);
            pace.worth(place, now)
        };
        let first: Vec<Worth> = (0..1000).map(|_| worth("plugin.rs:7", 0.0)).collect();
        let (waiting, nothing) = first.split_at(MOST_PANICS);
        assert!(waiting.iter().all(|worth| *worth == Worth::Waiting));
        assert!(nothing.iter().all(|worth| *worth == Worth::Nothing));
        assert_eq!(worth("plugin.rs:7", 0.9), Worth::Nothing);
        assert_eq!(worth("plugin.rs:7", 1.1), Worth::Writing);
        assert_eq!(worth("plugin.rs:7", 2.0), Worth::Nothing);
        assert_eq!(worth("main.rs:1", 2.0), Worth::Waiting, "it may be the end");
    }
}
