//! What is attached: files with their size or their problem, pictures with a small image.

use std::path::PathBuf;

use egui::{Context, TextureHandle, TextureOptions, Ui};
use feedback_sdk::{AttachmentProblem, FeedbackError, Pending, Picture};

use super::capture::Shot;
use super::parts;
use crate::text;

/// A file the person chose.
pub(crate) struct Attachment {
    pub(crate) path: PathBuf,
    /// What it is called here; no other has the same name.
    pub(crate) name: String,
    state: State,
}

enum State {
    Checking(Pending<Result<u64, AttachmentProblem>>),
    /// It can be read; its size in bytes.
    Good(u64),
    /// It cannot be attached, in a sentence.
    Bad(String),
}

impl Attachment {
    pub(crate) fn new(path: PathBuf, name: String, check: Pending<Result<u64, AttachmentProblem>>) -> Self {
        Self {
            path,
            name,
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
            Some(Ok(Err(problem))) => State::Bad(problem.to_string()),
            Some(Err(error)) => State::Bad(FeedbackError::to_string(&error)),
        };
    }

    /// Whether nothing is known against it.
    pub(crate) fn is_good(&self) -> bool {
        !matches!(self.state, State::Bad(_))
    }

    pub(crate) fn set_problem(&mut self, problem: &AttachmentProblem) {
        self.state = State::Bad(problem.to_string());
    }

    /// Draws it. Whether it is to be taken out.
    pub(crate) fn show(&self, ui: &mut Ui) -> bool {
        let size = match &self.state {
            State::Checking(_) => text::CHECKING.to_owned(),
            State::Good(bytes) => text::size(*bytes),
            State::Bad(_) => String::new(),
        };
        let remove = parts::chip(ui, None, &self.name, &size);
        if let State::Bad(problem) = &self.state {
            parts::complain(ui, problem);
        }
        remove
    }
}

/// A picture to send along, as the form shows it.
pub(crate) struct Sight {
    pub(crate) picture: Picture,
    /// Width and height, where known.
    pixels: Option<[u32; 2]>,
    thumbnail: Option<TextureHandle>,
}

impl Sight {
    /// A picture of which only the bytes are known.
    pub(crate) fn unseen(picture: Picture) -> Self {
        Self {
            picture,
            pixels: None,
            thumbnail: None,
        }
    }

    pub(crate) fn new(ctx: &Context, shot: Shot) -> Self {
        let texture = ctx.load_texture("feedback-thumbnail", shot.thumbnail, TextureOptions::LINEAR);
        Self {
            picture: shot.picture,
            pixels: Some(shot.pixels),
            thumbnail: Some(texture),
        }
    }

    /// Draws it. Whether it is to be taken out.
    pub(crate) fn show(&self, ui: &mut Ui, number: usize) -> bool {
        let size = self.pixels.map(text::pixels).unwrap_or_default();
        parts::chip(ui, self.thumbnail.as_ref(), &text::picture(number), &size)
    }
}
