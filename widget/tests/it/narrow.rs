//! Guards small windows: everything can be reached, nothing stands outside, nothing jumps.

use std::sync::Arc;

use egui::{Color32, ColorImage, Event, Pos2, Rect, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use feedback_sdk::testing::with_monitor;
use feedback_sdk::{FeedbackConfig, Picture, ReportDraft};

use super::hands;
use super::held::held;
use super::looks::{cut, displaced};
use super::receiver::{Answer, Receiver};
use super::spoken::Spoken;
use super::stage::Stage;
use super::walk::Walk;

/// Window sizes in points: a watch, half a phone, a tiled corner of a screen.
const SMALL: [[f32; 2]; 4] = [[213.0, 160.0], [240.0, 200.0], [320.0, 240.0], [360.0, 300.0]];

fn open(endpoint: &str, size: [f32; 2]) -> Stage {
    let builder = Harness::builder().with_size(size);
    let mut stage = Stage::with(endpoint, |config| config, builder);
    stage.click("Write to us…");
    stage
}

/// Gives the keyboard to each control in turn; it must then be inside the window.
#[track_caller]
fn everything_can_be_reached(stage: &mut Stage, size: [f32; 2]) {
    let window = Rect::from_min_size(Pos2::ZERO, size.into());
    let dialog = stage.harness.get_by_role(Role::Dialog);
    let controls = dialog.children_recursive().filter(|node| {
        let role = node.accesskit_node().role();
        let usable = [
            Role::Button,
            Role::TextInput,
            Role::MultilineTextInput,
            Role::DisclosureTriangle,
            Role::CheckBox,
            Role::Document,
        ];
        usable.contains(&role)
    });
    let names: Vec<String> = controls
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    let is_way_out = |name: &String| ["Close", "Back"].contains(&name.as_str());
    assert!(names.iter().any(is_way_out), "{names:?}");
    for name in names {
        let control = stage.harness.get_by_label(&name);
        if control.accesskit_node().is_disabled() {
            control.scroll_to_me();
        } else {
            control.focus();
        }
        stage.harness.run();
        let rect = stage.rect(&name);
        assert!(
            rect.left() >= 0.0 && rect.right() <= window.right(),
            "{name} {rect} is beside {window}"
        );
        // The field may be higher than the room for it.
        let enough = rect.height().min(50.0);
        let seen = rect.intersect(window).height();
        assert!(seen >= enough, "{name} {rect} is not in {window}");
    }
}

#[test]
fn the_form_fits_into_a_small_window() {
    for size in SMALL {
        let mut stage = open(&Receiver::nowhere(), size);
        everything_can_be_reached(&mut stage, size);
        stage.write("x");
        stage.attach("report.txt", b"hello");
        stage.harness.run();
        stage.click("Attach a file…");
        everything_can_be_reached(&mut stage, size);
    }
}

/// A picture of one line of a screen, and one of a column.
#[test]
fn a_picture_of_any_shape_leaves_the_window_as_wide_as_it_is() {
    for shape in [[1600, 30], [96, 4], [800, 40], [4, 96]] {
        for size in [[320.0, 500.0], [480.0, 600.0], [1280.0, 800.0]] {
            let builder = Harness::builder().with_size(size);
            let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
            stage.click_the_button();
            let before = stage.rect("Send");
            stage.harness.event(Event::PasteImage(hands::sight(shape)));
            stage.wait_until("the picture", |stage| stage.is_there("Edit Picture 1"));
            everything_can_be_reached(&mut stage, size);
            assert_eq!(
                stage.rect("Send").x_range(),
                before.x_range(),
                "{shape:?}, {size:?}"
            );
            let image = stage.harness.get_by_role_and_label(Role::Image, "Picture 1");
            assert!(
                image.rect().size().min_elem() >= 24.0,
                "{shape:?}: {}",
                image.rect()
            );
        }
    }
}

#[test]
fn what_is_told_can_be_seen_in_a_low_window() {
    let size = [420.0, 200.0];
    let mut stage = open(&Receiver::nowhere(), size);
    let nothing = Arc::new(ColorImage::filled([0, 0], Color32::BLACK));
    stage.harness.event(Event::PasteImage(nothing));
    let told = "The picture could not be taken. Try again, or attach a picture file.";
    stage.wait_for(told);
    stage.harness.run();
    let window = Rect::from_min_size(Pos2::ZERO, size.into());
    assert!(window.contains_rect(stage.rect(told)), "{}", stage.rect(told));
}

/// What it looks like comes a moment later: a click that was on its way must hit what it was meant for.
#[test]
fn no_button_moves_when_a_picture_is_there() {
    for size in [[320.0, 500.0], [420.0, 600.0], [1280.0, 800.0]] {
        let builder = Harness::builder().with_size(size);
        let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
        stage.click_the_button();
        let pixels = vec![7; 1920 * 1080 * 4];
        let screen = Picture::from_rgba(1920, 1080, pixels).unwrap();
        stage.app().dialog.prefill(ReportDraft {
            pictures: vec![screen],
            ..ReportDraft::default()
        });
        stage.harness.step();
        let buttons = ["Edit Picture 1", "Remove Picture 1"];
        let before = buttons.map(|button| stage.rect(button));
        stage.wait_for("1920 × 1080");
        assert_eq!(buttons.map(|button| stage.rect(button)), before, "{size:?}");
    }
}

/// A host's window may be dragged to nothing, or not be laid out yet.
#[test]
fn no_window_is_too_small_to_be_drawn() {
    const TINY: [[f32; 2]; 7] = [
        [0.0, 0.0],
        [1.0, 1.0],
        [10.0, 10.0],
        [60.0, 60.0],
        [2000.0, 20.0],
        [20.0, 2000.0],
        [23.0, 600.0],
    ];
    let languages = Spoken::all();
    let english = languages.iter().find(|spoken| spoken.tag == "en").unwrap();
    Walk::go(english, &mut |stage, _| {
        let whole = stage.harness.ctx.content_rect().size();
        for size in TINY {
            stage.harness.set_size(size.into());
            for is_alone in [true, false] {
                stage.app().is_alone = is_alone;
                stage.harness.run_steps(2);
            }
        }
        stage.harness.set_size(whole);
        stage.harness.run();
    });
}

#[test]
fn what_need_not_scroll_stands_still() {
    for size in [[360.0, 640.0], [800.0, 600.0], [1920.0, 1080.0]] {
        let stage = open(&Receiver::nowhere(), size);
        let window = Rect::from_min_size(Pos2::ZERO, size.into());
        for label in ["Close", "Send", "Your message"] {
            let rect = stage.rect(label);
            assert!(window.contains_rect(rect), "{label} {rect} in {window}");
        }
    }
}

#[test]
fn every_end_fits_into_a_small_window() {
    let arrives = Receiver::new(Answer::Receipt("FB-1042"));
    let refuses = Receiver::new(Answer::Status(401));
    let hotel = Receiver::new(Answer::LogInPage);
    let hangs = Receiver::new(Answer::Never);
    for size in SMALL {
        for (receiver, until) in [
            (&arrives, "Thank you"),
            (&refuses, "Not delivered"),
            (&hotel, "Saved"),
            (&hangs, "Waiting for the answer…"),
        ] {
            let mut stage = open(&receiver.endpoint, size);
            stage.write("x");
            stage.press(egui::Modifiers::COMMAND, egui::Key::Enter);
            stage.wait_for(until);
            everything_can_be_reached(&mut stage, size);
        }
    }
}

/// Goes to a button that may be out of sight, and presses it.
fn press(stage: &mut Stage, button: &str) {
    stage.harness.get_by_label(button).focus();
    stage.harness.run();
    stage.press(egui::Modifiers::NONE, egui::Key::Enter);
}

#[test]
fn the_list_of_earlier_reports_fits_into_a_small_window() {
    for size in SMALL {
        let busy = Receiver::new(Answer::Busy);
        let mut stage = open(&busy.endpoint, size);
        for _ in 0..2 {
            stage.write("The export is empty, and has been since the last update of the app");
            stage.press(egui::Modifiers::COMMAND, egui::Key::Enter);
            stage.wait_for("Saved");
            stage.reopen();
        }
        stage.wait_for("Earlier reports (2)");
        press(&mut stage, "Earlier reports (2)");
        everything_can_be_reached(&mut stage, size);
        press(&mut stage, "Delete, report 2");
        everything_can_be_reached(&mut stage, size);
    }
}

#[test]
fn what_will_be_sent_can_be_read_and_switched_in_a_small_window() {
    for size in SMALL {
        let mut stage = open(&Receiver::nowhere(), size);
        stage.write("x");
        stage.attach("a report with a rather long name.txt", &[b'x'; 3000]);
        press(&mut stage, "What will be sent");
        stage.wait_for("Copy ");
        everything_can_be_reached(&mut stage, size);
        press(&mut stage, "attachments/a report with a rather long name.txt");
        stage.wait_for("Text of attachments/");
        everything_can_be_reached(&mut stage, size);
    }
}

/// The longest words of all screens, in the smallest window.
#[test]
fn the_question_before_it_goes_can_be_read_in_every_language() {
    for spoken in Spoken::all() {
        for size in SMALL {
            let builder = Harness::builder().with_size(size).allow_missing_glyphs();
            let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
            stage.app().dialog.set_language(&spoken.tag);
            stage.app().is_leaving = true;
            stage.harness.run();
            for button in ["leave_anyway", "back"] {
                let rect = stage.rect(&spoken.say(button));
                assert!(
                    rect.left() >= 0.0 && rect.right() <= size[0],
                    "{}: {rect}",
                    spoken.tag
                );
            }
            let cut = cut(&stage);
            assert!(cut.is_empty(), "{}, {size:?}: {cut:?}", spoken.tag);
        }
    }
}

/// Its ending tells what it is, its number which one.
#[test]
fn the_whole_name_of_what_is_attached_can_be_read() {
    let long = format!("{} of the second half.log", "a very long name ".repeat(8));
    let names = ["IMG_20260114_180342.jpg", &long];
    let longest = |spoken: &Spoken| ["de", "ru", "ja"].contains(&&*spoken.tag);
    for spoken in Spoken::all().into_iter().filter(longest) {
        for width in [240.0, 320.0, 900.0] {
            let builder = Harness::builder()
                .with_size([width, 900.0])
                .allow_missing_glyphs();
            let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
            stage.app().dialog.set_language(&spoken.tag);
            stage.app().dialog.open();
            stage.attach(
                names[0],
                include_bytes!("../../../tests/system/pictures/photo.jpg"),
            );
            stage.attach(names[1], b"hello");
            let edit = spoken.say_with("edit_picture", &[("name", names[0].into())]);
            stage.wait_until("both", |stage| {
                stage.is_there(&edit) && stage.harness.query_by_label(names[1]).is_some()
            });
            let mut faults = cut(&stage);
            faults.extend(displaced(&stage));
            assert!(faults.is_empty(), "{}, {width}: {faults:?}", spoken.tag);
        }
    }
}

#[test]
fn nothing_moves_after_the_first_frame() {
    for size in [[800.0, 600.0], [360.0, 640.0], [1920.0, 1080.0]] {
        for monitors in [1, 2] {
            let builder = Harness::builder().with_size(size);
            let (goes_on, hold) = held();
            let more = |config: FeedbackConfig| match monitors {
                1 => hold(config),
                _ => with_monitor(hold(config), "HDMI-2", 64, 40),
            };
            let mut stage = Stage::with(&Receiver::nowhere(), more, builder);
            let _busy = stage.client.prepare(ReportDraft::default());
            stage.app().dialog.open();
            let place = |stage: &Stage| {
                let named = |name: &str| stage.harness.query_by_label(name).map(|node| node.rect());
                let heading = stage
                    .harness
                    .query_by_role_and_label(Role::Heading, "Write to us");
                [
                    heading.map(|heading| heading.rect()),
                    named("Send"),
                    named("What will be sent"),
                ]
            };
            let mut places = Vec::new();
            for _ in 0..5 {
                stage.harness.step();
                places.push(place(&stage));
            }
            // The screens are known later than all else.
            drop(goes_on);
            let button = [
                "Add a picture of the whole screen",
                "Add a picture of a screen or window…",
            ][monitors - 1];
            stage.wait_until(button, |stage| stage.is_there(button) && stage.is_enabled(button));
            places.push(place(&stage));
            // In its very first frame it is measured and not seen.
            let first = places[1];
            assert!(first.iter().all(Option::is_some), "{first:?}");
            assert!(places[2..].iter().all(|place| *place == first), "{places:?}");
        }
    }
}

#[test]
fn a_long_message_scrolls_and_keeps_the_buttons() {
    let mut stage = Stage::open(&Receiver::nowhere());
    stage.write(&"line\n".repeat(200));
    let window = Rect::from_min_size(Pos2::ZERO, egui::vec2(800.0, 600.0));
    assert!(window.contains_rect(stage.rect("Send")));
    assert!(stage.rect("Send").top() < 600.0);
}
