//! `feedback window`: the dialog in a window of its own, for apps that are not egui.
//!
//! The window is open for as long as the person has something to write or to read; what becomes of the report
//! after that is followed as `feedback send` does.

#[cfg(all(unix, not(target_os = "macos")))]
mod display;
mod leaving;
#[cfg(unix)]
mod signals;
mod theme;

use std::fmt::Display;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use eframe::egui::{CentralPanel, Context, Frame, IconData, Ui, ViewportBuilder, ViewportCommand};
use feedback_sdk::{FeedbackClient, ReportDraft, ReportId};
use feedback_widget::{FeedbackDialog, FeedbackResponse, Leave, keep_window};

use self::leaving::Leaving;
use crate::args::{Theme, Window};
use crate::outcome::{Outcome, is_stored, sent_last};
use crate::output::{self, Exit, Failure, Line, State};

/// Room for the form with a file and a picture, in points.
const SIZE: [f32; 2] = [480.0, 420.0];
/// The dialog can be used down to this size, in points.
const LEAST: [f32; 2] = [320.0, 240.0];
/// Between the window's edge and the dialog, in points.
const MARGIN: i8 = 16;

pub(crate) fn run(args: Window) -> Result<Exit, Failure> {
    #[cfg(all(unix, not(target_os = "macos")))]
    display::forget_what_is_gone();
    let Window {
        to,
        given,
        language,
        theme,
        accent,
        words,
    } = args;
    let client = FeedbackClient::new(given.config(&to)?)?;
    let events = client.subscribe(|| {});
    let mut dialog = FeedbackDialog::new(client.clone());
    if let Some(language) = language {
        dialog.set_language(&language);
    }
    // English also stands in where there is no font. The tests tell that no language lacks these words.
    for language in [dialog.language(), "en"] {
        let _ = dialog.replace_words(language, &words_of_the_next_start());
    }
    if let Some(file) = &words {
        replace_words(&mut dialog, file)?;
    }
    dialog.set_accent(accent);
    if let Some(file) = &given.save {
        dialog = dialog.save_to(file);
    }
    let mut draft = given.draft()?;
    // Before the window, which tells what the person has changed from what it began with.
    draft.reply_to = draft.reply_to.or_else(|| client.reply_to().wait().ok().flatten());
    let mut told = Told::default();
    let app = App::new(dialog, draft, &mut told);
    let end = Arc::clone(&app.end);
    open(&given.app, theme, app)?;
    let _ = client.reply_to().wait(); // whatever the window has asked to remember is done before
    let not_stored = |message| Failure {
        exit: Exit::NotStored,
        message,
    };
    let events_so_far: Vec<_> = std::iter::from_fn(|| events.try_next()).collect();
    let sent = sent_last(&told.reports, &events_so_far);
    let is_told = sent.is_none_or(|id| told.reports.contains(&id));
    if let Some(why) = told.not_stored.filter(|_| is_told) {
        return Err(not_stored(why));
    }
    if let Some((id, file)) = told.saved.zip(given.save.as_ref()) {
        let bytes = std::fs::metadata(file).map_or(0, |facts| facts.len());
        output::print(to.json, &Line::new(id, bytes, &State::Saved));
        return Ok(Exit::Done);
    }
    let Some(id) = sent.filter(|_| given.save.is_none()) else {
        output::print(to.json, &Line::nothing(&State::Cancelled));
        return Ok(Exit::Cancelled);
    };
    let mut outcome = Outcome::default();
    for event in events_so_far {
        outcome.told(id, event);
    }
    outcome.follow_upload(&events, id, to.wait(), &end.is_wanted);
    let is_stored = is_stored(&client, id);
    if !is_stored {
        outcome.ask_after(&client, &events, id);
    }
    let (bytes, gaps) = (outcome.bytes, outcome.gaps.clone());
    let state = outcome.state();
    let line = match &state {
        State::Cancelled => Line::nothing(&state),
        State::Queued { reason } | State::Refused { reason } if !is_stored => {
            return Err(not_stored(format!(
                "the report could not be stored, and was not sent while the window was open: {reason}"
            )));
        }
        _ => Line::new(id, bytes, &state).with_gaps(&gaps),
    };
    output::print(to.json, &line);
    Ok(state.exit())
}

/// What to say where the dialog speaks of what happens while the app is open: this program ends with its window.
fn words_of_the_next_start() -> String {
    const WHILE_OPEN: [&str; 5] = [
        "goes_on",
        "next_try_moment",
        "next_try_minutes",
        "next_try_hours",
        "next_try_days",
    ];
    WHILE_OPEN
        .map(|id| format!("{id} = {{ -next_start }}\n"))
        .concat()
}

