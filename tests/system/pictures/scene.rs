//! What a picture is taken of.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use demo_app::stage::{Look, Stage};
use eframe::egui::{self, ColorImage, Event, Key, Modifiers, Theme, Ui, Vec2};
use fastrand::Rng;
use feedback_sdk::testing::{Receiver, Reply, with_monitor, with_system_facts};
use feedback_sdk::{FeedbackClient, FeedbackConfig, SystemInfo};
use feedback_tests::backlog::noise;
use feedback_widget::FeedbackDialog;

use super::compare::compare;
use super::{SIZE, contents};

/// In bytes: a report's size then does not tell one machine's facts from another's.
const LARGE: usize = 1_520_000;

/// What the pictures speak. The way to each is found in the first.
pub(super) const LANGUAGES: [&str; 4] = ["en", "de", "ru", "ja"];

/// An app with an open dialog, and what answers its reports.
pub(super) struct Scene {
    theme: Theme,
    pub(super) client: FeedbackClient,
    pub(super) stage: Stage<'static, FeedbackDialog>,
    pub(super) folder: tempfile::TempDir,
    /// Answers as long as the scene lasts.
    _receiver: Receiver,
}

impl Scene {
    /// An open dialog whose reports are answered with `reply`.
    pub(super) fn open(theme: Theme, reply: Reply) -> Self {
        Self::open_with(theme, [reply.clone(), reply])
    }

    /// An open dialog whose first report is answered with the first reply, and each later one with the second.
    pub(super) fn open_with(theme: Theme, replies: [Reply; 2]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spool = folder.path().join("spool");
        Self::open_with_spool(theme, replies, folder, &spool, SIZE)
    }

