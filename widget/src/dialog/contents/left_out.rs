//! What the person has switched off, found again when the evidence is collected anew. Pure.

use feedback_sdk::{FileKind, ReportFile};

/// Files that are not to be sent.
#[derive(Debug, Default)]
pub(crate) struct LeftOut(Vec<Known>);

/// By what a file is known again.
#[derive(Debug, PartialEq, Eq)]
struct Known {
    path: String,
    sha256: String,
}

impl LeftOut {
    pub(crate) fn set(&mut self, file: &ReportFile, leave_out: bool) {
        self.0
            .retain(|known| !known.is(file.kind(), file.path(), file.sha256()));
        if leave_out {
            self.0.push(Known {
                path: file.path().to_owned(),
                sha256: file.sha256().to_owned(),
            });
        }
    }

    pub(crate) fn has(&self, file: &ReportFile) -> bool {
        let mut known = self.0.iter();
        known.any(|known| known.is(file.kind(), file.path(), file.sha256()))
    }

    /// Adds what was switched off elsewhere: what was off once stays off.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl Known {
    /// A log keeps its name while it grows, and its content while it is rotated. Pictures are numbered: where the last
    /// one is taken out, the next that comes has its name.
    fn is(&self, kind: FileKind, path: &str, sha256: &str) -> bool {
        self.sha256 == sha256 || (self.path == path && kind != FileKind::Screenshot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_grows_or_is_rotated_stays_off_and_another_picture_does_not() {
        let known = |path: &str| Known {
            path: path.to_owned(),
            sha256: "aa".to_owned(),
        };
        let log = known("logs/app.log");
        assert!(log.is(FileKind::Log, "logs/app.log", "bb"));
        assert!(log.is(FileKind::Log, "logs/app.log.1", "aa"));
        assert!(!log.is(FileKind::Log, "logs/other.log", "bb"));
        let picture = known("screenshots/2.png");
        assert!(picture.is(FileKind::Screenshot, "screenshots/1.png", "aa"));
        assert!(!picture.is(FileKind::Screenshot, "screenshots/2.png", "bb"));
    }
}