/// Lets the dialog say things in the words of a file.
fn replace_words(dialog: &mut FeedbackDialog, file: &Path) -> Result<(), Failure> {
    let usage = |why: &dyn Display| Failure {
        exit: Exit::Usage,
        message: format!("--words {}: {why}", file.display()),
    };
    let words = std::fs::read_to_string(file).map_err(|error| usage(&error))?;
    let language = dialog.language();
    dialog
        .replace_words(language, &words)
        .map_err(|error| usage(&error))
}

/// Opens the window and runs it until it is closed.
fn open(app_name: &str, theme: Theme, app: App<'_>) -> Result<(), Failure> {
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_app_id(app_name)
            .with_icon(IconData::default()) // the desktop's own: this is not eframe's window
            .with_inner_size(SIZE)
            .with_min_inner_size(LEAST),
        ..Default::default()
    };
    let title = format!("{app_name} – {}", app.dialog.title());
    let opened = Arc::new(AtomicBool::new(false));
    let now_open = Arc::clone(&opened);
    #[cfg(unix)]
    let end = Arc::clone(&app.end);
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        now_open.store(true, Ordering::Relaxed);
        #[cfg(unix)]
        signals::follow(&creation.egui_ctx, end);
        theme::set(&creation.egui_ctx, theme);
        Ok(Box::new(app))
    });
    let was_open = Arc::clone(&opened);
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if was_open.load(Ordering::Relaxed) {
            return report(info);
        }
        // Where a library of the system is missing, the windowing library panics instead of saying so.
        let Failure { exit, message } = no_window(info.payload_as_str().unwrap_or("a library is missing"));
        output::tell(message);
        std::process::exit(exit as i32);
    }));
    eframe::run_native(&title, options, create).map_err(|error| no_window(&error.to_string()))
}

/// Not the command's fault but the machine's, so not [`Exit::Usage`]: nothing was promised.
fn no_window(why: &str) -> Failure {
    // In front of the reason stands where in its source the windowing library found it.
    let why = why.rsplit(": ").next().unwrap_or(why).trim_end_matches('.');
    Failure {
        exit: Exit::NotStored,
        message: format!(
            "cannot open a window: {why}; run it in a desktop session with OpenGL, or use `feedback send`"
        ),
    }
}

/// What the dialog has told.
#[derive(Debug, Default)]
struct Told {
    /// What was sent, the last at the end.
    reports: Vec<ReportId>,
    /// The report that is in its file.
    saved: Option<ReportId>,
    not_stored: Option<String>,
    /// The last one is on disk.
    is_stored: bool,
    /// The server has said no to it.
    is_refused: bool,
}

impl Told {
    fn note(&mut self, response: FeedbackResponse) {
        if let Some(id) = response.sending {
            let mut reports = std::mem::take(&mut self.reports);
            reports.push(id);
            *self = Self {
                reports,
                ..Self::default()
            };
        }
        self.saved = response.saved.or(self.saved);
        if response.not_stored.is_some() {
            self.not_stored = response.not_stored;
        }
        let is_last = |id: Option<ReportId>| id.is_some() && id == self.reports.last().copied();
        self.is_stored |= is_last(response.stored);
        self.is_refused |= is_last(response.refused);
    }
}

struct App<'a> {
    dialog: FeedbackDialog,
    /// What the form held before the person came.
    given: ReportDraft,
    told: &'a mut Told,
    leaving: Leaving,
    /// The window was to be closed before it could ask.
    is_to_close: bool,
    end: Arc<End>,
}

/// How far the program's end has come.
#[derive(Default)]
struct End {
    /// The window will not be seen again.
    window_is_gone: AtomicBool,
    /// A signal wants what is left to be short.
    is_wanted: AtomicBool,
}

impl<'a> App<'a> {
    fn new(mut dialog: FeedbackDialog, draft: ReportDraft, told: &'a mut Told) -> Self {
        dialog.prefill(draft);
        dialog.open();
        Self {
            given: dialog.draft(),
            dialog,
            told,
            leaving: Leaving::No,
            is_to_close: false,
            end: Arc::default(),
        }
    }

    /// Whether nothing of the person's own is lost if the window goes.
    fn is_safe(&self) -> bool {
        if !self.dialog.has_draft() || self.is_kept() {
            return true;
        }
        let draft = self.dialog.draft();
        let is_finished = !self.dialog.has_unfinished_picture() && !self.dialog.is_sending();
        is_finished && !draft.is_empty() && draft == self.given
    }

