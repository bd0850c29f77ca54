//! A screen of its own for a program's window.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ChangeWindowAttributesAux, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask,
    PropMode, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::process::Process;
use crate::{PATIENCE, tools};

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

    /// Waits until no window is shown whose title has these words.
    pub fn gone(&self, title: &str) {
        let mut search = Command::new("xdotool");
        search.args(["search", "--onlyvisible", "--name", title]);
        search.env("DISPLAY", &self.name);
        let start = Instant::now();
        let is_gone = |done: Output| done.stdout.is_empty() && done.stderr.is_empty(); // an error says nothing of it
        while !is_gone(search.output().unwrap()) {
            assert!(start.elapsed() < PATIENCE, "{title} is still there");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Puts a window over all others, until that is dropped.
    pub fn cover(&self) -> Cover {
        let (x11, number) = x11rb::connect(Some(&self.name)).unwrap();
        let screen = x11.setup().roots[number].clone();
        let listen = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        x11.change_window_attributes(screen.root, &listen).unwrap();
        let (window, looks) = (x11.generate_id().unwrap(), CreateWindowAux::new());
        let (width, height) = (screen.width_in_pixels, screen.height_in_pixels);
        let kind = WindowClass::INPUT_OUTPUT;
        x11.create_window(0, window, screen.root, 0, 0, width, height, 0, kind, 0, &looks)
            .unwrap();
        x11.map_window(window).unwrap();
        x11.sync().unwrap();
        Cover { x11 }
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

/// A window over all others.
#[derive(Debug)]
pub struct Cover {
    x11: RustConnection,
}

impl Cover {
    /// Waits until a window below wants to be seen, and lets it, as a window manager does.
    pub fn make_way(self) {
        let wish = self.x11.intern_atom(false, b"_NET_ACTIVE_WINDOW").unwrap();
        let wish = wish.reply().unwrap().atom;
        let start = Instant::now();
        loop {
            match self.x11.poll_for_event().unwrap() {
                Some(Event::ClientMessage(message)) if message.type_ == wish => return,
                Some(_) => {}
                None => {
                    assert!(start.elapsed() < PATIENCE, "no window wants to be seen");
                    std::thread::sleep(Duration::from_millis(20));
                }
            }
        }
    }
}
