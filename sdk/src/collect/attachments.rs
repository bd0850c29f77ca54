//! The files a person chose: taken with secrets in texts masked, or refused with a sentence. Piece by piece, so that a
//! large one takes no more memory than a small one.

use std::fs;
use std::io::{self, Seek as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::deadline::{Folders, Running, Source, Unfinished};
use super::encoding::Encoding;
use super::escapes::Escapes;
use super::masked_file::PackedFile;
use super::pulse::{Pulse, Watched};
use super::rewrite::Form;
use super::{Gathering, last_name};
use crate::draft::Attachment;
use crate::error::AttachmentProblem;
use crate::report::{FileKind, GapReason, Treatment};

/// Takes every file that can be taken; the others come back with their problem and are gaps.
pub(crate) fn gather(
    attachments: &[Attachment],
    limit: u64,
    gathering: &mut Gathering,
) -> Vec<(PathBuf, AttachmentProblem)> {
    let mut problems = Vec::new();
    for attachment in attachments {
        if let Err(problem) = take(attachment, limit, gathering) {
            let name = last_name(&attachment.path);
            gathering.gap(&format!("attachment {name}"), problem.clone());
            problems.push((attachment.path.clone(), problem));
        }
    }
    problems
}

fn take(attachment: &Attachment, limit: u64, gathering: &mut Gathering) -> Result<(), AttachmentProblem> {
    let Attachment { path, masked } = attachment;
    let name = last_name(path);
    let mut parts = Parts::of(path, limit, *masked)?;
    let mut form = Form::Bytes;
    let (packed, original) = loop {
        match pack(&name, form, &mut parts, gathering)? {
            Packed::Whole(packed, original) => break (packed, original),
            Packed::Other(other) => form = other,
        }
    };
    let file = gathering.add_packed(FileKind::Attachment, &name, packed);
    file.original_bytes = original;
    file.treatment = match form {
        _ if !*masked => Treatment::AsItIs,
        Form::Bytes => Treatment::NoText,
        Form::Utf8 | Form::Utf16(_) | Form::OneByte => Treatment::Masked,
    };
    file.attached_from = Some(path.clone());
    Ok(())
}

enum Packed {
    /// The whole file, and its bytes as they were.
    Whole(PackedFile, u64),
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
            Part::End(original) => {
                let packed = file.finish().map_err(|error| problem(&error))?;
                return Ok(Packed::Whole(packed, original));
            }
        };
        taken.map_err(|error| problem(&error))?;
    }
}

/// How long a file may give nothing: one on a network mount whose server is gone would hold up all delivery. A log is
/// not worth so long, so what was said of its folder does not hold here.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long one that comes, but slowly, is waited for, and how much longer for each [`PIECE`] of it: 128 KB a second.
const LONG: Duration = Duration::from_mins(1);
const LONGER: Duration = Duration::from_secs(2);

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

/// What is told of a file, in this order.
enum Part {
    /// It is of this form. What was told before does not count.
    As(Form),
    Text(String),
    /// What is no text.
    Bytes(Vec<u8>),
    /// It had so many bytes.
    End(u64),
}

/// A file that is read on a thread of its own.
struct Parts {
    running: Running<Result<Part, AttachmentProblem>>,
    pulse: Pulse,
    /// How long the rest may be waited for.
    patience: Duration,
}

impl Parts {
    fn of(path: &Path, limit: u64, as_text: bool) -> Result<Self, AttachmentProblem> {
        let (path, pulse) = (path.to_owned(), Pulse::new());
        let beating = pulse.clone();
        let running = disk(&path).start_parts(PATIENCE, move |parts| {
            let mut tell = |part| parts.send(Ok(part)).is_ok();
            if let Err(problem) = read_parts(&path, limit, as_text, &beating, &mut tell) {
                let _ = parts.send(Err(problem));
            }
        });
        Ok(Self {
            running: running.map_err(unread)?,
            pulse,
            patience: LONG,
        })
    }

