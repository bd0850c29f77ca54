//! Pictures as the form shows them: how large they are, and a small image of each.

use std::path::{Path, PathBuf};
use std::sync::mpsc::TryRecvError;

use egui::{Context, TextureHandle, TextureOptions, Ui};
use feedback_sdk::{Attachment, Picture, PictureError};

use super::background::{in_background, let_go_of};
use super::capture::{Shot, THREAD, shot_of};
use super::chips::{Chip, Chips, Wanted};
use super::parts;
use crate::handover::Receiver;
use crate::picture::Pixels;
use crate::words::Words;

/// Where pixels are to be had.
pub(crate) enum Source {
    Picture(Picture),
    /// A file, if it is a picture.
    File(Attachment),
}

impl Source {
    /// A picture that has them at hand. How long that takes, [`Picture::rgba`] tells: not for a thread that draws.
    pub(crate) fn picture(self) -> Result<Picture, PictureError> {
        match self {
            Self::Picture(picture) => Pixels::at_hand(picture),
            Self::File(file) => file.picture().ok_or(PictureError::NotPng),
        }
    }
}

/// What is seen of something that may be a picture.
#[derive(Default)]
pub(crate) enum Look {
    /// Nobody has looked at it yet.
    #[default]
    Unseen,
    Coming(Receiver<Result<Shot, PictureError>>),
    Seen {
        /// Width and height.
        pixels: [u32; 2],
        thumbnail: TextureHandle,
    },
    /// It is no picture that can be drawn: the SDK sends none as a picture.
    Nothing(PictureError),
}

impl Look {
    fn of(ctx: &Context, shot: Shot) -> Self {
        Self::Seen {
            pixels: shot.pixels,
            thumbnail: ctx.load_texture("feedback-thumbnail", shot.thumbnail, TextureOptions::LINEAR),
        }
    }

    /// Looks at it, on a thread of its own. Whether that goes on.
    pub(crate) fn go_on(&mut self, ctx: &Context, source: impl FnOnce() -> Source) -> bool {
        *self = match self {
            Self::Unseen => {
                let source = source();
                let shot = move || source.picture().and_then(shot_of);
                Self::Coming(in_background(ctx, THREAD, || Some(shot())))
            }
            Self::Coming(coming) => match coming.try_recv() {
                Ok(Ok(shot)) => Self::of(ctx, shot),
                Ok(Err(error)) => Self::Nothing(error),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => Self::Nothing(PictureError::NotPng),
            },
            Self::Seen { .. } | Self::Nothing(_) => return false,
        };
        matches!(self, Self::Coming(_))
    }

    /// Width and height, once they are known.
    pub(crate) fn size(&self) -> Option<String> {
        match self {
            Self::Seen { pixels, .. } => Some(format!("{} × {}", pixels[0], pixels[1])),
            _ => None,
        }
    }

    /// Whether it is not known yet what it looks like.
    pub(crate) fn is_coming(&self) -> bool {
        matches!(self, Self::Unseen | Self::Coming(_))
    }

    pub(crate) fn thumbnail(&self) -> Option<&TextureHandle> {
        match self {
            Self::Seen { thumbnail, .. } => Some(thumbnail),
            _ => None,
        }
    }
}

/// What the person knows a picture by.
#[derive(Debug)]
pub(crate) enum Name {
    Number(u64),
    File(String),
}

impl Name {
    pub(crate) fn say(&self, words: &Words) -> String {
        match self {
            Self::Number(number) => words.picture(*number),
            Self::File(name) => name.clone(),
        }
    }
}

/// A picture to send along.
pub(crate) struct Sight {
    pub(crate) picture: Picture,
    /// Tells it from all else that is attached; the form gives it.
    pub(crate) key: u64,
    /// By which it is sent, and the person knows it. It keeps it when one before it is taken out.
    pub(crate) number: u64,
    /// The file that it was before it was edited, and what the person knows it by.
    pub(crate) file: Option<(PathBuf, String)>,
    look: Look,
}

impl Drop for Sight {
    fn drop(&mut self) {
        let_go_of(&mut self.picture);
    }
}

impl Sight {
    /// A picture of which only the bytes are known.
    pub(crate) fn unseen(picture: Picture) -> Self {
        Self {
            picture,
            key: 0,
            number: 0,
            file: None,
            look: Look::Unseen,
        }
    }

    pub(crate) fn new(ctx: &Context, shot: Shot) -> Self {
        let mut sight = Self::unseen(shot.picture.clone());
        sight.look = Look::of(ctx, shot);
        sight
    }

    /// Looks at it if nobody has. Whether that goes on.
    pub(crate) fn look(&mut self, ctx: &Context) -> bool {
        self.look.go_on(ctx, || Source::Picture(self.picture.clone()))
    }

    /// Where its pixels are to be had.
    pub(crate) fn source(&self) -> Source {
        Source::Picture(self.picture.clone())
    }

    /// Whether nothing is known against it.
    pub(crate) fn is_good(&self) -> bool {
        !matches!(self.look, Look::Nothing(_))
    }

    /// The SDK could not take it.
    pub(crate) fn set_lost(&mut self, error: PictureError) {
        self.look = Look::Nothing(error);
    }

    /// Whether it was this file.
    pub(crate) fn was(&self, path: &Path) -> bool {
        self.file.as_ref().is_some_and(|(was, _)| was == path)
    }

    pub(crate) fn name(&self) -> Name {
        match &self.file {
            Some((_, name)) => Name::File(name.clone()),
            None => Name::Number(self.number),
        }
    }

    /// As the app may keep it.
    pub(crate) fn to_draft(&self) -> Picture {
        self.picture.clone().numbered(self.number)
    }

    /// As the SDK is to take it. Of one that the person was told is not sent, only that it is missing: its file may be
    /// whole by now, and nobody has seen it.
    pub(crate) fn to_send(&self) -> Picture {
        match &self.look {
            Look::Nothing(why) => Picture::lost(why.clone()).numbered(self.number),
            _ => self.to_draft(),
        }
    }

    /// Draws it. What the person wants of it.
    pub(crate) fn show(&self, ui: &mut Ui, chips: &mut Chips<'_>) -> Option<Wanted> {
        let words = chips.words();
        let chip = Chip {
            name: &self.name().say(words),
            size: &self.look.size().unwrap_or_default(),
            image: self.look.thumbnail(),
            is_image_coming: self.look.is_coming(),
            can_edit: self.is_good(),
        };
        let wanted = chips.show(ui, self.key, &chip);
        if let Look::Nothing(error) = &self.look {
            parts::lasting(ui, ("unreadable", self.key), |ui| {
                parts::complain(ui, words.lost_picture(error));
            });
        }
        wanted
    }
}
