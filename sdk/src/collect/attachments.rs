//! The files a person chose: taken with secrets in texts masked, or refused with a sentence.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::deadline::Folders;
use super::{Gathering, last_name, rewrite};
use crate::draft::Attachment;
use crate::error::AttachmentProblem;
use crate::redact::MaskCounts;
use crate::report::{FileKind, GapReason};

/// Takes every file that can be taken; the others come back with their problem and are gaps.
pub(crate) fn gather(
    attachments: &[Attachment],
    limit: u64,
    gathering: &mut Gathering,
) -> Vec<(PathBuf, AttachmentProblem)> {
    let mut problems = Vec::new();
    for Attachment { path, masked } in attachments {
        let name = last_name(path);
        match read(path, limit) {
            Ok(content) => {
                let original = content.len() as u64;
                let mut counts = MaskCounts::new();
                let content = if *masked {
                    mask(content, gathering, &mut counts)
                } else {
                    content
                };
                if let Some(file) = gathering.add(FileKind::Attachment, &name, [&content]) {
                    file.original_bytes = original;
                    file.masked = counts;
                    file.attached_from = Some(path.clone());
                }
            }
            Err(problem) => {
                gathering.gap(&format!("attachment {name}"), problem.clone());
                problems.push((path.clone(), problem));
            }
        }
    }
    problems
}

/// Masks what is text.
fn mask(content: Vec<u8>, gathering: &mut Gathering, counts: &mut MaskCounts) -> Vec<u8> {
    rewrite::words(content, |text| {
        let masked;
        (masked, *counts) = gathering.mask_file(text);
        (!counts.is_empty()).then_some(masked)
    })
}

/// How long a file may take: one on a network mount whose server is gone would hold up all delivery.
const PATIENCE: Duration = Duration::from_secs(30);

static FOLDERS: Folders = Folders::new();

/// Looks at a file without reading it: its size in bytes, or why it cannot be attached.
pub(crate) fn check(path: &Path, limit: u64) -> Result<u64, AttachmentProblem> {
    in_time(path, PATIENCE, move |path| look(path, limit))
}

/// The whole file, at most `limit` bytes.
pub(super) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, AttachmentProblem> {
    in_time(path, PATIENCE, move |path| read_whole(path, limit))
}

fn in_time<T: Send + 'static>(
    path: &Path,
    patience: Duration,
    work: impl FnOnce(&Path) -> Result<T, AttachmentProblem> + Send + 'static,
) -> Result<T, AttachmentProblem> {
    let disk = FOLDERS.source(path.parent().unwrap_or(path));
    let path = path.to_owned();
    let why = "its disk does not answer; copy the file to this computer first";
    disk.within(patience, move || work(&path))
        .unwrap_or_else(|_| Err(AttachmentProblem::Unreadable(why.to_owned())))
}

fn look(path: &Path, limit: u64) -> Result<u64, AttachmentProblem> {
    let facts = fs::metadata(path).map_err(|error| problem(&error))?;
    if !facts.is_file() {
        return Err(AttachmentProblem::NotAFile);
    }
    if facts.len() > limit {
        return Err(AttachmentProblem::TooLarge {
            bytes: facts.len(),
            limit,
        });
    }
    Ok(facts.len())
}

fn read_whole(path: &Path, limit: u64) -> Result<Vec<u8>, AttachmentProblem> {
    look(path, limit)?;
    let file = File::open(path).map_err(|error| problem(&error))?;
    let mut content = Vec::new();
    // It may have grown since the look; one byte over the limit tells.
    file.take(limit.saturating_add(1))
        .read_to_end(&mut content)
        .map_err(|error| problem(&error))?;
    let bytes = content.len() as u64;
    if bytes > limit {
        return Err(AttachmentProblem::TooLarge { bytes, limit });
    }
    Ok(content)
}

fn problem(error: &io::Error) -> AttachmentProblem {
    match error.kind() {
        io::ErrorKind::NotFound => AttachmentProblem::Gone,
        io::ErrorKind::IsADirectory => AttachmentProblem::NotAFile,
        _ => AttachmentProblem::Unreadable(GapReason::from(error).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_has_its_own_sentence() {
        let dir = tempfile::tempdir().unwrap();
        let large = dir.path().join("large.bin");
        fs::write(&large, vec![0; 3_000_001]).unwrap();
        assert_eq!(check(&dir.path().join("gone"), 10), Err(AttachmentProblem::Gone));
        assert_eq!(check(dir.path(), 10), Err(AttachmentProblem::NotAFile));
        assert_eq!(
            check(&large, 2_000_000).unwrap_err().to_string(),
            "This file is too large: 4 MB, the limit is 2 MB."
        );
        for limit in [4_000_000, u64::MAX] {
            assert_eq!(read(&large, limit).unwrap().len(), 3_000_001);
        }
    }

    #[test]
    fn a_disk_that_does_not_answer_is_a_sentence() {
        let (never, wait) = std::sync::mpsc::channel::<()>();
        let stalled = in_time(Path::new("x"), Duration::from_millis(1), move |_| {
            let _ = wait.recv();
            Ok(())
        });
        drop(never);
        let problem = stalled.unwrap_err().to_string();
        assert!(problem.contains("does not answer"), "{problem}");
    }
}
