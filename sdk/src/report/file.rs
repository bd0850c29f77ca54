//! One file of a report: its bytes as they will leave, and what was done to it on its way in.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::marks::Marks;
use super::origin::Origin;
use crate::pack::Content;
use crate::picture;
use crate::redact::MaskCounts;

/// Where a file of the report comes from; decides its folder in the zip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FileKind {
    /// `message.txt`: the person's words.
    Message,
    /// `system.json`: facts about machine and app.
    System,
    /// `logs/…`: a log file of the app, masked.
    Log,
    /// `screenshots/…`: a picture.
    Screenshot,
    /// `attachments/…`: a file the person chose, masked if it is a text and they did not say otherwise.
    Attachment,
}

/// Which end of a file was cut off to keep to the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cut {
    /// The file is whole.
    None,
    /// Older lines are missing; the newest are here. The very first lines of a long log may be here too: a line of
    /// ours marks the cut.
    Head,
    /// The end is missing.
    Tail,
}

/// What was done to hide what is private in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Treatment {
    /// What the rules find in it is hidden: see [`ReportFile::masked`].
    Masked,
    /// What a picture tells beside what is seen of it (place, time, device, owner, texts, small copies) is left out: a JPEG,
    /// PNG or WebP that was attached. Its colour profile stays, which may name the display or the camera that it is of.
    Bare,
    /// Nothing: it is no text, such as a film or an archive, so the rules find nothing in it. A photo of another kind, such as
    /// HEIC, keeps its place and time.
    NoText,
    /// Nothing: the person wants it so. It is their own words, or a file of which they said so
    /// ([`Attachment::as_it_is`](crate::Attachment::as_it_is)).
    AsItIs,
    /// Nothing: the app's maker has switched every rule off ([`Masking::without`](crate::Masking::without)).
    NoRules,
}

/// One file as it will stand in the zip. Cheap to clone.
#[derive(Clone)]
pub struct ReportFile {
    pub(crate) path: String,
    pub(crate) kind: FileKind,
    pub(crate) content: Content,
    pub(crate) original_bytes: u64,
    pub(crate) cut: Cut,
    pub(crate) treatment: Treatment,
    pub(crate) masked: MaskCounts,
    pub(crate) is_left_out: bool,
    /// Whether it came with [`Report::crash`].
    pub(crate) is_of_crash: bool,
    pub(crate) attached_from: Option<PathBuf>,
    pub(crate) origin: Origin,
}

impl fmt::Debug for ReportFile {
    /// Without its content, which a log must not hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportFile")
            .field("kind", &self.kind)
            .field("bytes", &self.content.bytes())
            .finish_non_exhaustive()
    }
}

impl ReportFile {
    /// A whole file in which nothing was masked.
    pub(crate) fn of(path: String, kind: FileKind, content: Content) -> Self {
        Self {
            origin: match kind {
                // They are numbered anew when one is taken out.
                FileKind::Screenshot => Origin::of(content.sha256().as_bytes()),
                _ => Origin::of(path.as_bytes()),
            },
            original_bytes: content.bytes(),
            content,
            cut: Cut::None,
            treatment: match kind {
                FileKind::System | FileKind::Log => Treatment::Masked,
                // Until an attachment turns out to be a text.
                FileKind::Screenshot | FileKind::Attachment => Treatment::NoText,
                FileKind::Message => Treatment::AsItIs,
            },
            masked: MaskCounts::new(),
            path,
            kind,
            is_left_out: false,
            is_of_crash: false,
            attached_from: None,
        }
    }

    /// Where it stands in the zip, such as `logs/app.log`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it is.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// How many bytes it has, as they will be sent: masked and cut.
    pub fn bytes(&self) -> u64 {
        self.content.bytes()
    }

    /// The bytes as they will be sent, unpacked into memory: not for a thread that draws. An error where the disk that
    /// keeps a large file fails.
    pub fn content(&self) -> io::Result<Vec<u8>> {
        let mut content = Vec::with_capacity(usize::try_from(self.bytes()).unwrap_or_default());
        self.reader().read_to_end(&mut content)?;
        Ok(content)
    }

    /// The same bytes, unpacked as they are read.
    pub fn reader(&self) -> impl Read + '_ {
        self.content.reader()
    }

    /// Lower-case hex of the SHA-256 of [`content`](Self::content).
    pub fn sha256(&self) -> &str {
        self.content.sha256()
    }

    /// How large the file was before cutting and masking, in bytes.
    pub fn original_bytes(&self) -> u64 {
        self.original_bytes
    }

    /// Which end is missing.
    pub fn cut(&self) -> Cut {
        self.cut
    }

    /// What was done to hide what is private in it.
    pub fn treatment(&self) -> Treatment {
        self.treatment
    }

    /// How many masks of each rule stand in it, such as `[email-1]` of `email`.
    pub fn masked(&self) -> &MaskCounts {
        &self.masked
    }

    /// Counts the masks anew that stand in it, of the rules that are said to have hidden something: after it was cut.
    pub(crate) fn recount(&mut self) -> io::Result<()> {
        let mut marks = Marks::of([&self.masked]);
        io::copy(&mut self.reader(), &mut marks)?;
        self.masked = marks.finish();
        Ok(())
    }

    /// Width, height and straight RGBA, where the content is a PNG, or with the feature `jpeg` a photo (JPEG), the right
    /// way up. `None` for all else, and for a picture larger than three 8K monitors.
    ///
    /// Takes some 40 ms for a 4K picture, and a tenth of a second for a photo of 12 million pixels: not for a thread that
    /// draws.
    pub fn rgba(&self) -> Option<(u32, u32, Vec<u8>)> {
        let mut start = [0; 8];
        self.reader().read_exact(&mut start).ok()?;
        picture::is_seen(&start).then(|| picture::seen(&self.content().ok()?))?
    }

    /// The file on this machine that it was made from, where it is an attachment. Not sent.
    pub fn attached_from(&self) -> Option<&Path> {
        self.attached_from.as_deref()
    }

    /// Whether the person has added it, or the app for them: a picture, an attachment.
    pub(crate) fn is_chosen(&self) -> bool {
        matches!(self.kind, FileKind::Screenshot | FileKind::Attachment)
    }

    /// Whether the person has left it out: see [`Report::leave_out`](super::Report::leave_out).
    pub fn is_left_out(&self) -> bool {
        self.is_left_out
    }
}
