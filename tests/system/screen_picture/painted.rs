//! A window whose every pixel is known.

use feedback_tests::screen::Screen;
use x11rb::connection::Connection as _;
use x11rb::protocol::randr::{ConnectionExt as _, MonitorInfo};
use x11rb::protocol::xproto::{
    AtomEnum, ConfigureWindowAux, ConnectionExt as _, CreateGCAux, CreateWindowAux, PropMode, Rectangle,
    WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::{GREEN, RED, Rgb};

/// Opens a small window with this title.
pub(super) fn open_small_window(connection: &RustConnection, root: u32, title: &str) -> u32 {
    let look = CreateWindowAux::new();
    open_window(connection, root, [0, 0], [50, 50], &look, title)
}

/// Opens a window with a title on a screen.
fn open_window(
    connection: &RustConnection,
    root: u32,
    [x, y]: [i16; 2],
    [width, height]: [u16; 2],
    look: &CreateWindowAux,
    title: &str,
) -> u32 {
    let (window, class) = (connection.generate_id().unwrap(), WindowClass::INPUT_OUTPUT);
    connection
        .create_window(0, window, root, x, y, width, height, 0, class, 0, look)
        .unwrap();
    let (name, text) = (AtomEnum::WM_NAME, AtomEnum::STRING);
    connection
        .change_property8(PropMode::REPLACE, window, name, text, title.as_bytes())
        .unwrap();
    connection.map_window(window).unwrap();
    window
}

/// A window without a frame that shows red, with a green corner of 20 by 10 at its upper left.
pub(super) struct Painted {
    connection: RustConnection,
    root: u32,
    window: u32,
}

impl Painted {
    const SIZE: [u16; 2] = [200, 100];

    pub(super) fn open(screen: &Screen, [x, y]: [i16; 2]) -> Self {
        let (connection, _) = RustConnection::connect(Some(&screen.name)).unwrap();
        let root = connection.setup().roots[0].clone();
        let colour = |[red, green, blue]: Rgb| {
            let wide = |value: u8| u16::from(value) * 257;
            let (red, green, blue) = (wide(red), wide(green), wide(blue));
            let map = root.default_colormap;
            connection
                .alloc_color(map, red, green, blue)
                .unwrap()
                .reply()
                .unwrap()
                .pixel
        };
        let (red, green) = (colour(RED), colour(GREEN));
        let gc = connection.generate_id().unwrap();
        let look = CreateWindowAux::new().background_pixel(red).override_redirect(1);
        let [width, height] = Self::SIZE;
        let window = open_window(&connection, root.root, [x, y], [width, height], &look, "Painted");
        connection
            .create_gc(gc, window, &CreateGCAux::new().foreground(green))
            .unwrap();
        let corner = Rectangle {
            x: 0,
            y: 0,
            width: 20,
            height: 10,
        };
        connection.poly_fill_rectangle(window, gc, &[corner]).unwrap();
        connection.sync().unwrap();
        Self {
            connection,
            root: root.root,
            window,
        }
    }

    /// Tells the server of a monitor.
    pub(super) fn add_monitor(&self, name: &str, [x, y, width, height]: [i16; 4]) {
        let name = self
            .connection
            .intern_atom(false, name.as_bytes())
            .unwrap()
            .reply()
            .unwrap();
        let monitor = MonitorInfo {
            name: name.atom,
            x,
            y,
            width: width.unsigned_abs(),
            height: height.unsigned_abs(),
            ..MonitorInfo::default()
        };
        self.connection
            .randr_set_monitor(self.root, monitor)
            .unwrap()
            .check()
            .unwrap();
    }

    pub(super) fn move_to(&self, x: i32, y: i32) {
        let place = ConfigureWindowAux::new().x(x).y(y);
        self.connection.configure_window(self.window, &place).unwrap();
        self.connection.sync().unwrap();
    }
}

/// The colour of [`Painted`] at a place in it.
pub(super) fn paint(x: usize, y: usize) -> Rgb {
    if x < 20 && y < 10 { GREEN } else { RED }
}
