//! The hinge: everything that will leave the machine, as it will leave it.
//!
//! The window shows a [`Report`], the bundle is written from it, and nothing is added in between.

pub(crate) mod crash;
mod facts;
mod file;
mod gap;
pub(crate) mod left_out;
mod marks;
mod numbers;
pub(crate) mod origin;
pub(crate) mod system_info;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::SystemTime;

use crate::error::AttachmentProblem;
use crate::id::ReportId;
use crate::picture::PictureError;
use crate::redact::{MaskCounts, add_counts};
use crash::Crash;
pub(crate) use facts::{StoredFacts, Told};
pub use file::{Cut, FileKind, ReportFile, Treatment};
pub use gap::{Gap, GapReason};
use left_out::FileLeftOut;
use marks::Marks;
use system_info::SystemInfo;

/// What the app is, as it stands in every report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct AppInfo {
    pub(crate) name: String,
    pub(crate) version: String,
}

/// Everything that will leave the machine, collected and masked.
///
/// Made by [`FeedbackClient::prepare`](crate::FeedbackClient::prepare). Until it is submitted the
/// person's own words can still change; the rest stays as it was shown.
#[derive(Clone)]
pub struct Report {
    pub(crate) id: ReportId,
    pub(crate) created_at: SystemTime,
    pub(crate) app: AppInfo,
    pub(crate) message: String,
    pub(crate) reply_to: Option<String>,
    pub(crate) system: SystemInfo,
    pub(crate) context: BTreeMap<String, String>,
    pub(crate) crash: Option<Crash>,
    /// In place of these three, where it was read back from a bundle.
    pub(crate) stored: Option<StoredFacts>,
    pub(crate) evidence: Vec<ReportFile>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) masked: MaskCounts,
    pub(crate) attachment_problems: Vec<(PathBuf, AttachmentProblem)>,
    pub(crate) lost_pictures: Vec<(u64, PictureError)>,
    pub(crate) limit: Option<u64>,
}

impl fmt::Debug for Report {
    /// Without the person's words and what was collected, which a log must not hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report")
            .field("id", &self.id)
            .field("evidence", &self.evidence)
            .finish_non_exhaustive()
    }
}

/// What a report makes when it is sent or saved as it stands: see
/// [`FeedbackClient::bundle_info`](crate::FeedbackClient::bundle_info).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BundleInfo {
    /// The size of the zip, in bytes.
    pub bytes: u64,
    /// The size of `report.json` in it, in bytes.
    pub manifest_bytes: u64,
    /// The SHA-256 of the zip's bytes: those that are sent and saved, and of the server's receipt. Lower-case hex.
    pub sha256: String,
}

impl Report {
    /// Its name for life.
    pub fn id(&self) -> ReportId {
        self.id
    }

    /// The person's words.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Replaces the person's words, for text that was edited after preparing.
    pub fn set_message(&mut self, message: impl Into<String>) {
        self.message = message.into();
    }

    /// Replaces the address for the answer. A blank one counts as none.
    pub fn set_reply_to(&mut self, address: Option<String>) {
        self.reply_to = address
            .map(|address| address.trim().to_owned())
            .filter(|address| !address.is_empty());
    }

    /// The address for the answer.
    pub fn reply_to(&self) -> Option<&str> {
        self.reply_to.as_deref()
    }

    /// Facts about the machine. Not sent where [`system.json`](FileKind::System) is left out.
    pub fn system(&self) -> &SystemInfo {
        &self.system
    }

    /// Facts of the app, masked. Not sent where [`system.json`](FileKind::System) is left out.
    pub fn context(&self) -> &BTreeMap<String, String> {
        &self.context
    }

    /// How the last run of the app ended, masked, if the draft had it. Not sent where `logs/crash.txt` is left out.
    pub fn crash(&self) -> Option<&Crash> {
        self.crash.as_ref()
    }

    /// Every file but the person's words: the facts, logs, pictures, attachments, in the order of the zip. Also what the
    /// person has left out.
    pub fn evidence(&self) -> &[ReportFile] {
        &self.evidence
    }

    /// Counts the masks in all that will be sent: in the files, and in what the manifest alone says. The facts, which stand
    /// in both, count once.
    pub(crate) fn recount(&mut self) {
        let files = self.evidence.iter().map(|file| &file.masked);
        let mut marks = Marks::of(files.chain([&self.masked]));
        let paths: Vec<&str> = self.sent_evidence().map(ReportFile::path).collect();
        let said = (self.told_crash(), &self.gaps, paths);
        // Into memory, so it fails only where the manifest does too.
        let _ = serde_json::to_writer(&mut marks, &said);
        let mut masked = marks.finish();
        for file in self.sent_evidence() {
            add_counts(&mut masked, &file.masked);
        }
        self.masked = masked;
    }

