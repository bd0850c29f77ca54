//! The small things that all screens are made of.

use std::fmt::Debug;
use std::hash::Hash;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::Live;
use egui::style::ScrollAnimation;
use egui::{
    Align, Button, EventFilter, FontSelection, Frame, Galley, IntoAtoms, Label, Layout, Margin, Rect,
    Response, RichText, Role, Stroke, StrokeKind, Style, TextEdit, TextStyle, TextWrapMode, Ui, UiBuilder,
    Widget as _, WidgetText, vec2,
};

use feedback_sdk::Gap;

use crate::colour;
use crate::phase::Journey;
use crate::words::Words;

/// The smallest target, in points: WCAG 2.2 asks for 24 (success criterion 2.5.8).
pub(crate) const TARGET: f32 = 26.0;

/// Adds a text field that can be found, with a line around it, and whose hint can be read: in egui's
/// own styles neither can. What is selected in it can be seen, whatever the accent.
pub(crate) fn field(ui: &mut Ui, field: TextEdit<'_>) -> Response {
    field_and_caret(ui, field).0
}

/// Adds one of which it is known where its caret stands, within its text and in the window, while it has the keyboard.
pub(crate) fn field_and_caret(ui: &mut Ui, field: TextEdit<'_>) -> (Response, Option<[Rect; 2]>) {
    outlined(ui, |ui| {
        let visuals = ui.visuals_mut();
        visuals.weak_text_color = Some(colour::hint(visuals));
        visuals.selection = colour::selection(visuals);
        // Else egui takes the keyboard from it before it has heard what was typed in the same frame.
        let keys = EventFilter {
            escape: true,
            ..field.get_event_filter()
        };
        // High enough to hit.
        let field = field.margin(Margin::symmetric(8, 6)).event_filter(keys).show(ui);
        let caret = field.cursor_range.map(|range| {
            let caret = field.galley.pos_from_cursor(range.primary);
            [caret, caret.translate(field.galley_pos.to_vec2())]
        });
        let field = reachable(field.response.response);
        if field.has_focus() && colour::ring(ui.visuals()) != ui.visuals().selection.stroke.color {
            edge(ui, field.rect, true);
        }
        (field, caret)
    })
}

/// Draws the line around a field, where egui's own cannot be seen: what scrolls takes it along.
pub(crate) fn edge(ui: &Ui, field: Rect, has_focus: bool) {
    let visuals = ui.visuals();
    let (widget, line) = if has_focus {
        let ring = Stroke::new(visuals.selection.stroke.width, colour::ring(visuals));
        (&visuals.widgets.active, ring)
    } else {
        (&visuals.widgets.inactive, Stroke::new(1.0, colour::line(visuals)))
    };
    ui.painter()
        .rect_stroke(field, widget.corner_radius, line, StrokeKind::Inside);
}

/// Draws a line around what is added, by which it can be found.
pub(crate) fn outlined<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        let line = colour::line(ui.visuals());
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.bg_stroke = Stroke::new(1.0, line);
        widgets.hovered.bg_stroke.color = line;
        add(ui)
    })
    .inner
}

/// Draws the line around what has the keyboard, where egui draws none.
pub(crate) fn mark_focus(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let active = ui.visuals().widgets.active;
        let rect = response.rect.expand(active.expansion);
        ui.painter()
            .rect_stroke(rect, active.corner_radius, active.bg_stroke, StrokeKind::Inside);
    }
}

/// Scrolls to a control when the keyboard comes to it.
pub(crate) fn reachable(response: Response) -> Response {
    if response.gained_focus() {
        scroll_to(&response, None);
    }
    response
}

/// Scrolls to a control, at once where the host wants nothing to move.
pub(crate) fn scroll_to(response: &Response, align: Option<Align>) {
    let style = response.ctx.global_style();
    response.scroll_to_me_animation(align, scrolling(&style));
}

/// How scrolling moves. A host that respects a wish for less motion sets egui's `animation_time` to 0, and may not
/// know that this is another number.
fn scrolling(style: &Style) -> ScrollAnimation {
    if style.animation_time == 0.0 {
        ScrollAnimation::none()
    } else {
        style.scroll_animation
    }
}

/// How much of a scroll bar's colour it has at least.
const HANDLE: f32 = 0.6;

/// So far beside what scrolls stands the bar that lies over it in egui's own style, in points.
const BESIDE: f32 = 3.0;

/// What scrolls shows that it does, also where no pointer is on it, and beside what it shows.
pub(crate) fn show_scrolling(ui: &mut Ui) {
    ui.style_mut().scroll_animation = scrolling(ui.style());
    let scroll = &mut ui.spacing_mut().scroll;
    if scroll.floating {
        scroll.dormant_handle_opacity = scroll.dormant_handle_opacity.max(HANDLE);
        scroll.bar_outer_margin = scroll.bar_outer_margin.min(-BESIDE);
    }
}

/// The host's style with room to breathe.
pub(crate) fn loosen(ui: &mut Ui) {
    show_scrolling(ui);
    let spacing = ui.spacing_mut();
    spacing.interact_size.y = spacing.interact_size.y.max(TARGET);
    spacing.item_spacing.y = spacing.item_spacing.y.max(8.0);
}

/// What stands at the top of a screen.
#[derive(Clone, Copy)]
pub(crate) struct Heading<'a> {
    pub(crate) words: &'a str,
    /// Whether screen readers are to read it out when it appears.
    pub(crate) is_news: bool,
}

