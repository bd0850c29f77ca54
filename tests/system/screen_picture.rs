//! Guards a picture of the screen: what a person sees is what the picture shows, pixel by pixel, and without the
//! dialog; and where there is no picture, the reason is told.

mod dialog;
mod far;
mod painted;
mod wayland;

use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Output};

use feedback_tests::screen::Screen;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, PropMode};
use x11rb::wrapper::ConnectionExt as _;

use painted::{Painted, open_small_window, paint};

type Rgb = [u8; 3];

const RED: Rgb = [255, 0, 0];
const GREEN: Rgb = [0, 255, 0];
const WHITE: Rgb = [255, 255, 255];

/// The example `screen` of the SDK, in a session of its own.
struct Asker<'a> {
    folder: &'a Path,
    session: Vec<(&'a str, &'a str)>,
}

impl Asker<'_> {
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(feedback_tests::program("examples/screen"));
        for variable in ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"] {
            command.env_remove(variable);
        }
        command
            .args(arguments)
            .envs(self.session.iter().copied())
            .env("HOME", self.folder)
            .env("XDG_STATE_HOME", self.folder.join("state"))
            .env("XDG_RUNTIME_DIR", self.folder)
            .output()
            .unwrap()
    }

    /// What can be taken, a line each.
    fn list(&self) -> Vec<String> {
        let done = self.run(&[]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let list = String::from_utf8(done.stdout).unwrap();
        list.lines().map(str::to_owned).collect()
    }

    /// Takes the picture of this number.
    fn take(&self, number: usize) -> Picture {
        let zip = self.folder.join("picture.zip");
        let done = self.run(&[&number.to_string(), zip.to_str().unwrap()]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Picture::of(std::fs::read(zip).unwrap())
    }

    /// Why there is no picture.
    fn complaint(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert!(!done.status.success());
        String::from_utf8(done.stderr).unwrap()
    }
}

/// The picture of a report, as it was sent.
#[derive(Debug, PartialEq)]
struct Picture {
    size: [usize; 2],
    rgb: Vec<Rgb>,
}

impl Picture {
    fn of(bundle: Vec<u8>) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
        let mut png = Vec::new();
        std::io::copy(&mut zip.by_name("screenshots/1.png").unwrap(), &mut png).unwrap();
        let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
        let mut rgba = vec![0; reader.output_buffer_size().unwrap()];
        let facts = reader.next_frame(&mut rgba).unwrap();
        Self {
            size: [facts.width as usize, facts.height as usize],
            rgb: rgba.chunks_exact(4).map(|p| [p[0], p[1], p[2]]).collect(),
        }
    }

    fn at(&self, x: usize, y: usize) -> Rgb {
        self.rgb[y * self.size[0] + x]
    }

    /// What a picture of this size must look like.
    fn painted(size: [usize; 2], paint: impl Fn(usize, usize) -> Rgb) -> Self {
        let places = (0..size[1]).flat_map(|y| (0..size[0]).map(move |x| (x, y)));
        let rgb = places.map(|(x, y)| paint(x, y)).collect();
        Self { size, rgb }
    }
}