    /// Leaves a file of the evidence out of what will be sent, or takes it in again. The report then says that the
    /// person left it out. What the manifest repeats of a file goes with it: without `logs/crash.txt` it tells of no crash,
    /// without `system.json` neither of the machine, its language included, nor the app's facts. The app's name and
    /// version stay, since no answer is possible without them. Returns whether there is such a file.
    pub fn leave_out(&mut self, path: &str, leave_out: bool) -> bool {
        let Some(file) = self.evidence.iter_mut().find(|file| file.path == path) else {
            return false;
        };
        if std::mem::replace(&mut file.is_left_out, leave_out) == leave_out {
            return true;
        }
        let gap = Gap {
            what: path.to_owned(),
            why: GapReason::LeftOut,
        };
        if leave_out {
            self.gaps.push(gap);
        } else {
            self.gaps.retain(|known| *known != gap);
        }
        self.recount();
        true
    }

    /// Leaves out what the person has left out before.
    pub(crate) fn leave_out_all(&mut self, known: &[FileLeftOut]) {
        let is_known = |file: &&ReportFile| {
            let file = FileLeftOut::from(*file);
            known.iter().any(|known| known.covers(&file))
        };
        let files = self.evidence.iter().filter(is_known);
        let paths: Vec<String> = files.map(|file| file.path.clone()).collect();
        for path in paths {
            self.leave_out(&path, true);
        }
    }

    /// The evidence that goes along.
    pub(crate) fn sent_evidence(&self) -> impl Iterator<Item = &ReportFile> {
        self.evidence.iter().filter(|file| !file.is_left_out)
    }

    /// The crash, where its text is not left out.
    pub(crate) fn sent_crash(&self) -> Option<&Crash> {
        let is_text = |file: &&ReportFile| file.is_of_crash && file.kind == FileKind::Log;
        let mut texts = self.evidence.iter().filter(is_text);
        let is_left_out = texts.any(|file| file.is_left_out);
        self.crash.as_ref().filter(|_| !is_left_out)
    }

    /// Forgets what is left out. It cannot be taken in again.
    pub(crate) fn forget_left_out(&mut self) {
        self.crash = self.sent_crash().cloned();
        self.evidence.retain(|file| !file.is_left_out);
    }

    /// What is missing and why.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// How many masks of each rule stand in all that will be sent: in its files, and in what the manifest says of a crash
    /// and the gaps. Its facts are those of `system.json`, and not counted again.
    pub fn masked(&self) -> &MaskCounts {
        &self.masked
    }

    /// Attachments that could not be taken, each with a sentence for the person.
    pub fn attachment_problems(&self) -> &[(PathBuf, AttachmentProblem)] {
        &self.attachment_problems
    }

    /// The pictures of the draft that are not in it, since they are no PNG, cannot be read or have more pixels than three
    /// 8K monitors: their [numbers](crate::Picture::numbered), each with its reason. Each is a gap as well.
    pub fn lost_pictures(&self) -> &[(u64, PictureError)] {
        &self.lost_pictures
    }

    /// About how many bytes will be sent, in bytes of the compressed bundle.
    pub fn packed_bytes(&self) -> u64 {
        // The manifest and the words come to about a kilobyte. A text that someone has pasted goes twice, packed to
        // about half.
        let text = (self.message.len() as u64).saturating_sub(1024);
        let evidence = self.sent_evidence().map(|file| file.content.packed_bytes());
        1024 + text + evidence.sum::<u64>()
    }

    /// Takes what it has on disk into memory. Returns whether that has given room back on the disk.
    pub(crate) fn leave_disk(&self) -> bool {
        let left = |file: &ReportFile| file.content.leave_disk().unwrap_or_default();
        self.evidence.iter().filter(|file| left(file)).count() > 0
    }

    /// The largest bundle that the server takes, in bytes, where it has said so to an earlier report, perhaps of an
    /// earlier run of the app: nobody is asked before Send. A larger one is made to fit.
    pub fn limit(&self) -> Option<u64> {
        self.limit
    }

    /// Whether there is nothing to send in it: no words, no crash, no picture or attachment that goes along. Such a
    /// report is [not taken](crate::FeedbackError::Empty).
    pub fn is_empty(&self) -> bool {
        self.message.trim().is_empty()
            && self.told_crash().is_none()
            && !self.sent_evidence().any(ReportFile::is_chosen)
    }
}