    /// An open dialog in a window of this size.
    pub(super) fn open_sized(theme: Theme, size: Vec2) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spool = folder.path().join("spool");
        Self::open_with_spool(theme, [Reply::RECEIPT, Reply::RECEIPT], folder, &spool, size)
    }

    pub(super) fn open_with_spool(
        theme: Theme,
        replies: [Reply; 2],
        folder: tempfile::TempDir,
        spool: &Path,
        size: Vec2,
    ) -> Self {
        let app = |config: FeedbackConfig| config.spool_dir(spool);
        Self::open_in(theme, replies, folder, size, app, |dialog| dialog)
    }

    /// An open dialog in an app that says more about it.
    pub(super) fn open_as(
        theme: Theme,
        reply: Reply,
        app: impl FnOnce(FeedbackConfig) -> FeedbackConfig,
        says: impl FnOnce(FeedbackDialog) -> FeedbackDialog,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spool = folder.path().join("spool");
        let app = |config: FeedbackConfig| app(config.spool_dir(spool));
        Self::open_in(theme, [reply.clone(), reply], folder, SIZE, app, says)
    }

    pub(super) fn open_in(
        theme: Theme,
        replies: [Reply; 2],
        folder: tempfile::TempDir,
        size: Vec2,
        app: impl FnOnce(FeedbackConfig) -> FeedbackConfig,
        says: impl FnOnce(FeedbackDialog) -> FeedbackDialog,
    ) -> Self {
        let [first, later] = replies;
        let is_later = AtomicBool::new(false);
        let receiver = Receiver::start(move |_| {
            let is_later = is_later.swap(true, Ordering::Relaxed);
            if is_later { later.clone() } else { first.clone() }
        })
        .unwrap();
        let config = FeedbackConfig::new(receiver.url(), "pk_test", "Notes", "1.4.0");
        let config = with_system_facts(config, SystemInfo::default());
        let config = with_monitor(config, "HDMI-1", 1920, 1080);
        let client = FeedbackClient::new(app(config)).unwrap();
        let mut dialog = says(dialog(&client));
        dialog.open();
        let _ = client.waiting().wait(); // the screens are known before
        let stage = Stage::new(look(theme, size), dialog, |ui, dialog: &mut FeedbackDialog| {
            dialog.guard_closing(ui.ctx());
            egui::CentralPanel::default().show(ui, |ui| ui.heading("The app behind"));
            dialog.show(ui.ctx());
        });
        let mut scene = Self {
            theme,
            client,
            stage,
            folder,
            _receiver: receiver,
        };
        scene.stage.wait_for("Your message").unwrap();
        scene
    }

    /// Starts the app again, with the dialog closed and another window around it.
    pub(super) fn start_again(&mut self, size: Vec2, ui: impl FnMut(&mut Ui, &mut FeedbackDialog) + 'static) {
        self.stage = Stage::new(look(self.theme, size), dialog(&self.client), ui);
    }

    /// An open dialog with a file, and with what cannot be attached.
    pub(super) fn attached(theme: Theme) -> Self {
        let mut scene = Self::open(theme, Reply::RECEIPT);
        let file = scene.folder.path().join("export.csv");
        std::fs::write(&file, "a;b\n1;2\n").unwrap();
        let folder = scene.folder.path().join("holiday pictures");
        std::fs::create_dir(&folder).unwrap();
        scene.write();
        scene.stage.drop_file(&file);
        scene.stage.drop_file(&folder);
        scene.until("This is not a file. A folder can be attached as a zip.");
        scene
    }

    /// An open dialog with a photo.
    pub(super) fn photo(theme: Theme) -> Self {
        let mut scene = Self::open(theme, Reply::RECEIPT);
        let file = scene.folder.path().join("IMG_0001.jpg");
        std::fs::write(&file, include_bytes!("photo.jpg")).unwrap();
        scene.write();
        scene.stage.drop_file(&file);
        scene.until("Edit IMG_0001.jpg");
        scene
    }

    pub(super) fn write(&mut self) -> &mut Self {
        self.stage
            .type_into("Your message", "The export is empty.\nЭкспорт пуст.")
            .unwrap();
        self.stage
            .type_into("Your e-mail, if you want an answer", "anna@example.org")
            .unwrap();
        self
    }

    pub(super) fn send(&mut self) -> &mut Self {
        self.write();
        self.stage.click("Send").unwrap();
        self
    }

    pub(super) fn attach_noise(&mut self) -> &mut Self {
        let file = noise_in(self.folder.path());
        self.stage.drop_file(&file);
        self.until("Remove noise.bin")
    }

    /// Goes to the list of so many earlier reports.
    pub(super) fn open_list(&mut self, count: usize) {
        let way = format!("Earlier reports ({count})");
        self.until(&way).stage.settle(); // it has come, and moved what was there
        self.stage.click(&way).unwrap();
    }

    /// Types in the place of what stands in a field.
    pub(super) fn type_over(&mut self, field: &str, text: &str) {
        self.stage.click(field).unwrap();
        self.stage.event(Event::Key {
            key: Key::A,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        });
        self.stage.type_into(field, text).unwrap();
    }

    /// The form again, for the next report.
    pub(super) fn next_report(&mut self) -> &mut Self {
        self.stage.click("Close").unwrap();
        self.stage.app_mut().open();
        self.until("Your message")
    }

    pub(super) fn until(&mut self, label: &str) -> &mut Self {
        self.stage.wait_for(label).unwrap();
        self
    }

    /// Goes on until there is something with these words in its name.
    pub(super) fn until_part(&mut self, words: &str) -> &mut Self {
        let is_there =
            |stage: &Stage<'_, FeedbackDialog>| stage.names().iter().any(|name| name.contains(words));
        self.stage.wait_until(words, is_there).unwrap();
        self
    }

    /// What the window shows, but for the hash of a report: it has an id of its own.
    fn picture(&mut self) -> ColorImage {
        let mut image = self.stage.picture();
        if let Some(hash) = contents::fingerprint(&self.stage) {
            contents::cover(&mut image, hash.min);
        }
        image
    }

    /// Takes the picture in each language.
    pub(super) fn check(&mut self, state: &str) {
        let theme = if self.theme == Theme::Dark {
            "dark"
        } else {
            "light"
        };
        compare(&format!("{state}-{theme}"), &self.picture());
        for language in &LANGUAGES[1..] {
            if *language == "ja" && !self.has_japanese() {
                break;
            }
            self.stage.app_mut().set_language(language);
            compare(&format!("{state}-{language}-{theme}"), &self.picture());
        }
        self.stage.app_mut().set_language("en");
        self.stage.settle();
    }
}

/// A file that makes a report large.
pub(super) fn noise_in(folder: &Path) -> PathBuf {
    let file = folder.join("noise.bin");
    std::fs::write(&file, noise(&mut Rng::with_seed(1), LARGE)).unwrap();
    file
}

fn dialog(client: &FeedbackClient) -> FeedbackDialog {
    let mut dialog = FeedbackDialog::new(client.clone());
    dialog.set_language("en");
    dialog
}

fn look(theme: Theme, size: Vec2) -> Look {
    Look {
        size,
        scale: 1.0,
        theme,
    }
}
