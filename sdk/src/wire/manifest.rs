//! `report.json`, schema 1: what the report says of itself.
//!
//! Times are UTC, sizes bytes, names in `snake_case`. Readers ignore unknown keys.

use std::collections::BTreeMap;
use std::iter;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::rfc3339;
use crate::redact::MaskCounts;
use crate::report::crash::Crash;
use crate::report::system_info::SystemInfo;
use crate::report::{AppInfo, Cut, FileKind, Gap, Report, ReportFile, Told};

/// Changes only when a reader of the old one could not read the new one.
pub(crate) const SCHEMA: u32 = 1;

/// How many bytes of the person's words stand here, 512 KiB; `message.txt` has them all. JSON may take six bytes for one,
/// and our server takes 8 MiB of manifest, so none is too long for it, whatever someone has pasted.
pub(crate) const MESSAGE_BYTES: usize = 512 << 10;

#[derive(Debug, Serialize)]
pub(crate) struct Manifest<'r> {
    schema: u32,
    id: String,
    #[serde(with = "rfc3339")]
    created_at: SystemTime,
    app: &'r AppInfo,
    message: &'r str,
    /// How many bytes the words have, where `message` is only their beginning: `message.txt` begins with all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    message_bytes: Option<usize>,
    reply_to: Option<&'r str>,
    locale: Option<&'r str>,
    system: Told<'r, SystemInfo>,
    context: Told<'r, BTreeMap<String, String>>,
    crash: Option<Told<'r, Crash>>,
    files: Vec<FileEntry<'r>>,
    gaps: &'r [Gap],
    masked: &'r MaskCounts,
}

#[derive(Debug, Serialize)]
struct FileEntry<'r> {
    path: &'r str,
    kind: FileKind,
    bytes: u64,
    sha256: &'r str,
    original_bytes: u64,
    cut: Cut,
    masked: &'r MaskCounts,
}

impl<'r> Manifest<'r> {
    /// The manifest of `report`, whose words are in the file `message`.
    pub(crate) fn of(report: &'r Report, message: &'r ReportFile) -> Self {
        let words = report.message.as_str();
        let beginning = words.floor_char_boundary(MESSAGE_BYTES);
        Self {
            schema: SCHEMA,
            id: report.id.to_string(),
            created_at: report.created_at,
            app: &report.app,
            message: &words[..beginning],
            message_bytes: (beginning < words.len()).then_some(words.len()),
            reply_to: report.reply_to.as_deref(),
            locale: report.told_locale(),
            system: report.told_system(),
            context: report.told_context(),
            crash: report.told_crash(),
            files: iter::once(message)
                .chain(report.sent_evidence())
                .map(FileEntry::of)
                .collect(),
            gaps: &report.gaps,
            masked: &report.masked,
        }
    }
}

impl<'r> FileEntry<'r> {
    fn of(file: &'r ReportFile) -> Self {
        Self {
            path: &file.path,
            kind: file.kind,
            bytes: file.bytes(),
            sha256: file.sha256(),
            original_bytes: file.original_bytes,
            cut: file.cut,
            masked: &file.masked,
        }
    }
}

/// A manifest of ours, read back from a stored bundle. Facts and crash are handed on as they stand there, without a look at
/// them: nobody is shown a report that waits.
#[derive(Debug, Deserialize)]
pub(crate) struct StoredManifest {
    pub(crate) schema: u32,
    pub(crate) id: String,
    #[serde(with = "rfc3339")]
    pub(crate) created_at: SystemTime,
    pub(crate) app: AppInfo,
    pub(crate) message: String,
    pub(crate) message_bytes: Option<u64>,
    pub(crate) reply_to: Option<String>,
    pub(crate) locale: Option<String>,
    pub(crate) system: Box<RawValue>,
    pub(crate) context: Box<RawValue>,
    pub(crate) crash: Option<Box<RawValue>>,
    pub(crate) files: Vec<StoredFile>,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) masked: MaskCounts,
}

#[derive(Debug, Deserialize)]
pub(crate) struct StoredFile {
    pub(crate) path: String,
    pub(crate) kind: FileKind,
    pub(crate) original_bytes: u64,
    pub(crate) cut: Cut,
    pub(crate) masked: MaskCounts,
}
