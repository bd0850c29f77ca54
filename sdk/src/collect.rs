//! Gathers what the first message needs. Never fails: what cannot be had becomes a named gap.

pub(crate) mod attachments;
pub(crate) mod collector;
pub(crate) mod crash;
mod deadline;
mod encoding;
mod escapes;
pub(crate) mod facts;
pub(crate) mod log_ring;
pub(crate) mod logs;
mod masked_file;
pub(crate) mod names;
pub(crate) mod picture;
mod pulse;
pub(crate) mod review;
mod rewrite;
mod safe_name;
pub(crate) mod screen;
pub(crate) mod system_info;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use crate::config::{FeedbackConfig, SystemFacts};
use crate::draft::ReportDraft;
use crate::error::FeedbackError;
use crate::id::ReportId;
use crate::pack::Packer;
use crate::redact::{MaskCounts, Masks, Redactor, add_counts};
use crate::report::system_info::SystemInfo;
use crate::report::{Cut, FileKind, Gap, GapReason, Report, ReportFile, Treatment};
use facts::{Facts, MOST_FACTS};
use masked_file::{MaskedFile, PackedFile};
use rewrite::Form;
use safe_name::safe_name;

/// Turns what the person said into everything that will leave, masked and compressed. The only error is that the
/// app itself withholds it.
pub(crate) fn prepare(
    config: &FeedbackConfig,
    facts: &Facts,
    draft: ReportDraft,
    now: SystemTime,
) -> Result<Report, FeedbackError> {
    let collecting = collector::start_all(&config.collectors, config.collect_within);
    let slow = system_info::start_slow(config);
    let mut gathering = Gathering {
        packer: Packer::new(config.folder()),
        ..Gathering::new(config.masks())
    };
    let limit = config.budget.attachment;
    // The log files after these: where no disk takes the evidence, they are what memory has no room for.
    let lost_pictures = picture::gather(&draft.pictures, limit, &mut gathering);
    let attachment_problems = attachments::gather(&draft.attachments, limit, &mut gathering);
    let chosen = mem::take(&mut gathering.files);
    if let Some(ring) = &config.log_ring {
        log_ring::gather(ring, config.budget.log_file, &mut gathering);
    }
    facts.gather_breadcrumbs(&mut gathering);
    let crash = draft
        .crash
        .map(|crash| crash::gather(crash, limit, &mut gathering));
    let of_memory = mem::take(&mut gathering.files);
    logs::gather(config, &mut gathering);
    gathering.files.extend(of_memory.into_iter().chain(chosen));
    gathering.tell_where_no_rules_are();
    let collected = collecting.gather(config.budget, &mut gathering);
    // The more of this moment, the earlier: of one name the first one stands.
    let mut drafted = BTreeMap::new();
    drafted.extend(draft.context);
    let context = gathering.context([drafted, facts.context(), collected, config.context.clone()]);
    let system = match &config.system_facts {
        #[cfg(feature = "testing")]
        SystemFacts::Told(told) => (**told).clone(),
        SystemFacts::OfApp | SystemFacts::OfMachine => {
            let (monitors, scale, language) = (draft.monitors, draft.display_scale, draft.language);
            SystemInfo::gather(slow, monitors, scale, language, &mut gathering)
        }
    };
    let treatment = gathering.treatment();
    let mut report = Report {
        id: ReportId::new(),
        created_at: now,
        app: config.app.clone(),
        message: draft.message,
        reply_to: None,
        system,
        context,
        crash,
        stored: None,
        evidence: gathering.files,
        gaps: gathering.gaps,
        masked: gathering.masked,
        attachment_problems,
        lost_pictures,
        limit: None,
    };
    report.set_reply_to(draft.reply_to);
    report.write_facts(treatment);
    report.recount();
    if let Some(reviewer) = &config.before_send {
        report = reviewer.ask(report, gathering.redactor, config.collect_within)?;
    }
    report.leave_out_all(&draft.left_out);
    Ok(report)
}

/// A report of an app that has told nothing of itself, and waits for as long as it takes.
#[cfg(test)]
pub(crate) fn gather(config: &FeedbackConfig, draft: ReportDraft, now: SystemTime) -> Report {
    let patient = crate::config::patience::patient(config.clone());
    prepare(&patient, &Facts::new(0), draft, now).unwrap()
}

/// What has been collected so far. The one way into a report for anything that is not the
/// person's own words.
pub(crate) struct Gathering {
    redactor: Redactor,
    packer: Packer,
    files: Vec<ReportFile>,
    gaps: Vec<Gap>,
    /// What was hidden in all that is no file.
    masked: MaskCounts,
    paths: BTreeSet<String>,
}