    /// Whether all that the person has is a report that was refused, which is kept on disk.
    fn is_kept(&self) -> bool {
        self.told.is_refused
            && self.told.is_stored
            && self.dialog.has_draft()
            && self.dialog.draft().is_empty()
            && !self.dialog.has_unfinished_picture()
    }

    /// Keeps the window for the question, which a window that is minimised or covered can neither draw nor show. One in
    /// which nothing would be lost may go unseen.
    fn keep(&mut self, ctx: &Context) {
        self.dialog.logic(ctx);
        let closes = ctx.input(|input| input.viewport().close_requested());
        if closes && self.leaving != Leaving::Free && !self.is_safe() {
            self.is_to_close = true;
            keep_window(ctx);
        }
    }

    fn show(&mut self, ui: &mut Ui) {
        // As the person sees it: closing the dialog brings back the words of a refused report.
        let was_kept = self.is_kept();
        let ctx = ui.ctx().clone();
        // A screen reader that comes to the window says its name, which the system's title is not.
        let title = self.dialog.title();
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |window| window.set_label(title));
        let mut response = self.dialog.show_inside(ui);
        let closes = ctx.input(|input| input.viewport().close_requested());
        let asked_to_close = std::mem::take(&mut self.is_to_close) || closes;
        if asked_to_close && self.dialog.is_open() {
            self.dialog.close();
            response.closed = true;
        }
        let is_closed = response.closed;
        self.told.note(response);
        if is_closed {
            let now = ctx.input(|input| input.time);
            self.leaving = Leaving::asked(was_kept || self.is_safe(), now);
        } else if self.dialog.is_open() {
            self.leaving = Leaving::No; // something went wrong, and they should see it
        }
        if self.is_safe() {
            self.leaving.is_safe_now();
        }
        match self.leaving {
            Leaving::No => {}
            Leaving::Free => ctx.send_viewport_cmd(ViewportCommand::Close),
            Leaving::Asking { since } => {
                if asked_to_close {
                    ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                }
                let now = ctx.input(|input| input.time);
                let has_room = !is_closed; // the dialog was still drawn in this frame
                if has_room && !leaving::may_still_be_stored(self.dialog.is_sending(), since, now) {
                    match self.dialog.ask_to_leave(ui) {
                        Some(Leave::Stay) => self.dialog.open(),
                        Some(Leave::Anyway) => self.leaving = Leaving::Free,
                        None => {}
                    }
                }
                let next = if has_room {
                    leaving::PATIENCE
                } else {
                    Duration::ZERO
                };
                ctx.request_repaint_after(next);
            }
        }
    }
}

