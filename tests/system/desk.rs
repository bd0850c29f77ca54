//! A screen, and someone who reads it aloud.

use std::process::Command;

use feedback_tests::process::Process;
use feedback_tests::screen::Screen;
use feedback_tests::screen_reader::ScreenReader;
use tempfile::TempDir;

/// Where a person sits, with a home folder of their own.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) screen: Screen,
    pub(crate) reader: ScreenReader,
}

impl Desk {
    /// `None` where there can be none.
    pub(crate) fn new() -> Option<Self> {
        let screen = Screen::start()?;
        let folder = tempfile::tempdir().unwrap();
        let reader = ScreenReader::start(&screen, folder.path())?;
        Some(Self {
            folder,
            screen,
            reader,
        })
    }

    pub(crate) fn start(&self, command: &mut Command) -> Process {
        let folder = self.folder.path();
        Process::spawn(
            command
                .env("DISPLAY", &self.screen.name)
                .env("DBUS_SESSION_BUS_ADDRESS", &self.reader.bus)
                .env_remove("WAYLAND_DISPLAY")
                .env("HOME", folder)
                .env("LANGUAGE", "en")
                .env("TMPDIR", folder)
                .env("XDG_CACHE_HOME", folder.join("cache"))
                .env("XDG_CONFIG_HOME", folder.join("config"))
                .env("XDG_DATA_HOME", folder.join("data"))
                .env("XDG_STATE_HOME", folder.join("state")),
        )
    }
}
