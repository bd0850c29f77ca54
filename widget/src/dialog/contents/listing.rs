//! The list of all files that leave: each with its size, what was masked in it, and a switch.

use std::path::{Path, PathBuf};

use egui::{Checkbox, Id, RichText, TextStyle, Ui, Vec2};
use feedback_sdk::{Cut, FileKind, Gap, GapReason, MaskCounts, Report, ReportFile, Treatment};

use super::{MANIFEST, all_files};
use crate::colour;
use crate::dialog::attachments::Attachment;
use crate::dialog::parts;
use crate::dialog::said::Said;
use crate::words::Words;

/// Between what is told below the files, in points.
pub(super) const BETWEEN: f32 = 4.0;

/// What is told of a report.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    files: Vec<Line>,
    gaps: Vec<Gap>,
    /// Compressed, without the person's words.
    packed: u64,
    /// The most that the server takes, where that is known.
    limit: Option<u64>,
}

/// A file of the report.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    path: String,
    /// `None` of the manifest: it is made with the words.
    bytes: Option<u64>,
    /// Whether the person's words come on top of its bytes.
    has_words: bool,
    /// Whether it goes along, where the person can say so.
    switch: Option<bool>,
    /// How large it was before it was cut, in bytes.
    cut_from: Option<u64>,
    treatment: Treatment,
    masked: MaskCounts,
    /// The file that it was made from, where it is an attachment.
    attached_from: Option<PathBuf>,
}

/// What the person wants of a file.
pub(super) enum Wanted {
    /// To read it; the keyboard was on this.
    Read(String, Id),
    /// It is to go along, or not.
    Switch(String, bool),
    /// Nothing in this attached file is to be hidden, or what the rules find.
    AsItIs(PathBuf, bool),
}

/// What is known of the report besides.
pub(super) struct State {
    /// It is listed as it would leave now.
    pub(super) is_current: bool,
    /// The person has not been told yet that it is.
    pub(super) is_news: bool,
    /// The size of the manifest in bytes, once that is known.
    pub(super) manifest: Option<u64>,
}

impl Listing {
    pub(super) fn of(report: &Report) -> Self {
        let manifest = Line {
            path: MANIFEST.to_owned(),
            bytes: None,
            has_words: false,
            switch: None,
            cut_from: None,
            treatment: Treatment::Masked,
            masked: masked_elsewhere(report),
            attached_from: None,
        };
        let files = all_files(report).map(|file| Line::of(&file));
        let is_left_out = |what: &str| {
            let mut evidence = report.evidence().iter();
            evidence.any(|file| file.is_left_out() && file.path() == what)
        };
        // The switch tells of what the person has left out; that an app names no logs is its makers' business.
        let is_news = |gap: &&Gap| gap.why != GapReason::NoLogs && !is_left_out(&gap.what);
        let gaps = report.gaps().iter().filter(is_news);
        Self {
            files: std::iter::once(manifest).chain(files).collect(),
            gaps: gaps.cloned().collect(),
            packed: report.packed_bytes(),
            limit: report.limit(),
        }
    }

    /// How much leaves in all, in bytes.
    fn total(&self, said: &Said) -> u64 {
        self.packed + said.words_len() as u64 / 3 // words shrink to about a third
    }

    /// The most that the server takes, in bytes, where this is more.
    pub(super) fn exceeds(&self, said: &Said) -> Option<u64> {
        self.limit.filter(|limit| self.total(said) > *limit)
    }

    pub(super) fn show(&self, ui: &mut Ui, words: &Words, said: &Said, state: &State) -> Option<Wanted> {
        let mut wanted = None;
        for line in &self.files {
            let bytes = line.bytes(said).or(state.manifest);
            let size = bytes.map_or_else(|| parts::NOT_YET.to_owned(), |bytes| words.size(bytes));
            let of_line = parts::lasting(ui, &line.path, |ui| line.show(ui, words, said, size));
            wanted = of_line.or(wanted);
        }
        if !state.is_current {
            parts::news(ui, &words.collecting);
            return wanted;
        }
        ui.add_space(BETWEEN);
        below_name(ui, |ui| {
            ui.spacing_mut().item_spacing.y = BETWEEN;
            for gap in &self.gaps {
                parts::quiet(ui, &words.gap(&gap.what, &words.gap_reason(&gap.why)));
            }
            let total = parts::quiet(ui, &words.total(&words.size(self.total(said))));
            if state.is_news {
                parts::announce(&total); // "Collecting…" was
            }
        });
        wanted
    }
}

