//! Guards where marks come to lie: in the place that the person sees, cropped, zoomed or touched.

use egui::Shape;

use super::*;

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

/// What fades looks hidden where it is not.
#[test]
fn zoomed_in_nothing_of_the_picture_fades_at_the_edge() {
    let mut stage = edit(&Receiver::nowhere());
    stage.harness.get_by_label("Zoom in").click_accesskit();
    stage.harness.run_steps(30); // the bars come slowly
    assert!(stage.is_enabled("Zoom out"));
    let fades = |shape: &Shape| match shape {
        Shape::Mesh(mesh) => mesh
            .vertices
            .iter()
            .any(|corner| corner.color != mesh.vertices[0].color),
        _ => false,
    };
    let drawn = &stage.harness.output().shapes;
    assert!(!drawn.iter().any(|clipped| fades(&clipped.shape)));
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
