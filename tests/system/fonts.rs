//! Guards “no boxes” with the fonts of this machine: Japanese typed into an app that has no font for it, and has
//! eframe's `system_fonts` off, can be read once the dialog has found one.

use std::sync::Arc;

use demo_app::stage::{Look, Stage};
use eframe::egui::{CentralPanel, ColorImage, Event, FallbackRequest, FontId, Key, Modifiers, Theme, Vec2};
use feedback_sdk::{FeedbackClient, FeedbackConfig};
use feedback_tests::tools;
use feedback_widget::FeedbackDialog;

const MESSAGE: &str = "Your message";

/// An app without any source of fonts, with the dialog open.
fn stage(dialog: FeedbackDialog) -> Stage<'static, FeedbackDialog> {
    let look = Look {
        size: Vec2::new(540.0, 520.0),
        scale: 1.0,
        theme: Theme::Light,
    };
    let mut stage = Stage::new(look, dialog, |ui, dialog: &mut FeedbackDialog| {
        CentralPanel::default().show(ui, |ui| ui.heading("The app behind"));
        dialog.show(ui.ctx());
    });
    stage.ctx().set_font_providers(Vec::new());
    // Two pictures are to differ by the letters alone.
    stage
        .ctx()
        .all_styles_mut(|style| style.visuals.text_cursor.blink = false);
    stage.app_mut().set_language("en");
    stage.app_mut().open();
    stage.wait_for(MESSAGE).unwrap();
    stage
}

fn dialog() -> (FeedbackDialog, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let config = FeedbackConfig::new("http://127.0.0.1:9/api/v1/reports", "pk_test", "Notes", "1.4.0")
        .spool_dir(folder.path().join("spool"));
    (FeedbackDialog::new(FeedbackClient::new(config).unwrap()), folder)
}

/// What the window shows with only this letter in its field.
fn picture_of(stage: &mut Stage<'_, FeedbackDialog>, letter: &str) -> ColorImage {
    stage.type_into(MESSAGE, letter).unwrap();
    let picture = stage.picture();
    stage.event(Event::Key {
        key: Key::Backspace,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    });
    assert_eq!(stage.value_of(MESSAGE).unwrap_or_default(), "");
    picture
}

/// Whether two letters look different.
fn can_be_read(stage: &mut Stage<'_, FeedbackDialog>) -> bool {
    picture_of(stage, "日") != picture_of(stage, "本")
}

#[test]
fn japanese_can_be_read_once_a_font_is_found() {
    if tools::japanese_font().is_none() {
        return;
    }
    let (dialog, _folder) = dialog();
    let mut stage = stage(dialog);
    let has_japanese = |stage: &Stage<'_, FeedbackDialog>| {
        let fonts = [FontId::proportional(14.0), FontId::monospace(14.0)];
        stage
            .ctx()
            .fonts_mut(|book| fonts.iter().all(|font| book.has_glyphs(font, "日本語")))
    };
    assert!(!has_japanese(&stage));
    picture_of(&mut stage, "日");
    stage.wait_until("a font for Japanese", has_japanese).unwrap();
    assert!(can_be_read(&mut stage));
}

#[test]
fn without_a_font_all_letters_look_the_same_and_the_window_says_so() {
    let (dialog, _folder) = dialog();
    let mut stage = stage(dialog.fallback_fonts(Arc::new(|_: &FallbackRequest<'_>| None)));
    picture_of(&mut stage, "日");
    let told = "This computer has no font for some of the letters here. To see them, install one, such as Noto Sans \
                CJK. What you write is sent as you write it.";
    stage.wait_for(told).unwrap();
    assert!(!can_be_read(&mut stage));
}