/// The title of a screen.
pub(crate) fn heading(ui: &mut Ui, heading: Heading<'_>) {
    let label = ui.add(Label::new(RichText::new(heading.words).heading().strong()).wrap());
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_role(Role::Heading);
        node.set_label(heading.words);
        if heading.is_news {
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

/// Words that need not be read, but are read out when they appear.
pub(crate) fn news(ui: &mut Ui, words: &str) {
    announce(&quiet(ui, words));
}

/// How often a sentence about time is looked at again while it stands there.
const CLOCK: Duration = Duration::from_mins(1);

/// When a report that waits is tried next, where that is known. Not read out: it changes all the time.
pub(crate) fn next_try(ui: &mut Ui, words: &Words, journey: &Journey) {
    let Some(next) = journey.next_try() else { return };
    let left = next.saturating_duration_since(Instant::now());
    quiet(ui, &words.next_try(left.into()));
    ui.ctx().request_repaint_after(CLOCK);
}

/// What a report has lost on its way to what the server takes, if anything.
pub(crate) fn left_out(ui: &mut Ui, words: &Words, gaps: &[Gap]) {
    if !gaps.is_empty() {
        say(ui, &words.goes_with_less(gaps));
    }
}

/// Has something read out when it appears.
pub(crate) fn announce(response: &Response) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}

/// Has screen readers say more of a control than its name.
pub(crate) fn describe(response: &Response, more: &str) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_description(more));
}

/// A button large enough to hit.
pub(crate) fn button<'a>(words: impl IntoAtoms<'a>) -> Button<'a> {
    Button::new(words).min_size(vec2(TARGET, TARGET))
}

/// Words as they stand where they are wrapped at this width, in points.
pub(crate) fn laid_out(ui: &Ui, words: &str, style: TextStyle, width: f32) -> Arc<Galley> {
    let (wrap, font) = (Some(TextWrapMode::Wrap), FontSelection::Style(style));
    WidgetText::from(words).into_galley(ui, wrap, width, font)
}

/// The width of words in one line, in points.
pub(crate) fn width(ui: &Ui, words: &str, style: TextStyle) -> f32 {
    laid_out(ui, words, style, f32::INFINITY).size().x
}

/// The width of the widest of these buttons, in points, where it has so much room.
pub(crate) fn widest<'a>(ui: &Ui, labels: impl Iterator<Item = &'a str>, room: f32) -> f32 {
    let padding = 2.0 * ui.spacing().button_padding.x;
    let size = |label| laid_out(ui, label, TextStyle::Button, room - padding).size();
    labels.map(|label| size(label).x + padding).fold(0.0, f32::max)
}

/// Draws what is `left_width` wide at the left, and what is `right_width` wide at the right, or below it where there is no
/// room for both. In this order, which is that of the keyboard and of screen readers: [`egui::Sides`] begins with the side
/// that is not wrapped. It takes the width that there is, whatever is in it: what is too wide would have the whole window
/// grow.
pub(crate) fn sides<L, R>(
    ui: &mut Ui,
    height: f32,
    [left_width, right_width]: [f32; 2],
    left: impl FnOnce(&mut Ui) -> L,
    right: impl FnOnce(&mut Ui) -> R,
) -> (L, R) {
    let spacing = ui.spacing().item_spacing;
    let mut row = ui.available_rect_before_wrap();
    row.max.y = row.min.y + height;
    let is_stacked = left_width + spacing.x + right_width > row.width();
    let (left_row, mut right_row) = row.split_left_right_at_x(row.max.x - right_width);
    let (left_row, align) = if is_stacked {
        (row, Align::Min)
    } else {
        (left_row.with_max_x(left_row.max.x - spacing.x), Align::Center)
    };
    let at_left = UiBuilder::new()
        .max_rect(left_row)
        .layout(Layout::left_to_right(align));
    let mut at_left = ui.new_child(at_left);
    at_left.shrink_clip_rect(Rect::EVERYTHING.with_max_x(left_row.max.x));
    at_left.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
    let of_left = left(&mut at_left);
    if is_stacked {
        let top = at_left.min_rect().bottom() + spacing.y;
        right_row = Rect::from_x_y_ranges(right_row.x_range(), top..=top + TARGET);
    }
    let layout = Layout::left_to_right(Align::Center);
    let mut at_right = ui.new_child(UiBuilder::new().max_rect(right_row).layout(layout));
    at_right.style_mut().wrap_mode = Some(TextWrapMode::Extend);
    let of_right = right(&mut at_right);
    let drawn = at_left.min_rect() | at_right.min_rect();
    ui.advance_cursor_after_rect(Rect::from_x_y_ranges(row.x_range(), drawn.y_range()));
    (of_left, of_right)
}

/// Draws something whose widgets are the same ones in the next frame, whatever comes or goes above it.
pub(crate) fn lasting<R>(ui: &mut Ui, key: impl Hash + Debug, draw: impl FnOnce(&mut Ui) -> R) -> R {
    let scope = UiBuilder::new().scope_id(ui.scope_id().with(key));
    ui.scope_builder(scope, draw).inner
}

/// In the place of what is not known yet.
pub(crate) const NOT_YET: &str = "…";

/// The ground that a thing stands on which is one of several.
pub(crate) fn plate(ui: &Ui) -> Frame {
    Frame::new()
        .fill(colour::plate(ui.visuals()))
        .corner_radius(ui.visuals().widgets.inactive.corner_radius)
        .inner_margin(Margin::symmetric(8, 4))
}
