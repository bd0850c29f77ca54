//! Gathers what the first message needs. Never fails: what cannot be had becomes a named gap.

pub(crate) mod attachments;
pub(crate) mod logs;
pub(crate) mod picture;
pub(crate) mod system_info;

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use crate::bundle;
use crate::config::FeedbackConfig;
use crate::draft::ReportDraft;
use crate::redact::Redactor;
use crate::report::{FileKind, Gap, MaskCounts, Report, ReportFile, ReportId};
use system_info::SystemInfo;

/// Turns what the person said into everything that will leave, masked and compressed.
pub(crate) fn gather(config: &FeedbackConfig, draft: ReportDraft, now: SystemTime) -> Report {
    let mut gathering = Gathering::new();
    logs::gather(config, &mut gathering);
    picture::gather(&draft.pictures, config.budget.attachment, &mut gathering);
    let attachment_problems =
        attachments::gather(&draft.attachments, config.budget.attachment, &mut gathering);
    let mut context = config.context.clone();
    context.extend(draft.context);
    let context = gathering.mask_context(context);
    let mut report = Report {
        id: ReportId::new(),
        created_at: now,
        app: config.app.clone(),
        message: draft.message,
        reply_to: None,
        system: SystemInfo::now(draft.display_scale),
        context,
        evidence: gathering.files,
        gaps: gathering.gaps,
        masked: gathering.masked,
        attachment_problems,
    };
    report.set_reply_to(draft.reply_to);
    report
}

/// What has been collected so far. The one way into a report for anything that is not the
/// person's own words.
pub(crate) struct Gathering {
    redactor: Redactor,
    files: Vec<ReportFile>,
    gaps: Vec<Gap>,
    masked: MaskCounts,
    paths: BTreeSet<String>,
}

impl Gathering {
    fn new() -> Self {
        Self {
            redactor: Redactor::for_this_machine(),
            files: Vec::new(),
            gaps: Vec::new(),
            masked: MaskCounts::new(),
            paths: BTreeSet::new(),
        }
    }

    /// Names something that is missing.
    pub(crate) fn gap(&mut self, what: &str, why: impl Into<String>) {
        let what = self.mask(what);
        let why = self.mask(&why.into());
        self.gaps.push(Gap { what, why });
    }

    /// Masks `text` and counts it for the report.
    pub(crate) fn mask(&mut self, text: &str) -> String {
        self.redactor.redact(text, &mut self.masked).into_owned()
    }

    /// Masks `text` and counts it for one file.
    pub(crate) fn mask_file(&mut self, text: &str) -> (String, MaskCounts) {
        let mut counts = MaskCounts::new();
        let masked = self.redactor.redact(text, &mut counts).into_owned();
        for (rule, count) in &counts {
            *self.masked.entry(rule.clone()).or_default() += count;
        }
        (masked, counts)
    }

    fn mask_context(&mut self, context: BTreeMap<String, String>) -> BTreeMap<String, String> {
        context
            .into_iter()
            .map(|(key, value)| (self.mask(&key), self.mask(&value)))
            .collect()
    }

    /// Takes a file in: masks its name, makes it unique, hashes and compresses it.
    pub(crate) fn add(&mut self, kind: FileKind, name: &str, content: Vec<u8>) -> Option<&mut ReportFile> {
        let path = self.free_path(kind, name);
        match bundle::file(path, kind, content) {
            Ok(file) => {
                self.files.push(file);
                self.files.last_mut()
            }
            Err(error) => {
                self.gap(name, format!("could not be compressed: {error}"));
                None
            }
        }
    }

    /// `logs/app.log`, or `logs/app-2.log` where that is taken.
    fn free_path(&mut self, kind: FileKind, name: &str) -> String {
        let folder = match kind {
            FileKind::Log => "logs",
            FileKind::Screenshot => "screenshots",
            FileKind::Attachment => "attachments",
            FileKind::Message | FileKind::System => "",
        };
        let name = safe_name(&self.mask(name));
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
            _ => (name.as_str(), String::new()),
        };
        let mut path = format!("{folder}/{name}");
        let mut number = 2;
        // Windows and macOS take `App.log` and `app.log` for one file.
        while !self.paths.insert(path.to_lowercase()) {
            path = format!("{folder}/{stem}-{number}{extension}");
            number += 1;
        }
        path
    }
}

/// A file name that every desktop can unpack: no separators, no control or reserved characters,
/// at most 150 characters, never empty or dots alone. Letters of any language stay.
fn safe_name(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|letter| match letter {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            letter if letter.is_control() || turns_direction(letter) => '_',
            letter => letter,
        })
        .collect();
    let name = name.trim().trim_end_matches('.').trim_start_matches("..");
    let excess = name.chars().count().saturating_sub(150);
    let name: String = match name.rsplit_once('.') {
        Some((stem, extension)) if excess > 0 && extension.chars().count() < 20 => {
            let keep = stem.chars().count().saturating_sub(excess);
            format!("{}.{extension}", stem.chars().take(keep).collect::<String>())
        }
        _ => name.chars().take(150).collect(),
    };
    if name.is_empty() { "file".to_owned() } else { name }
}

/// The marks that turn a name's direction around, so that it seems to end in another extension.
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_for_every_desktop_and_keep_their_language() {
        for (name, safe) in [
            ("отчёт за май.txt", "отчёт за май.txt"),
            ("日本語.log", "日本語.log"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..", "file"),
            ("", "file"),
            ("a\nb\0.txt", "a_b_.txt"),
            ("C:\\x.txt", "C__x.txt"),
            ("\u{202e}gpj.exe", "_gpj.exe"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        let long = safe_name(&format!("{}.log", "x".repeat(500)));
        assert_eq!(long.chars().count(), 150);
        assert_eq!(&long[146..], ".log");
    }

    #[test]
    fn two_files_of_one_name_both_stay() {
        let mut gathering = Gathering::new();
        for name in ["app.log", "APP.log", "app.log", ".hidden"] {
            gathering.add(FileKind::Log, name, b"x".to_vec());
        }
        let paths: Vec<&str> = gathering.files.iter().map(ReportFile::path).collect();
        assert_eq!(
            paths,
            ["logs/app.log", "logs/APP-2.log", "logs/app-3.log", "logs/.hidden"]
        );
    }
}
