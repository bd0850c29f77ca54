//! Guards small windows: everything can be reached, nothing stands outside.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::receiver::Receiver;
use super::stage::Stage;

#[test]
fn it_fits_into_a_small_window() {
    for size in [[320.0, 240.0], [320.0, 600.0], [1920.0, 1080.0]] {
        let builder = Harness::builder().with_size(size);
        let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
        stage.click("Write to us…");
        let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
        for label in ["Close", "Send", "Your message"] {
            let rect = stage.rect(label);
            assert!(window.contains_rect(rect), "{label} {rect} in {window}");
        }
        let dialog = stage.harness.get_by_role(egui::Role::Dialog);
        for node in dialog.children_recursive() {
            // What scrolled away has no place.
            let Some(place) = node.accesskit_node().bounding_box() else {
                continue;
            };
            let inside = place.x0 >= 0.0 && place.x1 <= f64::from(window.right());
            assert!(inside, "{:?} in {window}", node.accesskit_node().label());
        }
    }
}

#[test]
fn a_long_message_scrolls_and_keeps_the_buttons() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write(&"line\n".repeat(200));
    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(800.0, 600.0));
    assert!(window.contains_rect(stage.rect("Send")));
    assert!(stage.rect("Send").top() < 600.0);
}
