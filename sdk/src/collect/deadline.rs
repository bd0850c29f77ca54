//! A bound on work that the system may never finish, such as a read from a network mount whose server is gone: on how
//! long it is waited for, and on how many threads it leaves behind.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::report::GapReason;

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

impl Source {
    /// What lies in one folder: a mount stalls for all that ask, and no other folder with it.
    pub(crate) fn of_folder(folder: &Path) -> Self {
        static FOLDERS: LazyLock<Mutex<BTreeMap<PathBuf, Source>>> = LazyLock::new(Mutex::default);
        let mut folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
        folders.retain(|_, source| Arc::strong_count(&source.0) > 1 || source.busy_since().is_some());
        folders.entry(folder.to_owned()).or_default().clone()
    }

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
        work: impl FnOnce(&SyncSender<T>) + Send + 'static,
    ) -> Result<Running<T>, Unfinished> {
        let at_work = self.enter()?;
        let (sender, answers) = sync_channel(2);
        let running = Running {
            source: self.clone(),
            at_work: Arc::downgrade(&at_work),
            answers,
            started: Instant::now(),
            limit,
        };
        thread::Builder::new()
            .name("feedback-reading".to_owned())
            .spawn(move || {
                work(&sender);
                drop(at_work);
            })
            .map_err(|_| Unfinished::NoThread)?;
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
            RecvTimeoutError::Timeout => {
                self.source.leave_behind(Weak::clone(&self.at_work));
                Unfinished::TooSlow
            }
            RecvTimeoutError::Disconnected => Unfinished::Panicked,
        })
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
            thread::yield_now();
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
        let (never, wait) = channel::<()>();
        let folder = Path::new("/a/mount that hangs");
        let hangs = move || wait.recv().is_ok();
        assert_eq!(
            Source::of_folder(folder).within(SHORT, hangs),
            Err(Unfinished::TooSlow)
        );
        assert!(Source::of_folder(folder).enter().is_err());
        assert!(
            Source::of_folder(Path::new("/a/folder beside it"))
                .enter()
                .is_ok()
        );
        drop(never);
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
