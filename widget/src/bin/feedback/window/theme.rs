//! Dark or light, as the parent says or as the desktop is, and without motion where the person wants none.

#[cfg_attr(windows, path = "theme/windows.rs")]
#[cfg_attr(target_os = "macos", path = "theme/macos.rs")]
#[cfg_attr(not(any(windows, target_os = "macos")), path = "theme/portal.rs")]
mod desktop;

use eframe::egui::{self, Context};

use crate::args::Theme;

/// Sets the looks of a context, those of the system as soon as it has told.
pub(super) fn set(ctx: &Context, theme: Theme) {
    ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
    match theme {
        Theme::System => {}
        Theme::Light => ctx.set_theme(egui::Theme::Light),
        Theme::Dark => ctx.set_theme(egui::Theme::Dark),
    }
    let ctx = ctx.clone();
    // A bus may take its time to answer. Without a thread, it stays light, and moves.
    let asking = std::thread::Builder::new().name("feedback-theme".to_owned());
    drop(asking.spawn(move || follow_the_desktop(&ctx)));
}

fn follow_the_desktop(ctx: &Context) {
    if desktop::prefers_dark() {
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Dark);
    }
    if desktop::prefers_stillness() {
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
    }
    ctx.request_repaint();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parent_has_the_last_word() {
        for (theme, wanted) in [
            (Theme::Light, egui::Theme::Light),
            (Theme::Dark, egui::Theme::Dark),
        ] {
            for system in [egui::Theme::Light, egui::Theme::Dark] {
                let ctx = Context::default();
                set(&ctx, theme);
                let input = egui::RawInput {
                    system_theme: Some(system),
                    ..egui::RawInput::default()
                };
                let mut output = ctx.run_ui(input, |_| {});
                output.textures_delta.clear();
                assert_eq!(ctx.theme(), wanted);
            }
        }
    }
}
