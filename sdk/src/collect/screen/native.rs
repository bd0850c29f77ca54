//! Windows and macOS, by the crate `xcap`.

use screenshots::{Monitor, Window, XCapError};

use super::{Screen, ScreenError, ScreenKind, beside};
use crate::picture::Picture;

pub(super) async fn list() -> Result<Vec<Screen>, ScreenError> {
    beside(|| {
        // One may be unplugged or closed while it is asked.
        let mut screens: Vec<Screen> = Monitor::all()?.iter().filter_map(monitor).collect();
        // The topmost comes first. Without them there are still the monitors.
        screens.extend(Window::all().unwrap_or_default().iter().filter_map(window));
        Ok(screens)
    })
    .await
}

pub(super) async fn take(screen: Screen) -> Result<Picture, ScreenError> {
    beside(move || {
        if !is_allowed() {
            return Err(ScreenError::Refused);
        }
        let image = if screen.kind == ScreenKind::Window {
            let mut windows = Window::all()?.into_iter();
            let is_it = |window: &Window| window.id().is_ok_and(|id| id == screen.id);
            windows.find(is_it).ok_or(ScreenError::Gone)?.capture_image()?
        } else {
            let mut monitors = Monitor::all()?.into_iter();
            let is_it = |monitor: &Monitor| monitor.id().is_ok_and(|id| id == screen.id);
            monitors.find(is_it).ok_or(ScreenError::Gone)?.capture_image()?
        };
        let (width, height) = image.dimensions();
        Picture::from_rgba(width, height, image.into_raw())
            .map_err(|error| ScreenError::Failed(error.to_string()))
    })
    .await
}

fn monitor(monitor: &Monitor) -> Option<Screen> {
    Some(Screen {
        kind: ScreenKind::Monitor,
        id: monitor.id().ok()?,
        name: monitor.friendly_name().or_else(|_| monitor.name()).ok()?,
        pixels: Some(pixels([monitor.width().ok()?, monitor.height().ok()?], monitor)),
        scale: monitor.scale_factor().ok(),
    })
}

fn window(window: &Window) -> Option<Screen> {
    let name = window.title().ok().filter(|title| !title.trim().is_empty())?;
    let is_own = window.pid().is_ok_and(|process| process == std::process::id());
    if is_own || window.is_minimized().unwrap_or(true) {
        return None;
    }
    let monitor = window.current_monitor().ok()?;
    Some(Screen {
        kind: ScreenKind::Window,
        id: window.id().ok()?,
        name,
        pixels: Some(pixels([window.width().ok()?, window.height().ok()?], &monitor)),
        scale: monitor.scale_factor().ok(),
    })
}

/// macOS tells sizes in points.
fn pixels(size: [u32; 2], monitor: &Monitor) -> [u32; 2] {
    let scale = if cfg!(target_os = "macos") {
        monitor.scale_factor().unwrap_or(1.0)
    } else {
        1.0
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size on a screen"
    )]
    size.map(|side| (side as f32 * scale).round() as u32)
}

/// Whether the person lets this app see others. Where they do not, macOS shows it an empty desktop and no error; the
/// request has the system ask them, once.
#[cfg(target_os = "macos")]
fn is_allowed() -> bool {
    use objc2_core_graphics::{CGPreflightScreenCaptureAccess, CGRequestScreenCaptureAccess};
    CGPreflightScreenCaptureAccess() || CGRequestScreenCaptureAccess()
}

#[cfg(windows)]
fn is_allowed() -> bool {
    true
}

impl From<XCapError> for ScreenError {
    fn from(error: XCapError) -> Self {
        match error {
            XCapError::NotSupported => Self::NotSupported,
            other => Self::Failed(other.to_string()),
        }
    }
}
