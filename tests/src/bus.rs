//! A D-Bus session of its own, and the portal of a desktop on it.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};

use crate::process::Process;
use crate::tools;

/// Debian's own Python: the bindings of `GLib` and of the accessibility bus are packages of the system.
pub const PYTHON: &str = "/usr/bin/python3";

/// A session bus, ended when dropped.
#[derive(Debug)]
pub struct SessionBus {
    /// What `DBUS_SESSION_BUS_ADDRESS` is to be.
    pub address: String,
    _daemon: Process,
}

impl SessionBus {
    /// `None` where D-Bus is not installed. `folder` is for sockets; `display` is that of the services it starts.
    pub fn start(folder: &Path, display: &str) -> Option<Self> {
        let mut daemon = tools::find("dbus-daemon")?;
        daemon
            .args(["--session", "--nofork", "--print-address"])
            .env("DISPLAY", display)
            .env("XDG_RUNTIME_DIR", folder)
            .env("HOME", folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut daemon = Process::spawn(&mut daemon);
        let mut out = BufReader::new(daemon.0.stdout.take().unwrap());
        Some(Self {
            address: next_line(&mut out),
            _daemon: daemon,
        })
    }
}

/// `peers/portal.py`: the portal of a desktop that nobody sits at.
#[derive(Debug)]
pub struct Portal {
    told: BufReader<ChildStdout>,
    _portal: Process,
}

impl Portal {
    /// One that gives this answer to each wish for a picture: the address of a file, or `cancelled`, `ended`, `dies`,
    /// `silent`. `None` where Python's bindings of `GLib` are not installed.
    pub fn start(bus: &SessionBus, answer: &str) -> Option<Self> {
        let bindings = "from gi.repository import Gio";
        tools::check("python3-gi", Command::new(PYTHON).args(["-c", bindings]))?;
        let mut portal = Process::spawn(
            Command::new(PYTHON)
                .args([concat!(env!("CARGO_MANIFEST_DIR"), "/peers/portal.py"), answer])
                .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
                .stdout(Stdio::piped()),
        );
        let mut portal = Self {
            told: BufReader::new(portal.0.stdout.take().unwrap()),
            _portal: portal,
        };
        assert_eq!(portal.told(), "ready");
        Some(portal)
    }

    /// Waits for what happens next: `asked` with the options, then `gone` when the one who asked has gone.
    pub fn told(&mut self) -> String {
        next_line(&mut self.told)
    }
}

fn next_line(out: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    line.trim().to_owned()
}
