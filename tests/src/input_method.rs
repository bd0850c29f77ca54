//! An input method for Japanese: fcitx5 with Anthy, over the protocol that X11 programs speak.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ChangeWindowAttributesAux, ConnectionExt as _, EventMask};
use x11rb::rust_connection::RustConnection;

use crate::process::Process;
use crate::screen::Screen;
use crate::tools;

/// What `XMODIFIERS` is to be for the program that is written in.
pub const XMODIFIERS: &str = "@im=fcitx";

/// Anthy alone, for every window from its start.
const PROFILE: &str = "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=anthy\n\n\
                       [Groups/0/Items/0]\nName=anthy\nLayout=\n\n[GroupOrder]\n0=Default\n";
const CONFIG: &str = "[Behavior]\nActiveByDefault=True\nShareInputState=All\n";

/// The input method of a screen; ended when dropped.
#[derive(Debug)]
pub struct InputMethod {
    _server: Process,
}

impl InputMethod {
    /// `None` where fcitx5 or Anthy is not installed. `bus` is the session's, `folder` for what it writes.
    pub fn start(screen: &Screen, bus: &str, folder: &Path) -> Option<Self> {
        let mut server = tools::find("fcitx5")?;
        if !Path::new("/usr/share/fcitx5/addon/anthy.conf").is_file() {
            tools::skip("fcitx5-anthy is not installed");
            return None;
        }
        let settings = folder.join("fcitx5");
        fs::create_dir_all(&settings).unwrap();
        fs::write(settings.join("profile"), PROFILE).unwrap();
        fs::write(settings.join("config"), CONFIG).unwrap();
        server
            .env("DISPLAY", &screen.name)
            .env("DBUS_SESSION_BUS_ADDRESS", bus)
            .env("HOME", folder)
            .env("XDG_CONFIG_HOME", folder)
            .env("XDG_DATA_HOME", folder)
            .env("XDG_RUNTIME_DIR", folder)
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let server = Process::spawn(&mut server);
        wait_for_server(screen);
        Some(Self { _server: server })
    }
}

/// Waits until the screen names an input method (X Input Method Protocol 1.0, "Locating a Server").
fn wait_for_server(screen: &Screen) {
    let (connection, at) = RustConnection::connect(Some(&screen.name)).unwrap();
    let root = connection.setup().roots[at].root;
    let servers = connection
        .intern_atom(false, b"XIM_SERVERS")
        .unwrap()
        .reply()
        .unwrap()
        .atom;
    let changes = ChangeWindowAttributesAux::new().event_mask(EventMask::PROPERTY_CHANGE);
    connection.change_window_attributes(root, &changes).unwrap();
    loop {
        let list = connection.get_property(false, root, servers, AtomEnum::ATOM, 0, 1);
        if list.unwrap().reply().unwrap().value_len > 0 {
            return;
        }
        connection.wait_for_event().unwrap();
    }
}

/// The keys that write 日本語, with the first suggestion taken.
pub fn write_japanese(screen: &Screen) {
    // The first key makes the program and the input method known to each other, and may come through.
    screen.xdotool(&["key", "Left"]);
    screen.xdotool(&["type", "nihongo"]);
    screen.xdotool(&["key", "space", "Return"]);
}
