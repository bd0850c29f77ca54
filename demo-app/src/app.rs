//! The app: menu, editor, and the feedback window.

use std::path::PathBuf;

use eframe::egui::{
    Button, Context, Id, Key, KeyboardShortcut, MenuBar, Modal, Modifiers, OpenUrl, Panel, Ui,
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
    /// Its end tells a clean exit from a crash.
    _run: RunGuard,
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

    /// What is done in every frame, also in those of a window that is minimised or covered, which is not drawn: asks
    /// before the note or a message to the makers is lost with it.
    pub fn logic(&mut self, ctx: &Context) {
        // The feedback window, step 4: what was sent goes on, and the first try to close shows what would be lost.
        self.feedback.logic(ctx);
        if self.editor.may_close(ctx) {
            self.feedback.guard_closing(ctx);
        }
    }

    /// Draws one frame, after [`logic`](Self::logic).
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
        self.editor.may_close(ui.ctx()); // a slow frame can bring the first words with the wish to close
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
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        self.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }
}
