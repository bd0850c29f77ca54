//! What an X server shows, by its own protocol: `RandR` tells the monitors, the window manager the windows.

mod windows;

use x11rb::connection::{Connection as _, RequestConnection as _};
use x11rb::cookie::Cookie;
use x11rb::errors::{ConnectionError, ReplyError};
use x11rb::protocol::ErrorKind;
use x11rb::protocol::randr::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{
    self, ConnectionExt as _, GetGeometryReply, GetImageReply, GetWindowAttributesReply, ImageFormat,
    ImageOrder, MapState, TranslateCoordinatesReply, Window,
};
use x11rb::resource_manager;
use x11rb::rust_connection::RustConnection;

use super::super::{Screen, ScreenError, ScreenKind};
use super::pixels::{self, Layout};
use crate::picture::Picture;

/// Dots per inch at scale 1, by the convention of X desktops.
const DPI: f32 = 96.0;
/// Tells the monitors, then the windows of other apps that have a title, the topmost first, for as long as somebody
/// listens.
pub(super) fn list(tell: &mut dyn FnMut(Screen) -> bool) -> Result<(), ScreenError> {
    let display = Display::open()?;
    let scale = display.scale();
    for monitor in &display.monitors()? {
        display.monitor(monitor, scale)?.map(&mut *tell);
    }
    windows::list(&display, scale, tell)
}

/// A picture of one of them as it is now.
pub(super) fn take(screen: &Screen) -> Result<Picture, ScreenError> {
    let display = Display::open()?;
    if screen.kind == ScreenKind::Window {
        let place = display.ask_place(screen.id)?;
        let part = display.visible_part(place)?.ok_or(ScreenError::Gone)?;
        return display.picture(screen.id, part);
    }
    let monitors = display.monitors()?;
    let monitor = monitors.into_iter().find(|monitor| monitor.id == screen.id);
    let part = monitor
        .and_then(|monitor| monitor.part.within(display.size()))
        .ok_or(ScreenError::Gone)?;
    display.picture(display.root().root, part)
}

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

impl Part {
    /// What of it lies in a root window of this size: the server refuses the rest.
    fn within(self, [width, height]: [i32; 2]) -> Option<Self> {
        let (x, y) = (self.x.max(0), self.y.max(0));
        let part = Self {
            x,
            y,
            width: (self.x + self.width).min(width) - x,
            height: (self.y + self.height).min(height) - y,
        };
        (part.width > 0 && part.height > 0).then_some(part)
    }

    fn pixels(self) -> [u32; 2] {
        [self.width.unsigned_abs(), self.height.unsigned_abs()]
    }
}

struct Monitor {
    /// The atom of its name. None, where the server knows no monitors.
    id: u32,
    part: Part,
}

type Asked<'d, Reply> = Cookie<'d, RustConnection, Reply>;

struct AskedPlace<'d> {
    attributes: Asked<'d, GetWindowAttributesReply>,
    geometry: Asked<'d, GetGeometryReply>,
    on_root: Asked<'d, TranslateCoordinatesReply>,
}

/// A connection to the X server that `DISPLAY` names.
struct Display {
    connection: RustConnection,
    screen: usize,
}

impl Display {
    fn open() -> Result<Self, ScreenError> {
        let (connection, screen) =
            RustConnection::connect(None).map_err(|error| ScreenError::NoDisplay(error.to_string()))?;
        Ok(Self { connection, screen })
    }

    fn root(&self) -> &xproto::Screen {
        &self.connection.setup().roots[self.screen]
    }

    fn size(&self) -> [i32; 2] {
        let root = self.root();
        [root.width_in_pixels.into(), root.height_in_pixels.into()]
    }

    /// The scale that desktops set for all monitors of an X server together.
    fn scale(&self) -> f32 {
        let resources = resource_manager::new_from_resource_manager(&self.connection);
        let resources = resources.ok().flatten();
        let dpi = resources.and_then(|resources| resources.get_value("Xft.dpi", "").ok().flatten());
        // Any program may have written it.
        let dpi = dpi.filter(|dpi: &f32| dpi.is_normal() && *dpi > 0.0);
        dpi.map_or(1.0, |dpi| dpi / DPI)
    }

    /// The monitors as `RandR` tells them; the whole root window of a server that tells none.
    fn monitors(&self) -> Result<Vec<Monitor>, ScreenError> {
        let mut monitors = Vec::new();
        if self.has_monitors()? {
            let told = self
                .connection
                .randr_get_monitors(self.root().root, true)?
                .reply()?;
            monitors.extend(told.monitors.iter().map(|told| Monitor {
                id: told.name,
                part: Part {
                    x: told.x.into(),
                    y: told.y.into(),
                    width: told.width.into(),
                    height: told.height.into(),
                },
            }));
        }
        if monitors.is_empty() {
            let [width, height] = self.size();
            let part = Part {
                x: 0,
                y: 0,
                width,
                height,
            };
            monitors.push(Monitor {
                id: x11rb::NONE,
                part,
            });
        }
        Ok(monitors)
    }

