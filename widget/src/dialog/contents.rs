//! "What will be sent": the report as it would leave now, made before Send and sent as it was shown.

mod fingerprint;
pub(crate) mod left_out;
mod listing;
mod masks;
mod page;
mod reader;
mod rows;
mod sheet;

use egui::{Align, CollapsingHeader, Context, Id, Response, Ui};
use feedback_sdk::{
    FeedbackClient, FeedbackError, FileKind, Monitor, Pending, Report, ReportDraft, ReportFile,
};

use self::fingerprint::Fingerprint;
use self::listing::{Listing, State, Wanted};
use self::reader::Reader;
use super::form::Form;
use super::said::Said;
use super::{Action, parts};
use crate::pick::Wish;
use crate::words::Words;

/// The name of the manifest in the report.
const MANIFEST: &str = "report.json";

/// The person's words and all of the evidence, also what is left out.
fn all_files(report: &Report) -> impl Iterator<Item = ReportFile> {
    let mut words = report.files();
    words.retain(|file| file.kind() == FileKind::Message);
    words.into_iter().chain(report.evidence().iter().cloned())
}

/// The report that was collected, and whether the person looks at it.
///
/// It is collected without the person's words: they still change, and may be long. They are added
/// when it is handed over.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) is_open: bool,
    /// The list has just been opened, and should be seen from its beginning.
    wants_room: bool,
    running: Option<(u64, Pending<Report>)>,
    report: Option<(u64, Report)>,
    listing: Listing,
    /// The report that the person waits for has come, and in which frame they were told.
    has_come: bool,
    told_in: Option<u64>,
    fingerprint: Fingerprint,
    reader: Option<Reader>,
}

impl Contents {
    /// Starts to collect, unless what the form holds is collected already or something is being
    /// collected: what is out of date by then is collected anew by the next call.
    pub(crate) fn collect(&mut self, client: &FeedbackClient, form: &Form, words: &Words, ctx: &Context) {
        if !self.is_current(form) && self.running.is_none() {
            self.running = Some((form.version(), prepare(client, form, words, ctx)));
        }
    }

    /// What the form holds now, as soon as it is collected: that begins here, unless it has begun already.
    pub(crate) fn collecting(
        &mut self,
        client: &FeedbackClient,
        form: &Form,
        words: &Words,
        ctx: &Context,
    ) -> Pending<Report> {
        let running = self.running.take();
        let running = running.filter(|(version, _)| *version == form.version());
        running.map_or_else(|| prepare(client, form, words, ctx), |(_, pending)| pending)
    }

    /// Whether what the form holds now is collected, but for its words.
    pub(crate) fn is_current(&self, form: &Form) -> bool {
        self.report(form.version()).is_some()
    }

    /// Takes the report if it has come. Whether it has.
    pub(crate) fn poll(&mut self, form: &mut Form) -> Result<bool, FeedbackError> {
        let Some((version, pending)) = &mut self.running else {
            return Ok(false);
        };
        let version = *version;
        let Some(answer) = pending.poll() else {
            return Ok(false);
        };
        self.running = None;
        self.take(version, answer?, form);
        Ok(true)
    }

    /// Takes a report that was made of this version of the form.
    pub(crate) fn take(&mut self, version: u64, mut report: Report, form: &mut Form) {
        report.set_message("");
        form.said.left_out.apply(&mut report);
        // In what is out of date by now, names may stand that are another's since.
        if version == form.version() {
            form.said.left_out.note(&report);
        }
        self.report = Some((version, report));
        self.has_come = self.is_open;
        self.readdress(form);
    }

    /// The report, if it was made of this version of the form.
    pub(crate) fn report(&self, version: u64) -> Option<&Report> {
        let report = self.report.as_ref().filter(|(made, _)| *made == version);
        report.map(|(_, report)| report)
    }

    /// Whether there is anything to send in what the form holds, but for what is switched off. `version` is that of the
    /// form.
    pub(crate) fn can_send(&self, version: u64, said: &Said) -> bool {
        match self.report(version) {
            Some(report) => said.has_words() || !report.is_empty(),
            None => said.may_send(),
        }
    }

    /// The most that the server takes, in bytes, where what the form holds now is known to be more. `version` is that
    /// of the form.
    pub(crate) fn exceeds(&self, version: u64, said: &Said) -> Option<u64> {
        self.report(version).and_then(|_| self.listing.exceeds(said))
    }

