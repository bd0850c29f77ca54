//! The same states in German, whose words are long, in Russian and in Japanese.

use std::sync::Arc;

use eframe::egui::{FontData, FontDefinitions, FontFamily, Theme};
use feedback_sdk::testing::Reply;
use feedback_tests::tools;

use super::{Scene, THEMES, unauthorized};

#[test]
fn the_form_with_a_problem_in_other_languages() {
    in_each_language("attached", Scene::attached);
}

#[test]
fn refused_in_other_languages() {
    in_each_language("refused", |theme| {
        let mut scene = Scene::open(theme, unauthorized());
        scene.send().until("Not delivered");
        scene
    });
}

#[test]
fn arrived_in_other_languages() {
    in_each_language("sent", |theme| {
        let mut scene = Scene::open(theme, Reply::RECEIPT);
        scene.send().until("Thank you");
        scene
    });
}

#[test]
fn kept_for_later_in_other_languages() {
    in_each_language("waiting", |theme| {
        let mut scene = Scene::open(theme, Reply::HangUp);
        scene.send().until("Saved");
        scene
    });
}

/// The way there is found in English; what is shown then is said in each language.
fn in_each_language(state: &str, mut scene: impl FnMut(Theme) -> Scene) {
    for theme in THEMES {
        let mut scene = scene(theme);
        let mut languages = vec!["de", "ru"];
        if scene.has_japanese() {
            languages.push("ja");
        }
        for language in languages {
            scene.stage.app_mut().set_language(language);
            scene.check(&format!("{state}-{language}"));
        }
    }
}

impl Scene {
    /// Whether there is a font for Japanese, which is used from now on for what the other fonts lack.
    fn has_japanese(&self) -> bool {
        // The system's own choice differs from machine to machine.
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
