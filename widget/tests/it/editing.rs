//! Guards the editor of a picture: what the person hides is gone from the bytes that arrive, what they mark is there, and
//! what they undo or leave was never done.

use std::sync::Arc;

use egui::{
    Color32, ColorImage, Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, Role, Vec2,
};
use egui::{pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use feedback_sdk::Picture;

use super::receiver::{Answer, Receiver};
use super::stage::Stage;

const SIZE: [usize; 2] = [400, 300];
const GROUND: Color32 = Color32::from_rgb(40, 120, 200);
/// Around the picture there is room for the line of the keyboard.
const EDGES: Vec2 = Vec2::splat(4.0);
/// Where something private stands.
const SECRET: Rect = Rect {
    min: pos2(100.0, 50.0),
    max: pos2(200.0, 100.0),
};
/// More than that, from the middle of one pixel to the middle of another.
const OVER_SECRET: [Pos2; 2] = [pos2(95.5, 45.5), pos2(204.5, 104.5)];

/// A plain picture with black letters on white in it: stripes, as sharp as letters.
fn picture() -> ColorImage {
    let mut image = ColorImage::filled(SIZE, GROUND);
    for y in 50..100 {
        for x in 100..200 {
            let is_ink = (x / 3 + y / 7) % 2 == 0;
            image[(x, y)] = if is_ink { Color32::BLACK } else { Color32::WHITE };
        }
    }
    image
}

/// The editor, open with the picture in it.
fn edit(endpoint: &str) -> Stage {
    let mut stage = Stage::open(endpoint);
    open(&mut stage);
    stage
}

fn open(stage: &mut Stage) {
    stage.harness.event(Event::PasteImage(Arc::new(picture())));
    stage.click_when_there("Edit Picture 1");
    wait_for_canvas(stage);
}

fn wait_for_canvas(stage: &mut Stage) {
    stage.wait_until("the picture", is_editing);
}

fn is_editing(stage: &mut Stage) -> bool {
    stage.harness.query_by_role(Role::Canvas).is_some()
}

/// Where a place of the picture is on the screen while all of it, or of what `left` says, is shown.
fn on_screen(stage: &Stage, left: Rect, place: Pos2) -> Pos2 {
    let canvas = stage.harness.get_by_role(Role::Canvas).rect();
    let factor = ((canvas.size() - EDGES) / left.size()).min_elem().min(2.0);
    canvas.center() + (place - left.center()) * factor
}

fn whole() -> Rect {
    Rect::from_min_size(Pos2::ZERO, vec2(SIZE[0] as f32, SIZE[1] as f32))
}

/// Drags from place to place of the picture.
fn drag(stage: &mut Stage, places: &[Pos2]) {
    drag_in(stage, whole(), places);
}

fn drag_in(stage: &mut Stage, left: Rect, places: &[Pos2]) {
    let places: Vec<Pos2> = places
        .iter()
        .map(|place| on_screen(stage, left, *place))
        .collect();
    drag_on_screen(stage, &places);
}

fn drag_on_screen(stage: &mut Stage, places: &[Pos2]) {
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let (first, last) = (places[0], places[places.len() - 1]);
    stage.harness.event(Event::PointerMoved(first));
    stage.harness.event(button(first, true));
    stage.harness.step();
    for place in places {
        stage.harness.event(Event::PointerMoved(*place));
        stage.harness.step();
    }
    stage.harness.event(button(last, false));
    stage.harness.run();
}

/// Takes up a tool by its button.
fn take(stage: &mut Stage, tool: &str) {
    stage.click(tool);
    let toggled = stage.harness.get_by_label(tool).accesskit_node().toggled();
    assert_eq!(toggled, Some(egui::accesskit::Toggled::True), "{tool}");
}

fn done(stage: &mut Stage) {
    stage.click("Done");
    stage.wait_until("the form", |stage| stage.is_there("Send"));
}

/// Sends it; the picture that arrives.
fn send(stage: &mut Stage, receiver: &Receiver) -> ColorImage {
    stage.click("Send");
    stage.wait_for("FB-1");
    let png = receiver.arrived().content("screenshots/1.png");
    let picture = Picture::from_png(png).unwrap();
    let (width, height, rgba) = picture.rgba().unwrap();
    ColorImage::from_rgba_unmultiplied([width as usize, height as usize], &rgba)
}

/// What arrives after this was done to the picture.
fn arrives(edits: impl FnOnce(&mut Stage)) -> ColorImage {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = edit(&receiver.endpoint);
    edits(&mut stage);
    done(&mut stage);
    send(&mut stage, &receiver)
}

/// The places where a picture is not the one that was pasted, and their colours.
fn changed(now: &ColorImage) -> Vec<(Pos2, Color32)> {
    let before = picture();
    assert_eq!(now.size, before.size);
    let pixels = now.pixels.iter().zip(&before.pixels).enumerate();
    let differing = pixels.filter(|(_, (a, b))| a != b);
    let width = now.width();
    differing
        .map(|(index, (colour, _))| (pos2((index % width) as f32, (index / width) as f32), *colour))
        .collect()
}

/// Whether a place is one of the whole pixels of a rectangle.
fn is_in(rect: Rect, place: Pos2) -> bool {
    rect.contains(place) && place.x < rect.max.x && place.y < rect.max.y
}

#[test]
fn what_is_blacked_out_is_black_in_the_bytes_that_arrive_and_nothing_else_is_changed() {
    let now = arrives(|stage| {
        take(stage, "Black out");
        drag(stage, &OVER_SECRET);
    });
    let hidden = Rect::from_min_max(pos2(95.0, 45.0), pos2(205.0, 105.0));
    let before = picture();
    for y in 0..SIZE[1] {
        for x in 0..SIZE[0] {
            let is_hidden = is_in(hidden, pos2(x as f32, y as f32));
            let wanted = if is_hidden { Color32::BLACK } else { before[(x, y)] };
            assert_eq!(now[(x, y)], wanted, "{x} {y}");
        }
    }
}

#[test]
fn what_is_pixelated_has_no_edge_of_a_letter_left() {
    let now = arrives(|stage| {
        take(stage, "Pixelate");
        drag(stage, &OVER_SECRET);
    });
    let hidden = Rect::from_min_max(pos2(95.0, 45.0), pos2(205.0, 105.0));
    assert!(changed(&now).iter().all(|(place, _)| is_in(hidden, *place)));
    for y in 45..105 {
        for x in 95..205 {
            // The block that it is in, of 12 pixels, as the region is small.
            let corner = (95 + (x - 95) / 12 * 12, 45 + (y - 45) / 12 * 12);
            assert_eq!(now[(x, y)], now[corner], "{x} {y}");
        }
    }
    let inside = now[(107 + 12, 57 + 12)];
    assert!(
        (90..=165).contains(&inside.r()),
        "the mean of the stripes, not one of them: {inside:?}"
    );
}

#[test]
fn what_is_seen_in_what_will_be_sent_is_what_arrives() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = edit(&receiver.endpoint);
    // Collected with the picture as it came: that must not be the one that is shown after.
    stage.click("Cancel");
    stage.click("What will be sent");
    stage.wait_for("Copy ");
    let before = stage.size_of("screenshots/1.png");
    stage.click("Edit Picture 1");
    wait_for_canvas(&mut stage);
    take(&mut stage, "Black out");
    drag(&mut stage, &OVER_SECRET);
    done(&mut stage);
    stage.wait_until("the new picture", |stage| {
        stage.sees("Copy ") && stage.size_of("screenshots/1.png") != before
    });
    let shown = stage.size_of("screenshots/1.png");
    stage.click("Send");
    stage.wait_for("FB-1");
    let files = receiver.arrived().files();
    let (_, bytes) = files
        .iter()
        .find(|(path, _)| path == "screenshots/1.png")
        .unwrap();
    let shown_bytes: f64 = shown.split(' ').next().unwrap().parse().unwrap();
    let factor = if shown.ends_with("kB") { 1000.0 } else { 1.0 };
    assert!(
        (shown_bytes * factor - *bytes as f64).abs() <= factor / 20.0,
        "{shown} {bytes}"
    );
}

