//! The desktop's portal knows. Where there is none, light is what most windows are, and they move.

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
