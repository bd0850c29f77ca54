//! Which of the two ways this session has: its X server, or the portal of its Wayland desktop.

mod pixels;
mod portal;
mod x11;

use std::env;
use std::ffi::OsStr;

use super::{Screen, ScreenError, ScreenKind, beside};
use crate::draft::Picture;

/// What draws the session's screens.
#[derive(Debug, PartialEq, Eq)]
enum Session {
    X11,
    Wayland,
}

impl Session {
    fn of_this_process() -> Result<Self, ScreenError> {
        let var = |name| env::var_os(name);
        Self::of(var("WAYLAND_DISPLAY").as_deref(), var("DISPLAY").as_deref())
    }

    /// A Wayland desktop has an X server too, but that one shows black where apps of Wayland stand.
    fn of(wayland: Option<&OsStr>, display: Option<&OsStr>) -> Result<Self, ScreenError> {
        let is_set = |name: Option<&OsStr>| name.is_some_and(|name| !name.is_empty());
        match (is_set(wayland), is_set(display)) {
            (true, _) => Ok(Self::Wayland),
            (false, true) => Ok(Self::X11),
            (false, false) => Err(ScreenError::NoDisplay(
                "neither WAYLAND_DISPLAY nor DISPLAY is set".to_owned(),
            )),
        }
    }
}

pub(super) async fn list() -> Result<Vec<Screen>, ScreenError> {
    match Session::of_this_process()? {
        Session::X11 => beside(x11::list).await,
        Session::Wayland => portal::list().await,
    }
}

pub(super) async fn take(screen: Screen) -> Result<Picture, ScreenError> {
    match screen.kind {
        ScreenKind::Chosen => portal::take().await,
        ScreenKind::Monitor | ScreenKind::Window => beside(move || x11::take(&screen)).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wayland_goes_first_and_empty_is_unset() {
        let of = |wayland: &str, display: &str| {
            Session::of(Some(OsStr::new(wayland)), Some(OsStr::new(display))).ok()
        };
        assert_eq!(of("wayland-0", ":0"), Some(Session::Wayland));
        assert_eq!(of("", ":0"), Some(Session::X11));
        assert_eq!(of("", ""), None);
        assert!(matches!(Session::of(None, None), Err(ScreenError::NoDisplay(_))));
    }
}