#[test]
fn each_mark_is_where_it_was_drawn_and_of_the_same_ink() {
    for (tool, way, inked, bare) in [
        (
            "Arrow",
            [pos2(250.0, 250.0), pos2(350.0, 250.0)],
            (300, 250),
            (300, 230),
        ),
        (
            "Box",
            [pos2(250.0, 200.0), pos2(350.0, 280.0)],
            (300, 200),
            (300, 240),
        ),
        (
            "Free line",
            [pos2(250.0, 200.0), pos2(350.0, 250.0)],
            (300, 225),
            (300, 245),
        ),
    ] {
        let now = arrives(|stage| {
            take(stage, tool);
            drag(stage, &way);
        });
        let ink = now[inked];
        assert!(ink.r() > 200 && ink.g() < 60 && ink.b() < 60, "{tool}: {ink:?}");
        assert_eq!(now[bare], GROUND, "{tool}");
        let around = Rect::from_two_pos(way[0], way[1]).expand(20.0);
        assert!(
            changed(&now).iter().all(|(place, _)| around.contains(*place)),
            "{tool}"
        );
    }
}

#[test]
fn words_are_written_where_they_were_put() {
    let now = arrives(|stage| {
        take(stage, "Text");
        let at = on_screen(stage, whole(), pos2(250.0, 200.0));
        drag_on_screen(stage, &[at]);
        stage.write("here");
        stage.press(Modifiers::NONE, Key::Enter);
    });
    let changed = changed(&now);
    let room = Rect::from_min_size(pos2(249.0, 199.0), vec2(90.0, 40.0));
    assert!(changed.iter().all(|(place, _)| room.contains(*place)));
    let count = |is: fn(&Color32) -> bool| changed.iter().filter(|(_, colour)| is(colour)).count();
    let ink = count(|colour| colour.r() > 180 && colour.g() < 80);
    let plate = count(|colour| *colour == Color32::WHITE);
    assert!(ink > 30 && plate > 200, "{ink} of ink on {plate}");
}

