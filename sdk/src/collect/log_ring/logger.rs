//! The ring as a logger of the crate `log`, alone or in front of the app's own.

use std::fmt::{self, Write as _};

use log::{LevelFilter, Log, Metadata, Record, SetLoggerError};

use super::LogRing;

/// Takes the records of the crate `log` into a [`LogRing`], and hands them on to the app's own logger.
///
/// Made by [`LogRing::logger`].
pub struct LogRingLogger {
    ring: LogRing,
    level: LevelFilter,
    next: Option<(Box<dyn Log>, LevelFilter)>,
}

impl LogRingLogger {
    pub(super) fn new(ring: LogRing, level: LevelFilter) -> Self {
        Self {
            ring,
            level,
            next: None,
        }
    }

    /// Hands every record up to `level` on to `logger`, the app's own, as if it stood alone.
    #[must_use]
    pub fn and(mut self, logger: impl Log + 'static, level: LevelFilter) -> Self {
        self.next = Some((Box::new(logger), level));
        self
    }

    /// Makes it the logger of this process. An error where there is one already: hand that one to
    /// [`and`](Self::and) instead of installing it.
    pub fn install(self) -> Result<(), SetLoggerError> {
        let next = self.next.as_ref().map_or(LevelFilter::Off, |(_, level)| *level);
        let level = self.level.max(next);
        log::set_boxed_logger(Box::new(self))?;
        log::set_max_level(level);
        Ok(())
    }

    /// The app's own logger, if it wants to hear of this.
    fn next(&self, metadata: &Metadata<'_>) -> Option<&dyn Log> {
        let (next, level) = self.next.as_ref()?;
        (metadata.level() <= *level && next.enabled(metadata)).then_some(&**next)
    }
}

impl Log for LogRingLogger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= self.level || self.next(metadata).is_some()
    }

    fn log(&self, record: &Record<'_>) {
        if record.level() <= self.level {
            self.ring.write(|line| {
                write!(
                    line,
                    "{:5} {}: {}",
                    record.level(),
                    record.target(),
                    record.args()
                )
            });
        }
        if let Some(next) = self.next(record.metadata()) {
            next.log(record);
        }
    }

    fn flush(&self) {
        if let Some((next, _)) = &self.next {
            next.flush();
        }
    }
}

impl fmt::Debug for LogRingLogger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogRingLogger")
            .field("level", &self.level)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Own(Arc<Mutex<Vec<String>>>);

    impl Log for Own {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target() != "noisy"
        }

        fn log(&self, record: &Record<'_>) {
            self.0.lock().unwrap().push(record.args().to_string());
        }

        fn flush(&self) {}
    }

    #[test]
    fn the_ring_has_its_own_level_and_the_apps_logger_keeps_its() {
        let (ring, own) = (LogRing::new(), Own::default());
        let logger = ring
            .logger(LevelFilter::Debug)
            .and(own.clone(), LevelFilter::Info);
        for (level, target, message) in [
            (log::Level::Info, "notes", "told to both"),
            (log::Level::Debug, "notes", "a detail"),
            (log::Level::Info, "noisy", "filtered by the app"),
            (log::Level::Trace, "notes", "too fine for both"),
        ] {
            let metadata = Metadata::builder().level(level).target(target).build();
            assert_eq!(logger.enabled(&metadata), level != log::Level::Trace);
            logger.log(
                &Record::builder()
                    .metadata(metadata)
                    .args(format_args!("{message}"))
                    .build(),
            );
        }
        assert_eq!(*own.0.lock().unwrap(), ["told to both"]);
        let text = ring.recent(usize::MAX).text;
        let lines: Vec<&str> = text.lines().map(|line| &line[25..]).collect();
        assert_eq!(
            lines,
            [
                "INFO  notes: told to both",
                "DEBUG notes: a detail",
                "INFO  noisy: filtered by the app"
            ]
        );
    }
}
