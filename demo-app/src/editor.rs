//! The editor: one note, its file, and the question before anything typed would be lost.

mod question;

use std::path::{Path, PathBuf};

use eframe::egui::{
    self, Button, CentralPanel, Context, Frame, Key, KeyboardShortcut, Margin, Modifiers, Panel, ScrollArea,
    TextEdit, Ui, ViewportCommand,
};

use self::question::Answer;
use crate::files::{Done, Files, Pick, Picker};

const SHIFT_COMMAND: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const NEW: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::N);
const OPEN: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::O);
const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);
const SAVE_AS: KeyboardShortcut = KeyboardShortcut::new(SHIFT_COMMAND, Key::S);
const QUIT: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Q);

/// What a person asks of the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Leave(Next),
    Save,
    SaveAs,
}

/// What comes after this note, once nothing of it can be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    New,
    Open,
    /// Show the file that was just read.
    Show,
    Quit,
}

/// What the status bar says.
enum Notice {
    Calm(String),
    Trouble(String),
}

/// One note being written.
pub struct Editor {
    text: String,
    path: Option<PathBuf>,
    /// Counts changes; the file and the person's "don't save" each hold one of its values.
    revision: u64,
    saved: u64,
    given_up: Option<u64>,
    /// Counts notes, so that undo never brings back the note before.
    note: u64,
    just_shown: bool,
    lines_and_words: (usize, usize),
    files: Files,
    /// Read, and waiting until the note on screen is safe.
    read: Option<(PathBuf, String)>,
    question: Option<Next>,
    after_save: Option<Next>,
    notice: Option<Notice>,
    title: String,
}

impl Editor {
    /// An empty note. `picker` asks people for files.
    pub fn new(picker: Picker) -> Self {
        Self {
            text: String::new(),
            path: None,
            revision: 0,
            saved: 0,
            given_up: None,
            note: 0,
            just_shown: true,
            lines_and_words: (0, 0),
            files: Files::new(picker),
            read: None,
            question: None,
            after_save: None,
            notice: None,
            title: String::new(),
        }
    }

    /// The text on screen.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The note's file, once it has one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether there is something to lose.
    pub fn is_modified(&self) -> bool {
        self.revision != self.saved
    }

    /// The note in a few words, and none of its own.
    pub fn summary(&self) -> String {
        let (lines, words) = self.lines_and_words;
        let saved = if self.is_modified() { "not saved" } else { "saved" };
        format!("{lines} lines, {words} words, {saved}")
    }

    /// Opens a file in place of the note on screen. Asks first where that would lose something.
    pub fn open(&mut self, ctx: &Context, path: PathBuf) {
        self.files.open(ctx, Some(path));
    }

    /// The entries of the menu "File".
    pub fn file_menu(&mut self, ui: &mut Ui) {
        let free = !self.files.is_busy();
        let mut entry = |ui: &mut Ui, name: &str, keys: &KeyboardShortcut, usable: bool, action: Action| {
            let button = Button::new(name).shortcut_text(ui.ctx().format_shortcut(keys));
            if ui.add_enabled(usable, button).clicked() {
                ui.close(); // egui does it for a click of the mouse alone
                self.act(ui.ctx(), action);
            }
        };
        entry(ui, "New", &NEW, true, Action::Leave(Next::New));
        entry(ui, "Open…", &OPEN, free, Action::Leave(Next::Open));
        ui.separator();
        entry(ui, "Save", &SAVE, free, Action::Save);
        entry(ui, "Save as…", &SAVE_AS, free, Action::SaveAs);
        ui.separator();
        entry(ui, "Quit", &QUIT, true, Action::Leave(Next::Quit));
    }

