//! A screen of its own for a program's window.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, PropMode};
use x11rb::wrapper::ConnectionExt as _;

use crate::process::Process;
use crate::tools;

/// An X server without a monitor, 1100 by 800; ended when dropped.
#[derive(Debug)]
pub struct Screen {
    /// What `DISPLAY` is to be.
    pub name: String,
    _server: Process,
}

impl Screen {
    /// `None` where Xvfb or xdotool is not installed.
    pub fn start() -> Option<Self> {
        Self::of("1100x800x24")
    }

    /// One of another size, as in `640x480x16`: width, height, bits of a colour.
    pub fn of(size: &str) -> Option<Self> {
        let mut command = tools::find("Xvfb")?;
        tools::find("xdotool")?;
        command
            .args(["-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"])
            // Else it starts anew when its last client leaves, and turns away who comes in that moment.
            .arg("-noreset")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Process::spawn(&mut command);
        // It picks a free number and tells it once it is ready.
        let mut number = String::new();
        let out = server.0.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut number).unwrap();
        Some(Self {
            name: format!(":{}", number.trim()),
            _server: server,
        })
    }

    /// Has programs that start from now on draw all this much larger, as a desktop says it.
    pub fn set_scale(&self, scale: f32) {
        let (x11, number) = x11rb::connect(Some(&self.name)).unwrap();
        let root = x11.setup().roots[number].root;
        let resources = format!("Xft.dpi:\t{}\n", scale * 96.0);
        let (name, text) = (AtomEnum::RESOURCE_MANAGER, AtomEnum::STRING);
        x11.change_property8(PropMode::REPLACE, root, name, text, resources.as_bytes())
            .unwrap();
        x11.sync().unwrap();
    }

    /// Hits keys and the mouse.
    pub fn xdotool(&self, arguments: &[&str]) {
        tools::run(Command::new("xdotool").args(arguments).env("DISPLAY", &self.name));
    }

    /// Waits for a window whose title has these words.
    pub fn find(&self, title: &str) {
        self.search(&["--name", title]);
    }

    /// Waits for a window whose title has these words, and gives it the keyboard.
    pub fn focus(&self, title: &str) {
        self.search(&["--onlyvisible", "--name", title, "windowfocus", "--sync"]);
    }

    /// Closes a window whose title has these words, as its X does.
    pub fn close(&self, title: &str) {
        let found = self.search(&["--onlyvisible", "--name", title]);
        let window = found.lines().next().unwrap().parse().unwrap();
        let (x11, _) = x11rb::connect(Some(&self.name)).unwrap();
        let atom = |name: &str| {
            x11.intern_atom(false, name.as_bytes())
                .unwrap()
                .reply()
                .unwrap()
                .atom
        };
        let words = [atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS"), words);
        x11.send_event(false, window, EventMask::NO_EVENT, message)
            .unwrap();
        x11.sync().unwrap();
    }

    /// What xdotool tells. Looks again when a window goes while xdotool looks at it, which ends xdotool.
    fn search(&self, what: &[&str]) -> String {
        loop {
            let mut search = Command::new("xdotool");
            search
                .args(["search", "--sync"])
                .args(what)
                .env("DISPLAY", &self.name);
            let done = search.output().unwrap();
            if done.status.success() {
                return String::from_utf8(done.stdout).unwrap();
            }
            let why = String::from_utf8_lossy(&done.stderr);
            assert!(why.contains("BadWindow"), "{search:?}: {why}");
        }
    }
}
