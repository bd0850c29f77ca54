//! Dark or light, as the parent says or as the desktop is, and without motion where the person wants none: as that is now,
//! and as it changes while the window is open.

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
    let mut changes = desktop::changes(); // from now on, so that none is missed
    loop {
        wear(ctx, desktop::prefers_dark(), desktop::prefers_stillness());
        if changes.next().is_none() {
            return;
        }
    }
}

fn wear(ctx: &Context, is_dark: bool, is_still: bool) {
    let theme = if is_dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    };
    ctx.options_mut(|options| options.fallback_theme = theme);
    let moving = egui::Style::default().animation_time;
    ctx.all_styles_mut(|style| style.animation_time = if is_still { 0.0 } else { moving });
    ctx.request_repaint();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_while_the_window_is_open_is_followed_and_comes_back() {
        let ctx = Context::default();
        let moves = ctx.global_style().animation_time;
        for (is_dark, theme) in [(true, egui::Theme::Dark), (false, egui::Theme::Light)] {
            wear(&ctx, is_dark, is_dark);
            let mut output = ctx.run_ui(egui::RawInput::default(), |_| {});
            output.textures_delta.clear();
            assert_eq!(ctx.theme(), theme);
            let moves_now = if is_dark { 0.0 } else { moves };
            assert!((ctx.global_style().animation_time - moves_now).abs() < f32::EPSILON);
        }
    }

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
