//! A text that is read: only the rows in sight are laid out, so that 64 MB scroll as smoothly as one line.

use std::ops::Range;
use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{
    EventFilter, FontId, Frame, Id, Key, Label, Modifiers, Role, ScrollArea, Sense, Stroke, TextFormat,
    TextStyle, Ui, UiBuilder, accesskit, style::ScrollAnimation, vec2,
};

use super::masks::masks;
use super::rows::{INDENT, Rows, goes_on};
use super::sheet::Text;
use crate::colour;
use crate::dialog::background::{in_background, let_go};
use crate::dialog::ids::Ids;
use crate::dialog::{Focus, parts};
use crate::handover::Receiver;
use crate::words::Words;

/// Between the edge and the text, in points.
const MARGIN: i8 = 6;

/// A text in rows.
pub(super) struct Page {
    id: Id,
    text: Arc<Text>,
    rows: Option<Rows>,
    /// The rows for another width are being counted.
    counting: Option<Receiver<Rows>>,
}

impl Page {
    pub(super) fn new(text: Text) -> Self {
        Self {
            id: Ids::default().of("text"),
            text: Arc::new(text),
            rows: None,
            counting: None,
        }
    }

    /// Draws it in a region of this name and height, which scrolls by the keyboard.
    pub(super) fn show(&mut self, ui: &mut Ui, words: &Words, name: &str, height: f32, focus: &mut Focus) {
        let font = TextStyle::Monospace.resolve(ui.style());
        let scroll = &ui.spacing().scroll;
        let taken = f32::from(2 * MARGIN) + scroll.allocated_width().max(scroll.bar_width);
        self.count(ui, &font, ui.available_width() - taken);
        let Some(rows) = &self.rows else {
            parts::news(ui, &words.collecting);
            return;
        };
        let id = self.id;
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        let line = if has_focus {
            Stroke::new(ui.visuals().selection.stroke.width, colour::ring(ui.visuals()))
        } else {
            Stroke::new(1.0, colour::line(ui.visuals()))
        };
        let frame = Frame::new()
            .fill(ui.visuals().text_edit_bg_color())
            .stroke(line)
            .inner_margin(MARGIN);
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let region = UiBuilder::new()
                .scope_id(id)
                .sense(Sense::focusable_noninteractive());
            ui.scope_builder(region, |ui| {
                let row_height = ui.text_style_height(&TextStyle::Monospace);
                let height = height - f32::from(2 * MARGIN) - 2.0 * line.width;
                let moved = scrolled(ui, id, row_height, height, rows.count);
                ScrollArea::vertical()
                    .auto_shrink(false)
                    .max_height(height)
                    .show_rows(ui, row_height, rows.count, |ui, seen| {
                        if moved != 0.0 {
                            ui.scroll_with_delta_animation(vec2(0.0, moved), ScrollAnimation::none());
                        }
                        for row in rows.get(&self.text.bytes, seen) {
                            ui.add(Label::new(self.job(ui, row, &font, row_height)).extend());
                        }
                    });
                let rect = ui.min_rect();
                ui.ctx().accesskit_node_builder(id, |node| {
                    // egui knows no place of a region before its end.
                    node.set_bounds(accesskit::Rect {
                        x0: rect.min.x.into(),
                        y0: rect.min.y.into(),
                        x1: rect.max.x.into(),
                        y1: rect.max.y.into(),
                    });
                    node.set_role(Role::Document);
                    node.set_label(name);
                    node.set_read_only();
                });
            });
        });
        focus.give_to(ui, Focus::Button, id);
    }

    /// Counts the rows anew where the width has changed; until they are there, those of before are shown.
    fn count(&mut self, ui: &Ui, font: &FontId, width: f32) {
        if let Some(counting) = &self.counting
            && let Ok(rows) = counting.try_recv()
        {
            self.rows = Some(rows);
            self.counting = None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of characters beside each other"
        )]
        let columns = (width / glyph_width(ui, font)).max(1.0) as usize;
        let is_right = self.rows.as_ref().is_some_and(|rows| rows.are_of(columns));
        if !is_right && self.counting.is_none() {
            let text = Arc::clone(&self.text);
            let count = move || Some(Rows::of(&text.bytes, columns));
            self.counting = Some(in_background(ui.ctx(), "feedback-reader", count));
        }
    }

    /// A row with its masks made visible.
    fn job(&self, ui: &Ui, row: Range<usize>, font: &FontId, row_height: f32) -> LayoutJob {
        let plain = TextFormat {
            line_height: Some(row_height),
            ..TextFormat::simple(font.clone(), ui.visuals().text_color())
        };
        let mask = colour::mask(ui.visuals());
        let mask = TextFormat {
            color: mask.text,
            background: mask.ground,
            underline: Stroke::new(1.0, mask.line),
            ..plain.clone()
        };
        let mut job = LayoutJob {
            break_on_newline: false,
            ..LayoutJob::default()
        };
        let mut space = if goes_on(&self.text.bytes, row.start) {
            INDENT as f32 * glyph_width(ui, font)
        } else {
            0.0
        };
        let mut add = |part: Range<usize>, format: &TextFormat| {
            let bytes = self.text.bytes.get(part).unwrap_or_default();
            if !bytes.is_empty() {
                let words = String::from_utf8_lossy(bytes);
                job.append(&words, std::mem::take(&mut space), format.clone());
            }
        };
        let mut done = row.start;
        for found in masks(&self.text.bytes, &row, &self.text.rules) {
            add(done..found.start, &plain);
            done = found.end;
            add(found, &mask);
        }
        add(done..row.end, &plain);
        if job.sections.is_empty() {
            job.append("", 0.0, plain); // without a section a row has no height
        }
        job
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let_go(std::mem::take(&mut self.text));
    }
}

/// The width of a column, in points.
fn glyph_width(ui: &Ui, font: &FontId) -> f32 {
    ui.fonts_mut(|fonts| fonts.glyph_width(font, '0')).max(1.0)
}

/// How far the keyboard scrolls in this frame, in points downwards.
fn scrolled(ui: &Ui, id: Id, row_height: f32, height: f32, rows: usize) -> f32 {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return 0.0;
    }
    let arrows = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
    let all = row_height * rows as f32;
    let keys = [
        (Key::ArrowUp, row_height),
        (Key::ArrowDown, -row_height),
        (Key::PageUp, height - row_height),
        (Key::PageDown, row_height - height),
        (Key::Home, all),
        (Key::End, -all),
    ];
    ui.input_mut(|input| {
        let moves = keys.map(|(key, way)| input.count_and_consume_key(Modifiers::NONE, key) as f32 * way);
        moves.iter().sum()
    })
}
