//! Which of the two ways this session has: its X server, or the portal of its Wayland desktop.

mod pixels;
mod portal;
mod x11;

use std::env;
use std::ffi::OsStr;
use std::time::Duration;

use super::{DISPLAY, PATIENCE, Screen, ScreenError, ScreenKind, beside, waited_for};
use crate::collect::deadline::Source;
use crate::picture::Picture;

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
        Session::X11 => waited_for(|| listed(&DISPLAY, [PATIENCE, FOR_MORE], x11::list)).await,
        Session::Wayland => portal::list().await,
    }
}

/// How long more screens are waited for once the first is there: a person waits for the list.
const FOR_MORE: Duration = Duration::from_secs(3);

/// The screens that `list` has told in time, as many as these are.
fn listed(
    display: &Source,
    [for_first, for_more]: [Duration; 2],
    list: impl FnOnce(&mut dyn FnMut(Screen) -> bool) -> Result<(), ScreenError> + Send + 'static,
) -> Result<Vec<Screen>, ScreenError> {
    let mut running = display.start_parts(for_first, move |parts| {
        let done = list(&mut |screen| parts.send(Ok(Some(screen))).is_ok());
        let _ = parts.send(done.map(|()| None));
    })?;
    let (mut screens, mut patience) = (Vec::new(), for_first);
    loop {
        match running.next(&mut patience) {
            Ok(Ok(Some(screen))) => {
                if screens.is_empty() {
                    patience = for_more;
                }
                screens.push(screen);
            }
            Ok(Err(error)) if screens.is_empty() => return Err(error),
            Err(why) if screens.is_empty() => return Err(why.into()),
            Ok(Ok(None) | Err(_)) | Err(_) => return Ok(screens),
        }
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
    use std::sync::mpsc::channel;

    use super::*;

    const LONG: Duration = Duration::from_mins(1);
    const SHORT: Duration = Duration::from_millis(1);

    fn monitor(id: u32) -> Screen {
        Screen {
            kind: ScreenKind::Monitor,
            id,
            name: String::new(),
            pixels: None,
            scale: None,
        }
    }

    #[test]
    fn of_a_slow_display_there_is_what_it_has_told() {
        let display = Source::default();
        let all = listed(&display, [LONG, LONG], |tell| {
            (1..=5).for_each(|id| assert!(tell(monitor(id))));
            Ok(())
        });
        assert_eq!(all.unwrap().len(), 5);

        let (never, wait) = channel::<()>();
        let some = listed(&display, [LONG, SHORT], move |tell| {
            tell(monitor(1));
            let _ = wait.recv();
            Ok(())
        });
        assert_eq!(some, Ok(vec![monitor(1)]));
        let next = listed(&display, [LONG, LONG], |_| Ok(()));
        assert_eq!(
            next,
            Err(ScreenError::TimedOut),
            "it still hangs, so nobody waits for it"
        );
        drop(never);

        let refused = listed(&Source::default(), [LONG, LONG], |_| Err(ScreenError::Refused));
        assert_eq!(refused, Err(ScreenError::Refused));
    }

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
