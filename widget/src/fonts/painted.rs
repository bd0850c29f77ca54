//! Which letters stand in what was painted.

use egui::{Context, LayerId, Shape};

/// The letters that were looked at: one bit each, since the window is looked through in each frame.
#[derive(Default)]
pub(super) struct Seen(Vec<u64>);

impl Seen {
    /// Whether this letter is asked about for the first time.
    pub(super) fn is_new(&mut self, letter: char) -> bool {
        let (at, bit) = (letter as usize / 64, 1 << (letter as u32 % 64));
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        let is_new = self.0[at] & bit == 0;
        self.0[at] |= bit;
        is_new
    }
}

/// The letters on a layer that were not seen before. ASCII needs no look: every font has it.
pub(super) fn new_letters(ctx: &Context, layer: LayerId, seen: &mut Seen) -> Vec<char> {
    let mut new = Vec::new();
    ctx.graphics(|layers| {
        let painted = layers
            .get(layer)
            .into_iter()
            .flat_map(egui::layers::PaintList::all_entries);
        painted.for_each(|entry| read(&entry.shape, seen, &mut new));
    });
    new
}

fn read(shape: &Shape, seen: &mut Seen, new: &mut Vec<char>) {
    match shape {
        Shape::Text(text) if !text.galley.text().is_ascii() => {
            let letters = text.galley.text().chars();
            new.extend(
                letters.filter(|letter| !letter.is_ascii() && !letter.is_control() && seen.is_new(*letter)),
            );
        }
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| read(shape, seen, new)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_new_once() {
        let mut seen = Seen::default();
        for letter in ['é', '日', '\u{1f600}', '\u{10ffff}', 'ê'] {
            assert!(seen.is_new(letter), "{letter:?}");
            assert!(!seen.is_new(letter), "{letter:?}");
        }
    }
}
