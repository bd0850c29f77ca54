//! The row of buttons at the bottom of each screen, and the screen around it.
//!
//! Buttons stand from left to right, so that Tab goes the way the eye does. How much room they take is
//! computed before anything is drawn: nothing moves between the first frame and the next.

use egui::{Align, Button, Id, Layout, RichText, ScrollArea, TextStyle, Ui, UiBuilder, vec2};

use super::parts::{self, Heading};
use super::{Action, Focus};
use crate::colour;

/// The height of a button in the row, in points.
const HEIGHT: f32 = 30.0;
/// The width of a button in the row at least, in points.
const WIDTH: f32 = 84.0;
/// Between the row and what is above, in points.
const ABOVE: f32 = 8.0;
/// Below this width a hint beside the buttons is a pillar of syllables.
const LEAST_HINT: f32 = 160.0;
/// Below this height what scrolls between heading and buttons cannot be used: then all of it scrolls.
const LEAST_BODY: f32 = 96.0;

/// Buttons, and a quiet word on their left.
#[derive(Default)]
pub(crate) struct Row<'a> {
    hint: Option<&'a str>,
    buttons: Vec<Choice<'a>>,
}

/// One button.
struct Choice<'a> {
    words: &'a str,
    action: Action,
    /// Why it cannot be pressed yet, where that is so.
    hint: Option<&'a str>,
    is_primary: bool,
    /// Whether it has the keyboard when the screen appears.
    has_focus: bool,
}

/// Where everything goes.
struct Plan {
    room: f32,
    /// The widths of the buttons of each line.
    lines: Vec<Vec<f32>>,
    line_height: f32,
    hint_is_above: bool,
    /// With the space above it.
    height: f32,
}

impl<'a> Row<'a> {
    /// Adds a button.
    pub(crate) fn button(mut self, words: &'a str, action: Action) -> Self {
        self.buttons.push(Choice {
            words,
            action,
            hint: None,
            is_primary: false,
            has_focus: false,
        });
        self
    }

    /// Adds the one button that matters.
    pub(crate) fn primary(self, words: &'a str, action: Action) -> Self {
        let mut row = self.button(words, action);
        if let Some(button) = row.buttons.last_mut() {
            button.is_primary = true;
        }
        row
    }

    /// The button added last has the keyboard when the screen appears.
    pub(crate) fn focused(mut self) -> Self {
        if let Some(button) = self.buttons.last_mut() {
            button.has_focus = true;
        }
        self
    }

    /// The button added last cannot be pressed yet; the hint says why.
    pub(crate) fn disabled(mut self, hint: &'a str) -> Self {
        if let Some(button) = self.buttons.last_mut() {
            button.hint = Some(hint);
        }
        self.hint = Some(hint);
        self
    }

    fn plan(&self, ui: &Ui) -> Plan {
        let room = ui.available_width();
        let spacing = ui.spacing().item_spacing;
        let padding = ui.spacing().button_padding;
        let sizes = self.buttons.iter().map(|button| {
            let size =
                |width| parts::laid_out(ui, button.words, TextStyle::Button, width).size() + 2.0 * padding;
            let in_one_line = size(f32::INFINITY);
            if in_one_line.x <= room {
                in_one_line
            } else {
                vec2(room, size(room - 2.0 * padding.x).y)
            }
        });
        let sizes: Vec<egui::Vec2> = sizes.collect();
        let widths: Vec<f32> = sizes.iter().map(|size| size.x.max(WIDTH)).collect();
        let line_height = sizes.iter().fold(HEIGHT, |height, size| height.max(size.y));
        let lines = lines(&widths, room, spacing.x);
        let count = lines.len() as f32;
        let mut plan = Plan {
            room,
            height: ABOVE + count * line_height + (count - 1.0).max(0.0) * spacing.y,
            lines,
            line_height,
            hint_is_above: false,
        };
        if let Some(hint) = self.hint {
            let tall = |width: f32| parts::laid_out(ui, hint, TextStyle::Body, width).size().y;
            let beside = plan.left(0, spacing.x) - spacing.x;
            plan.hint_is_above = beside < LEAST_HINT || tall(beside) > line_height + 4.0;
            if plan.hint_is_above {
                plan.height += tall(room) + spacing.y;
            }
        }
        plan
    }