impl Gathering {
    /// One that keeps all in memory.
    fn new(masks: Arc<Masks>) -> Self {
        Self {
            redactor: Redactor::new(masks),
            packer: Packer::in_memory(),
            files: Vec::new(),
            gaps: Vec::new(),
            masked: MaskCounts::new(),
            paths: BTreeSet::new(),
        }
    }

    /// Names something that is missing.
    pub(crate) fn gap(&mut self, what: &str, why: impl Into<GapReason>) {
        let what = self.mask(what);
        let why = why.into().masked(|words| self.mask(words));
        self.gaps.push(Gap { what, why });
    }

    /// Masks `text`, which is no file.
    pub(crate) fn mask(&mut self, text: &str) -> String {
        let text = escapes::without(text);
        self.redactor.redact(&text, &mut self.masked).into_owned()
    }

    /// The name of a folder, masked: what stands before it tells whether it is a person's.
    pub(crate) fn folder_name(&mut self, folder: &Path) -> String {
        let mut counts = MaskCounts::new();
        let masked = self
            .redactor
            .redact(&folder.to_string_lossy(), &mut counts)
            .into_owned();
        let name = last_name(Path::new(&masked)).into_owned();
        if name != last_name(folder) {
            add_counts(&mut self.masked, &counts);
        }
        name
    }

    /// Masks a file's name. The extension stays where it is no part of what is hidden: `a@b.example.txt`
    /// is no address that ends in `txt`.
    fn mask_name(&mut self, name: &str) -> String {
        if let Some((stem, extension)) = name.rsplit_once('.') {
            let masked = self.mask(stem);
            if masked != stem {
                return format!("{masked}.{extension}");
            }
        }
        self.mask(name)
    }

    /// Makes a report's context of facts, masked: as many as it takes, and of one key the first. Two keys that are one once
    /// they are masked both stay: the second has a number behind it.
    fn context<const N: usize>(
        &mut self,
        sources: [BTreeMap<String, String>; N],
    ) -> BTreeMap<String, String> {
        let mut told = BTreeMap::new();
        let mut is_full = false;
        for (key, value) in sources.into_iter().flatten() {
            if told.contains_key(&key) {
                continue;
            }
            is_full |= told.len() >= MOST_FACTS;
            if !is_full {
                told.insert(key, value);
            }
        }
        if is_full {
            self.gap("context", GapReason::TooManyFacts { most: MOST_FACTS });
        }
        let mut context = BTreeMap::new();
        for (key, value) in told {
            let (name, value) = facts::masked(&key, &value, &mut self.redactor, &mut self.masked);
            let mut key = name.clone();
            let mut number = 2;
            while context.contains_key(&key) {
                key = format!("{name}-{number}");
                number += 1;
            }
            context.insert(key, value);
        }
        context
    }

    /// What is done to a text that is to be masked.
    fn treatment(&self) -> Treatment {
        if self.redactor.is_off() {
            Treatment::NoRules
        } else {
            Treatment::Masked
        }
    }

    fn tell_where_no_rules_are(&mut self) {
        let treatment = self.treatment();
        let files = self.files.iter_mut();
        let texts = files.filter(|file| file.treatment == Treatment::Masked);
        texts.for_each(|file| file.treatment = treatment);
    }

    /// Takes a text in as a log, masked: its newest `longest` bytes. `missing` bytes stood before it already. No text
    /// is no file.
    pub(crate) fn add_text(&mut self, name: &str, text: &str, missing: u64, longest: u64) {
        if text.is_empty() {
            return;
        }
        // Masked first, so that no cut goes through a secret.
        let mut hidden = MaskCounts::new();
        let masked = self
            .redactor
            .redact(&escapes::without(text), &mut hidden)
            .into_owned();
        let kept = logs::newest(masked.as_bytes(), usize::try_from(longest).unwrap_or(usize::MAX));
        let is_cut = kept.len() < masked.len();
        let original = text.len() as u64 + missing;
        let missing = missing + (masked.len() - kept.len()) as u64;
        if let Some(file) = self.add(FileKind::Log, name, [logs::cut_mark(missing).as_bytes(), kept]) {
            file.original_bytes = original;
            file.cut = if missing > 0 { Cut::Head } else { Cut::None };
            file.masked = hidden;
            if is_cut {
                // Where the disk that has it fails, it cannot be sent either.
                let _ = file.recount();
            }
        }
    }

