//! A screen of its own for a program's window.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

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

    /// Looks again when a window goes while xdotool looks at it, which ends xdotool.
    fn search(&self, what: &[&str]) {
        loop {
            let mut search = Command::new("xdotool");
            search
                .args(["search", "--sync"])
                .args(what)
                .env("DISPLAY", &self.name);
            let done = search.output().unwrap();
            if done.status.success() {
                return;
            }
            let why = String::from_utf8_lossy(&done.stderr);
            assert!(why.contains("BadWindow"), "{search:?}: {why}");
        }
    }
}
