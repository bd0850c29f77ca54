//! A small note editor that embeds the feedback window: the tutorial, and the source of all
//! pictures.
//!
//! Read [`feedback`] first: it is everything an app needs. [`app`] and [`editor`] are the app around
//! it. [`guided`] runs both where there is no screen, with [`stage`] as the window and [`painter`] as
//! the screen.

pub mod app;
pub mod editor;
pub mod feedback;
pub mod files;
pub mod guided;
pub mod logging;
pub mod painter;
pub mod receiver;
pub mod stage;

/// What people call this app.
pub const APP_NAME: &str = "Notes";
