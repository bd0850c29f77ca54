//! What can be done, by a button and by a key.

use egui::{Button, Key, KeyboardShortcut, Modifiers, Response, Role, Ui, Vec2, WidgetInfo};

use super::super::{parts, row};
use super::desk::Desk;
use super::icons;
use super::tool::Tool;
use crate::colour;
use crate::words::Words;

/// One side of a button, in points.
const SIDE: f32 = 28.0;
/// Between two buttons, and between two groups, in points.
const GAPS: [f32; 2] = [4.0, 10.0];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Take(Tool),
    Undo,
    Redo,
    /// Zoom.
    Closer,
    Back,
    /// All of the picture.
    Fit,
}

/// What belongs together stands together.
const GROUPS: [&[Command]; 4] = [
    &[
        Command::Take(Tool::Arrow),
        Command::Take(Tool::Box),
        Command::Take(Tool::Line),
        Command::Take(Tool::Text),
        Command::Take(Tool::Crop),
    ],
    &[Command::Take(Tool::BlackOut), Command::Take(Tool::Pixelate)],
    &[Command::Undo, Command::Redo],
    &[Command::Back, Command::Fit, Command::Closer],
];

impl Command {
    fn shortcut(self) -> KeyboardShortcut {
        let (modifiers, key) = match self {
            Self::Take(tool) => (Modifiers::NONE, tool.key()),
            Self::Undo => (Modifiers::COMMAND, Key::Z),
            Self::Redo => (Modifiers::COMMAND | Modifiers::SHIFT, Key::Z),
            Self::Closer => (Modifiers::NONE, Key::Plus),
            Self::Back => (Modifiers::NONE, Key::Minus),
            Self::Fit => (Modifiers::NONE, Key::Num0),
        };
        KeyboardShortcut::new(modifiers, key)
    }

    /// Another key of the same, for keyboards and habits where the first is hard to find.
    fn other_shortcut(self) -> Option<KeyboardShortcut> {
        match self {
            Self::Redo => Some(KeyboardShortcut::new(Modifiers::COMMAND, Key::Y)),
            Self::Closer => Some(KeyboardShortcut::new(Modifiers::NONE, Key::Equals)),
            _ => None,
        }
    }

    /// What can be done when this cannot be done any more.
    fn counterpart(self) -> Option<Self> {
        match self {
            Self::Undo => Some(Self::Redo),
            Self::Redo => Some(Self::Undo),
            Self::Closer => Some(Self::Back),
            Self::Back => Some(Self::Closer),
            Self::Take(_) | Self::Fit => None,
        }
    }

    fn name(self, words: &Words) -> &str {
        match self {
            Self::Take(tool) => tool.name(words),
            Self::Undo => &words.undo,
            Self::Redo => &words.redo,
            Self::Closer => &words.zoom_in,
            Self::Back => &words.zoom_out,
            Self::Fit => &words.zoom_fit,
        }
    }
}

/// What was asked for by a key.
pub(super) fn pressed(ui: &Ui) -> Option<Command> {
    let all = || GROUPS.iter().copied().flatten().copied();
    ui.input_mut(|input| {
        // With more keys held first: egui would take Shift for an accident.
        [true, false].into_iter().find_map(|shift| {
            all().find(|command| {
                let shortcuts = [Some(command.shortcut()), command.other_shortcut()];
                let mut shortcuts = shortcuts.into_iter().flatten();
                shortcuts
                    .any(|shortcut| shortcut.modifiers.shift == shift && input.consume_shortcut(&shortcut))
            })
        })
    })
}

/// Draws the buttons. What was pressed.
pub(super) fn show(ui: &mut Ui, words: &Words, desk: &Desk) -> Option<Command> {
    let [gap, between] = GAPS;
    let widths = GROUPS.map(|group| group.len() as f32 * (SIDE + gap) - gap);
    let mut groups = GROUPS.into_iter();
    let (mut clicked, mut left, mut ids) = (None, None, Vec::new());
    ui.spacing_mut().item_spacing = Vec2::splat(gap);
    for line in row::lines(&widths, ui.available_width(), between) {
        ui.horizontal(|ui| {
            for (index, group) in groups.by_ref().take(line.len()).enumerate() {
                ui.add_space(if index > 0 { between - gap } else { 0.0 });
                for &command in group {
                    let button = button(ui, words, command, desk);
                    ids.push((command, button.id));
                    if button.clicked() {
                        clicked = Some(command);
                    }
                    if button.lost_focus() && !button.enabled() {
                        left = command.counterpart().filter(|other| desk.can(*other));
                    }
                }
            }
        });
    }
    if let Some((_, id)) = ids.iter().find(|(command, _)| left == Some(*command)) {
        ui.memory_mut(|memory| memory.request_focus(*id));
    }
    clicked
}

fn button(ui: &mut Ui, words: &Words, command: Command, desk: &Desk) -> Response {
    let is_selected = command == Command::Take(desk.tool);
    let is_enabled = desk.can(command);
    let mut button = Button::new("").min_size(Vec2::splat(SIDE));
    if is_selected {
        button = button.fill(colour::accent(ui.visuals()));
    }
    let response = parts::reachable(ui.add_enabled(is_enabled, button));
    let colour = match (is_selected, is_enabled) {
        (true, _) => colour::on_accent(ui.visuals()),
        (false, true) => colour::on_button(ui.style().interact(&response), ui.visuals()),
        (false, false) => ui.visuals().weak_text_color(),
    };
    icons::paint(ui.painter(), command, response.rect, colour);
    let name = command.name(words);
    let hint = match command {
        Command::Take(tool) => tool.hint(words),
        _ => None,
    };
    response.widget_info(|| match command {
        Command::Take(_) => WidgetInfo::selected(Role::Button, is_enabled, is_selected, name),
        _ => WidgetInfo::labeled(Role::Button, is_enabled, name),
    });
    if let Some(hint) = hint {
        parts::describe(&response, hint);
    }
    let tip = || {
        let keys = ui.ctx().format_shortcut(&command.shortcut());
        let hint = hint.map(|hint| format!("\n{hint}")).unwrap_or_default();
        format!("{name} ({keys}){hint}")
    };
    if is_enabled && response.hovered() {
        return response.on_hover_text(tip());
    }
    if response.has_focus() {
        response.show_tooltip_text(tip()); // the keyboard does not hover
    }
    response
}
