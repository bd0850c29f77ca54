//! Dark or light, as the parent says or as the desktop is. On Windows and macOS the windowing library knows; elsewhere the desktop's portal
//! does, and where there is none, light is what most windows are.

use eframe::egui::{self, Context};

use crate::args::Theme;

/// Sets the theme of a context, that of the system as soon as it has told.
pub(super) fn set(ctx: &Context, theme: Theme) {
    match theme {
        Theme::System => follow_the_system(ctx),
        Theme::Light => ctx.set_theme(egui::Theme::Light),
        Theme::Dark => ctx.set_theme(egui::Theme::Dark),
    }
}

fn follow_the_system(ctx: &Context) {
    ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
    #[cfg(all(unix, not(target_os = "macos")))]
    {
        let ctx = ctx.clone();
        let ask = move || {
            if portal::prefers_dark() == Ok(true) {
                ctx.options_mut(|options| options.fallback_theme = egui::Theme::Dark);
                ctx.request_repaint();
            }
        };
        // A bus may take its time to answer. Without a thread, it stays light.
        drop(
            std::thread::Builder::new()
                .name("feedback-theme".to_owned())
                .spawn(ask),
        );
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod portal {
    use zbus::blocking::Connection;
    use zbus::zvariant::{OwnedValue, Value};

    /// The portal's word for dark
    /// (<https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>).
    const DARK: u32 = 1;

    pub(super) fn prefers_dark() -> zbus::Result<bool> {
        let answer = Connection::session()?.call_method(
            Some("org.freedesktop.portal.Desktop"),
            "/org/freedesktop/portal/desktop",
            Some("org.freedesktop.portal.Settings"),
            "Read", // `ReadOne` came later; this one wraps its answer once more
            &("org.freedesktop.appearance", "color-scheme"),
        )?;
        let mut value: Value<'_> = answer.body().deserialize::<OwnedValue>()?.into();
        while let Value::Value(inner) = value {
            value = *inner;
        }
        Ok(value == Value::U32(DARK))
    }
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
