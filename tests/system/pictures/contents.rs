//! The list of what will be sent, with a file in which something is hidden unless the person says no.

use demo_app::stage::Stage;
use eframe::egui::{Color32, ColorImage, Pos2, Rect, Vec2, pos2, vec2};
use feedback_sdk::FeedbackConfig;
use feedback_sdk::testing::Reply;
use feedback_widget::FeedbackDialog;

use super::scene::Scene;
use super::{LINES, THEMES};

/// Where the hash is, once it is known: twelve of its digits.
pub(super) fn fingerprint(stage: &Stage<'_, FeedbackDialog>) -> Option<Rect> {
    let is_hash = |name: &String| {
        let mut runs = name.split(|letter: char| !letter.is_ascii_hexdigit());
        runs.any(|run| run.len() == 12)
    };
    stage.rect_of(&stage.names().into_iter().find(is_hash)?)
}

/// Covers a place as large as any hash.
pub(super) fn cover(image: &mut ColorImage, from: Pos2) {
    let place = Rect::from_min_size(from.round() - Vec2::splat(0.5), vec2(110.0, 26.0));
    let width = image.width();
    for (index, pixel) in image.pixels.iter_mut().enumerate() {
        if place.contains(pos2((index % width) as f32, (index / width) as f32)) {
            *pixel = Color32::GRAY;
        }
    }
}

fn list(mut scene: Scene) -> Scene {
    let file = scene.folder.path().join("export.log");
    std::fs::write(&file, LINES).unwrap();
    scene.stage.drop_file(&file);
    scene.stage.click("What will be sent").unwrap();
    scene.until("Save a copy…");
    scene
        .stage
        .wait_until("the hash", |stage| fingerprint(stage).is_some())
        .unwrap();
    scene.stage.settle(); // the list scrolls into sight
    scene
}

#[test]
fn what_will_be_sent() {
    for theme in THEMES {
        list(Scene::open_sized(theme, vec2(540.0, 640.0))).check("contents");
    }
}

#[test]
fn what_will_be_sent_in_a_narrow_window() {
    for theme in THEMES {
        list(Scene::open_sized(theme, vec2(320.0, 760.0))).check("contents-narrow");
    }
}

#[test]
fn what_is_missing_and_what_stays_at_home() {
    for theme in THEMES {
        let folder = tempfile::tempdir().unwrap();
        let spool = folder.path().join("spool");
        let app = |config: FeedbackConfig| config.spool_dir(spool).log("/nowhere/app.log");
        let replies = [Reply::RECEIPT, Reply::RECEIPT];
        let size = vec2(540.0, 640.0);
        let scene = Scene::open_in(theme, replies, folder, size, app, |dialog| dialog);
        let mut scene = list(scene);
        scene.stage.click("Send attachments/export.log").unwrap();
        scene
            .stage
            .wait_until("the hash", |stage| fingerprint(stage).is_some())
            .unwrap();
        scene.check("contents-left-out");
    }
}

#[test]
fn a_file_that_is_no_text() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        scene.attach_noise();
        scene.stage.click("What will be sent").unwrap();
        scene.until("Save a copy…").stage.settle(); // the list scrolls into sight
        scene.stage.click("attachments/noise.bin").unwrap();
        scene
            .until("This file cannot be shown here.")
            .check("not-readable");
    }
}
