//! The editor of a picture with one mark of each kind, as wide as its window and in a narrow one.

use std::sync::Arc;

use demo_app::stage::Stage;
use eframe::egui::{Color32, ColorImage, Event, Key, Modifiers, PointerButton, Pos2, Rect, Vec2, pos2, vec2};
use feedback_sdk::testing::Reply;

use super::THEMES;
use super::scene::Scene;

const SIZE: [usize; 2] = [640, 400];

/// Something like the window of an app: a bar, lines of text, a panel.
fn window() -> ColorImage {
    let mut image = ColorImage::filled(SIZE, Color32::from_rgb(236, 238, 241));
    let mut fill = |left: usize, top: usize, width: usize, height: usize, colour: Color32| {
        for y in top..top + height {
            for x in left..left + width {
                image[(x, y)] = colour;
            }
        }
    };
    fill(0, 0, 640, 36, Color32::from_rgb(52, 84, 120));
    fill(0, 36, 150, 364, Color32::from_rgb(214, 219, 226));
    let ink = Color32::from_rgb(60, 64, 70);
    for line in 0..12 {
        // Words of different lengths.
        let mut x = 176;
        for word in 0..9 {
            let width = 14 + (line * 7 + word * 13) % 38;
            if x + width < 610 {
                fill(x, 64 + line * 26, width, 9, ink);
            }
            x += width + 9;
        }
    }
    image
}

/// Opens the editor.
fn open(scene: &mut Scene) {
    scene.stage.event(Event::PasteImage(Arc::new(window())));
    scene.stage.click("Edit Picture 1").unwrap();
    scene.until("Arrow");
    scene.stage.settle();
}

/// Where a place of the picture is.
fn place(scene: &Scene, at: Pos2) -> Pos2 {
    let canvas = scene.stage.rect_of(CANVAS).unwrap_or(Rect::ZERO);
    let size = Vec2::from(SIZE.map(|side| side as f32));
    let factor = ((canvas.size() - Vec2::splat(4.0)) / size).min_elem().min(2.0);
    canvas.center() + (at - pos2(0.0, 0.0) - size / 2.0) * factor
}

const CANVAS: &str =
    "Picture with your marks. The arrow keys move the cross, the space bar begins and ends a mark.";

fn draw(scene: &mut Scene, tool: &str, way: &[Pos2]) {
    scene.stage.click(tool).unwrap();
    let way: Vec<Pos2> = way.iter().map(|at| place(scene, *at)).collect();
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let (first, last) = (way[0], way[way.len() - 1]);
    scene.stage.event(Event::PointerMoved(first));
    scene.stage.event(button(first, true));
    for at in &way {
        scene.stage.event(Event::PointerMoved(*at));
    }
    scene.stage.event(button(last, false));
    scene.stage.settle();
}

fn draw_one_of_each(scene: &mut Scene) {
    let wave = (0_u8..40).map(|step| {
        let x = f32::from(step);
        pos2(190.0 + 5.0 * x, 330.0 + 9.0 * (x / 3.0).sin())
    });
    draw(scene, "Free line", &wave.collect::<Vec<_>>());
    draw(scene, "Box", &[pos2(172.0, 110.0), pos2(420.0, 156.0)]);
    draw(scene, "Arrow", &[pos2(560.0, 250.0), pos2(440.0, 160.0)]);
    draw(scene, "Text", &[pos2(500.0, 258.0)]);
    scene.stage.event(Event::Text("empty?".to_owned()));
    scene.stage.event(key(Key::Enter));
    draw(scene, "Pixelate", &[pos2(170.0, 186.0), pos2(420.0, 230.0)]);
    draw(scene, "Black out", &[pos2(170.0, 56.0), pos2(520.0, 82.0)]);
}

fn key(key: Key) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

#[test]
fn a_picture_with_marks() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        open(&mut scene);
        draw_one_of_each(&mut scene);
        scene.check("editor");
        scene.stage.click("Done").unwrap();
        scene.until("Send").check("edited");
    }
}

#[test]
fn a_picture_with_marks_in_a_narrow_window() {
    for theme in THEMES {
        let mut scene = Scene::open_sized(theme, vec2(320.0, 480.0));
        open(&mut scene);
        draw_one_of_each(&mut scene);
        scene.check("editor-narrow");
    }
}

#[test]
fn something_came_while_a_picture_is_edited() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        open(&mut scene);
        let file = scene.folder.path().join("export.csv");
        std::fs::write(&file, "a;b\n").unwrap();
        scene.stage.drop_file(&file);
        scene
            .until("This was added to your message.")
            .check("editor-added");
    }
}

#[test]
fn a_question_before_anything_is_lost() {
    for theme in THEMES {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        open(&mut scene);
        draw(&mut scene, "Crop", &[pos2(160.0, 40.0), pos2(639.0, 239.0)]);
        draw(&mut scene, "Arrow", &[pos2(300.0, 100.0), pos2(200.0, 200.0)]);
        scene.stage.click("Cancel").unwrap();
        scene.until("Keep editing").check("editor-question");
    }
}

/// What was seen in the editor is what is sent: one mark after the other.
#[test]
fn the_picture_that_is_sent_looks_like_the_one_that_was_edited() {
    let mut scene = Scene::open(THEMES[0], Reply::RECEIPT);
    open(&mut scene);
    draw_one_of_each(&mut scene);
    scene.stage.click("Done").unwrap();
    scene.stage.click("What will be sent").unwrap();
    scene.until("Save a copy…").stage.settle();
    scene.stage.click("screenshots/1.png").unwrap();
    let is_there = |stage: &Stage<'_, _>| stage.shows("Back") && !stage.shows("Collecting…");
    scene.stage.wait_until("the picture", is_there).unwrap();
    scene.check("editor-sent");
}
