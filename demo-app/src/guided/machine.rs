//! The machine of the guided run, wherever it is played.

use feedback_sdk::testing::{with_monitor, with_system_facts};
use feedback_sdk::{FeedbackConfig, Monitor, SystemInfo};

/// The laptop of Anna, with its one screen.
pub(super) fn of_anna(config: FeedbackConfig) -> FeedbackConfig {
    const GB: u64 = 1_000_000_000;
    let text = |fact: &str| Some(fact.to_owned());
    let mut facts = SystemInfo::default();
    facts.os = text("Debian GNU/Linux");
    facts.os_version = text("13");
    facts.kernel = text("6.12.48-amd64");
    facts.desktop = text("GNOME");
    facts.session = text("wayland");
    "x86_64".clone_into(&mut facts.arch);
    facts.app_arch = text("x86_64");
    facts.cpu = text("AMD Ryzen 5 7530U with Radeon Graphics");
    facts.cpu_count = Some(4);
    facts.memory_total = Some(16 * GB);
    facts.memory_free = Some(9 * GB);
    facts.disk_free = Some(212 * GB);
    facts.locale = text("pt-PT");
    facts.time_zone = text("Europe/Lisbon");
    facts.monitors.push(Monitor {
        width: 1920,
        height: 1200,
        scale: Some(2.0),
    });
    with_monitor(with_system_facts(config, facts), "eDP-1", 1920, 1200)
}