#[test]
fn what_is_undone_is_not_sent_and_what_is_done_again_is() {
    let now = arrives(|stage| {
        assert!(!stage.is_enabled("Undo") && !stage.is_enabled("Redo"));
        take(stage, "Black out");
        drag(stage, &OVER_SECRET);
        stage.press(Modifiers::NONE, Key::A);
        drag(stage, &[pos2(250.0, 250.0), pos2(350.0, 250.0)]);
        stage.press(Modifiers::COMMAND, Key::Z);
        stage.click("Undo");
        assert!(!stage.is_enabled("Undo"));
        stage.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        assert!(stage.is_enabled("Redo"), "the arrow is still undone");
    });
    assert_eq!(now[(150, 75)], Color32::BLACK);
    assert_eq!(now[(300, 250)], GROUND);
}

/// What is hidden in a picture that was cropped before is hidden where it was seen.
#[test]
fn after_a_crop_places_are_still_those_that_the_person_sees() {
    let now = arrives(|stage| {
        take(stage, "Crop");
        drag(stage, &[pos2(80.5, 30.5), pos2(299.5, 199.5)]);
        let left = Rect::from_min_max(pos2(80.0, 30.0), pos2(300.0, 200.0));
        take(stage, "Black out");
        drag_in(stage, left, &OVER_SECRET);
    });
    assert_eq!(now.size, [220, 170]);
    let hidden = Rect::from_min_max(pos2(15.0, 15.0), pos2(125.0, 75.0));
    for y in 0..170 {
        for x in 0..220 {
            let is_hidden = is_in(hidden, pos2(x as f32, y as f32));
            let wanted = if is_hidden { Color32::BLACK } else { GROUND };
            assert_eq!(now[(x, y)], wanted, "{x} {y}");
        }
    }
}

