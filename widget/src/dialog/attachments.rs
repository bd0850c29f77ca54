//! Files that are attached, with their size or their problem. One that is a picture is shown as one, and where it is
//! edited, the edited picture takes its place.

use std::path::{Path, PathBuf};

use egui::{Context, Ui};
use feedback_sdk::{AttachmentProblem, Pending};

use super::chips::{Chip, Chips, Wanted};
use super::parts;
use super::sight::{Look, Source};
use crate::phase::Cause;

/// A file the person chose.
pub(crate) struct Attachment {
    pub(crate) path: PathBuf,
    /// What it is called here; no other has the same name.
    pub(crate) name: String,
    /// Tells it from all else that is attached.
    pub(crate) key: u64,
    /// Whether the person wants nothing in it hidden.
    pub(crate) as_it_is: bool,
    state: State,
    /// What is seen of it, if it is a PNG or a photo. Other kinds of pictures are files like any other.
    look: Look,
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
    pub(crate) fn new(
        path: PathBuf,
        name: String,
        key: u64,
        check: Pending<Result<u64, AttachmentProblem>>,
    ) -> Self {
        Self {
            path,
            name,
            key,
            as_it_is: false,
            state: State::Checking(check),
            look: Look::default(),
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

    /// Looks whether it is a picture, once it is known not to be too large. Whether that goes on.
    pub(crate) fn look(&mut self, ctx: &Context) -> bool {
        let Self {
            state: State::Good(_),
            path,
            as_it_is,
            look,
            ..
        } = self
        else {
            return false;
        };
        look.go_on(ctx, || Source::File(draft(path, *as_it_is)))
    }

    /// Where its pixels are to be had, if it is a picture.
    pub(crate) fn source(&self) -> Source {
        Source::File(self.to_draft())
    }

    /// Whether nothing is known against it.
    pub(crate) fn is_good(&self) -> bool {
        !matches!(self.state, State::Bad(_) | State::Unchecked(_))
    }

    /// Its size in bytes, once it is known.
    pub(crate) fn bytes(&self) -> Option<u64> {
        match self.state {
            State::Good(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(crate) fn to_draft(&self) -> feedback_sdk::Attachment {
        draft(&self.path, self.as_it_is)
    }

    pub(crate) fn set_problem(&mut self, problem: &AttachmentProblem) {
        self.state = State::Bad(problem.clone());
    }

    /// Draws it. What the person wants of it.
    pub(crate) fn show(&self, ui: &mut Ui, chips: &mut Chips<'_>) -> Option<Wanted> {
        let words = chips.words();
        let (bytes, problem) = match &self.state {
            State::Checking(_) => (parts::NOT_YET.to_owned(), None),
            State::Good(bytes) => (words.size(*bytes), None),
            State::Bad(problem) => (String::new(), Some(words.attachment(problem))),
            State::Unchecked(cause) => (String::new(), Some(words.cause(cause))),
        };
        let size = self.look.size().unwrap_or(bytes);
        let image = self.look.thumbnail();
        let chip = Chip {
            image,
            is_image_coming: self.is_good() && self.look.is_coming() && is_called_a_picture(&self.path),
            can_edit: image.is_some(),
            ..Chip::new(&self.name, &size)
        };
        let wanted = chips.show(ui, self.key, &chip);
        if let Some(problem) = problem {
            parts::lasting(ui, ("problem", self.key), |ui| parts::complain(ui, &problem));
        }
        wanted
    }
}

fn draft(path: &Path, as_it_is: bool) -> feedback_sdk::Attachment {
    let mut file = feedback_sdk::Attachment::from(path);
    file.masked = !as_it_is;
    file
}

/// By its name: what it is, its content tells.
fn is_called_a_picture(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    let known: &[&str] = if cfg!(feature = "jpeg") {
        &["png", "jpg", "jpeg"]
    } else {
        &["png"]
    };
    known.iter().any(|known| ending.eq_ignore_ascii_case(known))
}
