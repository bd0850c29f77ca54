//! A font for Japanese: egui's own have none, and the system's differ.

use std::sync::Arc;

use eframe::egui::{FontData, FontDefinitions, FontFamily};
use feedback_tests::tools;

use super::scene::Scene;

impl Scene {
    /// Whether there is a font for Japanese, which is used from now on for what the other fonts lack.
    pub(super) fn has_japanese(&self) -> bool {
        let Some(font) = tools::japanese_font() else {
            return false;
        };
        let font = std::fs::read(font).unwrap();
        let mut fonts = FontDefinitions::default();
        let name = "japanese".to_owned();
        fonts
            .font_data
            .insert(name.clone(), Arc::new(FontData::from_owned(font)));
        fonts
            .families
            .entry(FontFamily::Proportional)
            .or_default()
            .push(name);
        self.stage.ctx().set_fonts(fonts);
        true
    }
}
