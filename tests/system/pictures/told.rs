//! What is told on a screen beside what stands there anyway: one sentence each.

use std::sync::Arc;

use eframe::egui::{CentralPanel, Color32, ColorImage, Event};
use feedback_sdk::testing::Reply;
use feedback_sdk::{FeedbackConfig, Verdict};
use feedback_widget::FeedbackDialog;

use super::scene::Scene;
use super::{SIZE, THEMES, come_back};

/// No disk has this place, and every system of the kind says so alike.
#[cfg(target_os = "linux")]
const NOWHERE: &str = "/dev/null/report.zip";

#[test]
fn a_file_was_removed() {
    for theme in THEMES {
        let mut scene = Scene::attached(theme);
        scene.stage.click("Remove holiday pictures").unwrap();
        scene.until_part("was removed.").check("removed");
    }
}

#[test]
fn the_apps_window_was_kept() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        scene.write().stage.request_close();
        scene
            .until_part("close the window once more")
            .check("would-be-lost");
    }
}

#[test]
fn something_came_while_a_report_waits() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::HangUp);
        let file = scene.folder.path().join("export.csv");
        std::fs::write(&file, "a;b\n").unwrap();
        scene.send().until("Saved").stage.drop_file(&file);
        scene
            .until("This is kept for your next message.")
            .check("for-next");
    }
}

#[test]
fn the_number_was_copied() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        scene.send().until("Thank you");
        scene.stage.click("Copy FB-1001").unwrap();
        scene.until("Copied.").check("copied-this");
    }
}

#[test]
fn a_picture_that_was_none() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        let nothing = ColorImage::filled([0, 0], Color32::BLACK);
        scene.stage.event(Event::PasteImage(Arc::new(nothing)));
        scene.until_part("could not be taken").check("no-picture");
    }
}

#[test]
fn a_picture_of_one_colour() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        scene.start_again(SIZE, |ui, dialog: &mut FeedbackDialog| {
            CentralPanel::default().show(ui, |_| {});
            dialog.show(ui.ctx());
        });
        scene.stage.app_mut().open();
        scene.stage.click("Add a picture of this window").unwrap();
        scene.until_part("nothing but one colour").check("no-screen");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_name_of_a_file_was_pasted() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        scene.stage.click("Your message").unwrap();
        scene.stage.event(Event::Paste("/etc/passwd".to_owned()));
        scene
            .until("Attach the file passwd in place of its name")
            .check("named-file");
    }
}

#[test]
fn a_field_that_is_nearly_full() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        let words = "word ".repeat(990);
        scene.stage.type_into("Your message", &words).unwrap();
        scene.until("50 characters left").check("nearly-full");
    }
}

#[test]
fn the_app_keeps_it_back() {
    for theme in THEMES {
        let app = |config: FeedbackConfig| {
            config.before_send(|_| Verdict::Withhold("ask your administrator first".to_owned()))
        };
        let mut scene = Scene::open_as(theme, Reply::RECEIPT, app, |dialog| dialog);
        scene
            .send()
            .until_part("ask your administrator")
            .check("withheld");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn it_could_not_be_put_into_its_file() {
    for theme in THEMES {
        let says = |dialog: FeedbackDialog| dialog.save_to(NOWHERE);
        let mut scene = Scene::open_as(theme, Reply::RECEIPT, |config| config, says);
        scene.write().stage.click("Save").unwrap();
        scene.until_part("It was not saved.").check("not-filed");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_copy_could_not_be_saved() {
    for theme in THEMES {
        let says = FeedbackDialog::typed_paths;
        let mut scene = Scene::open_as(theme, come_back(), |config| config, says);
        scene.attach_noise().send().until("Saved");
        scene.next_report().open_list(1);
        scene.stage.click("Save as a file…, report 1").unwrap();
        scene.type_over("Path of the file", NOWHERE);
        scene.stage.click("Save").unwrap();
        scene.until_part("It was not saved.").check("not-saved");
    }
}
