//! The app's most recent log lines, kept in memory for a report: for apps that write no log file, and in
//! more detail than a file has.
//!
//! A line is formatted before the lock is taken, and nothing that could call back into the app happens
//! under it. So a value that logs while it is formatted, or that panics, does no harm.

#[cfg(feature = "tracing")]
mod layer;
mod line;
mod lines;
mod logger;

use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::time::{Duration, SystemTime};

use log::LevelFilter;

use super::Gathering;
use crate::report::GapReason;
use line::Line;
pub(crate) use line::is_formatting;
use lines::Lines;

#[cfg(feature = "tracing")]
pub use layer::LogRingLayer;
pub use logger::LogRingLogger;

/// The most recent log lines of this process, in memory. Cheap to clone; all clones are one ring.
///
/// Install it where the app sets its logging up, and hand it to the config. Every report then has them as
/// `logs/recent.log`, masked like a log file.
///
/// ```
/// use feedback_sdk::{FeedbackConfig, LogRing};
///
/// let ring = LogRing::new();
/// ring.logger(log::LevelFilter::Debug).install().expect("the app has no other logger");
/// let config = FeedbackConfig::new("https://feedback.example.com/api/v1/reports", "pk_notes", "Notes", "1.4.0")
///     .log_ring(&ring);
/// ```
///
/// With the feature `tracing`, `.with(ring.layer())` does the same for a subscriber.
#[derive(Clone)]
pub struct LogRing(Arc<Ring>);

struct Ring {
    lines: Mutex<Lines>,
    /// Lines that found the ring locked for too long.
    lost: AtomicU64,
    /// The level of its logger; `Off` where it has none.
    logger: AtomicUsize,
}

/// What the ring holds, as text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Recent {
    pub(crate) text: String,
    /// Bytes of older lines that are not in the text.
    pub(crate) missing: u64,
}

impl LogRing {
    /// An empty ring of 1 MiB.
    pub fn new() -> Self {
        Self::with_capacity(1 << 20)
    }

    /// An empty ring of this many bytes, from 4 KiB to 8 MiB. It never takes more; the oldest lines go.
    pub fn with_capacity(bytes: usize) -> Self {
        // All of it is copied under the lock: what is larger would keep a thread that logs meanwhile.
        Self(Arc::new(Ring {
            lines: Mutex::new(Lines::new(bytes.clamp(4 << 10, 8 << 20))),
            lost: AtomicU64::new(0),
            logger: AtomicUsize::default(),
        }))
    }

    /// A layer for a `tracing` subscriber. It takes events of every level; give it a filter of its own to
    /// take less, and the app's other layers theirs, since a filter of the whole subscriber is in force
    /// here too. Where the app's subscribers let through nothing finer than `INFO`, the last line in the report says
    /// so; a filter of this layer alone is not known here.
    ///
    /// ```
    /// use feedback_sdk::LogRing;
    /// use tracing_subscriber::filter::LevelFilter;
    /// use tracing_subscriber::prelude::*;
    ///
    /// let ring = LogRing::new();
    /// let subscriber = tracing_subscriber::registry()
    ///     .with(tracing_subscriber::fmt::layer().with_filter(LevelFilter::INFO))
    ///     .with(ring.layer().with_filter(LevelFilter::DEBUG));
    /// # drop(subscriber);
    /// ```
    #[cfg(feature = "tracing")]
    pub fn layer(&self) -> LogRingLayer {
        LogRingLayer::new(self.clone())
    }

    /// A logger for the crate `log`, which takes records up to this level. What [`log::set_max_level`] keeps from all
    /// loggers, it keeps from this one too; where nothing finer than `INFO` comes, the last line in the report says so.
    pub fn logger(&self, level: LevelFilter) -> LogRingLogger {
        self.0.logger.store(level as usize, Ordering::Relaxed);
        LogRingLogger::new(self.clone(), level)
    }

    /// Formats a line and takes it in, with the time of now. Never panics and never waits for long.
    fn write(&self, format: impl FnOnce(&mut Line) -> fmt::Result) {
        Line::formatted(format, |line| match self.lines() {
            Some(mut lines) => lines.push(SystemTime::now(), line),
            None => {
                self.0.lost.fetch_add(1, Ordering::Relaxed);
            }
        });
    }

    /// The newest lines, oldest first, at most about `limit` bytes of them.
    pub(crate) fn recent(&self, limit: usize) -> Recent {
        let lost = self.0.lost.load(Ordering::Relaxed);
        let copied = self.lines().map(|lines| lines.newest(limit));
        let mut recent = copied.map(lines::Copied::into_recent).unwrap_or_default();
        if lost > 0 {
            let _ = writeln!(recent.text, "[feedback: {lost} lines were lost]");
        }
        recent
    }

