//! Dark or light, as the parent says or as the desktop is, and without motion where the desktop has none. On Windows and
//! macOS the windowing library knows which of both; elsewhere the desktop's portal does, and where there is none, light is
//! what most windows are.

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
    #[cfg(all(unix, not(target_os = "macos")))]
    {
        let ctx = ctx.clone();
        // A bus may take its time to answer. Without a thread, it stays light, and moves.
        let asking = std::thread::Builder::new().name("feedback-theme".to_owned());
        drop(asking.spawn(move || follow_the_desktop(&ctx)));
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn follow_the_desktop(ctx: &Context) {
    if portal::prefers_dark() {
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Dark);
    }
    if portal::prefers_stillness() {
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
    }
    ctx.request_repaint();
}

#[cfg(all(unix, not(target_os = "macos")))]
mod portal {
    use zbus::blocking::Connection;
    use zbus::zvariant::{OwnedValue, Value};

    /// The portal's word for dark, and for less motion
    /// (<https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>).
    const YES: Value<'static> = Value::U32(1);

    pub(super) fn prefers_dark() -> bool {
        setting("org.freedesktop.appearance", "color-scheme") == Ok(YES)
    }

    /// The second is GNOME's own, and older.
    pub(super) fn prefers_stillness() -> bool {
        setting("org.freedesktop.appearance", "reduced-motion") == Ok(YES)
            || setting("org.gnome.desktop.interface", "enable-animations") == Ok(Value::Bool(false))
    }

    fn setting(namespace: &str, key: &str) -> zbus::Result<Value<'static>> {
        let answer = Connection::session()?.call_method(
            Some("org.freedesktop.portal.Desktop"),
            "/org/freedesktop/portal/desktop",
            Some("org.freedesktop.portal.Settings"),
            "Read", // `ReadOne` came later; this one wraps its answer once more
            &(namespace, key),
        )?;
        let mut value: Value<'_> = answer.body().deserialize::<OwnedValue>()?.into();
        while let Value::Value(inner) = value {
            value = *inner;
        }
        Ok(value)
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
