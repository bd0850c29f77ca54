//! Guards the looks: a picture of every state of the dialog, light and dark, in English, in German, whose words are
//! long, in Russian and in Japanese, against the one in `tests/pictures`.
//!
//! They are drawn without a GPU and with egui's own fonts, so they are the same on every machine. Japanese has a
//! font of its own; where it is missing, those pictures are skipped.
//! After a wanted change: `FEEDBACK_UPDATE_PICTURES=1 cargo test -p feedback-tests pictures::`, and look
//! at each.

mod alone;
mod around;
mod compare;
mod contents;
mod japanese;
mod kept;
mod picture_editor;
mod scene;
mod seldom;
mod told;

use std::path::Path;

use demo_app::stage::Stage;
use eframe::egui::{self, ColorImage, Theme, Vec2};
use feedback_sdk::testing::Reply;

use scene::Scene;

/// The window, in points.
const SIZE: Vec2 = Vec2::new(540.0, 520.0);

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
fn the_form_with_a_photo_and_the_photo_as_it_leaves() {
    for theme in THEMES {
        let mut scene = Scene::photo(theme);
        scene.check("photo");
        scene.stage.click("What will be sent").unwrap();
        scene.until("Save a copy…").stage.settle(); // the list scrolls into sight
        scene.stage.click("attachments/IMG_0001.jpg").unwrap();
        let is_there = |stage: &Stage<'_, _>| stage.shows("Back") && !stage.shows("Collecting…");
        scene.stage.wait_until("the photo", is_there).unwrap();
        scene.check("photo-reading");
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
        scene.until_part("It says: Unauthorized").check("earlier-refused");
    }
}

fn come_back() -> Reply {
    Reply::Answer(503, "Retry-After: 7200\r\n", String::new())
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
            if picture == "not-stored" {
                scene.stage.click("Copy my text").unwrap();
                scene.until("Your text is copied.").check("copied");
            }
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