#[test]
fn a_picture_has_the_colours_of_the_screen_whatever_its_depth() {
    for depth in [16, 24, 30] {
        let Some(screen) = Screen::of(&format!("640x480x{depth}")) else {
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let asker = Asker {
            folder: folder.path(),
            session: vec![("DISPLAY", &screen.name)],
        };
        let complaint = asker.complaint(&["0", "x.zip"]);
        assert!(complaint.contains("only one colour"), "{complaint}");

        let _painted = Painted::open(&screen, [100, 50]);
        let seen = asker.take(0);
        let expected = Picture::painted([640, 480], |x, y| {
            let inside = (100..300).contains(&x) && (50..150).contains(&y);
            if inside { paint(x - 100, y - 50) } else { [0; 3] }
        });
        assert_eq!(seen.size, expected.size);
        assert!(
            seen == expected,
            "at depth {depth}: {:?} in the corner",
            seen.at(100, 50)
        );
    }
}

#[test]
fn each_monitor_has_a_picture_of_its_own_as_far_as_there_is_something_to_see() {
    let Some(screen) = Screen::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let asker = Asker {
        folder: folder.path(),
        session: vec![("DISPLAY", &screen.name)],
    };
    let painted = Painted::open(&screen, [550, 0]);
    painted.add_monitor("LEFT", [0, 0, 600, 800]);
    painted.add_monitor("RIGHT", [600, 0, 900, 400]); // 400 columns of it are nowhere
    let list = asker.list();
    let number = |name: &str| list.iter().position(|line| line.contains(name)).unwrap();
    let (left, right) = (number("\"LEFT\""), number("\"RIGHT\""));
    assert_eq!(
        list[left],
        format!("{left} Monitor \"LEFT\" Some([600, 800]) Some(1.0)")
    );
    let seen = asker.take(left);
    let expected = Picture::painted([600, 800], |x, y| {
        if x >= 550 && y < 100 {
            paint(x - 550, y)
        } else {
            [0; 3]
        }
    });
    assert!(seen == expected, "{:?}", seen.size);
    let seen = asker.take(right);
    let expected = Picture::painted([500, 400], |x, y| if x < 150 && y < 100 { RED } else { [0; 3] });
    assert!(seen == expected, "{:?}", seen.size);
}

#[test]
fn a_window_is_taken_alone_and_as_far_as_it_is_on_the_screen() {
    let Some(screen) = Screen::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let asker = Asker {
        folder: folder.path(),
        session: vec![("DISPLAY", &screen.name)],
    };
    let painted = Painted::open(&screen, [300, 200]);
    let list = asker.list();
    let number = list
        .iter()
        .position(|line| line.contains("Window \"Painted\""))
        .unwrap();
    assert_eq!(asker.take(number), Picture::painted([200, 100], paint));
    painted.move_to(-10, 750);
    assert_eq!(
        asker.take(number),
        Picture::painted([190, 50], |x, y| paint(x + 10, y))
    );
    painted.move_to(5000, 0);
    assert_eq!(asker.list().len(), list.len() - 1, "it cannot be seen");
}

#[test]
fn where_all_is_drawn_larger_a_picture_has_each_pixel_and_the_scale_is_told() {
    for scale in [1.5, 2.0] {
        let Some(screen) = Screen::of("640x480x24") else {
            return;
        };
        screen.set_scale(scale);
        let folder = tempfile::tempdir().unwrap();
        let asker = Asker {
            folder: folder.path(),
            session: vec![("DISPLAY", &screen.name)],
        };
        let _painted = Painted::open(&screen, [100, 50]);
        let list = asker.list();
        let facts = |size: &str| format!("Some({size}) Some({scale:?})");
        assert!(list[0].ends_with(&facts("[640, 480]")), "{list:?}");
        assert_eq!(list[1], format!("1 Window \"Painted\" {}", facts("[200, 100]")));
        assert_eq!(asker.take(0).size, [640, 480]);
        assert!(asker.take(1) == Picture::painted([200, 100], paint));
    }
}

#[test]
fn the_topmost_window_comes_first_and_what_is_of_the_desktop_is_no_window() {
    let Some(screen) = Screen::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let asker = Asker {
        folder: folder.path(),
        session: vec![("DISPLAY", &screen.name)],
    };
    let (connection, number) = x11rb::connect(Some(&screen.name)).unwrap();
    let root = connection.setup().roots[number].root;
    let open = |title| open_small_window(&connection, root, title);
    let [lower, upper, panel] = ["Lower", "Upper", "Panel"].map(open);
    let atom = |name: &str| {
        let atom = connection.intern_atom(false, name.as_bytes()).unwrap();
        atom.reply().unwrap().atom
    };
    let says = |window, what, kind: AtomEnum, value: &[u32]| {
        let said = connection.change_property32(PropMode::REPLACE, window, atom(what), kind, value);
        said.unwrap().check().unwrap();
    };
    let dock = atom("_NET_WM_WINDOW_TYPE_DOCK");
    says(panel, "_NET_WM_WINDOW_TYPE", AtomEnum::ATOM, &[dock]);
    let titles = || {
        let list = asker.list();
        let windows = list.iter().filter_map(|line| line.split_once(" Window "));
        let titles = windows.map(|(_, facts)| facts.split('"').nth(1).unwrap().to_owned());
        titles.collect::<Vec<_>>()
    };
    assert_eq!(titles(), ["Upper", "Lower"]);
    // As a window manager tells them: the lowest first.
    says(root, "_NET_CLIENT_LIST", AtomEnum::WINDOW, &[lower, upper, panel]);
    assert_eq!(titles(), ["Upper", "Lower"]);
    says(
        root,
        "_NET_CLIENT_LIST_STACKING",
        AtomEnum::WINDOW,
        &[upper, lower, panel],
    );
    assert_eq!(titles(), ["Lower", "Upper"]);
}

#[test]
fn without_a_display_the_reason_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let complaint = |session: Vec<(&str, &str)>| {
        let asker = Asker {
            folder: folder.path(),
            session,
        };
        asker.complaint(&[])
    };
    let unset = complaint(Vec::new());
    assert!(
        unset.contains("neither WAYLAND_DISPLAY nor DISPLAY is set"),
        "{unset}"
    );
    assert!(unset.contains("attach a picture file"), "{unset}");
    let nobody = complaint(vec![("DISPLAY", "127.0.0.1:9999")]);
    assert!(nobody.contains("there is no display"), "{nobody}");
    let address = "unix:path=/nonexistent/bus";
    let no_bus = complaint(vec![
        ("WAYLAND_DISPLAY", "w"),
        ("DBUS_SESSION_BUS_ADDRESS", address),
    ]);
    assert!(no_bus.contains("offers no way"), "{no_bus}");
}
