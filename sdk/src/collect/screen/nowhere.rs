//! Without the feature `screen`, and on systems that it does not know.

use std::future::{Ready, ready};

use super::{Screen, ScreenError};
use crate::picture::Picture;

pub(super) fn list() -> Ready<Result<Vec<Screen>, ScreenError>> {
    ready(Err(ScreenError::NotSupported))
}

pub(super) fn take(_: Screen) -> Ready<Result<Picture, ScreenError>> {
    ready(Err(ScreenError::NotSupported))
}
