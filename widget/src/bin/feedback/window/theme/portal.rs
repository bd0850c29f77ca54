//! The desktop's portal knows. Where there is none, light is what most windows are, and they move.

use zbus::MatchRule;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::{OwnedValue, Value};

const SETTINGS: &str = "org.freedesktop.portal.Settings";

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

/// One item whenever a setting changes, for as long as there is a bus.
pub(super) fn changes() -> impl Iterator<Item = ()> {
    let told = heard().into_iter().flatten();
    told.map_while(Result::ok).map(drop)
}

fn heard() -> zbus::Result<MessageIterator> {
    let signal = MatchRule::builder().msg_type(Type::Signal).interface(SETTINGS)?;
    let rule = signal.member("SettingChanged")?.build();
    MessageIterator::for_match_rule(rule, &Connection::session()?, None)
}

fn setting(namespace: &str, key: &str) -> zbus::Result<Value<'static>> {
    let answer = Connection::session()?.call_method(
        Some("org.freedesktop.portal.Desktop"),
        "/org/freedesktop/portal/desktop",
        Some(SETTINGS),
        "Read", // `ReadOne` came later; this one wraps its answer once more
        &(namespace, key),
    )?;
    let mut value: Value<'_> = answer.body().deserialize::<OwnedValue>()?.into();
    while let Value::Value(inner) = value {
        value = *inner;
    }
    Ok(value)
}