    /// The finest level of which lines can come now, by what the app lets through to all its loggers or subscribers; `Off`
    /// where that is not known.
    fn finest(&self) -> LevelFilter {
        #[cfg(feature = "tracing")]
        let of_subscribers = layer::finest();
        #[cfg(not(feature = "tracing"))]
        let of_subscribers = LevelFilter::Off;
        finest(
            self.0.logger.load(Ordering::Relaxed),
            log::max_level(),
            of_subscribers,
        )
    }

    /// The lock, or `None` where it is held for longer than any of us holds it: a process that was forked
    /// while another thread had it would wait for ever.
    fn lines(&self) -> Option<MutexGuard<'_, Lines>> {
        for attempt in 0..200 {
            match self.0.lines.try_lock() {
                Ok(lines) => return Some(lines),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if attempt < 100 => std::thread::yield_now(),
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_micros(200)),
            }
        }
        None
    }
}

impl Default for LogRing {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for LogRing {
    /// Without the lines: they are not masked yet.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogRing").finish_non_exhaustive()
    }
}

/// Takes the ring in as the newest log, at most about `limit` bytes of it.
pub(crate) fn gather(ring: &LogRing, limit: u64, gathering: &mut Gathering) {
    let Recent { mut text, missing } = ring.recent(usize::try_from(limit).unwrap_or(usize::MAX));
    if text.is_empty() {
        gathering.gap("log recent.log", GapReason::NothingLogged);
    } else {
        text.push_str(&level_mark(ring.finest()));
    }
    gathering.add_text("recent.log", &text, missing, limit);
}

/// The finest level of a logger of this level, where `all_loggers` get no more; without one, that of the subscribers.
fn finest(logger: usize, all_loggers: LevelFilter, of_subscribers: LevelFilter) -> LevelFilter {
    let level = LevelFilter::iter().nth(logger);
    let level = level.filter(|level| *level > LevelFilter::Off);
    level.map_or(of_subscribers, |level| level.min(all_loggers))
}

/// A line for who misses the app's details, where there can be none.
fn level_mark(finest: LevelFilter) -> String {
    if matches!(finest, LevelFilter::Error | LevelFilter::Warn | LevelFilter::Info) {
        format!("[feedback: the app logs nothing finer than {finest} here]\n")
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_details_cannot_come_that_is_told() {
        let told = |finest| level_mark(finest).contains(&finest.to_string());
        let all = LevelFilter::iter().filter(|finest| told(*finest));
        let expected = [LevelFilter::Error, LevelFilter::Warn, LevelFilter::Info];
        assert_eq!(all.collect::<Vec<_>>(), expected);

        for (logger, all, of_subscribers, expected) in [
            (
                LevelFilter::Debug,
                LevelFilter::Info,
                LevelFilter::Trace,
                LevelFilter::Info,
            ),
            (
                LevelFilter::Info,
                LevelFilter::Trace,
                LevelFilter::Trace,
                LevelFilter::Info,
            ),
            (
                LevelFilter::Off,
                LevelFilter::Trace,
                LevelFilter::Debug,
                LevelFilter::Debug,
            ),
            (
                LevelFilter::Off,
                LevelFilter::Trace,
                LevelFilter::Off,
                LevelFilter::Off,
            ),
        ] {
            assert_eq!(finest(logger as usize, all, of_subscribers), expected);
        }
    }

    fn text(ring: &LogRing) -> String {
        ring.recent(usize::MAX).text
    }

    #[test]
    fn a_lock_that_is_never_given_back_costs_lines_and_no_hang() {
        let ring = LogRing::new();
        let held = ring.lines().unwrap();
        // As by the hook, of a thread that panics where it has the lock.
        assert_eq!(ring.recent(usize::MAX), Recent::default());
        let other = ring.clone();
        std::thread::spawn(move || {
            other.write(|line| line.write_str("lost"));
            assert_eq!(other.recent(usize::MAX).text, "[feedback: 1 lines were lost]\n");
        })
        .join()
        .unwrap();
        drop(held);
        ring.write(|line| line.write_str("kept"));
        assert!(
            text(&ring).contains("Z kept\n[feedback: 1 lines"),
            "{}",
            text(&ring)
        );
    }

    #[test]
    fn many_threads_lose_no_line_and_mix_none() {
        let ring = LogRing::new();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let ring = &ring;
                scope.spawn(move || {
                    for n in 0..500 {
                        ring.write(|line| write!(line, "thread {thread} line {n}."));
                    }
                });
            }
        });
        let text = text(&ring);
        let lines = text
            .lines()
            .filter(|line| line.contains("Z thread ") && line.ends_with('.'));
        let kept = 2000 - ring.0.lost.load(Ordering::Relaxed);
        assert_eq!(lines.count() as u64, kept);
        for thread in 0..4 {
            let of_thread = text
                .lines()
                .filter(|line| line.contains(&format!("thread {thread} ")));
            let numbers: Vec<u32> = of_thread
                .filter_map(|line| line.rsplit_once(' ')?.1.trim_end_matches('.').parse().ok())
                .collect();
            assert!(numbers.is_sorted(), "{numbers:?}");
        }
    }
}
