//! What comes before the form and around it: a dot on the button, a file over the window, the end of the run before.

use eframe::egui::{CentralPanel, vec2};
use feedback_sdk::Crash;
use feedback_sdk::testing::Reply;
use feedback_widget::FeedbackButton;
use serde_json::json;

use super::scene::Scene;
use super::{THEMES, unauthorized};

#[test]
fn a_button_with_news() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, unauthorized());
        scene.send().until("Not delivered");
        scene.start_again(vec2(280.0, 80.0), |ui, dialog| {
            CentralPanel::default().show(ui, |ui| {
                ui.heading("The app");
                ui.add(FeedbackButton::new(dialog));
            });
            dialog.show(ui.ctx());
        });
        scene
            .until("Write to us… (1 report was not delivered)")
            .check("button-news");
    }
}

#[test]
fn a_file_over_the_window() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        let file = scene.folder.path().join("export.csv");
        scene.write().stage.drag_file(&file);
        scene.check("drop");
    }
}

#[test]
fn after_a_crash() {
    for theme in THEMES {
        for (went_on, picture) in [(false, "crash"), (true, "crash-went-on")] {
            let mut scene = Scene::open(theme, Reply::RECEIPT);
            let crash: Crash = serde_json::from_value(json!({
                "app_version": "1.3.9",
                "started_at": "2026-11-21T08:00:00Z",
                "panic": null,
                "other_panics": 0,
                "went_on": went_on,
            }))
            .unwrap();
            scene.stage.app_mut().open_after_crash(crash);
            scene.until("Record of what happened").check(picture);
        }
    }
}
