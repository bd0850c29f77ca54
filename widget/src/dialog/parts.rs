//! The small things that all screens are made of.

use egui::accesskit::Live;
use egui::{
    Align, Button, Color32, Label, Layout, Margin, Response, RichText, Role, TextEdit, TextureHandle, Ui,
    Widget as _, vec2,
};

use crate::{colour, text};

/// The smallest target, in points: WCAG 2.2 asks for 24 (success criterion 2.5.8).
const TARGET: f32 = 26.0;

/// Adds a text field with a line around it: in egui's light style, white on almost white, it could
/// not be found otherwise.
pub(crate) fn field(ui: &mut Ui, field: TextEdit<'_>) -> Response {
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        if widgets.inactive.bg_stroke.is_empty() {
            widgets.inactive.bg_stroke = widgets.noninteractive.bg_stroke;
        }
        // High enough to hit.
        ui.add(field.margin(Margin::symmetric(8, 6)))
    })
    .inner
}

/// The host's style with room to breathe.
pub(crate) fn loosen(ui: &mut Ui) {
    let spacing = ui.spacing_mut();
    spacing.interact_size.y = spacing.interact_size.y.max(TARGET);
    spacing.item_spacing.y = spacing.item_spacing.y.max(8.0);
}

/// A heading. One that `is_news` is read out by screen readers when it appears.
pub(crate) fn heading(ui: &mut Ui, words: &str, is_news: bool) {
    let heading = ui.label(RichText::new(words).heading().strong());
    ui.ctx().accesskit_node_builder(heading.id, |node| {
        node.set_role(Role::Heading);
        node.set_label(words);
        if is_news {
            node.set_live(Live::Polite);
        }
    });
}

/// A sentence that is read out when it appears.
pub(crate) fn say(ui: &mut Ui, sentence: &str) {
    let label = Label::new(sentence).wrap().ui(ui);
    announce(&label);
}

/// A sentence about trouble, read out when it appears.
pub(crate) fn complain(ui: &mut Ui, sentence: &str) {
    let colour = colour::error(ui.visuals());
    let label = Label::new(RichText::new(sentence).color(colour)).wrap().ui(ui);
    announce(&label);
}

/// Words that need not be read.
pub(crate) fn quiet(ui: &mut Ui, words: &str) -> Response {
    let colour = colour::quiet(ui.visuals());
    Label::new(RichText::new(words).color(colour)).wrap().ui(ui)
}

fn announce(response: &Response) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}

/// A button large enough to hit.
pub(crate) fn button(words: &str) -> Button<'_> {
    Button::new(words).min_size(vec2(TARGET, TARGET))
}

/// The height of the row of buttons, in points.
const ROW: f32 = 30.0;

/// A button in the row at the bottom.
pub(crate) fn row_button(words: &str) -> Button<'_> {
    Button::new(words).min_size(vec2(84.0, ROW))
}

/// The one button that matters.
pub(crate) fn primary(ui: &Ui, words: &str) -> Button<'static> {
    let visuals = ui.visuals();
    Button::new(RichText::new(words).color(colour::on_accent(visuals)))
        .fill(colour::accent(visuals))
        .min_size(vec2(84.0, ROW))
}

/// The row at the bottom: a quiet word on the left, the buttons on the right.
///
/// Buttons are added from left to right, so that Tab goes the way the eye does; how much room they
/// take is known from the pass before.
pub(crate) fn button_row<R>(
    ui: &mut Ui,
    name: &'static str,
    hint: Option<&str>,
    buttons: impl FnOnce(&mut Ui) -> R,
) -> R {
    let known = measured(ui, name);
    let top = ui.cursor().top();
    ui.add_space(8.0);
    let row = ui.horizontal(|ui| {
        let gap = ui.spacing().item_spacing.x;
        let left = (ui.available_width() - known.x - gap).max(0.0);
        let centred = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(left, ROW), centred, |ui| {
            ui.set_min_width(left);
            if let Some(hint) = hint {
                quiet(ui, hint);
            }
        });
        ui.horizontal(buttons)
    });
    let height = row.response.rect.bottom() - top;
    let size = vec2(row.inner.response.rect.width(), height);
    if (size - known).abs().max_elem() > 0.5 {
        ui.data_mut(|data| data.insert_temp(row_id(name), size));
        ui.ctx().request_discard("the row of buttons was measured");
    }
    row.inner.inner
}

/// How much height the row of this name takes, with the space above it.
pub(crate) fn row_height(ui: &Ui, name: &'static str) -> f32 {
    measured(ui, name).y.max(38.0) + ui.spacing().item_spacing.y
}

/// The width of a row's buttons and the height of the whole row, in the pass before.
fn measured(ui: &Ui, name: &'static str) -> egui::Vec2 {
    ui.data(|data| data.get_temp(row_id(name))).unwrap_or_default()
}

fn row_id(name: &'static str) -> egui::Id {
    egui::Id::unique(("feedback-buttons", name))
}

/// The height of a small image, in points.
const THUMBNAIL: f32 = 48.0;

/// One attached thing in a row: small image, name, size, and a button to take it out. Whether that
/// was pressed.
pub(crate) fn chip(ui: &mut Ui, image: Option<&TextureHandle>, name: &str, size: &str) -> bool {
    let ground = ui.visuals().faint_bg_color;
    let frame = egui::Frame::new()
        .fill(if ground == Color32::TRANSPARENT {
            ui.visuals().extreme_bg_color
        } else {
            ground
        })
        .corner_radius(ui.visuals().widgets.inactive.corner_radius)
        .inner_margin(Margin::symmetric(8, 4));
    frame
        .show(ui, |ui| {
            let height = image.map_or(TARGET, |_| THUMBNAIL);
            egui::Sides::new().height(height).shrink_left().truncate().show(
                ui,
                |ui| {
                    if let Some(image) = image {
                        let size = image.size_vec2();
                        let size = size * (THUMBNAIL / size.y).min(1.0);
                        ui.add(egui::Image::new(image).fit_to_exact_size(size).alt_text(name));
                    }
                    ui.label(name);
                },
                |ui| {
                    let words = text::remove(name);
                    let remove = ui.add(button("×").frame_when_inactive(false));
                    let clicked = remove
                        .accessible_name(words.as_str())
                        .on_hover_text(words)
                        .clicked();
                    if !size.is_empty() {
                        let colour = colour::quiet(ui.visuals());
                        ui.label(RichText::new(size).color(colour));
                    }
                    clicked
                },
            )
        })
        .inner
        .1
}
