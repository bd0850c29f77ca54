//! A bound on work that the system may never finish, such as a read from a network mount whose server is gone: on how
//! long it is waited for, and on how many threads it leaves behind.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant, SystemTime};

use super::pulse::Pulse;
use crate::handover::{Receiver, Sender, channel};
use crate::report::GapReason;
use crate::thread;

/// Something that may hang. While it does, it is not asked again: nothing can stop a thread that the kernel holds, so
/// each further question would leave one more behind. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source(Arc<Mutex<Vec<LeftBehind>>>);

/// Work that was not waited for to its end.
#[derive(Debug)]
struct LeftBehind {
    /// Gone when it ends.
    at_work: Weak<()>,
    since: SystemTime,
}

/// Work on a thread of its own, and what it answers.
#[derive(Debug)]
pub(crate) struct Running<T> {
    source: Source,
    at_work: Weak<()>,
    answers: Receiver<T>,
    started: Instant,
    limit: Duration,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfinished {
    TooSlow,
    Panicked,
    /// The system gives no thread.
    NoThread,
    /// An earlier question hangs since then.
    Busy(SystemTime),
}

/// What lies in each folder: a mount stalls for all that ask, and no other folder with it. Who waits longer than others
/// has its own, and does not go by their verdict.
pub(crate) struct Folders(Mutex<Vec<(PathBuf, Source)>>);

impl Folders {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    pub(crate) fn source(&self, folder: &Path) -> Source {
        let mut folders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        folders.retain(|(_, source)| Arc::strong_count(&source.0) > 1 || source.busy_since().is_some());
        if let Some((_, source)) = folders.iter().find(|(path, _)| path == folder) {
            return source.clone();
        }
        let source = Source::default();
        folders.push((folder.to_owned(), source.clone()));
        source
    }
}

impl Source {
    /// Starts `work`, which may take `limit` from now on.
    pub(crate) fn start<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<Running<T>, Unfinished> {
        self.start_parts(limit, move |answers| {
            let _ = answers.send(work());
        })
    }

    /// Starts `work` that answers in parts. It waits where two of them are not taken yet.
    pub(crate) fn start_parts<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce(&Sender<T>) + Send + 'static,
    ) -> Result<Running<T>, Unfinished> {
        let at_work = self.enter()?;
        let (sender, answers) = channel(2);
        let running = Running {
            source: self.clone(),
            at_work: Arc::downgrade(&at_work),
            answers,
            started: Instant::now(),
            limit,
        };
        let work = move || {
            work(&sender);
            drop(at_work);
        };
        thread::start("feedback-reading", work).map_err(|_| Unfinished::NoThread)?;
        Ok(running)
    }

    /// Does `work` on a thread of its own and waits for it at most `limit`.
    pub(crate) fn within<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Unfinished> {
        self.start(limit, work)?.wait()
    }

    /// Something for a work to hold until it ends.
    pub(crate) fn enter(&self) -> Result<Arc<()>, Unfinished> {
        match self.busy_since() {
            Some(since) => Err(Unfinished::Busy(since)),
            None => Ok(Arc::new(())),
        }
    }

    /// Notes that a work is not waited for any longer.
    pub(crate) fn leave_behind(&self, at_work: Weak<()>) {
        let since = SystemTime::now();
        self.lock().push(LeftBehind { at_work, since });
    }

