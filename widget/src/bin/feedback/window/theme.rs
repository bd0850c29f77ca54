//! Dark or light as the desktop is. On Windows and macOS the windowing library knows; elsewhere the desktop's portal
//! does, and where there is none, light is what most windows are.

use eframe::egui::{Context, Theme};

/// Sets the theme of a context, now or as soon as the system has told.
pub(super) fn follow_the_system(ctx: &Context) {
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    #[cfg(all(unix, not(target_os = "macos")))]
    {
        let ctx = ctx.clone();
        let ask = move || {
            if portal::prefers_dark() == Ok(true) {
                ctx.options_mut(|options| options.fallback_theme = Theme::Dark);
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