    /// The report of what the form holds now, if it is collected, with the words of now.
    pub(crate) fn current(&self, form: &Form) -> Option<Report> {
        let mut report = self.report(form.version())?.clone();
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
            self.list_anew();
        }
    }

    fn list_anew(&mut self) {
        if let Some((_, report)) = &self.report {
            self.listing = Listing::of(report);
            self.fingerprint = Fingerprint::default();
        }
    }

    /// Has the fingerprint follow what stands in the form.
    pub(crate) fn follow(&mut self, client: &FeedbackClient, form: &Form) {
        let mut fingerprint = std::mem::take(&mut self.fingerprint);
        fingerprint.follow(client, &form.said, || self.current(form));
        self.fingerprint = fingerprint;
    }

    /// Opens a file of the report, on a screen of its own. Whether it is listed still.
    pub(crate) fn read(&mut self, ctx: &Context, form: &Form, path: String, opener: Id) -> bool {
        let report = self.current(form);
        self.reader = report.map(|report| Reader::new(ctx, report, path, opener));
        self.reader.is_some()
    }

    /// Shows neither the list nor a file any more.
    pub(crate) fn put_away(&mut self) {
        self.is_open = false;
        self.reader = None;
    }

    /// Whether a file is being read.
    pub(crate) fn is_read(&self) -> bool {
        self.reader.is_some()
    }

    /// The screen of the file that is read.
    pub(crate) fn reader(&mut self) -> Option<&mut Reader> {
        self.reader.as_mut()
    }

    /// Ends reading. What had the keyboard before, if a file was read.
    pub(crate) fn leave_file(&mut self) -> Option<Id> {
        self.reader.take().map(|reader| reader.opener)
    }

    /// The line that opens, and what it shows. `version` is that of the form.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        words: &Words,
        version: u64,
        said: &mut Said,
        can_save: bool,
    ) -> Option<Action> {
        let is_current = self.report(version).is_some();
        let can_save = can_save && self.can_send(version, said);
        let frame = Some(ui.ctx().cumulative_frame_nr());
        if is_current && std::mem::take(&mut self.has_come) {
            self.told_in = frame;
        }
        let state = State {
            is_current,
            is_news: self.told_in == frame,
            manifest: self.fingerprint.manifest_bytes(said),
        };
        let mut action = None;
        let mut wanted = None;
        let header = CollapsingHeader::new(&*words.contents)
            .id_salt("feedback-contents")
            .open(Some(self.is_open))
            .show_unindented(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                wanted = self.listing.show(ui, words, said, &state);
                if is_current {
                    let is_pressed = listing::below_name(ui, |ui| {
                        ui.spacing_mut().item_spacing.y = 2.0 * listing::BETWEEN;
                        // What is too large goes smaller than it is listed, so under another hash.
                        if self.exceeds(version, said).is_none() {
                            self.fingerprint.show(ui, words, said);
                        }
                        let save = parts::button(&*words.save_copy);
                        parts::reachable(ui.add_enabled(can_save, save)).clicked()
                    });
                    action = is_pressed.then_some(Action::Pick(Wish::Save(None)));
                }
            });
        let line = parts::reachable(header.header_response);
        parts::mark_focus(ui, &line);
        say_whether_open(ui, &line, self.is_open);
        if self.wants_room && is_current {
            parts::scroll_to(&line, Some(Align::Min));
            self.wants_room = header.openness < 1.0;
        }
        if line.clicked() {
            // What was shown stays what is sent, also when the list is put away again.
            self.is_open = !self.is_open;
            self.wants_room = self.is_open;
        }
        match wanted {
            Some(Wanted::Read(path, opener)) => Some(Action::Read(path, opener)),
            Some(Wanted::Switch(path, goes_along)) => {
                self.switch(&path, goes_along, said);
                None
            }
            Some(Wanted::AsItIs(path, as_it_is)) => Some(Action::AsItIs(path, as_it_is)),
            None => action,
        }
    }

    /// Has a file go along, or not.
    fn switch(&mut self, path: &str, goes_along: bool, said: &mut Said) {
        if let Some((_, report)) = &mut self.report
            && report.leave_out(path, !goes_along)
        {
            said.left_out.note(report);
            self.list_anew();
        }
    }
}

/// Tells a screen reader whether the list below this line is shown. egui says "expanded", which AccessKit passes on to
/// Windows alone: elsewhere the line is a button that is pressed or not.
fn say_whether_open(ui: &Ui, line: &Response, is_open: bool) {
    if cfg!(not(windows)) {
        ui.ctx()
            .accesskit_node_builder(line.id, |node| node.set_toggled(is_open.into()));
    }
}

/// Collects what the form holds now.
fn prepare(client: &FeedbackClient, form: &Form, words: &Words, ctx: &Context) -> Pending<Report> {
    client.prepare(ReportDraft {
        language: Some(words.language().to_owned()),
        ..form.draft(ctx.pixels_per_point(), monitor(ctx))
    })
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
        // Without the zoom of the app.
        scale: ctx.native_pixels_per_point(),
    })
}

#[cfg(test)]
mod tests {
    use egui::{RawInput, ViewportId, vec2};

    use super::*;

    #[test]
    fn a_monitor_has_its_own_pixels_and_scale_whatever_the_zoom_of_the_app() {
        let ctx = Context::default();
        ctx.set_zoom_factor(1.25);
        let mut told = None;
        for _ in 0..2 {
            let mut input = RawInput::default();
            let window = input.viewports.entry(ViewportId::ROOT).or_default();
            window.native_pixels_per_point = Some(2.0);
            window.monitor_size = Some(vec2(3840.0, 2160.0) / 2.5); // in the app's points
            let mut drawn = ctx.run_ui(input, |ui| told = monitor(ui.ctx()));
            drawn.textures_delta.clear(); // nobody shows it
        }
        let expected = Monitor {
            width: 3840,
            height: 2160,
            scale: Some(2.0),
        };
        assert_eq!(told, Some(expected));
    }
}
