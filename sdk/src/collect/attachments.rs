//! The files a person chose: taken with secrets in texts masked, or refused with a sentence. Piece by piece, so that a
//! large one takes no more memory than a small one.

mod parts;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::deadline::{Folders, Source, Unfinished};
use super::masked_file::PackedFile;
use super::rewrite::Form;
use super::{Gathering, last_name};
use crate::draft::Attachment;
use crate::error::AttachmentProblem;
use crate::report::origin::Origin;
use crate::report::{FileKind, GapReason, Treatment};
use parts::{End, Part, Parts};

/// Takes every file that can be taken; the others come back with their problem and are gaps.
pub(crate) fn gather(
    attachments: &[Attachment],
    limit: u64,
    gathering: &mut Gathering,
) -> Vec<(PathBuf, AttachmentProblem)> {
    let mut problems = Vec::new();
    for attachment in attachments {
        if let Err(problem) = take(attachment, limit, gathering) {
            let name = last_name(attachment.path());
            gathering.gap(&format!("attachment {name}"), problem.clone());
            problems.push((attachment.path().to_owned(), problem));
        }
    }
    problems
}

fn take(attachment: &Attachment, limit: u64, gathering: &mut Gathering) -> Result<(), AttachmentProblem> {
    let (path, masked) = (attachment.path(), attachment.masked);
    let name = last_name(path);
    let mut parts = Parts::of(path, limit, masked)?;
    let mut form = Form::Bytes;
    let (packed, end) = loop {
        match pack(&name, form, &mut parts, gathering)? {
            Packed::Whole(packed, end) => break (packed, end),
            Packed::Other(other) => form = other,
        }
    };
    let file = gathering.add_packed(FileKind::Attachment, &name, packed);
    file.original_bytes = end.bytes;
    file.treatment = match form {
        _ if !masked => Treatment::AsItIs,
        _ if end.is_bare => Treatment::Bare,
        Form::Bytes => Treatment::NoText,
        Form::Utf8 | Form::Utf16(_) | Form::OneByte => Treatment::Masked,
    };
    file.origin = Origin::of_attached(path);
    file.attached_from = Some(path.to_owned());
    Ok(())
}

enum Packed {
    /// The whole file, and what was told at its end.
    Whole(PackedFile, End),
    /// It is of another form.
    Other(Form),
}

fn pack(
    name: &str,
    form: Form,
    parts: &mut Parts,
    gathering: &mut Gathering,
) -> Result<Packed, AttachmentProblem> {
    let mut file = gathering.begin(name, form);
    loop {
        let taken = match parts.next()? {
            Part::As(other) => return Ok(Packed::Other(other)),
            Part::Text(text) => file.text(&text),
            Part::Bytes(bytes) => file.bytes(&bytes),
            Part::End(end) => {
                let packed = file.finish().map_err(|error| problem(&error))?;
                return Ok(Packed::Whole(packed, end));
            }
        };
        taken.map_err(|error| problem(&error))?;
    }
}

/// How long a file may give nothing: one on a network mount whose server is gone would hold up all delivery. A log is
/// not worth so long, so what was said of its folder does not hold here.
const PATIENCE: Duration = Duration::from_secs(30);
static FOLDERS: Folders = Folders::new();

/// Looks at a file without reading it: its size in bytes, or why it cannot be attached.
pub(crate) fn check(path: &Path, limit: u64) -> Result<u64, AttachmentProblem> {
    in_time(path, PATIENCE, move |path| look(path, limit))
}

/// The whole file as it is, at most `limit` bytes; no more than its beginning where that is not of this kind.
pub(super) fn read(
    path: &Path,
    limit: u64,
    is_kind: fn(&[u8]) -> bool,
) -> Result<Vec<u8>, AttachmentProblem> {
    let mut parts = Parts::of(path, limit, false)?;
    let mut content = Vec::new();
    loop {
        match parts.next()? {
            Part::Bytes(mut bytes) => {
                content.append(&mut bytes);
                if !is_kind(&content) {
                    return Ok(content);
                }
            }
            Part::End(_) => return Ok(content),
            Part::As(_) | Part::Text(_) => {}
        }
    }
}

fn disk(path: &Path) -> Source {
    FOLDERS.source(path.parent().unwrap_or(path))
}

fn unread(_: Unfinished) -> AttachmentProblem {
    let why = "its disk does not answer; copy the file to this computer first";
    AttachmentProblem::Unreadable(why.to_owned())
}

