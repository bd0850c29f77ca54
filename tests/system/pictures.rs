//! Guards the looks: a picture of every state of the dialog, light and dark, in English, in German, whose words are
//! long, in Russian and in Japanese, against the one in `tests/pictures`.
//!
//! They are drawn without a GPU and with egui's own fonts, so they are the same on every machine. Japanese has a
//! font of its own; where it is missing, those pictures are skipped.
//! After a wanted change: `FEEDBACK_UPDATE_PICTURES=1 cargo test -p feedback-tests pictures::`, and look
//! at each.

mod around;
mod contents;
mod japanese;
mod picture_editor;
mod seldom;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use demo_app::painter::encode_png;
use demo_app::stage::{Look, Stage};
use eframe::egui::{self, ColorImage, Theme, Ui, Vec2};
use fastrand::Rng;
use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{FeedbackClient, FeedbackConfig, SystemInfo};
use feedback_tests::backlog::noise;
use feedback_widget::FeedbackDialog;

/// Differences up to this are rounding, in steps of 255 per colour.
const ROUNDING: u8 = 2;

/// The window, in points.
const SIZE: Vec2 = Vec2::new(540.0, 520.0);

/// In bytes: a report's size then does not tell one machine's facts from another's.
const LARGE: usize = 1_520_000;

struct Scene {
    theme: Theme,
    client: FeedbackClient,
    stage: Stage<'static, FeedbackDialog>,
    folder: tempfile::TempDir,
    /// Answers as long as the scene lasts.
    _receiver: Receiver,
}

impl Scene {
    /// An open dialog whose reports are answered with `reply`.
    fn open(theme: Theme, reply: Reply) -> Self {
        Self::open_with(theme, [reply.clone(), reply])
    }

    /// An open dialog whose first report is answered with the first reply, and each later one with the second.
    fn open_with(theme: Theme, replies: [Reply; 2]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spool = folder.path().join("spool");
        Self::open_with_spool(theme, replies, folder, &spool, SIZE)
    }

