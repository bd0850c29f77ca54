//! Guards what can be seen and hit, on every screen and in every language: nothing is cut, each letter stands out
//! from its ground, each control is large enough and has its place for itself, the keyboard's place can be seen.
//!
//! No colour depends on the language, so each language has one theme, and what has the keyboard is looked at in English.

use egui::accesskit::{Action, Role};
use egui::{HoveredFile, Rect, Theme};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drawn::{Drawn, Mark, contrast};
use super::receiver::Receiver;
use super::spoken::Spoken;
use super::stage::Stage;
use super::walk::Walk;

/// WCAG 2.2, success criteria 1.4.3 (text), 1.4.11 (what makes a control) and 2.5.8 (its size in points).
const TEXT: f32 = 4.5;
const CONTROL: f32 = 3.0;
const TARGET: f32 = 24.0;

/// Windows in points: wide, narrow, low.
const SIZES: [[f32; 2]; 3] = [[1600.0, 1200.0], [320.0, 720.0], [426.0, 320.0]];
/// A change of zoom draws every letter anew, so each language has one of them.
const ZOOMS: [f32; 4] = [0.75, 1.0, 2.0, 3.0];

#[test]
fn in_every_language_and_size_nothing_is_cut_or_pale_and_every_control_has_its_place() {
    let languages = Spoken::all();
    assert!(languages.len() >= 14);
    let mut faults = Vec::new();
    let zooms = ZOOMS.into_iter().cycle();
    let themes = [Theme::Light, Theme::Dark, Theme::Dark, Theme::Light]
        .into_iter()
        .cycle();
    for ((spoken, zoom), theme) in languages.iter().zip(zooms).zip(themes) {
        Walk::go(spoken, &mut |stage, screen| {
            stage.harness.ctx.set_zoom_factor(zoom);
            stage.harness.ctx.set_theme(theme);
            for size in SIZES {
                stage.harness.set_size(size.into());
                stage.harness.run();
                let found = lasting_faults(stage);
                let at = format!("{}, {screen}, {theme:?}, {size:?} at {zoom}", spoken.tag);
                faults.extend(found.iter().map(|fault| format!("{at}: {fault}")));
            }
        });
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_letter_every_field_and_the_keyboards_place_can_be_seen_in_both_themes() {
    let languages = Spoken::all();
    let english = languages.iter().find(|spoken| spoken.tag == "en").unwrap();
    let mut faults = Vec::new();
    Walk::go(english, &mut |stage, screen| {
        for theme in [Theme::Light, Theme::Dark] {
            stage.harness.ctx.set_theme(theme);
            stage.harness.run();
            let drawn = Drawn::of(stage.harness.output());
            assert!(drawn.letters.len() > 20, "{screen}: nothing was read");
            let mut found = pale_letters(stage, &drawn);
            for next in 0..controls(stage).count() {
                // A report that goes on its way meanwhile takes a control with it.
                let Some(()) = controls(stage).nth(next).map(|control| control.focus()) else {
                    break;
                };
                stage.harness.run();
                found.extend(pale_controls(stage));
            }
            faults.extend(found.iter().map(|fault| format!("{screen}, {theme:?}: {fault}")));
        }
    });
    faults.dedup();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// egui asks for frames all the while, so nothing comes to rest.
#[test]
fn over_which_window_ever_a_file_is_dragged_the_hint_can_be_read() {
    let mut stage = Stage::open(&Receiver::nowhere());
    for (spoken, theme) in Spoken::all()
        .iter()
        .zip([Theme::Light, Theme::Dark].into_iter().cycle())
    {
        stage.app().dialog.set_language(&spoken.tag);
        stage.harness.ctx.set_theme(theme);
        for size in SIZES.into_iter().chain([[213.0, 160.0]]) {
            stage.harness.set_size(size.into());
            stage.harness.run();
            let hovered = HoveredFile::default();
            stage.harness.input_mut().hovered_files.push(hovered);
            stage.harness.run_steps(2);
            let drawn = Drawn::of(stage.harness.output());
            let hint = spoken.say("drop_here");
            let is_hint = |text: &str| text == hint;
            assert!(drawn.letters.iter().any(|letter| is_hint(&letter.text)), "{hint}");
            let pale = pale_letters(&stage, &drawn);
            let faults = cut(&stage).into_iter().chain(pale);
            let faults: Vec<String> = faults.filter(|fault| fault.contains(&hint)).collect();
            assert!(
                faults.is_empty(),
                "{}, {theme:?}, {size:?}: {faults:?}",
                spoken.tag
            );
            stage.harness.input_mut().hovered_files.clear();
        }
    }
}

/// The one control that stands in the app.
#[test]
fn the_button_in_the_app_is_large_enough_in_every_language() {
    let mut stage = Stage::new(&Receiver::nowhere());
    for spoken in Spoken::all() {
        stage.app().dialog.set_language(&spoken.tag);
        stage.harness.run();
        let size = stage.rect(&spoken.say("button")).size();
        assert!(size.min_elem() >= TARGET, "{}: {size:?}", spoken.tag);
    }
}

/// What is cut, displaced or pale, and stays so: a file that is read is laid out anew on another thread.
fn lasting_faults(stage: &mut Stage) -> Vec<String> {
    let mut faults = Vec::new();
    for _ in 0..100 {
        faults = cut(stage);
        faults.extend(displaced(stage));
        faults.extend(pale_letters(stage, &Drawn::of(stage.harness.output())));
        if faults.is_empty() {
            break;
        }
        stage.doze();
        stage.harness.run();
    }
    faults
}

/// Text of ours that ends in an ellipsis that was not written, or at an edge.
pub(crate) fn cut(stage: &Stage) -> Vec<String> {
    let window = stage.harness.ctx.content_rect();
    let drawn = Drawn::of(stage.harness.output());
    let is_cut = |mark: &&Mark| {
        let seen = mark.clip.intersect(window);
        let sides = seen.x_range().expand(1.0);
        let fits = sides.contains(mark.rect.left()) && sides.contains(mark.rect.right());
        mark.rect.intersects(seen) && (!fits || mark.is_elided)
    };
    let texts = drawn.marks.iter().filter(|mark| mark.text.is_some());
    let faults = texts.filter(is_cut).map(|mark| format!("{:?} is cut", mark.text));
    faults.collect()
}

/// Controls that are too small, beside the window, or lie on one another.
pub(crate) fn displaced(stage: &Stage) -> Vec<String> {
    let window = stage.harness.ctx.content_rect().expand(1.0);
    let drawn = Drawn::of(stage.harness.output());
    let mut faults = Vec::new();
    let mut places: Vec<(String, Rect)> = Vec::new();
    for node in controls(stage) {
        let (name, rect) = (label(&node), node.rect());
        if rect.width() < TARGET || rect.height() < TARGET {
            faults.push(format!("{name} is small: {:?}", rect.size()));
        }
        let its_words = drawn
            .marks
            .iter()
            .filter(|mark| mark.text.as_deref() == Some(&*name) && rect.contains(mark.rect.center()));
        if its_words
            .into_iter()
            .any(|words| !rect.expand(1.0).contains_rect(words.rect))
        {
            faults.push(format!("{name} does not hold its words"));
        }
        if rect.left() < window.left() || rect.right() > window.right() {
            faults.push(format!("{name} {rect} is beside {window}"));
        }
        let Some(seen) = seen(&drawn, &node) else { continue };
        for (other, place) in &places {
            if place.intersect(seen.shrink(0.5)).is_positive() {
                faults.push(format!("{name} {seen} lies on {other} {place}"));
            }
        }
        places.push((name, seen));
    }
    faults
}

/// What of a control is not scrolled out of sight.
fn seen(drawn: &Drawn, node: &Node<'_>) -> Option<Rect> {
    let rect = node.rect();
    // Its frame, or its words where it has none: other things may lie where it is scrolled away.
    let is_its = |mark: &&Mark| {
        let is_frame = mark.rect.area() > rect.area() / 2.0;
        let is_inside = rect.expand(4.0).contains_rect(mark.rect);
        is_inside && (is_frame || mark.text.as_deref() == Some(&*label(node)))
    };
    let seen = drawn
        .marks
        .iter()
        .filter(is_its)
        .map(|mark| mark.rect.intersect(mark.clip));
    let seen = seen.reduce(Rect::union)?.intersect(rect);
    Some(seen).filter(Rect::is_positive)
}

/// WCAG leaves out what cannot be used.
fn pale_letters(stage: &Stage, drawn: &Drawn) -> Vec<String> {
    let off = controls(stage).filter(|node| node.accesskit_node().is_disabled());
    let off: Vec<Rect> = off.map(|node| node.rect()).collect();
    let on: Vec<Rect> = buttons(stage).map(|node| node.rect()).collect();
    let lines = drawn.lines.iter();
    let lines = lines.filter(|line| on.iter().any(|rect| rect.contains(line.at)));
    let letters = drawn.letters.iter().chain(lines).filter(|letter| {
        let is_off = off.iter().any(|rect| rect.contains(letter.at));
        contrast(letter.colour, letter.ground) < TEXT && !is_off
    });
    letters
        .map(|letter| {
            let ratio = contrast(letter.colour, letter.ground);
            format!("{ratio:.1} for “{}” of “{}”", letter.sign, letter.text)
        })
        .collect()
}

/// Fields, switches and what has the keyboard: each has a line around it.
fn pale_controls(stage: &Stage) -> Vec<String> {
    let drawn = Drawn::of(stage.harness.output());
    let mut faults = Vec::new();
    for node in controls(stage) {
        let role = node.accesskit_node().role();
        let is_field = matches!(role, Role::TextInput | Role::MultilineTextInput | Role::CheckBox);
        // The line of the canvas is around the picture in it.
        if !is_field && !node.is_focused() || role == Role::Canvas {
            continue;
        }
        let best = drawn.contrast_around(node.rect());
        if best < CONTROL {
            faults.push(format!("{best:.1} around {role:?} {}", label(&node)));
        }
    }
    faults
}

/// Everything of the dialog that a person can act on, but for scroll bars. One that is alone is the whole window.
fn controls(stage: &Stage) -> impl Iterator<Item = Node<'_>> {
    let dialog = stage.harness.query_by_role(Role::Dialog);
    let dialog = dialog.unwrap_or_else(|| stage.harness.root());
    let nodes: Vec<Node<'_>> = dialog.children_recursive().collect();
    nodes.into_iter().filter(|node| {
        let node = node.accesskit_node().data();
        let is_other = matches!(node.role(), Role::Label | Role::Heading | Role::ScrollBar);
        node.supports_action(Action::Click) && !is_other
    })
}

/// Those that may have a sign painted on them.
fn buttons(stage: &Stage) -> impl Iterator<Item = Node<'_>> {
    controls(stage).filter(|node| node.accesskit_node().role() == Role::Button)
}

fn label(node: &Node<'_>) -> String {
    node.accesskit_node().label().unwrap_or_default()
}
