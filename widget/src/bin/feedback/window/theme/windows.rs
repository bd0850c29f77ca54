//! "Animation effects" in the settings of Windows.

use windows_registry::CURRENT_USER;

/// The windowing library knows, and has told.
pub(super) fn prefers_dark() -> bool {
    false
}

/// Asked once.
pub(super) fn changes() -> impl Iterator<Item = ()> {
    std::iter::empty()
}

pub(super) fn prefers_stillness() -> bool {
    let desktop = CURRENT_USER.open(r"Control Panel\Desktop");
    let mask = desktop.and_then(|desktop| desktop.get_value("UserPreferencesMask"));
    mask.is_ok_and(|mask| is_still(&mask))
}

/// `SPI_GETCLIENTAREAANIMATION` (0x1042) is bit 33 of this: one for every second number from 0x1000 on.
fn is_still(mask: &[u8]) -> bool {
    mask.get(33 / 8).is_some_and(|byte| byte & (1 << (33 % 8)) == 0)
}

#[test]
fn the_setting_is_found_among_the_others() {
    // Windows' own, and what "Animation effects: off" makes of it.
    assert!(!is_still(&[0x9e, 0x1e, 0x07, 0x80, 0x12, 0, 0, 0]));
    assert!(is_still(&[0x90, 0x12, 0x03, 0x80, 0x10, 0, 0, 0]));
    assert!(!is_still(&[]));
}
