//! Guards "a picture of this window": of the window, not of the dialog; and never a dialog that
//! does not come back. And the choice of another: the title of a window is told to nobody but the person.

use std::sync::Arc;

use egui::{Color32, ColorImage, Role, ScreenshotCallback, ViewportCommand, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use feedback_sdk::testing::{with_monitor, with_window};
use feedback_widget::FeedbackDialog;

use super::app::PRIVATE;
use super::hands::sight;
use super::receiver::{Answer, Receiver};
use super::stage::Stage;

/// The picture the dialog asked for in the last frame.
fn asked(stage: &Stage) -> Option<ScreenshotCallback> {
    let commands = &stage.harness.output().viewport_output[&ViewportId::ROOT].commands;
    commands.iter().find_map(|command| match command {
        ViewportCommand::Screenshot(callback) => Some(callback.clone()),
        _ => None,
    })
}

/// Clicks, and goes on to the frame in which the picture is asked for.
fn ask(stage: &mut Stage) -> ScreenshotCallback {
    let button = stage.harness.get_by_label("Add a picture of this window");
    button.click();
    stage.harness.step();
    assert!(asked(stage).is_none(), "the dialog is still in this frame");
    stage.harness.step();
    asked(stage).unwrap()
}

#[test]
fn the_dialog_is_not_in_the_picture_and_comes_back_with_it() {
    let receiver = Receiver::new(Answer::Receipt("FB-9"));
    let mut stage = Stage::open(&receiver.endpoint);
    stage.write("look");
    let callback = ask(&mut stage);
    assert!(!stage.sees("Send"), "not drawn in the frame that is taken");
    stage.harness.step();
    assert!(!stage.sees("Send"), "nor until it is here");

    callback.complete(sight([640, 400]));
    stage.wait_for("640 × 400");
    assert!(stage.sees("Picture 1"));
    assert!(stage.has_focus("Your message"));
    assert_eq!(stage.message(), "look");

    stage.click("Send");
    stage.wait_for("FB-9");
    let files = receiver.arrived().files();
    assert!(
        files.iter().any(|(path, _)| path == "screenshots/1.png"),
        "{files:?}"
    );
}

#[test]
fn an_app_hides_what_is_private_before_the_picture_and_shows_it_after() {
    let mut stage = Stage::open(&Receiver::nowhere());
    assert!(stage.sees(PRIVATE) && !stage.app().dialog.is_taking_picture());
    let callback = ask(&mut stage);
    assert!(!stage.sees(PRIVATE), "in the frame that is taken");
    callback.complete(sight([64, 40]));
    stage.wait_for("Picture 1");
    assert!(stage.sees(PRIVATE));

    let _never = ask(&mut stage);
    stage.app().dialog.close();
    stage.harness.step();
    assert!(stage.sees(PRIVATE), "the picture is not waited for any more");
}

#[test]
fn a_picture_alone_is_enough_and_can_be_taken_out() {
    let mut stage = Stage::open(&Receiver::nowhere());
    for _ in 0..2 {
        ask(&mut stage).complete(sight([64, 40]));
        stage.wait_until("the dialog", |stage| stage.sees("Send"));
    }
    assert!(stage.is_enabled("Send"));
    stage.click("Remove Picture 2");
    stage.click("Remove Picture 1");
    assert!(!stage.is_enabled("Send"));
}

#[test]
fn a_picture_that_shows_nothing_is_told_and_not_added() {
    let mut stage = Stage::open(&Receiver::nowhere());
    ask(&mut stage).complete(Arc::new(ColorImage::filled([64, 40], Color32::BLACK)));
    stage.wait_for("The picture shows nothing but one colour");
    assert!(!stage.sees("Picture 1") && !stage.is_enabled("Send"));
}

#[test]
fn a_picture_that_never_comes_is_told() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let _never = ask(&mut stage);
    stage.wait_for("The picture could not be taken.");
    assert!(stage.sees("Send"));
}

#[test]
fn an_app_may_offer_its_own_window_alone() {
    let mut stage = Stage::open(&Receiver::nowhere());
    assert!(stage.is_there("Add a picture of the whole screen"));
    let mut dialog = FeedbackDialog::new(stage.client.clone()).own_window_only();
    dialog.set_language("en");
    stage.app().dialog = dialog;
    stage.click("Write to us…");
    stage.read_the_spool(); // the screens, too
    assert!(stage.is_there("Add a picture of this window"));
    assert!(!stage.is_there("Add a picture of the whole screen"));
}

