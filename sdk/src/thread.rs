//! Threads that nobody joins.

use std::io;
use std::thread;

/// Starts `work` on a thread of its own. It is boxed: std's own way of starting would be in every app once for each work.
pub(crate) fn start(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let work: Box<dyn FnOnce() + Send> = Box::new(work);
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}