    /// An open dialog in a window of this size.
    fn open_sized(theme: Theme, size: Vec2) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spool = folder.path().join("spool");
        Self::open_with_spool(theme, [Reply::RECEIPT, Reply::RECEIPT], folder, &spool, size)
    }

    fn open_with_spool(
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
    fn open_as(
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

    fn open_in(
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
        let config = FeedbackConfig::new(receiver.url(), "pk_test", "Notes", "1.4.0")
            .system_facts(SystemInfo::default());
        let client = FeedbackClient::new(app(config)).unwrap();
        let mut dialog = says(dialog(&client));
        dialog.open();
        let stage = Stage::new(look(theme, size), dialog, |ui, dialog: &mut FeedbackDialog| {
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
    fn start_again(&mut self, size: Vec2, ui: impl FnMut(&mut Ui, &mut FeedbackDialog) + 'static) {
        self.stage = Stage::new(look(self.theme, size), dialog(&self.client), ui);
    }

    /// An open dialog with a file, and with what cannot be attached.
    fn attached(theme: Theme) -> Self {
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

    fn write(&mut self) -> &mut Self {
        self.stage
            .type_into("Your message", "The export is empty.\nЭкспорт пуст.")
            .unwrap();
        self.stage
            .type_into("Your e-mail, if you want an answer", "anna@example.org")
            .unwrap();
        self
    }

    fn send(&mut self) -> &mut Self {
        self.write();
        self.stage.click("Send").unwrap();
        self
    }

    fn attach_noise(&mut self) -> &mut Self {
        let file = self.folder.path().join("noise.bin");
        std::fs::write(&file, noise(&mut Rng::with_seed(1), LARGE)).unwrap();
        self.stage.drop_file(&file);
        self.until("Remove noise.bin")
    }

    /// The form again, for the next report.
    fn next_report(&mut self) -> &mut Self {
        self.stage.click("Close").unwrap();
        self.stage.app_mut().open();
        self.until("Your message")
    }

    fn until(&mut self, label: &str) -> &mut Self {
        self.stage.wait_for(label).unwrap();
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

    /// Takes the picture in each language. The way here is found in English.
    fn check(&mut self, state: &str) {
        let theme = if self.theme == Theme::Dark {
            "dark"
        } else {
            "light"
        };
        compare(&format!("{state}-{theme}"), &self.picture());
        for language in ["de", "ru", "ja"] {
            if language == "ja" && !self.has_japanese() {
                break;
            }
            self.stage.app_mut().set_language(language);
            compare(&format!("{state}-{language}-{theme}"), &self.picture());
        }
        self.stage.app_mut().set_language("en");
        self.stage.settle();
    }
}

fn dialog(client: &FeedbackClient) -> FeedbackDialog {
    let mut dialog = FeedbackDialog::new(client.clone()).own_window_only();
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

const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

#[test]
fn the_empty_form() {
    for theme in THEMES {
        Scene::open(theme, Reply::RECEIPT).check("empty");
    }
}

#[test]
fn the_form_with_a_file_a_picture_and_a_problem() {
    for theme in THEMES {
        Scene::attached(theme).check("attached");
    }
}

#[test]
fn an_address_with_a_slip() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        scene
            .stage
            .type_into("Your e-mail, if you want an answer", "anna@gmial.com")
            .unwrap();
        scene.stage.click("Your message").unwrap();
        scene.until("Did you mean anna@gmail.com?").check("address");
    }
}

#[test]
fn a_file_that_is_read() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        let file = scene.folder.path().join("export.log");
        std::fs::write(&file, LINES).unwrap();
        scene.stage.drop_file(&file);
        scene.stage.click("What will be sent").unwrap();
        scene.until("Save a copy…").stage.settle(); // the list scrolls into sight
        scene.stage.click("attachments/export.log").unwrap();
        scene.until("Text of attachments/export.log").check("reading");
    }
}

const LINES: &str = "12:00:01 INFO  export for anna@example.org\n\
    12:00:02 WARN  a line that is too long for the window goes on in the next row, so that all of it can be read; \
    also where bob@example.org stands at the edge of it\n\n\
    12:00:03 ERROR nothing to export: [worker-3] found 0 rows\n";

#[test]
fn waiting_for_the_answer() {
    for theme in THEMES {
        Scene::open(theme, Reply::Silence)
            .send()
            .until("Waiting for the answer…")
            .check("sending");
    }
}

#[test]
fn arrived() {
    for theme in THEMES {
        Scene::open(theme, Reply::RECEIPT)
            .send()
            .until("Thank you")
            .check("sent");
    }
}

#[test]
fn kept_for_later() {
    for theme in THEMES {
        Scene::open(theme, Reply::HangUp)
            .send()
            .until("Saved")
            .check("waiting");
    }
}

#[test]
fn behind_a_log_in_page() {
    for theme in THEMES {
        let page = Reply::Answer(200, "Content-Type: text/html\r\n", "<h1>Welcome</h1>".to_owned());
        Scene::open(theme, page)
            .send()
            .until("Saved")
            .check("log-in-page");
    }
}

#[test]
fn refused() {
    for theme in THEMES {
        Scene::open(theme, unauthorized())
            .send()
            .until("Not delivered")
            .check("refused");
    }
}

#[test]
fn earlier_reports() {
    for theme in THEMES {
        let mut scene = Scene::open_with(theme, [come_back(), unauthorized()]);
        scene.attach_noise().send().until("Saved");
        scene.next_report();
        scene.until("Earlier reports (1)").check("form-with-earlier");
        scene.stage.click("Earlier reports (1)").unwrap();
        scene.check("earlier");
        scene.stage.click("Delete, report 1").unwrap();
        scene.check("earlier-delete");
        scene.stage.click("Keep, report 1").unwrap();
        scene.stage.click("Send now, report 1").unwrap();
        scene.stage.wait_until("the refusal", says_unauthorized).unwrap();
        scene.check("earlier-refused");
    }
}

fn come_back() -> Reply {
    Reply::Answer(503, "Retry-After: 7200\r\n", String::new())
}

fn says_unauthorized(stage: &Stage<'_, FeedbackDialog>) -> bool {
    stage
        .names()
        .iter()
        .any(|name| name.ends_with("It says: Unauthorized"))
}

fn unauthorized() -> Reply {
    Reply::Answer(401, "", r#"{"title":"Unauthorized"}"#.to_owned())
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_can_be_stored() {
    for theme in THEMES {
        for (reply, until, picture) in [
            (Reply::Silence, "Waiting for the answer…", "sending-unkept"),
            (Reply::HangUp, "Not sent yet", "not-stored"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let spool = Path::new("/dev/null/notes");
            let mut scene = Scene::open_with_spool(theme, [reply.clone(), reply], folder, spool, SIZE);
            scene.send().until(until).check(picture);
        }
    }
}

#[test]
fn a_picture_in_the_form() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        let paste = egui::Event::PasteImage(std::sync::Arc::new(gradient()));
        scene.stage.event(paste);
        scene.until("Remove Picture 1").check("picture");
    }
}

/// Something that is neither all light nor all dark.
fn gradient() -> ColorImage {
    let pixels =
        (0_u8..100).flat_map(|y| (0_u8..160).map(move |x| egui::Color32::from_rgb(x, y * 2, 255 - x)));
    ColorImage::new([160, 100], pixels.collect())
}

/// Compares with the picture in the repository, or replaces it where that is asked for.
fn compare(name: &str, image: &ColorImage) {
    let wanted = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("pictures")
        .join(format!("{name}.png"));
    let png = encode_png(image).unwrap();
    if std::env::var_os("FEEDBACK_UPDATE_PICTURES").is_some() {
        std::fs::write(&wanted, png).unwrap();
        return;
    }
    let here = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
    std::fs::write(&here, &png).unwrap();
    let old = std::fs::read(&wanted).unwrap_or_default();
    let same = old == png || differing(&old, &png) == Some(0);
    assert!(
        same,
        "{} looks different from {}",
        here.display(),
        wanted.display()
    );
}

/// How many bytes of the pixels differ by more than rounding; `None` where the size differs.
fn differing(a: &[u8], b: &[u8]) -> Option<usize> {
    let (a, b) = (pixels(a)?, pixels(b)?);
    let differ = |(a, b): &(&u8, &u8)| a.abs_diff(**b) > ROUNDING;
    (a.len() == b.len()).then(|| a.iter().zip(&b).filter(differ).count())
}

fn pixels(file: &[u8]) -> Option<Vec<u8>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    reader.next_frame(&mut pixels).ok()?;
    Some(pixels)
}