#[test]
fn a_picture_of_the_only_screen_takes_one_press_and_the_dialog_is_away_meanwhile() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("look");
    let button = "Add a picture of the whole screen";
    stage.wait_until(button, |stage| stage.is_there(button) && stage.is_enabled(button));
    stage.harness.get_by_label(button).click();
    stage.harness.step();
    stage.harness.step();
    assert!(stage.app().dialog.is_taking_picture());
    assert!(!stage.sees("Send"), "not drawn while the screen is taken");
    stage.wait_for("64 × 40");
    assert!(stage.has_focus("Your message"));
    assert_eq!(stage.message(), "look");
}

/// Opens the list of what can be taken.
fn open_list(stage: &mut Stage) {
    let button = "Add a picture of a screen or window…";
    stage.wait_until(button, |stage| stage.is_there(button) && stage.is_enabled(button));
    stage.click(button);
}

#[test]
fn of_several_screens_the_person_chooses_one() {
    let second = |config| with_monitor(config, "DP-2", 30, 20);
    let mut stage = Stage::with(&Receiver::nowhere(), second, Harness::builder());
    stage.click("Write to us…");
    open_list(&mut stage);
    assert!(stage.is_there("Screen 1 (HDMI-1, 64 × 40)"));
    stage.harness.get_by_label("Screen 2 (DP-2, 30 × 20)").click();
    stage.wait_for("Picture 1");
    assert!(stage.is_there("30 × 20"));
}

const LETTER: &str = "Re: your diagnosis – Mail";

#[test]
fn other_windows_are_offered_by_title_below_the_screens_and_no_title_is_sent() {
    let receiver = Receiver::new(Answer::Receipt("FB-9"));
    let windows = |config| with_window(with_window(config, LETTER, 30, 20), "Prices", 8, 8);
    let mut stage = Stage::with(&receiver.endpoint, windows, Harness::builder());
    stage.click("Write to us…");
    open_list(&mut stage);
    let rows = ["Screen 1 (HDMI-1, 64 × 40)", LETTER, "Prices"];
    let tops = rows.map(|row| {
        let row = stage.harness.get_by_role_and_label(Role::Button, row);
        row.rect().top()
    });
    assert!(tops.is_sorted(), "{tops:?}");
    stage.click(LETTER);
    stage.wait_for("Picture 1");
    assert!(stage.is_there("30 × 20") && !stage.sees(LETTER));

    stage.click("Send");
    stage.wait_for("FB-9");
    let arrived = receiver.arrived();
    let tells = |text: &[u8]| text.windows(9).any(|part| part == b"diagnosis");
    assert!(!tells(arrived.manifest.to_string().as_bytes()));
    for (path, _) in arrived.files() {
        assert!(!tells(&arrived.content(&path)), "{path}");
    }
}

#[test]
fn a_long_title_is_cut_and_a_long_list_scrolls() {
    let long = "A title that goes on and on ".repeat(9);
    let names: Vec<String> = (1..=40).map(|number| format!("Window number {number}")).collect();
    let windows = |config| {
        let config = with_window(config, &long, 30, 20);
        names
            .iter()
            .fold(config, |config, name| with_window(config, name, 8, 8))
    };
    let mut stage = Stage::with(&Receiver::nowhere(), windows, Harness::builder());
    stage.click("Write to us…");
    open_list(&mut stage);
    let title = stage.rect(&long);
    assert!((300.0..=400.0).contains(&title.width()), "{title}");
    let line = stage.rect("Window number 1").height();
    assert!(title.height() < 1.5 * line, "on one line: {title}");
    let seen = |stage: &Stage, name: &str| {
        let row = stage.rect(name);
        row.bottom() <= 600.0 && row.top() <= title.top() + 320.0
    };
    assert!(seen(&stage, "Window number 7") && !seen(&stage, "Window number 12"));
    assert!(!seen(&stage, "Window number 40"));
    // By keyboard, and the list is still there then.
    stage.reach("Window number 40");
    stage.wait_for("Picture 1");
    assert!(stage.is_there("8 × 8"));
}