    fn next(&mut self) -> Result<Part, AttachmentProblem> {
        let next = self.running.next_while(&self.pulse, PATIENCE, &mut self.patience);
        let part = next
            .and_then(|part| part.ok_or(Unfinished::TooSlow))
            .map_err(unread)??;
        if !matches!(part, Part::As(_)) {
            self.patience += LONGER;
        }
        Ok(part)
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

/// So much is read at once.
const PIECE: u64 = 256 << 10;

/// Tells a file in parts. Ends where `tell` answers that nobody listens any more.
fn read_parts(
    path: &Path,
    limit: u64,
    as_text: bool,
    pulse: &Pulse,
    tell: &mut dyn FnMut(Part) -> bool,
) -> Result<(), AttachmentProblem> {
    look(path, limit)?;
    let mut file = Watched::open(path, pulse).map_err(|error| problem(&error))?;
    let mut form = Form::Bytes;
    if as_text {
        let mut start = Vec::new();
        file.read_up_to(Encoding::START, &mut start)
            .map_err(|error| problem(&error))?;
        form = Form::of(&start);
    }
    while let Some(other) = read_as(form, &mut file, limit, tell)? {
        form = other;
    }
    Ok(())
}

/// Tells a file in its form. Answers another one where the file turns out to be of that.
fn read_as(
    mut form: Form,
    file: &mut Watched,
    limit: u64,
    tell: &mut dyn FnMut(Part) -> bool,
) -> Result<Option<Form>, AttachmentProblem> {
    let mut goes_on = tell(Part::As(form));
    file.rewind().map_err(|error| problem(&error))?;
    let (mut bytes, mut rest, mut escapes) = (0, Vec::new(), Escapes::default());
    while goes_on {
        let read = file
            .read_up_to(PIECE, &mut rest)
            .map_err(|error| problem(&error))?;
        bytes += read;
        if bytes > limit {
            return Err(AttachmentProblem::TooLarge { bytes, limit }); // it has grown since the look
        }
        let mut text = String::new();
        if let Err(other) = form.decode(&mut rest, read == 0, &mut text) {
            return Ok(Some(other));
        }
        let mut plain = String::new();
        escapes.take_out(&text, read == 0, &mut plain);
        if !plain.is_empty() {
            goes_on = tell(Part::Text(plain));
        }
        if !rest.is_empty() && (read == 0 || form == Form::Bytes) {
            goes_on &= tell(Part::Bytes(std::mem::take(&mut rest)));
        }
        if read == 0 {
            tell(Part::End(bytes));
            break;
        }
    }
    Ok(None)
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
    use std::sync::mpsc::{SyncSender, channel};

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
    fn one_that_trickles_is_given_up_and_each_part_gives_it_longer() {
        let ((both, are_told), (over, end)) = (channel(), channel::<()>());
        let works = move |parts: &SyncSender<_>| {
            let _ = parts.send(Ok(Part::As(Form::Utf8)));
            let _ = parts.send(Ok(Part::Text("a".to_owned())));
            let _ = both.send(());
            let _ = end.recv();
        };
        let mut parts = Parts {
            running: Source::default().start_parts(LONG, works).unwrap(),
            pulse: Pulse::new(),
            patience: LONG,
        };
        are_told.recv().unwrap();
        assert!(matches!(parts.next(), Ok(Part::As(_))));
        assert!(parts.patience <= LONG, "a form is no part of the file");
        assert!(matches!(parts.next(), Ok(Part::Text(_))));
        assert!(parts.patience > LONG);
        // It shows that it goes on, and brings nothing.
        parts.patience = Duration::from_millis(1);
        assert!(matches!(parts.next(), Err(AttachmentProblem::Unreadable(_))));
        drop(over);
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
                let attachment = Attachment {
                    path: path.clone(),
                    masked,
                };
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