#[test]
fn zoomed_in_places_are_still_those_that_the_person_sees() {
    let now = arrives(|stage| {
        take(stage, "Black out");
        assert!(!stage.is_enabled("Zoom out"));
        let middle = on_screen(stage, whole(), SECRET.center());
        let before = stage.harness.get_by_role(Role::Canvas).rect().size();
        stage.harness.event(Event::PointerMoved(middle));
        stage.harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, 200.0),
            source: egui::MouseWheelSource::Unknown,
            phase: egui::TouchPhase::Move,
            modifiers: Modifiers::COMMAND,
        });
        stage.harness.run();
        assert!(stage.is_enabled("Zoom out"));
        let canvas = stage.harness.get_by_role(Role::Canvas).rect();
        assert!(canvas.height() > before.y * 1.2, "{canvas} {before}");
        // What was under the pointer is there still, so a drag around it hides it.
        let factor = canvas.height() / whole().height();
        let place = |place: Pos2| middle + (place - SECRET.center()) * factor;
        drag_on_screen(stage, &OVER_SECRET.map(place));
        stage.press(Modifiers::NONE, Key::Num0);
        assert!(!stage.is_enabled("Zoom out"));
    });
    for (place, _) in changed(&now) {
        assert!(SECRET.expand(5.0).contains(place), "{place:?}");
    }
    for y in 50..100 {
        for x in 100..200 {
            assert_eq!(now[(x, y)], Color32::BLACK, "{x} {y}");
        }
    }
}

