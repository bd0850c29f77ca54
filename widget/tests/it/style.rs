//! Guards the looks that a host chooses: an accent of its own, and nothing that moves where it wants no motion.

use egui::style::ScrollAnimation;
use egui::{Color32, Shape, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::drawn::{Drawn, contrast};
use super::receiver::Receiver;
use super::stage::Stage;

/// Whether something is filled with this colour.
fn shows(stage: &Stage, colour: Color32) -> bool {
    fn is_filled(shape: &Shape, colour: Color32) -> bool {
        match shape {
            Shape::Vec(shapes) => shapes.iter().any(|shape| is_filled(shape, colour)),
            Shape::Rect(rect) => rect.fill == colour,
            _ => false,
        }
    }
    let shapes = &stage.harness.output().shapes;
    shapes.iter().any(|clipped| is_filled(&clipped.shape, colour))
}

#[test]
fn the_button_that_sends_has_the_accent_of_the_maker() {
    let raspberry = Color32::from_rgb(0xc5, 0x1a, 0x4a);
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("x");
    assert!(!shows(&stage, raspberry));
    stage.app().dialog.set_accent(Some(raspberry));
    stage.harness.run();
    assert!(shows(&stage, raspberry));
    let host = stage.harness.ctx.global_style().visuals.selection.bg_fill;
    assert_ne!(host, raspberry, "the app's own style stays");
}

#[test]
fn a_button_that_sends_can_be_found_whatever_the_accent() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write("x");
    for (theme, greys) in [(Theme::Light, 210..=255), (Theme::Dark, 0..=60)] {
        stage.harness.ctx.set_theme(theme);
        for grey in greys.step_by(15) {
            stage.app().dialog.set_accent(Some(Color32::from_gray(grey)));
            stage.harness.run();
            let window = stage.harness.ctx.global_style().visuals.window_fill;
            let send = stage.rect("Send");
            let by_edge = Drawn::of(stage.harness.output()).contrast_around(send) >= 3.0;
            let by_ground = contrast(Color32::from_gray(grey), window) >= 1.5;
            assert!(by_edge || by_ground, "{grey} in {theme:?}");
        }
    }
}

/// In how many frames the dialog comes to rest after it was opened, and then after the keyboard went to a control
/// that is out of sight.
fn frames_until_rest(animation_time: f32) -> [u64; 2] {
    let builder = Harness::builder()
        .with_size([213.0, 160.0])
        .with_step_dt(1.0 / 30.0);
    let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
    stage.harness.ctx.all_styles_mut(|style| {
        style.animation_time = animation_time;
        style.scroll_animation = ScrollAnimation::default();
    });
    stage.harness.run();
    stage.app().dialog.open();
    let opening = stage.harness.run();
    stage.harness.get_by_label("Close").focus();
    [opening, stage.harness.run()]
}

#[test]
fn without_motion_every_frame_shows_where_things_stand() {
    let moving = frames_until_rest(0.2);
    let still = frames_until_rest(0.0);
    // egui lays new things out twice before it shows them, and moves the keyboard a frame later.
    assert!(still.iter().all(|frames| *frames <= 4), "{still:?}");
    assert!(
        moving.iter().zip(still).all(|(moving, still)| *moving > still),
        "{moving:?} {still:?}"
    );
}
