//! A picture of the window behind the dialog, and of what is pasted.
//!
//! The dialog is not drawn from the click until the picture is here. Copying and shrinking are done
//! on a thread of their own: a 4K window has 33 MB of pixels.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::TryRecvError;
use std::time::Duration;

use egui::{Color32, ColorImage, Context};
use feedback_sdk::{Picture, PictureError, ScreenError};

use super::background::{in_background, in_background_to};
use crate::handover::{Receiver, channel};
use crate::picture::Pixels;

/// How long the app may take to hand over its pixels. It takes a frame or two; a window that is
/// hidden takes for ever.
const PATIENCE: f64 = 2.0;

/// Where pictures are copied and shrunk.
pub(super) const THREAD: &str = "feedback-picture";

/// The largest side of a thumbnail, in pixels.
const THUMBNAIL: usize = 96;

/// A picture with what the dialog shows of it.
pub(crate) struct Shot {
    pub(crate) picture: Picture,
    pub(crate) pixels: [u32; 2],
    pub(crate) thumbnail: ColorImage,
}

/// Taking one picture of the window.
#[derive(Default)]
pub(crate) enum Capture {
    #[default]
    Idle,
    /// Asked for; the next frame is drawn without the dialog.
    Wanted,
    /// The dialog is hidden since this time, in seconds of [`egui::InputState::time`].
    Waiting {
        since: f64,
        /// The app has handed over its pixels; they are being made ready.
        has_pixels: Arc<AtomicBool>,
        shots: Receiver<Captured>,
    },
}

/// What has become of a capture in this frame.
pub(crate) enum Captured {
    /// Do not draw the dialog.
    NotYet,
    Shot(Shot),
    Failed,
    /// There is no picture of the window or the screen, for this reason.
    NoScreen(ScreenError),
    /// The person does not want it any more.
    GivenUp,
}

impl Capture {
    /// Goes on with a capture. `None` while none is under way.
    pub(crate) fn go_on(&mut self, ctx: &Context) -> Option<Captured> {
        let now = ctx.input(|input| input.time);
        match self {
            Self::Idle => None,
            Self::Wanted => {
                let (sender, shots) = channel();
                let window = (ctx.clone(), ctx.viewport_id());
                let has_pixels = Arc::new(AtomicBool::new(false));
                let is_here = Arc::clone(&has_pixels);
                ctx.request_screenshot(move |image| {
                    is_here.store(true, Ordering::Relaxed);
                    in_background_to(sender, window, THREAD, move || captured(&image));
                });
                ctx.request_repaint_after(Duration::from_secs_f64(PATIENCE));
                *self = Self::Waiting {
                    since: now,
                    has_pixels,
                    shots,
                };
                Some(Captured::NotYet)
            }
            Self::Waiting {
                since,
                has_pixels,
                shots,
            } => {
                let left = PATIENCE - (now - *since);
                let captured = match shots.try_recv() {
                    Ok(captured) => captured,
                    Err(TryRecvError::Empty) if has_pixels.load(Ordering::Relaxed) => {
                        return Some(Captured::NotYet);
                    }
                    Err(TryRecvError::Empty) if left > 0.0 => {
                        ctx.request_repaint_after(Duration::from_secs_f64(left));
                        return Some(Captured::NotYet);
                    }
                    Err(_) => Captured::Failed,
                };
                *self = Self::Idle;
                Some(captured)
            }
        }
    }
}

/// Pictures that were pasted, on their way into the form.
#[derive(Default)]
pub(crate) struct Pasted(VecDeque<Receiver<Shot>>);

impl Pasted {
    /// Takes the pictures pasted in this frame. Whether there are any.
    pub(crate) fn take(&mut self, ctx: &Context) -> bool {
        let images: Vec<Arc<ColorImage>> = ctx.input(|input| {
            let image = |event: &egui::Event| match event {
                egui::Event::PasteImage(image) => Some(Arc::clone(image)),
                _ => None,
            };
            input.events.iter().filter_map(image).collect()
        });
        let has_any = !images.is_empty();
        for image in images {
            self.0
                .push_back(in_background(ctx, THREAD, move || shot(&image, straight)));
        }
        has_any
    }