fn in_time<T: Send + 'static>(
    path: &Path,
    patience: Duration,
    work: impl FnOnce(&Path) -> Result<T, AttachmentProblem> + Send + 'static,
) -> Result<T, AttachmentProblem> {
    let (disk, path) = (disk(path), path.to_owned());
    disk.within(patience, move || work(&path)).map_err(unread)?
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

fn problem(error: &io::Error) -> AttachmentProblem {
    match error.kind() {
        io::ErrorKind::NotFound => AttachmentProblem::Gone,
        io::ErrorKind::IsADirectory => AttachmentProblem::NotAFile,
        io::ErrorKind::StorageFull => AttachmentProblem::NoRoom,
        _ => AttachmentProblem::Unreadable(GapReason::from(error).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::super::encoding::Encoding;
    use super::parts::PIECE;
    use super::*;
    use crate::redact::Masks;

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
            assert_eq!(read(&large, limit, |_| true).unwrap().len(), 3_000_001);
        }
        let start = read(&large, u64::MAX, |bytes| bytes.starts_with(b"x")).unwrap();
        assert_eq!(start.len() as u64, PIECE, "the rest is of no use");
    }

    #[test]
    fn a_file_of_any_form_and_size_is_masked_as_the_text_it_holds() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("notes.txt");
        let line = "день 😀 anna@example.org wrote password=correct7horse, to anna@example.org\n";
        let text = "\u{feff}".to_owned() + &line.repeat(6000);
        let western = line.replace("день 😀", "gr\u{fc}\u{df}e").repeat(6000);
        let ascii = line.replace("день 😀", "day").repeat(6000);
        let after_power_cut = text.clone() + &"\0".repeat(700_001) + &text;
        let document = "%PDF-1.7\n".to_owned() + &ascii;
        let (little, big) = (Form::Utf16(Encoding::Utf16Le), Form::Utf16(Encoding::Utf16Be));
        for (form, text, more) in [
            (Form::Utf8, &text, &b""[..]),
            (little, &text, b"x"),
            (big, &text, b""),
            (Form::OneByte, &western, b""),
            (Form::OneByte, &ascii, b"\xff"),
            (Form::Utf8, &ascii, b"\x01"),
            (Form::OneByte, &ascii, b"\xff\0x"),
            (Form::Bytes, &document, b"\xff\0x"),
            (Form::Utf8, &after_power_cut, b"\0\0"),
        ] {
            let bytes = |text: &str| [&form.encode(text), more].concat();
            fs::write(&path, bytes(text)).unwrap();
            for masked in [true, false] {
                let mut gathering = Gathering::new(Masks::for_this_machine());
                let mut attachment = Attachment::from(&*path);
                attachment.masked = masked;
                assert_eq!(gather(&[attachment], 10_000_000, &mut gathering), []);
                let hidden = masked && form != Form::Bytes;
                let mut expected = text.clone();
                if hidden {
                    expected = expected.replace("anna@example.org", "[email-1]");
                    expected = expected.replace("correct7horse", "[secret-1]");
                }
                let file = &gathering.files[0];
                assert!(file.content().unwrap() == bytes(&expected), "{form:?}");
                assert_eq!(file.original_bytes, fs::metadata(&path).unwrap().len());
                let addresses = text.matches("anna@example.org").count() as u64;
                assert_eq!(file.masked.get("email"), hidden.then_some(&addresses));
                let treatment = match (masked, hidden) {
                    (true, true) => Treatment::Masked,
                    (true, false) => Treatment::NoText,
                    (false, _) => Treatment::AsItIs,
                };
                assert_eq!(file.treatment, treatment, "{form:?}");
            }
        }
    }

    #[test]
    fn a_photo_tells_what_is_seen_unless_the_person_wants_it_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("IMG_0001.jpg");
        let segment = |marker: u8, data: &[u8]| {
            let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
            [&[0xff, marker], &length[..], data].concat()
        };
        let place = segment(0xe1, b"Exif\0\0II*\0 52.5163 N 13.3777 E");
        let seen = [segment(0xc0, &[1; 9]), segment(0xda, &[0; 6]), vec![7; 700_001]].concat();
        let photo = |before: &[u8]| [&[0xff, 0xd8], before, &seen, &[0xff, 0xd9]].concat();
        let broken = photo(&[b"\xff\xe1\0\0 and ", &place[..]].concat());
        let no_photo = [&[0xff, 0xd8], &place[..], &vec![1; 700_001]].concat();
        for (file, masked, expected, treatment) in [
            (photo(&place), true, photo(b""), Treatment::Bare),
            (photo(&place), false, photo(&place), Treatment::AsItIs),
            (photo(b""), true, photo(b""), Treatment::NoText),
            (broken, true, photo(b""), Treatment::Bare),
            (no_photo.clone(), true, no_photo, Treatment::NoText),
        ] {
            fs::write(&path, &file).unwrap();
            let mut gathering = Gathering::new(Masks::for_this_machine());
            let mut attachment = Attachment::from(&*path);
            attachment.masked = masked;
            assert_eq!(gather(&[attachment], 1_000_000, &mut gathering), []);
            let taken = &gathering.files[0];
            assert!(taken.content().unwrap() == expected, "{treatment:?}");
            assert_eq!(taken.original_bytes, file.len() as u64);
            assert_eq!(taken.treatment, treatment);
            let too_large = gather(&[path.clone().into()], 600_000, &mut gathering);
            assert!(matches!(too_large[0].1, AttachmentProblem::TooLarge { .. }));
        }
    }

    #[test]
    fn colours_and_controls_hide_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("terminal.txt");
        let text = "$ \u{7}\u{1b}[3mpassword\u{1b}[0m\u{1b}[2m=\u{1b}[0mhunter2x\n";
        fs::write(&path, text).unwrap();
        let mut gathering = Gathering::new(Masks::for_this_machine());
        assert_eq!(gather(&[path.into()], 1000, &mut gathering), []);
        let content = gathering.files[0].content().unwrap();
        assert_eq!(str::from_utf8(&content), Ok("$ \u{7}password=[secret-1]\n"));
    }

    #[test]
    fn a_disk_that_does_not_answer_is_a_sentence() {
        let (never, wait) = channel::<()>();
        let stalled = in_time(Path::new("x"), Duration::from_millis(1), move |_| {
            let _ = wait.recv();
            Ok(())
        });
        drop(never);
        let problem = stalled.unwrap_err().to_string();
        assert!(problem.contains("does not answer"), "{problem}");
    }
}
