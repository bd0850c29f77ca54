//! Guards the editor of a picture: what the person hides is gone from the bytes that arrive, what they mark is there, and
//! what they undo or leave was never done.

mod around;
mod files;
mod keys;
mod places;

use std::sync::Arc;

use egui::{
    Color32, ColorImage, Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, Role, Vec2,
};
use egui::{pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use feedback_sdk::Picture;

use super::hands::button;
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
    pixels_of(receiver.arrived().content("screenshots/1.png"))
}

fn pixels_of(png: Vec<u8>) -> ColorImage {
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

/// Of a picture in which a drag over the secret has blacked out what it touched.
fn only_the_secret_is_black(now: &ColorImage) {
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
    only_the_secret_is_black(&now);
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