impl Line {
    fn of(file: &ReportFile) -> Self {
        let has_words = file.kind() == FileKind::Message;
        Self {
            path: file.path().to_owned(),
            bytes: Some(file.bytes()),
            has_words,
            switch: (!has_words).then_some(!file.is_left_out()),
            cut_from: (file.cut() != Cut::None).then(|| file.original_bytes()),
            treatment: file.treatment(),
            masked: file.masked().clone(),
            attached_from: file.attached_from().map(Path::to_owned),
        }
    }

    fn bytes(&self, said: &Said) -> Option<u64> {
        let words = if self.has_words { said.words_len() } else { 0 };
        Some(self.bytes? + words as u64)
    }

    fn show(&self, ui: &mut Ui, words: &Words, said: &Said, size: String) -> Option<Wanted> {
        let quiet = colour::quiet(ui.visuals());
        let is_sent = self.switch.unwrap_or(true);
        let left = |ui: &mut Ui| {
            let mut wanted = None;
            ui.spacing_mut().item_spacing.x = 0.0;
            let square = Vec2::splat(ui.spacing().interact_size.y);
            if let Some(mut on) = self.switch {
                let switch = Checkbox::without_text(&mut on);
                let switch = parts::outlined(ui, |ui| ui.add_sized(square, switch));
                let switch = parts::reachable(switch);
                if switch.accessible_name(words.send_file(&self.path)).changed() {
                    wanted = Some(Wanted::Switch(self.path.clone(), on));
                }
            } else {
                ui.add_space(square.x); // all names stand in one column
            }
            let name = RichText::new(&self.path).underline();
            let name = if is_sent {
                name
            } else {
                name.color(quiet).strikethrough()
            };
            let link = parts::reachable(ui.add(parts::button(name).frame_when_inactive(false)));
            if link.clicked() {
                wanted = Some(Wanted::Read(self.path.clone(), link.id));
            }
            wanted
        };
        let height = ui.spacing().interact_size.y;
        let widths = [
            height + parts::widest(ui, std::iter::once(&*self.path), f32::INFINITY),
            parts::width(ui, &size, TextStyle::Body),
        ];
        let right = |ui: &mut Ui| ui.label(RichText::new(size).color(quiet));
        let (mut wanted, _) = parts::sides(ui, height, widths, left, right);
        if is_sent {
            let notes = self.notes(words);
            if !notes.is_empty() {
                below_name(ui, |ui| parts::quiet(ui, &notes.join("; ")));
                ui.add_space(BETWEEN);
            }
            if let Some(file) = self.chosen(said) {
                let mut as_it_is = file.as_it_is;
                let choice = below_name(ui, |ui| {
                    parts::outlined(ui, |ui| ui.checkbox(&mut as_it_is, &*words.hide_nothing))
                });
                let choice = parts::reachable(choice).accessible_name(words.hide_nothing_in(&self.path));
                if choice.changed() {
                    wanted = Some(Wanted::AsItIs(file.path.clone(), as_it_is));
                }
            }
        }
        wanted
    }

    /// The file that the person attached, where something in it is hidden unless they say no.
    fn chosen<'a>(&self, said: &'a Said) -> Option<&'a Attachment> {
        let path = self.attached_from.as_ref()?;
        let is_asked =
            matches!(self.treatment, Treatment::AsItIs | Treatment::Bare) || !self.masked.is_empty();
        let mut files = said.attachments.iter();
        files.find(|file| is_asked && file.path == *path)
    }

    /// What was done to it.
    fn notes(&self, words: &Words) -> Vec<String> {
        let cut = self.cut_from.map(|bytes| words.shortened(&words.size(bytes)));
        let treated = match self.treatment {
            Treatment::Masked => None,
            Treatment::Bare => Some(words.bare.clone()),
            // Of their own words nobody expects less, and these have no switch.
            _ => self.switch.map(|_| words.untouched.clone()),
        };
        let notes = cut.into_iter().chain(treated);
        notes.chain(words.masked(&self.masked)).collect()
    }
}

/// Draws something in the column of the files' names.
pub(super) fn below_name<T>(ui: &mut Ui, draw: impl FnOnce(&mut Ui) -> T) -> T {
    let indent = ui.spacing().interact_size.y + ui.spacing().button_padding.x;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(indent);
        ui.vertical(draw).inner
    })
    .inner
}

/// What was masked in no file of the evidence: in what the manifest says of a crash and of the gaps.
fn masked_elsewhere(report: &Report) -> MaskCounts {
    let mut masked = report.masked().clone();
    let sent = report.evidence().iter().filter(|file| !file.is_left_out());
    for (rule, count) in sent.flat_map(ReportFile::masked) {
        if let Some(all) = masked.get_mut(rule) {
            *all = all.saturating_sub(*count);
        }
    }
    masked.retain(|_, count| *count > 0);
    masked
}
