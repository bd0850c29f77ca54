//! "Reduce motion" in the settings of macOS.

use objc2_app_kit::NSWorkspace;

/// The windowing library knows, and has told.
pub(super) fn prefers_dark() -> bool {
    false
}

/// Asked once.
pub(super) fn changes() -> impl Iterator<Item = ()> {
    std::iter::empty()
}

pub(super) fn prefers_stillness() -> bool {
    NSWorkspace::sharedWorkspace().accessibilityDisplayShouldReduceMotion()
}
