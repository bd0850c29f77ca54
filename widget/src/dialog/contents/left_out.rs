//! What the person has switched off, found again when the evidence is collected anew. Pure.

use feedback_sdk::{FileLeftOut, Report, ReportFile};

/// Which files are not to be sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct LeftOut(Vec<Known>);

/// A file as the person has seen it in the list.
#[derive(Debug, Clone)]
struct Known {
    file: FileLeftOut,
    is_off: bool,
}

impl LeftOut {
    /// Leaves out of a report that was collected anew what was off before.
    pub(crate) fn apply(&self, report: &mut Report) {
        let files: Vec<FileLeftOut> = report.evidence().iter().map(FileLeftOut::from).collect();
        for file in files.iter().filter(|file| self.has(file)) {
            report.leave_out(&file.path, true);
        }
    }

    /// Notes what is off in a report. What is not in it stays off.
    pub(crate) fn note(&mut self, report: &Report) {
        self.note_files(report.evidence().iter().map(Known::of).collect());
    }

    fn note_files(&mut self, files: Vec<Known>) {
        let is_old = |known: &Known| files.iter().any(|file| known.is_named_anew_by(file));
        self.0.retain(|known| known.is_off && !is_old(known));
        self.0.extend(files);
    }

    /// What is off, for a draft.
    pub(crate) fn to_draft(&self) -> Vec<FileLeftOut> {
        let off = self.0.iter().filter(|known| known.is_off);
        off.map(|known| known.file.clone()).collect()
    }

    /// Adds what was off in a draft.
    pub(crate) fn add(&mut self, files: Vec<FileLeftOut>) {
        let off = |file| Known { file, is_off: true };
        self.0.extend(files.into_iter().map(off));
    }

    /// Adds what was switched off elsewhere: what was off once stays off.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// What stands there as it was, is as it was. All else is off where what was off means it too.
    fn has(&self, file: &FileLeftOut) -> bool {
        let as_it_was = |known: &&Known| known.file == *file;
        let off = || self.0.iter().filter(|known| known.is_off);
        if self.0.iter().any(|known| as_it_was(&known)) {
            return off().any(|known| as_it_was(&known));
        }
        off().any(|known| known.file.covers(file))
    }
}

impl Known {
    fn of(file: &ReportFile) -> Self {
        Self {
            file: file.into(),
            is_off: file.is_left_out(),
        }
    }

    /// Whether this file is noted in its place.
    fn is_named_anew_by(&self, Self { file, .. }: &Self) -> bool {
        let is_of_old_draft = self.file.origin.is_empty();
        self.file.origin == file.origin || (is_of_old_draft && self.file.covers(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, origin: &str, sha256: &str) -> FileLeftOut {
        FileLeftOut {
            path: path.to_owned(),
            sha256: sha256.to_owned(),
            origin: origin.to_owned(),
        }
    }

    fn known(path: &str, origin: &str, sha256: &str, is_off: bool) -> Known {
        let file = file(path, origin, sha256);
        Known { file, is_off }
    }

    #[test]
    fn a_log_that_grows_stays_off_and_another_does_not() {
        let before = LeftOut(vec![
            known("logs/now.log", "main", "aa", true),
            known("logs/now-2.log", "gpu", "00", false),
        ]);
        assert!(
            before.has(&file("logs/now-2.log", "main", "bb")),
            "under any name"
        );
        assert!(!before.has(&file("logs/now.log", "gpu", "00")));
        assert!(!before.has(&file("logs/now.log", "gpu", "11")));
        assert!(!before.has(&file("logs/other.log", "other", "aa")));
    }

    #[test]
    fn of_two_files_that_are_alike_only_the_one_stays_off() {
        let log = |number| (format!("logs/{number}.log"), format!("log {number}"));
        let picture = |number| (format!("screenshots/{number}.png"), "picture".to_owned());
        for [(one, of_one), (other, of_other)] in [[log(1), log(2)], [picture(1), picture(2)]] {
            let before = LeftOut(vec![
                known(&one, &of_one, "aa", true),
                known(&other, &of_other, "aa", false),
            ]);
            assert!(before.has(&file(&one, &of_one, "aa")));
            assert!(!before.has(&file(&other, &of_other, "aa")));
        }
        let mut before = LeftOut(vec![known("logs/1.log", "log 1", "aa", true)]);
        before.note_files(vec![
            known("logs/1.log", "log 1", "aa", true),
            known("logs/2.log", "log 2", "aa", false),
        ]);
        let mut after = LeftOut::default();
        after.add(before.to_draft());
        assert!(after.has(&file("logs/1.log", "log 1", "aa")));
        assert!(!after.has(&file("logs/2.log", "log 2", "aa")), "also in a draft");
    }

    #[test]
    fn what_is_switched_on_again_is_on_whatever_it_is_called() {
        let name = "attachments/report.txt";
        let mut before = LeftOut(vec![known(name, "mine", "aa", true)]);
        assert!(before.has(&file("attachments/report-2.txt", "mine", "bb")));
        assert!(
            !before.has(&file(name, "another", "aa")),
            "that one has its name now"
        );
        before.note_files(vec![known("attachments/report-2.txt", "mine", "aa", false)]);
        assert!(!before.has(&file(name, "mine", "bb")));
    }

    #[test]
    fn a_draft_of_an_earlier_version_is_read() {
        let mut before = LeftOut::default();
        before.add(vec![file("logs/app.log", "", "aa"), file("", "", "dd")]);
        assert!(before.has(&file("logs/app.log", "log", "ee")));
        assert!(before.has(&file("logs/app.log.1", "log.1", "aa")));
        assert!(before.has(&file("screenshots/1.png", "picture", "dd")));
        assert!(!before.has(&file("logs/other.log", "other", "bb")));
        before.note_files(vec![known("logs/app.log", "log", "ff", false)]);
        assert!(
            !before.has(&file("logs/app.log", "log", "00")),
            "it was switched on again"
        );
    }

    #[test]
    fn what_was_off_once_stays_off() {
        let mut before = LeftOut(vec![known("logs/app.log", "log", "aa", true)]);
        before.extend(LeftOut(vec![known("logs/app.log", "log", "aa", false)]));
        assert!(before.has(&file("logs/app.log", "log", "aa")));
    }
}