    /// The text and the status bar, in all the room there is.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        while let Some(done) = self.files.poll() {
            self.finish(&ctx, done);
        }
        self.status_bar(ui);
        self.text_area(ui);
        if let Some(next) = self.question {
            self.ask(&ctx, next);
        } else if ctx.memory(|memory| memory.top_modal_layer().is_none())
            && let Some(action) = pressed(&ctx)
        {
            self.act(&ctx, action);
        }
        self.set_title(&ctx);
    }

    fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Leave(next) => self.leave(ctx, next),
            Action::Save => self.save(ctx, self.path.clone()),
            Action::SaveAs => self.save(ctx, None),
        }
    }

    /// Whether the window may close, if it is to. Where the note would be lost, the window stays, is shown and asks.
    pub(crate) fn may_close(&mut self, ctx: &Context) -> bool {
        if self.may_leave() {
            return true;
        }
        if ctx.input(|input| input.viewport().close_requested()) {
            feedback_widget::keep_window(ctx);
            self.leave(ctx, Next::Quit);
        }
        false
    }

    /// Whether nothing of the note would be lost.
    fn may_leave(&self) -> bool {
        !self.is_modified() || self.given_up == Some(self.revision)
    }

    /// Goes on to `next`, or asks first.
    fn leave(&mut self, ctx: &Context, next: Next) {
        if !self.may_leave() {
            self.question = Some(next);
            return;
        }
        match next {
            Next::New => self.set_note(None, String::new()),
            Next::Open => self.files.open(ctx, None),
            Next::Show => {
                if let Some((path, text)) = self.read.take() {
                    self.set_note(Some(path), text);
                }
            }
            Next::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    fn save(&mut self, ctx: &Context, path: Option<PathBuf>) {
        if self.files.is_busy() {
            let words = "Another file is being opened or saved. Please try again after that.";
            self.notice = Some(Notice::Trouble(words.to_owned()));
            self.after_save = None;
            return;
        }
        let suggested = self.path.as_deref().map_or("Note.txt".to_owned(), file_name);
        self.files
            .save(ctx, path, &suggested, self.text.clone(), self.revision);
    }

    fn finish(&mut self, ctx: &Context, done: Done) {
        let after_save = self.after_save.take();
        match done {
            Done::Cancelled => {}
            Done::Opened { path, text } => {
                self.read = Some((path, text));
                self.leave(ctx, Next::Show); // something may have been typed while it was read
            }
            Done::Saved {
                path,
                bytes,
                revision,
            } => {
                self.saved = revision;
                self.notice = Some(Notice::Calm(format!("Saved, {bytes} bytes.")));
                self.path = Some(path);
                if let Some(next) = after_save {
                    self.leave(ctx, next);
                }
            }
            Done::Failed { path, what, why } => {
                let name = file_name(&path);
                let why = why.trim_end_matches('.');
                self.notice = Some(Notice::Trouble(match what {
                    Pick::Open => format!("“{name}” was not opened: {why}."),
                    Pick::Save { .. } => {
                        format!("“{name}” was not saved: {why}. Your text is still here; try “Save as…”.")
                    }
                }));
            }
        }
    }

    fn ask(&mut self, ctx: &Context, next: Next) {
        let Some(answer) = question::show(ctx, &self.name()) else {
            return;
        };
        self.question = None;
        match answer {
            Answer::Save => {
                self.after_save = Some(next);
                self.save(ctx, self.path.clone());
            }
            Answer::GiveUp => {
                self.given_up = Some(self.revision);
                self.leave(ctx, next);
            }
            Answer::Stay => self.read = None,
        }
    }

    fn set_note(&mut self, path: Option<PathBuf>, text: String) {
        self.text = text;
        self.path = path;
        self.note += 1;
        self.just_shown = true;
        self.changed();
        self.saved = self.revision;
        self.notice = None;
    }

    fn changed(&mut self) {
        self.revision += 1;
        self.lines_and_words = (self.text.lines().count(), self.text.split_whitespace().count());
    }

    fn text_area(&mut self, ui: &mut Ui) {
        let frame = Frame::NONE.fill(ui.visuals().extreme_bg_color);
        CentralPanel::no_frame().frame(frame).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                let field = TextEdit::multiline(&mut self.text)
                    .id_salt(("note", self.note))
                    .frame(Frame::NONE.inner_margin(Margin::symmetric(24, 20)))
                    .font(egui::FontId::proportional(16.0))
                    .hint_text("Write something…")
                    .desired_width(f32::INFINITY)
                    .min_size(ui.available_size());
                let response = field.show(ui).response;
                ui.ctx()
                    .accesskit_node_builder(response.id, |node| node.set_label("Note"));
                if std::mem::take(&mut self.just_shown) {
                    response.request_focus();
                }
                if response.changed() {
                    self.notice.take_if(|notice| matches!(notice, Notice::Calm(_)));
                    self.changed();
                }
            });
        });
    }

    fn status_bar(&self, ui: &mut Ui) {
        Panel::bottom("status").show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(self.name());
                if self.is_modified() {
                    ui.label("(not saved)");
                }
                match &self.notice {
                    Some(Notice::Calm(text)) => ui.label(text),
                    Some(Notice::Trouble(text)) => ui.strong(format!("⚠ {text}")),
                    None => ui.label(""),
                };
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let (lines, words) = self.lines_and_words;
                    ui.label(format!("{lines} lines, {words} words"));
                });
            });
        });
    }

    /// The file's name, as people know the note.
    fn name(&self) -> String {
        self.path.as_deref().map_or("New note".to_owned(), file_name)
    }

    fn set_title(&mut self, ctx: &Context) {
        let mark = if self.is_modified() { "• " } else { "" };
        let title = format!("{mark}{} – {}", self.name(), crate::APP_NAME);
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

/// The shortcut that was pressed in this frame.
fn pressed(ctx: &Context) -> Option<Action> {
    // "Save as" before "Save": its keys hold those of "Save".
    let shortcuts = [
        (&SAVE_AS, Action::SaveAs),
        (&SAVE, Action::Save),
        (&NEW, Action::Leave(Next::New)),
        (&OPEN, Action::Leave(Next::Open)),
        (&QUIT, Action::Leave(Next::Quit)),
    ];
    ctx.input_mut(|input| {
        shortcuts
            .into_iter()
            .find_map(|(keys, action)| input.consume_shortcut(keys).then_some(action))
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
