//! Guards the real thing: a real window on a real X server, real keys, and egui's own capture of it.

use std::io::Cursor;
use std::process::Command;

use feedback_tests::poll;
use feedback_tests::process::Process;
use feedback_tests::screen::Screen;
use feedback_tests::server::{KEY, Server};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat};
use x11rb::rust_connection::RustConnection;

/// Fewer changed pixels than this are a blinking caret.
pub(crate) const CARET: usize = 300;
/// So much may the shade of a line that stands between two pixels differ, in steps of 255 per colour.
const ROUNDING: u8 = 4;

#[test]
fn a_person_writes_in_a_real_window_and_adds_a_picture_of_it() {
    let Some(seen) = Seen::start() else { return };
    writes_and_adds_a_picture(&seen, 1.0);
}

#[test]
fn where_all_is_drawn_larger_the_picture_has_each_pixel_and_the_facts_tell_the_scale() {
    for scale in [1.5, 2.0] {
        let Some(screen) = Screen::of("2200x1600x24") else {
            return;
        };
        screen.set_scale(scale);
        writes_and_adds_a_picture(&Seen::on(screen), scale);
    }
}

fn writes_and_adds_a_picture(seen: &Seen, scale: f32) {
    let screen = &seen.screen;
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("server"));
    let black = seen.pixels();
    let _app = Process::spawn(
        Command::new(feedback_tests::program("demo-app"))
            .args(["--endpoint", &server.endpoint(), "--key", KEY])
            .env("DISPLAY", &screen.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("HOME", folder.path())
            .env("LANGUAGE", "en")
            .env("XDG_STATE_HOME", folder.path().join("state")),
    );
    screen.focus("Notes");
    let window = seen.settled_after(&black, "the window");
    screen.xdotool(&["key", "F1"]);
    let dialog = seen.settled_after(&window, "the dialog");
    screen.xdotool(&["type", "The export is empty"]);
    let typed = seen.settled_after(&dialog, "the text");
    // egui moves the keyboard once in a frame, so each stop is waited for.
    screen.xdotool(&["key", "Tab"]);
    let attach = seen.settled_after(&typed, "\"Attach a file\"");
    screen.xdotool(&["key", "Tab"]);
    let capture = seen.settled_after(&attach, "\"Add a picture of this window\"");
    screen.xdotool(&["key", "Return"]);
    seen.settled_after(&capture, "the picture's chip");
    screen.xdotool(&["key", "ctrl+Return"]);

    let report = poll("the report", || server.reports().pop());
    assert_eq!(report["message"], "The export is empty");
    let bundle = server.bundle(report["id"].as_str().unwrap());
    let mut zip = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
    let facts: serde_json::Value = serde_json::from_reader(zip.by_name("system.json").unwrap()).unwrap();
    let facts = &facts["system"];
    assert_eq!(facts["display_scale"], scale);
    let root = &seen.connection.setup().roots[0];
    let monitors = facts["monitors"].as_array().unwrap();
    let is_the_screen = |monitor: &&serde_json::Value| {
        monitor["width"] == root.width_in_pixels && monitor["height"] == root.height_in_pixels
    };
    let monitor = monitors.iter().find(is_the_screen).unwrap();
    assert_eq!(monitor["scale"], scale);
    let mut png = Vec::new();
    std::io::copy(&mut zip.by_name("screenshots/1.png").unwrap(), &mut png).unwrap();
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut picture = vec![0; reader.output_buffer_size().unwrap()];
    let facts = reader.next_frame(&mut picture).unwrap();
    // The window as it was before the dialog: neither the dialog nor its shade is in the picture.
    let shown = window.part(facts.width, facts.height);
    let rgb: Vec<[u8; 3]> = picture.chunks_exact(4).map(|p| [p[0], p[1], p[2]]).collect();
    assert_eq!(rgb.len(), shown.len());
    let other = |(a, b): &(&[u8; 3], &[u8; 3])| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > ROUNDING);
    let differ = rgb.iter().zip(&shown).filter(other).count();
    assert!(
        differ < CARET,
        "{differ} pixels of the picture are not of the window"
    );
}

/// A screen, and what it shows.
pub(crate) struct Seen {
    pub(crate) screen: Screen,
    connection: RustConnection,
}

#[derive(PartialEq)]
pub(crate) struct Pixels {
    width: usize,
    pub(crate) rgb: Vec<[u8; 3]>,
}

impl Pixels {
    /// How many pixels differ.
    fn differing(&self, other: &Self) -> usize {
        self.rgb.iter().zip(&other.rgb).filter(|(a, b)| a != b).count()
    }

    /// The upper left part, where a window stands that no window manager has moved.
    fn part(&self, width: u32, height: u32) -> Vec<[u8; 3]> {
        let rows = self.rgb.chunks_exact(self.width).take(height as usize);
        rows.flat_map(|row| row[..width as usize].to_vec()).collect()
    }
}

impl Seen {
    /// `None` where there can be no screen.
    pub(crate) fn start() -> Option<Self> {
        Screen::start().map(Self::on)
    }

    fn on(screen: Screen) -> Self {
        let (connection, _) = RustConnection::connect(Some(&screen.name)).unwrap();
        Self { screen, connection }
    }

    pub(crate) fn pixels(&self) -> Pixels {
        let root = &self.connection.setup().roots[0];
        let (width, height) = (root.width_in_pixels, root.height_in_pixels);
        let image = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, root.root, 0, 0, width, height, u32::MAX)
            .unwrap()
            .reply()
            .unwrap();
        let rgb = image.data.chunks_exact(4).map(|p| [p[2], p[1], p[0]]).collect();
        Pixels {
            width: width.into(),
            rgb,
        }
    }

    /// What the screen shows once it has changed from `before` and has come to rest.
    pub(crate) fn settled_after(&self, before: &Pixels, what: &str) -> Pixels {
        let mut last = self.pixels();
        poll(what, || {
            let now = self.pixels();
            let rests = now.differing(&last) < CARET;
            let changed = now.differing(before) > CARET;
            last = now;
            (rests && changed).then(|| self.pixels())
        })
    }
}
