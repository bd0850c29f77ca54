//! How the last run of the app ended, where it did not end as it should.
//!
//! ```text
//! <spool>/runs/<id>.run    one small file per running process, locked while it lives
//! ```
//!
//! A clean end removes it. So a file that nobody holds is of a run that was killed, or lost its power; and
//! one with a panic in it, of a run that crashed.

mod hook;
mod record;
mod run;

use std::fs;

use super::{Gathering, attachments};
use crate::redact::add_counts;
use crate::report::crash::{Crash, Panic};

pub use hook::{RunGuard, install_panic_hook};

/// Takes a crash in: what is long of it as a file, the rest for the manifest.
pub(crate) fn gather(crash: Crash, budget: u64, gathering: &mut Gathering) -> Crash {
    let before = gathering.files.len();
    // It was masked when it was written, by the rules of that version.
    gathering.add_text("crash.txt", &crash.text, 0, u64::MAX);
    if let Some(file) = gathering.files.get_mut(before) {
        // Of what is long the end was cut off after it was masked.
        add_counts(&mut file.masked, &crash.masked);
        let _ = file.recount();
    }
    add_counts(&mut gathering.masked, &crash.masked);
    // A dump that cannot be taken is a gap; the person has not chosen it and is not asked about it.
    let dump = crash.dump.as_deref().map(Into::into);
    let _ = attachments::gather(dump.as_slice(), budget, gathering);
    for file in &mut gathering.files[before..] {
        file.is_of_crash = true;
    }
    let panic = crash.panic.map(|panic| Panic {
        message: gathering.mask(&panic.message),
        location: panic.location.map(|location| gathering.mask(&location)),
        thread: panic.thread.map(|thread| gathering.mask(&thread)),
        ..panic
    });
    Crash { panic, ..crash }
}

impl Crash {
    /// Removes what is remembered of it on disk, with the panics of other runs that it has. The same happens when a report
    /// that has it is stored, and when the run that has asked for it ends as it should.
    pub fn forget(&self) {
        for file in &self.files {
            // Where that fails it is asked about once more; nothing is lost.
            let _ = fs::remove_file(file);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::redact::{MaskCounts, Masks, Redactor};
    use crate::report::{Report, ReportFile};
    use crate::{FeedbackConfig, ReportDraft, Verdict};

    #[test]
    fn of_a_long_panic_only_what_is_sent_is_counted() {
        let mut redactor = Redactor::of_crash(Masks::for_this_machine());
        let panic = Panic {
            at: SystemTime::UNIX_EPOCH,
            uptime: 1,
            message: "no export for anna@example.org\n".repeat(5000),
            location: None,
            thread: None,
        };
        let mut counts = MaskCounts::new();
        let mut lines = vec![record::Line::panicked(&panic, &mut redactor, &mut counts)];
        lines.push(record::Line::Masked(counts));
        let bytes: Vec<u8> = lines.iter().flat_map(record::Line::to_bytes).collect();
        let mut draft = ReportDraft::new("x");
        draft.crash = Some(record::read(&bytes, SystemTime::UNIX_EPOCH));
        let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1");
        let report = super::super::gather(&config, draft, SystemTime::UNIX_EPOCH);
        let stand = |text: Vec<u8>| {
            String::from_utf8(text)
                .unwrap()
                .matches("[crash-email-1]")
                .count() as u64
        };
        let [_, file] = report.evidence() else {
            panic!("one file beside the facts")
        };
        assert_eq!(file.masked()["email"], stand(file.content().unwrap()));
        let all = file.masked()["email"] + stand(report.manifest().unwrap());
        assert_eq!(report.masked()["email"], all);
        assert!(all < 1000, "{all}");
    }

    #[test]
    fn whoever_leaves_the_text_of_a_crash_out_tells_nothing_of_it() {
        let mut crash = record::read(b"", SystemTime::UNIX_EPOCH);
        crash.text = "the way to the panic".to_owned();
        let mut draft = ReportDraft::new("x");
        draft.crash = Some(crash);
        let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1");
        let mut report = super::super::gather(&config, draft, SystemTime::UNIX_EPOCH);
        let has_crash = |report: &Report| {
            let manifest: serde_json::Value = serde_json::from_slice(&report.manifest().unwrap()).unwrap();
            !manifest["crash"].is_null()
        };
        for leave_out in [false, true, false, true] {
            assert!(report.leave_out("logs/crash.txt", leave_out));
            assert_eq!(has_crash(&report), !leave_out);
        }
        report.set_message(" ");
        assert!(report.is_empty(), "a crash that does not go along is none");
        report.forget_left_out();
        assert!(!has_crash(&report), "not where it is made to fit either");
    }

    #[test]
    fn a_crash_is_remembered_until_a_report_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.run");
        fs::write(&file, "").unwrap();
        let mut crash = record::read(b"", SystemTime::UNIX_EPOCH);
        crash.text = "the way to the panic".to_owned();
        crash.files.push(file.clone());
        let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1");
        let config = config.spool_dir(folder.path().join("spool")).deliver(false);
        let client = crate::FeedbackClient::new(config).unwrap();
        let mut draft = ReportDraft::new("x");
        draft.crash = Some(crash);
        let mut report = client.prepare(draft).wait().unwrap();
        for leave_out in [true, false] {
            report.leave_out("logs/crash.txt", leave_out);
            client.submit(report.clone()).wait().unwrap();
            assert_eq!(file.exists(), leave_out);
        }
    }

    #[test]
    fn an_app_that_takes_the_crash_out_takes_all_of_it_out_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (log, dump) = (folder.path().join("crash.txt"), folder.path().join("core.dmp"));
        fs::write(&log, "a log of the app\n").unwrap();
        fs::write(&dump, "memory").unwrap();
        let mut crash = record::read(b"", SystemTime::UNIX_EPOCH).with_dump(&dump);
        crash.text = "the way to the panic".to_owned();
        let mut draft = ReportDraft::new("x");
        draft.crash = Some(crash);

        let paths = |review: fn(&mut crate::Review)| {
            let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1")
                .log(&log)
                .before_send(move |report| {
                    review(report);
                    Verdict::Send
                });
            let report = super::super::gather(&config, draft.clone(), SystemTime::UNIX_EPOCH);
            let paths = report.evidence().iter().skip(1).map(ReportFile::path);
            paths.map(str::to_owned).collect::<Vec<_>>()
        };
        let (log, text, dump) = ("logs/crash-2.txt", "logs/crash.txt", "attachments/core.dmp");
        assert_eq!(paths(|_| ()), [log, text, dump]);
        assert_eq!(paths(crate::Review::remove_crash), [log]);
        let without_dump = |report: &mut crate::Review| {
            assert!(report.remove_file("attachments/core.dmp", "it is memory"));
        };
        assert_eq!(paths(without_dump), [log, text]);
    }
}