    /// Whether none is on its way.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many are on their way.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The next one that is ready, in the order in which they were pasted.
    pub(crate) fn next(&mut self) -> Option<Captured> {
        let captured = match self.0.front()?.try_recv() {
            Ok(shot) => Captured::Shot(shot),
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Captured::Failed,
        };
        self.0.pop_front();
        Some(captured)
    }
}

/// What the app has handed over. Some drivers hand over nothing but black.
fn captured(image: &ColorImage) -> Option<Captured> {
    let mut pixels = image.pixels.iter().copied().map(opaque);
    let first = pixels.next();
    if first.is_some() && pixels.all(|pixel| Some(pixel) == first) {
        return Some(Captured::NoScreen(ScreenError::Blank));
    }
    shot(image, opaque).map(Captured::Shot)
}

/// A pixel of a window, which may be see-through where the app draws no ground of its own. Over what it was seen nobody
/// tells; a picture that is see-through would be seen over something else by everyone.
fn opaque(pixel: Color32) -> [u8; 4] {
    let [r, g, b, _] = pixel.to_array();
    [r, g, b, u8::MAX] // over black
}

fn straight(pixel: Color32) -> [u8; 4] {
    pixel.to_srgba_unmultiplied()
}

/// A picture of these pixels, with what the dialog shows of it.
fn shot(image: &ColorImage, rgba_of: impl Fn(Color32) -> [u8; 4]) -> Option<Shot> {
    let [width, height] = image.size.map(u32::try_from);
    let mut rgba = Vec::with_capacity(image.pixels.len() * 4);
    for pixel in &image.pixels {
        rgba.extend(rgba_of(*pixel));
    }
    shot_of(Picture::from_rgba(width.ok()?, height.ok()?, rgba).ok()?).ok()
}

/// The same, of a picture that is there.
pub(super) fn shot_of(picture: Picture) -> Result<Shot, PictureError> {
    let pixels = Pixels::of(&picture)?;
    Ok(Shot {
        pixels: pixels.size().map(|side| u32::try_from(side).unwrap_or(u32::MAX)),
        thumbnail: pixels.shrunk(THUMBNAIL),
        picture,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture_of(shot: &Shot) -> Vec<u8> {
        shot.picture.rgba().unwrap().2.into_owned()
    }

    #[test]
    fn what_is_see_through_stays_so_where_it_is_pasted_and_not_in_a_picture_of_the_window() {
        let half = Color32::from_rgba_unmultiplied(200, 100, 50, 128);
        let image = ColorImage::new([2, 1], vec![half, Color32::from_rgba_premultiplied(8, 8, 8, 180)]);
        let pasted = shot(&image, straight).unwrap();
        assert_eq!(picture_of(&pasted)[..4], half.to_srgba_unmultiplied());
        let Some(Captured::Shot(window)) = captured(&image) else {
            panic!("a picture");
        };
        assert_eq!(picture_of(&window), [100, 50, 25, 255, 8, 8, 8, 255]);
    }

    #[test]
    fn nothing_but_one_colour_is_no_picture_of_the_window() {
        let dark = [Color32::BLACK, Color32::from_black_alpha(180)];
        let blank = captured(&ColorImage::new([2, 1], dark.to_vec()));
        assert!(matches!(blank, Some(Captured::NoScreen(ScreenError::Blank))));
    }

    #[test]
    fn what_cannot_be_read_is_no_picture() {
        assert!(shot_of(Picture::from_file("1.png")).is_err());
        assert!(captured(&ColorImage::filled([0, 0], Color32::RED)).is_none());
    }
}
