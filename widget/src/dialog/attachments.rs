//! What is attached: files with their size or their problem, pictures with a small image.

use std::path::PathBuf;

use egui::{Context, TextureHandle, TextureOptions, Ui};
use feedback_sdk::{AttachmentProblem, Pending, Picture};

use super::background::let_go_of;
use super::capture::Shot;
use super::chips::{Chip, Chips, Wanted};
use super::parts;
use crate::phase::Cause;

/// The files that could not be taken, and why.
pub(crate) type Problems = Vec<(PathBuf, AttachmentProblem)>;

/// A file the person chose.
pub(crate) struct Attachment {
    pub(crate) path: PathBuf,
    /// What it is called here; no other has the same name.
    pub(crate) name: String,
    /// Whether the person wants nothing in it hidden.
    pub(crate) as_it_is: bool,
    state: State,
}

enum State {
    Checking(Pending<Result<u64, AttachmentProblem>>),
    /// It can be read; its size in bytes.
    Good(u64),
    /// It cannot be attached.
    Bad(AttachmentProblem),
    /// It could not be looked at.
    Unchecked(Cause),
}

impl Attachment {
    pub(crate) fn new(path: PathBuf, name: String, check: Pending<Result<u64, AttachmentProblem>>) -> Self {
        Self {
            path,
            name,
            as_it_is: false,
            state: State::Checking(check),
        }
    }

    pub(crate) fn poll(&mut self) {
        let State::Checking(check) = &mut self.state else {
            return;
        };
        self.state = match check.poll() {
            None => return,
            Some(Ok(Ok(bytes))) => State::Good(bytes),
            Some(Ok(Err(problem))) => State::Bad(problem),
            Some(Err(error)) => State::Unchecked(Cause::from(&error)),
        };
    }

    /// Whether nothing is known against it.
    pub(crate) fn is_good(&self) -> bool {
        !matches!(self.state, State::Bad(_) | State::Unchecked(_))
    }

    pub(crate) fn to_draft(&self) -> feedback_sdk::Attachment {
        feedback_sdk::Attachment {
            path: self.path.clone(),
            masked: !self.as_it_is,
        }
    }

    pub(crate) fn set_problem(&mut self, problem: &AttachmentProblem) {
        self.state = State::Bad(problem.clone());
    }

    /// Draws it. Whether it is to be taken out.
    pub(crate) fn show(&self, ui: &mut Ui, chips: &mut Chips<'_>) -> bool {
        let words = chips.words();
        let (size, problem) = match &self.state {
            State::Checking(_) => (parts::NOT_YET.to_owned(), None),
            State::Good(bytes) => (words.size(*bytes), None),
            State::Bad(problem) => (String::new(), Some(words.attachment(problem))),
            State::Unchecked(cause) => (String::new(), Some(words.cause(cause))),
        };
        let chip = Chip::new(&self.name, &size);
        let remove = chips.show(ui, &self.path, &chip).is_some();
        if let Some(problem) = problem {
            parts::complain(ui, &problem);
        }
        remove
    }
}

/// A picture to send along, as the form shows it.
pub(crate) struct Sight {
    pub(crate) picture: Picture,
    /// Tells it from the others in the form, which gives it.
    pub(crate) key: u64,
    /// By which the person knows it, and it is sent. It keeps it when one before it is taken out.
    pub(crate) number: u64,
    /// Width and height, where known.
    pixels: Option<[u32; 2]>,
    thumbnail: Option<TextureHandle>,
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
            pixels: None,
            thumbnail: None,
        }
    }

    pub(crate) fn new(ctx: &Context, shot: Shot) -> Self {
        let texture = ctx.load_texture("feedback-thumbnail", shot.thumbnail, TextureOptions::LINEAR);
        Self {
            picture: shot.picture,
            key: 0,
            number: 0,
            pixels: Some(shot.pixels),
            thumbnail: Some(texture),
        }
    }

    pub(crate) fn to_draft(&self) -> Picture {
        self.picture.clone().numbered(self.number)
    }

    /// Draws it. What the person wants of it.
    pub(crate) fn show(&self, ui: &mut Ui, chips: &mut Chips<'_>) -> Option<Wanted> {
        let size = self.pixels.map(|[width, height]| format!("{width} × {height}"));
        let name = chips.words().picture(self.number);
        let chip = Chip {
            name: &name,
            size: &size.unwrap_or_default(),
            image: self.thumbnail.as_ref(),
            can_edit: true,
        };
        chips.show(ui, ("picture", self.key), &chip)
    }
}
