//! What the person has switched off, found again when the evidence is collected anew. Pure.

use feedback_sdk::{FileLeftOut, Report, ReportFile};

/// Which files are not to be sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct LeftOut(Vec<Known>);

/// A file as the person has seen it in the list.
#[derive(Debug, Clone)]
struct Known {
    /// Empty where it may be another's.
    path: String,
    sha256: String,
    is_off: bool,
}

impl LeftOut {
    /// Leaves out of a report that was collected anew what was off before.
    pub(crate) fn apply(&self, report: &mut Report) {
        let files: Vec<Known> = report.evidence().iter().map(Known::of).collect();
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

    /// A file was taken out: the names of attachments may be those of others from now on, and only what is in one tells
    /// it from another.
    pub(crate) fn forget_names(&mut self) {
        let attachments = self.0.iter_mut().filter(|known| known.is_in("attachments"));
        attachments.for_each(|known| known.path.clear());
    }

    /// What is off, for a draft. Pictures are numbered anew where it comes back.
    pub(crate) fn to_draft(&self) -> Vec<FileLeftOut> {
        let off = self.0.iter().filter(|known| known.is_off);
        let of_draft = off.map(|known| FileLeftOut {
            path: Some(&known.path)
                .filter(|_| !known.is_in("screenshots"))
                .cloned()
                .unwrap_or_default(),
            sha256: known.sha256.clone(),
        });
        of_draft.collect()
    }

    /// Adds what was off in a draft.
    pub(crate) fn add(&mut self, files: Vec<FileLeftOut>) {
        self.0.extend(files.into_iter().map(|file| Known {
            path: file.path,
            sha256: file.sha256,
            is_off: true,
        }));
    }

    /// Adds what was switched off elsewhere: what was off once stays off.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// What stands there as it was, is as it was. All else is off where it has the name or the content of what was off: a
    /// log keeps its name while it grows, and its content while it is rotated.
    fn has(&self, file: &Known) -> bool {
        let as_it_was = |known: &&Known| known.path == file.path && known.has_content_of(file);
        let off = || self.0.iter().filter(|known| known.is_off);
        if self.0.iter().any(|known| as_it_was(&known)) {
            return off().any(|known| as_it_was(&known));
        }
        off().any(|known| known.has_name_of(file) || known.has_content_of(file))
    }
}

impl Known {
    fn of(file: &ReportFile) -> Self {
        Self {
            path: file.path().to_owned(),
            sha256: file.sha256().to_owned(),
            is_off: file.is_left_out(),
        }
    }

    fn is_in(&self, folder: &str) -> bool {
        self.path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether this file is noted in its place.
    fn is_named_anew_by(&self, file: &Self) -> bool {
        self.has_name_of(file) || (self.path.is_empty() && self.has_content_of(file))
    }

    /// Pictures are numbered: where the last one is taken out, the next that comes has its name.
    fn has_name_of(&self, file: &Self) -> bool {
        self.path == file.path && (!file.is_in("screenshots") || self.has_content_of(file))
    }

    fn has_content_of(&self, file: &Self) -> bool {
        self.sha256 == file.sha256
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(path: &str, sha256: &str, is_off: bool) -> Known {
        Known {
            path: path.to_owned(),
            sha256: sha256.to_owned(),
            is_off,
        }
    }

    fn is_off(before: [Known; 2], path: &str, sha256: &str) -> bool {
        LeftOut(before.into()).has(&known(path, sha256, false))
    }

    #[test]
    fn a_log_that_grows_or_is_rotated_stays_off_and_another_does_not() {
        let off = |path, sha256| {
            let before = [
                known("logs/app.log", "aa", true),
                known("logs/app.log.1", "00", false),
            ];
            is_off(before, path, sha256)
        };
        assert!(off("logs/app.log", "bb"));
        assert!(off("logs/app.log.1", "aa"));
        assert!(!off("logs/app.log.1", "00"));
        assert!(!off("logs/other.log", "bb"));
    }

    #[test]
    fn of_two_files_that_are_alike_only_the_one_stays_off() {
        for (one, other) in [
            ("logs/1.log", "logs/2.log"),
            ("screenshots/1.png", "screenshots/2.png"),
        ] {
            let before = || [known(one, "aa", true), known(other, "aa", false)];
            assert!(is_off(before(), one, "aa"));
            assert!(!is_off(before(), other, "aa"));
        }
    }

    #[test]
    fn a_picture_is_known_by_what_it_shows() {
        let before = || {
            [
                known("screenshots/1.png", "00", false),
                known("screenshots/2.png", "aa", true),
            ]
        };
        assert!(is_off(before(), "screenshots/1.png", "aa"));
        assert!(!is_off(before(), "screenshots/2.png", "bb"));
    }

    #[test]
    fn an_attachment_stays_off_while_it_changes_and_one_that_gets_its_name_does_not() {
        let name = "attachments/report.txt";
        let mut before = LeftOut(vec![known(name, "aa", true)]);
        assert!(
            before.has(&known(name, "bb", false)),
            "it is sent as it is, or grows"
        );
        before.forget_names();
        assert!(!before.has(&known(name, "bb", false)));
        assert!(before.has(&known(name, "aa", false)));

        before.note_files(vec![known(name, "aa", false)]);
        before.forget_names();
        assert!(!before.has(&known(name, "aa", false)), "it was switched on again");
    }

    #[test]
    fn what_is_off_comes_back_with_a_draft() {
        let mut before = LeftOut(vec![
            known("logs/app.log", "aa", true),
            known("logs/other.log", "bb", false),
            known("attachments/report.txt", "cc", true),
            known("screenshots/2.png", "dd", true),
        ]);
        before.forget_names();
        let mut after = LeftOut::default();
        after.add(before.to_draft());
        let has = |path, sha256| after.has(&known(path, sha256, false));
        assert!(has("logs/app.log", "ee") && has("logs/app.log.1", "aa"));
        assert!(!has("logs/other.log", "bb"));
        assert!(has("attachments/report-2.txt", "cc") && !has("attachments/report.txt", "ee"));
        assert!(has("screenshots/1.png", "dd") && !has("screenshots/2.png", "ee"));
    }

    #[test]
    fn what_was_off_once_stays_off() {
        let mut before = LeftOut(vec![known("logs/app.log", "aa", true)]);
        before.extend(LeftOut(vec![known("logs/app.log", "aa", false)]));
        assert!(before.has(&known("logs/app.log", "aa", false)));
    }
}