    /// Takes a file in, by the pieces of its content: masks its name, makes it unique, hashes and compresses it.
    pub(crate) fn add<const N: usize>(
        &mut self,
        kind: FileKind,
        name: &str,
        content: [&[u8]; N],
    ) -> Option<&mut ReportFile> {
        match self.packer.pack(name, content) {
            Ok(content) => {
                let masked = MaskCounts::new();
                Some(self.add_packed(kind, name, PackedFile { content, masked }))
            }
            Err(error) => {
                self.gap(name, &masked_file::not_packed(error));
                None
            }
        }
    }

    /// Begins a file that comes in pieces. It is in the report with [`add_packed`](Self::add_packed).
    fn begin(&mut self, name: &str, form: Form) -> MaskedFile<'_> {
        MaskedFile::new(&mut self.redactor, self.packer.begin(name), form)
    }

    fn add_packed(&mut self, kind: FileKind, name: &str, file: PackedFile) -> &mut ReportFile {
        let PackedFile { content, masked } = file;
        let path = self.free_path(kind, name);
        let file = ReportFile::of(path, kind, content);
        self.files.push_mut(ReportFile { masked, ..file })
    }

    /// `logs/app.log`, or `logs/app-2.log` where that is taken.
    fn free_path(&mut self, kind: FileKind, name: &str) -> String {
        let folder = match kind {
            FileKind::Log => "logs",
            FileKind::Screenshot => "screenshots",
            FileKind::Attachment => "attachments",
            FileKind::Message | FileKind::System => "",
        };
        let name = safe_name(&self.mask_name(name));
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

/// The last component of a path, for gaps: folders tell about the person.
fn last_name(path: &Path) -> Cow<'_, str> {
    let last = path.components().next_back();
    last.map_or(Cow::Borrowed(""), |last| last.as_os_str().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_text_that_is_cut_only_the_masks_that_stay_are_counted() {
        let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1");
        let mut gathering = Gathering::new(config.masks());
        gathering.add_text("app.txt", &"mail anna@example.org\n".repeat(100), 0, 300);
        let file = &gathering.files[0];
        let text = String::from_utf8(file.content().unwrap()).unwrap();
        assert_eq!(file.masked()["email"], text.matches("[email-1]").count() as u64);
    }

    #[test]
    fn two_facts_whose_keys_are_masked_alike_both_stay() {
        let mut gathering = Gathering::new(Masks::for_this_machine());
        let keys = ["of a@b.example", "of A@b.example", "of c@d.example"];
        let context = keys.map(|key| (key.to_owned(), key.len().to_string()));
        let masked = gathering.context([context.into()]);
        let keys: Vec<&str> = masked.keys().map(String::as_str).collect();
        assert_eq!(keys, ["of [email-1]", "of [email-1]-2", "of [email-2]"]);
    }

    #[test]
    fn a_report_has_no_more_facts_than_a_server_takes_and_those_of_this_moment_first() {
        let many: BTreeMap<String, String> = (0..MOST_FACTS)
            .map(|n| (format!("key {n}"), "я ".repeat(50_000)))
            .collect();
        let mut gathering = Gathering::new(Masks::for_this_machine());
        let now = [("document", "a note"), ("key 7", "new")].map(|(key, value)| (key.into(), value.into()));
        let context = gathering.context([now.into(), many]);
        assert_eq!(context.len(), MOST_FACTS);
        assert_eq!((&*context["document"], &*context["key 7"]), ("a note", "new"));
        assert!(context.values().all(|value| value.len() < 5000));
        let [gap] = &gathering.gaps[..] else {
            panic!("{:?}", gathering.gaps)
        };
        assert_eq!(gap.what, "context");
    }

    #[test]
    fn no_colour_of_a_terminal_hides_a_secret_in_a_fact() {
        let mut gathering = Gathering::new(Masks::for_this_machine());
        let fact = (
            "line".to_owned(),
            "\u{1b}[33mpassword\u{1b}[0m=hunter2xyz".to_owned(),
        );
        let context = gathering.context([[fact].into()]);
        assert_eq!(context["line"], "password=[secret-1]");
    }

    #[test]
    fn two_files_of_one_name_both_stay() {
        let config = FeedbackConfig::new("https://example.com/x", "k", "a", "1");
        let mut gathering = Gathering::new(config.masks());
        for name in ["app.log", "APP.log", "app.log", ".hidden"] {
            gathering.add(FileKind::Log, name, [b"x"]);
        }
        let paths: Vec<&str> = gathering.files.iter().map(ReportFile::path).collect();
        assert_eq!(
            paths,
            ["logs/app.log", "logs/APP-2.log", "logs/app-3.log", "logs/.hidden"]
        );
    }
}
