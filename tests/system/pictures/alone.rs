//! The dialog in a window that holds nothing else, in the words and the size of `feedback window`.

use eframe::egui::{CentralPanel, Frame, Ui, vec2};
use feedback_sdk::testing::Reply;
use feedback_widget::FeedbackDialog;

use super::scene::{LANGUAGES, Scene};
use super::{THEMES, come_back};

/// A window in which something is shown.
fn window(scene: &mut Scene, mut show: impl FnMut(&mut Ui, &mut FeedbackDialog) + 'static) {
    scene.start_again(vec2(480.0, 420.0), move |ui, dialog| {
        let frame = Frame::central_panel(ui.style()).inner_margin(16);
        CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| show(ui, dialog));
    });
    for language in LANGUAGES {
        let next_start = ["goes_on", "next_try_hours"].map(|id| format!("{id} = {{ -next_start }}\n"));
        let dialog = scene.stage.app_mut();
        dialog.replace_words(language, &next_start.concat()).unwrap();
    }
    scene.stage.app_mut().open();
}

#[test]
fn a_window_of_its_own() {
    for theme in THEMES {
        for (reply, until, picture) in [
            (Reply::Silence, "Waiting for the answer…", "alone-sending"),
            (come_back(), "Saved", "alone-waiting"),
        ] {
            let mut scene = Scene::open(theme, reply);
            window(&mut scene, |ui, dialog| {
                dialog.show_inside(ui);
            });
            scene.until("Your message");
            if until == "Saved" {
                scene.check("alone");
            }
            scene.send().until(until).check(picture);
        }
    }
}

#[test]
fn a_window_that_is_to_go() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        window(&mut scene, |ui, dialog| {
            dialog.ask_to_leave(ui);
        });
        scene.stage.app_mut().close();
        scene.until("Close anyway").check("leaving");
    }
}