/// The first finger is a pointer as well; what it began is no mark once the second is there.
#[test]
fn two_fingers_mark_nothing_and_neither_does_another_button() {
    let mut stage = edit(&Receiver::nowhere());
    take(&mut stage, "Black out");
    let [first, second] = OVER_SECRET.map(|place| on_screen(&stage, whole(), place));
    let touch = |finger, phase, pos| Event::Touch {
        device_id: egui::TouchDeviceId(1),
        id: egui::TouchId(finger),
        phase,
        pos,
        force: None,
    };
    let button = |button, pressed, pos| Event::PointerButton {
        pos,
        button,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let middle = first.lerp(second, 0.5);
    for events in [
        vec![
            touch(1, egui::TouchPhase::Start, first),
            Event::PointerMoved(first),
            button(PointerButton::Primary, true, first),
        ],
        vec![
            touch(1, egui::TouchPhase::Move, middle),
            Event::PointerMoved(middle),
        ],
        vec![touch(2, egui::TouchPhase::Start, second)],
        vec![
            touch(1, egui::TouchPhase::Move, first),
            Event::PointerMoved(first),
        ],
        vec![
            touch(2, egui::TouchPhase::End, second),
            touch(1, egui::TouchPhase::End, first),
            button(PointerButton::Primary, false, first),
        ],
    ] {
        for event in events {
            stage.harness.event(event);
        }
        stage.harness.step();
    }
    stage.harness.run();
    assert!(!stage.is_enabled("Undo"), "two fingers");

    stage.press(Modifiers::NONE, Key::Num0);
    for events in [
        vec![
            Event::PointerMoved(first),
            button(PointerButton::Secondary, true, first),
        ],
        vec![Event::PointerMoved(second)],
        vec![button(PointerButton::Secondary, false, second)],
    ] {
        for event in events {
            stage.harness.event(event);
        }
        stage.harness.step();
    }
    stage.harness.run();
    assert!(!stage.is_enabled("Undo"), "the other button");
}

#[test]
fn without_a_mouse_a_box_is_blacked_out_as_well() {
    let now = arrives(|stage| {
        assert_eq!(
            stage.focused().accesskit_node().role(),
            Role::Canvas,
            "the keyboard is on the picture"
        );
        stage.press(Modifiers::NONE, Key::B);
        // From the middle, at (200, 150), in steps of a fortieth of the width.
        for _ in 0..11 {
            stage.press(Modifiers::NONE, Key::ArrowUp);
        }
        for _ in 0..11 {
            stage.press(Modifiers::NONE, Key::ArrowLeft);
        }
        stage.press(Modifiers::NONE, Key::Space);
        for _ in 0..11 {
            stage.press(Modifiers::NONE, Key::ArrowRight);
        }
        for _ in 0..6 {
            stage.press(Modifiers::NONE, Key::ArrowDown);
        }
        for _ in 0..3 {
            stage.press(Modifiers::SHIFT, Key::ArrowRight);
        }
        stage.press(Modifiers::NONE, Key::Enter);
    });
    let hidden = Rect::from_min_max(pos2(90.0, 40.0), pos2(203.0, 100.0));
    for y in 0..SIZE[1] {
        for x in 0..SIZE[0] {
            let is_hidden = is_in(hidden, pos2(x as f32, y as f32));
            assert_eq!(
                now[(x, y)] == Color32::BLACK,
                is_hidden || picture()[(x, y)] == Color32::BLACK
            );
        }
    }
}

/// What was begun and not ended is seen on the picture, so it is done as well.
#[test]
fn a_box_without_its_last_key_is_blacked_out_as_well() {
    let by_ctrl_enter = |stage: &mut Stage| stage.press(Modifiers::COMMAND, Key::Enter);
    let by_the_button = |stage: &mut Stage| {
        while !stage.has_focus("Done") {
            stage.press(Modifiers::NONE, Key::Tab);
        }
        stage.press(Modifiers::NONE, Key::Enter);
    };
    for finish in [by_ctrl_enter, by_the_button] {
        let receiver = Receiver::new(Answer::Receipt("FB-1"));
        let mut stage = edit(&receiver.endpoint);
        stage.press(Modifiers::NONE, Key::B);
        stage.press(Modifiers::NONE, Key::Space);
        for key in [Key::ArrowLeft, Key::ArrowUp].repeat(6) {
            stage.press(Modifiers::NONE, key);
        }
        finish(&mut stage);
        stage.wait_until("the form", |stage| stage.is_there("Send"));
        let now = send(&mut stage, &receiver);
        let hidden = Rect::from_min_max(pos2(140.0, 90.0), pos2(200.0, 150.0));
        for y in 90..150 {
            for x in 140..200 {
                assert_eq!(now[(x, y)], Color32::BLACK, "{x} {y}");
            }
        }
        assert!(changed(&now).iter().all(|(place, _)| is_in(hidden, *place)));
    }
}

#[test]
fn ctrl_enter_is_done_and_the_keyboard_returns() {
    let mut stage = edit(&Receiver::nowhere());
    take(&mut stage, "Text");
    stage.harness.get_by_role(Role::Canvas).focus();
    stage.harness.run();
    stage.press(Modifiers::NONE, Key::Space);
    stage.write("not lost");
    stage.press(Modifiers::COMMAND, Key::Enter);
    stage.wait_until("the form", |stage| stage.is_there("Send"));
    assert!(stage.has_focus("Edit Picture 1"));
    // What was typed and not ended is on the picture: there is nothing left of the editor to ask about.
    stage.click("Edit Picture 1");
    wait_for_canvas(&mut stage);
    assert!(!stage.is_enabled("Undo"), "what is done is done");
}

#[test]
fn escape_gives_up_one_thing_after_the_other_and_asks_before_anything_is_lost() {
    let mut stage = edit(&Receiver::nowhere());
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!is_editing(&mut stage), "nothing was done, so nothing is asked");
    assert!(stage.has_focus("Edit Picture 1"));
    assert!(stage.app().dialog.is_open());

    stage.click("Edit Picture 1");
    wait_for_canvas(&mut stage);
    stage.press(Modifiers::NONE, Key::Space);
    stage.press(Modifiers::NONE, Key::ArrowLeft);
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(
        is_editing(&mut stage) && !stage.is_enabled("Undo"),
        "the mark was given up"
    );

    drag(&mut stage, &[pos2(250.0, 250.0), pos2(350.0, 250.0)]);
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(stage.sees("Discard what you did to the picture?"));
    assert!(stage.has_focus("Keep editing"));
    stage.press(Modifiers::NONE, Key::Enter);
    assert!(stage.is_enabled("Undo"), "it is all there still");
    stage.click("Cancel");
    stage.click("Discard");
    assert!(!is_editing(&mut stage));
}

