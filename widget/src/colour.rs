//! Colours from the host's own style, kept readable. Pure.

use egui::style::{Selection, WidgetVisuals};
use egui::{Color32, Rgba, Stroke, Visuals};

/// The contrast that WCAG 2.2 asks of text (success criterion 1.4.3).
const ENOUGH: f32 = 4.5;
/// The contrast that it asks of what makes a control (success criterion 1.4.11).
const VISIBLE: f32 = 3.0;

/// The contrast to what is around it of a button without an edge, or of selected text, at least. The accents of egui's own styles have it.
const FOUND: f32 = 1.5;

/// The fill of the one button that matters.
pub(crate) fn accent(visuals: &Visuals) -> Color32 {
    visuals.selection.bg_fill
}

/// Whether a button with that fill cannot be told from the window.
pub(crate) fn is_accent_faint(visuals: &Visuals) -> bool {
    contrast(accent(visuals), visuals.window_fill) < FOUND
}

/// Puts a colour of the app's own in place of the style's accent.
pub(crate) fn wear(accent: Color32, visuals: &mut Visuals) {
    visuals.selection.bg_fill = accent;
    visuals.selection.stroke.color = readable(visuals.selection.stroke.color, accent);
}

/// The line around what has the keyboard.
pub(crate) fn ring(visuals: &Visuals) -> Color32 {
    let ground = visuals.text_edit_bg_color();
    if contrast(visuals.selection.stroke.color, ground) >= VISIBLE {
        visuals.selection.stroke.color
    } else {
        apart(accent(visuals), ground, VISIBLE)
    }
}

/// How selected text is painted in a field, whose ground an accent may be close to.
pub(crate) fn selection(visuals: &Visuals) -> Selection {
    let bg_fill = apart(accent(visuals), visuals.text_edit_bg_color(), FOUND);
    let stroke = visuals.selection.stroke;
    Selection {
        bg_fill,
        stroke: Stroke::new(stroke.width, readable(stroke.color, bg_fill)),
    }
}

/// Text on the accent.
pub(crate) fn on_accent(visuals: &Visuals) -> Color32 {
    readable(visuals.selection.stroke.color, accent(visuals))
}

/// What is painted on a button as it stands there.
pub(crate) fn on_button(button: &WidgetVisuals, visuals: &Visuals) -> Color32 {
    let ground = visuals.window_fill.blend(button.weak_bg_fill);
    readable(button.text_color(), ground)
}

/// Text that tells of trouble.
pub(crate) fn error(visuals: &Visuals) -> Color32 {
    on_every_ground(visuals.error_fg_color, visuals)
}

/// Text that need not be read.
pub(crate) fn quiet(visuals: &Visuals) -> Color32 {
    on_every_ground(visuals.window_fill.blend(visuals.weak_text_color()), visuals)
}

/// What stands in an empty text field.
pub(crate) fn hint(visuals: &Visuals) -> Color32 {
    let ground = visuals.text_edit_bg_color();
    readable(ground.blend(visuals.weak_text_color()), ground)
}

/// The ground that a thing stands on which is one of several.
pub(crate) fn plate(visuals: &Visuals) -> Color32 {
    match visuals.faint_bg_color {
        Color32::TRANSPARENT => visuals.extreme_bg_color,
        faint => faint,
    }
}

/// What stands in a text in the place of something private.
pub(crate) struct Mask {
    pub(crate) ground: Color32,
    pub(crate) text: Color32,
    /// Below it, since the ground may be pale.
    pub(crate) line: Color32,
}

/// How it is marked.
pub(crate) fn mask(visuals: &Visuals) -> Mask {
    let around = visuals.text_edit_bg_color();
    let ground = around.lerp_to_gamma(accent(visuals), 0.5);
    Mask {
        ground,
        text: readable(visuals.text_color(), ground),
        line: apart(accent(visuals), around, VISIBLE),
    }
}

/// The line around a text field.
pub(crate) fn line(visuals: &Visuals) -> Color32 {
    let line = visuals.widgets.noninteractive.bg_stroke.color;
    apart(line, visuals.window_fill, VISIBLE)
}

/// `colour`, so that it can be read in the window and on a plate.
fn on_every_ground(colour: Color32, visuals: &Visuals) -> Color32 {
    let window = visuals.window_fill;
    readable(readable(colour, window), window.blend(plate(visuals)))
}

