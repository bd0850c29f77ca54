//! The windows of other apps.

use x11rb::connection::{Connection as _, RequestConnection as _};
use x11rb::protocol::res::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, GetPropertyReply, Window};
use x11rb::reexports::x11rb_protocol::parse_display::parse_display;

use super::super::super::{Screen, ScreenError, ScreenKind};
use super::{Asked, AskedPlace, Display, readable};

/// The longest title that is read, in units of four bytes.
const LONGEST_TITLE: u32 = 64;
/// More windows than a person has open.
const MOST_WINDOWS: usize = 500;
/// The whole of a property, in units of four bytes.
const WHOLE: u32 = 1 << 20;

/// Tells the windows of other apps that have a title, the topmost first, for as long as somebody listens.
pub(super) fn list(
    display: &Display,
    scale: f32,
    tell: &mut dyn FnMut(Screen) -> bool,
) -> Result<(), ScreenError> {
    let names = display.names()?;
    // All is asked before the first answer is waited for: to a display far away it is a long way.
    let windows = display.windows(&names)?.into_iter();
    let our_own = display.our_own_connections()?;
    let asked: Vec<_> = windows
        .filter(|window| !our_own.contains(&display.connection_of(*window)))
        .take(MOST_WINDOWS)
        .map(|window| display.ask(window, &names))
        .collect::<Result<_, _>>()?;
    for asked in asked {
        // It may have been closed since.
        if let Ok(Some(screen)) = display.window(asked, &names, scale)
            && !tell(screen)
        {
            break;
        }
    }
    Ok(())
}

/// What properties and their kinds are called by.
struct Names {
    /// Of the root window: the windows that a window manager manages, the lowest first, and the oldest first.
    windows: [u32; 2],
    title: u32,
    utf_8: u32,
    /// What a window is for.
    kind: u32,
    /// The kinds that a desktop counts as no windows of apps: its background, and what stands at its edges.
    of_desktop: [u32; 2],
}

/// What was asked about a window.
struct AskedWindow<'d> {
    window: Window,
    /// The newer one, then the one that old programs set.
    titles: [Asked<'d, GetPropertyReply>; 2],
    kind: Asked<'d, GetPropertyReply>,
    place: AskedPlace<'d>,
}

impl Display {
    fn names(&self) -> Result<Names, ScreenError> {
        let names = [
            "_NET_CLIENT_LIST_STACKING",
            "_NET_CLIENT_LIST",
            "_NET_WM_NAME",
            "UTF8_STRING",
            "_NET_WM_WINDOW_TYPE",
            "_NET_WM_WINDOW_TYPE_DESKTOP",
            "_NET_WM_WINDOW_TYPE_DOCK",
        ];
        let asked = names.map(|name| self.connection.intern_atom(false, name.as_bytes()));
        let [stacked, managed, title, utf_8, kind, desktop, dock] = asked;
        Ok(Names {
            windows: [stacked?.reply()?.atom, managed?.reply()?.atom],
            title: title?.reply()?.atom,
            utf_8: utf_8?.reply()?.atom,
            kind: kind?.reply()?.atom,
            of_desktop: [desktop?.reply()?.atom, dock?.reply()?.atom],
        })
    }

    /// The windows that the window manager manages; without one, all that stand on the root window. The topmost, or
    /// the newest, first.
    fn windows(&self, names: &Names) -> Result<Vec<Window>, ScreenError> {
        let root = self.root().root;
        for list in names.windows {
            let managed = self
                .connection
                .get_property(false, root, list, AtomEnum::WINDOW, 0, WHOLE)?
                .reply()?;
            if let Some(managed) = managed.value32() {
                let managed: Vec<_> = managed.collect();
                return Ok(managed.into_iter().rev().collect());
            }
        }
        let children = self.connection.query_tree(root)?.reply()?.children;
        Ok(children.into_iter().rev().collect())
    }

    /// The connections of this process to the server, which knows who has opened each, also where a sandbox counts
    /// processes in a way of its own. None, where it does not tell: one of before 2012. Nor from another machine, whose
    /// programs may all come by one connection.
    fn our_own_connections(&self) -> Result<Vec<u32>, ScreenError> {
        let is_here = parse_display(None).is_ok_and(|display| display.host.is_empty());
        if !is_here {
            return Ok(Vec::new());
        }
        if self
            .connection
            .extension_information(res::X11_EXTENSION_NAME)?
            .is_none()
        {
            return Ok(Vec::new());
        }
        let version = self.connection.res_query_version(1, 2)?.reply()?;
        if (version.server_major, version.server_minor) < (1, 2) {
            return Ok(Vec::new());
        }
        let of_all = res::ClientIdSpec {
            client: x11rb::NONE,
            mask: res::ClientIdMask::LOCAL_CLIENT_PID,
        };
        let told = self.connection.res_query_client_ids(&[of_all])?.reply()?.ids;
        let this = self.connection.setup().resource_id_base;
        let us = told.iter().find(|told| told.spec.client == this);
        let ours = told
            .iter()
            .filter(|told| us.is_some_and(|us| us.value == told.value));
        Ok(ours.map(|told| told.spec.client).collect())
    }

    /// The connection that has made a window, which is the first part of its number.
    fn connection_of(&self, window: Window) -> u32 {
        window & !self.connection.setup().resource_id_mask
    }

    fn ask(&self, window: Window, names: &Names) -> Result<AskedWindow<'_>, ScreenError> {
        let title = |property: u32, kind: u32| {
            self.connection
                .get_property(false, window, property, kind, 0, LONGEST_TITLE)
        };
        Ok(AskedWindow {
            window,
            titles: [
                title(names.title, names.utf_8)?,
                title(AtomEnum::WM_NAME.into(), AtomEnum::ANY.into())?,
            ],
            kind: self
                .connection
                .get_property(false, window, names.kind, AtomEnum::ATOM, 0, WHOLE)?,
            place: self.ask_place(window)?,
        })
    }

    fn window(
        &self,
        asked: AskedWindow<'_>,
        names: &Names,
        scale: f32,
    ) -> Result<Option<Screen>, ScreenError> {
        let kind = asked.kind.reply()?;
        if kind
            .value32()
            .into_iter()
            .flatten()
            .any(|kind| names.of_desktop.contains(&kind))
        {
            return Ok(None);
        }
        let mut name = String::new();
        for title in asked.titles {
            let title = title.reply()?;
            if name.is_empty() {
                name = readable(&title.value);
            }
        }
        let Some(part) = self.visible_part(asked.place)?.filter(|_| !name.is_empty()) else {
            return Ok(None);
        };
        Ok(Some(Screen {
            kind: ScreenKind::Window,
            id: asked.window,
            name,
            pixels: Some(part.pixels()),
            scale: Some(scale),
        }))
    }
}