/// The keyboard in the field for words types: it takes up no tool, and Escape leaves the field alone.
#[test]
fn letters_that_are_typed_are_letters() {
    let mut stage = edit(&Receiver::nowhere());
    take(&mut stage, "Text");
    let at = on_screen(&stage, whole(), pos2(250.0, 200.0));
    drag_on_screen(&mut stage, &[at]);
    stage.press(Modifiers::NONE, Key::B);
    stage.write("b");
    let field = stage.harness.get_by_label("Text on the picture");
    assert_eq!(field.value().as_deref(), Some("b"));
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!stage.sees("Text on the picture"));
    assert!(is_editing(&mut stage) && !stage.is_enabled("Undo"));
}

/// Escape takes back what is being composed, and the field with what was typed before stays.
#[test]
fn the_keys_of_an_input_method_are_its_own() {
    let mut stage = edit(&Receiver::nowhere());
    take(&mut stage, "Text");
    let at = on_screen(&stage, whole(), pos2(250.0, 200.0));
    drag_on_screen(&mut stage, &[at]);
    stage.write("日本");
    let composed = egui::ImeEvent::Preedit {
        text: "ご".to_owned(),
        active_range_chars: None,
    };
    stage.harness.event(Event::Ime(composed));
    stage.harness.step();
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(stage.sees("Text on the picture"));
    assert!(is_editing(&mut stage));
}

#[test]
fn a_picture_that_cannot_be_read_says_so_and_stays() {
    let mut stage = Stage::open(&Receiver::nowhere());
    let picture = Picture::from_png(b"\x89PNG\r\n\x1a\nbroken".to_vec()).unwrap();
    stage.app().dialog.add_picture(picture);
    stage.click_when_there("Edit Picture 1");
    stage.wait_for("This picture cannot be edited.");
    stage.click("Cancel");
    assert!(stage.is_there("Remove Picture 1"));
}

#[test]
fn a_picture_that_was_handed_in_can_be_edited_and_is_seen_then() {
    let receiver = Receiver::new(Answer::Receipt("FB-1"));
    let mut stage = Stage::open(&receiver.endpoint);
    let rgba = picture()
        .pixels
        .iter()
        .flat_map(Color32::to_srgba_unmultiplied)
        .collect();
    let picture = Picture::from_rgba(400, 300, rgba).unwrap();
    stage.app().dialog.add_picture(picture);
    stage.click_when_there("Edit Picture 1");
    wait_for_canvas(&mut stage);
    take(&mut stage, "Black out");
    drag(&mut stage, &OVER_SECRET);
    done(&mut stage);
    assert!(stage.sees("400 × 300"));
    assert_eq!(send(&mut stage, &receiver)[(150, 75)], Color32::BLACK);
}

