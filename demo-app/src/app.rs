//! The app: menu, editor, and the feedback window.

use std::path::PathBuf;

use eframe::egui::{
    Button, Context, Id, Key, KeyboardShortcut, MenuBar, Modal, Modifiers, OpenUrl, Panel, Ui,
    ViewportCommand,
};
use feedback_sdk::{ConfigError, RunGuard};
use feedback_widget::FeedbackDialog;

use crate::editor::Editor;
use crate::feedback::{self, Settings};
use crate::files::Picker;

/// The key that asks for help on most desktops.
const WRITE_TO_US: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::F1);

/// Makes the address of the inbox, where support people read what arrives.
pub type Inbox = Box<dyn Fn() -> String>;

/// A note editor whose people can write to its makers.
pub struct App {
    editor: Editor,
    feedback: FeedbackDialog,
    inbox: Option<Inbox>,
    about: bool,
    leaving: Leaving,
    /// Its end tells a clean exit from a crash.
    _run: RunGuard,
}

/// Whether the app may end over a message to its makers that is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    NotAsked,
    Asking,
    /// The person has given the message up.
    Free,
}

impl App {
    /// The app with an empty note. With an `inbox`, the feedback window offers to open it at the end.
    pub fn new(settings: &Settings, picker: Picker, inbox: Option<Inbox>) -> Result<Self, ConfigError> {
        let (mut dialog, run) = feedback::dialog(settings)?;
        if inbox.is_some() {
            dialog = dialog.thank_you_link("Open the inbox");
        }
        Ok(Self {
            editor: Editor::new(picker),
            feedback: dialog,
            inbox,
            about: false,
            leaving: Leaving::NotAsked,
            _run: run,
        })
    }

    /// The editor.
    pub fn editor(&self) -> &Editor {
        &self.editor
    }

    /// Opens a file, as the menu would.
    pub fn open(&mut self, ctx: &Context, path: PathBuf) {
        self.editor.open(ctx, path);
    }

    /// One frame.
    pub fn show(&mut self, ui: &mut Ui) {
        Panel::top("menu").show(ui, |ui| {
            MenuBar::new().ui(ui, |ui| {
                ui.menu_button("File", |ui| self.editor.file_menu(ui));
                // A dot says that there is something to look at in the feedback window.
                let help = if self.feedback.attention() > 0 {
                    "Help •"
                } else {
                    "Help"
                };
                ui.menu_button(help, |ui| self.help_menu(ui));
            });
        });
        self.editor.show(ui);
        self.about(ui.ctx());

        if ui.input_mut(|input| input.consume_shortcut(&WRITE_TO_US)) {
            self.write_to_us();
        }
        // The feedback window, step 3: in every frame.
        let response = self.feedback.show(ui.ctx());
        if let Some(receipt) = response.sent {
            tracing::info!(number = receipt.number, "feedback has arrived");
        }
        if response.thank_you_link_clicked
            && let Some(inbox) = &self.inbox
        {
            ui.ctx().open_url(OpenUrl::new_tab(inbox()));
        }
        self.keep_the_message(ui.ctx());
    }

    /// Asks before a message to the makers is lost with the window.
    fn keep_the_message(&mut self, ctx: &Context) {
        let closes = ctx.input(|input| input.viewport().close_requested()) && self.editor.may_leave();
        if closes && self.leaving != Leaving::Free && self.feedback.has_draft() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.leaving = Leaving::Asking;
        }
        if self.leaving != Leaving::Asking {
            return;
        }
        let modal = Modal::new(Id::unique("unsent question")).show(ctx, |ui| {
            ui.set_width(340.0);
            ui.heading("Quit without sending your message?");
            ui.add_space(4.0);
            ui.label("What you wrote to us would be lost.");
            ui.add_space(12.0);
            ui.horizontal(|ui| (ui.button("Show it").clicked(), ui.button("Quit anyway").clicked()))
                .inner
        });
        let (show, quit) = modal.inner;
        if quit {
            self.leaving = Leaving::Free;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if show || modal.should_close() {
            self.leaving = Leaving::NotAsked;
            if show {
                self.feedback.open();
            }
        }
    }

    fn help_menu(&mut self, ui: &mut Ui) {
        // The feedback window, step 2: where people look for help.
        let keys = ui.ctx().format_shortcut(&WRITE_TO_US);
        let entry = Button::new(self.feedback.button_label()).shortcut_text(keys);
        if ui.add(entry).clicked() {
            ui.close(); // egui does it for a click of the mouse alone
            self.write_to_us();
        }
        ui.separator();
        if ui.button("About").clicked() {
            ui.close();
            self.about = true;
        }
        if ui.button("Crash now").clicked() {
            crash();
        }
    }

    fn write_to_us(&mut self) {
        self.feedback.set_context("note", self.editor.summary());
        self.feedback.open();
    }

    fn about(&mut self, ctx: &Context) {
        if !self.about {
            return;
        }
        let modal = Modal::new(Id::unique("about")).show(ctx, |ui| {
            ui.set_width(300.0);
            ui.heading(crate::APP_NAME);
            ui.label(concat!("Version ", env!("CARGO_PKG_VERSION")));
            ui.add_space(8.0);
            ui.label("A small editor for plain text, and the tutorial of the feedback window.");
            ui.add_space(12.0);
            ui.button("Close").clicked()
        });
        self.about = !modal.inner && !modal.should_close();
    }
}

/// For show: start the app again after it.
#[expect(clippy::panic, reason = "it is what it is for")]
fn crash() {
    tracing::debug!("about to crash");
    panic!("Help > Crash now was chosen");
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }
}