impl eframe::App for App<'_> {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        self.keep(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let frame = Frame::central_panel(ui.style()).inner_margin(MARGIN);
        CentralPanel::default().frame(frame).show(ui, |ui| self.show(ui));
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.end.window_is_gone.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use eframe::egui::{Event, Key, Modifiers, RawInput, ViewportEvent, ViewportId};
    use feedback_sdk::FeedbackConfig;
    use feedback_sdk::testing::{Receiver, Reply};

    use super::*;

    fn dialog(spool: &tempfile::TempDir) -> FeedbackDialog {
        let config = FeedbackConfig::new("https://feedback.invalid/x", "pk", "Notes", "1")
            .spool_dir(spool.path())
            .deliver(false);
        FeedbackDialog::new(FeedbackClient::new(config).unwrap())
    }

    /// What the window is told in a frame in which it is to close, after it was open for a while.
    fn told_when_closed_with(events: Vec<Event>) -> Vec<ViewportCommand> {
        let spool = tempfile::tempdir().unwrap();
        let dialog = dialog(&spool);
        let mut told = Told::default();
        let mut app = App::new(dialog, ReportDraft::default(), &mut told);
        let ctx = Context::default();
        for _ in 0..5 {
            let mut output = ctx.run_ui(RawInput::default(), |ui| app.show(ui));
            output.textures_delta.clear();
        }
        let mut input = RawInput {
            events,
            ..RawInput::default()
        };
        let window = input.viewports.entry(ViewportId::ROOT).or_default();
        window.events.push(ViewportEvent::Close);
        let mut output = ctx.run_ui(input, |ui| app.show(ui));
        output.textures_delta.clear();
        let window = output.viewport_output.remove(&ViewportId::ROOT);
        window.unwrap().commands
    }

    /// A slow machine shows what was done in a second in one frame.
    #[test]
    fn words_that_come_with_the_wish_to_close_are_asked_about() {
        let told = told_when_closed_with(vec![Event::Text("first words".to_owned())]);
        assert!(told.contains(&ViewportCommand::CancelClose), "{told:?}");
        assert!(!told.contains(&ViewportCommand::Close), "{told:?}");
        let told = told_when_closed_with(Vec::new());
        assert!(told.contains(&ViewportCommand::Close), "{told:?}");
    }

    /// What a window that is minimised is told when it is to close once its report is stored.
    #[test]
    fn a_hidden_window_goes_with_a_report_that_is_stored() {
        let spool = tempfile::tempdir().unwrap();
        let config = FeedbackConfig::new("https://feedback.invalid/x", "pk", "Notes", "1")
            .spool_dir(spool.path())
            .deliver(false);
        let client = FeedbackClient::new(config).unwrap();
        let mut told = Told::default();
        let draft = ReportDraft::new("The export is empty");
        let mut app = App::new(FeedbackDialog::new(client.clone()), draft, &mut told);
        let ctx = Context::default();
        send(&mut app, &ctx);
        assert_eq!(client.waiting().wait().unwrap().len(), 1);
        assert!(!stays(&mut app, &ctx));
    }

    fn key(modifiers: Modifiers, key: Key) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        }
    }

    fn frame(app: &mut App<'_>, ctx: &Context, events: Vec<Event>) {
        let input = RawInput {
            events,
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| app.show(ui));
        output.textures_delta.clear();
    }

    /// Presses Send.
    fn send(app: &mut App<'_>, ctx: &Context) {
        for _ in 0..10 {
            if !app.dialog.is_sending() {
                frame(app, ctx, vec![key(Modifiers::COMMAND, Key::Enter)]);
            }
        }
        assert!(app.dialog.is_sending());
    }

    /// The window is to be closed while it is not drawn. Whether it stays.
    fn stays(app: &mut App<'_>, ctx: &Context) -> bool {
        let mut input = RawInput::default();
        let window = input.viewports.entry(ViewportId::ROOT).or_default();
        window.events.push(ViewportEvent::Close);
        let mut output = ctx.run_ui(input, |ui| app.keep(ui.ctx()));
        output.textures_delta.clear();
        let told = &output.viewport_output[&ViewportId::ROOT].commands;
        told.contains(&ViewportCommand::CancelClose)
    }

    #[test]
    fn words_that_are_refused_are_asked_about_where_no_disk_has_them() {
        for has_disk in [true, false] {
            let folder = tempfile::tempdir().unwrap();
            let spool = folder.path().join("spool");
            if !has_disk {
                std::fs::write(&spool, "in the way").unwrap();
            }
            let server = Receiver::start(|_| Reply::Answer(401, "", String::new())).unwrap();
            let config = FeedbackConfig::new(server.url(), "pk", "Notes", "1").spool_dir(spool);
            let client = FeedbackClient::new(config).unwrap();
            let (wake, woken) = channel();
            let _events = client.subscribe(move || wake.send(()).unwrap_or_default());
            let mut told = Told::default();
            let nothing = ReportDraft::default();
            let mut app = App::new(FeedbackDialog::new(client), nothing, &mut told);
            let ctx = Context::default();
            for _ in 0..5 {
                frame(&mut app, &ctx, Vec::new());
            }
            frame(&mut app, &ctx, vec![Event::Text("precious".to_owned())]);
            send(&mut app, &ctx);
            while !app.told.is_refused {
                woken.recv_timeout(Duration::from_mins(3)).unwrap();
                frame(&mut app, &ctx, Vec::new());
            }
            assert_eq!(stays(&mut app, &ctx), !has_disk, "the window is closed");
            frame(&mut app, &ctx, vec![key(Modifiers::NONE, Key::Escape)]);
            assert_eq!(app.leaving == Leaving::Free, has_disk, "the dialog is closed");
        }
    }

    #[test]
    fn each_language_can_speak_of_the_next_start() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/languages")).unwrap();
        let tags: Vec<_> = files
            .map(|file| file.unwrap().path().file_stem().unwrap().to_owned())
            .collect();
        assert!(tags.len() >= 14, "{tags:?}");
        let spool = tempfile::tempdir().unwrap();
        let mut dialog = dialog(&spool);
        for tag in tags {
            let tag = tag.to_str().unwrap();
            assert_eq!(dialog.replace_words(tag, &words_of_the_next_start()), Ok(()));
        }
    }
}