/// `colour`, moved towards black or white until it can be read on `ground`.
fn readable(colour: Color32, ground: Color32) -> Color32 {
    apart(colour, ground, ENOUGH)
}

/// `colour`, moved towards black or white until it is as far as that from `ground`.
fn apart(colour: Color32, ground: Color32, enough: f32) -> Color32 {
    let goal = if contrast(Color32::WHITE, ground) > contrast(Color32::BLACK, ground) {
        Color32::WHITE
    } else {
        Color32::BLACK
    };
    (0_u8..=10)
        .map(|step| colour.lerp_to_gamma(goal, f32::from(step) / 10.0))
        .find(|colour| contrast(*colour, ground) >= enough)
        .unwrap_or(goal)
}

/// The contrast ratio of WCAG 2.2, 1 to 21.
fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    (a / b).max(b / a)
}

fn luminance(colour: Color32) -> f32 {
    let [r, g, b, _] = Rgba::from(colour).to_array();
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 0.01);
        assert!((contrast(Color32::from_gray(0x77), Color32::WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn all_text_can_be_read_in_both_themes() {
        for visuals in [Visuals::dark(), Visuals::light()] {
            assert!(contrast(on_accent(&visuals), accent(&visuals)) >= ENOUGH);
            assert!(contrast(error(&visuals), visuals.window_fill) >= ENOUGH);
            assert!(contrast(quiet(&visuals), visuals.window_fill) >= ENOUGH);
            let plate = visuals.window_fill.blend(plate(&visuals));
            assert!(contrast(quiet(&visuals), plate) >= ENOUGH);
            assert!(contrast(error(&visuals), plate) >= ENOUGH);
            assert!(contrast(hint(&visuals), visuals.text_edit_bg_color()) >= ENOUGH);
            let mask = mask(&visuals);
            assert!(contrast(mask.text, mask.ground) >= ENOUGH);
            assert_ne!(mask.ground, visuals.text_edit_bg_color());
        }
    }

    #[test]
    fn what_is_painted_on_a_button_can_be_seen_whatever_is_done_to_it() {
        for visuals in [Visuals::dark(), Visuals::light()] {
            let widgets = &visuals.widgets;
            for button in [&widgets.inactive, &widgets.hovered, &widgets.active] {
                let sign = on_button(button, &visuals);
                assert!(contrast(sign, button.weak_bg_fill) >= ENOUGH);
            }
        }
    }

    #[test]
    fn an_accent_of_the_apps_own_can_be_read_and_its_ring_be_seen() {
        for colour in (0..=0xff_ffff).step_by(4099) {
            let [_, r, g, b] = u32::to_be_bytes(colour);
            for mut visuals in [Visuals::dark(), Visuals::light()] {
                wear(Color32::from_rgb(r, g, b), &mut visuals);
                assert_eq!(accent(&visuals), Color32::from_rgb(r, g, b));
                assert!(contrast(on_accent(&visuals), accent(&visuals)) >= ENOUGH);
                let text = visuals.selection.stroke.color;
                assert!(contrast(text, accent(&visuals)) >= ENOUGH);
                let selected = selection(&visuals);
                assert!(contrast(selected.bg_fill, visuals.text_edit_bg_color()) >= FOUND);
                assert!(contrast(selected.stroke.color, selected.bg_fill) >= ENOUGH);
                assert!(contrast(ring(&visuals), visuals.text_edit_bg_color()) >= VISIBLE);
                assert!(contrast(mask(&visuals).line, visuals.text_edit_bg_color()) >= VISIBLE);
            }
        }
    }

    #[test]
    fn a_style_that_can_be_seen_is_left_as_it_is() {
        for visuals in [Visuals::dark(), Visuals::light()] {
            assert_eq!(ring(&visuals), visuals.selection.stroke.color);
            assert_eq!(on_accent(&visuals), visuals.selection.stroke.color);
            assert_eq!(selection(&visuals), visuals.selection);
            assert!(!is_accent_faint(&visuals));
        }
    }

    #[test]
    fn a_field_can_be_found_in_both_themes() {
        for visuals in [Visuals::dark(), Visuals::light()] {
            assert!(contrast(line(&visuals), visuals.window_fill) >= VISIBLE);
        }
    }

    #[test]
    fn whatever_ground_a_host_chooses() {
        for grey in 0..=255 {
            let ground = Color32::from_gray(grey);
            assert!(contrast(readable(ground, ground), ground) >= ENOUGH, "{grey}");
        }
    }
}
