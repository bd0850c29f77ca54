//! The tutorial works as it is read: the editor loses nothing, and the guided run sends a report.

#[cfg(test)]
#[path = "it/editor.rs"]
mod editor;
#[cfg(test)]
#[path = "it/guided.rs"]
mod guided;
