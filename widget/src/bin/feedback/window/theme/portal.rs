//! The desktop's portal knows. Where there is none, light is what most windows are, and they move.

use std::sync::OnceLock;

use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{MatchRule, Message};

const SETTINGS: &str = "org.freedesktop.portal.Settings";

/// What is asked for: a setting's namespace, and its key
/// (<https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>).
type Name = (&'static str, &'static str);
const COLOURS: Name = ("org.freedesktop.appearance", "color-scheme");
const MOTION: Name = ("org.freedesktop.appearance", "reduced-motion");
/// GNOME's own, and older.
const ANIMATIONS: Name = ("org.gnome.desktop.interface", "enable-animations");

/// The portal's word for dark, and for less motion.
const YES: Value<'static> = Value::U32(1);

pub(super) fn prefers_dark() -> bool {
    setting(COLOURS) == Some(YES)
}

pub(super) fn prefers_stillness() -> bool {
    setting(MOTION) == Some(YES) || setting(ANIMATIONS) == Some(Value::Bool(false))
}

/// One item whenever one of them changes, for as long as there is a bus.
pub(super) fn changes() -> impl Iterator<Item = ()> {
    let told = heard().into_iter().flatten();
    told.map_while(Result::ok)
        .filter(|told| changed(told).is_some_and(is_asked_for))
        .map(drop)
}

/// The connection by which all is asked.
fn bus() -> Option<&'static Connection> {
    static BUS: OnceLock<Option<Connection>> = OnceLock::new();
    BUS.get_or_init(|| Connection::session().ok()).as_ref()
}

fn heard() -> Option<MessageIterator> {
    let signal = MatchRule::builder().msg_type(Type::Signal).interface(SETTINGS);
    let rule = signal.and_then(|signal| signal.member("SettingChanged")).ok()?;
    let bus = Connection::session().ok()?; // of its own: what is not heard yet is to hold up no answer
    MessageIterator::for_match_rule(rule.build(), &bus, None).ok()
}

/// The setting that a signal is about.
fn changed(told: &Message) -> Option<(String, String)> {
    let (namespace, key, _) = told.body().deserialize::<(String, String, OwnedValue)>().ok()?;
    Some((namespace, key))
}

fn is_asked_for((namespace, key): (String, String)) -> bool {
    [COLOURS, MOTION, ANIMATIONS].contains(&(&namespace, &key))
}

fn setting(name: Name) -> Option<Value<'static>> {
    let answer = bus()?.call_method(
        Some("org.freedesktop.portal.Desktop"),
        "/org/freedesktop/portal/desktop",
        Some(SETTINGS),
        "Read", // `ReadOne` came later; this one wraps its answer once more
        &name,
    );
    let mut value: Value<'_> = answer.ok()?.body().deserialize::<OwnedValue>().ok()?.into();
    while let Value::Value(inner) = value {
        value = *inner;
    }
    Some(value)
}

#[test]
fn a_setting_that_nobody_asks_for_is_no_change() {
    let told = |namespace: &str, key: &str| {
        let signal = Message::signal("/org/freedesktop/portal/desktop", SETTINGS, "SettingChanged").unwrap();
        let signal = signal.build(&(namespace, key, Value::U32(1))).unwrap();
        changed(&signal).is_some_and(is_asked_for)
    };
    for (namespace, key) in [COLOURS, MOTION, ANIMATIONS] {
        assert!(told(namespace, key), "{key}");
    }
    assert!(!told("org.gnome.desktop.interface", "font-name"));
    assert!(!told("org.freedesktop.appearance", "accent-color"));
}
