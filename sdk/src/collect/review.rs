//! The app's own last look at a report, before the person sees it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::deadline::{Running, Source, Unfinished};
use super::facts::{self, MOST_FACTS};
use crate::error::FeedbackError;
use crate::redact::Redactor;
use crate::report::{FileKind, Gap, GapReason, Report, ReportFile};

/// What the app says to a report: see [`FeedbackConfig::before_send`](crate::FeedbackConfig::before_send).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may be sent as it is now.
    Send,
    /// It may not be sent, for this reason. The person is told, in these words, and keeps their text.
    Withhold(String),
}

/// A report that the app may look at and change before the person sees it. The person's own words, files and
/// pictures cannot be changed.
#[derive(Debug)]
pub struct Review {
    report: Report,
    redactor: Redactor,
}

impl Review {
    /// The report as it would be shown and sent.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Sets a fact of the context. It is masked, and shortened as
    /// [`FeedbackClient::set_context`](crate::FeedbackClient::set_context) does; one more than a report takes is left out
    /// and logged.
    pub fn set_context(&mut self, key: &str, value: &str) {
        let (key, value) = facts::masked(key, value, &mut self.redactor, &mut self.report.masked);
        let context = &mut self.report.context;
        if context.len() < MOST_FACTS || context.contains_key(&key) {
            context.insert(key, value);
        } else {
            log::warn!("a fact was left out: the report has as many as it takes");
        }
        self.write_facts();
    }

    /// Takes a fact out of the context.
    pub fn remove_context(&mut self, key: &str) {
        self.report.context.remove(key);
        self.write_facts();
    }

    /// Where the app has not taken their file out.
    fn write_facts(&mut self) {
        let mut files = self.report.evidence.iter();
        if let Some(file) = files.find(|file| file.kind == FileKind::System) {
            self.report.write_facts(file.treatment);
        }
        self.report.recount();
    }

    /// Takes out how the last run ended, with its text and its dump.
    pub fn remove_crash(&mut self) {
        self.report.crash = None;
        let of_crash = self.report.evidence.iter().filter(|file| file.is_of_crash);
        let paths: Vec<String> = of_crash.map(|file| file.path.clone()).collect();
        for path in paths {
            self.take_out(&path, "the crash of the last run");
        }
        self.report.recount();
    }

    /// Takes out a file that was collected, such as `logs/app.log`; the report says so and why. With `system.json` all go
    /// that stands in it but the app's name and version. Returns whether there was such a file. What the person has added
    /// stays.
    pub fn remove_file(&mut self, path: &str, why: &str) -> bool {
        let is_collected = |file: &ReportFile| file.is_of_crash || !file.is_chosen();
        let mut files = self.report.evidence.iter();
        let is_there = files.any(|file| file.path == path && is_collected(file));
        if is_there {
            self.take_out(path, why);
        }
        is_there
    }

    fn take_out(&mut self, path: &str, why: &str) {
        self.report.evidence.retain(|file| file.path != path);
        self.report.gaps.retain(|gap| gap.what != path);
        let why = self.redactor.redact(why, &mut self.report.masked);
        self.report.gaps.push(Gap {
            what: path.to_owned(),
            why: GapReason::LeftOutByApp(why.into_owned()),
        });
        self.report.recount();
    }
}

/// The app's function. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Reviewer {
    review: Arc<dyn Fn(&mut Review) -> Verdict + Send + Sync>,
    source: Source,
}

impl Reviewer {
    pub(crate) fn new(review: impl Fn(&mut Review) -> Verdict + Send + Sync + 'static) -> Self {
        Self {
            review: Arc::new(review),
            source: Source::default(),
        }
    }

    /// Asks the app. A review that breaks or hangs lets nothing through: it may be there to protect someone.
    pub(super) fn ask(
        &self,
        report: Report,
        redactor: Redactor,
        limit: Duration,
    ) -> Result<Report, FeedbackError> {
        let review = Arc::clone(&self.review);
        let running = self.source.start(limit, move || {
            let mut reviewed = Review { report, redactor };
            let verdict = review(&mut reviewed);
            (reviewed.report, verdict)
        });
        let why = match running.and_then(Running::wait) {
            Ok((report, Verdict::Send)) => return Ok(report),
            Ok((_, Verdict::Withhold(why))) => why,
            Err(Unfinished::TooSlow) => "its own check of the report did not end".to_owned(),
            Err(Unfinished::Panicked) => "its own check of the report has failed".to_owned(),
            Err(Unfinished::NoThread) => "its own check of the report could not be started".to_owned(),
            Err(why @ Unfinished::Busy(_)) => format!("its own check of an earlier report is {why}"),
        };
        Err(FeedbackError::Withheld(why))
    }
}

impl fmt::Debug for Reviewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reviewer").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::{FeedbackConfig, ReportDraft};

    #[test]
    fn what_is_counted_stands_in_the_report_whatever_the_app_has_changed() {
        let addresses = |review: fn(&mut Review)| {
            let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1")
                .context("owner", "anna@example.org")
                .context("editor", "anna@example.org")
                .before_send(move |report| {
                    review(report);
                    Verdict::Send
                });
            let report = super::super::gather(&config, ReportDraft::new("x"), SystemTime::UNIX_EPOCH);
            let manifest = String::from_utf8(report.manifest().unwrap()).unwrap();
            let counted = report.masked().get("email").copied().unwrap_or_default();
            assert_eq!(counted, manifest.matches("[email-").count() as u64, "{manifest}");
            counted
        };
        assert_eq!(addresses(|_| ()), 2);
        assert_eq!(addresses(|report| report.remove_context("owner")), 1);
        assert_eq!(addresses(|report| report.set_context("owner", "nobody")), 1);
        assert_eq!(
            addresses(|report| report.set_context("owner", "b@example.org")),
            2
        );
    }
}
