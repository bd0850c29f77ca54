//! Which fonts of a source have letters that the app's own lack. Slow: it reads fonts.

use std::sync::Arc;

use egui::epaint::text::{Fonts, TextOptions};
use egui::{FontDefinitions, FontFamily, FontInsert, FontProvider};

use super::any_size;

/// Where fonts are looked for.
#[derive(Clone)]
pub(super) enum Source {
    /// Among those of the system, where the feature `system-fonts` is on.
    System,
    Given(Arc<dyn FontProvider>),
}

/// What a search has come to.
pub(super) struct Found {
    /// To be added behind the app's own.
    pub(super) fonts: Vec<FontInsert>,
    /// The letters that none has.
    pub(super) lacking: Vec<char>,
}

/// Looks for letters in each of these families. `own` are the app's fonts: what they have is not looked for, and a
/// found font is tried out behind them, since egui panics over one that it cannot read.
pub(super) fn find(
    source: Source,
    own: FontDefinitions,
    families: &[FontFamily],
    letters: &[char],
    language: &str,
) -> Found {
    let sources = match source {
        Source::System => system(language),
        Source::Given(source) => vec![source],
    };
    let mut trial = Fonts::new(TextOptions::default(), own).with_font_providers(sources);
    let mut has = |letter: char| {
        // In all of them, without stopping at the first that lacks it.
        let without = families
            .iter()
            .filter(|family| !trial.has_glyph(&any_size(family), letter));
        without.count() == 0
    };
    let lacking = letters.iter().copied().filter(|letter| !has(*letter)).collect();
    let mut fonts: Vec<FontInsert> = Vec::new();
    for found in trial.discovered_fonts() {
        match fonts.iter_mut().find(|font| font.name == found.name) {
            Some(font) => font.families.extend_from_slice(&found.families),
            None => fonts.push(found.clone()),
        }
    }
    Found { fonts, lacking }
}

/// The system's fonts. Where one letter is drawn in several ways, those of a language of that letter come first.
#[cfg(feature = "system-fonts")]
fn system(language: &str) -> Vec<Arc<dyn FontProvider>> {
    let fonts = egui_system_font_provider::SystemFontProvider::new();
    let is_han = ["ja", "ko", "zh-Hans", "zh-Hant"].contains(&language);
    // Elsewhere it is the system's language that decides.
    let fonts = if is_han {
        fonts.with_locale(Some(language))
    } else {
        fonts
    };
    vec![Arc::new(fonts)]
}

#[cfg(not(feature = "system-fonts"))]
fn system(_: &str) -> Vec<Arc<dyn FontProvider>> {
    Vec::new()
}
