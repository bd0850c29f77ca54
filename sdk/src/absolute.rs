//! What a path means when it is handed in, it means for good: an app may change its working directory, and so may a file
//! picker of the system's.

use std::path::{self, PathBuf};

/// The path from the root of its disk, as it is meant now. An empty one stays.
pub(crate) fn absolute(path: PathBuf) -> PathBuf {
    path::absolute(&path).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::FeedbackConfig;
    use crate::draft::Attachment;
    use crate::picture::{Picture, Pixels};
    use crate::report::crash::Crash;

    #[test]
    fn every_path_that_is_kept_is_from_the_root() {
        let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1");
        let config = config.log("logs/[a-z]*.log").spool_dir("reports");
        let attachments = [Attachment::from("a.txt"), Attachment::as_it_is("a.txt")];
        let here = std::env::current_dir().unwrap();
        assert_eq!(config.logs, [here.join("logs/[a-z]*.log")]);
        assert_eq!(config.folder(), Some(here.join("reports")));
        for attachment in attachments {
            assert_eq!(attachment.path(), here.join("a.txt"));
        }
        assert!(Picture::from_file("1.png").pixels == Pixels::File(here.join("1.png")));
        let crash = Crash::of_run(SystemTime::UNIX_EPOCH).with_dump("core.dmp");
        assert_eq!(crash.dump, Some(here.join("core.dmp")));
        assert_eq!(absolute(PathBuf::new()), PathBuf::new());
    }
}