    /// Draws it on the screen of this name. What was pressed.
    fn show(self, ui: &mut Ui, screen: Id, plan: &Plan, focus: &mut Focus) -> Option<Action> {
        let gap = ui.spacing().item_spacing.x;
        ui.add_space(ABOVE);
        let mut hint = self.hint;
        if plan.hint_is_above
            && let Some(hint) = hint.take()
        {
            parts::quiet(ui, hint);
        }
        let mut pressed = None;
        let mut buttons = self.buttons.into_iter();
        for (index, line) in plan.lines.iter().enumerate() {
            let left = plan.left(index, gap);
            ui.horizontal(|ui| {
                ui.set_min_height(plan.line_height);
                match hint.take() {
                    None => ui.add_space(left),
                    Some(hint) => {
                        let size = vec2((left - gap).max(0.0), plan.line_height);
                        let centred = Layout::left_to_right(Align::Center);
                        ui.allocate_ui_with_layout(size, centred, |ui| {
                            ui.set_min_width(size.x);
                            parts::quiet(ui, hint);
                        });
                    }
                }
                for (width, button) in line.iter().zip(buttons.by_ref()) {
                    let wraps = *width >= plan.room;
                    pressed = button.show(ui, screen, wraps, focus).or(pressed.take());
                }
            });
        }
        pressed
    }
}

impl Plan {
    /// How much room is left of a line's buttons.
    fn left(&self, line: usize, gap: f32) -> f32 {
        let Some(line) = self.lines.get(line) else {
            return self.room;
        };
        let gaps = gap * (line.len() as f32 - 1.0);
        (self.room - line.iter().sum::<f32>() - gaps).max(0.0)
    }
}

impl Choice<'_> {
    fn show(self, ui: &mut Ui, screen: Id, wraps: bool, focus: &mut Focus) -> Option<Action> {
        let words = if self.is_primary {
            RichText::new(self.words).color(colour::on_accent(ui.visuals()))
        } else {
            RichText::new(self.words)
        };
        let mut button = Button::new(words).min_size(vec2(WIDTH, HEIGHT));
        if wraps {
            button = button.wrap();
        }
        if self.is_primary {
            button = button.fill(colour::accent(ui.visuals()));
        }
        // The same button in the dialog's next screen, wherever it stands there, so that it keeps the keyboard; also in
        // another language.
        let name = screen.with(("feedback-row", std::mem::discriminant(&self.action)));
        let scope = UiBuilder::new().scope_id(name);
        let has_edge = self.is_primary && colour::is_accent_faint(ui.visuals());
        let add = |ui: &mut Ui| parts::reachable(ui.add_enabled(self.hint.is_none(), button));
        let add = |ui: &mut Ui| {
            if has_edge {
                parts::outlined(ui, add)
            } else {
                add(ui)
            }
        };
        let response = ui.scope_builder(scope, add).inner;
        if let Some(hint) = self.hint {
            parts::describe(&response, hint);
        }
        if self.has_focus {
            if *focus == Focus::Button {
                parts::scroll_to(&response, None); // it may have the keyboard from the screen before
            }
            focus.give_to(ui, Focus::Button, response.id);
        }
        response.clicked().then_some(self.action)
    }
}

/// Puts buttons into as few lines as they need.
pub(crate) fn lines(widths: &[f32], room: f32, gap: f32) -> Vec<Vec<f32>> {
    let mut lines: Vec<Vec<f32>> = Vec::new();
    let mut used = 0.0;
    for &width in widths {
        match lines.last_mut() {
            Some(line) if used + gap + width <= room => {
                line.push(width);
                used += gap + width;
            }
            _ => {
                lines.push(vec![width]);
                used = width;
            }
        }
    }
    lines
}

