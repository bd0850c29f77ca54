//! What comes into a window from outside: the mouse, keys, an input method, files, pictures.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Color32, ColorImage, DroppedFile, Event, ImeEvent, Key, Modifiers, PointerButton, Pos2};

/// The mouse's first button goes down or up there.
pub(crate) fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

/// What an input method shows while it is at work.
pub(crate) fn preedit(text: &str) -> Event {
    Event::Ime(ImeEvent::Preedit {
        text: text.to_owned(),
        active_range_chars: None,
    })
}

/// A key that goes down and up again.
pub(crate) fn key(modifiers: Modifiers, key: Key) -> [Event; 2] {
    [true, false].map(|pressed| Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    })
}

/// A key that goes down, or is down still.
pub(crate) fn down(modifiers: Modifiers, down: Key) -> Event {
    let [down, _] = key(modifiers, down);
    down
}

/// A picture of this size, as a window gives it: not of one colour.
pub(crate) fn sight(size: [usize; 2]) -> Arc<ColorImage> {
    let mut image = ColorImage::filled(size, Color32::from_rgb(10, 20, 30));
    image.pixels[0] = Color32::RED;
    Arc::new(image)
}

/// A file on its way into the window.
#[derive(Debug)]
pub(crate) struct Dropped(pub(crate) PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the widget reads no files".to_owned())
    }
}
