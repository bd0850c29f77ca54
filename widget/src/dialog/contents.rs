//! "What will be sent": the report as it would leave now, made before Send and sent as it was shown.

use std::path::PathBuf;

use egui::{CollapsingHeader, Context, RichText, Ui};
use feedback_sdk::{AttachmentProblem, FeedbackClient, FeedbackError, FileKind, Monitor, Pending, Report};

use super::form::Form;
use super::parts;
use crate::{colour, text};

/// The report that was collected, and whether the person looks at it.
///
/// It is collected without the person's words: they still change, and may be long. They are added
/// when it is handed over.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) is_open: bool,
    running: Option<(u64, Pending<Report>)>,
    report: Option<(u64, Report)>,
    listing: Listing,
}

/// The files that could not be taken, and why.
pub(crate) type Problems = Vec<(PathBuf, AttachmentProblem)>;

/// A report in words.
#[derive(Debug, Default, PartialEq, Eq)]
struct Listing {
    files: Vec<Line>,
    notes: Vec<String>,
    /// Compressed, without the person's words.
    total: u64,
}

/// A file of the report.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    path: String,
    bytes: u64,
    /// Whether the person's words come on top of its bytes.
    has_words: bool,
}

impl Contents {
    /// Starts to collect, unless what the form holds is collected already or something is being
    /// collected: what is out of date by then is collected anew by the next call.
    pub(crate) fn collect(&mut self, client: &FeedbackClient, form: &Form, ctx: &Context) {
        if !self.is_current(form) && self.running.is_none() {
            let draft = form.draft(ctx.pixels_per_point(), monitor(ctx));
            self.running = Some((form.version(), client.prepare(draft)));
        }
    }

    /// Whether what the form holds now is collected, but for its words.
    pub(crate) fn is_current(&self, form: &Form) -> bool {
        self.report
            .as_ref()
            .is_some_and(|(made, _)| *made == form.version())
    }

    /// Takes the report if it has come. Answers which files could not be taken.
    pub(crate) fn poll(&mut self, form: &Form) -> Result<Option<Problems>, FeedbackError> {
        let Some((version, pending)) = &mut self.running else {
            return Ok(None);
        };
        let version = *version;
        let Some(answer) = pending.poll() else {
            return Ok(None);
        };
        self.running = None;
        let report = answer?;
        let problems = report.attachment_problems().to_vec();
        self.report = Some((version, report));
        self.readdress(form);
        Ok(Some(problems))
    }

    /// The report of what the form holds now, if it is collected, with the words of now.
    pub(crate) fn current(&self, form: &Form) -> Option<Report> {
        let (_, report) = self.report.as_ref().filter(|_| self.is_current(form))?;
        let mut report = report.clone();
        report.set_message(form.said.words());
        report.set_reply_to(form.reply_to());
        Some(report)
    }

    /// Forgets the report: the next one is collected anew, with the newest lines of the logs.
    pub(crate) fn forget(&mut self) {
        let is_open = self.is_open;
        *self = Self::default();
        self.is_open = is_open;
    }

    /// The address for the answer stands in the report as well: lists it anew. Cheap, since the
    /// person's words are not in it.
    pub(crate) fn readdress(&mut self, form: &Form) {
        if let Some((_, report)) = &mut self.report {
            report.set_reply_to(form.reply_to());
            self.listing = Listing::of(report);
        }
    }

    /// The line that opens, and what it shows. `words` is the length of the person's words in bytes.
    pub(crate) fn show(&mut self, ui: &mut Ui, version: u64, words: usize) {
        let listing = &self.listing;
        let is_current = self.report.as_ref().is_some_and(|(made, _)| *made == version);
        let header = CollapsingHeader::new(text::CONTENTS)
            .id_salt("feedback-contents")
            .open(Some(self.is_open))
            .show_unindented(ui, |ui| listing.show(ui, is_current, words as u64));
        if parts::reachable(header.header_response).clicked() {
            // What was shown stays what is sent, also when the list is put away again.
            self.is_open = !self.is_open;
        }
    }
}

impl Listing {
    fn of(report: &Report) -> Self {
        let files = report.files();
        let files = files.iter().map(|file| Line {
            path: file.path().to_owned(),
            bytes: file.content().len() as u64,
            has_words: file.kind() == FileKind::Message,
        });
        let masked = report.masked().iter();
        let masked = masked.map(|(rule, count)| text::masked(rule, *count));
        let gaps = report.gaps().iter().map(text::gap);
        Self {
            files: files.collect(),
            notes: masked.chain(gaps).collect(),
            total: report.packed_bytes(),
        }
    }

    fn show(&self, ui: &mut Ui, is_current: bool, words: u64) {
        ui.spacing_mut().item_spacing.y = 4.0;
        let colour = colour::quiet(ui.visuals());
        for line in &self.files {
            let bytes = line.bytes + if line.has_words { words } else { 0 };
            egui::Sides::new().height(0.0).shrink_left().truncate().show(
                ui,
                |ui| ui.label(&line.path),
                |ui| ui.label(RichText::new(text::size(bytes)).color(colour)),
            );
        }
        if !is_current {
            parts::news(ui, text::COLLECTING);
            return;
        }
        parts::quiet(ui, text::MANIFEST);
        for note in &self.notes {
            parts::quiet(ui, note);
        }
        // Words shrink to about a third.
        parts::quiet(ui, &text::total(self.total + words / 3));
    }
}

/// The monitor that the app's window is on, if the system tells.
fn monitor(ctx: &Context) -> Option<Monitor> {
    let scale = ctx.pixels_per_point();
    let size = ctx.input(|input| input.viewport().monitor_size)? * scale;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of pixels"
    )]
    let [width, height] = [size.x.round() as u32, size.y.round() as u32];
    Some(Monitor {
        width,
        height,
        scale: Some(scale),
    })
}