    fn busy_since(&self) -> Option<SystemTime> {
        let mut left = self.lock();
        left.retain(|work| work.at_work.strong_count() > 0);
        left.first().map(|work| work.since)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<LeftBehind>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Running<T> {
    /// Waits for the answer until the limit.
    pub(crate) fn wait(mut self) -> Result<T, Unfinished> {
        let mut left = self.limit.saturating_sub(self.started.elapsed());
        self.next(&mut left)
    }

    /// Waits for the next part, and takes the time from `patience`.
    pub(crate) fn next(&mut self, patience: &mut Duration) -> Result<T, Unfinished> {
        let asked = Instant::now();
        let answer = self.answers.recv_timeout(*patience);
        *patience = patience.saturating_sub(asked.elapsed());
        answer.map_err(|error| match error {
            RecvTimeoutError::Timeout => self.leave_behind(),
            RecvTimeoutError::Disconnected => Unfinished::Panicked,
        })
    }

    /// As [`next`](Self::next), but what is silent for `silence` hangs, and what is for half of it when the patience is over.
    /// `None` where it goes on then: it ends when it finds that nobody listens.
    pub(crate) fn next_while(
        &mut self,
        pulse: &Pulse,
        silence: Duration,
        patience: &mut Duration,
    ) -> Result<Option<T>, Unfinished> {
        let asked = Instant::now();
        loop {
            // A work that waited for us was silent too.
            let waited = asked.elapsed();
            let silent = pulse.silence().min(waited);
            let left = patience.saturating_sub(waited);
            let wait = wait_for(silent, silence, left);
            match (self.answers.recv_timeout(wait.unwrap_or_default()), wait) {
                (Ok(part), _) => {
                    *patience = patience.saturating_sub(asked.elapsed());
                    return Ok(Some(part));
                }
                (Err(RecvTimeoutError::Disconnected), _) => return Err(Unfinished::Panicked),
                (Err(RecvTimeoutError::Timeout), Err(Over::Hangs)) => return Err(self.leave_behind()),
                (Err(RecvTimeoutError::Timeout), Err(Over::Patience)) => {
                    *patience = Duration::ZERO;
                    return Ok(None);
                }
                (Err(RecvTimeoutError::Timeout), Ok(_)) => {}
            }
        }
    }

    fn leave_behind(&self) -> Unfinished {
        self.source.leave_behind(Weak::clone(&self.at_work));
        Unfinished::TooSlow
    }
}

/// Why a work without an answer is not waited for any longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Hangs,
    Patience,
}

/// How long to wait before the next look at a work that is `silent` since then, where `silence` is too long and `left`
/// is what is left of the patience.
fn wait_for(silent: Duration, silence: Duration, left: Duration) -> Result<Duration, Over> {
    match (silence.saturating_sub(silent), left) {
        (Duration::ZERO, _) => Err(Over::Hangs),
        (_, Duration::ZERO) if silent >= silence / 2 => Err(Over::Hangs),
        (_, Duration::ZERO) => Err(Over::Patience),
        (before_it_hangs, left) => Ok(before_it_hangs.min(left)),
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        GapReason::from(*self).fmt(f)
    }
}

impl From<Unfinished> for GapReason {
    fn from(why: Unfinished) -> Self {
        match why {
            Unfinished::TooSlow => Self::NotDone,
            Unfinished::Panicked => Self::Panicked,
            Unfinished::NoThread => Self::NoThread,
            Unfinished::Busy(since) => Self::Busy(since),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    const SHORT: Duration = Duration::from_millis(1);
    const LONG: Duration = Duration::from_mins(1);

    #[test]
    fn what_never_ends_is_left_behind_once() {
        let source = Source::default();
        let (never, wait) = channel::<()>();
        let (ended, end) = channel::<()>();
        let hangs = move || {
            let _ended = ended;
            let _ = wait.recv();
        };
        assert_eq!(source.within(SHORT, hangs), Err(Unfinished::TooSlow));
        let why = source.within(LONG, || 7).unwrap_err();
        assert!(matches!(why, Unfinished::Busy(_)), "{why}");
        let told = why.to_string();
        assert!(
            told.starts_with("still busy since 20") && told.ends_with('Z'),
            "{told}"
        );
        assert_eq!(
            Source::default().within(LONG, || 7),
            Ok(7),
            "another is not held up"
        );
        drop(never);
        assert!(end.recv().is_err());
        // The thread has let go of the answer's end, and ends next.
        while matches!(source.within(LONG, || 7), Err(Unfinished::Busy(_))) {
            std::thread::yield_now();
        }
        assert_eq!(source.within(Duration::MAX, || 7), Ok(7));
    }

    #[test]
    fn a_panic_is_no_answer_and_no_obstacle() {
        let source = Source::default();
        let panics = || std::panic::resume_unwind(Box::new("as a panic does"));
        assert_eq!(source.within::<()>(LONG, panics), Err(Unfinished::Panicked));
        assert_eq!(source.within(LONG, || 7), Ok(7));
    }

    #[test]
    fn a_folder_that_hangs_is_known_to_all_who_ask_for_it() {
        static FOLDERS: Folders = Folders::new();
        let (never, wait) = channel::<()>();
        let folder = Path::new("/a/mount that hangs");
        let hangs = move || wait.recv().is_ok();
        assert_eq!(
            FOLDERS.source(folder).within(SHORT, hangs),
            Err(Unfinished::TooSlow)
        );
        assert!(FOLDERS.source(folder).enter().is_err());
        let beside = Path::new("/a/folder beside it");
        assert!(FOLDERS.source(beside).enter().is_ok());
        assert!(Folders::new().source(folder).enter().is_ok(), "who waits longer");
        drop(never);
    }

    #[test]
    fn what_shows_that_it_goes_on_does_not_hang_however_long_it_takes() {
        let [one, two, four, five] = [1, 2, 4, 5].map(Duration::from_secs);
        assert_eq!(wait_for(one, five, LONG), Ok(four), "until it would hang");
        assert_eq!(wait_for(one, five, two), Ok(two), "until the patience is over");
        assert_eq!(wait_for(one, five, Duration::ZERO), Err(Over::Patience));
        assert_eq!(wait_for(four, five, Duration::ZERO), Err(Over::Hangs));
        assert_eq!(wait_for(five, five, LONG), Err(Over::Hangs));
        assert_eq!(wait_for(five, five, Duration::ZERO), Err(Over::Hangs));
    }

    #[test]
    fn only_what_is_silent_is_left_behind() {
        let (source, pulse) = (Source::default(), Pulse::new());
        let (over, end) = channel::<()>();
        let works = move |parts: &Sender<u8>| {
            let _ = parts.send(7);
            let _ = end.recv();
        };
        let mut running = source.start_parts(LONG, works).unwrap();
        let mut patience = LONG;
        assert_eq!(running.next_while(&pulse, LONG, &mut patience), Ok(Some(7)));
        // It takes longer than it may, and has not been silent for long.
        let mut patience = SHORT;
        assert_eq!(running.next_while(&pulse, LONG, &mut patience), Ok(None));
        assert_eq!(patience, Duration::ZERO);
        assert!(source.enter().is_ok());
        let mut patience = LONG;
        assert_eq!(
            running.next_while(&pulse, SHORT, &mut patience),
            Err(Unfinished::TooSlow)
        );
        assert!(source.enter().is_err());
        drop(over);
    }

    #[test]
    fn only_waiting_costs_patience() {
        let source = Source::default();
        let mut running = source
            .start_parts(LONG, |parts| {
                for part in 0..5 {
                    let _ = parts.send(part);
                }
            })
            .unwrap();
        let mut patience = LONG;
        for part in 0..5 {
            assert_eq!(running.next(&mut patience), Ok(part));
        }
        assert_eq!(
            running.next(&mut patience),
            Err(Unfinished::Panicked),
            "no more parts"
        );
    }
}