/// Draws a whole screen: its heading, its body, which scrolls, and its buttons. Where the window is
/// low, all of it scrolls.
pub(crate) fn screen(
    ui: &mut Ui,
    heading: Heading<'_>,
    row: Row<'_>,
    focus: &mut Focus,
    body: impl FnOnce(&mut Ui, &mut Focus) -> Option<Action>,
) -> Option<Action> {
    let body = |ui: &mut Ui, focus: &mut Focus, room| match room {
        Room::Fixed(height) => {
            area(ui, heading)
                .max_height(height)
                .show(ui, |ui| body(ui, focus))
                .inner
        }
        Room::Scrolls => body(ui, focus),
    };
    framed(ui, heading, row, focus, Box::new(body))
}

/// The same for a body that scrolls by itself, and is told how high it may be, in points.
pub(crate) fn page(
    ui: &mut Ui,
    heading: Heading<'_>,
    row: Row<'_>,
    focus: &mut Focus,
    body: impl FnOnce(&mut Ui, &mut Focus, f32) -> Option<Action>,
) -> Option<Action> {
    let body = |ui: &mut Ui, focus: &mut Focus, room| match room {
        Room::Fixed(height) => {
            let end = ui.cursor().top() + height;
            let action = body(ui, focus, height);
            if fills(ui) {
                ui.add_space((end - ui.cursor().top()).max(0.0));
            }
            action
        }
        Room::Scrolls => body(ui, focus, LEAST_BODY),
    };
    framed(ui, heading, row, focus, Box::new(body))
}

/// How high a body may be.
enum Room {
    Fixed(f32),
    /// As it likes: all of the screen scrolls.
    Scrolls,
}

/// What stands between the heading and the buttons. One type for all of them: the code around it is made once.
type Body<'b> = Box<dyn FnOnce(&mut Ui, &mut Focus, Room) -> Option<Action> + 'b>;

fn framed(
    ui: &mut Ui,
    heading: Heading<'_>,
    row: Row<'_>,
    focus: &mut Focus,
    body: Body<'_>,
) -> Option<Action> {
    let screen = ui.scope_id();
    let plan = row.plan(ui);
    let spacing = ui.spacing().item_spacing.y;
    let lines = parts::laid_out(ui, heading.words, TextStyle::Heading, ui.available_width())
        .rows
        .len();
    let title = lines as f32 * ui.text_style_height(&TextStyle::Heading) + spacing;
    let room = ui.available_height();
    let for_body = room - title - plan.height - spacing;
    if for_body < LEAST_BODY {
        let all = area(ui, heading).max_height(room).show(ui, |ui| {
            parts::heading(ui, heading);
            let action = body(ui, focus, Room::Scrolls);
            row.show(ui, screen, &plan, focus).or(action)
        });
        return all.inner;
    }
    parts::heading(ui, heading);
    let action = body(ui, focus, Room::Fixed(for_body));
    row.show(ui, screen, &plan, focus).or(action)
}

fn area(ui: &Ui, heading: Heading<'_>) -> ScrollArea {
    ScrollArea::vertical()
        .id_salt(("feedback-screen", heading.words))
        .auto_shrink([false, !fills(ui)])
}

/// Whether the screen has all the room whether it needs it or not: then the buttons stand at its end.
fn fills(ui: &Ui) -> bool {
    ui.min_rect().bottom() >= ui.max_rect().bottom()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_wrap_where_they_must() {
        let counts = |room: f32| -> Vec<usize> {
            let lines = lines(&[84.0, 84.0, 140.0], room, 8.0);
            lines.iter().map(Vec::len).collect()
        };
        assert_eq!(counts(324.0), [3]);
        assert_eq!(counts(323.0), [2, 1]);
        assert_eq!(counts(100.0), [1, 1, 1]);
        assert!(lines(&[], 100.0, 8.0).is_empty());
    }
}