    /// Monitors came with `RandR` 1.5, in 2015.
    fn has_monitors(&self) -> Result<bool, ScreenError> {
        if self
            .connection
            .extension_information(randr::X11_EXTENSION_NAME)?
            .is_none()
        {
            return Ok(false);
        }
        let version = self.connection.randr_query_version(1, 5)?.reply()?;
        Ok((version.major_version, version.minor_version) >= (1, 5))
    }

    fn monitor(&self, monitor: &Monitor, scale: f32) -> Result<Option<Screen>, ScreenError> {
        let Some(part) = monitor.part.within(self.size()) else {
            return Ok(None);
        };
        let name = match monitor.id {
            x11rb::NONE => String::new(),
            id => readable(&self.connection.get_atom_name(id)?.reply()?.name),
        };
        Ok(Some(Screen {
            kind: ScreenKind::Monitor,
            id: monitor.id,
            name,
            pixels: Some(part.pixels()),
            scale: Some(scale),
        }))
    }

    fn ask_place(&self, window: Window) -> Result<AskedPlace<'_>, ScreenError> {
        let root = self.root().root;
        Ok(AskedPlace {
            attributes: self.connection.get_window_attributes(window)?,
            geometry: self.connection.get_geometry(window)?,
            on_root: self.connection.translate_coordinates(window, root, 0, 0)?,
        })
    }

    /// What of a window is on the screen, in its own pixels. None, where it is hidden.
    fn visible_part(&self, asked: AskedPlace<'_>) -> Result<Option<Part>, ScreenError> {
        if asked.attributes.reply()?.map_state != MapState::VIEWABLE {
            return Ok(None);
        }
        let geometry = asked.geometry.reply()?;
        let place = asked.on_root.reply()?;
        let (x, y) = (i32::from(place.dst_x), i32::from(place.dst_y));
        let on_root = Part {
            x,
            y,
            width: geometry.width.into(),
            height: geometry.height.into(),
        };
        let visible = on_root.within(self.size());
        Ok(visible.map(|part| Part {
            x: part.x - x,
            y: part.y - y,
            ..part
        }))
    }

    fn picture(&self, drawable: u32, part: Part) -> Result<Picture, ScreenError> {
        let small = |side: i32| u16::try_from(side).unwrap_or(u16::MAX);
        let at = |side: i32| i16::try_from(side).unwrap_or(i16::MAX);
        let image = self
            .connection
            .get_image(
                ImageFormat::Z_PIXMAP,
                drawable,
                at(part.x),
                at(part.y),
                small(part.width),
                small(part.height),
                u32::MAX,
            )?
            .reply()?;
        let [width, height] = part.pixels();
        let sides = [width as usize, height as usize];
        self.layout(&image)
            .and_then(|layout| pixels::rgba(layout, sides, &image.data))
            .and_then(|rgba| Picture::from_rgba(width, height, rgba).ok())
            .ok_or_else(|| ScreenError::Failed(format!("pixels of {} bits are not understood", image.depth)))
    }

    /// How an image lies in memory, by what the server has told of itself.
    fn layout(&self, image: &GetImageReply) -> Option<Layout> {
        let setup = self.connection.setup();
        let format = setup
            .pixmap_formats
            .iter()
            .find(|format| format.depth == image.depth)?;
        let depths = self.root().allowed_depths.iter();
        let visual = depths
            .flat_map(|depth| &depth.visuals)
            .find(|visual| visual.visual_id == image.visual)?;
        Some(Layout {
            bits_per_pixel: format.bits_per_pixel,
            scanline_pad: format.scanline_pad,
            is_big_endian: setup.image_byte_order == ImageOrder::MSB_FIRST,
            masks: [visual.red_mask, visual.green_mask, visual.blue_mask],
        })
    }
}

/// A name that another program has given, on one line.
fn readable(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    name.trim().to_owned()
}

impl From<ConnectionError> for ScreenError {
    fn from(error: ConnectionError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<ReplyError> for ScreenError {
    fn from(error: ReplyError) -> Self {
        match &error {
            ReplyError::X11Error(refused)
                if matches!(
                    refused.error_kind,
                    // A window that was hidden, moved off or resized since it was looked at.
                    ErrorKind::Window | ErrorKind::Drawable | ErrorKind::Match
                ) =>
            {
                Self::Gone
            }
            _ => Self::Failed(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_of_the_root_window_is_cut_off() {
        let part = |x, y, width, height| Part { x, y, width, height };
        let root = [800, 600];
        assert_eq!(part(-10, 5, 100, 700).within(root), Some(part(0, 5, 90, 595)));
        assert_eq!(part(0, 0, 800, 600).within(root), Some(part(0, 0, 800, 600)));
        assert_eq!(part(790, 0, 100, 10).within(root), Some(part(790, 0, 10, 10)));
        assert_eq!(part(800, 0, 100, 100).within(root), None);
        assert_eq!(part(-100, 0, 100, 100).within(root), None);
    }

    #[test]
    fn a_title_is_one_line_whatever_its_bytes() {
        assert_eq!(readable(b" a\nb\0\xff "), "ab\u{fffd}");
    }
}