/// Also where its buttons take more than one line, and in a window that is closed meanwhile.
#[test]
fn it_fits_into_a_narrow_window_and_waits_there() {
    let builder = Harness::builder().with_size([320.0, 420.0]);
    let mut stage = Stage::with(&Receiver::nowhere(), |config| config, builder);
    stage.click("Write to us…");
    open(&mut stage);
    let window = Rect::from_min_size(Pos2::ZERO, Vec2::new(320.0, 420.0));
    for name in [
        "Arrow",
        "Box",
        "Free line",
        "Text",
        "Crop",
        "Black out",
        "Pixelate",
        "Undo",
        "Redo",
        "Zoom out",
        "Show all",
        "Zoom in",
        "Cancel",
        "Done",
    ] {
        let rect = stage.rect(name);
        assert!(window.contains_rect(rect), "{name} {rect}");
        assert!(rect.size().min_elem() >= 24.0, "{name} {rect}");
    }
    let canvas = stage.harness.get_by_role(Role::Canvas).rect();
    assert!(
        window.contains_rect(canvas) && canvas.height() > 150.0,
        "{canvas}"
    );
    drag(&mut stage, &[pos2(50.0, 250.0), pos2(350.0, 250.0)]);
    stage.app().dialog.close();
    stage.harness.run();
    stage.click("Write to us…");
    wait_for_canvas(&mut stage);
    assert!(stage.is_enabled("Undo"), "what was done is not lost");
}

#[test]
fn in_its_own_window_escape_leaves_the_editor_alone() {
    let mut stage = Stage::new(&Receiver::nowhere());
    stage.app().is_alone = true;
    stage.app().dialog.open();
    stage.harness.run();
    open(&mut stage);
    stage.press(Modifiers::NONE, Key::Escape);
    assert!(!is_editing(&mut stage));
    assert!(stage.app().dialog.is_open());
}

/// What comes in meanwhile is added and told, and the editor stays.
#[test]
fn what_is_dropped_or_pasted_on_the_editor_goes_with_the_message() {
    let mut stage = edit(&Receiver::nowhere());
    drag(&mut stage, &[pos2(250.0, 250.0), pos2(350.0, 250.0)]);
    let file = stage.file("dropped.txt", b"hello");
    stage.drop_file(file);
    stage.harness.run();
    assert!(stage.sees("This was added to your message."));
    assert!(is_editing(&mut stage) && stage.is_enabled("Undo"));
    done(&mut stage);
    assert!(stage.is_there("Remove dropped.txt"));
}

/// It is a mark, whatever it reads like.
#[test]
fn the_name_of_a_file_that_is_pasted_on_a_picture_is_not_offered_as_a_file() {
    let mut stage = edit(&Receiver::nowhere());
    take(&mut stage, "Text");
    let at = on_screen(&stage, whole(), pos2(250.0, 200.0));
    drag_on_screen(&mut stage, &[at]);
    let file = stage.file("named.txt", b"hello");
    stage
        .harness
        .event(Event::Paste(file.to_string_lossy().into_owned()));
    stage.harness.run();
    stage.press(Modifiers::NONE, Key::Enter);
    done(&mut stage);
    // Asked after it, and answered after it.
    let asked = stage.file("asked.txt", b"123456");
    stage.app().dialog.attach(asked);
    stage.wait_for("6 bytes");
    assert!(!stage.sees("in place of"));
}

/// The question is asked, and what is being composed goes on after it: field and picture do not take the keyboard
/// from each other.
#[test]
fn a_field_that_is_still_open_after_the_question_has_the_keyboard() {
    let mut stage = edit(&Receiver::nowhere());
    drag(&mut stage, &[pos2(250.0, 250.0), pos2(350.0, 250.0)]);
    take(&mut stage, "Text");
    let at = on_screen(&stage, whole(), pos2(250.0, 200.0));
    drag_on_screen(&mut stage, &[at]);
    stage.write("日本");
    stage.harness.event(Event::Ime(egui::ImeEvent::Preedit {
        text: "ご".to_owned(),
        active_range_chars: None,
    }));
    stage.harness.step();
    stage.click("Cancel");
    stage.click("Keep editing");
    assert!(stage.has_focus("Text on the picture"));
}
